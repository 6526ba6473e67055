"""Putting it right (责令改正): ordered or a reason recorded before any decision, first where the law says first."""

import datetime as dt

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.stops.asking import CITING, Guard, known, penalty, wish
from enforcement.rules.stops.catalogue import Stop, stop

A = Action
NOTHING_TO_CORRECT = {"lawful_now", "not_proven", "lapsed"}
NOT_CORRECTED = {"not", "refused"}


def no_correction(case: Case, act: Act, _world: World) -> Stop | None:
    """应当责令改正或者限期改正 (28): an order, or the reason why none was needed."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome not in {"penalty", "no_penalty"} or proposed.ground in NOTHING_TO_CORRECT:
        return None
    if case.corrections or case.no_correction or act.given.get("no_correction_because"):
        return None
    return stop("no_correction", "还没有责令改正，请先责令改正；已经改正等不需要责令的，记录理由。")


def correct_first(case: Case, act: Act, world: World) -> Stop | None:
    """逾期不改正、拒不改正 is an element of the offence: no re-check, no penalty."""
    if penalty(case, act) is None:
        return None
    if (known(world, "law", "provision") or {}).get("stage") != "refusal":
        return None
    if case.corrections and case.corrections[-1].result in NOT_CORRECTED:
        return None
    return stop("correct_first", "这一条要先责令改正，逾期不改正或者拒不改正才能处罚。请在期限届满后复查并记录结果。")


def nothing_to_recheck(case: Case, _act: Act, _world: World) -> Stop | None:
    """A re-check is of an order."""
    if case.corrections:
        return None
    return stop("nothing_to_recheck", "本案没有责令改正，没有可以复查的内容，请先责令改正。")


def recheck_too_early(case: Case, act: Act, world: World) -> Stop | None:
    """逾期 is after the term; who says no at once has refused."""
    until: dt.date | None = case.corrections[-1].until if case.corrections else None
    if until is None or act.given.get("corrected") != "not" or world.today > until:
        return None
    return stop("recheck_too_early", f"改正期限到 {until}，期限届满后才能认定逾期未改正，请届时再复查。")


GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (no_correction, CITING | {A.SUBMIT_DECISION, A.DECIDE}),
    (correct_first, CITING | {A.APPROVE_NOTICE, A.APPROVE_FAST, A.SUBMIT_DECISION, A.DECIDE}),
    (nothing_to_recheck, frozenset({A.RECHECK_CORRECTION})),
    (recheck_too_early, frozenset({A.RECHECK_CORRECTION})),
)
