"""Cases opened over HTTP: out of an order, or of what a squad found itself. Everything after stands at /api/v1/cases."""

import uuid

from dispatch import schemas
from dispatch.services import cases
from dispatch.services.cases import CaseWish, Found
from dispatch.services.correcting import Point
from town import profile
from town.access import SQUAD_ROLES, staff
from town.http import Call, Routes

routes = Routes("case_openings", "/api/v1")

SQUADS = staff(*SQUAD_ROLES)


@routes.post(
    "/orders/<uuid:order_id>/case",
    rights=SQUADS,
    takes=schemas.CaseFromOrderIn,
    gives=schemas.CaseOpenedOut,
    status=201,
)
def open_from_order(call: Call, sent: schemas.CaseFromOrderIn, order_id: uuid.UUID) -> schemas.CaseOpenedOut:
    """转立案: the order goes into a case and waits for it."""
    wish = CaseWish(tuple(sent.officers), sent.words, sent.power, sent.acted_from, sent.acted_on)
    case = cases.open_from_order(call.session, call.who, order_id, sent.version, wish, call.now)
    return schemas.CaseOpenedOut(id=case.id, version=case.version)


@routes.post("/cases", rights=SQUADS, takes=schemas.CaseFoundIn, gives=schemas.CaseOpenedOut, status=201)
def open_found(call: Call, sent: schemas.CaseFoundIn) -> schemas.CaseOpenedOut:
    """检查发现: a case of what a squad found itself."""
    wish = CaseWish(tuple(sent.officers), sent.words, sent.power, sent.acted_from, sent.acted_on)
    found = Found(Point(sent.place.lon, sent.place.lat, sent.place.crs, sent.place.accuracy_m), sent.category)
    town = profile.current(call.session)
    case = cases.open_found(call.session, town, call.who, wish, found, call.now)
    return schemas.CaseOpenedOut(id=case.id, version=case.version)
