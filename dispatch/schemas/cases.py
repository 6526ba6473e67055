"""Cases as they are opened from an order or by a squad, and as an order tells of its own."""

import uuid
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from dispatch.schemas.basics import Day, PlaceIn
from town.bodies import Body, Reply

Login = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,60}$")]


class CaseIn(Body):
    """线索: two officers or more, the days of the act, and what was seen. Without days it was the day it became known."""

    officers: list[Login] = Field(min_length=2, max_length=10)
    acted_from: Day | None = None
    acted_on: Day | None = None
    words: str = Field(min_length=1, max_length=2000)

    @field_validator("officers")
    @classmethod
    def different(cls, officers: list[str]) -> list[str]:
        """One person named twice is one person."""
        if len(set(officers)) < len(officers):
            raise ValueError("the same person twice")
        return officers


class CaseFromOrderIn(CaseIn):
    """转立案. ``version``: of the order as it was seen; ``power``: a code, the order's own if not said."""

    version: int = Field(ge=1, le=2**31 - 1)
    power: str | None = Field(default=None, min_length=1, max_length=40)


class CaseFoundIn(CaseIn):
    """检查发现: what a squad found itself. ``power``, ``category``: codes."""

    place: PlaceIn
    power: str = Field(min_length=1, max_length=40)
    category: str | None = Field(default=None, min_length=1, max_length=20)


class CaseOpenedOut(Reply):
    """The case that was opened; what it tells stands at /api/v1/cases."""

    id: uuid.UUID
    version: int


class CaseOfOrder(Reply):
    """The case that came of an order. ``code``: its number, once it has one: 立案文号, or that of the decision on the spot."""

    id: uuid.UUID
    code: str | None
    state: str
    state_name: str
