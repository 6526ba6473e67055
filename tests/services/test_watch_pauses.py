"""Pauses, stretches taken out afterwards, and extensions: what moves a clock, who may not, and what the journal says."""

import datetime as dt

import pytest

from tests.watched import TEN, Clocks, at
from town import terms, watch, workdays
from town.errors import Refused
from town.terms import Term, Unit
from town.watch import State

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
FIVE_DAYS = Term(5, Unit.WORKING_DAYS)
NOON = at("2026-11-20 12:00")


@pytest.fixture
def clocks(database, town):
    return Clocks(database, town)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}: ")


def test_a_paused_clock_rings_nobody_however_long_it_stands_still(clocks):
    clock = clocks.start()
    assert clocks.pause(TEN + HOUR / 2) == ["handle"]
    assert clocks.tick(TEN + 99 * DAY) == 0
    assert (clocks.again(clock).state, clocks.again(clock).wakes_at) == (State.PAUSED, None)


def test_a_resumed_clock_is_due_as_much_later_as_it_stood_still(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR / 2)
    assert clocks.resume(TEN + 5 * HOUR) == ["handle"]
    assert (clocks.again(clock).state, clocks.again(clock).due_at) == (State.RUNNING, NOON + 4.5 * HOUR)
    assert clocks.again(clock).wakes_at == TEN + 5.5 * HOUR
    assert clocks.tick(NOON + 4 * HOUR) == 1
    assert clocks.bells.rungs == [("order:1", "urge")]


def test_a_rung_that_was_rung_before_a_pause_is_not_rung_again(clocks):
    clocks.start()
    clocks.tick(TEN + HOUR)
    clocks.pause(TEN + 1.25 * HOUR)
    clocks.resume(TEN + 9 * HOUR)
    for minute in range(0, 240, 5):
        clocks.tick(TEN + 9 * HOUR + minute * MINUTE)
    assert [level for _, level in clocks.bells.rungs] == ["remind", "urge", "red", "supervise"]


def test_a_pause_of_working_days_makes_the_day_of_resuming_like_a_day_zero(database, town, clocks):
    clock = clocks.start(term=FIVE_DAYS, since=at("2026-11-16 10:00"))
    clocks.pause(at("2026-11-18 15:00"))
    clocks.resume(at("2026-11-20 09:00"))
    assert clocks.again(clock).due_at == at("2026-11-25 24:00")
    with database.read() as session:
        pauses = watch.pauses_of(session, [clock.id])[clock.id]
        due = watch.reckon(clocks.again(clock), workdays.calendar(session, town), pauses)
    assert due.at == clocks.again(clock).due_at
    assert "11月19、20日暂停，不算" in terms.explain(due)


def test_the_journal_tells_who_stopped_a_clock_why_and_where_its_date_went(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR, now=TEN + 1.5 * HOUR)
    clocks.resume(TEN + 3 * HOUR)
    paused, resumed = clocks.events(clock)
    who = {"subject": "order:1", "kind": "handle", "reason": "weather"}
    since = {"since": (TEN + HOUR).astimezone(dt.UTC).isoformat()}
    assert (paused.kind, paused.actor, paused.version) == ("clock.paused", "account:chenjing", 1)
    assert {"since": dt.datetime.fromisoformat(paused.data["since"]).astimezone(dt.UTC).isoformat()} == since
    assert paused.data.items() >= who.items()
    assert (resumed.kind, resumed.version) == ("clock.resumed", 2)
    assert dt.datetime.fromisoformat(resumed.data["was"]) == NOON
    assert dt.datetime.fromisoformat(resumed.data["due"]) == NOON + 2 * HOUR
    assert resumed.data.items() >= who.items()


def test_only_running_clocks_are_paused_and_late_ones_stay_late(clocks):
    late = clocks.start(kind="accept", term=Term(30, Unit.MINUTES))
    unseen = clocks.start(kind="arrive", term=Term(40, Unit.MINUTES))
    clocks.tick(TEN + 30 * MINUTE)
    clocks.start(kind="handle")
    kinds = ("accept", "arrive", "handle", "answer")
    assert clocks.pause(TEN + 45 * MINUTE, kinds=kinds) == ["handle"]
    assert clocks.tick(TEN + 46 * MINUTE) == 2  # the miss of one, the alarm of the other
    assert [clocks.again(one).state for one in (late, unseen)] == [State.MISSED, State.MISSED]
    assert clocks.resume(TEN + HOUR, kinds=kinds) == ["handle"]


