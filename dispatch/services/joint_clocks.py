"""The clocks of a joint task (协办时限): what its steps start and stop."""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules import joint_times
from dispatch.rules.joint import Step
from dispatch.rules.joint_times import JointTime
from dispatch.services import handling_times
from town import calendars, ladders, watch
from town.clock import Instant
from town.terms import Term
from town.watch import Deadline


def subject(task_id: uuid.UUID) -> str:
    """A task as clocks and journal name it."""
    return f"joint:{task_id}"


def call(session: Session, task: JointTask, order: Order, now: Instant) -> None:
    """Somebody was called: he is waited for."""
    _begin(session, task, order, [joint_times.REPORTING], now)


def act(session: Session, task: JointTask, order: Order, step: Step, now: Instant) -> None:
    """What a step does to a task's clocks: first it stops, then it starts."""
    for row in joint_times.met_by(step.action):
        watch.meet(session, subject(task.id), row.clock, now)
    if pointless := [row.clock for row in joint_times.dropped_by(step.action)]:
        watch.drop(session, subject(task.id), pointless, now)
    _begin(session, task, order, joint_times.started_by(step), now)


def _begin(session: Session, task: JointTask, order: Order, rows: Iterable[JointTime], now: Instant) -> None:
    for row in rows:
        watch.start(
            session,
            subject=subject(task.id),
            kind=row.clock,
            term=_term(session, order, row),
            calendar=calendars.current(session),
            at=now,
            recorded_at=now,
            round=_turns(session, task, row) + 1,
            ladder=ladders.of(session, f"joint.{row.clock}", order.severity),
        )


def _term(session: Session, order: Order, row: JointTime) -> Term:
    """By the table that the order was decided under."""
    edition = order.times_edition_id
    return handling_times.term_for(session, row.stage, order.category, order.severity, row.term, edition)


def _turns(session: Session, task: JointTask, row: JointTime) -> int:
    same = Deadline.subject == subject(task.id), Deadline.kind == row.clock
    return session.scalar(select(func.max(Deadline.round)).where(*same)) or 0
