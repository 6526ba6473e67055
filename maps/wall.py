"""The wall's first picture (大屏首图): every open order as one short row, with the names beside in dictionaries.

Tens of thousands may be open, and the wall asks for all of them; so this reads columns instead of objects, and says
nothing twice. What happens afterwards comes whole, order by order, over the live feed.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import shapely
from sqlalchemy import ColumnElement, Text, TextClause, exists, select, text, type_coerce
from sqlalchemy.orm import Session, aliased

from dispatch.models import Decided, Order
from dispatch.rules.workflow import State
from grids.models import Grid
from maps import names
from maps.schemas import WallOut
from maps.subjects import OPEN, WAITED_FOR, of_order
from town import ids, watch
from town.clock import Instant
from town.partners import Partner
from town.people import Squad
from town.watch import Deadline

COLUMNS = (
    "id", "code", "version", "state", "lane", "category", "lon", "lat", "grid", "squad", "partner", "outcome",
    "received", "changed", "clock", "started", "due", "late", "alarm",
)  # fmt: skip
"""What each place of a row means. Moments are milliseconds since 1970; places are degrees, CGCS2000."""

DECIMALS = 6
"""Of a degree: about a decimetre, finer than any screen."""
ENDED = text("work_order.state IN ('closed', 'answered')")
UNTAKEN = (State.RECEIVED, State.RETURNED, State.ARBITRATION, State.DISPATCHED)
"""An alarm is over when somebody has signed for the order."""
ALARMED = '%"alarm":true%'

Which = TextClause | ColumnElement[bool]
Clock = tuple[str | None, int | None, int | None, bool]
NO_CLOCK: Clock = (None, None, None, False)


def picture(session: Session, position: int, since: Instant, now: Instant) -> WallOut:
    """Every open order, and those that ended since a moment; each row as ``COLUMNS`` has it."""
    shown = (OPEN,), (ENDED, Order.changed_at >= since)
    found = [row for which in shown for row in _read(session, which)]
    rows = _rows(found, _clocks(session), _alarms(session))
    return WallOut(position=position, at=now, columns=COLUMNS, orders=rows, names=names.of(session, shown))


def _read(session: Session, which: Sequence[Which]) -> Sequence[Any]:
    asked = (
        select(Order.id, Order.version, Order.state, Order.lane, Order.category, Order.place, Order.outcome)
        .add_columns(Order.received_at, Order.changed_at)
        .add_columns(Grid.code.label("grid"), Squad.code.label("squad"), Partner.code.label("partner"))
        .outerjoin(Grid, Grid.id == Order.grid_id)
        .outerjoin(Squad, Squad.id == Order.squad_id)
        .outerjoin(Partner, Partner.id == Order.partner_id)
    )
    return session.execute(asked.where(*which)).all()


def _rows(found: Sequence[Any], clocks: Mapping[str, Clock], alarms: Collection[uuid.UUID]) -> list[list[Any]]:
    points = shapely.from_wkb([bytes(row.place.data) for row in found])
    places = shapely.get_coordinates(points).round(DECIMALS).tolist()
    return [
        [
            str(row.id), ids.short(row.id), row.version, row.state, row.lane, row.category, *place,
            row.grid, row.squad, row.partner, row.outcome, _milliseconds(row.received_at), _milliseconds(row.changed_at),
            *clocks.get(f"order:{row.id}", NO_CLOCK), row.id in alarms,
        ]
        for row, place in zip(found, places, strict=True)
    ]  # fmt: skip


def _clocks(session: Session) -> dict[str, Clock]:
    """Of each open order the clock that is due first: kind, started, due, late. Of several the last one read stays."""
    asked = select(Deadline.subject, Deadline.kind, Deadline.started_at, Deadline.due_at, Deadline.state)
    joined = asked.join(Order, Deadline.subject == of_order(session)).where(OPEN, *WAITED_FOR)
    found = session.execute(joined.order_by(Deadline.due_at.desc(), Deadline.id.desc()))
    return {
        subject: (kind, _milliseconds(started), _milliseconds(due), state == watch.State.MISSED)
        for subject, kind, started, due, state in found
    }


def _alarms(session: Session) -> set[uuid.UUID]:
    """Orders whose last decision alarms the desk, and which nobody has taken up yet."""
    later = aliased(Decided)
    superseded = exists().where(later.order_id == Decided.order_id, later.round > Decided.round)
    asked = select(Decided.order_id).join(Order, Order.id == Decided.order_id).where(OPEN, Order.state.in_(UNTAKEN))
    return set(session.scalars(asked.where(type_coerce(Decided.answer, Text).like(ALARMED), ~superseded)))


def _milliseconds(at: Instant) -> int:
    return round(at.timestamp() * 1000)
