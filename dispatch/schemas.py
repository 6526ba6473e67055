"""What the dispatch room sends and takes over HTTP."""

import datetime as dt
import uuid
from typing import Any

from pydantic import Field

from dispatch.rules.workflow import Action, Outcome, State
from town.bodies import LAST_POSITION, Body, Reply


class Coded(Reply):
    """A thing people know by code and name."""

    code: str
    name: str


class PlaceOut(Reply):
    """Degrees, CGCS2000."""

    lon: float
    lat: float


class ClockOut(Reply):
    """时限: one clock of an order."""

    kind: str
    name: str
    started_at: dt.datetime
    due_at: dt.datetime
    state: str
    provisional: bool


class OrderOut(Reply):
    """工单, as lists, walls and tablets see it: no reporter, no words."""

    id: uuid.UUID
    code: str
    version: int
    state: str
    state_name: str
    category: str
    category_name: str
    place: PlaceOut
    grid: Coded | None
    area: Coded | None
    squad: Coded | None
    outcome: str | None
    outcome_name: str | None
    received_at: dt.datetime
    changed_at: dt.datetime
    clock: ClockOut | None
    late: bool


class ReasonOut(Reply):
    """Why the order went where it went."""

    code: str
    text: str


class LineOut(Reply):
    """One line of the timeline (轨迹). ``actor`` and ``words``, what he wrote, are for staff only."""

    at: dt.datetime
    kind: str
    text: str
    state: str | None
    late: bool
    actor: str | None = None
    words: str | None = None


class StepOut(Reply):
    """A step the asker may take now, and what must come with it."""

    action: str
    name: str
    requires: list[str]


class PhotoOut(Reply):
    """照片, by id; ``stage`` says when it was taken in the order's life."""

    id: uuid.UUID
    stage: str
    width: int
    height: int


class OrderDetail(OrderOut):
    """工单 with everything the people working on it need."""

    words: list[str]
    reasons: list[ReasonOut]
    timeline: list[LineOut]
    clocks: list[ClockOut]
    photos: list[PhotoOut]
    allowed: list[StepOut]


class OrderPage(Reply):
    """A page of orders, newest first; ``next`` continues it."""

    orders: list[OrderOut]
    next: uuid.UUID | None


class OrderQuery(Body):
    """Which orders: by state, before an id (keyset paging)."""

    state: State | None = None
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class StepIn(Body):
    """One step: on which version, and the facts that the workflow asks for."""

    action: Action
    version: int = Field(ge=1, le=2**31 - 1)
    words: str | None = Field(default=None, min_length=1, max_length=2000)
    outcome: Outcome | None = None
    squad: str | None = Field(default=None, min_length=1, max_length=40)

    @property
    def given(self) -> dict[str, Any]:
        """The facts that were given."""
        facts = {"words": self.words, "outcome": self.outcome, "squad": self.squad}
        return {name: value for name, value in facts.items() if value is not None}


class ChangesQuery(Body):
    """Changes after a position of the journal."""

    after: int = Field(default=0, ge=0, le=LAST_POSITION)
    limit: int = Field(default=200, ge=1, le=500)


class ChangeOut(Reply):
    """One numbered event and the order as it is now."""

    position: int
    event: uuid.UUID
    kind: str
    at: dt.datetime
    order: OrderOut | None


class ChangesOut(Reply):
    """A pull: ``position`` is where to go on; ``more`` says whether there is more at once."""

    position: int
    more: bool
    changes: list[ChangeOut]
