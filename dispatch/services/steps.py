"""Steps of an order (工单流转): the one door through which people change an order after intake."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, object_session

from dispatch import labels
from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.rules.workflow import NO_PLEA, Action, Asked, Lane, Plea, Post, Refusal, State, Step
from dispatch.services import clocks, extensions, facts_given, joint_holding, order_cases, sight
from town import journal
from town.access import SQUAD_ROLES, Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role

RINGING = frozenset({Action.DISPATCH, Action.ARBITRATE, Action.REWORK})
SAMPLE_ONE_IN = 5
"""Of the small matters that 网格员 settle, so many are checked on site by somebody else."""
POSTS = {Role.DISPATCHER: Post.DISPATCHER, Role.CHECKER: Post.CHECKER, Role.SUPERVISOR: Post.SUPERVISOR}
"""Posts that do not depend on who holds the order."""
MAY_ASK = frozenset(source for source, action in workflow.TABLE if action in workflow.DECIDING_A_PLEA)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do to an order, seen at which version."""

    action: Action
    version: int
    given: dict[str, Any] = field(default_factory=dict)


def visible(session: Session, who: Actor, order_id: uuid.UUID) -> Order:
    """The order, if ``who`` may see it. Absent and forbidden look alike: Refused("not_found")."""
    order = session.get(Order, order_id)
    if order is None or not sight.sees(who, order):
        raise Refused("not_found")
    return order


def posts_of(who: Actor, order: Order) -> frozenset[Post]:
    """The posts somebody holds towards one order: by his role, or because he has it in its lane."""
    posts = {post for role, post in POSTS.items() if role in who.roles}
    if order.lane == Lane.SQUAD and who.roles & SQUAD_ROLES and who.of(order.squad_id):
        posts.add(Post.SQUAD)
    if order.lane == Lane.UNIT and Role.PARTNER in who.roles and order.partner_id == who.partner_id:
        posts.add(Post.UNIT)
    if order.lane == Lane.GRID and Role.GRID_WORKER in who.roles and order.worker_id == who.account_id:
        posts.add(Post.GRID_WORKER)
    return frozenset(posts)


def take_step(session: Session, who: Actor, order_id: uuid.UUID, wish: Wish, now: Instant) -> Order:
    """Do it, or raise Refused with the reason: not_found, stale, illegal_step, forbidden, own_work, missing_fact …"""
    order, step = weigh(session, who, order_id, wish, now)
    _apply(session, order, step, wish, who.name, now)
    return order


def weigh(session: Session, who: Actor, order_id: uuid.UUID, wish: Wish, now: Instant) -> tuple[Order, Step]:
    """The order and the step ``who`` may take, without taking it. Raises Refused like ``take_step``."""
    order = visible(session, who, order_id)
    if order.version != wish.version:
        raise Refused("stale", current=order.version)
    own = handled_by(session, who.name, order)
    plea = plea_of(session, who.name, order, now) if wish.action in workflow.ABOUT_MORE_TIME else NO_PLEA
    step = _decide(order, wish, posts_of(who, order), own, plea)
    joint_holding.refuse_while_missing(session, order, wish.action)
    return order, step


def handled_by(session: Session, actor: str, order: Order) -> bool:
    """Whether somebody handled the order himself, or had a hand in a case that came of it: then he may not check it."""
    return order.handler == actor or (order.state == State.HANDLED and order_cases.had_a_hand(session, order.id, actor))


def plea_of(session: Session, actor: str, order: Order, now: Instant) -> Plea:
    """How the order stands with regard to more time (延期), where anybody could ask for it."""
    return extensions.plea(session, order, actor, now) if order.state in MAY_ASK else NO_PLEA


def held(session: Session, order_id: uuid.UUID, state: State) -> Order | None:
    """The order, locked until the transaction ends, if that is where it stands."""
    order = session.get(Order, order_id, with_for_update=True)  # two workers may lead for a moment
    return order if order is not None and order.state == state else None


def take_by_itself(
    session: Session, order: Order, action: Action, given: dict[str, Any], by: str, now: Instant
) -> None:
    """A step of the system's own on an order that it holds."""
    wish = Wish(action, order.version, given)
    _apply(session, order, _decide(order, wish, frozenset({Post.SYSTEM}), own=False), wish, by, now)


