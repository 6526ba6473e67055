"""The citizen's phone (居民端): report, read the answer by receipt, add photos, rate."""

import uuid
from collections.abc import Callable, Iterable

from flask import Response
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch import views as orders
from dispatch.models import Order, Report
from dispatch.rules import handling_times
from dispatch.rules.workflow import Outcome, State
from dispatch.schemas import Coded, LineOut, PhotoOut, PlaceOut, ReporterIn
from dispatch.services import NewReport, links, matters, photos, pictures, receive, reporters, timeline
from mobile_api import schemas
from town import geometry, ids, journal, media, profile, terms, watch, workdays
from town.access import PUBLIC, WITH_RECEIPT
from town.bodies import Upload
from town.errors import Refused
from town.http import Call, Routes
from town.terms import Calendar

routes = Routes("citizen", "/api/v1")

NOTHING_SIMILAR = schemas.SimilarOut(count=0, can_join=False, joined=False)
INTERIM = {State.IN_CASE: "order.told", State.SUSPENDED: "order.suspended"}
"""Where an order may stand with nothing promised, and the line that says what the reporter was told instead."""
PROMISES = frozenset(row.clock for row in handling_times.PROMISES)


@routes.post("/reports", rights=PUBLIC, takes=schemas.ReportIn, gives=schemas.ReceiptOut, status=201)
def report(call: Call, sent: schemas.ReportIn) -> schemas.ReceiptOut:
    """举报: one transaction from the point on the map to the squad's order."""
    town = profile.current(call.session)
    matters.require(call.session, sent.category, call.now)
    who = sent.reporter or ReporterIn()
    new = NewReport(
        x=sent.place.lon,
        y=sent.place.lat,
        crs=sent.place.crs,
        accuracy_m=sent.place.accuracy_m,
        words=sent.words,
        received_at=call.now,
        category=sent.category,
        name=who.name,
        phone=who.phone,
    )
    received = receive(call.session, town, call.settings.master_key, new, call.now)
    grid = received.location.grid
    return schemas.ReceiptOut(
        receipt=received.receipt,
        code=ids.short(received.order.id),
        state=received.order.state,
        state_name=labels.STATES[State(received.order.state)],
        received_at=call.now,
        squad=received.squad.name if received.squad else None,
        grid=Coded(code=grid.code, name=grid.name) if grid else None,
        promise=_promise(received.promise, received.calendar),
        similar=_similar(call.session, received.order) if received.alike else NOTHING_SIMILAR,
        next=list(labels.NEXT),
        emergency=labels.EMERGENCY,
    )


@routes.get("/report", rights=WITH_RECEIPT, gives=schemas.MyReportOut)
def my_report(call: Call) -> schemas.MyReportOut:
    """进度与答复: what happened so far, lateness included."""
    report, order = reporters.his(call.session, call.who.report_id)
    about, subject = f"report:{report.id}", f"order:{order.id}"
    picture = pictures.many(call.session, [order.id])[order.id]
    lon, lat = geometry.lonlat(report.place)
    promised = _promised(call.session, order)
    lines = timeline.of(call.session, [about, subject], to_the_reporter=True)
    return schemas.MyReportOut(
        code=picture.code,
        state=picture.state,
        state_name=labels.STATES_TO_THE_REPORTER.get(State(order.state), picture.state_name),
        words=journal.words_of(call.session, about, "words"),
        category_name=picture.category_name,
        received_at=report.received_at,
        place=PlaceOut(lon=lon, lat=lat),
        squad=picture.squad.name if picture.squad else None,
        grid=picture.grid,
        promise=_promise(promised, _calendar(call.session)) if promised else None,
        timeline=lines,
        interim=_interim(lines, order),
        answer=_answer(call.session, order),
        rating=_rating(report),
        can_rate=order.state == State.ANSWERED and report.rated_at is None,
        similar=_similar(call.session, order),
        photos=[_photo(photo) for photo in media.of_subject(call.session, about)],
    )


def admit_photo(call: Call, sent: Upload) -> Callable[[], media.Prepared]:
    """Whether the report takes another photo; then the slow work on it."""
    report, _ = reporters.his(call.session, call.who.report_id)
    return photos.admit(call.session, call.settings, report, sent.content)


