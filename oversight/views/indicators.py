"""Indicators over HTTP (指标): the table of a period, the orders behind each number, and what is left out of them."""

import uuid

from flask import Response

from oversight.rules.indicators import Indicator
from oversight.rules.periods import Period
from oversight.schemas.figures import (
    BehindQuery,
    ExclusionIn,
    ExclusionOut,
    ExclusionsOut,
    ExclusionsQuery,
    FiguresOut,
    FiguresQuery,
    JudgementIn,
    OrdersBehind,
)
from oversight.services.figures import exclusions, exports, figures, figures_shown
from oversight.services.figures.figures_shown import Number
from town import profile
from town.access import staff
from town.errors import Refused
from town.http import Call, Routes
from town.people import Role

routes = Routes("indicators", "/api/v1")

READERS = staff(*figures.SEES_ALL, Role.SQUAD_LEADER)
ASKERS = staff(Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR, Role.SQUAD_LEADER)
JUDGES = staff(*exclusions.JUDGES)


@routes.get("/indicators", rights=READERS, query=FiguresQuery, gives=FiguresOut)
def show_indicators(call: Call, query: FiguresQuery) -> FiguresOut:
    """Every indicator of the days asked for; a squad's leader sees those of his squad."""
    town, scope = profile.current(call.session), figures.scope_of(call.session, call.who)
    return figures_shown.table(call.session, town, _period(query), query.by, scope)


@routes.get("/indicators.csv", rights=READERS, query=FiguresQuery)
def export_csv(call: Call, query: FiguresQuery) -> Response:
    """The table as CSV."""
    return file(
        exports.as_csv(exports.figures(show_indicators(call, query))[0]), exports.CSV_TYPE, _named(query, "csv")
    )


@routes.get("/indicators.xlsx", rights=READERS, query=FiguresQuery)
def export_xlsx(call: Call, query: FiguresQuery) -> Response:
    """The table and its definitions as XLSX."""
    return file(
        exports.as_xlsx(exports.figures(show_indicators(call, query))), exports.XLSX_TYPE, _named(query, "xlsx")
    )


@routes.get("/indicators/<code>/orders", rights=READERS, query=BehindQuery, gives=OrdersBehind)
def show_orders_behind(call: Call, query: BehindQuery, code: str) -> OrdersBehind:
    """The orders behind one number, newest first, each with why it stands there."""
    town, scope = profile.current(call.session), figures.scope_of(call.session, call.who)
    number = Number(_indicator(code), query.part, query.by, query.key)
    before = str(query.before) if query.before else None
    return figures_shown.behind(call.session, town, _period(query), number, scope, before, query.limit)


@routes.post("/orders/<uuid:order_id>/exclusion", rights=ASKERS, takes=ExclusionIn, gives=ExclusionOut, status=201)
def ask_exclusion(call: Call, sent: ExclusionIn, order_id: uuid.UUID) -> ExclusionOut:
    """申请剔除: leave an order out of the figures; somebody else decides."""
    asked = exclusions.ask(call.session, call.who, order_id, sent.ground, sent.words, call.now)
    return figures_shown.exclusion_out(call.session, call.who, asked)


@routes.get("/exclusions", rights=READERS, query=ExclusionsQuery, gives=ExclusionsOut)
def list_exclusions(call: Call, query: ExclusionsQuery) -> ExclusionsOut:
    """What is left out, or asked to be, newest first."""
    page = exclusions.page(call.session, call.who, query.state, query.before, query.limit)
    last = page[-1].id if len(page) == query.limit else None
    return ExclusionsOut(exclusions=figures_shown.exclusions_out(call.session, call.who, page), next=last)


@routes.post("/exclusions/<uuid:exclusion_id>/decision", rights=JUDGES, takes=JudgementIn, gives=ExclusionOut)
def decide_exclusion(call: Call, sent: JudgementIn, exclusion_id: uuid.UUID) -> ExclusionOut:
    """审核剔除: by another person than who asked."""
    decided = exclusions.decide(call.session, call.who, exclusion_id, sent.approve, sent.words, call.now)
    return figures_shown.exclusion_out(call.session, call.who, decided)


def file(content: bytes, media_type: str, name: str) -> Response:
    """A file to be saved under a name."""
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _period(query: FiguresQuery) -> Period:
    try:
        return Period(query.since, query.until)
    except ValueError:
        raise Refused("invalid", errors={"to": ["不能早于起始日，一次最多一年"]}) from None


def _indicator(code: str) -> Indicator:
    if code not in set(Indicator):
        raise Refused("not_found")
    return Indicator(code)


def _named(query: FiguresQuery, ending: str) -> str:
    return f"indicators-{query.since}-{query.until}.{ending}"
