"""What map screens get."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, SkipValidation

from dispatch.schemas import Coded
from town.bodies import LAST_POSITION, Body, Reply


class GridLayer(Reply):
    """A GeoJSON FeatureCollection of the active edition's grids."""

    type: str
    features: list[dict[str, Any]]
    bbox: list[float] | None = None


class GridName(Reply):
    """A grid's name, and the code and name of its area."""

    name: str
    area: str
    area_name: str


class Names(Reply):
    """Chinese names of the codes in the rows beside it, by code."""

    states: dict[str, str]
    outcomes: dict[str, str]
    clocks: dict[str, str]
    categories: dict[str, str]
    grids: dict[str, GridName]
    squads: dict[str, str]
    partners: dict[str, str]


class WallOut(Reply):
    """The wall's first picture: every open order, those ended today, and the position to go on from.

    ``orders``: a row each, whose values stand in the order of ``columns``: codes (named in ``names``), degrees (CGCS2000),
    moments in milliseconds since 1970. ``clock``, ``started``, ``due``: the clock that is due first.
    """

    position: int
    at: dt.datetime
    columns: tuple[str, ...]
    orders: Annotated[list[list[Any]], SkipValidation]
    names: Names


class LoadOut(Reply):
    """负荷 of one grid: open orders, of these late, and due within two hours; ``grid`` is null for those in no grid."""

    grid: str | None
    open: int
    late: int
    due_soon: int


class LoadsOut(Reply):
    """Every grid that has open orders."""

    at: dt.datetime
    grids: list[LoadOut]


class PositionOut(Reply):
    """Where a squad's tablet was last. Degrees, CGCS2000; ``accuracy_m`` in metres; ``age_s``: seconds since then."""

    device: str
    squad: Coded
    lon: float
    lat: float
    accuracy_m: float | None
    at: dt.datetime
    age_s: int


class PositionsOut(Reply):
    """The tablets heard of in the last half hour; only the last place of each is kept anywhere."""

    at: dt.datetime
    positions: list[PositionOut]


class LiveQuery(Body):
    """Where a stream begins."""

    after: int = Field(default=0, ge=0, le=LAST_POSITION)
