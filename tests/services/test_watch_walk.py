"""Whatever is done to a clock, in whatever order: it rings in time, once, and its row, pauses and journal agree."""

import datetime as dt
import random
from contextlib import suppress

import pytest

from tests.watched import TEN, Clocks
from town import watch, workdays
from town.errors import Refused
from town.terms import Term, Unit
from town.watch import State

HOUR = dt.timedelta(hours=1)
TERMS = [Term(4, Unit.HOURS), Term(5, Unit.WORKING_HOURS), Term(1, Unit.WORKING_DAYS), Term(2, Unit.DAYS)]
STEPS = ("pause", "resume", "exclude", "extend", "meet", "drop", "close_a_day", "tick", "tick", "tick", "tick")


class Town(Clocks):
    """The clocks, with one clock on the wall that only goes forward, and bells that look at what rings."""

    def __init__(self, database, town):
        super().__init__(database, town)
        self.now, self.rung = TEN, []

    def later(self, chance):
        """Time goes by."""
        self.now += chance.choice((0, 1, 1, 2, 5, 20)) * HOUR / 2

    def look(self):
        """The watch looks once at everything."""
        while self.tick(self.now, on_due={"handle": self._due}, on_rung=self._rung) == watch.BATCH:
            pass

    def _due(self, session, deadline, now):
        assert deadline.due_at <= now
        self.bells.ring_due(session, deadline, now)

    def _rung(self, session, deadline, rung, now):
        assert rung.reached_at <= now
        assert deadline.met_at is None
        self.rung.append((deadline.subject, rung))


class Walk:
    """What happens to one clock."""

    def __init__(self, clocks, chance, number):
        self.clocks, self.chance = clocks, chance
        self.subject = f"order:{number}"
        self.clock = clocks.start(self.subject, chance.choice(TERMS))

    @property
    def now(self):
        """By the clock on the wall."""
        return self.clocks.now

    def step(self):
        """Something is tried."""
        with suppress(Refused):
            getattr(self, self.chance.choice(STEPS))()

    def pause(self):
        self.clocks.pause(self._earlier(), subject=self.subject, now=self.now)

    def resume(self):
        self.clocks.resume(self._earlier(), subject=self.subject, now=self.now)

    def exclude(self):
        since, until = sorted((self._earlier(), self._earlier()))
        self.clocks.exclude(self.clock, since, until, now=self.now)

    def extend(self):
        self.clocks.extend(self.clock, self.chance.randint(1, 3), now=self.now, longest=5, times=3)

    def meet(self):
        if self.chance.randrange(8) == 0:
            self.clocks.meet(self._earlier(), subject=self.subject)

    def drop(self):
        if self.chance.randrange(8) == 0:
            self.clocks.drop(self.now, subject=self.subject)

    def close_a_day(self):
        """One more day off."""
        day = (self.now + self.chance.randrange(4) * 24 * HOUR).date()
        with self.clocks.database.write() as session:
            edit = workdays.set_day(session, day, working=False, name="停工")
            workdays.publish(session, edit, actor="system:cli", now=self.now)

    def tick(self):
        self.clocks.look()
        row = self.clocks.again(self.clock)
        assert row.wakes_at is None or row.wakes_at > self.now

    def _earlier(self):
        return self.now - self.chance.choice((0, 0, 0, 1, 4)) * HOUR / 4

    def agrees(self):
        """Row, pauses, ladder and journal tell one story."""
        row = self.clocks.again(self.clock)
        told = self.clocks.events(self.clock)
        still = [until for _, until in self.clocks.pauses(self.clock) if until is None]
        assert len(still) == (row.state == State.PAUSED)
        assert [event.version for event in told] == list(range(1, row.version + 1))
        rungs = [rung for subject, rung in self.clocks.rung if subject == self.subject]
        assert len(rungs) == len(set(rungs))  # once each, unless its moment moved
        assert row.wakes_at == self._next(row)
        misses = [event.kind for event in told].count(watch.MISSED_KIND)
        assert self.clocks.bells.due.count(self.subject) <= misses

    def _next(self, row):
        with self.clocks.database.read() as session:
            calendar = workdays.calendar(session, self.clocks.town)
            pauses = watch.pauses_of(session, [row.id]).get(row.id, [])
        if row.state in (State.RUNNING, State.PAUSED):
            assert watch.reckon(row, calendar, pauses).at == row.due_at
        ahead = [rung.reached_at for rung in watch.rungs(row, calendar, pauses)[row.rung :]]
        if row.state == State.RUNNING:
            return min([row.due_at, *ahead])
        return ahead[0] if ahead and row.state == State.MISSED and row.met_at is None else None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_a_clock_it_rings_once_and_in_time(database, town, seed):
    chance, clocks = random.Random(seed), Town(database, town)
    walks = [Walk(clocks, chance, number) for number in range(6)]
    for _ in range(25):
        clocks.later(chance)
        for walk in walks:
            walk.step()
            walk.agrees()
    assert clocks.rung
    assert clocks.bells.due
