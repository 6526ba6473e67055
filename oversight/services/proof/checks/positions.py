"""Stored positions equal the map (地点与网格一致): what intake found in memory, PostGIS or shapely finds again.

An order is held against the edition it was decided under; a place on a border belongs to the lowest code.
"""

import uuid
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

import shapely
from geoalchemy2 import WKBElement
from sqlalchemy import Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from dispatch.models import Order
from grids import services as grids
from grids.models import Grid
from grids.rules.locate import Locator
from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen
from town import profile

PAGE = 10_000
"""Places looked up at once."""

Wrong = tuple[uuid.UUID, str | None, str | None]
"""An order, the code of the grid it names, and of the one that covers it."""
Placed = Row[tuple[uuid.UUID, uuid.UUID, WKBElement, str | None]]


def positions(ground: Ground) -> Seen:
    """Both judges on PostgreSQL: what either says is told."""
    session = ground.session
    looked, wrong = by_memory(session)
    told = {order: (order, stored, None) for order, stored in by_postgis(session)}
    every: dict[uuid.UUID, Wrong] = {**told, **{one[0]: one for one in wrong}}
    return Seen(looked, [_found(one) for one in every.values()])


def by_memory(session: Session) -> tuple[int, list[Wrong]]:
    """Every place looked up anew in its edition, thousands at a time."""
    looked: int = 0
    wrong: list[Wrong] = []
    town = profile.current(session)
    for edition, rows in groupby(_placed(session), key=lambda row: row.edition_id):
        locator = grids.locator_of(session, town, edition)
        while page := list(islice(rows, PAGE)):
            looked += len(page)
            wrong += _misplaced(page, locator)
    return looked, wrong


def _misplaced(page: Sequence[Placed], locator: Locator) -> list[Wrong]:
    places = shapely.get_coordinates(shapely.from_wkb([_wkb(row.place) for row in page]))
    codes = locator.locate_many(places[:, 0], places[:, 1])
    return [(row.id, row.code, code) for row, code in zip(page, codes, strict=True) if row.code != code]


def _wkb(place: WKBElement) -> bytes | str:
    return place.data if isinstance(place.data, str) else bytes(place.data)


def _placed(session: Session) -> Iterable[Placed]:
    asked = select(Order.id, Order.edition_id, Order.place, Grid.code).outerjoin(Grid, Grid.id == Order.grid_id)
    return session.execute(asked.order_by(Order.edition_id), execution_options={"yield_per": PAGE})


def by_postgis(session: Session) -> list[tuple[uuid.UUID, str | None]]:
    """ST_Covers of the grid an order names; for one outside, of every grid of its edition. SQLite knows none."""
    if session.get_bind().dialect.name == "sqlite":
        return []
    return [(order, code) for order, code in session.execute(UNCOVERED)]


def _uncovered() -> Select[uuid.UUID, str | None]:
    other = aliased(Grid)
    inside = exists().where(other.edition_id == Order.edition_id, func.ST_Covers(other.shape, Order.place))
    asked = select(Order.id, Grid.code).outerjoin(Grid, Grid.id == Order.grid_id)
    elsewhere = and_(Order.grid_id.is_not(None), func.ST_Covers(Grid.shape, Order.place).is_not(True))
    return asked.where(or_(elsewhere, and_(Order.grid_id.is_(None), inside)))


UNCOVERED = _uncovered()


def _found(wrong: Wrong) -> Found:
    order, stored, covering = wrong
    return Found(f"order:{order}", {"stored": stored, "covering": covering})


def _said(facts: Facts) -> str:
    stored, covering = (facts[name] or "镇外" for name in ("stored", "covering"))
    return f"记的是网格 {stored}，按当时的地图应是 {covering}。"


CHECKS = (
    Check("order_position", "地点与网格一致", positions, _said, "请指挥中心用“更正”重新定位；多件时请报告管理员。"),
)
