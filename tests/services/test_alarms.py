"""Alarms: who is told when a clock reaches a rung, once, whatever is missing in the town that day."""

import datetime as dt
import itertools
import uuid

import pytest
from sqlalchemy import event, func, select, update

from dispatch.models import JointTask, Order
from oversight.models import Alarm, Notice
from oversight.services.supervision import alarms, recipients
from tests.ground.bureau import ZHOU_ZHENG
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, SU_MIN, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.watched_town import MORNING, at, watched
from town import ids, watch, workdays
from town.ladders import Level
from town.people import Account, Squad
from town.profile import Town
from town.roster import Leave, Shift

__all__ = ["watched"]

ALL_DAY = at("11-23 00:00"), at("11-24 00:00")


def told(town, **which):
    return [(one.level, town.name(one.account_id)) for one in town.alarms(**which)]


def test_an_order_that_nobody_signs_for_climbs_from_its_squad_to_the_supervisor(watched):
    order = watched.report(MORNING)
    for minute in ("09:15", "09:24", "09:30", "10:30"):
        watched.look(f"11-23 {minute}")
    assert told(watched, subject=f"order:{order}", clock="accept") == [
        ("remind", "林晓峰"),
        ("yellow", "林晓峰"),
        ("red", "陈静"),
        ("supervise", "郑严"),
    ]
    remind = watched.alarms(level="remind", clock="accept")[0]
    assert [(one["seat"], one["why"]) for one in remind.passed] == [
        ("holder", "no_such_post"),
        ("duty_leader", "nobody_on_duty"),
        ("stand_in", "no_such_post"),
    ]


def test_who_has_signed_for_it_is_reminded_himself_and_at_yellow_his_superiors_are_told_too(watched):
    order = watched.report(MORNING)
    watched.step(order, "11-23 09:05", "accept", SU_MIN)
    with watched.database.write() as session:
        session.get_one(Order, order).leader_id = watched.cast.account(SU_MIN).id
    watched.look("11-23 10:06")
    watched.look("11-23 10:54")
    assert told(watched, clock="arrive") == [("remind", "苏敏"), ("yellow", "林晓峰")]
    assert len(watched.notices(SU_MIN)) == 2, "the reminder, and that his leader was told"


def test_what_lies_with_the_desk_is_pressed_by_the_supervisor_and_not_by_the_desk_itself(watched):
    order = watched.report(MORNING)
    watched.step(order, "11-23 09:01", "return", ground="wrong_kind")
    clock = watched.clock(f"order:{order}", "decide")
    watched.reach(clock.id, "remind", 50, "11-23 10:00")
    watched.reach(clock.id, "red", 100, "11-23 11:01")
    assert told(watched, clock="decide") == [("remind", "陈静"), ("red", "郑严")]


def test_what_waits_to_be_checked_is_the_checkers_and_no_squads(watched):
    order = watched.report(MORNING)
    for action, given in (("accept", {}), ("arrive", {}), ("handle", {"outcome": "fixed"})):
        watched.step(order, "11-23 09:10", action, **given)
    clock = watched.clock(f"order:{order}", "check")
    watched.reach(clock.id, "urge", 75, "11-24 09:00")
    assert told(watched, clock="check") == [("urge", WU_YUE.name)]
    assert watched.alarms(clock="check")[0].squad_id is None


def test_a_joint_task_presses_whom_it_calls_then_who_called_and_then_the_supervisor(watched):
    order = watched.report(MORNING)
    with watched.database.write() as session:
        session.get_one(Order, order).leader_id = watched.cast.account(LIN_XIAOFENG).id
        task = _task(watched, order, EAST)
        session.add(task)
    held = {"called": [ZHAO_HAI.name], "refused": [LIN_XIAOFENG.name], "arbitration": [ZHENG_YAN.name]}
    for state, names in held.items():
        with watched.database.write() as session:
            session.get_one(JointTask, task.id).state = state
            session.flush()
            matter = recipients.of(session, f"joint:{task.id}", "remind", at(MORNING)).matter
            assert [watched.cast.accounts[login].name for login in matter.holders] == names


def test_a_case_presses_its_officers_and_where_it_waits_for_approval_who_approves(bureau):
    life = bureau.open().known()
    with bureau.database.read() as session:
        found = recipients.of(session, f"case:{life.id}", "remind", bureau.now)
    assert found.found.login in life.row.handlers
    assert found.matter.squad_id == life.row.squad_id
    life.do("ask_filing")
    with bureau.database.read() as session:
        waiting = recipients.of(session, f"case:{life.id}", "remind", bureau.now)
    assert (waiting.found.login, waiting.matter.squad_id) == (ZHOU_ZHENG.login, None)