def answer(session: Session, order_id: uuid.UUID, now: Instant) -> bool:
    """Tell everybody who reported it: the system's own step on a closed order. Asking twice does it once."""
    order = held(session, order_id, State.CLOSED)
    if order is None:
        return False
    take_by_itself(session, order, Action.ANSWER, {}, "system:answers", now)
    for report in session.scalars(select(Report).where(Report.order_id == order.id).order_by(Report.received_at)):
        _tell(session, report, now)
    return True


def sampled(order: Order) -> bool:
    """抽查: whether this order is one of those that are checked again; nobody can choose it, and nobody foresee it.

    It was drawn when the report came, by the secret beside its words; where that was erased, somebody checks.
    """
    session = object_session(order)
    assert session
    first = session.scalar(select(Report.id).where(Report.order_id == order.id).order_by(Report.id).limit(1))
    secret = journal.secret_of(session, f"report:{first}", "words")
    return secret is None or hashlib.sha256(secret + order.id.bytes).digest()[0] % SAMPLE_ONE_IN == 0


def _tell(session: Session, report: Report, now: Instant) -> None:
    """One matter that came by three ways is answered three times, each by its own way."""
    report.answered_at = now
    data = {"order": str(report.order_id), "source": report.source}
    subject = f"report:{report.id}"
    journal.note(session, subject=subject, kind="report.answered", actor="system:answers", at=now, data=data)


def _decide(order: Order, wish: Wish, posts: frozenset[Post], own: bool, plea: Plea = NO_PLEA) -> Step:
    asked = Asked(
        state=State(order.state),
        action=wish.action,
        posts=posts,
        same_person_handled=own,
        given=frozenset(wish.given),
        returns=order.returns,
        sampled=wish.action is not Action.SETTLE or sampled(order),
        ground=wish.given.get("ground"),
        suspended_from=State(order.suspended_from) if order.suspended_from else None,
        plea=plea,
    )
    decided = workflow.decide(asked)
    if isinstance(decided, Refusal):
        raise _refused(decided)
    return decided


def _refused(refusal: Refusal) -> Refused:
    facts = refusal.facts
    match refusal.code:
        case "illegal_step":
            return Refused("illegal_step", state=labels.STATES[facts["state"]], action=labels.ACTIONS[facts["action"]])
        case "forbidden":
            return Refused("forbidden", roles="、".join(labels.POSTS[post] for post in facts["posts"]))
        case "missing_fact":
            missing = "、".join(labels.FACTS[name] for name in facts["missing"])
            return Refused("missing_fact", action=labels.ACTIONS[facts["action"]], missing=missing)
    return Refused(refusal.code)


def _apply(session: Session, order: Order, step: Step, wish: Wish, actor: str, now: Instant) -> None:
    """Compare and set, write down, stop and start clocks. Who lost the race is told so."""
    taken = facts_given.take(session, order, step, wish.given, actor, now)
    before = order.squad_id
    set_on(session, order, {"state": step.target, **taken.changes}, now)
    data = {"from": step.source, "to": step.target, **taken.data, **left(before, order)}
    facts_given.follow_up(session, order, step, taken, actor, now)
    if step.action in RINGING and order.lane == Lane.SQUAD:
        data |= {"squad": str(order.squad_id), "rings": True}
    subject = f"order:{order.id}"
    kind = f"order.{step.event}"
    journal.append(session, subject=subject, version=order.version, kind=kind, actor=actor, at=now, data=data)
    clocks.act(session, order, step, actor, now)
    joint_holding.follow(session, order, now)


def left(before: uuid.UUID | None, order: Order) -> dict[str, str]:
    """What the journal tells of a squad that no longer has the order, so that its tablets learn of it."""
    return {"left": str(before)} if before and before != order.squad_id else {}


def set_on(session: Session, order: Order, changes: dict[str, Any], now: Instant) -> None:
    """Compare and set an order's columns at its next version. Raises Refused("stale") for who comes second."""
    values = {**changes, "version": order.version + 1, "changed_at": now}
    mine = Order.id == order.id, Order.version == order.version
    if session.scalar(update(Order).where(*mine).values(values).returning(Order.id)) is None:
        raise Refused("stale", current=session.scalar(select(Order.version).where(Order.id == order.id)))
    session.refresh(order)
