"""The desk (指挥中心) over HTTP: its queues, what it takes down by hand, what it chooses from, and links it settles."""

import uuid

from dispatch import schemas
from dispatch.services import NewReport, desk_entry, details, links, options, queues, steps
from dispatch.services.links import LinkState
from town import profile
from town.access import SQUAD_ROLES, staff
from town.http import Call, Routes
from town.people import Role

routes = Routes("desk", "/api/v1")

AT_THE_DESK = staff(Role.DISPATCHER, Role.SUPERVISOR)
DISPATCHERS = staff(Role.DISPATCHER)
CHOOSERS = staff(*SQUAD_ROLES, Role.PARTNER, Role.CHECKER, Role.DISPATCHER, Role.SUPERVISOR)
"""Whoever takes a step of an order chooses its facts."""


@routes.get("/desk/queues", rights=AT_THE_DESK, gives=schemas.QueuesOut)
def show_queues(call: Call) -> schemas.QueuesOut:
    """How much waits, by queue."""
    return queues.count(call.session)


@routes.get("/desk/orders", rights=AT_THE_DESK, query=schemas.DeskQuery, gives=schemas.DeskPage)
def list_queue(call: Call, query: schemas.DeskQuery) -> schemas.DeskPage:
    """The orders of one queue, newest first."""
    found = queues.page(call.session, query.queue, query.row, query.before, query.limit)
    return schemas.DeskPage(orders=found, next=found[-1].id if len(found) == query.limit else None)


@routes.get("/desk/options", rights=CHOOSERS, gives=schemas.OptionsOut)
def show_options(call: Call) -> schemas.OptionsOut:
    """Everything the desk chooses from today."""
    return options.options(call.session, call.now)


@routes.post("/desk/reports", rights=DISPATCHERS, takes=schemas.DeskReportIn, gives=schemas.DeskReportOut, status=201)
def take_down(call: Call, sent: schemas.DeskReportIn) -> schemas.DeskReportOut:
    """来件登记: a call, a letter, 12345, 110 …; a new order, or one more report on an open one."""
    town = profile.current(call.session)
    taken = desk_entry.take_down(call.session, town, call.settings.master_key, _new(call, sent), sent.joins, call.now)
    return schemas.DeskReportOut(
        receipt=taken.receipt,
        report=details.report_out(call.session, taken.report, call.now),
        order=details.detail(call.session, call.who, taken.order, call.now),
    )


@routes.post(
    "/orders/<uuid:order_id>/links/<uuid:link_id>",
    rights=DISPATCHERS,
    takes=schemas.LinkIn,
    gives=schemas.OrderDetail,
)
def settle_link(call: Call, sent: schemas.LinkIn, order_id: uuid.UUID, link_id: uuid.UUID) -> schemas.OrderDetail:
    """One matter or two: said once, and neither order changes by it."""
    order = steps.visible(call.session, call.who, order_id)
    links.settle(call.session, call.who, order_id, link_id, LinkState(sent.state), call.now)
    return details.detail(call.session, call.who, order, call.now)


def _new(call: Call, sent: schemas.DeskReportIn) -> NewReport:
    who = sent.reporter or schemas.ReporterIn()
    return NewReport(
        x=sent.place.lon,
        y=sent.place.lat,
        crs=sent.place.crs,
        accuracy_m=sent.place.accuracy_m,
        words=sent.words,
        received_at=sent.received_at or call.now,
        source=sent.source,
        source_key=sent.their_number,
        category=sent.category,
        name=who.name,
        phone=who.phone,
        their_due_at=sent.their_due_at,
        actor=call.who.name,
    )
