"""Which documents an act prints (随案文书): those of its deed, as far as the case calls for them. Pure."""

from collections.abc import Callable

from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case

When = Callable[[Case, Act], bool]


def due(after: Case, act: Act) -> tuple[str, ...]:
    """Codes of the forms to print, in order. ``after``: the case with the act."""
    return tuple(form for form in DEEDS[act.action].papers if ONLY_WHEN.get(form, _always)(after, act))


def _always(_case: Case, _act: Act) -> bool:
    return True


def _hearing(case: Case, _act: Act) -> bool:
    return bool(case.notice and case.notice.hearing)


def _penalty(case: Case, _act: Act) -> bool:
    return bool(case.decision and case.decision.proposal.outcome == "penalty")


def _no_penalty(case: Case, act: Act) -> bool:
    return not _penalty(case, act)


def _money(case: Case, act: Act) -> bool:
    wish = case.decision.proposal if case.decision else None
    return bool(wish and wish.outcome == "penalty" and wish.fine_fen + wish.confiscate_fen)


ONLY_WHEN: dict[str, When] = {
    "hearing_notice": _hearing,
    "penalty_decision": _penalty,
    "no_penalty_decision": _no_penalty,
    "payment_notice": _money,
}
