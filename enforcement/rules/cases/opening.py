"""What a case begins with (案件来源)."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """线索: an act of somebody under one power at a place. Longitude and latitude in degrees, CGCS2000; days local.

    ``in_town``: whether the place lies in the town (行政处罚法 22), as the map says. ``acted_from`` to ``acted_on``: how long
    the act lasted; ``discovered_on``: when it was discovered, which the limitation counts to (36).
    """

    order_id: uuid.UUID | None
    squad_id: uuid.UUID
    officers: tuple[str, ...]
    event_code: str | None
    power_code: str
    lon: float
    lat: float
    grid_code: str | None
    in_town: bool
    acted_from: dt.date
    acted_on: dt.date
    discovered_on: dt.date
    source: str
    words: str
