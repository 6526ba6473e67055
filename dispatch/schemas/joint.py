"""Joint tasks (吹哨报到) as they are called, answered and shown."""

import datetime as dt
import uuid
from typing import Any

from pydantic import Field

from dispatch.rules.joint import Action, Ground, Outcome
from dispatch.schemas.basics import ClockOut, Coded, StepOut
from town.bodies import Body, Reply

MOST_CALLED = 10
"""Bodies in one call."""


class JointOrderOut(Reply):
    """The order that a task belongs to. ``squad``: who leads it, empty where a unit or a 网格员 does."""

    id: uuid.UUID
    code: str
    category_name: str
    squad: Coded | None


class JointOut(Reply):
    """协办任务. ``kind``: squad or partner. ``words``: what it was called for. ``refusals``: how often it was refused."""

    id: uuid.UUID
    order: JointOrderOut
    version: int
    body: Coded
    kind: str
    kind_name: str
    state: str
    state_name: str
    refusals: int
    ground_name: str | None
    outcome_name: str | None
    last_resort: bool
    called_at: dt.datetime
    called_by_name: str
    words: str | None
    clocks: list[ClockOut]
    allowed: list[StepOut]


class JointPage(Reply):
    """A page of tasks, newest first; ``next`` continues it."""

    tasks: list[JointOut]
    next: uuid.UUID | None


class JointQuery(Body):
    """Which tasks: open ones only unless told otherwise, before an id (keyset paging)."""

    open: bool = True
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class JointCallIn(Body):
    """吹哨: who is called, by codes, and what for."""

    squads: list[str] = Field(default=[], max_length=MOST_CALLED)
    partners: list[str] = Field(default=[], max_length=MOST_CALLED)
    words: str = Field(min_length=1, max_length=2000)


class JointStepIn(Body):
    """One step of a task: on which version, and the facts that the table asks for. ``squad``, ``partner``, ``power``: codes."""

    action: Action
    version: int = Field(ge=1, le=2**31 - 1)
    words: str | None = Field(default=None, min_length=1, max_length=2000)
    ground: Ground | None = None
    power: str | None = Field(default=None, min_length=1, max_length=40)
    outcome: Outcome | None = None
    squad: str | None = Field(default=None, min_length=1, max_length=40)
    partner: str | None = Field(default=None, min_length=1, max_length=40)

    @property
    def given(self) -> dict[str, Any]:
        """The facts that were given."""
        facts = {name: getattr(self, name) for name in FACTS}
        return {name: value for name, value in facts.items() if value is not None}


FACTS = ("words", "ground", "power", "outcome", "squad", "partner")
