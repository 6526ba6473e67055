"""更正: another place or another kind of matter, found out later; the order is decided anew and its history is kept."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Order
from dispatch.rules import severity, workflow
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Lane, Post, State
from dispatch.services import clocks, deciding, joint_holding, links, matters, steps, transfers
from dispatch.services.deciding import Answer, Located
from town import geometry, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.profile import Town

CORRECTABLE = frozenset({State.RECEIVED, State.RETURNED, State.DISPATCHED, State.ACCEPTED, State.ON_SITE})
"""Before anything was done about it, and not while another body or the supervisor has the word."""
CORRECTED = "corrected"
HOLDERS = ("lane", "squad_id", "worker_id", "partner_id")


@dataclass(frozen=True)
class Point:
    """A place as it was given: degrees of ``crs``, longitude first."""

    x: float
    y: float
    crs: str
    accuracy_m: float | None = None


@dataclass(frozen=True)
class Correction:
    """What is put right, seen at which version, and why."""

    version: int
    words: str
    place: Point | None = None
    category: str | None = None


def correct(session: Session, town: Town, who: Actor, order_id: uuid.UUID, fix: Correction, now: Instant) -> Order:
    """Put it right and decide anew. Who keeps the order goes on where he is; for anybody else it begins again.

    Raises Refused("not_found" | "stale" | "illegal_step" | "forbidden" | "missing_fact" | "invalid") and what locating does.
    """
    order = steps.visible(session, who, order_id)
    _refuse(session, who, order, fix)
    if fix.category:
        matters.require(session, fix.category, now)
    place = _place(session, town, order, fix.place)
    category = fix.category or order.category
    answer = deciding.decide(session, town, place, category, order.acted_at or order.received_at, now, order)
    before = {"from": order.state, "category": order.category, "grid": order.grid_id, "squad": order.squad_id}
    moved = _apply(session, order, category, place, answer, now)
    _write_down(session, order, answer, fix.words, before, moved, who.name, now)
    links.withdraw(session, order, answer.near, who.name, now)
    links.suggest(session, order, answer.near, now, who.name)
    return order


def _refuse(session: Session, who: Actor, order: Order, fix: Correction) -> None:
    if order.version != fix.version:
        raise Refused("stale", current=order.version)
    may = {Post.DISPATCHER, Post.SQUAD}
    if fix.category or order.returns >= workflow.MOST_RETURNS or _was_corrected(session, order):
        may = {Post.DISPATCHER}  # a squad would pass it on, to and fro, by moving it
    if not steps.posts_of(who, order) & may:
        raise Refused("forbidden", roles=labels.POSTS[Post.DISPATCHER])
    if order.state not in CORRECTABLE:
        raise Refused("illegal_step", state=labels.STATES[State(order.state)], action="更正")
    if fix.place is None and fix.category is None:
        raise Refused("missing_fact", action="更正", missing="地点或类别")


def _was_corrected(session: Session, order: Order) -> bool:
    return any(one.way == CORRECTED for one in deciding.of(session, order.id))


def _place(session: Session, town: Town, order: Order, given: Point | None) -> Located:
    """The new place, or the old one as exactly as it was known when it was last decided."""
    if given:
        return deciding.locate(session, town, given.x, given.y, given.crs, given.accuracy_m)
    known = [decided.facts for decided in deciding.of(session, order.id) if "accuracy_m" in decided.facts]
    accuracy_m = known[-1]["accuracy_m"] if known else None
    return deciding.located(session, town, *geometry.lonlat(order.place), accuracy_m)


def _apply(session: Session, order: Order, category: str, place: Located, answer: Answer, now: Instant) -> bool:
    """Whether somebody else has it now, or nobody had it in hand yet."""
    held = {name: getattr(order, name) for name in HOLDERS}
    changes = deciding.holders(answer)
    moved = order.state == State.RETURNED or held != {name: changes[name] for name in HOLDERS}
    if not moved:
        changes["leader_id"] = order.leader_id  # whoever has it in hand keeps it, whoever is on duty by now
    before, (cell_x, cell_y) = Severity(order.severity), place.cell
    where = {
        "place": geometry.point(place.lon, place.lat),
        "edition_id": place.edition_id,
        "grid_id": place.location.grid.id if place.location.grid else None,
        "cell_x": cell_x,
        "cell_y": cell_y,
        "severity": severity.after_correction(before, answer.basis.emergency),
    }
    state = deciding.state_after(answer.decision) if moved else order.state
    steps.set_on(session, order, {**changes, **where, "category": category, "state": state}, now)
    alarm = answer.decision.alarm and order.lane == Lane.DESK
    if moved or (alarm and before is not Severity.URGENT):
        clocks.hand_on(session, order, now, alarm)
    if moved:
        joint_holding.follow(session, order, now)
    return moved


def _write_down(
    session: Session,
    order: Order,
    answer: Answer,
    words: str,
    before: dict[str, Any],
    moved: bool,
    actor: str,
    now: Instant,
) -> None:
    subject = f"order:{order.id}"
    deciding.keep(session, order.id, CORRECTED, answer.facts.as_data(), answer.decision.as_data(), actor, now)
    data = {
        "from": before["from"],
        "to": order.state,
        "category": [before["category"], order.category],
        "grid": [str(grid) if grid else None for grid in (before["grid"], order.grid_id)],
        "squad": str(order.squad_id) if order.squad_id else None,
        "partner": str(order.partner_id) if order.partner_id else None,
        "lane": order.lane,
        "row": answer.decision.row,
        "rings": moved and order.lane == Lane.SQUAD,
        "words": journal.keep_words(session, subject=subject, field="correction", body=words, at=now),
        **steps.left(before["squad"], order),
    }
    if moved and order.lane == Lane.TRANSFER and order.partner_id:
        data["letter"] = transfers.send(session, order, order.partner_id, answer.decision.row, now).number
    journal.append(
        session, subject=subject, version=order.version, kind="order.corrected", actor=actor, at=now, data=data
    )
