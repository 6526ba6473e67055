"""Clocks of 云溪镇 at hand: started, stopped, rung, and read as they stand."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from town import journal, watch, workdays
from town.terms import Term, Unit
from town.watch import Rung

SHANGHAI = ZoneInfo("Asia/Shanghai")
LADDER = (("remind", 50), ("urge", 75), ("red", 100), ("supervise", 150))
TWO_HOURS = Term(2, Unit.HOURS)


def at(text):
    """``"2026-11-20 10:00"`` in the town; ``24:00`` is the end of the day."""
    day, time = text.split()
    hours, minutes = map(int, time.split(":"))
    midnight = dt.datetime.fromisoformat(day).replace(tzinfo=SHANGHAI)
    return midnight + dt.timedelta(hours=hours, minutes=minutes)


TEN = at("2026-11-20 10:00")
"""A Friday morning, when the clocks start."""


class Bells:
    """Handlers that keep what rang."""

    def __init__(self):
        self.due, self.rungs = [], []

    def ring_due(self, _session, deadline, _now):
        """A clock is due."""
        self.due.append(deadline.subject)

    def ring_rung(self, _session, deadline, rung, _now):
        """A clock reached a rung."""
        assert isinstance(rung, Rung)
        self.rungs.append((deadline.subject, rung.level))


class Clocks:
    """The clocks of one database."""

    def __init__(self, database, town):
        self.database, self.town, self.bells = database, town, Bells()

    def start(self, subject="order:1", term=TWO_HOURS, since=TEN, *, kind="handle", ladder=LADDER, recorded_at=None):
        """Start a clock, by default at ten with four rungs: 50, 75, 100 and 150 percent."""
        with self.database.write() as session:
            return watch.start(
                session,
                subject=subject,
                kind=kind,
                term=term,
                calendar=workdays.calendar(session, self.town),
                at=since,
                recorded_at=recorded_at or since,
                ladder=ladder,
            )

    def again(self, clock):
        """The clock as it stands."""
        with self.database.read() as session:
            return session.get_one(watch.Deadline, clock.id)

    def pause(self, when, *, subject="order:1", kinds=("handle",), now=None):
        """Let clocks stand still; which ones did."""
        with self.database.write() as session:
            facts = {"reason": "weather", "at": when, "actor": "account:chenjing", "now": now or when}
            return [one.kind for one in watch.pause(session, subject, kinds, **facts)]

    def resume(self, when, *, subject="order:1", kinds=("handle",), now=None):
        """Let clocks go on; which ones did."""
        with self.database.write() as session:
            facts = {"at": when, "actor": "account:chenjing", "now": now or when}
            return [one.kind for one in watch.resume(session, subject, kinds, **facts)]

    def exclude(self, clock, since, until, now=None):
        """Take out a stretch that is over."""
        with self.database.write() as session:
            facts = {"reason": "appraisal", "actor": "account:chenjing", "now": now or until}
            watch.exclude(session, clock, since=since, until=until, **facts)

    def extend(self, clock, amount, now=TEN, longest=10, times=2):
        """Lengthen a clock."""
        with self.database.write() as session:
            facts = {"reason": "complex", "actor": "account:zhengyan", "now": now, "longest": longest, "times": times}
            watch.extend(session, clock, amount, **facts)

    def meet(self, when, *, subject="order:1", kind="handle"):
        """What the clock waited for came."""
        with self.database.write() as session:
            watch.meet(session, subject, kind, when)

    def drop(self, when, *, subject="order:1", kinds=("handle",)):
        """Nobody waits any more."""
        with self.database.write() as session:
            watch.drop(session, subject, kinds, when)

    def tick(self, now, **handlers):
        """Look once; how many clocks were taken up."""
        acts: dict[str, Any] = {"on_due": {"handle": self.bells.ring_due}, "on_rung": self.bells.ring_rung} | handlers
        return watch.tick(self.database, now, **acts)

    def events(self, clock):
        """The journal of a clock, oldest first."""
        with self.database.read() as session:
            return list(journal.events_of(session, f"deadline:{clock.id}"))

    def told(self, clock):
        """The kinds of its events."""
        return [event.kind for event in self.events(clock)]

    def pauses(self, clock):
        """(since, until) of each of its pauses."""
        with self.database.read() as session:
            found = watch.pauses_of(session, [clock.id]).get(clock.id, [])
            return [(one.since, one.until) for one in found]
