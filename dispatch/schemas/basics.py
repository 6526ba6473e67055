"""What many answers are made of."""

import datetime as dt
import uuid
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from town.bodies import Body, Reply

FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 1, 1)
"""Far enough for any town's lists, and within what every zone and engine can reckon with."""


def _within_reach(moment: dt.datetime) -> dt.datetime:
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise ValueError("out of reach")
    return moment.astimezone(dt.UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
"""A moment with its zone, as UTC."""
Day = Annotated[dt.date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class Coded(Reply):
    """A thing people know by code and name."""

    code: str
    name: str


class Named(Reply):
    """A colleague, by name only."""

    name: str


class ClockOut(Reply):
    """时限: one clock of an order. ``extended``: what was granted beyond its term, in its own unit.

    ``percent``: the share of its time that is used by now; ``sentence``: why it is due when it is. Both only where one
    order is shown, null in lists.
    """

    id: uuid.UUID
    kind: str
    name: str
    started_at: dt.datetime
    due_at: dt.datetime
    state: str
    provisional: bool
    paused: bool
    extended: int
    percent: int | None
    sentence: str | None


class StepOut(Reply):
    """A step the asker may take now, and what must come with it."""

    action: str
    name: str
    requires: list[str]


class PlaceOut(Reply):
    """Degrees, CGCS2000."""

    lon: float
    lat: float


class PlaceIn(Body):
    """地点: degrees in a declared coordinate system, longitude first; never guessed."""

    lon: float
    lat: float
    crs: str = Field(min_length=1, max_length=20)
    accuracy_m: float | None = Field(default=None, ge=0, le=100_000)


class ReporterIn(Body):
    """举报人, if he wants to be known: sealed in the vault at once."""

    name: str | None = Field(default=None, min_length=1, max_length=60)
    phone: str | None = Field(default=None, pattern=r"^\+?[0-9][0-9 -]{4,19}$")
