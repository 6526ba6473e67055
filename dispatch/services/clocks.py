"""The clocks of an order (时限): which action starts and stops which stands in the table of handling times."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.rules import handling_times
from dispatch.rules.handling_times import HandlingTime
from dispatch.rules.workflow import Lane, Step
from town import profile, watch, workdays
from town.clock import Instant
from town.terms import Calendar
from town.watch import Deadline


def start(
    session: Session,
    subject: str,
    rows: Iterable[HandlingTime],
    calendar: Calendar,
    at: Instant,
    recorded_at: Instant,
    turn: int = 1,
) -> list[Deadline]:
    """Start the clocks of these rows at a moment; ``turn`` counts how often the same work has begun."""
    return [
        watch.start(
            session,
            subject=subject,
            kind=row.clock,
            term=row.term,
            calendar=calendar,
            at=at,
            recorded_at=recorded_at,
            round=turn,
        )
        for row in rows
    ]


def act(session: Session, subject: str, step: Step, lane: Lane, now: Instant) -> None:
    """What a step does to an order's clocks: first it stops, then it starts. ``lane``: where the order is afterwards."""
    for row in handling_times.met_by(step.action):
        watch.meet(session, subject, row.clock, now)
    if pointless := [row.clock for row in handling_times.dropped_by(step.action)]:
        watch.drop(session, subject, pointless, now)
    begin(session, subject, handling_times.started_by(step, lane), now)


def hand_on(session: Session, subject: str, lane: Lane, now: Instant) -> None:
    """The order was decided anew: whoever had it is no longer waited for, and the clock of its new holder starts."""
    watch.drop(session, subject, [row.clock for row in handling_times.OF_A_HOLDER], now)
    begin(session, subject, [handling_times.FIRST.get(lane, handling_times.ACCEPT)], now)


def begin(session: Session, subject: str, rows: Iterable[HandlingTime], now: Instant) -> None:
    """Start clocks of an order that is under way; each counts its turns."""
    rows = list(rows)
    calendar = workdays.calendar(session, profile.current(session)) if rows else None
    for row in rows:
        assert calendar
        start(session, subject, [row], calendar, now, now, turn=_turns(session, subject, row) + 1)


def _turns(session: Session, subject: str, row: HandlingTime) -> int:
    same = Deadline.subject == subject, Deadline.kind == row.clock
    return session.scalar(select(func.max(Deadline.round)).where(*same)) or 0
