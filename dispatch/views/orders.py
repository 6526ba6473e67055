"""Orders over HTTP, for the people who work on them."""

import uuid
from collections.abc import Callable

from flask import Response, send_file

from dispatch import schemas
from dispatch.models import Report
from dispatch.services import Wish, changes, correcting, details, photos, pictures, steps
from dispatch.services.correcting import Correction, Point
from town import media, profile
from town.access import SQUAD_ROLES, staff
from town.bodies import Upload
from town.errors import Refused
from town.http import Call, Routes
from town.people import Role

routes = Routes("orders", "/api/v1")

HOLDERS = (*SQUAD_ROLES, Role.GRID_WORKER, Role.PARTNER)
READERS = staff(*HOLDERS, Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR, Role.WALL)
WORKERS = staff(*HOLDERS, Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR)
CORRECTORS = staff(*SQUAD_ROLES, Role.DISPATCHER)


@routes.get("/orders", rights=READERS, query=schemas.OrderQuery, gives=schemas.OrderPage)
def list_orders(call: Call, query: schemas.OrderQuery) -> schemas.OrderPage:
    """Orders, newest first."""
    found = pictures.page(call.session, call.who, query.state, query.before, query.limit)
    return schemas.OrderPage(orders=found, next=found[-1].id if len(found) == query.limit else None)


@routes.get("/orders/changes", rights=READERS, query=schemas.ChangesQuery, gives=schemas.ChangesOut)
def pull_changes(call: Call, query: schemas.ChangesQuery) -> schemas.ChangesOut:
    """What changed after a position: how tablets and screens catch up."""
    return changes.after(call.session, call.who, query.after, query.limit)


@routes.get("/orders/<uuid:order_id>", rights=READERS, gives=schemas.OrderDetail)
def show_order(call: Call, order_id: uuid.UUID) -> schemas.OrderDetail:
    """One order with its trace, its reasons and what may be done now."""
    order = steps.visible(call.session, call.who, order_id)
    return details.detail(call.session, call.who, order, call.now)


@routes.post("/orders/<uuid:order_id>/steps", rights=WORKERS, takes=schemas.StepIn, gives=schemas.OrderDetail)
def take_step(call: Call, wish: schemas.StepIn, order_id: uuid.UUID) -> schemas.OrderDetail:
    """Take one step of the workflow."""
    order = steps.take_step(call.session, call.who, order_id, Wish(wish.action, wish.version, wish.given), call.now)
    return details.detail(call.session, call.who, order, call.now)


@routes.post(
    "/orders/<uuid:order_id>/corrections", rights=CORRECTORS, takes=schemas.CorrectionIn, gives=schemas.OrderDetail
)
def correct(call: Call, sent: schemas.CorrectionIn, order_id: uuid.UUID) -> schemas.OrderDetail:
    """更正: put the place or the kind of matter right; the order is decided anew."""
    place = Point(sent.place.lon, sent.place.lat, sent.place.crs, sent.place.accuracy_m) if sent.place else None
    fix = Correction(sent.version, sent.words, place, sent.category)
    order = correcting.correct(call.session, profile.current(call.session), call.who, order_id, fix, call.now)
    return details.detail(call.session, call.who, order, call.now)


def admit_photo(call: Call, sent: Upload, order_id: uuid.UUID) -> Callable[[], media.Prepared]:
    """Whether the order takes another photo; then the slow work on it."""
    order = steps.visible(call.session, call.who, order_id)
    return photos.admit(call.session, call.settings, order, sent.content)


@routes.post(
    "/orders/<uuid:order_id>/photos",
    rights=WORKERS,
    takes=Upload,
    prepares=admit_photo,
    gives=schemas.PhotoOut,
    status=201,
)
def add_photo(call: Call, ready: media.Prepared, order_id: uuid.UUID) -> schemas.PhotoOut:
    """A photo taken while working on the order."""
    order = steps.visible(call.session, call.who, order_id)
    photo = photos.add(call.session, call.settings, order, ready, call.who.name, call.now)
    return details.photo_out(photo)


@routes.get("/photos/<uuid:photo_id>", rights=READERS)
def show_photo(call: Call, photo_id: uuid.UUID) -> Response:
    """The stripped derivative of a photo, for whoever may see its order."""
    photo = call.session.get(media.Photo, photo_id)
    if photo is None:
        raise Refused("not_found")
    steps.visible(call.session, call.who, _order_of(call, photo))
    return view(call, photo)


def view(call: Call, photo: media.Photo) -> Response:
    """A photo as people look at it: the derivative without metadata."""
    return send_file(media.open_view(call.settings, photo), mimetype="image/jpeg")


def _order_of(call: Call, photo: media.Photo) -> uuid.UUID:
    kind, _, identifier = photo.subject.partition(":")
    if kind == "order":
        return uuid.UUID(identifier)
    report = call.session.get(Report, uuid.UUID(identifier))
    if report is None:
        raise Refused("not_found")
    return report.order_id
