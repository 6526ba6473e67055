"""What map screens get."""

import datetime as dt
from typing import Any

from pydantic import Field

from dispatch.schemas import OrderOut
from town.bodies import LAST_POSITION, Body, Reply


class GridLayer(Reply):
    """A GeoJSON FeatureCollection of the active edition's grids."""

    type: str
    features: list[dict[str, Any]]
    bbox: list[float] | None = None


class WallOut(Reply):
    """The wall's first picture: every open order, those ended today, and the position to go on from."""

    position: int
    at: dt.datetime
    orders: list[OrderOut]


class LiveQuery(Body):
    """Where a stream begins."""

    after: int = Field(default=0, ge=0, le=LAST_POSITION)
