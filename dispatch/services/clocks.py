"""The clocks of an order (时限): which action starts and stops which stands in the table of handling times."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules import handling_times
from dispatch.rules.handling_times import HandlingTime
from dispatch.rules.workflow import Action, Lane, Step
from dispatch.services import extensions
from dispatch.services import handling_times as tables
from dispatch.services.handling_times import TimesTable
from town import calendars, ladders, profile, reference, watch
from town.clock import Instant
from town.ladders import Ladder
from town.reference import Versions
from town.terms import Calendar, Term, Unit
from town.watch import Deadline

PAUSED = [row.clock.value for row in handling_times.PAUSED_WITH_THE_ORDER]


@dataclass(frozen=True)
class Pace:
    """办理节奏: what the clocks of one order are measured by. ``times``: its table; None where the defaults count."""

    category: str
    severity: str
    times: TimesTable | None
    versions: Versions

    def term(self, row: HandlingTime) -> Term:
        """How long this clock runs."""
        line = self.times.row(row.named, self.category, self.severity) if self.times else None
        return line.term if line else row.term

    def ladder(self, session: Session, row: HandlingTime) -> Ladder:
        """When this clock rings whom before it is over, and after."""
        return ladders.of(session, f"order.{row.clock}", self.severity, self.versions)


def pace_of(session: Session, order: Order) -> Pace:
    """As an order stands: its kind, how bad it is, and the table it was decided under."""
    times = tables.of_order(session, order.times_edition_id)
    return Pace(order.category, order.severity, times, reference.seen(session))


def start(
    session: Session,
    subject: str,
    rows: Iterable[HandlingTime],
    pace: Pace,
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
            term=pace.term(row),
            calendar=calendar,
            at=at,
            recorded_at=recorded_at,
            round=turn,
            ladder=pace.ladder(session, row),
        )
        for row in rows
    ]


def act(session: Session, order: Order, step: Step, actor: str, now: Instant) -> None:
    """What a step does to an order's clocks, as the order is afterwards: first it stops, then it starts."""
    subject = f"order:{order.id}"
    for row in handling_times.met_by(step.action):
        watch.meet(session, subject, row.clock, now)
    if pointless := [row.clock for row in handling_times.dropped_by(step.action)]:
        watch.drop(session, subject, pointless, now)
    extensions.let_lapse(session, order.id, handling_times.stops(step.action), now)
    if step.action is Action.RESUME:
        _go_on(session, subject, actor, now)
    begin(session, order, handling_times.started_by(step, Lane(order.lane)), now)


def put_aside(session: Session, order: Order, ground: str, until: dt.date, actor: str, now: Instant) -> None:
    """挂账: what is waited for from its holder stands still; on a day that is named somebody looks at it again."""
    subject = f"order:{order.id}"
    watch.pause(session, subject, PAUSED, reason=ground, at=now, actor=actor, now=now)
    days = (until - profile.local_day(session, now)).days
    begin(session, order, [replace(handling_times.REVIEW, term=Term(days, Unit.DAYS))], now)


def hand_on(session: Session, order: Order, now: Instant, alarm: bool = False) -> None:
    """The order was decided anew: whoever had it is no longer waited for, and the clock of its new holder starts.

    ``alarm``: the desk must look at it at once, by day and by night.
    """
    held = [row.clock for row in handling_times.OF_A_HOLDER]
    watch.drop(session, f"order:{order.id}", held, now)
    extensions.let_lapse(session, order.id, held, now)
    first = handling_times.AT_ONCE if alarm else handling_times.FIRST.get(Lane(order.lane), handling_times.ACCEPT)
    begin(session, order, [first, *([] if _is_promised(session, order) else [handling_times.RESULT])], now)


def _is_promised(session: Session, order: Order) -> bool:
    """Whether the reporter still waits for an answer by a clock; not while the order was put aside."""
    kinds = {row.clock for row in handling_times.PROMISES}
    unmet = (one for one in watch.of(session, f"order:{order.id}") if one.met_at is None)
    return any(one.kind in kinds and one.state in watch.WAITED_FOR for one in unmet)


def begin(session: Session, order: Order, rows: Iterable[HandlingTime], now: Instant) -> None:
    """Start clocks of an order that is under way; each counts its turns."""
    rows = list(rows)
    pace = pace_of(session, order) if rows else None
    for row in rows:
        assert pace
        _begin(session, order, row, pace, now)


def _begin(session: Session, order: Order, row: HandlingTime, pace: Pace, now: Instant) -> None:
    subject, turn = f"order:{order.id}", _turns(session, f"order:{order.id}", row) + 1
    start(session, subject, [row], pace, calendars.current(session), now, now, turn=turn)


def _go_on(session: Session, subject: str, actor: str, now: Instant) -> None:
    """Where every clock was late already when it was put aside, none stands still."""
    if any(clock.state == watch.State.PAUSED for clock in watch.of(session, subject)):
        watch.resume(session, subject, PAUSED, at=now, actor=actor, now=now)


def _turns(session: Session, subject: str, row: HandlingTime) -> int:
    same = Deadline.subject == subject, Deadline.kind == row.clock
    return session.scalar(select(func.max(Deadline.round)).where(*same)) or 0
