"""Rungs of a clock's ladder: each is rung once, the highest of those reached, as long as somebody waits for the clock."""

import datetime as dt

import pytest

from tests.watched import LADDER, TEN, Clocks, at
from town import ids, ladders, watch, workdays
from town.people import Squad
from town.terms import Term, Unit
from town.watch import State

MINUTE = dt.timedelta(minutes=1)
ELEVEN, NOON = at("2026-11-20 11:00"), at("2026-11-20 12:00")


@pytest.fixture
def clocks(database, town):
    return Clocks(database, town)


def test_each_rung_is_rung_when_its_share_of_the_time_is_used(clocks):
    clock = clocks.start()
    for minute in range(240):
        clocks.tick(TEN + minute * MINUTE)
    assert clocks.bells.rungs == [("order:1", level) for level, _ in LADDER]
    assert clocks.bells.due == ["order:1"]
    assert (clocks.again(clock).rung, clocks.again(clock).wakes_at) == (4, None)


def test_the_watch_wakes_for_the_next_rung_or_the_end_whichever_is_first(clocks):
    clock = clocks.start(ladder=(("urge", 75), ("supervise", 150)))
    woken = [clocks.again(clock).wakes_at]
    for _ in range(3):
        clocks.tick(woken[-1])
        woken.append(clocks.again(clock).wakes_at)
    assert woken == [TEN + 90 * MINUTE, NOON, NOON + 60 * MINUTE, None]


def test_a_rung_is_not_rung_a_microsecond_early(clocks):
    clocks.start()
    assert clocks.tick(ELEVEN - dt.timedelta(microseconds=1)) == 0
    assert clocks.tick(ELEVEN) == 1


def test_after_an_absence_only_the_highest_rung_reached_is_rung(clocks):
    clock = clocks.start()
    assert clocks.tick(NOON + MINUTE) == 1
    assert (clocks.bells.due, clocks.bells.rungs) == (["order:1"], [("order:1", "red")])
    assert clocks.tick(NOON + 60 * MINUTE) == 1
    assert clocks.bells.rungs[1:] == [("order:1", "supervise")]
    assert clocks.told(clock) == ["clock.missed"]


def test_a_rung_comes_with_its_share_and_the_moment_it_was_reached(clocks):
    clocks.start()
    rung = []
    clocks.tick(NOON - MINUTE, on_rung=lambda _session, clock, *facts: rung.append((clock.subject, *facts)))
    assert rung == [("order:1", watch.Rung("urge", 75, TEN + 90 * MINUTE), NOON - MINUTE)]


@pytest.mark.parametrize("ending", ["meet", "drop"])
def test_what_is_over_rings_no_rung(clocks, ending):
    clock = clocks.start()
    getattr(clocks, ending)(TEN + MINUTE)
    assert clocks.tick(NOON + 90 * MINUTE) == 0
    assert (clocks.bells.rungs, clocks.again(clock).wakes_at) == ([], None)


@pytest.mark.parametrize("ending", ["meet", "drop"])
def test_a_missed_clock_climbs_on_until_nobody_waits_for_it(clocks, ending):
    clock = clocks.start()
    clocks.tick(NOON)
    assert clocks.again(clock).wakes_at == NOON + 60 * MINUTE
    getattr(clocks, ending)(NOON + MINUTE)
    assert clocks.tick(NOON + 90 * MINUTE) == 0
    assert (clocks.bells.rungs, clocks.again(clock).state) == ([("order:1", "red")], State.MISSED)


def test_a_rung_that_nobody_listens_to_is_passed_over(clocks):
    clock = clocks.start()
    clocks.tick(ELEVEN, on_rung=None)
    clocks.tick(ELEVEN + MINUTE)
    assert (clocks.bells.rungs, clocks.again(clock).rung) == ([], 1)


def test_a_clock_keeps_the_ladder_it_was_started_with(database, town, clocks):
    with database.read() as session:
        ladder = ladders.of(session, "order.accept")
    clock = clocks.start(ladder=ladder)
    with database.write() as session:
        session.add(ladders.LadderRow(id=ids.new_id(), clock="*", severity="*", level="red", percent=100))
        found = watch.rungs(session.get_one(watch.Deadline, clock.id), workdays.calendar(session, town))
    assert [(one.level, one.percent) for one in found] == [
        ("remind", 50),
        ("yellow", 80),
        ("red", 100),
        ("supervise", 300),
    ]
    assert [one.reached_at for one in found] == [ELEVEN, TEN + 96 * MINUTE, NOON, at("2026-11-20 16:00")]