def test_nothing_to_pause_is_no_error(clocks):
    assert clocks.pause(TEN, subject="order:nobody") == []


def test_a_clock_stands_still_once_at_a_time(clocks):
    clocks.start()
    with refused("not_paused"):
        clocks.resume(TEN + MINUTE)
    clocks.pause(TEN + MINUTE)
    with refused("pause_open"):
        clocks.pause(TEN + 2 * MINUTE)


def test_pauses_neither_overlap_nor_predate_nor_come_too_late(clocks):
    clock = clocks.start()
    clocks.pause(TEN + 30 * MINUTE)
    with refused("pause_predates"):
        clocks.resume(TEN + 29 * MINUTE)
    with refused("pause_too_late"):
        clocks.resume(TEN + 50 * MINUTE, now=TEN + 49 * MINUTE)
    clocks.resume(TEN + 40 * MINUTE)
    with refused("pause_overlaps"):
        clocks.pause(TEN + 35 * MINUTE, now=TEN + 45 * MINUTE)
    with refused("pause_predates"):
        clocks.pause(TEN - MINUTE)
    with refused("pause_too_late"):
        clocks.pause(TEN + 50 * MINUTE, now=TEN + 49 * MINUTE)
    assert clocks.pauses(clock) == [(TEN + 30 * MINUTE, TEN + 40 * MINUTE)]
    assert clocks.pause(TEN + 40 * MINUTE) == ["handle"]


def test_what_is_refused_has_stopped_no_clock_of_the_subject(clocks):
    first = clocks.start()
    clocks.start(kind="answer", since=TEN + HOUR)
    with refused("pause_predates"):
        clocks.pause(TEN + MINUTE, kinds=("handle", "answer"), now=TEN + HOUR)
    assert (clocks.again(first).state, clocks.pauses(first), clocks.told(first)) == (State.RUNNING, [], [])


def test_what_comes_while_a_clock_stands_still_is_in_time_and_leaves_no_pause_open(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR)
    clocks.meet(TEN + 9 * HOUR)
    assert (clocks.again(clock).state, clocks.again(clock).met_at) == (State.MET, TEN + 9 * HOUR)
    assert clocks.pauses(clock) == [(TEN + HOUR, TEN + 9 * HOUR)]
    assert clocks.tick(TEN + 99 * DAY) == 0


def test_a_paused_clock_may_be_dropped_and_leaves_no_pause_open(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR)
    clocks.drop(TEN + 2 * HOUR)
    assert (clocks.again(clock).state, clocks.pauses(clock)) == (State.DROPPED, [(TEN + HOUR, TEN + 2 * HOUR)])
    with refused("not_paused"):
        clocks.resume(TEN + 3 * HOUR)


def test_a_paused_clock_is_waited_for_but_shown_last(database, clocks):
    clocks.start(kind="handle")
    clocks.start(kind="answer", term=FIVE_DAYS)
    clocks.pause(TEN + MINUTE)
    with database.read() as session:
        assert watch.nearest(session, ["order:1"])["order:1"].kind == "answer"
    clocks.drop(TEN + HOUR, kinds=("answer",))
    with database.read() as session:
        assert watch.nearest(session, ["order:1"])["order:1"].state == State.PAUSED


def test_the_clocks_of_many_subjects_come_together(database, clocks):
    one, other = clocks.start("order:1"), clocks.start("order:2")
    later = clocks.start("order:1", kind="answer", since=TEN + HOUR)
    with database.read() as session:
        found = watch.of_subjects(session, ["order:1", "order:2", "order:3"])
    assert {subject: [clock.id for clock in some] for subject, some in found.items()} == {
        "order:1": [one.id, later.id],
        "order:2": [other.id],
        "order:3": [],
    }


def test_a_share_moves_only_while_its_clock_runs(database, town, clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR / 2)

    def share(now):
        with database.read() as session:
            pauses = watch.pauses_of(session, [clock.id]).get(clock.id, [])
            return watch.percent(clocks.again(clock), workdays.calendar(session, town), pauses, now)

    assert [share(TEN + minutes * MINUTE) for minutes in (0, 15, 30, 300)] == [0, 12, 25, 25]
    clocks.resume(TEN + 5 * HOUR)
    assert share(TEN + 5.5 * HOUR) == 50
    clocks.meet(TEN + 6 * HOUR)
    assert share(TEN + 60 * HOUR) == 75


