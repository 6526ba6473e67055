"""Deciding (派单决定): gather the facts of a matter, let the table decide, keep both, and give the order to whom it says."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import CELL_M, Decided, Order
from dispatch.rules import duplicates, routing
from dispatch.rules.categories import OTHER
from dispatch.rules.facts import EventFact, Facts, NearGrid, NearOrder, PowerFact
from dispatch.rules.routing import Decision
from dispatch.rules.workflow import Lane, State
from dispatch.services import handling_times, links, rulebook
from dispatch.services.handling_times import TimesTable
from dispatch.services.rulebook import Staffing
from enforcement.rules import powers as conferred
from enforcement.rules.events import EventLine
from enforcement.rules.powers import PowerFact as PowerLine
from enforcement.rules.powers import Standing
from enforcement.services import events as kinds
from enforcement.services import powers as law
from grids import services as grids
from grids.rules import coordinates
from grids.rules.locate import Location, Near
from town import ids, reference
from town.clock import Instant
from town.errors import Refused
from town.profile import Town
from town.reference import Kind, Versions

START_STATES = {Lane.DESK: State.RECEIVED, Lane.TRANSFER: State.TRANSFERRED}
"""Where an order stands right after a decision; a squad, a 网格员 or a unit has it dispatched."""


@dataclass(frozen=True)
class Located:
    """A place in the town's map. ``x``, ``y``: metres of the town's projection; None so far away that they mean nothing.

    ``versions``: the reference data held since before the map was asked, until the transaction ends.
    """

    lon: float
    lat: float
    x: float | None
    y: float | None
    accuracy_m: float | None
    location: Location
    edition_id: uuid.UUID
    versions: Versions

    @property
    def cell(self) -> tuple[int | None, int | None]:
        """Its cell, for nearness."""
        if self.x is None or self.y is None:
            return None, None
        return duplicates.cell(self.x, self.y, CELL_M)


@dataclass(frozen=True)
class Basis:
    """The lists in force on the day of the act, and the staffing of now."""

    staffing: Staffing
    event: EventFact | None
    powers: tuple[PowerFact, ...] | None
    event_edition_id: uuid.UUID | None
    power_edition_id: uuid.UUID | None
    times: TimesTable | None
    near_m: int
    near_days: int

    @property
    def emergency(self) -> bool:
        """Whether its kind is one that cannot wait."""
        return self.event is not None and self.event.emergency


@dataclass(frozen=True)
class Answer:
    """A decision with what it was made on."""

    facts: Facts
    decision: Decision
    basis: Basis
    near: tuple[NearOrder, ...]


def locate(session: Session, town: Town, x: float, y: float, crs: str, accuracy_m: float | None) -> Located:
    """A place as it was given, in the active map. Raises Refused("crs_unknown" | "place_invalid" | "no_grids")."""
    lon, lat = _convert(x, y, crs)
    return located(session, town, lon, lat, accuracy_m)


def located(session: Session, town: Town, lon: float, lat: float, accuracy_m: float | None) -> Located:
    """A place in degrees, CGCS2000, in the active map."""
    versions = reference.hold(session)
    locator = grids.locator(session, town, versions[Kind.SERVING])
    x, y = locator.metres(lon, lat) or (None, None)
    return Located(lon, lat, x, y, accuracy_m, locator.locate(lon, lat, accuracy_m), locator.edition, versions)


def decide(
    session: Session,
    town: Town,
    place: Located,
    category: str,
    acted_at: Instant,
    now: Instant,
    order: Order | None = None,
) -> Answer:
    """What the table says of a matter. A power counts that was in force when it was done and still is.

    ``acted_at``: when it was done; ``order``: one that exists already.
    """
    basis = _basis(session, town, place.versions, category, acted_at, now)
    near = _near(session, town, place, category, basis, acted_at, order)
    facts = _facts(place, basis, near, _day(town, now), now)
    return Answer(facts, routing.route(facts), basis, near)


def state_after(decision: Decision) -> State:
    """Where an order stands that was decided so."""
    return START_STATES.get(decision.lane, State.DISPATCHED)


def holders(answer: Answer) -> dict[str, Any]:
    """The order's columns that say who has it, and under which lists."""
    decision, staffing = answer.decision, answer.basis.staffing
    return {
        "lane": decision.lane,
        "squad_id": staffing.squad_ids[decision.squad] if decision.squad else None,
        "leader_id": staffing.account_ids.get(decision.leader) if decision.leader else None,
        "worker_id": staffing.account_ids[decision.worker] if decision.worker else None,
        "partner_id": _partner(staffing, decision.partner),
        "power_code": decision.power,
        "event_edition_id": answer.basis.event_edition_id,
        "power_edition_id": answer.basis.power_edition_id,
        "times_edition_id": answer.basis.times.edition_id if answer.basis.times else None,
        "reasons": decision.as_data()["reasons"],
    }


def power_by_hand(session: Session, town: Town, order: Order, now: Instant) -> dict[str, Any]:
    """The order's columns that say by which power a squad acts whom a person names; none where none is in force."""
    acted_at = order.acted_at or order.received_at
    basis = _basis(session, town, reference.hold(session), order.category, acted_at, now)
    best = next((power.code for power in basis.powers or () if power.in_force), None)
    return {"power_code": best, "power_edition_id": basis.power_edition_id}


