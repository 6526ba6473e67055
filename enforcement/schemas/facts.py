"""What an act says, as it comes in (要素校验): one model per action, made from the table of fields."""

import datetime as dt
import uuid
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, StringConstraints, create_model
from pydantic import Field as Limit

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.fields import FIELDS, Field, Kind
from town.bodies import Body

MOST_FEN = 10**12
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
Fen = Annotated[int, Limit(ge=0, le=MOST_FEN, strict=True)]
FIRST, LAST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
"""Moments that terms can be reckoned from: no clock runs over the end of the calendar."""
Day = Annotated[dt.date, Limit(ge=FIRST.date(), lt=LAST.date())]
Login = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class Item(Body):
    """物品: one line of a list of goods."""

    name: Line
    spec: Line | None = None
    amount: Line
    unit: Line | None = None
    state: Line | None = None


class Answer(Body):
    """问答: one question of a record with its answer."""

    question: Text
    answer: Text


class Member(Body):
    """参加人: somebody at a collective discussion, with his opinion."""

    name: Line
    opinion: Text


class Part(Body):
    """分期: one instalment."""

    due: Day
    fen: Annotated[int, Limit(gt=0, le=MOST_FEN, strict=True)]


FactorValue = bool | int | float | Annotated[str, StringConstraints(max_length=60)]
TYPES: dict[Kind, Any] = {
    Kind.TEXT: Text,
    Kind.LINE: Line,
    Kind.MONEY: Fen,
    Kind.WHOLE: Annotated[int, Limit(ge=0, le=10**9, strict=True)],
    Kind.DAY: Day,
    Kind.MOMENT: Annotated[AwareDatetime, Limit(ge=FIRST, lt=LAST)],
    Kind.FLAG: Annotated[bool, Limit(strict=True)],
    Kind.OFFICERS: Annotated[list[Login], Limit(min_length=1, max_length=20)],
    Kind.PERSON: Login,
    Kind.EVIDENCE: Annotated[list[Annotated[int, Limit(ge=1, le=9999)]], Limit(min_length=1, max_length=200)],
    Kind.ITEMS: Annotated[list[Item], Limit(min_length=1, max_length=200)],
    Kind.ANSWERS: Annotated[list[Answer], Limit(min_length=1, max_length=200)],
    Kind.MEMBERS: Annotated[list[Member], Limit(min_length=2, max_length=30)],
    Kind.PARTS: Annotated[list[Part], Limit(min_length=1, max_length=36)],
    Kind.FACTORS: Annotated[dict[Login, FactorValue], Limit(max_length=60)],
    Kind.PARTY: uuid.UUID,
    Kind.FILE: uuid.UUID,
    Kind.PAPER: uuid.UUID,
}


@cache
def model_of(action: Action) -> type[BaseModel]:
    """The model that an action's facts must fit. What is missing is left to the table, which says so in its own words."""
    deed = DEEDS[action]
    told: dict[str, Any] = {name: (_type_of(FIELDS[name]) | None, None) for name in (*deed.requires, *deed.takes)}
    return create_model(f"{action.title().replace('_', '')}Facts", __base__=Body, __doc__=deed.name, **told)


def _type_of(field: Field) -> Any:
    if field.kind is Kind.CHOICE:
        return Literal[tuple(field.choices or ())]
    if field.kind is Kind.CHOICES:
        one: Any = Literal[tuple(field.choices or ())]
        return Annotated[list[one], Limit(min_length=1, max_length=20)]
    return TYPES[field.kind]