def test_a_stretch_taken_out_afterwards_moves_a_running_clock(clocks):
    clock = clocks.start(term=Term(90, Unit.DAYS), since=at("2026-08-03 10:00"))
    assert clocks.again(clock).due_at == at("2026-11-02 24:00")
    clocks.exclude(clock, at("2026-08-10 10:00"), at("2026-08-25 10:00"))
    assert clocks.again(clock).due_at == at("2026-11-16 24:00")
    (revised,) = clocks.events(clock)
    assert (revised.kind, revised.actor, revised.data["reason"]) == ("clock.revised", "account:chenjing", "appraisal")
    assert dt.datetime.fromisoformat(revised.data["was"]) == at("2026-11-02 24:00")


def test_a_stretch_taken_out_makes_a_missed_clock_run_again(clocks):
    clock = clocks.start()
    clocks.tick(NOON)
    clocks.exclude(clock, TEN + HOUR, TEN + 1.5 * HOUR, now=NOON + MINUTE)
    assert (clocks.again(clock).state, clocks.again(clock).due_at) == (State.RUNNING, NOON + HOUR / 2)
    clocks.tick(NOON + HOUR / 2)
    assert clocks.told(clock) == ["clock.missed", "clock.revised", "clock.missed"]
    assert clocks.bells.rungs == [("order:1", "red")] * 2


def test_a_stretch_taken_out_shows_that_what_was_done_late_was_in_time(clocks):
    clock = clocks.start()
    clocks.tick(NOON)
    clocks.meet(NOON + 10 * MINUTE)
    clocks.exclude(clock, TEN + HOUR, TEN + 1.5 * HOUR, now=NOON + HOUR)
    assert clocks.again(clock).state == State.MET


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (TEN - MINUTE, TEN + MINUTE, "pause_predates"),
        (NOON, NOON + MINUTE, "pause_too_late"),
        (TEN + MINUTE, NOON + 10 * DAY, "pause_too_late"),
        (TEN + 3 * MINUTE, TEN + 2 * MINUTE, "span_backwards"),
        (TEN + 15 * MINUTE, TEN + 25 * MINUTE, "pause_overlaps"),
        (TEN + 25 * MINUTE, TEN + 26 * MINUTE, "pause_overlaps"),
        (TEN + 15 * MINUTE, TEN + 45 * MINUTE, "pause_overlaps"),
    ],
)
def test_a_stretch_is_taken_out_only_where_the_clock_ran(clocks, since, until, code):
    clock = clocks.start()
    clocks.exclude(clock, TEN + 20 * MINUTE, TEN + 30 * MINUTE)
    clocks.exclude(clock, TEN + 30 * MINUTE, TEN + 40 * MINUTE)
    clocks.exclude(clock, TEN + 40 * MINUTE, TEN + 40 * MINUTE)
    clocks.tick(NOON + 20 * MINUTE)
    clock = clocks.again(clock)
    shift = clock.due_at - NOON if since == NOON else dt.timedelta()
    with refused(code):
        clocks.exclude(clock, since + shift, until + shift, now=NOON + 9 * DAY)
    assert len(clocks.pauses(clock)) == 3


def test_a_stretch_overlaps_with_a_pause_that_still_lasts(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR)
    with refused("pause_overlaps"):
        clocks.exclude(clock, TEN + HOUR / 2, TEN + 1.5 * HOUR, now=NOON)
    clocks.exclude(clock, TEN + HOUR / 2, TEN + HOUR, now=NOON)
    assert (clocks.again(clock).state, clocks.again(clock).wakes_at) == (State.PAUSED, None)
    clocks.resume(NOON)
    assert clocks.again(clock).due_at == NOON + 1.5 * HOUR


@pytest.mark.parametrize("ending", ["meet", "drop"])
def test_nothing_is_taken_out_of_or_added_to_what_is_over(clocks, ending):
    clock = clocks.start()
    getattr(clocks, ending)(TEN + HOUR)
    with refused("clock_over"):
        clocks.exclude(clock, TEN + MINUTE, TEN + 2 * MINUTE, now=NOON)
    with refused("clock_over"):
        clocks.extend(clock, 1, now=TEN + HOUR)


