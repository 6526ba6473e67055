"""What joint tasks mean for their order (首接负责): while somebody is missing it is not finished, and when it ends they end."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import JointTask, Order
from dispatch.rules import joint
from dispatch.rules.joint import Action, Asked, Post, State, Step
from dispatch.rules.joint_times import Clock
from dispatch.rules.workflow import Action as OrderAction
from dispatch.rules.workflow import Lane
from dispatch.rules.workflow import State as OrderState
from dispatch.services import joint_bodies, joint_steps
from town import watch
from town.clock import Instant
from town.errors import Refused

ACTOR = "system:joint"


def refuse_while_missing(session: Session, order: Order, action: OrderAction) -> None:
    """Raise Refused("joint_open") while somebody who was called is missing. Nobody is called meanwhile."""
    if not joint.waits_for_others(OrderState(order.state), action):
        return
    session.execute(select(Order.id).where(Order.id == order.id).with_for_update())
    if tasks := joint_bodies.open_tasks(session, order.id):
        raise Refused("joint_open", action=labels.ACTIONS[action], missing=_names(session, tasks))


def blocked(session: Session, order: Order) -> frozenset[OrderAction]:
    """Steps of an order that wait until everybody who was called has done his part."""
    waiting = [action for action in OrderAction if joint.waits_for_others(OrderState(order.state), action)]
    return frozenset(waiting) if joint_bodies.open_tasks(session, order.id) else frozenset()


def follow(session: Session, order: Order, now: Instant) -> None:
    """An order went on: who is not needed any more is let go, and who holds it himself now helps nobody."""
    over = joint.over(OrderState(order.state))
    for task in joint_bodies.open_tasks(session, order.id):
        if over or _holds(order, task):
            _by_itself(session, order, task, Action.LAPSE, now)


def on_due() -> dict[str, watch.Handler]:
    """What the watch does in this room when a clock is due, by the clock's kind."""
    return {Clock.ARBITRATE: _on_arbitration_due}


def _on_arbitration_due(session: Session, deadline: watch.Deadline, now: Instant) -> None:
    """裁定时限已到: nobody decided, so the 兜底单位 must take it. Where the town names none, it stays an alarm."""
    kind, _, identifier = deadline.subject.partition(":")
    if kind != "joint" or not joint_bodies.has_last_resort(session):
        return
    task = session.scalar(
        select(JointTask).where(JointTask.id == uuid.UUID(identifier)).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if task is not None and task.state == State.ARBITRATION:
        _by_itself(session, session.get_one(Order, task.order_id), task, Action.FALL_BACK, now)


def _by_itself(session: Session, order: Order, task: JointTask, action: Action, now: Instant) -> None:
    given: dict[str, Any] = {}
    asked = Asked(State(task.state), action, frozenset({Post.SYSTEM}), frozenset(given))
    step = joint.decide(asked)
    assert isinstance(step, Step)
    joint_steps.apply(session, order, task, step, given, ACTOR, now)


def _holds(order: Order, task: JointTask) -> bool:
    squad = order.lane == Lane.SQUAD and task.squad_id is not None and task.squad_id == order.squad_id
    return squad or (order.lane == Lane.UNIT and task.partner_id is not None and task.partner_id == order.partner_id)


def _names(session: Session, tasks: list[JointTask]) -> str:
    bodies = joint_bodies.coded(session, tasks)
    return "、".join(f"{bodies[task.id].name}（{labels.JOINT_STATES[State(task.state)]}）" for task in tasks)
