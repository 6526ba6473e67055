"""Orders as people see them (工单视图): one query for many, the same picture on wall, tablet and desk."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch import labels
from dispatch.models import Order
from dispatch.rules.categories import CATEGORIES
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Lane, Outcome, State
from dispatch.schemas import ClockOut, Coded, Named, OrderOut, PlaceOut
from dispatch.services import marks, sight
from enforcement.models import EventType, Power
from grids.models import Area, Grid
from town import calendars, geometry, ids, terms, watch
from town.access import Actor
from town.clock import Instant
from town.partners import Partner
from town.people import Account, Squad
from town.terms import Calendar

CLOCK_NAMES: Mapping[str, Mapping[str, str]] = {
    "order": {str(clock): name for clock, name in labels.CLOCKS.items()},
    "joint": {str(clock): name for clock, name in labels.JOINT_CLOCKS.items()},
}


def one(session: Session, order_id: uuid.UUID) -> OrderOut | None:
    """The picture of one order."""
    return many(session, [order_id]).get(order_id)


def many(session: Session, order_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OrderOut]:
    """Pictures by order id."""
    wanted = list(order_ids)
    return {picture.id: picture for picture in _draw(session, DRAWN.where(Order.id.in_(wanted)))}


def page(session: Session, who: Actor, state: str | None, before: uuid.UUID | None, limit: int) -> list[OrderOut]:
    """Newest first, before an id; everybody what he may see."""
    seen = sight.theirs(who)
    return among(session, and_(seen, Order.state == state) if state else seen, before, limit)


def among(session: Session, which: ColumnElement[bool], before: uuid.UUID | None, limit: int) -> list[OrderOut]:
    """Those a condition holds for, newest first, before an id."""
    query = DRAWN.where(which).order_by(Order.id.desc()).limit(limit)
    return _draw(session, query.where(Order.id < before) if before else query)


def clock_out(
    clock: watch.Deadline,
    names: Mapping[str, str] | None = None,
    percent: int | None = None,
    sentence: str | None = None,
) -> ClockOut:
    """A clock with its Chinese name, by default one of an order's or a joint task's."""
    called = CLOCK_NAMES.get(clock.subject.partition(":")[0], {}) if names is None else names
    return ClockOut(
        id=clock.id,
        kind=clock.kind,
        name=called.get(clock.kind, clock.kind),
        started_at=clock.started_at,
        due_at=clock.due_at,
        state=clock.state,
        provisional=clock.provisional,
        paused=clock.state == watch.State.PAUSED,
        extended=clock.extended,
        percent=percent,
        sentence=sentence,
    )


def clocks_out(
    session: Session, clocks: Sequence[watch.Deadline], now: Instant, names: Mapping[str, str] | None = None
) -> list[ClockOut]:
    """Clocks that explain themselves: how much of each is used, and why it is due when it is."""
    calendar, pauses = calendars.current(session), watch.pauses_of(session, [clock.id for clock in clocks])
    return [_explained(clock, calendar, pauses.get(clock.id, []), now, names) for clock in clocks]


def _explained(
    clock: watch.Deadline,
    calendar: Calendar,
    pauses: Sequence[watch.Pause],
    now: Instant,
    names: Mapping[str, str] | None,
) -> ClockOut:
    """One that nobody waits for any more has used nothing."""
    over = clock.state in (watch.State.DROPPED, watch.State.PAST)
    percent = None if over else watch.percent(clock, calendar, pauses, now)
    return clock_out(clock, names, percent, terms.explain(watch.reckon(clock, calendar, pauses)))


def start_of_day(now: Instant, zone: dt.tzinfo) -> Instant:
    """Midnight of the town's day that ``now`` falls in."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)


CODED: dict[str, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str]]] = {
    "grid": (Grid.code, Grid.name),
    "area": (Area.code, Area.name),
    "squad": (Squad.code, Squad.name),
    "partner": (Partner.code, Partner.name),
    "power": (Power.code, Power.name),
}


def _select() -> Select[*tuple[Any, ...]]:
    power = and_(Power.edition_id == Order.power_edition_id, Power.code == Order.power_code)
    event = and_(EventType.edition_id == Order.event_edition_id, EventType.code == Order.category)
    coded = (
        column.label(f"{name}_{part}")
        for name, (code, called) in CODED.items()
        for part, column in (("code", code), ("name", called))
    )
    told = Account.name.label("leader"), EventType.name.label("event")
    beside = (
        marks.ways().label("ways"),
        marks.suggestions().label("links"),
        marks.alarmed().label("alarm"),
    )
    joined = select(Order, *coded, *told, *beside).outerjoin(Grid, Grid.id == Order.grid_id)
    joined = joined.outerjoin(Area, Area.id == Grid.area_id).outerjoin(Squad, Squad.id == Order.squad_id)
    joined = joined.outerjoin(Partner, Partner.id == Order.partner_id).outerjoin(Power, power)
    return joined.outerjoin(Account, Account.id == Order.leader_id).outerjoin(EventType, event)


DRAWN = _select()
"""Built once: it is asked for every order that moves."""


def _draw(session: Session, query: Select[*tuple[Any, ...]]) -> list[OrderOut]:
    found = session.execute(query).all()
    clocks = watch.nearest(session, [f"order:{row.Order.id}" for row in found])
    return [_picture(row, clocks.get(f"order:{row.Order.id}")) for row in found]


def _picture(found: Row[Any], clock: watch.Deadline | None) -> OrderOut:
    order: Order = found.Order
    lon, lat = geometry.lonlat(order.place)
    return OrderOut(
        id=order.id,
        code=ids.short(order.id),
        version=order.version,
        state=order.state,
        state_name=labels.STATES[State(order.state)],
        lane=order.lane,
        lane_name=labels.LANES[Lane(order.lane)],
        category=order.category,
        category_name=found.event or CATEGORIES.get(order.category, order.category),
        place=PlaceOut(lon=lon, lat=lat),
        grid=_coded(found.grid_code, found.grid_name),
        area=_coded(found.area_code, found.area_name),
        squad=_coded(found.squad_code, found.squad_name),
        leader=Named(name=found.leader) if found.leader else None,
        partner=_coded(found.partner_code, found.partner_name),
        power=_coded(order.power_code, found.power_name or order.power_code),
        outcome=order.outcome,
        outcome_name=labels.OUTCOMES[Outcome(order.outcome)] if order.outcome else None,
        sources=marks.source_names((found.ways or "").split(",") if found.ways else ()),
        links=found.links,
        alarm=bool(found.alarm),
        received_at=order.received_at,
        changed_at=order.changed_at,
        clock=clock_out(clock) if clock else None,
        late=clock is not None and clock.state == watch.State.MISSED,
        severity=order.severity,
        severity_name=labels.SEVERITIES[Severity(order.severity)],
        suspended=order.state == State.SUSPENDED,
    )


def _coded(code: str | None, name: str | None) -> Coded | None:
    return Coded(code=code, name=name or code) if code else None
