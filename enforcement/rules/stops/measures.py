"""Goods that are held (先行登记保存、查封扣押): asked, approved, settled in time; seizure only where the town may."""

import datetime as dt

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import HOLD_DAYS, SEIZURE_DAYS, last_day, seized_until
from enforcement.rules.cases.facts import Act, Case, Measure, World
from enforcement.rules.stops.asking import Guard, known, sure
from enforcement.rules.stops.catalogue import Stop, stop
from town.terms import Term, Unit

A = Action
HOLD, SEIZURE = "hold", "seizure"


def running(case: Case, kind: str) -> Measure | None:
    """The newest measure of a kind that has not ended."""
    return next((one for one in reversed(case.measures) if one.kind == kind and one.ended is None), None)


def until(one: Measure, world: World) -> dt.date | None:
    """The last day of a measure that was approved (处罚法 56; 强制法 25)."""
    if one.since is None:
        return None
    if one.kind == HOLD:
        return last_day(one.since, Term(HOLD_DAYS, Unit.WORKING_DAYS), world.calendar)
    return seized_until(one.since, SEIZURE_DAYS * (2 if one.extended else 1), world.calendar)


def _over(one: Measure, world: World) -> bool:
    last = until(one, world)
    return one.lapsed or (last is not None and world.today > last)


def hold_not_ended(case: Case, _act: Act, _world: World) -> Stop | None:
    """Seven days cannot be had twice by asking again."""
    if running(case, HOLD) is None:
        return None
    return stop("hold_not_ended", "上一次登记保存还没有处理完，请先作出处理决定或者退还物品，再报请新的登记保存。")


def hold_not_asked(case: Case, _act: Act, _world: World) -> Stop | None:
    """What is approved was asked for (56)."""
    one = running(case, HOLD)
    if one and one.since is None:
        return None
    return stop("hold_not_asked", "没有等待批准的登记保存申请，请承办人先报请登记保存。")


def hold_not_approved(case: Case, _act: Act, _world: World) -> Stop | None:
    """What is settled was held."""
    one = running(case, HOLD)
    if one is None:
        return stop("nothing_held", "本案没有正在登记保存的物品。")
    if one.since is None:
        return stop("hold_not_approved", "登记保存还没有批准，不能作处理决定；不批准的，请直接退还物品。")
    return None


def hold_lapsed(case: Case, act: Act, world: World) -> Stop | None:
    """七日内作出处理决定 (56): afterwards the goods only go back."""
    one = running(case, HOLD)
    if one is None or not _over(one, world) or act.given.get("settlement", "returned") == "returned":
        return None
    return stop("hold_lapsed", f"登记保存已于 {until(one, world)} 期满失效，只能退还物品，请办理退还。")


def settled_as_seized(case: Case, act: Act, world: World) -> Stop | None:
    """A hold becomes no seizure where the town may not seize, nor before one was decided (强制法 18)."""
    if act.given.get("settlement") != "seized":
        return None
    return seizure_forbidden(case, act, world) or nothing_seized(case, act, world)


def confiscated_without_decision(case: Case, act: Act, _world: World) -> Stop | None:
    """没收 is a penalty (9): it takes a decision, with notice and all that belongs to it."""
    if act.given.get("settlement") != "confiscate" or _confiscated(case):
        return None
    return stop(
        "confiscated_without_decision",
        "没收是行政处罚，要先有没收物品的处罚决定。还没有决定的，请退还，或者选择其他处理方式。",
    )


def not_confiscated(case: Case, _act: Act, _world: World) -> Stop | None:
    """Only what was confiscated is disposed of (74)."""
    if _confiscated(case):
        return None
    return stop("not_confiscated", "处罚决定没有没收物品，不能处理；登记保存或者扣押的物品请退还。")


def _confiscated(case: Case) -> bool:
    decided = case.decision
    return decided is not None and not decided.revoked and "confiscate_goods" in decided.proposal.kinds


def nothing_held(case: Case, _act: Act, _world: World) -> Stop | None:
    """Nothing can be returned that was not taken."""
    if running(case, HOLD):
        return None
    return stop("nothing_held", "本案没有正在登记保存的物品，不用退还。")


def seizure_forbidden(_case: Case, _act: Act, world: World) -> Stop | None:
    """Off unless the province lets the town (强制法 17(2), 22): to say nothing is to forbid."""
    if known(world, "local").get("seizure_allowed") is True:
        return None
    return stop("seizure_forbidden", "本镇没有经确认的查封、扣押职权，请用先行登记保存，或者请有权机关实施。")


