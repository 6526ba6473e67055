"""Extending (延长): somebody who may grant it lengthens a clock's term, within the limits of the table."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from town import calendars, ids, journal
from town.clock import Instant
from town.errors import Refused
from town.terms import Unit, unit_name
from town.watch.models import Deadline, Extension, State
from town.watch.reading import locked, pauses_of
from town.watch.revising import reckon_anew
from town.watch.telling import EXTENDED_KIND, entry, moved


def extend(
    session: Session,
    deadline: Deadline,
    amount: int,
    *,
    reason: str,
    actor: str,
    now: Instant,
    longest: int,
    times: int,
) -> Extension:
    """Lengthen a clock that is not over by ``amount`` of its own unit; its alarms ahead move with it.

    ``longest``: by how much it may be lengthened in all; ``times``: how often. Raises Refused("clock_over") for what is
    met, dropped or due by now, Refused("extension_spent") beyond a limit; ValueError for less than one.
    """
    if amount < 1:
        raise ValueError(f"nobody extends a clock by {amount}")
    (clock,) = locked(session, Deadline.id == deadline.id)
    if not _is_alive(clock, now):
        raise Refused("clock_over")
    if clock.extended + amount > longest or _granted(session, clock) >= times:
        raise Refused("extension_spent", longest=longest, times=times, unit=unit_name(Unit(clock.unit)))
    granted = Extension(
        id=ids.new_id(), deadline_id=clock.id, amount=amount, reason=reason, granted_at=now, granted_by=actor
    )
    session.add(granted)
    was = clock.due_at
    clock.extended += amount
    reckon_anew(clock, calendars.current(session), pauses_of(session, [clock.id]).get(clock.id, []), now)
    facts = {"amount": amount, "reason": reason, "extended": clock.extended}
    journal.append_many(session, [entry(clock, EXTENDED_KIND, now, moved(was, clock) | facts, actor)])
    return granted


def _is_alive(clock: Deadline, now: Instant) -> bool:
    return clock.state == State.PAUSED or (clock.state == State.RUNNING and now < clock.due_at)


def _granted(session: Session, clock: Deadline) -> int:
    return session.scalar(select(func.count()).where(Extension.deadline_id == clock.id)) or 0
