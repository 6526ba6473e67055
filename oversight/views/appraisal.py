"""Appraisal over HTTP (考核): frozen months, their exports, appeals and formulas."""

import uuid

from flask import Response

from dispatch.services import naming
from oversight.rules import periods
from oversight.schemas.appraisal import (
    AppealIn,
    AppealOut,
    FormulasOut,
    MonthIn,
    MonthOut,
    MonthsOut,
    RevisionQuery,
)
from oversight.schemas.figures import JudgementIn
from oversight.services.appraisal import appeals, appraisal, appraisal_shown, formulas
from oversight.services.appraisal.appeals import Objection
from oversight.services.figures import exports, figures
from oversight.views.indicators import file
from town import profile
from town.access import staff
from town.errors import Refused
from town.http import Call, Routes
from town.people import Role

routes = Routes("appraisal", "/api/v1/appraisal")

READERS = staff(*figures.SEES_ALL, Role.SQUAD_LEADER)
SUPERVISORS = staff(Role.SUPERVISOR)
LEADERS = staff(Role.SQUAD_LEADER)


@routes.get("/months", rights=READERS, gives=MonthsOut)
def list_months(call: Call) -> MonthsOut:
    """Every frozen month, newest first."""
    return MonthsOut(months=appraisal_shown.months(call.session))


@routes.post("/months", rights=SUPERVISORS, takes=MonthIn, gives=MonthOut, status=201)
def freeze_month(call: Call, sent: MonthIn) -> MonthOut:
    """冻结: keep a month that is over, before it is frozen by itself."""
    town = profile.current(call.session)
    return appraisal_shown.month(
        call.session, call.who, appraisal.freeze(call.session, town, sent.month, call.who.name, call.now)
    )


@routes.get("/months/<month>", rights=READERS, query=RevisionQuery, gives=MonthOut)
def show_month(call: Call, query: RevisionQuery, month: str) -> MonthOut:
    """One revision of a month with everything that was made of it."""
    return appraisal_shown.month(call.session, call.who, appraisal.find(call.session, _month(month), query.revision))


@routes.get("/months/<month>.csv", rights=READERS, query=RevisionQuery)
def export_month_csv(call: Call, query: RevisionQuery, month: str) -> Response:
    """The results as CSV."""
    shown = show_month(call, query, month)
    return file(exports.as_csv(exports.month(shown)[0]), exports.CSV_TYPE, f"appraisal-{shown.month}.csv")


@routes.get("/months/<month>.xlsx", rights=READERS, query=RevisionQuery)
def export_month_xlsx(call: Call, query: RevisionQuery, month: str) -> Response:
    """The results, the counts, what was left out and what it rests on as XLSX."""
    shown = show_month(call, query, month)
    return file(exports.as_xlsx(exports.month(shown)), exports.XLSX_TYPE, f"appraisal-{shown.month}.xlsx")


@routes.post("/appeals", rights=LEADERS, takes=AppealIn, gives=AppealOut, status=201)
def appeal(call: Call, sent: AppealIn) -> AppealOut:
    """申诉: a squad's leader objects to a frozen month."""
    told = Objection(sent.month, sent.ground, sent.words, sent.order, sent.indicator)
    return appraisal_shown.appeal_out(call.session, call.who, appeals.ask(call.session, call.who, told, call.now))


@routes.post("/appeals/<uuid:appeal_id>/decision", rights=SUPERVISORS, takes=JudgementIn, gives=AppealOut)
def decide_appeal(call: Call, sent: JudgementIn, appeal_id: uuid.UUID) -> AppealOut:
    """裁定: a new revision of the month where the squad is right; the old one stays."""
    town = profile.current(call.session)
    decided = appeals.decide(call.session, town, call.who, appeal_id, sent.approve, sent.words, call.now)
    return appraisal_shown.appeal_out(call.session, call.who, decided)


@routes.get("/formulas", rights=READERS, gives=FormulasOut)
def list_formulas(call: Call) -> FormulasOut:
    """Every edition of the formula, newest first; none while it is still the house's proposal."""
    names = naming.names(call.session, None)
    return FormulasOut(formulas=[appraisal_shown.formula_out(row, names) for row in formulas.listed(call.session)])


def _month(text: str) -> str:
    try:
        periods.month(text)
    except ValueError:
        raise Refused("not_found") from None
    return text
