"""Random clocks live through the database as the slow oracle says: paused, resumed, cut, extended, reckoned anew."""

import dataclasses
import datetime as dt
import random
from collections import Counter

from sqlalchemy import text

from tests.random_terms import RandomTerm, draw
from tests.rules import oracle
from town import journal, watch, workdays
from town.terms import Term, Unit
from town.watch import Deadline

WHO = {"actor": "account:chenjing"}
NEW_YEAR = oracle.days(2027, "01-01..01-03")
TYPHOON = oracle.days(2026, "03-11", "07-28..07-30", "11-24")
ALL_NIGHT = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)


def live(database, town, number, one: RandomTerm, chance):
    """Start a clock, and do to it whatever its term says; gives back its id."""
    subject = f"order:{number}"
    with database.write() as session:
        clock = watch.start(
            session,
            subject=subject,
            kind="handle",
            term=Term(one.amount, Unit(one.unit)),
            calendar=workdays.calendar(session, town),
            at=one.start,
            recorded_at=one.start,
            ladder=(("remind", 50), ("red", 100)),
        )
        session.flush()
        if one.extended:
            watch.extend(session, clock, one.extended, reason="complex", now=one.start, longest=999, times=1, **WHO)
        for since, until in one.pauses:
            stand_still(session, clock, since, until, chance)
        return clock.id


def stand_still(session, clock, since, until, chance):
    """A pause as it happens, or a stretch taken out when it is over."""
    if chance.randrange(3):
        watch.pause(session, clock.subject, ["handle"], reason="weather", at=since, now=since, **WHO)
        watch.resume(session, clock.subject, ["handle"], at=until, now=until, **WHO)
    else:
        watch.exclude(session, clock, since=since, until=until, reason="appraisal", now=until, **WHO)


def standing(database):
    """(due, provisional) of every clock."""
    with database.read() as session:
        return {clock.id: (clock.due_at, clock.provisional) for clock in session.query(Deadline)}


def told_by_the_oracle(one: RandomTerm, place):
    return oracle.due(place, one.start, one.amount + one.extended, one.unit, one.pauses)


def revisions(database):
    """How often each clock was reckoned anew by a new table."""
    with database.read() as session:
        subjects = session.scalars(text("SELECT DISTINCT subject FROM journal WHERE kind = 'clock.revised'")).all()
        events = [event for subject in subjects for event in journal.events_of(session, subject)]
    return Counter(event.subject for event in events if event.kind == watch.REVISED_KIND and "edition" in event.data)


def test_random_clocks_through_the_database_equal_the_slow_oracle_before_and_after_a_new_table(database, town):
    chance = random.Random(20261125)
    drawn = [draw(chance, oracle.YUNXI) for _ in range(200)]
    lived = {live(database, town, number, one, chance): one for number, one in enumerate(drawn)}
    before = standing(database)
    assert before == {clock: told_by_the_oracle(one, oracle.YUNXI) for clock, one in lived.items()}

    with database.write() as session:
        for day in sorted(TYPHOON | NEW_YEAR):
            workdays.set_day(session, day, working=False, name="停工")
        workdays.publish(session, workdays.complete(session, 2027), actor="system:cli", now=ALL_NIGHT)
    place = dataclasses.replace(oracle.YUNXI, off=oracle.YUNXI.off | TYPHOON | NEW_YEAR)
    after = standing(database)
    assert after == {clock: (told_by_the_oracle(one, place)[0], False) for clock, one in lived.items()}
    moved = {f"deadline:{clock}" for clock in lived if after[clock] != before[clock]}
    assert moved
    assert revisions(database) == dict.fromkeys(moved, 1)
