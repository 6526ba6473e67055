"""Reckoning anew (重算): what moves a clock's date, and what that makes of a clock that was missed by the old one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from town import journal, terms
from town.clock import Instant
from town.terms import BY_CALENDAR, Calendar
from town.watch.models import Deadline, Pause, State
from town.watch.reading import locked, pauses_of
from town.watch.reckoning import next_rung_at, next_wake, reckon
from town.watch.telling import REVISED_KIND, entry, moved

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Revised:
    """A clock that runs out at another moment, or for certain, now that more is known about working days."""

    subject: str
    kind: str
    was: Instant
    due: Instant
    provisional: bool


def revise(session: Session, calendar: Calendar, now: Instant) -> list[Revised]:
    """Reckon anew every clock that was reckoned with an older table of working days, and journal those that change.

    A clock missed by a date that turns out wrong runs again, or counts as met if what it waited for came in time. Pauses
    and extensions stay.
    """
    revised: list[Revised] = []
    while page := locked(session, *_outdated(calendar), limit=PAGE):
        pauses = pauses_of(session, [deadline.id for deadline in page])
        entries = []
        for deadline in page:
            was = deadline.due_at
            if reckon_anew(deadline, calendar, pauses.get(deadline.id, []), now):
                revised.append(_revised(deadline, was))
                facts = {"state": deadline.state, "edition": deadline.edition}
                entries.append(entry(deadline, REVISED_KIND, now, moved(was, deadline) | facts))
        if entries:
            journal.append_many(session, entries)
        session.flush()
    return revised


def reckon_anew(deadline: Deadline, calendar: Calendar, pauses: Sequence[Pause], now: Instant) -> bool:
    """Set a clock's date, state and next wake by what is known now; whether date or certainty changed.

    Rungs that lie ahead again are climbed again. ``pauses``: all of its own.
    """
    due, before = reckon(deadline, calendar, pauses), (deadline.due_at, deadline.provisional)
    deadline.edition = calendar.edition
    deadline.due_at, deadline.provisional = due.at, due.provisional
    changed = (due.at, due.provisional) != before
    if changed and deadline.state == State.MISSED:
        deadline.state = _after_a_miss(deadline, now)
    if changed:
        reached = sum(terms.reached_at(due, calendar, share) <= now for _, share in deadline.ladder)
        deadline.rung = min(deadline.rung, reached)
    deadline.wakes_at = next_wake(deadline, next_rung_at(deadline, due, calendar))
    return changed


def _outdated(calendar: Calendar) -> tuple[ColumnElement[bool], ...]:
    """Those that run or stand still, and missed ones that may have been missed by a wrong date; what is sure is history."""
    doubtful = (Deadline.state == State.MISSED) & (Deadline.met_at.is_(None) | Deadline.provisional)
    alive = or_(Deadline.state.in_((State.RUNNING, State.PAUSED)), doubtful)
    return Deadline.edition != calendar.edition, Deadline.unit.in_(BY_CALENDAR), alive


def _revised(deadline: Deadline, was: Instant) -> Revised:
    return Revised(deadline.subject, deadline.kind, was, deadline.due_at, deadline.provisional)


def _after_a_miss(deadline: Deadline, now: Instant) -> State:
    if deadline.met_at is not None:
        return State.MET if deadline.met_at < deadline.due_at else State.MISSED
    return State.RUNNING if now < deadline.due_at else State.MISSED
