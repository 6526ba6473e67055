"""Orders as people see them (工单视图): one query for many, the same picture on wall, tablet and desk."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.rules.categories import CATEGORIES
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Outcome, State
from dispatch.schemas import ClockOut, Coded, LineOut, OrderDetail, OrderOut, PhotoOut, PlaceOut, ReasonOut, StepOut
from dispatch.services import steps
from grids.models import Area, Grid
from town import geometry, ids, journal, media, watch
from town.access import Actor
from town.clock import Instant
from town.people import Squad

Found = Row[Order, Grid, Area, Squad]


def one(session: Session, order_id: uuid.UUID) -> OrderOut | None:
    """The picture of one order."""
    return many(session, [order_id]).get(order_id)


def many(session: Session, order_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OrderOut]:
    """Pictures by order id."""
    wanted = list(order_ids)
    return {picture.id: picture for picture in _draw(session, _select().where(Order.id.in_(wanted)))}


def on_the_wall(session: Session, since: Instant) -> list[OrderOut]:
    """Every open order, and those that ended since a moment."""
    return _draw(session, _select().where(or_(Order.state.not_in(workflow.ENDED), Order.changed_at >= since)))


def page(session: Session, who: Actor, state: str | None, before: uuid.UUID | None, limit: int) -> list[OrderOut]:
    """Newest first, before an id; people of a squad see their squad's."""
    query = _select().order_by(Order.id.desc()).limit(limit)
    if who.in_squad:
        query = query.where(Order.squad_id.is_not(None), Order.squad_id == who.squad_id)
    if state:
        query = query.where(Order.state == state)
    if before:
        query = query.where(Order.id < before)
    return _draw(session, query)


def detail(session: Session, who: Actor, order: Order) -> OrderDetail:
    """Everything about one order for the people who work on it; never who reported it."""
    subject = f"order:{order.id}"
    reports = list(session.scalars(select(Report).where(Report.order_id == order.id).order_by(Report.received_at)))
    about = [f"report:{report.id}" for report in reports]
    steps_now = workflow.allowed(State(order.state), steps.posts_of(who, order), order.handler == who.name)
    picture = many(session, [order.id])[order.id]
    return OrderDetail(
        **dict(picture),
        words=[body for name in about if (body := journal.words_of(session, name, "words"))],
        reasons=_reasons(session, order),
        timeline=timeline(session, [*about, subject]),
        clocks=[clock_out(clock) for clock in watch.of(session, subject)],
        photos=[_photo(photo) for name in [*about, subject] for photo in media.of_subject(session, name)],
        allowed=[
            StepOut(action=step.action, name=labels.ACTIONS[step.action], requires=list(step.requires))
            for step in steps_now
        ],
    )


def timeline(session: Session, subjects: Sequence[str], *, to_the_reporter: bool = False) -> list[LineOut]:
    """What happened, oldest first; a clock that ran out is a line of its own.

    The reporter is told neither names nor what colleagues wrote to each other.
    """
    lines = [
        line
        for subject in subjects
        for line in (*_happened(session, subject, to_the_reporter), *_missed(session, subject))
    ]
    return sorted(lines, key=lambda line: line.at)


def _happened(session: Session, subject: str, to_the_reporter: bool) -> Iterator[LineOut]:
    for event in journal.events_of(session, subject):
        if event.kind in labels.TIMELINE:
            text = labels.happened(event.kind, to_the_reporter=to_the_reporter)
            yield LineOut(
                at=event.at,
                kind=event.kind,
                text=text.format(squad=_squad(session, event.data)),
                state=event.data.get("to") or START_STATES.get(event.kind),
                late=False,
                actor=None if to_the_reporter else event.actor,
                words=None if to_the_reporter else _words(session, event.data),
            )


def _missed(session: Session, subject: str) -> Iterator[LineOut]:
    for clock in watch.of(session, subject):
        if clock.state == watch.State.MISSED:
            yield LineOut(at=clock.due_at, kind="clock.missed", text=labels.missed(clock.kind), state=None, late=True)


def _words(session: Session, data: dict[str, str]) -> str | None:
    return journal.words_by_cite(session, data["words"]) if "words" in data else None


START_STATES = {
    "report.received": State.RECEIVED,
    "order.waiting": State.RECEIVED,
    "order.dispatched": State.DISPATCHED,
}


def clock_out(clock: watch.Deadline) -> ClockOut:
    """A clock with its Chinese name."""
    return ClockOut(
        kind=clock.kind,
        name=labels.CLOCKS[Clock(clock.kind)],
        started_at=clock.started_at,
        due_at=clock.due_at,
        state=clock.state,
        provisional=clock.provisional,
    )


def start_of_day(now: Instant, zone: dt.tzinfo) -> Instant:
    """Midnight of the town's day that ``now`` falls in."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)


def _select() -> Select[Order, Grid, Area, Squad]:
    joined = select(Order, Grid, Area, Squad).outerjoin(Grid, Grid.id == Order.grid_id)
    return joined.outerjoin(Area, Area.id == Grid.area_id).outerjoin(Squad, Squad.id == Order.squad_id)


def _draw(session: Session, query: Select[Order, Grid, Area, Squad]) -> list[OrderOut]:
    found = session.execute(query).all()
    clocks = watch.nearest(session, [f"order:{order.id}" for order, *_ in found])
    return [_picture(row, clocks.get(f"order:{row[0].id}")) for row in found]


def _picture(found: Found, clock: watch.Deadline | None) -> OrderOut:
    order, grid, area, squad = found
    lon, lat = geometry.lonlat(order.place)
    return OrderOut(
        id=order.id,
        code=ids.short(order.id),
        version=order.version,
        state=order.state,
        state_name=labels.STATES[State(order.state)],
        category=order.category,
        category_name=CATEGORIES.get(order.category, order.category),
        place=PlaceOut(lon=lon, lat=lat),
        grid=Coded(code=grid.code, name=grid.name) if grid else None,
        area=Coded(code=area.code, name=area.name) if area else None,
        squad=Coded(code=squad.code, name=squad.name) if squad else None,
        outcome=order.outcome,
        outcome_name=labels.OUTCOMES[Outcome(order.outcome)] if order.outcome else None,
        received_at=order.received_at,
        changed_at=order.changed_at,
        clock=clock_out(clock) if clock else None,
        late=clock is not None and clock.state == watch.State.MISSED,
    )


def _reasons(session: Session, order: Order) -> list[ReasonOut]:
    """The reasons as they were decided, with today's names for the codes."""
    areas = dict(session.execute(select(Area.code, Area.name).where(Area.edition_id == order.edition_id)).all())
    squads = dict(session.execute(select(Squad.code, Squad.name)).all())
    named = []
    for reason in order.reasons:
        facts = {name: value for name, value in reason.items() if name != "code"}
        facts |= {name: known[facts[name]] for name, known in (("area", areas), ("squad", squads)) if name in facts}
        named.append(ReasonOut(code=reason["code"], text=labels.reason(reason["code"], facts)))
    return named


def _squad(session: Session, data: dict[str, str]) -> str:
    squad = session.get(Squad, uuid.UUID(data["squad"])) if data.get("squad") else None
    return squad.name if squad else "中队"


def _photo(photo: media.Photo) -> PhotoOut:
    return PhotoOut(id=photo.id, stage=photo.stage, width=photo.width, height=photo.height)
