"""Intake (受理): a report becomes an order in one transaction: located, decided, clocks started, written down."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules import handling_times, severity
from dispatch.rules.categories import OTHER
from dispatch.rules.sources import Source
from dispatch.rules.workflow import Lane
from dispatch.schemas import Coded
from dispatch.services import clocks, deciding, links, transfers
from dispatch.services.clocks import Pace
from dispatch.services.deciding import Answer, Located
from grids.rules.locate import Location
from town import access, geometry, ids, journal, vault, watch, workdays
from town.clock import Instant
from town.profile import Town
from town.reference import Versions
from town.terms import Calendar


@dataclass(frozen=True)
class NewReport:
    """举报: what a person sent, or the desk took down. ``received_at`` starts the clocks.

    ``x``, ``y``: degrees of ``crs``, longitude first. ``source_key``: their number. ``their_due_at``: their time limit.
    ``acted_at``: when the act was seen, if not when it was received. ``decided_at``: when it goes out, if not when it was
    received: whoever gets it is on duty then, and is waited for from then on.
    """

    x: float
    y: float
    crs: str
    accuracy_m: float | None
    words: str
    received_at: Instant
    source: str = Source.APP
    source_key: str | None = None
    category: str = OTHER
    name: str | None = None
    phone: str | None = None
    their_due_at: Instant | None = None
    acted_at: Instant | None = None
    decided_at: Instant | None = None
    actor: str = "reporter"


@dataclass(frozen=True)
class Received:
    """What became of it. ``receipt`` is the reporter's only credential and is not kept anywhere else.

    ``alike``: whether it was suggested that others have reported the same matter.
    """

    report: Report
    order: Order
    receipt: str
    location: Location
    squad: Coded | None
    alike: bool
    promise: watch.Deadline
    calendar: Calendar


def receive(session: Session, town: Town, master_key: str, new: NewReport, now: Instant) -> Received:
    """Take a report in. ``now`` is when it is written down; the promise runs from ``new.received_at``.

    Raises Refused("crs_unknown" | "place_invalid" | "no_grids").
    """
    acted_at, decided_at = new.acted_at or new.received_at, new.decided_at or new.received_at
    place = deciding.locate(session, town, new.x, new.y, new.crs, new.accuracy_m)
    answer = deciding.decide(session, town, place, new.category, acted_at, decided_at)
    calendar = workdays.calendar(session, town)
    order = _order(session, new, place, answer)
    report = _report(session, order.id, new, (place.lon, place.lat), now)
    promise, *others = _start_clocks(session, order, answer, place.versions, calendar, decided_at, now)
    rings = any(clock.state == watch.State.RUNNING and clock.kind != handling_times.Clock.RESULT for clock in others)
    _write_down(session, order, report, new, answer, rings, now)
    return Received(
        report=report,
        order=order,
        receipt=_give_receipt(session, report, master_key, new, now),
        location=place.location,
        squad=_squad(answer),
        alike=bool(answer.near),
        promise=promise,
        calendar=calendar,
    )


def join(
    session: Session, master_key: str, order: Order, place: Located, new: NewReport, now: Instant
) -> tuple[Report, str]:
    """One more report about an open order that came by another way; it is answered on its own. Gives back its receipt.

    ``place``: the one he gave himself; he is shown no other.
    """
    report = _report(session, order.id, new, (place.lon, place.lat), now)
    data = _came(session, order, report, new, now) | {"joins": True}
    journal.append(
        session, subject=f"report:{report.id}", version=1, kind="report.received", actor=new.actor, at=now, data=data
    )
    return report, _give_receipt(session, report, master_key, new, now)


def known(session: Session, source: str, source_key: str) -> Report | None:
    """The report that already came by this source under this key, if any."""
    return session.scalar(select(Report).where(Report.source == source, Report.source_key == source_key))


def _squad(answer: Answer) -> Coded | None:
    code = answer.decision.squad
    return Coded(code=code, name=answer.basis.staffing.squad_names[code]) if code else None


def _start_clocks(
    session: Session,
    order: Order,
    answer: Answer,
    versions: Versions,
    calendar: Calendar,
    at: Instant,
    now: Instant,
) -> list[watch.Deadline]:
    """The promise first, then the clock of whoever has the order now, from ``at`` on."""
    promise, *others = handling_times.started_by_report(Lane(order.lane), answer.decision.alarm)
    subject, pace = f"order:{order.id}", Pace(order.category, order.severity, answer.basis.times, versions)
    promised = clocks.start(session, subject, [promise], pace, calendar, order.received_at, now)
    if at >= promised[0].due_at:  # it goes out after the promise was over, and is still answered
        promised += clocks.start(session, subject, [handling_times.RESULT], pace, calendar, at, now)
    return [*promised, *clocks.start(session, subject, others, pace, calendar, at, now)]


def _order(session: Session, new: NewReport, place: Located, answer: Answer) -> Order:
    cell_x, cell_y = place.cell
    order = Order(
        id=ids.new_id(),
        version=1,
        state=deciding.state_after(answer.decision),
        category=new.category,
        place=geometry.point(place.lon, place.lat),
        edition_id=place.edition_id,
        grid_id=place.location.grid.id if place.location.grid else None,
        returns=0,
        severity=severity.at_intake(answer.basis.emergency),
        cell_x=cell_x,
        cell_y=cell_y,
        acted_at=new.acted_at,
        received_at=new.received_at,
        changed_at=new.decided_at or new.received_at,
        **deciding.holders(answer),
    )
    session.add(order)
    session.flush()  # what refers to it is written by other mappers, in an order of their own
    return order


def _report(session: Session, order_id: uuid.UUID, new: NewReport, place: tuple[float, float], now: Instant) -> Report:
    report = Report(
        id=ids.new_id(),
        order_id=order_id,
        source=new.source,
        source_key=new.source_key,
        their_due_at=new.their_due_at,
        place=geometry.point(*place),
        given_x=new.x,
        given_y=new.y,
        crs=new.crs,
        accuracy_m=new.accuracy_m,
        received_at=new.received_at,
        recorded_at=now,
    )
    session.add(report)
    return report


def _give_receipt(session: Session, report: Report, master_key: str, new: NewReport, now: Instant) -> str:
    receipt = ids.new_receipt()
    access.issue(session, f"report:{report.id}", receipt, now)
    if new.name or new.phone:
        vault.keep(session, master_key, f"report:{report.id}", new.name, new.phone, now)
    return receipt


def _came(session: Session, order: Order, report: Report, new: NewReport, now: Instant) -> dict[str, Any]:
    """What the journal tells of a report: no words, no place, no person."""
    cite = journal.keep_words(session, subject=f"report:{report.id}", field="words", body=new.words, at=now)
    return {"order": str(order.id), "source": new.source, "crs": new.crs, "category": new.category, "words": cite}


def _write_down(
    session: Session, order: Order, report: Report, new: NewReport, answer: Answer, rings: bool, now: Instant
) -> None:
    """The decision, and two events: the report came; its order went out, was handed over, or waits for the desk."""
    came = _came(session, order, report, new, now)
    deciding.first(session, order.id, "table", answer.facts.as_data(), answer.decision.as_data(), "system:intake", now)
    location = answer.facts.covering
    routed = {
        "report": str(report.id),
        "edition": str(order.edition_id),
        "grid": location.code if location else None,
        "squad": str(order.squad_id) if order.squad_id else None,
        "lane": order.lane,
        "row": answer.decision.row,
        "reasons": [reason.code for reason in answer.decision.reasons],
        "alarm": answer.decision.alarm,
        "rings": rings and order.lane == Lane.SQUAD,
    }
    if order.lane == Lane.TRANSFER and order.partner_id:
        letter = transfers.send(session, order, order.partner_id, answer.decision.row, now)
        routed |= {"partner": str(order.partner_id), "letter": letter.number}
    entries = [
        journal.Entry(f"report:{report.id}", 1, "report.received", new.actor, now, came),
        journal.Entry(f"order:{order.id}", 1, STARTS[Lane(order.lane)], "system:intake", now, routed),
    ]
    journal.append_many(session, entries)
    if answer.near:
        links.suggest(session, order, answer.near, now)


STARTS = {
    Lane.DESK: "order.waiting",
    Lane.SQUAD: "order.dispatched",
    Lane.GRID: "order.dispatched",
    Lane.UNIT: "order.dispatched",
    Lane.TRANSFER: "order.transferred",
}
"""How the journal calls the first event of an order in each lane."""
