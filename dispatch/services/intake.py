"""Intake (受理): a report becomes an order in one transaction: located, routed, clocks started, written down."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules import handling_times, routing
from dispatch.rules.categories import OTHER
from dispatch.rules.routing import Decision, Facts, NearGrid
from dispatch.rules.workflow import Action, State
from dispatch.services import clocks, serving
from grids import services as grids
from grids.rules import coordinates
from grids.rules.locate import Location, Near
from town import access, geometry, ids, journal, vault, watch, workdays
from town.clock import Instant
from town.errors import Refused
from town.people import Squad
from town.profile import Town
from town.terms import Calendar


@dataclass(frozen=True)
class NewReport:
    """举报: what a person sent. ``x``, ``y`` in degrees of ``crs`` (longitude first); ``received_at`` starts the clocks."""

    x: float
    y: float
    crs: str
    accuracy_m: float | None
    words: str
    received_at: Instant
    source: str = "app"
    source_key: str | None = None
    category: str = OTHER
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Received:
    """What became of it. ``receipt`` is the reporter's only credential and is not kept anywhere else."""

    report: Report
    order: Order
    receipt: str
    location: Location
    squad: Squad | None
    promise: watch.Deadline
    calendar: Calendar


@dataclass(frozen=True)
class Where:
    """A located and routed place."""

    lon: float
    lat: float
    location: Location
    edition_id: uuid.UUID
    decision: Decision
    squad: Squad | None


def receive(session: Session, town: Town, master_key: str, new: NewReport, now: Instant) -> Received:
    """Take a report in. ``now`` is when it is written down; its clocks run from ``new.received_at``.

    Raises Refused("crs_unknown" | "place_invalid" | "no_grids").
    """
    where = _route(session, town, new)
    calendar = workdays.calendar(session, town)
    order = _order(session, new, where)
    report = _report(session, order, new, where, now)
    subject = f"order:{order.id}"
    promise = clocks.start(session, subject, handling_times.started_by_report(), calendar, new.received_at, now)[0]
    rings = False
    if where.squad:
        started = clocks.start(
            session, subject, handling_times.started_by(Action.DISPATCH), calendar, new.received_at, now
        )
        rings = any(clock.state == watch.State.RUNNING for clock in started)
    _write_down(session, order, report, new, where, rings, now)
    receipt = ids.new_receipt()
    access.issue(session, f"report:{report.id}", receipt, now)
    if new.name or new.phone:
        vault.keep(session, master_key, f"report:{report.id}", new.name, new.phone, now)
    return Received(report, order, receipt, where.location, where.squad, promise, calendar)


def known(session: Session, source: str, source_key: str) -> Report | None:
    """The report that already came by this source under this key, if any."""
    return session.scalar(select(Report).where(Report.source == source, Report.source_key == source_key))


def _route(session: Session, town: Town, new: NewReport) -> Where:
    lon, lat = _convert(new)
    locator = grids.locator(session, town)
    location = locator.locate(lon, lat, new.accuracy_m)
    squads = serving.squads_by_area(session)
    decision = routing.route(_facts(location, new.accuracy_m, squads))
    by_code = {squad.code: squad for squad in squads.values()}
    squad = by_code[decision.squad] if decision.squad else None
    return Where(lon, lat, location, locator.edition, decision, squad)


def _convert(new: NewReport) -> tuple[float, float]:
    try:
        return coordinates.to_cgcs2000(new.x, new.y, new.crs)
    except coordinates.UnknownCrs:
        raise Refused("crs_unknown", crs=new.crs, known="、".join(coordinates.KNOWN)) from None
    except coordinates.BadPlace as bad:
        raise Refused("place_invalid", why=str(bad)) from None


def _facts(location: Location, accuracy_m: float | None, squads: dict[str, Squad]) -> Facts:
    covering = NearGrid(location.grid.code, location.grid.area_code, 0.0) if location.grid else None
    nearest = _near(location.nearest) if location.nearest else None
    codes = {area: squad.code for area, squad in squads.items()}
    nearby = tuple(_near(near) for near in location.nearby)
    return Facts(covering, nearby, nearest, accuracy_m, location.near_border, codes)


def _near(near: Near) -> NearGrid:
    return NearGrid(near.grid.code, near.grid.area_code, near.distance_m)


def _order(session: Session, new: NewReport, where: Where) -> Order:
    order = Order(
        id=ids.new_id(),
        version=1,
        state=State.DISPATCHED if where.squad else State.RECEIVED,
        category=new.category,
        place=geometry.point(where.lon, where.lat),
        edition_id=where.edition_id,
        grid_id=where.location.grid.id if where.location.grid else None,
        squad_id=where.squad.id if where.squad else None,
        reasons=[{"code": reason.code, **reason.facts} for reason in where.decision.reasons],
        received_at=new.received_at,
        changed_at=new.received_at,
    )
    session.add(order)
    return order


def _report(session: Session, order: Order, new: NewReport, where: Where, now: Instant) -> Report:
    report = Report(
        id=ids.new_id(),
        order_id=order.id,
        source=new.source,
        source_key=new.source_key,
        place=geometry.point(where.lon, where.lat),
        given_x=new.x,
        given_y=new.y,
        crs=new.crs,
        accuracy_m=new.accuracy_m,
        received_at=new.received_at,
        recorded_at=now,
    )
    session.add(report)
    return report


def _write_down(
    session: Session, order: Order, report: Report, new: NewReport, where: Where, rings: bool, now: Instant
) -> None:
    """Two events: the report came; its order was dispatched, or waits for the desk. No words, no place, no person."""
    about = f"report:{report.id}"
    cite = journal.keep_words(session, subject=about, field="words", body=new.words, at=now)
    came = {"order": str(order.id), "source": new.source, "crs": new.crs, "category": new.category, "words": cite}
    routed = {
        "report": str(report.id),
        "edition": str(where.edition_id),
        "grid": where.location.grid.code if where.location.grid else None,
        "squad": str(where.squad.id) if where.squad else None,
        "reasons": [reason.code for reason in where.decision.reasons],
        "rings": rings,
    }
    kind = "order.dispatched" if where.squad else "order.waiting"
    journal.append_many(
        session,
        [
            journal.Entry(about, 1, "report.received", "reporter", now, came),
            journal.Entry(f"order:{order.id}", 1, kind, "system:intake", now, routed),
        ],
    )
