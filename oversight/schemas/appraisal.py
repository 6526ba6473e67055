"""Frozen months, appeals and formulas (考核、申诉、考核办法) as they are asked for and shown."""

import datetime as dt
import uuid
from typing import Any

from pydantic import Field

from oversight.rules.appeals import AppealGround
from oversight.rules.indicators import Indicator
from oversight.schemas.figures import DefinitionOut, OrderNamed
from town.bodies import Body, Reply

MONTH = r"^2[0-9]{3}-(0[1-9]|1[0-2])$"


class MonthIn(Body):
    """冻结: which month."""

    month: str = Field(pattern=MONTH)


class RevisionQuery(Body):
    """Which revision of a month; the one that counts if not said."""

    revision: int | None = Field(default=None, ge=1, le=10_000)


class PartOut(Reply):
    """One indicator of the formula for one squad. Sums are weighed by difficulty, in hundredths of an order."""

    indicator: str
    name: str
    weight: int
    numerator: int
    denominator: int
    orders: int
    share: str


class AppraisedOut(Reply):
    """What came out for the town or a squad. ``result``: weighed, 0 to 100 as text, or n/a. ``values``: plain counts."""

    key: str
    name: str
    result: str
    parts: list[PartOut]
    values: dict[str, tuple[int, int]]
    excluded: int


class FormulaOut(Reply):
    """考核办法 with its digest."""

    id: uuid.UUID
    name: str
    valid_from: dt.date
    digest: str
    content: dict[str, Any]
    kept_at: dt.datetime
    kept_by_name: str


class FormulasOut(Reply):
    """Every edition, newest first."""

    formulas: list[FormulaOut]


class AppealIn(Body):
    """申诉: a month, and the order or the indicator it is about."""

    month: str = Field(pattern=MONTH)
    ground: AppealGround
    words: str = Field(min_length=1, max_length=2000)
    order: uuid.UUID | None = None
    indicator: Indicator | None = None


class AppealOut(Reply):
    """申诉. ``revision``: the one that followed from it."""

    id: uuid.UUID
    month: str
    squad: str
    squad_name: str
    order: OrderNamed | None
    indicator: str | None
    indicator_name: str | None
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
    revision: int | None
    may_decide: bool


class RevisionOut(Reply):
    """One revision of a month: when it was frozen, and the appeal that it follows from."""

    revision: int
    frozen_at: dt.datetime
    frozen_by_name: str
    digest: str
    follows: str | None
    appeal: uuid.UUID | None


class MonthShown(Reply):
    """A frozen month in a list."""

    month: str
    revision: int
    frozen_at: dt.datetime
    formula_name: str
    digest: str
    orders: int
    result: str
    open_appeals: int


class MonthsOut(Reply):
    """Every frozen month, newest first."""

    months: list[MonthShown]


class LeftOut(Reply):
    """An order that was left out of the month, and why."""

    order: OrderNamed
    holder: str
    ground: str
    ground_name: str


class MonthOut(MonthShown):
    """One revision of a month with everything that was made of it."""

    revisions: list[RevisionOut]
    formula: FormulaOut
    follows: str | None
    definitions: list[DefinitionOut]
    town: AppraisedOut
    squads: list[AppraisedOut]
    excluded: list[LeftOut]
    appeals: list[AppealOut]