def seizure_entrusted(_case: Case, _act: Act, world: World) -> Stop | None:
    """行政强制措施权不得委托 (强制法 17(1))."""
    if sure(world, "power", "mode") != "entrusted":
        return None
    return stop("seizure_entrusted", "本案是委托执法事项，强制措施权不得委托，请报请委托机关实施。")


def seizure_not_ended(case: Case, _act: Act, _world: World) -> Stop | None:
    """不得重复查封 (强制法 23(2))."""
    if running(case, SEIZURE) is None:
        return None
    return stop("seizure_not_ended", "上一次查封、扣押还没有解除，不能重复实施，请先解除。")


def seizure_not_asked(case: Case, _act: Act, _world: World) -> Stop | None:
    """实施前须报告并经批准 (强制法 18)."""
    one = running(case, SEIZURE)
    if one and one.since is None:
        return None
    return stop("seizure_not_asked", "没有等待批准的查封、扣押申请，请承办人先报请。")


def nothing_seized(case: Case, _act: Act, _world: World) -> Stop | None:
    """Only what is seized is extended or lifted."""
    one = running(case, SEIZURE)
    if one and one.since:
        return None
    return stop("nothing_seized", "本案没有正在查封、扣押的物品。")


def extended_before(case: Case, _act: Act, _world: World) -> Stop | None:
    """Thirty days more, once (强制法 25)."""
    one = running(case, SEIZURE)
    if one is None or not one.extended:
        return None
    return stop("extended_before", "查封、扣押只能延长一次，期限届满前请作出处理决定或者解除。")


def seizure_lapsed(case: Case, _act: Act, world: World) -> Stop | None:
    """After the term it is lifted, not extended (强制法 28)."""
    one = running(case, SEIZURE)
    if one is None or one.since is None or not _over(one, world):
        return None
    return stop("seizure_lapsed", f"查封、扣押已于 {until(one, world)} 到期，不能延长，请立即解除并退还物品。")


def not_yet_over(case: Case, act: Act, world: World) -> Stop | None:
    """Nothing lapses before its time."""
    one = running(case, HOLD if act.action is A.LAPSE_HOLD else SEIZURE)
    if one is None or one.since is None or _over(one, world):
        return None
    return stop("not_yet_over", f"期限到 {until(one, world)} 才届满，现在还没有失效。")


def lifted_late(case: Case, act: Act, world: World) -> Stop | None:
    """What has run out is lifted because it has (强制法 28(1)4)."""
    one, ground = running(case, SEIZURE), act.given.get("release_ground")
    if one is None or ground in {None, "expired"} or one.since is None or not _over(one, world):
        return None
    return stop("lifted_late", f"查封、扣押已于 {until(one, world)} 到期，解除理由请选「期限已经届满」。")


SEIZING = frozenset({A.ASK_SEIZURE, A.APPROVE_SEIZURE})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (hold_not_ended, frozenset({A.ASK_HOLD})),
    (hold_not_asked, frozenset({A.APPROVE_HOLD})),
    (hold_not_approved, frozenset({A.SETTLE_HOLD, A.LAPSE_HOLD})),
    (hold_lapsed, frozenset({A.SETTLE_HOLD})),
    (settled_as_seized, frozenset({A.SETTLE_HOLD})),
    (confiscated_without_decision, frozenset({A.SETTLE_HOLD})),
    (not_confiscated, frozenset({A.DISPOSE_GOODS})),
    (nothing_held, frozenset({A.RETURN_GOODS})),
    (seizure_forbidden, SEIZING | {A.EXTEND_SEIZURE}),
    (seizure_entrusted, SEIZING),
    (seizure_not_ended, frozenset({A.ASK_SEIZURE})),
    (seizure_not_asked, frozenset({A.APPROVE_SEIZURE})),
    (nothing_seized, frozenset({A.EXTEND_SEIZURE, A.LIFT_SEIZURE, A.LAPSE_SEIZURE})),
    (extended_before, frozenset({A.EXTEND_SEIZURE})),
    (not_yet_over, frozenset({A.LAPSE_HOLD, A.LAPSE_SEIZURE})),
    (lifted_late, frozenset({A.LIFT_SEIZURE})),
    (seizure_lapsed, frozenset({A.EXTEND_SEIZURE})),
)
