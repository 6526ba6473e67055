"""Calling others to an order (吹哨报到): the one door through which joint tasks are made and changed."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import JointTask, Order
from dispatch.rules import joint
from dispatch.rules.joint import Action, Asked, Ground, State, Step
from dispatch.rules.workflow import Refusal
from dispatch.rules.workflow import State as OrderState
from dispatch.services import joint_bodies, joint_clocks, joint_steps, sight, steps
from dispatch.services.joint_bodies import Body
from town import ids
from town.access import Actor
from town.clock import Instant
from town.errors import Refused


@dataclass(frozen=True)
class Call:
    """Who is called, by codes, and what for."""

    squads: tuple[str, ...]
    partners: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class JointWish:
    """What somebody wants to do to a task, seen at which version."""

    action: Action
    version: int
    given: dict[str, Any] = field(default_factory=dict)


def call(session: Session, who: Actor, order_id: uuid.UUID, wanted: Call, now: Instant) -> Order:
    """吹哨: each of these bodies gets a task of its own. The order stays with whoever has it.

    Raises Refused("not_found" | "forbidden" | "illegal_step" | "missing_fact" | "invalid" | "joint_known").
    """
    steps.visible(session, who, order_id)
    order = session.get_one(Order, order_id, with_for_update=True, populate_existing=True)  # nobody finishes meanwhile
    _refuse(who, order, wanted)
    for body in joint_bodies.chosen(session, order, wanted.squads, wanted.partners):
        _give(session, order, body, wanted.words, who.name, now)
    return order


def can_call(who: Actor, order: Order) -> bool:
    """Whether somebody may call others to the order as it stands."""
    return order.state in joint.CALLABLE and joint_steps.leads(who, order)


def visible(session: Session, who: Actor, task_id: uuid.UUID) -> tuple[JointTask, Order]:
    """A task and its order, if ``who`` may see them. Absent and forbidden look alike: Refused("not_found")."""
    task = session.get(JointTask, task_id)
    if task is None:
        raise Refused("not_found")
    return task, steps.visible(session, who, task.order_id)


def take_step(session: Session, who: Actor, task_id: uuid.UUID, wish: JointWish, now: Instant) -> JointTask:
    """Do it, or raise Refused with the reason: not_found, stale, joint_step, forbidden, refusal_spent, missing_fact …"""
    task, order = visible(session, who, task_id)
    if task.version != wish.version:
        raise Refused("stale", current=task.version)
    step = _decide(task, wish, joint_steps.posts_of(who, order, task))
    joint_steps.apply(session, order, task, step, wish.given, who.name, now)
    return task


def allowed(session: Session, who: Actor, order: Order, task: JointTask) -> list[Step]:
    """Every step ``who`` could take now, for buttons on a screen."""
    posts = joint_steps.posts_of(who, order, task)
    found = joint.allowed(State(task.state), posts, task.refusals, task.last_resort)
    known = all(step.action is not Action.LAST_RESORT for step in found) or joint_bodies.has_last_resort(session)
    return [step for step in found if known or step.action is not Action.LAST_RESORT]


def page(session: Session, who: Actor, only_open: bool, before: uuid.UUID | None, limit: int) -> list[JointTask]:
    """Tasks newest first, before an id: a squad's or a unit's own and those of orders it leads; the town's posts see all."""
    found = select(JointTask).join(Order, Order.id == JointTask.order_id).where(_concern(who))
    if only_open:
        found = found.where(JointTask.state.in_(joint.OPEN))
    if before is not None:
        found = found.where(JointTask.id < before)
    return list(session.scalars(found.order_by(JointTask.id.desc()).limit(limit)))


def _concern(who: Actor) -> ColumnElement[bool]:
    """Own tasks, and tasks of others in orders that are one's own."""
    if who.in_town:
        return true()
    own = and_(sight.called(who), JointTask.state != State.RELEASED)
    return or_(own, sight.held(who))


def _refuse(who: Actor, order: Order, wanted: Call) -> None:
    if not joint_steps.leads(who, order):
        raise Refused("forbidden", roles=labels.JOINT_POSTS[joint.Post.CALLER])
    if order.state not in joint.CALLABLE:
        raise Refused("illegal_step", state=labels.STATES[OrderState(order.state)], action=labels.JOINT_CALL)
    if not wanted.squads and not wanted.partners:
        raise Refused("missing_fact", action=labels.JOINT_CALL, missing=labels.JOINT_FACTS["body"])


def _give(session: Session, order: Order, body: Body, words: str, actor: str, now: Instant) -> None:
    task = JointTask(
        id=ids.new_id(),
        order_id=order.id,
        version=1,
        **body.columns,
        state=State.CALLED,
        refusals=0,
        last_resort=False,
        called_at=now,
        called_by=actor,
        changed_at=now,
    )
    session.add(task)
    session.flush()
    cited = joint_steps.keep_words(session, task.id, joint_steps.CALL_WORDS, words, now)
    told = {"to": State.CALLED, "words": cited, **joint_steps.told_of(order, task)}
    joint_steps.write(session, task, "called", actor, now, told)
    joint_clocks.call(session, task, order, now)


def _decide(task: JointTask, wish: JointWish, posts: frozenset[joint.Post]) -> Step:
    given = set(wish.given) | ({"body"} if {"squad", "partner"} & set(wish.given) else set())
    ground = wish.given.get("ground")
    asked = Asked(
        state=State(task.state),
        action=wish.action,
        posts=posts,
        given=frozenset(given),
        refusals=task.refusals,
        last_resort=task.last_resort,
        ground=Ground(ground) if ground else None,
    )
    decided = joint.decide(asked)
    if isinstance(decided, Refusal):
        raise _refused(decided)
    return decided


def _refused(refusal: Refusal) -> Refused:
    facts = refusal.facts
    match refusal.code:
        case "joint_step":
            state, action = labels.JOINT_STATES[facts["state"]], labels.JOINT_ACTIONS[facts["action"]]
            return Refused("joint_step", state=state, action=action)
        case "forbidden":
            return Refused("forbidden", roles="、".join(labels.JOINT_POSTS[post] for post in facts["posts"]))
        case "missing_fact":
            missing = "、".join(labels.JOINT_FACTS[name] for name in facts["missing"])
            return Refused("missing_fact", action=labels.JOINT_ACTIONS[facts["action"]], missing=missing)
    return Refused(refusal.code)
