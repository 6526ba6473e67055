"""Joint tasks as people see them (协办视图): whose each is, where it stands, its clocks and what may be done now."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import JointTask, Order
from dispatch.rules.joint import Ground, Outcome, State
from dispatch.schemas import JointOrderOut, JointOut, OrderOut, StepOut
from dispatch.services import joint, joint_bodies, joint_clocks, joint_steps, naming, pictures
from town import journal, watch
from town.access import Actor
from town.clock import Instant


def of_order(session: Session, who: Actor, order: Order, now: Instant) -> list[JointOut]:
    """Everybody who was called to an order, in the order they were called."""
    mine = select(JointTask).where(JointTask.order_id == order.id)
    return shown(session, who, session.scalars(mine.order_by(JointTask.called_at, JointTask.id)).all(), now)


def of_task(session: Session, who: Actor, task: JointTask, now: Instant) -> JointOut:
    """One task."""
    [picture] = shown(session, who, [task], now)
    return picture


def shown(session: Session, who: Actor, tasks: Sequence[JointTask], now: Instant) -> list[JointOut]:
    """Pictures of tasks, in their order."""
    if not tasks:
        return []
    orders = {one.order_id for one in tasks}
    drawn = pictures.many(session, orders)
    held = {one.id: one for one in session.scalars(select(Order).where(Order.id.in_(orders)))}
    bodies = joint_bodies.coded(session, tasks)
    clocks = watch.of_subjects(session, [joint_clocks.subject(task.id) for task in tasks])
    people = naming.names(session, None)
    return [
        JointOut(
            id=task.id,
            order=_order(drawn[task.order_id]),
            version=task.version,
            body=bodies[task.id],
            **_kind(task),
            state=task.state,
            state_name=labels.JOINT_STATES[State(task.state)],
            refusals=task.refusals,
            ground_name=labels.JOINT_GROUNDS[Ground(task.ground)] if task.ground else None,
            outcome_name=labels.JOINT_OUTCOMES[Outcome(task.outcome)] if task.outcome else None,
            last_resort=task.last_resort,
            called_at=task.called_at,
            called_by_name=people.actor(task.called_by),
            words=_words(session, task.id),
            clocks=pictures.clocks_out(session, clocks[joint_clocks.subject(task.id)], now),
            allowed=_allowed(session, who, held[task.order_id], task),
        )
        for task in tasks
    ]


def _order(picture: OrderOut) -> JointOrderOut:
    return JointOrderOut(id=picture.id, code=picture.code, category_name=picture.category_name, squad=picture.squad)


def _kind(task: JointTask) -> dict[str, str]:
    kind = "squad" if task.squad_id else "partner"
    return {"kind": kind, "kind_name": labels.JOINT_KINDS[kind]}


def _words(session: Session, task_id: uuid.UUID) -> str | None:
    return journal.words_of(session, joint_clocks.subject(task_id), joint_steps.CALL_WORDS)


def _allowed(session: Session, who: Actor, order: Order, task: JointTask) -> list[StepOut]:
    return [
        StepOut(action=step.action, name=labels.JOINT_ACTIONS[step.action], requires=list(step.requires))
        for step in joint.allowed(session, who, order, task)
    ]
