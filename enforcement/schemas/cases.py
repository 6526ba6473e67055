"""Penalty cases in lists (案件列表). Sums in fen, moments UTC, days local."""

import datetime as dt
import uuid
from typing import Annotated

from pydantic import Field

from enforcement.rules.cases.states import State
from enforcement.schemas.basics import CodedOut, Short
from town.bodies import Body, Reply


class ClockShown(Reply):
    """时限 in a list: what runs out next."""

    kind: str
    name: str
    due_at: dt.datetime
    late: bool


class CaseOut(Reply):
    """案件 in lists. ``party_name`` is masked for those whose post does not need it. ``waits_for``: whose move it is."""

    id: uuid.UUID
    code: str | None
    version: int
    state: str
    state_name: str
    lane: str
    lane_name: str
    power: CodedOut
    party_name: str | None
    squad: CodedOut
    handlers: list[str]
    waits_for: list[str]
    opened_at: dt.datetime
    changed_at: dt.datetime
    outcome: str | None
    outcome_name: str | None
    fine_fen: int | None
    clock: ClockShown | None
    order_id: uuid.UUID | None


class CasePage(Reply):
    """案件, newest first."""

    cases: list[CaseOut]
    next: uuid.UUID | None


class CaseQuery(Body):
    """Which cases. ``mine``: where the asker is in charge, or must approve or review."""

    state: State | None = None
    squad: Short | None = None
    mine: bool = False
    q: Short | None = None
    before: uuid.UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
