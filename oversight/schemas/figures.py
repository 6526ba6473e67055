"""Indicators and exclusions (指标、剔除) as they are asked for and shown."""

import datetime as dt
import uuid
from typing import Literal

from pydantic import ConfigDict, Field

from dispatch.schemas import Day, OrderOut
from oversight.rules.counting import TOWN, By, Part
from oversight.rules.order_facts import Ground
from town.bodies import Body, Reply

LONGEST_KEY = 40


class FiguresQuery(Body):
    """Which local days, both included, and how they are broken down."""

    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    by: By = By.TOWN


class BehindQuery(FiguresQuery):
    """Which number: the row by its key, the part of it; before an order's id (keyset paging)."""

    key: str = Field(default=TOWN, min_length=1, max_length=LONGEST_KEY)
    part: Part
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class DefinitionOut(Reply):
    """口径: an indicator in words."""

    code: str
    name: str
    numerator: str
    denominator: str
    less_is_better: bool


class ValueOut(Reply):
    """``share``: None for nothing out of nothing, and then ``text`` is n/a. ``excluded``: how many were left out."""

    numerator: int
    denominator: int
    share: float | None
    text: str
    excluded: int


class RowOut(Reply):
    """One row: the town, an area, a squad, or ``@…`` for orders that none of them has."""

    key: str
    name: str
    values: dict[str, ValueOut]
    excluded: int


class FiguresOut(Reply):
    """指标 of some local days."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)
    since: dt.date = Field(alias="from")
    until: dt.date = Field(alias="to")
    by: By
    definitions: list[DefinitionOut]
    rows: list[RowOut]


class OrderBehind(Reply):
    """An order behind a number, and why it stands there."""

    order: OrderOut
    why: str


class OrdersBehind(Reply):
    """A page of them, newest first; ``next`` continues it."""

    orders: list[OrderBehind]
    next: uuid.UUID | None


class ExclusionIn(Body):
    """申请剔除."""

    ground: Ground
    words: str = Field(min_length=1, max_length=2000)


class JudgementIn(Body):
    """审核: yes or no, and why."""

    approve: bool
    words: str = Field(min_length=1, max_length=2000)


class OrderNamed(Reply):
    """An order by the code people read aloud."""

    id: uuid.UUID
    code: str


class ExclusionsQuery(Body):
    """Newest first, before an id."""

    state: Literal["asked", "approved", "denied"] | None = None
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class ExclusionOut(Reply):
    """剔除. ``may_decide``: whether the asker of this page may say yes or no."""

    id: uuid.UUID
    order: OrderNamed
    ground: str
    ground_name: str
    state: str
    state_name: str
    asked_by_name: str
    asked_at: dt.datetime
    words: str | None
    decided_by_name: str | None
    decided_at: dt.datetime | None
    decision_words: str | None
    may_decide: bool


class ExclusionsOut(Reply):
    """A page of them."""

    exclusions: list[ExclusionOut]
    next: uuid.UUID | None
