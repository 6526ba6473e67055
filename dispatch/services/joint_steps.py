"""Steps of a joint task (协办流转): who is what towards it, what a step changes, and what the journal is told."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules.joint import Action, Post, State, Step
from dispatch.rules.workflow import Lane
from dispatch.services import joint_bodies, joint_clocks
from enforcement.services import powers
from town import journal, profile
from town.access import SQUAD_ROLES, Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role

CODES = ("ground", "power", "outcome")
"""What the journal tells as it was given."""
CALL_WORDS = "call"
TO_THE_LAST_RESORT = frozenset({Action.LAST_RESORT, Action.FALL_BACK})


@dataclass
class Taken:
    """Columns of the task that change, and what the journal tells."""

    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)


def posts_of(who: Actor, order: Order, task: JointTask) -> frozenset[Post]:
    """What somebody is towards one task. The desk speaks for units of others, which may have no account here.

    Nobody arbitrates between his own squad and another.
    """
    arbiter = Role.SUPERVISOR in who.roles and not (who.of(task.squad_id) or who.of(order.squad_id))
    posts = {Post.SUPERVISOR} if arbiter else set()
    if leads(who, order):
        posts.add(Post.CALLER)
    of_the_squad = who.roles & SQUAD_ROLES and who.of(task.squad_id)
    of_the_unit = Role.PARTNER in who.roles and who.partner_id == task.partner_id
    if of_the_squad or (task.partner_id and (of_the_unit or Role.DISPATCHER in who.roles)):
        posts.add(Post.BODY)
    return frozenset(posts)


def leads(who: Actor, order: Order) -> bool:
    """Whether somebody may call others to an order: the leader of the squad that has it, or the desk."""
    leader = Role.SQUAD_LEADER in who.roles and order.lane == Lane.SQUAD and who.of(order.squad_id)
    return leader or Role.DISPATCHER in who.roles


def apply(
    session: Session, order: Order, task: JointTask, step: Step, given: dict[str, Any], actor: str, now: Instant
) -> None:
    """Compare and set, write down, stop and start clocks. Who lost the race is told so."""
    taken = _take(session, order, task, step, given, now)
    before = task.squad_id
    _set_on(session, task, {"state": step.target, **taken.changes}, now)
    data = {"from": step.source, "to": step.target, **taken.data, **_told(order, task, before)}
    write(session, task, step.event, actor, now, data)
    joint_clocks.act(session, task, order, step, now)


def write(session: Session, task: JointTask, event: str, actor: str, now: Instant, data: dict[str, Any]) -> None:
    """Tell the journal; the task's version is the event's."""
    subject = joint_clocks.subject(task.id)
    kind = f"joint.{event}"
    journal.append(session, subject=subject, version=task.version, kind=kind, actor=actor, at=now, data=data)


def told_of(order: Order, task: JointTask) -> dict[str, Any]:
    """What every event of a task says: its order, whose task it is, and whether his tablets ring."""
    body = {"squad": str(task.squad_id)} if task.squad_id else {"partner": str(task.partner_id)}
    rings = {"rings": True} if task.squad_id and task.state == State.CALLED else {}
    return {"order": str(order.id), **body, **rings}


def keep_words(session: Session, task_id: uuid.UUID, field: str, words: str, now: Instant) -> str:
    """Free words stand beside the journal; the citation is for the event."""
    return journal.keep_words(session, subject=joint_clocks.subject(task_id), field=field, body=words, at=now)


def _take(session: Session, order: Order, task: JointTask, step: Step, given: dict[str, Any], now: Instant) -> Taken:
    """Check what was given and say what it changes. Raises Refused("invalid" | "last_resort_missing")."""
    taken = Taken(data={name: given[name] for name in CODES if name in given})
    if step.action is Action.REFUSE:
        taken.changes |= {"refusals": task.refusals + 1, "ground": given["ground"]}
        _know_power(session, given.get("power"), now)
    if step.action is Action.FINISH:
        taken.changes["outcome"] = given["outcome"]
    if step.action is Action.OTHER_BODY:
        taken.changes |= joint_bodies.named(session, order, given.get("squad"), given.get("partner")).columns
    if step.action in TO_THE_LAST_RESORT:
        taken.changes |= {**joint_bodies.last_resort(session).columns, "last_resort": True}
    if words := given.get("words"):
        taken.data["words"] = keep_words(session, task.id, step.action.value, words, now)
    return taken


def _know_power(session: Session, code: str | None, now: Instant) -> None:
    """The line must stand in the list, whether in force or not: "not ours" is said about something."""
    listed = powers.on(session, profile.local_day(session, now)) if code else None
    if code and (listed is None or code not in listed.by_code):
        raise Refused("invalid", errors={"power": ["权力清单里没有这一项"]})


def _told(order: Order, task: JointTask, before: uuid.UUID | None) -> dict[str, Any]:
    """Tablets of a squad that has nothing to do with the order any more learn of it."""
    left = before if task.state == State.RELEASED or before != task.squad_id else None
    return told_of(order, task) | ({"left": str(left)} if left else {})


def _set_on(session: Session, task: JointTask, changes: dict[str, Any], now: Instant) -> None:
    """Compare and set a task's columns at its next version. Raises Refused("stale") for who comes second."""
    values = {**changes, "version": task.version + 1, "changed_at": now}
    mine = JointTask.id == task.id, JointTask.version == task.version
    if session.scalar(update(JointTask).where(*mine).values(values).returning(JointTask.id)) is None:
        raise Refused("stale", current=session.scalar(select(JointTask.version).where(JointTask.id == task.id)))
    session.refresh(task)
