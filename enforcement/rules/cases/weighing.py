"""What law and benchmarks say to what is proposed (法律适用和裁量的结论). Pure: lists and history in, plain data out.

The answer is kept with the act (``Act.known``), so that everybody can see later why it was so.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enforcement.rules import discretion, law_choice
from enforcement.rules.cases import reading, thresholds
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Proposal
from enforcement.rules.discretion import Bounds, DecidedFact, Found, Mercy, PastCase, TierFact
from enforcement.rules.discretion.history import MONTHS_IN_YEAR
from enforcement.rules.factors import Value, elements_of
from enforcement.rules.law_choice import Choice, ProvisionFact, Stage
from enforcement.rules.local_rules import LocalRules

A = Action
WEIGHED = frozenset(
    {A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.APPROVE_FAST, A.CONCLUDE, A.APPROVE_NOTICE, A.SUBMIT_DECISION, A.DECIDE}
)
"""Acts that propose or decide something."""
NO_BAND = 10**6
ANSWERABLE, ADULT = 14, 18


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists in force: provisions and tiers of the case's power, and the local rules. ``field``: of the power."""

    power: str
    field: str
    provisions: Sequence[ProvisionFact]
    tiers: Sequence[TierFact]
    rules: LocalRules


@dataclass(frozen=True, slots=True)
class Past:
    """What was decided before: about this party, and under this power about anybody."""

    of_party: Sequence[PastCase] = ()
    under_power: Sequence[DecidedFact] = ()


def weigh(lists: Lists, past: Past, case: Case, act: Act, today: dt.date) -> dict[str, Any]:
    """Everything that follows from the recorded facts for what this act proposes."""
    acted_on = opened_day(case, "acted_on")
    priors = _priors(lists, past, acted_on)
    wish = proposed(case, act)
    wish = replace(wish, factors=recorded(case, wish.factors, priors))
    subject = subject_of(case, lists.rules)
    stage = Stage.REFUSAL if wish.factors.get("refused") is True else Stage.BASE
    choice = _law(lists, case, wish, subject, stage, today)
    found = discretion.tier_for(
        lists.tiers, wish.factors, subject, stage, choice.provision.code if choice.provision else None
    )
    age = case.party.age if case.party else None
    limits = discretion.bounds(choice.provision, found.tier, wish.factors, age) if choice.provision else None
    told = {
        "law": choice.facts() | {"lawful_now": choice.because is law_choice.Because.LAWFUL_NOW},
        "tier": _tier(found),
        "tier_why": found.why,
        "tier_outcome": found.outcome.value,
        "reasons": discretion.reasons(found, wish.factors, limits),
        "bounds": _bounds(limits),
        "nearest": _nearest(lists, past, wish, found, subject),
        "first_offence": _first_offence(lists, past, acted_on),
        "must_not": _mercy(discretion.must_not_punish(wish.factors, age)),
        "factors": dict(wish.factors),
        "fast": _fast(lists),
    }
    return told | thresholds.due(lists.rules, wish, subject, told)


def proposed(case: Case, act: Act) -> Proposal:
    """What is on the table: what the act says, or what it approves."""
    if act.action in (A.APPROVE_NOTICE, A.APPROVE_FAST) and case.conclusion:
        return case.conclusion
    if act.action is A.DECIDE and case.submitted:
        return case.submitted
    return reading.submitted(case, act) if act.action is A.SUBMIT_DECISION else reading.proposal(act)


def recorded(case: Case, said: Mapping[str, Value], priors: int) -> dict[str, Value]:
    """Facts as they are weighed: what the case itself shows goes before what somebody typed."""
    shown: dict[str, Value] = {"prior_penalties": priors}
    result = case.corrections[-1].result if case.corrections else None
    if result:
        shown |= {"refused": result in ("refused", "not"), "corrected": result == "corrected"}
    if case.party and case.party.age is not None:
        shown["minor"] = ANSWERABLE <= case.party.age < ADULT
    return {**said, **shown}


def subject_of(case: Case, rules: LocalRules) -> str:
    """Whom provisions and thresholds take the party for; a sole trader as the town's rules say, else a person."""
    kind = case.party.kind if case.party else "person"
    return str(rules.given("sole_trader_as") or "person") if kind == "sole_trader" else kind


def opened_day(case: Case, name: str) -> dt.date:
    """A day the case was opened with."""
    return dt.date.fromisoformat(str(case.opened[name]))


def _law(lists: Lists, case: Case, wish: Proposal, subject: str, stage: Stage, today: dt.date) -> Choice:
    return law_choice.choose(
        lists.provisions,
        acted_from=opened_day(case, "acted_from"),
        acted_on=opened_day(case, "acted_on"),
        decided_on=today,
        subject=subject,
        stage=stage,
        elements=elements_of(wish.factors),
    )


def _priors(lists: Lists, past: Past, acted_on: dt.date) -> int:
    months = lists.rules.given("prior_months") or MONTHS_IN_YEAR
    return discretion.prior_penalties(past.of_party, acted_on, power_code=lists.power, months=months)


def _first_offence(lists: Lists, past: Past, acted_on: dt.date) -> dict[str, Any]:
    line = lists.rules.first_offence(lists.power, lists.field)
    told = discretion.first_offence(line, past.of_party, acted_on)
    return {"listed": line is not None, "first": told.first, "why": told.why}


def _nearest(lists: Lists, past: Past, wish: Proposal, found: Found, subject: str) -> dict[str, Any]:
    """同案同罚: decided cases of the same power and tier, and how far this fine lies from them."""
    band = lists.rules.given("band_percent") or NO_BAND
    tier = found.tier.code if found.tier else None
    compared = discretion.compare(wish.fine_fen, past.under_power, tier=tier, subject=subject, band_percent=band)
    return {
        "count": len(compared.nearest),
        "median_fen": compared.median_fen,
        "deviation_percent": compared.deviation_percent,
        "beyond_band": compared.beyond_band and wish.outcome == "penalty",
        "cases": [
            {"id": one.case, "fine_fen": one.fine_fen, "tier": one.tier, "decided_on": one.decided_on.isoformat()}
            for one in compared.nearest
        ],
    }


def _tier(found: Found) -> dict[str, Any] | None:
    names = ("code", "name", "words", "document", "low_fen", "high_fen", "no_penalty")
    return {name: getattr(found.tier, name) for name in names} if found.tier else None


def _bounds(limits: Bounds | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    names = ("low_fen", "high_fen", "statute_low_fen", "statute_high_fen", "floor_may_be_left", "ground", "fits")
    return {name: getattr(limits, name) for name in names} | {"missing": list(limits.missing)}


def _mercy(one: Mercy | None) -> dict[str, Any] | None:
    return {"ground": one.ground, "article": one.article, "sentence": one.sentence} if one else None


def _fast(lists: Lists) -> dict[str, Any]:
    matter = lists.rules.fast_matter(lists.power)
    exclusions = [list(one) for one in matter.exclusions] if matter else []
    return {"listed": matter is not None, "exclusions": exclusions}