def test_an_extension_moves_the_end_and_the_alarms_ahead(database, clocks):
    clock = clocks.start()
    clocks.tick(TEN + HOUR)
    clocks.extend(clock, 2, now=TEN + HOUR)
    assert (clocks.again(clock).due_at, clocks.again(clock).extended) == (NOON + 2 * HOUR, 2)
    assert clocks.again(clock).wakes_at == NOON
    (extended,) = clocks.events(clock)
    assert (extended.kind, extended.actor, extended.data["amount"]) == ("clock.extended", "account:zhengyan", 2)
    assert dt.datetime.fromisoformat(extended.data["was"]) == NOON
    with database.read() as session:
        (granted,) = watch.extensions_of(session, [clock.id])[clock.id]
    assert (granted.amount, granted.reason, granted.granted_by) == (2, "complex", "account:zhengyan")


def test_a_rung_that_lies_ahead_again_is_climbed_again_and_no_other(clocks):
    clock = clocks.start()
    clocks.tick(TEN + 100 * MINUTE)
    clocks.extend(clock, 1, now=TEN + 100 * MINUTE)
    assert (clocks.again(clock).rung, clocks.again(clock).wakes_at) == (1, TEN + 135 * MINUTE)
    for minute in range(100, 300):
        clocks.tick(TEN + minute * MINUTE)
    assert [level for _, level in clocks.bells.rungs] == ["urge", "urge", "red", "supervise"]


def test_an_extension_granted_too_late_leaves_late_what_is_late(clocks):
    clock = clocks.start()
    with refused("clock_over"):
        clocks.extend(clock, 1, now=NOON)
    clocks.tick(NOON)
    with refused("clock_over"):
        clocks.extend(clock, 1, now=NOON)
    assert clocks.again(clock).extended == 0


def test_extensions_have_a_number_and_a_length(clocks):
    clock = clocks.start()
    with refused("extension_spent"):
        clocks.extend(clock, 11)
    clocks.extend(clock, 1)
    clocks.extend(clock, 2)
    with refused("extension_spent"):
        clocks.extend(clock, 1)
    with refused("extension_spent") as told:
        clocks.extend(clock, 1, longest=3, times=9)
    assert told.value.detail == "最多延长 9 次，合计 3 个紧急工作时。"
    with pytest.raises(ValueError, match="extends a clock by 0"):
        clocks.extend(clock, 0)


def test_a_clock_that_stands_still_may_be_extended(clocks):
    clock = clocks.start()
    clocks.pause(TEN + HOUR)
    clocks.extend(clock, 1, now=NOON + DAY)
    clocks.resume(NOON + 2 * DAY)
    assert clocks.again(clock).due_at == NOON + 2 * DAY + 2 * HOUR


def test_more_known_about_working_days_keeps_pauses_extensions_and_what_stands_still(database, clocks):
    first, second = (clocks.start(f"order:{n}", term=FIVE_DAYS, since=at("2026-11-16 10:00")) for n in (1, 2))
    for clock in (first, second):
        clocks.extend(clock, 1, now=at("2026-11-17 10:00"))
        clocks.pause(at("2026-11-18 15:00"), subject=clock.subject)
    clocks.resume(at("2026-11-20 09:00"))
    assert clocks.again(first).due_at == at("2026-11-26 24:00")
    with database.write() as session:
        edit = workdays.set_day(session, dt.date(2026, 11, 24), working=False, name="台风停工")
        revised = workdays.publish(session, edit, actor="system:cli", now=at("2026-11-20 12:00"))
    assert {(one.subject, one.due) for one in revised} == {
        ("order:1", at("2026-11-27 24:00")),
        ("order:2", at("2026-11-25 24:00")),
    }
    assert (clocks.again(second).state, clocks.again(second).wakes_at) == (State.PAUSED, None)
    assert clocks.told(first) == ["clock.extended", "clock.paused", "clock.resumed", "clock.revised"]
    clocks.resume(at("2026-11-25 10:00"), subject="order:2")
    assert clocks.again(second).due_at == at("2026-12-01 24:00")