def test_the_duty_leader_of_the_hour_comes_before_the_stand_in_and_the_stand_in_before_the_leader(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    inner = watched.cast.squad_id(INNER)
    with watched.database.write() as session:
        session.execute(update(Squad).where(Squad.id == inner).values(stand_in=LIN_XIAOFENG.login))
        session.add(_shift(watched, SU_MIN))
    with watched.database.read() as session:
        found = recipients.of(session, clock.subject, "remind", at(MORNING))
    assert watched.name(found.account_id) == SU_MIN.name
    with watched.database.write() as session:
        session.add(_leave(watched, SU_MIN))
    with watched.database.read() as session:
        found = recipients.of(session, clock.subject, "remind", at(MORNING))
    assert (found.found.seat, watched.name(found.account_id)) == ("stand_in", LIN_XIAOFENG.name)
    assert ("duty_leader", "on_leave") in [(one["seat"], one["why"]) for one in found.passed]


def test_who_went_home_before_anybody_signed_for_it_is_not_pressed_but_who_took_over(watched):
    order = watched.report(MORNING)
    with watched.database.write() as session:
        session.get_one(Order, order).leader_id = watched.cast.account(LIN_XIAOFENG).id
        session.add(_shift(watched, SU_MIN))

    def reminded():
        with watched.database.read() as session:
            return watched.name(recipients.of(session, f"order:{order}", "remind", at(MORNING)).account_id)

    assert reminded() == SU_MIN.name
    watched.step(order, "11-23 09:05", "accept")
    assert reminded() == LIN_XIAOFENG.name, "what he has signed for stays his"


def test_an_alarm_ends_with_its_clock_and_says_why(watched):
    met, dropped = watched.report(MORNING), watched.report(MORNING)
    watched.look("11-23 09:15")
    watched.step(met, "11-23 09:16", "accept")
    watched.step(dropped, "11-23 09:17", "return", ground="wrong_kind")
    with watched.database.write() as session:
        assert alarms.close_settled(session, at("11-23 09:20")) == 2
        assert alarms.close_settled(session, at("11-23 09:20")) == 0
    closed = {one.subject: (one.closed_why, one.closed_at) for one in watched.alarms(clock="accept")}
    assert closed[f"order:{met}"] == ("met", at("11-23 09:16"))
    assert closed[f"order:{dropped}"] == ("dropped", at("11-23 09:20"))


def test_while_a_clock_stands_still_its_alarms_ask_for_nothing_and_the_next_rung_rings_after_it_goes_on(watched):
    order = watched.report(MORNING)
    subject = f"order:{order}"
    watched.look("11-23 09:15")
    told = {"reason": "weather", "actor": watched.cast.actor(CHEN_JING)}
    with watched.database.write() as session:
        watch.pause(session, subject, ["accept"], at=at("11-23 09:18"), now=at("11-23 09:18"), **told)
    watched.look("11-23 09:40")
    assert [(one.level, one.closed_why) for one in watched.alarms(clock="accept")] == [("remind", "paused")]
    with watched.database.write() as session:
        watch.resume(session, subject, ["accept"], at=at("11-23 10:18"), actor=told["actor"], now=at("11-23 10:18"))
    watched.look("11-23 10:23")
    watched.look("11-23 10:24")
    assert [(one.level, one.closed_why) for one in watched.alarms(clock="accept")] == [
        ("remind", "paused"),
        ("yellow", None),
    ]


def test_an_alarm_whose_clock_was_moved_is_withdrawn_and_raised_again_when_its_hour_comes(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    watched.reach(clock.id, "remind", 50, "11-23 09:15")
    with watched.database.write() as session:
        moved = session.merge(clock)
        moved.amount, moved.due_at = 120, at("11-23 11:00")
    with watched.database.write() as session:
        assert alarms.close_settled(session, at("11-23 09:20")) == 1
    assert [one.closed_why for one in watched.alarms()] == ["moved"]
    watched.reach(clock.id, "remind", 50, "11-23 10:00")
    (again,) = watched.alarms()
    assert (again.closed_at, again.raised_at) == (None, at("11-23 10:00"))
    assert [one.version for one in watched.written(f"alarm:{again.id}")] == [1, 2]


def test_who_was_told_too_early_by_a_wrong_date_is_told_again_when_it_is_really_late(watched):
    order = watched.report(MORNING)
    watched.look("12-01 00:00")
    with watched.database.write() as session:
        edit = workdays.set_day(session, dt.date(2026, 11, 27), working=False, name="台风停工")
        workdays.publish(session, edit, actor="system:cli", now=at("12-01 00:30"))
    watched.look("12-01 00:30")
    early = {one.level: one.closed_why for one in watched.alarms(subject=f"order:{order}", clock="answer")}
    assert early == {"red": "moved"}
    watched.look("12-02 00:00")
    (red,) = watched.alarms(subject=f"order:{order}", clock="answer", level="red")
    assert (red.closed_at, red.raised_at) == (None, at("12-02 00:00"))


def test_the_same_rung_told_again_does_nothing(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    for _ in range(3):
        watched.reach(clock.id, "red", 100, "11-23 09:30")
    assert len(watched.alarms()) == 1
    assert [one.count for one in watched.notices(CHEN_JING)] == [1]
    assert [one.kind for one in watched.written("alarm:")] == ["alarm.raised"]


def test_a_clock_of_something_that_is_gone_still_reaches_somebody(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    with watched.database.write() as session:
        session.merge(clock).subject = f"order:{uuid.uuid4()}"
    watched.reach(clock.id, "red", 100, "11-23 09:30")
    assert told(watched) == [("red", ZHENG_YAN.name)]


HOW = ("there", "away", "blocked", "nobody")


@pytest.mark.parametrize("fallback", ["named", "blocked", "unknown", "empty"])
def test_never_nobody_whoever_is_missing(watched, fallback):
    """No supervisor, nobody on duty, an empty roster, people on leave, blocked accounts, in every combination."""
    order = f"order:{watched.report(MORNING)}"
    for supervisor, dispatcher, leader, duty in itertools.product(HOW, HOW, ("there", "blocked"), ("there", "away")):
        missing = {ZHENG_YAN: supervisor, CHEN_JING: dispatcher, LIN_XIAOFENG: leader}
        with watched.database.write() as session:
            _name_a_fallback(session, fallback)
            _let_be_missing(session, watched, missing)
            _roster(session, watched, duty)
            session.flush()
            below = fallback == "named" or {supervisor, dispatcher} & {"there", "away"}
            for level in Level:
                squad = level in ("remind", "urge", "yellow") and "there" in (leader, duty)
                _somebody_real_is_told(session, order, level, expected=bool(below or squad))
            session.rollback()


def test_a_town_where_nobody_can_sign_in_keeps_the_alarm_at_the_desk_where_the_proof_finds_it(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    with watched.database.write() as session:
        session.execute(update(Account).values(active=False))
    watched.reach(clock.id, "supervise", 300, "11-23 10:30")
    (alarm,) = watched.alarms()
    assert (alarm.account_id, alarm.seat, alarm.fallback) == (None, "desk", True)
    with watched.database.read() as session:
        assert [one.id for one in alarms.found_nobody(session)] == [alarm.id]
        assert session.scalars(select(Notice.account_id).distinct()).all() == [None]
    assert watched.papers()[0].account_id is None, "it is issued all the same, to the squad"


def test_a_thousand_clocks_due_at_once_are_a_handful_of_notices(watched):
    watched.orders(1000)
    statements = []
    event.listen(watched.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    watched.look("11-23 09:30")
    with watched.database.read() as session:
        assert session.scalar(select(func.count()).where(Alarm.clock == "accept", Alarm.level == "red")) == 1001
    notices = watched.notices()
    assert len(notices) <= 3
    assert max(one.count for one in notices) == 1001
    assert [one.rung_at for one in notices] == [at("11-23 09:30")] * len(notices)
    assert len(watched.written("notice:")) == len(notices)
    assert len(statements) < 20 * 1001, f"{len(statements) / 1001:.1f} a clock"


def _name_a_fallback(session, fallback):
    login = {"named": WU_YUE.login, "blocked": WU_YUE.login, "unknown": "who-left", "empty": None}[fallback]
    session.execute(update(Town).values(fallback=login))
    if fallback == "blocked":
        session.execute(update(Account).where(Account.login == login).values(active=False))


def _let_be_missing(session, town, people):
    for person, how in people.items():
        account = Account.id == town.cast.account(person).id
        if how == "blocked":
            session.execute(update(Account).where(account).values(active=False))
        if how == "nobody":
            session.execute(update(Account).where(account).values(roles=[]))
        if how == "away":
            session.add(_leave(town, person))


def _roster(session, town, duty):
    if duty != "nobody":
        session.add(_shift(town, SU_MIN))
    if duty == "away":
        session.add(_leave(town, SU_MIN))


def _somebody_real_is_told(session, order, level, expected):
    found = recipients.of(session, order, level, at(MORNING))
    assert (found.person is not None) == expected, (level, found)
    if found.person is None:
        assert found.found.seat == "desk"
        return
    account = session.get_one(Account, found.person.id, populate_existing=True)
    assert account.active
    assert found.found.fallback or not _is_away(session, account)


def _is_away(session, account):
    return bool(session.scalar(select(func.count()).where(Leave.account_id == account.id)))


def _task(town, order, squad):
    return JointTask(
        id=ids.new_id(),
        order_id=order,
        squad_id=town.cast.squad_id(squad),
        state="called",
        called_at=at(MORNING),
        called_by=town.cast.actor(LIN_XIAOFENG),
        changed_at=at(MORNING),
    )


def _shift(town, person):
    begins, ends = ALL_DAY
    account = town.cast.account(person)
    return Shift(
        id=ids.new_id(), squad_id=account.squad_id, account_id=account.id, starts_at=begins, ends_at=ends, leads=True
    )


def _leave(town, person):
    begins, ends = ALL_DAY
    return Leave(
        id=ids.new_id(), account_id=town.cast.account(person).id, starts_at=begins, ends_at=ends, ground="事假"
    )
