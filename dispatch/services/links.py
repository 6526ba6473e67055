"""Links (重复线索): orders that may be one matter, suggested to the desk, settled by people, never merged by themselves."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from dispatch.models import CELL_M, Link, Order
from dispatch.rules import duplicates, workflow
from dispatch.rules.duplicates import Candidate
from dispatch.rules.facts import NearOrder
from grids import services as grids
from town import geometry, ids, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.profile import Town

INTAKE = "system:intake"
REPORTER = "reporter"
HOUR = dt.timedelta(hours=1)
SUGGESTED, SETTLED = 1, 2
"""A link lives once: where it stands in its life is also its version in the journal."""


class LinkState(StrEnum):
    """A suggestion, until somebody says whether it is one matter."""

    SUGGESTED = "suggested"
    LINKED = "linked"
    DISMISSED = "dismissed"


def near(
    session: Session,
    town: Town,
    category: str,
    x: float,
    y: float,
    at: Instant,
    within_m: float,
    within_days: float,
    leave_out: uuid.UUID | None = None,
) -> tuple[NearOrder, ...]:
    """Orders of the same kind close by and not long before or after, the nearest first; ended ones too.

    ``x``, ``y``: metres of the town's projection. ``leave_out``: an order that is not compared with itself.
    """
    columns, rows = duplicates.cells(x, y, within_m, CELL_M)
    span = dt.timedelta(days=within_days)
    found = session.execute(
        select(Order.id, Order.place, Order.received_at).where(
            Order.category == category,
            Order.cell_x.in_(columns),
            Order.cell_y.in_(rows),
            Order.received_at.between(at - span, at + span),
        )
    ).all()
    if not found:
        return ()
    metres = grids.locator(session, town).metres
    candidates = (
        Candidate(str(other), *flat, hours_apart=abs(received_at - at) / HOUR)
        for other, place, received_at in found
        if other != leave_out and (flat := metres(*geometry.lonlat(place)))
    )
    return duplicates.likely(x, y, candidates, within_m, within_days)


def suggest(session: Session, order: Order, near: Iterable[NearOrder], now: Instant, actor: str = INTAKE) -> list[Link]:
    """Suggest to the desk that ``order`` may be the same matter as these. What was suggested before is left as it stands."""
    known = {link.other_id if link.order_id == order.id else link.order_id for link in of(session, order.id)}
    fresh = [one for one in near if uuid.UUID(one.order) not in known]
    made = [
        Link(
            id=ids.new_id(),
            order_id=order.id,
            other_id=uuid.UUID(one.order),
            state=LinkState.SUGGESTED,
            distance_m=one.distance_m,
            hours_apart=one.hours_apart,
            suggested_at=now,
        )
        for one in fresh
    ]
    session.add_all(made)
    _write_down(session, made, SUGGESTED, "order.suggested", actor, now)
    return made


def settle(
    session: Session, who: Actor, order_id: uuid.UUID, link_id: uuid.UUID, state: LinkState, now: Instant
) -> None:
    """Say whether two orders are one matter: once. Neither order changes by it.

    Raises Refused("not_found" | "link_settled").
    """
    link = session.scalar(select(Link).where(Link.id == link_id, _touching(order_id)).with_for_update())
    if link is None:
        raise Refused("not_found")
    if link.state != LinkState.SUGGESTED:
        raise Refused("link_settled")
    _settle(session, link, state, who.name, now)


def withdraw(session: Session, order: Order, near: Iterable[NearOrder], actor: str, now: Instant) -> None:
    """The order turned out to be elsewhere or of another kind: suggestions it is no longer near to fall away."""
    still = {uuid.UUID(one.order) for one in near}
    waiting = select(Link).where(_touching(order.id), Link.state == LinkState.SUGGESTED).order_by(Link.id)
    for link in session.scalars(waiting.with_for_update(), execution_options={"populate_existing": True}).all():
        if not {link.order_id, link.other_id} & still:
            _settle(session, link, LinkState.DISMISSED, actor, now)


def of(session: Session, order_id: uuid.UUID) -> Sequence[Link]:
    """Every link of an order, whichever came first; the nearest first."""
    mine = select(Link).where(_touching(order_id))
    return session.scalars(mine.order_by(Link.distance_m, Link.hours_apart, Link.id)).all()


def joinable(session: Session, order: Order) -> Sequence[Link]:
    """Suggestions that his own report may be what others have reported and is still open; the nearest first."""
    return session.scalars(_joinable(order)).all()


def joined(session: Session, order: Order) -> bool:
    """Whether its reporter has said that it is the same matter as another."""
    said = Link.order_id == order.id, Link.state == LinkState.LINKED, Link.settled_by == REPORTER
    return session.scalar(select(Link.id).where(*said).limit(1)) is not None


def join(session: Session, order: Order, now: Instant) -> None:
    """By the reporter's word it is the same matter as the nearest open one. Raises Refused("nothing_to_join")."""
    nearest = session.scalars(_joinable(order).limit(1).with_for_update(of=Link)).first()
    if nearest is None or joined(session, order):
        raise Refused("nothing_to_join")
    _settle(session, nearest, LinkState.LINKED, REPORTER, now)


def _joinable(order: Order) -> Select[Link]:
    mine = Link.order_id == order.id, Link.state == LinkState.SUGGESTED, Order.state.not_in(workflow.ENDED)
    found = select(Link).join(Order, Order.id == Link.other_id).where(*mine)
    return found.order_by(Link.distance_m, Link.hours_apart, Link.id)


def _touching(order_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(Link.order_id == order_id, Link.other_id == order_id)


def _settle(session: Session, link: Link, state: LinkState, actor: str, now: Instant) -> None:
    link.state, link.settled_at, link.settled_by = state, now, actor
    _write_down(session, [link], SETTLED, f"order.{state}", actor, now)


def _write_down(session: Session, about: Sequence[Link], version: int, kind: str, actor: str, now: Instant) -> None:
    """The link is the subject, because neither order changes; ``order`` says whose picture does."""
    entries = [
        journal.Entry(
            f"link:{link.id}",
            version,
            kind,
            actor,
            now,
            {"order": str(link.order_id), "other": str(link.other_id), "distance_m": round(link.distance_m, 1)},
        )
        for link in about
    ]
    if entries:
        journal.append_many(session, entries)
