"""The watch: clocks are started, met, missed once, and reckoned anew when more is known about working days."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert, text, update

from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from tests.waiting import waiting
from town import ids, journal, terms, watch, workdays
from town.people import Squad
from town.terms import Term, Unit
from town.watch import State

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
SECOND = dt.timedelta(seconds=1)
HALF_AN_HOUR = Term(30, Unit.MINUTES)
DUE = NOON + dt.timedelta(minutes=30)


@pytest.fixture
def start(database, town):
    """Start a clock at noon, and give it back as it was written."""

    def started(subject="order:1", kind="accept", term=HALF_AN_HOUR, at=NOON, recorded_at=None, round=1):
        with database.write() as session:
            calendar = workdays.calendar(session, town)
            recorded_at = recorded_at or at
            return watch.start(
                session,
                subject=subject,
                kind=kind,
                term=term,
                calendar=calendar,
                at=at,
                recorded_at=recorded_at,
                round=round,
            )

    return started


@pytest.fixture
def again(database):
    """The clock as it stands now."""

    def read(deadline):
        with database.read() as session:
            return session.get_one(watch.Deadline, deadline.id)

    return read


@pytest.fixture
def written(database):
    """What the journal says of a clock: (version, kind) by version."""

    def read(deadline):
        with database.read() as session:
            return [(e.version, e.kind) for e in journal.events_of(session, f"deadline:{deadline.id}")]

    return read


def meet(database, deadline, at):
    with database.write() as session:
        watch.meet(session, deadline.subject, deadline.kind, at)


class Bell:
    """A handler that counts whom it rang."""

    def __init__(self):
        self.rung = []

    def __call__(self, _session, deadline, _now):
        self.rung.append(deadline.subject)


def test_a_clock_runs_from_its_start_by_the_calendar_of_the_town(start, again):
    clock = again(start(term=Term(2, Unit.WORKING_DAYS)))
    assert clock.state == State.RUNNING
    assert clock.due_at == dt.datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert not clock.provisional
    assert clock.edition == 1


def test_a_clock_that_runs_into_2027_is_provisional(start, again):
    assert again(start(term=Term(40, Unit.WORKING_DAYS))).provisional


def test_a_stored_clock_explains_itself(database, town, start):
    clock = start(term=Term(8, Unit.WORKING_HOURS))
    with database.read() as session:
        due = watch.reckon(clock, workdays.calendar(session, town))
    assert terms.explain(due) == "8 个工作时；11月21、22日是周末，不算；11月23日（周一）14:00截止。"


def test_a_due_clock_is_missed_once_and_said_so_in_the_journal(database, start, again, written):
    clock, bell = start(), Bell()
    assert watch.tick(database, DUE, {"accept": bell}) == 1
    assert watch.tick(database, DUE + SECOND, {"accept": bell}) == 0
    assert bell.rung == ["order:1"]
    assert (again(clock).state, again(clock).noticed_at) == (State.MISSED, DUE)
    with database.read() as session:
        (missed,) = journal.events_of(session, f"deadline:{clock.id}")
    assert (missed.version, missed.kind, missed.actor) == (1, "clock.missed", "system:watch")
    moments = {"due": "2026-11-20T04:30:00+00:00", "noticed": DUE.isoformat()}
    assert missed.data == {"subject": "order:1", "kind": "accept", **moments}


def test_a_clock_is_not_due_a_microsecond_before_its_time(database, start):
    start()
    assert watch.tick(database, DUE - dt.timedelta(microseconds=1), {}) == 0
    assert watch.tick(database, DUE, {}) == 1


def test_a_clock_that_nobody_listens_to_is_missed_all_the_same(database, start, written):
    clock = start(kind="unheard")
    assert watch.tick(database, DUE, {"accept": Bell()}) == 1
    assert written(clock) == [(1, "clock.missed")]


def test_what_is_past_when_it_is_written_down_rings_nobody(database, start, again, written):
    clock, bell = start(recorded_at=DUE), Bell()
    assert watch.tick(database, DUE + SECOND, {"accept": bell}) == 0
    assert (again(clock).state, bell.rung, written(clock)) == (State.PAST, [], [])


def test_what_was_done_in_time_is_met_even_when_it_is_replayed_years_later(database, start, again):
    clock = start(recorded_at=DUE + dt.timedelta(days=999))
    meet(database, clock, DUE - SECOND)
    assert again(clock).state == State.MET


def test_a_replayed_clock_met_late_stays_past(database, start, again):
    clock = start(recorded_at=DUE + dt.timedelta(days=999))
    meet(database, clock, DUE)
    assert (again(clock).state, again(clock).met_at) == (State.PAST, DUE)


def test_a_clock_met_in_time_rings_nobody(database, start, again):
    clock = start()
    meet(database, clock, DUE - SECOND)
    assert watch.tick(database, DUE, {}) == 0
    assert (again(clock).state, again(clock).met_at) == (State.MET, DUE - SECOND)


def test_a_missed_clock_that_is_met_afterwards_stays_missed(database, start, again):
    clock = start()
    watch.tick(database, DUE, {})
    meet(database, clock, DUE + SECOND)
    assert (again(clock).state, again(clock).met_at) == (State.MISSED, DUE + SECOND)


def test_a_late_clock_that_the_watch_had_not_seen_yet_is_missed_when_it_is_met(database, start, again, written):
    clock, bell = start(), Bell()
    meet(database, clock, DUE)
    assert watch.tick(database, DUE + SECOND, {"accept": bell}) == 0
    assert (again(clock).state, again(clock).met_at, bell.rung) == (State.MISSED, DUE, [])
    assert written(clock) == [(1, "clock.missed")]


def test_a_tablet_that_comes_back_late_proves_that_the_clock_was_met_in_time(database, start, again, written):
    clock = start()
    watch.tick(database, DUE, {})
    meet(database, clock, DUE - SECOND)
    assert (again(clock).state, again(clock).noticed_at) == (State.MET, DUE)
    assert written(clock) == [(1, "clock.missed")]


def test_meeting_a_clock_twice_keeps_the_first_time(database, start, again):
    clock = start()
    meet(database, clock, NOON + SECOND)
    meet(database, clock, DUE + SECOND)
    assert (again(clock).state, again(clock).met_at) == (State.MET, NOON + SECOND)


def test_a_second_round_has_a_clock_of_its_own(database, start, again):
    first = start()
    meet(database, first, NOON + SECOND)
    second = start(at=NOON + dt.timedelta(hours=1), round=2)
    meet(database, second, NOON + dt.timedelta(hours=2))
    assert (again(first).state, again(second).state) == (State.MET, State.MISSED)


def test_a_dropped_clock_keeps_what_it_missed_and_rings_no_more(database, start, again):
    missed, running = start(), start(kind="answer", term=Term(3, Unit.HOURS))
    watch.tick(database, DUE, {})
    with database.write() as session:
        watch.drop(session, "order:1", [missed.kind, running.kind], DUE + SECOND)
        assert watch.nearest(session, ["order:1"]) == {}
    assert watch.tick(database, DUE + dt.timedelta(days=1), {}) == 0
    assert (again(missed).state, again(running).state) == (State.MISSED, State.DROPPED)


def test_a_clock_that_was_over_before_anybody_looked_is_missed_although_nobody_waits_any_more(database, start, again):
    unnoticed = start()
    with database.write() as session:
        watch.drop(session, "order:1", [unnoticed.kind], DUE)
    assert again(unnoticed).state == State.MISSED
    assert watch.tick(database, DUE + dt.timedelta(days=1), {}) == 0


def test_a_handler_works_in_the_transaction_of_the_miss(database, start):
    start()

    def handler(session, deadline, _now):
        session.add(Squad(id=ids.new_id(), code=deadline.kind, name=str(deadline.state)))

    watch.tick(database, DUE, {"accept": handler})
    with database.read() as session:
        assert session.query(Squad).where(Squad.code == "accept").one().name == State.MISSED


def test_a_failing_handler_leaves_nothing_half_done_and_holds_up_nobody(database, start, again, written):
    poisoned, healthy, bell = start(kind="poisoned"), start(subject="order:2"), Bell()

    def fail(session, _deadline, _now):
        session.add(Squad(id=ids.new_id(), code="half", name="half"))
        session.flush()
        raise RuntimeError("the handler is broken")

    handlers: dict[str, watch.Handler] = {"poisoned": fail, "accept": bell}
    assert watch.tick(database, DUE, handlers) == 2
    assert bell.rung == ["order:2"]
    assert (again(poisoned).state, written(poisoned)) == (State.RUNNING, [])
    assert again(healthy).state == State.MISSED
    with database.read() as session:
        assert session.query(Squad).where(Squad.code == "half").count() == 0


def test_a_failing_clock_is_put_off_longer_each_time_and_rings_once_mended(database, start, again, written):
    clock, tries, now, bell = start(), 0, DUE, Bell()

    def fail(_session, _deadline, _now):
        nonlocal tries
        tries += 1
        raise RuntimeError("still broken")

    for _ in range(60):
        watch.tick(database, now, {"accept": fail})
        now += SECOND
    assert tries == 7  # at 0, 1, 2, 4, 8, 16 and 32 seconds
    assert again(clock).due_at == DUE
    watch.tick(database, now + dt.timedelta(minutes=1), {"accept": bell})
    assert (bell.rung, written(clock)) == (["order:1"], [(1, "clock.missed")])


@on_postgresql
def test_when_a_person_and_a_handler_want_each_others_rows_the_person_wins(database, cast, start, again):
    """The person waits first, so PostgreSQL's own check of deadlocks would end the person's transaction."""
    clock, squad, claimed = start(), cast.squads["CZ"], Event()

    def rename(session, _deadline=None, _now=None):
        session.execute(update(Squad).where(Squad.id == squad.id).values(name="renamed"))

    def rename_when_the_person_waits(session, *_):
        claimed.set()
        until(lambda: waiting(database), "the person to wait for the watch")
        rename(session)

    with ThreadPoolExecutor(1) as aside:
        with database.write() as session:
            rename(session)
            ticked = aside.submit(watch.tick, database, DUE, {"accept": rename_when_the_person_waits})
            claimed.wait(30)
            watch.meet(session, clock.subject, clock.kind, DUE - SECOND)
        assert ticked.result() == 1
    assert again(clock).state == State.MET
    assert watch.tick(database, DUE + SECOND, {"accept": rename}) == 0


def test_a_clock_that_is_broken_for_days_is_tried_every_hour(database, start, again):
    clock, late = start(), DUE + dt.timedelta(days=9)

    def fail(_session, _deadline, _now):
        raise RuntimeError("broken for days")

    watch.tick(database, late, {"accept": fail})
    assert again(clock).wakes_at == late + dt.timedelta(hours=1)


def test_the_journal_refuses_a_clock_that_was_missed_before(database, start, written):
    clock, bell = start(), Bell()
    watch.tick(database, DUE, {})
    with database.write() as session:  # as if a half-restored table had forgotten the miss
        session.execute(text("UPDATE deadline SET state = 'running', version = 0"))
    watch.tick(database, DUE + SECOND, {"accept": bell})
    assert written(clock) == [(1, "clock.missed")]
    assert bell.rung == []


def test_one_tick_takes_no_more_than_its_limit_the_longest_due_first(database, start):
    bell = Bell()
    for number in range(7):
        start(subject=f"order:{number}", at=NOON - number * SECOND)
    assert [watch.tick(database, DUE, {"accept": bell}, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert bell.rung == [f"order:{number}" for number in (6, 5, 4, 3, 2, 1, 0)]


def test_the_nearest_clock_of_many_subjects_comes_with_one_query(database, start):
    start("order:1", "answer", Term(5, Unit.WORKING_DAYS))
    start("order:1", "accept")
    meet(database, start("order:2", "accept"), NOON + SECOND)
    start("order:2", "arrive", Term(2, Unit.WORKING_HOURS))
    start("order:3", "accept", recorded_at=DUE)
    missed = start("order:4", "accept", at=NOON - dt.timedelta(days=1))
    start("order:4", "answer", Term(5, Unit.WORKING_DAYS))
    watch.tick(database, NOON, {})
    asked = []
    event.listen(database.engine, "after_cursor_execute", lambda *facts: asked.append(facts[2]))
    with database.read() as session:
        nearest = watch.nearest(session, [f"order:{number}" for number in range(500)])
    assert {subject: (clock.kind, clock.state) for subject, clock in nearest.items()} == {
        "order:1": ("accept", State.RUNNING),
        "order:2": ("arrive", State.RUNNING),
        missed.subject: ("accept", State.MISSED),
    }
    assert sum(statement.startswith("SELECT") for statement in asked) == 1


def test_more_subjects_may_be_asked_for_than_a_statement_takes(database, start):
    start(subject="order:1")
    with database.read() as session:
        assert set(watch.nearest(session, [f"order:{number}" for number in range(70_000)])) == {"order:1"}


def test_the_clocks_of_a_subject_are_listed_in_the_order_they_started(database, start):
    start("order:1", "arrive", at=NOON + SECOND)
    start("order:1", "accept")
    with database.read() as session:
        assert [clock.kind for clock in watch.of(session, "order:1")] == ["accept", "arrive"]


def test_a_tick_reads_only_running_clocks_however_many_are_finished(database, start, owner):
    one = start()
    columns = {column.key: getattr(one, column.key) for column in watch.Deadline.__table__.columns}
    finished = [
        columns | {"id": ids.new_id(), "subject": f"old:{n}", "state": State.MISSED, "wakes_at": None}
        for n in range(3000)
    ]
    with database.write() as session:
        session.execute(insert(watch.Deadline), finished)
    with owner(database).write() as session:
        session.execute(text("ANALYZE deadline"))
    plan = _plan_of_the_claim(database)
    assert watch.tick(database, DUE, {}) == 1
    assert "ix_deadline_waiting" in plan[0]


def test_a_year_that_becomes_known_moves_the_clocks_that_counted_on_it(database, town, start, again, written):
    moved = start("order:1", "answer", Term(3, Unit.WORKING_DAYS), dt.datetime(2026, 12, 30, 12, tzinfo=SHANGHAI))
    sure = start("order:2", "answer", Term(29, Unit.WORKING_DAYS))
    days = [f"2027-01-0{day}" for day in (1, 2, 3)]
    with database.write() as session:
        for day in days:
            workdays.set_day(session, dt.date.fromisoformat(day), working=False, name="元旦")
        edit = workdays.complete(session, 2027)
        revised = workdays.publish(session, edit, actor="system:cli", now=NOON)
    assert [(one.subject, one.was, one.due) for one in revised] == [
        ("order:1", dt.datetime(2027, 1, 5, tzinfo=SHANGHAI), dt.datetime(2027, 1, 6, tzinfo=SHANGHAI))
    ]
    assert not again(moved).provisional
    assert written(moved) == [(1, "clock.revised")]
    assert (again(sure).edition, written(sure)) == (again(moved).edition, [])


def test_an_edit_that_touches_no_clock_moves_and_journals_none(database, start, again, written):
    clock = start(term=Term(1, Unit.WORKING_DAYS))
    _close(database, "2026-12-24", NOON)
    assert (again(clock).due_at, again(clock).edition, written(clock)) == (clock.due_at, clock.edition + 1, [])


def test_a_revised_clock_rings_at_its_new_time_and_only_then(database, start, again, written):
    clock, bell = start(term=Term(1, Unit.WORKING_DAYS)), Bell()
    _close(database, "2026-11-23", NOON)
    assert watch.tick(database, dt.datetime(2026, 11, 24, tzinfo=SHANGHAI), {"accept": bell}) == 0
    assert watch.tick(database, dt.datetime(2026, 11, 25, tzinfo=SHANGHAI), {"accept": bell}) == 1
    assert written(clock) == [(1, "clock.revised"), (2, "clock.missed")]


def test_a_clock_missed_by_a_wrong_date_runs_again_and_can_be_missed_again(database, start, again, written):
    clock, bell = start(term=Term(1, Unit.WORKING_DAYS)), Bell()
    tuesday = dt.datetime(2026, 11, 24, tzinfo=SHANGHAI)
    assert watch.tick(database, tuesday, {"accept": bell}) == 1
    _close(database, "2026-11-23", tuesday + SECOND)
    assert again(clock).state == State.RUNNING
    assert watch.tick(database, tuesday + dt.timedelta(days=1), {"accept": bell}) == 1
    assert written(clock) == [(1, "clock.missed"), (2, "clock.revised"), (3, "clock.missed")]


def test_a_clock_missed_by_a_provisional_date_counts_as_met_when_the_true_one_is_known(database, start, again):
    clock = start(term=Term(1, Unit.WORKING_DAYS), at=dt.datetime(2026, 12, 31, 12, tzinfo=SHANGHAI))
    watch.tick(database, dt.datetime(2027, 1, 2, tzinfo=SHANGHAI), {})
    meet(database, clock, dt.datetime(2027, 1, 4, 9, tzinfo=SHANGHAI))
    assert again(clock).state == State.MISSED
    _close(database, "2027-01-01", dt.datetime(2027, 1, 5, tzinfo=SHANGHAI))
    assert again(clock).state == State.MET


def test_minutes_and_what_is_over_are_left_alone(database, start, again, written):
    clocks = [start(), start("order:2", term=Term(1, Unit.WORKING_DAYS))]
    meet(database, clocks[1], NOON + SECOND)
    _close(database, "2026-11-23", NOON)
    assert [again(clock).due_at for clock in clocks] == [clock.due_at for clock in clocks]
    assert [written(clock) for clock in clocks] == [[], []]


def _close(database, day, now):
    with database.write() as session:
        edit = workdays.set_day(session, dt.date.fromisoformat(day), working=False, name="台风停工")
        workdays.publish(session, edit, actor="system:cli", now=now)


def _plan_of_the_claim(database):
    """A list that the engine's plan for the next claim is put into, asked with the very parameters of the claim."""
    plan = []

    def explain(connection, _cursor, statement, parameters, *_):
        if statement.startswith("SELECT") and "wakes_at IS NOT NULL" in statement:
            words = "EXPLAIN QUERY PLAN " if database.sqlite else "EXPLAIN "
            plan.append(str(connection.exec_driver_sql(words + statement, parameters).fetchall()))

    event.listen(database.engine, "before_cursor_execute", explain)
    return plan