def test_rungs_of_working_days_are_reached_in_office_hours(clocks):
    clock = clocks.start(term=Term(2, Unit.WORKING_DAYS))
    assert clocks.again(clock).wakes_at == at("2026-11-23 17:30")
    clocks.tick(at("2026-11-23 17:30"))
    assert clocks.again(clock).wakes_at == at("2026-11-24 13:45")


def test_a_backdated_clock_rings_what_it_has_reached_already_and_no_lower_rung(clocks):
    clocks.start(recorded_at=NOON - 20 * MINUTE)
    assert clocks.tick(NOON - 20 * MINUTE) == 1
    assert clocks.bells.rungs == [("order:1", "urge")]


def test_a_clock_that_is_past_when_it_is_written_down_rings_no_rung(clocks):
    clocks.start(recorded_at=NOON)
    assert clocks.tick(NOON + 300 * MINUTE) == 0


def fail(*_):
    raise RuntimeError("the handler is broken")


def test_a_failing_alarm_neither_hides_the_miss_nor_is_forgotten(clocks):
    clock = clocks.start()
    clocks.tick(NOON, on_rung=fail)
    assert (clocks.bells.due, clocks.again(clock).state, clocks.again(clock).rung) == (["order:1"], State.MISSED, 0)
    assert clocks.tick(NOON + dt.timedelta(seconds=1)) == 1
    assert (clocks.bells.due, clocks.bells.rungs) == (["order:1"], [("order:1", "red")])
    assert clocks.told(clock) == ["clock.missed"]


def test_a_failing_deed_does_not_silence_the_alarm(clocks):
    clock = clocks.start()
    clocks.tick(NOON, on_due={"handle": fail})
    assert (clocks.again(clock).state, clocks.bells.rungs) == (State.RUNNING, [("order:1", "red")])
    clocks.tick(NOON + dt.timedelta(seconds=1))
    assert (clocks.bells.due, clocks.bells.rungs) == (["order:1"], [("order:1", "red")])


def test_what_a_failing_alarm_wrote_is_undone_with_its_rung(database, clocks):
    clock = clocks.start()

    def half(session, *_):
        session.add(Squad(id=ids.new_id(), code="half", name="half"))
        session.flush()
        raise RuntimeError("half-way")

    clocks.tick(ELEVEN, on_rung=half)
    with database.read() as session:
        assert session.query(Squad).where(Squad.code == "half").count() == 0
    assert clocks.again(clock).rung == 0


def test_a_deed_that_ends_another_clock_of_the_same_look_keeps_its_handler_quiet_and_its_miss_told(database, clocks):
    clocks.start(kind="handle")
    other = clocks.start(kind="answer", since=TEN + MINUTE)

    def end(session, deadline, now):
        watch.drop(session, deadline.subject, ["answer"], now)

    assert clocks.tick(NOON + 5 * MINUTE, on_due={"handle": end, "answer": fail}) == 2
    assert (clocks.again(other).state, clocks.again(other).wakes_at) == (State.MISSED, None)
    assert clocks.told(other) == ["clock.missed"]


def test_a_deed_that_settles_its_own_clock_rings_no_rung(clocks):
    clock = clocks.start()

    def settle(session, deadline, now):
        watch.meet(session, deadline.subject, deadline.kind, now)

    clocks.tick(NOON, on_due={"handle": settle})
    assert (clocks.bells.rungs, clocks.again(clock).met_at, clocks.again(clock).wakes_at) == ([], NOON, None)


def test_a_year_that_becomes_known_moves_the_rungs_too(database, clocks):
    clock = clocks.start(term=Term(2, Unit.WORKING_DAYS))
    with database.write() as session:
        edit = workdays.set_day(session, dt.date(2026, 11, 23), working=False, name="台风停工")
        workdays.publish(session, edit, actor="system:cli", now=TEN)
    assert clocks.again(clock).wakes_at == at("2026-11-24 17:30")