@routes.post("/report/photos", rights=WITH_RECEIPT, takes=Upload, prepares=admit_photo, gives=PhotoOut, status=201)
def add_photo(call: Call, ready: media.Prepared) -> PhotoOut:
    """One photo; each is sent, and confirmed, on its own."""
    report, _ = reporters.his(call.session, call.who.report_id)
    return _photo(photos.add(call.session, call.settings, report, ready, "reporter", call.now))


@routes.get("/report/photos/<uuid:photo_id>", rights=WITH_RECEIPT)
def my_photo(call: Call, photo_id: uuid.UUID) -> Response:
    """The stripped derivative of one of his own photos."""
    photo = call.session.get(media.Photo, photo_id)
    if photo is None or photo.subject != f"report:{call.who.report_id}":
        raise Refused("not_found")
    return orders.view(call, photo)


@routes.post("/report/rating", rights=WITH_RECEIPT, takes=schemas.RatingIn, gives=schemas.RatingOut)
def rate(call: Call, sent: schemas.RatingIn) -> schemas.RatingOut:
    """评价: once, after the answer."""
    report, order = reporters.his(call.session, call.who.report_id)
    reporters.rate(call.session, report, order, sent.solved, sent.attitude, sent.words, call.now)
    return schemas.RatingOut(solved=sent.solved, attitude=sent.attitude, at=call.now)


@routes.post("/report/join", rights=WITH_RECEIPT, gives=schemas.SimilarOut)
def join(call: Call) -> schemas.SimilarOut:
    """同一件事: by his word it is what others have reported; he is shown nothing of theirs, and keeps his own answer."""
    _, order = reporters.his(call.session, call.who.report_id)
    links.join(call.session, order, call.now)
    return _similar(call.session, order)


def _similar(session: Session, order: Order) -> schemas.SimilarOut:
    count, joined = len(links.joinable(session, order)), links.joined(session, order)
    return schemas.SimilarOut(count=count, can_join=count > 0 and not joined, joined=joined)


def _promise(clock: watch.Deadline, calendar: Calendar) -> schemas.PromiseOut:
    due = watch.reckon(clock, calendar)
    return schemas.PromiseOut(due_at=clock.due_at, explanation=terms.explain(due), provisional=clock.provisional)


def _calendar(session: Session) -> Calendar:
    return workdays.calendar(session, profile.current(session))


def _promised(session: Session, order: Order) -> watch.Deadline | None:
    """The promise he waits for, or the last one; none while a case runs or it is put aside, of which he has been told."""
    promises = [clock for clock in watch.of(session, f"order:{order.id}") if clock.kind in PROMISES]
    waiting = [clock for clock in promises if clock.met_at is None]
    if order.state in INTERIM and not waiting:
        return None
    return min(waiting, key=lambda clock: clock.due_at) if waiting else promises[-1]


def _interim(lines: Iterable[LineOut], order: Order) -> schemas.InterimOut | None:
    """What he was told while it goes on elsewhere, or has to wait; then with what was written for him."""
    told = [line for line in lines if line.kind == INTERIM.get(State(order.state))]
    words = "：".join(filter(None, (told[-1].text, told[-1].words))) if told else ""
    return schemas.InterimOut(words=words, at=told[-1].at) if told else None


def _answer(session: Session, order: Order) -> schemas.AnswerOut | None:
    words = journal.words_of(session, f"order:{order.id}", "answer")
    if order.state != State.ANSWERED or order.outcome is None or words is None:
        return None
    name = labels.OUTCOMES[Outcome(order.outcome)]
    return schemas.AnswerOut(outcome=order.outcome, outcome_name=name, words=words, at=order.changed_at)


def _rating(report: Report) -> schemas.RatingOut | None:
    if report.rated_at is None:
        return None
    return schemas.RatingOut(solved=report.solved or "", attitude=report.attitude or "", at=report.rated_at)


def _photo(photo: media.Photo) -> PhotoOut:
    return PhotoOut(id=photo.id, stage=photo.stage, width=photo.width, height=photo.height)
