"""What changed (增量): numbered events with the orders as they are now, for tablets, walls and the doorbell's answer."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.schemas import ChangeOut, ChangesOut
from dispatch.services import pictures, sight
from town import journal
from town.access import Actor
from town.errors import Refused

BESIDE_AN_ORDER = frozenset({"link", "joint"})
"""Subjects that belong to an order, which their events name."""


def after(session: Session, who: Actor, position: int, limit: int) -> ChangesOut:
    """Changes after a position, as ``who`` may see them. Every event once; the order as it is now.

    Raises Refused("position_unknown").
    """
    refuse_ahead(session, position)
    events = journal.read_after(session, position, limit)
    changes = dress(session, events)
    if not who.in_town:
        mine = _seen(session, who, changes)
        lost = {event.id for event in events if who.squad_id and event.data.get("left") == str(who.squad_id)}
        changes = [told for change in changes if (told := _as_told(change, mine, lost))]
    reached = events[-1].position if events else position
    return ChangesOut(position=reached, more=len(events) == limit, changes=changes)


def refuse_ahead(session: Session, position: int) -> None:
    """Raise Refused("position_unknown") for a cursor beyond the head: this journal was restored from before it."""
    head, _ = journal.head(session)
    if position > head:
        raise Refused("position_unknown", head=head)


def dress(session: Session, events: Sequence[journal.Numbered]) -> list[ChangeOut]:
    """The events that concern orders, each with its order's picture."""
    about = {event.id: order_id for event in events if (order_id := order_of(event))}
    drawn = pictures.many(session, set(about.values()))
    return [
        ChangeOut(
            position=event.position, event=event.id, kind=event.kind, at=event.at, order=drawn.get(about[event.id])
        )
        for event in events
        if event.id in about
    ]


def order_of(event: journal.Numbered) -> uuid.UUID | None:
    """The order an event is about: its own, the one whose clock, link or joint task it tells of, or the one a report joins."""
    subject = event.data["subject"] if event.kind.startswith("clock.") else event.subject
    kind, _, identifier = subject.partition(":")
    if event.data.get("order") and (kind in BESIDE_AN_ORDER or event.data.get("joins")):
        return uuid.UUID(event.data["order"])
    return uuid.UUID(identifier) if kind == "order" else None


def _as_told(change: ChangeOut, mine: set[uuid.UUID], lost: set[uuid.UUID]) -> ChangeOut | None:
    """The change as one party may know it: its own order as it is now, or that it no longer has it and nothing else."""
    if change.order is None or change.order.id in mine:
        return change if change.order else None
    return change.model_copy(update={"order": None, "gone": change.order.id}) if change.event in lost else None


def _seen(session: Session, who: Actor, changes: Iterable[ChangeOut]) -> set[uuid.UUID]:
    ids = {change.order.id for change in changes if change.order}
    return set(session.scalars(select(Order.id).where(Order.id.in_(ids), sight.theirs(who))))
