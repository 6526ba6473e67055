"""When an act says it was done (办理时间): not in the future, not before what came before it, and its words written down."""

import datetime as dt

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.cases.states import Post
from enforcement.rules.stops.asking import Guard, given_day, given_moment, local_day, taking
from enforcement.rules.stops.asking import told as known_fact
from enforcement.rules.stops.catalogue import Stop, stop


def in_future(_case: Case, act: Act, world: World) -> Stop | None:
    """全过程记录 (47): an act is recorded after it was done."""
    if act.at <= act.recorded_at and local_day(act.at, world) <= world.today:
        return None
    return stop("in_future", "办理时间不能晚于现在，请填实际办理的时间。")


def before_last_act(case: Case, act: Act, world: World) -> Stop | None:
    """Acts are recorded in the order they were done."""
    if case.last_at is None or act.at >= case.last_at:
        return None
    last = case.last_at.astimezone(world.calendar.zone)
    return stop("before_last_act", f"上一步是 {last:%Y-%m-%d %H:%M} 办理的，这一步不能更早，请核对时间。")


def day_in_future(_case: Case, act: Act, world: World) -> Stop | None:
    """A receipt, a payment or a request is recorded when it has happened."""
    day = given_day(act)
    if day is None or day <= world.today:
        return None
    return stop("day_in_future", f"日期 {day} 还没有到，请在办理完以后登记实际日期。")


def ends_before_begin(_case: Case, act: Act, _world: World) -> Stop | None:
    """From when to when, and both before it is recorded."""
    begun, ended, taken = (given_moment(act, name) for name in ("begun", "ended", "taken_at"))
    if begun and ended and ended < begun:
        return stop("ends_before_begin", "结束时间早于开始时间，请核对。")
    if any(moment and moment > act.at for moment in (begun, ended, taken)):
        return stop("in_future", "开始、结束或者取得的时间不能晚于办理时间，请填实际时间。")
    return None


def approved_backwards(_case: Case, act: Act, world: World) -> Stop | None:
    """What is approved, reviewed or decided bears the day on which it is (47): no power, term or list of an earlier one."""
    if local_day(act.at, world) >= local_day(act.recorded_at, world):
        return None
    return stop("approved_backwards", "审批、审核和决定以当天为准，不能倒签日期，请按现在的时间办理。")


def day_before_act(_case: Case, act: Act, world: World) -> Stop | None:
    """A call, an announcement or an application does not begin before its paper is there (64(2); 民诉法 95; 强制法 53)."""
    day = given_day(act)
    if day is None or day >= world.today:
        return None
    return stop("day_before_act", f"文书今天才制作，日期 {day} 不能更早，期限从实际通知、公告、申请的日期起算。")


def until_passed(_case: Case, act: Act, world: World) -> Stop | None:
    """A term for correction must leave time to correct."""
    until = given_day(act, "until")
    if until is None or until >= world.today:
        return None
    return stop("until_passed", f"改正期限 {until} 已经过去，请定一个今天以后的日期。")


def left_empty(_case: Case, act: Act, _world: World) -> Stop | None:
    """What an act must say is said, and can be read later."""
    said = {
        name: act.given[name] for name in DEEDS[act.action].requires if name in act.given and name not in MAY_BE_EMPTY
    }
    empty = [
        FIELDS[name].label
        for name, value in said.items()
        if value == [] or (isinstance(value, str) and not value.strip())
    ]
    return stop("left_empty", f"{'、'.join(empty)}不能空着，请补全。") if empty else None


def days_disordered(case: Case, act: Act, world: World) -> Stop | None:
    """What is done is discovered, and then opened."""
    told = act.given if act.action is Action.OPEN else case.opened
    days = [dt.date.fromisoformat(str(known_fact(told.get(name), "opened"))) for name in OPENING_DAYS]
    if days == sorted(days) and days[-1] <= world.today:
        return None
    return stop("days_disordered", "违法行为的起止日期、发现日期前后颠倒，请核对案件登记的日期。")


EVERY = frozenset(Action) - {Action.OPEN}
APPROVED = frozenset(action for action, deed in DEEDS.items() if deed.by <= {Post.APPROVER, Post.REVIEWER})
"""What happens nowhere but here, at the desk of who decides."""
PAPER_OF_THE_DAY = frozenset({Action.CALL_HEARING, Action.ANNOUNCE, Action.APPLY_TO_COURT})
MAY_BE_EMPTY = {"evidence", "factors"}
"""Guarded by their own subjects: a fact that cannot be proven has no evidence."""
OPENING_DAYS = ("acted_from", "acted_on", "discovered_on")
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (in_future, frozenset(Action)),
    (before_last_act, EVERY),
    (day_in_future, taking("day")),
    (ends_before_begin, taking("begun", "ended", "taken_at")),
    (approved_backwards, APPROVED),
    (day_before_act, PAPER_OF_THE_DAY),
    (until_passed, frozenset({Action.ORDER_CORRECTION})),
    (left_empty, frozenset(Action)),
    (days_disordered, frozenset({Action.OPEN, Action.FILE, Action.DECIDE_ON_SPOT, Action.APPROVE_FAST})),
)
