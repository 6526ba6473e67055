"""A clock explains itself to whoever may see what it hangs on: a sentence, its days, and what happened to it."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from dispatch import labels
from dispatch.rules.grounds import SuspensionGround
from oversight.models import Alarm
from oversight.services.clocks import clock_cards
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, QIAN_GONG, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.web import Door
from tests.proof_town import ProofTown, healthy
from town import calendars, ids, watch
from town.access import Actor
from town.people import Role
from town.terms import Term, Unit
from town.watch import Deadline, State

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = Actor("account:x", uuid.uuid4(), roles=frozenset({Role.DISPATCHER}))


def local(month: int, day: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(dt.UTC)


@pytest.fixture
def town(listed, settings, cast) -> ProofTown:
    return healthy(listed, settings, cast)


@pytest.fixture
def handle(town) -> uuid.UUID:
    """五个工作日 over the National Day of 2026, of the town's order."""
    with town.database.write() as session:
        clock = watch.start(
            session,
            subject=f"order:{town.order}",
            kind="handle",
            term=Term(5, Unit.WORKING_DAYS),
            calendar=calendars.current(session),
            at=local(9, 29),
            recorded_at=local(9, 29),
            ladder=(("remind", 50), ("yellow", 80), ("red", 100)),
        )
        return clock.id


def card(town: ProofTown, clock: uuid.UUID, now: dt.datetime, who: Actor = DESK):
    with town.database.read() as session:
        return clock_cards.card(session, who, clock, now)


def test_the_days_of_a_term_are_counted_one_by_one(town, handle):
    """29 September is day 0, 1 to 7 October are holidays, 10 October works: the fifth day is the 12th."""
    shown = card(town, handle, local(9, 30))
    kinds = {(day.date.month, day.date.day): (day.kind, day.number) for day in shown.days}
    assert kinds[9, 29] == ("start", None)
    assert kinds[9, 30] == ("counted", 1)
    assert {kinds[10, day] for day in range(1, 8)} == {("off", None)}
    assert kinds[10, 10] == ("swapped", 4)
    assert kinds[10, 12] == ("last", 5)
    assert "国庆" in next(day.name for day in shown.days if day.date == dt.date(2026, 10, 1))
    assert (shown.name, shown.term_text, shown.state_name) == ("处置", "5 个工作日", "计时中")
    assert shown.sentence.startswith("5 个工作日；")
    assert shown.due_at == local(10, 13, 0)
    assert shown.subject.id == town.order


def test_pauses_and_extensions_are_told_with_their_reasons_and_who_answers_for_them(town, handle):
    by = town.cast.actor(CHEN_JING)
    subject = f"order:{town.order}"
    with town.database.write() as session:
        watch.pause(session, subject, ["handle"], reason="weather", at=local(10, 8), actor=by, now=local(10, 8))
    resting = card(town, handle, local(10, 9))
    assert (resting.state_name, resting.pauses[0].until) == ("已停表", None)
    with town.database.write() as session:
        watch.resume(session, subject, ["handle"], at=local(10, 10), actor=by, now=local(10, 10))
        clock = session.get_one(Deadline, handle)
        watch.extend(session, clock, 2, reason="complex", actor=by, now=local(10, 10), longest=3, times=1)
    shown = card(town, handle, local(10, 10, 11))
    (pause,), (granted,) = shown.pauses, shown.extensions
    assert (pause.reason_name, pause.by_name) == (labels.SUSPENSION_GROUNDS[SuspensionGround.WEATHER], CHEN_JING.name)
    assert (granted.amount, granted.unit_name, granted.reason_name) == (2, "个工作日", "情况复杂")
    assert {day.date.day for day in shown.days if day.kind == "paused"} == {9, 10}
    assert shown.days[-1].number == 7
    assert "延长 2 个工作日" in shown.sentence


def test_rungs_tell_who_was_reached_which_were_passed_over_and_which_are_ahead(town, handle):
    now = local(10, 12, 15)
    with town.database.write() as session:
        clock = session.get_one(Deadline, handle)
        clock.rung = 2
        told = town.cast.account(LIN_XIAOFENG).id
        facts = {"subject": clock.subject, "clock": "handle", "percent": 80, "due_at": clock.due_at}
        moments = {"reached_at": now, "raised_at": now}
        alarm = Alarm(
            id=ids.new_id(),
            deadline_id=handle,
            level="yellow",
            seat="squad_leader",
            account_id=told,
            passed=[],
            **facts,
            **moments,
        )
        session.add(alarm)
    rungs = card(town, handle, now).rungs
    assert [(one.level_name, one.state, one.person_name) for one in rungs] == [
        ("提醒", "passed", None),
        ("黄色预警", "reached", LIN_XIAOFENG.name),
        ("红色预警", "ahead", None),
    ]
    assert [one.at for one in rungs] == sorted(one.at for one in rungs)
    with town.database.write() as session:
        watch.meet(session, f"order:{town.order}", "handle", local(10, 12, 16))
    met = card(town, handle, local(11, 1))
    assert [one.state for one in met.rungs] == ["passed", "reached"]
    assert met.state_name == "按期完成"
    assert met.percent is not None
    assert 80 <= met.percent < 100


def test_what_was_done_late_says_so_and_a_long_term_shows_its_end(town, handle):
    with town.database.write() as session:
        watch.meet(session, f"order:{town.order}", "handle", local(10, 20))
        long = watch.start(
            session,
            subject=f"order:{town.order}",
            kind="review",
            term=Term(6, Unit.MONTHS),
            calendar=calendars.current(session),
            at=local(3, 2),
            recorded_at=local(3, 2),
        )
    assert card(town, handle, local(10, 21)).state_name == "超时后完成"
    shown = card(town, long.id, local(3, 3))
    assert (len(shown.days), shown.days[-1].kind) == (clock_cards.MOST_DAYS, "last")
    assert shown.left_out > 0


def test_who_may_see_the_matter_may_see_its_clock_and_nobody_else(town, app, handle):
    door = Door(app)
    with town.database.read() as session:
        clocks = {
            one.subject.partition(":")[0]: one.id for one in session.scalars(select(Deadline).order_by(Deadline.id))
        }
    desk, leader, outsider, gas = (door.signed_in(one) for one in (CHEN_JING, LIN_XIAOFENG, ZHAO_HAI, QIAN_GONG))

    def status(asking: Door, of: uuid.UUID) -> int:
        return asking.get(f"/api/v1/clocks/{of}").status_code

    assert [status(desk, one) for one in clocks.values()] == [200] * 4
    assert status(door.signed_in(ZHENG_YAN), clocks["supervision"]) == 200
    assert [status(leader, handle), status(outsider, handle)] == [200, 404]
    assert [status(leader, clocks["case"]), status(outsider, clocks["case"])] == [404, 200]
    assert [status(gas, clocks["supervision"]), status(outsider, clocks["supervision"])] == [200, 404]
    assert status(desk, uuid.uuid4()) == 404
    assert status(door, handle) == 401


@on_sqlite
def test_a_clock_that_counts_for_nothing_has_no_share(town, handle):
    with town.database.write() as session:
        session.get_one(Deadline, handle).state = State.DROPPED
    shown = card(town, handle, local(9, 30))
    assert (shown.percent, shown.state_name) == (None, "不再计时")
