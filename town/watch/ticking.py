"""Ticking (到点): the watch claims the clocks whose hour has come, and acts on each once."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from town import calendars
from town.clock import Instant
from town.database import Database
from town.watch.models import WAITING, Deadline, State
from town.watch.reading import pauses_of
from town.watch.reckoning import Rung, next_wake, rungs
from town.watch.starting import miss

BATCH = 20
SHORTEST_PAUSE = dt.timedelta(seconds=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
GIVE_WAY = text("SET LOCAL lock_timeout = '100ms'")
"""Far shorter than PostgreSQL's deadlock check (1 s): where a handler and a person want each other's rows, the watch yields."""

log = structlog.get_logger()

Handler = Callable[[Session, Deadline, Instant], None]
"""What a room does when its clock is due: (session, the missed deadline, now). It must not commit."""

RungHandler = Callable[[Session, Deadline, Rung, Instant], None]
"""What is done when a clock reaches a rung of its ladder: (session, the deadline, the rung, now). It must not commit."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What is done besides noticing: per kind of clock when it is due, and for any clock at a rung."""

    on_due: Mapping[str, Handler]
    on_rung: RungHandler | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do for a clock, and since when it is waited for."""

    since: Instant
    act: Callable[[], None]


def tick(
    database: Database,
    now: Instant,
    on_due: Mapping[str, Handler],
    on_rung: RungHandler | None = None,
    limit: int = BATCH,
) -> int:
    """Take up at most ``limit`` clocks whose hour has come, act on each once, and say how many.

    Call again while it says ``limit``. State, journal and the handler's work are one transaction. Of the rungs that a clock
    has reached since the last look only the highest is rung. A clock whose handler fails is logged and put off, longer each
    time, and holds up no other.
    """
    acts = Acts(on_due, on_rung)
    with database.write() as session:
        if not database.sqlite:
            session.execute(GIVE_WAY)
        ready = select(Deadline).where(WAITING, Deadline.wakes_at <= now).order_by(Deadline.wakes_at).limit(limit)
        claimed = session.scalars(ready.with_for_update(skip_locked=True)).all()
        ladders = _ladders(session, claimed)
        for deadline in claimed:
            _take_up(session, deadline, ladders.get(deadline.id.hex, []), now, acts)
        return len(claimed)


def _ladders(session: Session, claimed: Sequence[Deadline]) -> dict[str, list[Rung]]:
    """When the rungs of the claimed clocks are reached; asks for nothing when none has a ladder."""
    laddered = [deadline for deadline in claimed if deadline.ladder]
    if not laddered:
        return {}
    calendar, pauses = calendars.current(session), pauses_of(session, [deadline.id for deadline in laddered])
    return {one.id.hex: rungs(one, calendar, pauses.get(one.id, [])) for one in laddered}


def _take_up(session: Session, deadline: Deadline, climbed: Sequence[Rung], now: Instant, acts: Acts) -> None:
    """Notice a miss and climb the ladder. Where one of both fails, the other is done all the same."""
    if deadline.wakes_at is None or deadline.wakes_at > now:
        return  # another clock's handler saw to it
    deeds = list(_deeds(session, deadline, climbed, now, acts))
    failed = [again_at for deed in deeds if (again_at := _do(session, deadline, climbed, deed, now))]
    if failed:
        deadline.wakes_at = min(failed)
    elif not deeds:
        deadline.wakes_at = _next_wake(deadline, climbed)


def _deeds(session: Session, deadline: Deadline, climbed: Sequence[Rung], now: Instant, acts: Acts) -> Iterator[Deed]:
    if deadline.state == State.RUNNING and deadline.due_at <= now:
        yield Deed(deadline.due_at, partial(_due, session, deadline, now, acts))
    reached = [rung for rung in climbed if rung.reached_at <= now]
    if len(reached) > deadline.rung:
        yield Deed(reached[-1].reached_at, partial(_climb, session, deadline, reached, now, acts))


def _due(session: Session, deadline: Deadline, now: Instant, acts: Acts) -> None:
    miss(session, deadline, now)
    if handler := acts.on_due.get(deadline.kind):
        handler(session, deadline, now)


def _climb(session: Session, deadline: Deadline, reached: Sequence[Rung], now: Instant, acts: Acts) -> None:
    if deadline.met_at is not None or deadline.state not in (State.RUNNING, State.MISSED):
        return  # its own handler settled it
    deadline.rung = len(reached)
    if acts.on_rung:
        acts.on_rung(session, deadline, reached[-1], now)


def _next_wake(deadline: Deadline, climbed: Sequence[Rung]) -> Instant | None:
    ahead = climbed[deadline.rung : deadline.rung + 1]
    return next_wake(deadline, ahead[0].reached_at if ahead else None)


def _do(session: Session, deadline: Deadline, climbed: Sequence[Rung], deed: Deed, now: Instant) -> Instant | None:
    """Act in a savepoint and set the next wake. When that fails nothing is left of it; says when to try again.

    The later it is, the longer is the wait.
    """
    try:
        with session.begin_nested():
            deed.act()
            deadline.wakes_at = _next_wake(deadline, climbed)
    except Exception:
        again_at = now + min(max(now - deed.since, SHORTEST_PAUSE), LONGEST_PAUSE)
        log.exception("clock.failed", deadline=str(deadline.id), kind=deadline.kind, again_at=again_at.isoformat())
        return again_at
    return None
