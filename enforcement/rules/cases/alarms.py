"""What is late or amiss in a case and still no wall (预警): missed terms, goods kept too long, a power lost, nothing filmed."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Case, Measure, World
from enforcement.rules.cases.folding import is_filmed
from enforcement.rules.cases.states import ENDED

LATE = {"missed", "past"}
"""States of a clock nobody met in time."""
GOODS = {Clock.HOLD, Clock.SEIZURE}
"""Told of by the goods, as long as they are kept."""
HELD = {"hold": "登记保存", "seizure": "查封、扣押"}
RECORDED = "行政处罚法第四十七条"


@dataclass(frozen=True, slots=True)
class ClockFact:
    """期限 as the watch keeps it: the day it is over, and its state (running, met, missed, past, dropped)."""

    kind: str
    due_day: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """预警: what is amiss, under which article, since which local day; ``clock``: of which term, if of one."""

    code: str
    article: str
    sentence: str
    since: dt.date
    clock: str | None = None


def alarms(
    case: Case, clocks: Sequence[ClockFact], today: dt.date, power: Mapping[str, Any] | None = None
) -> tuple[Alarm, ...]:
    """Everything amiss, the oldest first. ``power``: how it stands today, as in ``world`` (in_force, code, why)."""
    found = (*_missed(case, clocks, today), *_kept(case, clocks, today), *_lost(case, power, today), *_unrecorded(case))
    return tuple(sorted(found, key=lambda one: (one.since, one.code, one.sentence)))


def warnings(case: Case, action: Action, world: World) -> tuple[str, ...]:
    """Sentences to read before an act that is allowed."""
    local = world.known.get("local") or {}
    found = []
    if action in local.get("recorded_acts", ()):
        told = "，并填写记录仪编号" if is_filmed(action) else ""
        found.append(f"本步骤应当全程音像记录，请先打开执法记录仪{told}。")
    if case.challenges and action in INVESTIGATING:
        found.append("回避申请还没有决定，调查不停止；作出处理决定前，要先有回避决定。")
    return tuple(found)


INVESTIGATING = frozenset({Action.INSPECT, Action.QUESTION, Action.ADD_EVIDENCE, Action.SAMPLE, Action.CONCLUDE})


def _missed(case: Case, clocks: Sequence[ClockFact], today: dt.date) -> Iterator[Alarm]:
    """A term that was missed wants a reason and its approval; the party's own terms are nobody's miss."""
    for clock in clocks:
        row = BY_KIND.get(Clock(clock.kind)) if clock.kind in set(Clock) else None
        if row is None or row.window or row.clock in GOODS or clock.state not in LATE:
            continue
        if _excused(case, clock.kind, today):
            continue
        sentence = f"「{row.name}」的期限已过，请尽快办理，并报负责人批准逾期理由。"
        yield Alarm("clock_missed", row.article, sentence, clock.due_day, clock.kind)


def _excused(case: Case, kind: str, today: dt.date) -> bool:
    """With an approved reason, and as long as that lasts."""
    if kind not in case.reasons:
        return False
    until = case.reasons[kind]
    return until is None or today <= dt.date.fromisoformat(until)


def _kept(case: Case, clocks: Sequence[ClockFact], today: dt.date) -> Iterator[Alarm]:
    """Goods whose term is over and that nobody gave back (处罚法 56; 强制法 28)."""
    over = {clock.kind: clock.due_day for clock in clocks if clock.state in LATE and clock.kind in GOODS}
    for one in case.measures:
        if one.ended is None and one.since and (one.lapsed or one.kind in over):
            yield _kept_goods(one, over.get(one.kind, today))


def _kept_goods(one: Measure, since: dt.date) -> Alarm:
    sentence = f"{HELD[one.kind]}已经失效，物品还没有退还，请立即退还当事人。"
    return Alarm(f"{one.kind}_lapsed", BY_KIND[Clock(one.kind)].article, sentence, since, one.kind)


def _lost(case: Case, power: Mapping[str, Any] | None, today: dt.date) -> Iterator[Alarm]:
    """The power was suspended or handed back while the case is under way (处罚法 17, 24)."""
    decided = case.decision and not case.decision.revoked
    if power is None or power.get("in_force") is not False or case.state in ENDED or decided:
        return
    why = str(power.get("why") or "本镇现在没有这项职权。")
    yield Alarm("power_lost", "行政处罚法第十七条、第二十四条", f"{why}请移送有权机关，或者等恢复后再办。", today)


def _unrecorded(case: Case) -> Iterator[Alarm]:
    """全过程记录 (47)."""
    for action, at in case.unrecorded:
        sentence = f"「{DEEDS[action].name}」应当全程音像记录，没有登记记录仪，请补充说明原因。"
        yield Alarm("not_filmed", RECORDED, sentence, at.date())
