"""Reckoning (推算): when a stored clock is due, and when each rung of its ladder is reached."""

from collections.abc import Sequence
from typing import NamedTuple

from town import terms
from town.clock import Instant
from town.terms import Calendar, Due, Span, Term, Unit
from town.watch.models import Deadline, Pause, State


class Rung(NamedTuple):
    """梯级: a level of a clock's ladder, the percent of its time that reach it, and the moment they are used."""

    level: str
    percent: int
    reached_at: Instant


def reckon(deadline: Deadline, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """When a stored clock is due by this calendar, with its reasons for ``terms.explain``. ``pauses``: all of its own."""
    term = Term(deadline.amount, Unit(deadline.unit))
    spans = [Span(pause.since, pause.until) for pause in pauses]
    return terms.due(deadline.started_at, term, calendar, spans, deadline.extended)


def rungs(deadline: Deadline, calendar: Calendar, pauses: Sequence[Pause] = ()) -> list[Rung]:
    """Every rung of a clock's ladder and when it is reached, the lowest first. ``pauses``: all of its own."""
    due = reckon(deadline, calendar, pauses) if deadline.ladder else None
    return [Rung(*rung, terms.reached_at(due, calendar, rung[1])) for rung in deadline.ladder if due]


def percent(deadline: Deadline, calendar: Calendar, pauses: Sequence[Pause], now: Instant) -> int:
    """已用比例: the share of a clock's time that is used, in whole percent; one that stands still or was met moves no more."""
    still = [pause.since for pause in pauses if pause.until is None]
    until = min([now, *still, *([deadline.met_at] if deadline.met_at else [])])
    return terms.share_used(reckon(deadline, calendar, pauses), calendar, until)


def next_rung_at(deadline: Deadline, due: Due, calendar: Calendar) -> Instant | None:
    """When a clock reaches the first rung that it has not passed."""
    ahead = deadline.ladder[deadline.rung : deadline.rung + 1]
    return terms.reached_at(due, calendar, ahead[0][1]) if ahead else None


def next_wake(deadline: Deadline, rung_at: Instant | None) -> Instant | None:
    """When the watch looks at a clock next. ``rung_at``: when it reaches its next rung, if there is one."""
    if deadline.state == State.RUNNING:
        return min(rung_at or deadline.due_at, deadline.due_at)
    waited_for = deadline.state == State.MISSED and deadline.met_at is None
    return rung_at if waited_for else None
