"""The procedure as data, and the register of numbers (程序表、文号登记簿)."""

import datetime as dt
import uuid
from typing import Annotated, Any

from pydantic import Field

from enforcement.schemas.acting import FactorOut
from enforcement.schemas.basics import Short, StopOut
from town.bodies import Body, Reply


class ProcedureOut(Reply):
    """程序表: table, fields, factors, stops and clocks as data; a tablet without network applies the same."""

    steps: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    factors: list[FactorOut]
    stops: list[StopOut]
    clocks: list[dict[str, Any]]
    states: dict[str, str]
    lanes: dict[str, str]


class NumberOut(Reply):
    """文号 in the register."""

    text: str
    kind: str
    kind_name: str
    year: int
    sequence: int
    state: str
    state_name: str
    case_id: uuid.UUID
    allocated_at: dt.datetime
    reason: str | None


class NumbersOut(Reply):
    """文号登记簿. ``gaps``: what is wrong with a series; empty when every number is accounted for."""

    numbers: list[NumberOut]
    gaps: list[str]


class NumbersQuery(Body):
    """Which numbers."""

    organ: Short = "town"
    kind: Short | None = None
    year: Annotated[int, Field(ge=2000, le=2999)] | None = None
