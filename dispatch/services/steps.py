"""Steps of an order (工单流转): the one door through which an order changes after intake."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Order
from dispatch.rules import workflow
from dispatch.rules.workflow import Action, Asked, Post, Refusal, State, Step
from dispatch.services import clocks
from town import journal
from town.access import SQUAD_ROLES, Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role, Squad

RINGING = frozenset({Action.DISPATCH, Action.REWORK})
WORDS_FIELD = {Action.CLOSE: "answer", Action.REJECT: "answer"}
"""What the reporter will read; every other action's words stay inside."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do to an order, seen at which version."""

    action: Action
    version: int
    given: dict[str, Any] = field(default_factory=dict)


def visible(session: Session, who: Actor, order_id: uuid.UUID) -> Order:
    """The order, if ``who`` may see it. Absent and forbidden look alike: Refused("not_found")."""
    order = session.get(Order, order_id)
    if order is None or (who.in_squad and not who.of(order.squad_id)):
        raise Refused("not_found")
    return order


def posts_of(who: Actor, order: Order) -> frozenset[Post]:
    """The posts somebody holds towards one order."""
    posts = set()
    if who.roles & SQUAD_ROLES and who.of(order.squad_id):
        posts.add(Post.SQUAD)
    if Role.DISPATCHER in who.roles:
        posts.add(Post.DISPATCHER)
    if Role.CHECKER in who.roles:
        posts.add(Post.CHECKER)
    return frozenset(posts)


def take_step(session: Session, who: Actor, order_id: uuid.UUID, wish: Wish, now: Instant) -> Order:
    """Do it, or raise Refused with the reason: not_found, stale, illegal_step, forbidden, own_work, missing_fact."""
    order = visible(session, who, order_id)
    if order.version != wish.version:
        raise Refused("stale", current=order.version)
    step = _decide(order, wish, posts_of(who, order), who.name)
    _apply(session, order, step, wish, who.name, now)
    return order


def answer(session: Session, order_id: uuid.UUID, now: Instant) -> bool:
    """Tell the reporter: the system's own step on a closed order. Asking twice does it once."""
    order = session.get(Order, order_id, with_for_update=True)  # two workers may lead for a moment
    if order is None or order.state != State.CLOSED:
        return False
    wish = Wish(Action.ANSWER, order.version)
    step = _decide(order, wish, frozenset({Post.SYSTEM}), "system:answers")
    _apply(session, order, step, wish, "system:answers", now)
    return True


def _decide(order: Order, wish: Wish, posts: frozenset[Post], actor: str) -> Step:
    asked = Asked(State(order.state), wish.action, posts, order.handler == actor, frozenset(wish.given))
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
    changes: dict[str, Any] = {"state": step.target, "version": order.version + 1, "changed_at": now}
    data: dict[str, Any] = {"from": step.source, "to": step.target}
    _take_facts(session, order, step, wish, changes, data, now)
    if step.action is Action.HANDLE:
        changes["handler"] = actor
    if step.action is Action.REWORK:
        changes["outcome"] = None
    mine = Order.id == order.id, Order.version == order.version
    if session.scalar(update(Order).where(*mine).values(changes).returning(Order.id)) is None:
        raise Refused("stale", current=session.scalar(select(Order.version).where(Order.id == order.id)))
    session.refresh(order)
    if step.action in RINGING:
        data |= {"squad": str(order.squad_id), "rings": True}
    subject = f"order:{order.id}"
    kind = f"order.{step.event}"
    journal.append(session, subject=subject, version=order.version, kind=kind, actor=actor, at=now, data=data)
    clocks.act(session, subject, step.action, now)


def _take_facts(
    session: Session, order: Order, step: Step, wish: Wish, changes: dict[str, Any], data: dict[str, Any], now: Instant
) -> None:
    if "squad" in step.requires:
        squad = session.scalar(select(Squad).where(Squad.code == wish.given["squad"], Squad.active))
        if squad is None:
            raise Refused("invalid", errors={"squad": ["没有这个中队"]})
        changes["squad_id"] = squad.id
        changes["reasons"] = [*order.reasons, {"code": "by_hand"}]
    if "outcome" in step.requires:
        changes["outcome"] = data["outcome"] = wish.given["outcome"]
    if body := wish.given.get("words"):
        field_name = WORDS_FIELD.get(step.action, step.action.value)
        data["words"] = journal.keep_words(session, subject=f"order:{order.id}", field=field_name, body=body, at=now)