def keep(
    session: Session,
    order_id: uuid.UUID,
    way: str,
    facts: dict[str, Any],
    answer: dict[str, Any],
    actor: str,
    now: Instant,
) -> Decided:
    """Write a decision down as the order's next round."""
    last = session.scalar(select(func.max(Decided.round)).where(Decided.order_id == order_id)) or 0
    return first(session, order_id, way, facts, answer, actor, now, round=last + 1)


def first(
    session: Session,
    order_id: uuid.UUID,
    way: str,
    facts: dict[str, Any],
    answer: dict[str, Any],
    actor: str,
    now: Instant,
    round: int = 1,
) -> Decided:
    """The decision of an order that has none yet."""
    decided = Decided(
        id=ids.new_id(), order_id=order_id, round=round, way=way, at=now, actor=actor, facts=facts, answer=answer
    )
    session.add(decided)
    return decided


def of(session: Session, order_id: uuid.UUID) -> list[Decided]:
    """Every decision about an order, oldest first."""
    return list(session.scalars(select(Decided).where(Decided.order_id == order_id).order_by(Decided.round)))


def _convert(x: float, y: float, crs: str) -> tuple[float, float]:
    try:
        return coordinates.to_cgcs2000(x, y, crs)
    except coordinates.UnknownCrs:
        raise Refused("crs_unknown", crs=crs, known="、".join(coordinates.KNOWN)) from None
    except coordinates.BadPlace as bad:
        raise Refused("place_invalid", why=str(bad)) from None


def _basis(session: Session, town: Town, versions: Versions, category: str, acted_at: Instant, now: Instant) -> Basis:
    staffing = rulebook.staffing(session, town, versions, now)
    day, today = _day(town, acted_at), _day(town, now)
    events = _events(session, versions, category, day, today)
    powers = law.on(session, day, versions[Kind.POWERS])
    listed = events.by_code.get(category) if events and category != OTHER else None
    known = staffing.partner_ids.keys()
    lines = powers.for_event(category, day) if powers and listed else ()
    return Basis(
        staffing=staffing,
        event=_event(listed, known) if listed else None,
        powers=tuple(_power(power, standing, today, known) for power, standing in lines) if powers else None,
        event_edition_id=events.edition_id if events else None,
        power_edition_id=powers.edition_id if powers else None,
        times=handling_times.in_force(session, today, versions),
        near_m=listed.near_m if listed else 0,
        near_days=listed.near_days if listed else 0,
    )


def _events(
    session: Session, versions: Versions, category: str, day: dt.date, today: dt.date
) -> kinds.EventCatalogue | None:
    """The list of the day of the act; today's, which the kind was chosen from, where that one does not know it."""
    then = kinds.on(session, day, versions[Kind.EVENTS])
    if category == OTHER or day == today or (then and category in then.by_code):
        return then
    return kinds.on(session, today, versions[Kind.EVENTS]) or then


def _event(listed: EventLine, partners: Collection[str]) -> EventFact:
    """A partner the town does not know cannot be handed anything."""
    unit, holder = (code if code in partners else None for code in (listed.unit, listed.holder))
    return EventFact(listed.code, listed.nature, listed.field, listed.emergency, listed.small, unit, holder)


def _power(power: PowerLine, then: Standing, today: dt.date, partners: Collection[str]) -> PowerFact:
    """One that was in force then may have been handed back since."""
    standing = conferred.standing(power, today) if then.in_force else then
    return PowerFact(power.code, standing.code, standing.holder if standing.holder in partners else None)


def _near(
    session: Session, town: Town, place: Located, category: str, basis: Basis, at: Instant, order: Order | None
) -> tuple[NearOrder, ...]:
    if place.x is None or place.y is None or not basis.near_m:
        return ()
    leave_out = order.id if order else None
    return links.near(session, town, category, place.x, place.y, at, basis.near_m, basis.near_days, leave_out)


def _facts(place: Located, basis: Basis, near: tuple[NearOrder, ...], day: dt.date, now: Instant) -> Facts:
    location, staffing = place.location, basis.staffing
    grid = location.grid.code if location.grid else None
    involved = {near.grid.area_code for near in location.nearby} | (
        {location.grid.area_code} if location.grid else set()
    )
    return Facts(
        covering=NearGrid(location.grid.code, location.grid.area_code, 0.0) if location.grid else None,
        nearby=tuple(map(_near_grid, location.nearby)),
        nearest=_near_grid(location.nearest) if location.nearest else None,
        accuracy_m=place.accuracy_m,
        near_border=location.near_border,
        squads=tuple(squad for squad in staffing.at(now) if involved & set(squad.areas)),
        event=basis.event,
        powers=basis.powers,
        worker=staffing.workers.get(grid) if grid else None,
        conflicted=staffing.conflicted(grid, day),
        county=staffing.county,
        near_orders=near,
    )


def _near_grid(near: Near) -> NearGrid:
    return NearGrid(near.grid.code, near.grid.area_code, near.distance_m)


def _partner(staffing: Staffing, code: str | None) -> uuid.UUID | None:
    return staffing.partner_ids.get(code) if code else None


def _day(town: Town, moment: Instant) -> dt.date:
    return moment.astimezone(town.zone).date()
