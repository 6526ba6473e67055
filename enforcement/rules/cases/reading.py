"""Facts out of an act, in their own types."""

import datetime as dt
from dataclasses import replace

from enforcement.rules.cases.facts import Act, Case, Proposal, Served


def line(act: Act, name: str) -> str:
    """A word or a text."""
    return str(act.given[name])


def lines(act: Act, name: str) -> tuple[str, ...]:
    """Several words, such as logins."""
    return tuple(str(one) for one in act.given[name])


def flag(act: Act, name: str) -> bool:
    """Whether it was said to be so."""
    return act.given.get(name) is True


def day(act: Act, name: str) -> dt.date:
    """A local day."""
    return dt.date.fromisoformat(str(act.given[name]))


def moment(act: Act, name: str) -> dt.datetime:
    """An aware moment."""
    return dt.datetime.fromisoformat(str(act.given[name]))


def told_day(act: Act, name: str) -> dt.date | None:
    """A day the service worked out when the act was taken."""
    found = act.known.get("dates", {}).get(name)
    return dt.date.fromisoformat(found) if found else None


def proposal(act: Act) -> Proposal:
    """What an act proposes or decides; tier and provision as they followed from the facts then."""
    given, known = act.given, act.known
    return Proposal(
        sequence=act.sequence,
        outcome=str(given.get("outcome", "penalty")),
        ground=given.get("ground"),
        kinds=tuple(given.get("kinds", ())),
        fine_fen=int(given.get("fine_fen") or 0),
        confiscate_fen=int(given.get("confiscate_fen") or 0),
        lighter=given.get("lighter"),
        tier=(known.get("tier") or {}).get("code"),
        provision=((known.get("law") or {}).get("provision") or {}).get("code"),
        factors=given.get("factors", {}),
        evidence=tuple(int(number) for number in given.get("evidence", ())),
        deviation_reason=given.get("deviation_reason"),
    )


def submitted(case: Case, act: Act) -> Proposal:
    """Facts were found once: what is submitted stands on the factors and the evidence of the conclusion."""
    wish, found = proposal(act), case.conclusion
    return replace(wish, factors=found.factors, evidence=found.evidence) if found else wish


def served(act: Act, kind: str) -> Served:
    """A document handed over by this act."""
    return Served(kind, act.sequence, line(act, "manner"), day(act, "day"))
