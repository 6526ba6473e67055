"""Orders as they are shown, and the steps that are sent."""

import datetime as dt
import uuid
from typing import Any, Literal

from pydantic import Field

from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Action, Outcome, State
from dispatch.schemas.basics import ClockOut, Coded, Day, Named, PlaceOut, StepOut
from dispatch.schemas.cases import CaseOfOrder
from dispatch.schemas.joint import JointOut
from dispatch.schemas.waiting import ExtensionOut, SuspensionOut
from town.bodies import LAST_POSITION, Body, Reply


class OrderShown(Reply):
    """工单, as everybody who may see it sees it: no reporter, no words.

    ``alarm``: the desk must look at once, and nobody has signed for it yet. ``sources``: names of the ways it came by.
    ``suspended``: it is put aside (挂账).
    """

    id: uuid.UUID
    code: str
    version: int
    state: str
    state_name: str
    lane: str
    lane_name: str
    category: str
    category_name: str
    place: PlaceOut
    grid: Coded | None
    area: Coded | None
    squad: Coded | None
    leader: Named | None
    partner: Coded | None
    outcome: str | None
    outcome_name: str | None
    sources: list[str]
    alarm: bool
    received_at: dt.datetime
    changed_at: dt.datetime
    clock: ClockOut | None
    late: bool
    severity: str
    severity_name: str
    suspended: bool


class OrderOut(OrderShown):
    """工单 in lists, on walls and tablets. ``links``: how many suggestions wait for the desk."""

    power: Coded | None
    links: int


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


class PhotoOut(Reply):
    """照片, by id; ``stage`` says when it was taken in the order's life."""

    id: uuid.UUID
    stage: str
    width: int
    height: int


class PowerOut(Coded):
    """执法事项 that the order was given out under, and how it stands on the day of the act."""

    basis: str
    mode: str
    mode_name: str
    standing: str
    why: str


class DecisionOut(Reply):
    """派单决定: one round of it, with its reasons."""

    round: int
    way: str
    way_name: str
    at: dt.datetime
    actor_name: str
    row: str
    row_name: str
    lane: str
    reasons: list[ReasonOut]


class OtherOrder(Reply):
    """The order at the other end of a link; ``words``: how its first report begins."""

    id: uuid.UUID
    code: str
    state: str
    state_name: str
    category_name: str
    received_at: dt.datetime
    words: str | None


class LinkOut(Reply):
    """重复线索."""

    id: uuid.UUID
    state: str
    state_name: str
    distance_m: float
    hours_apart: float
    other: OtherOrder


class TransferOut(Reply):
    """移送: one letter and what the other body said."""

    number: str
    partner: Coded
    rule: str
    rule_name: str
    sent_at: dt.datetime
    reply: str | None
    reply_name: str | None
    replied_at: dt.datetime | None


class ReportOut(Reply):
    """举报, as the desk sees it: by which way it came, their number and time limit, never who."""

    id: uuid.UUID
    code: str
    source: str
    source_name: str
    their_number: str | None
    their_due_at: dt.datetime | None
    their_late: bool
    received_at: dt.datetime
    answered_at: dt.datetime | None
    words: str | None


class LayerOut(Reply):
    """The grid of a professional layer (专业网格) that the place lies in."""

    layer: str
    grid: Coded


class OrderDetail(OrderShown):
    """工单 with everything the people working on it need. ``accuracy_m``: of its place, as it was last decided on.

    ``case``: the case that came of it, for those who may see it. ``can_open_case``: whether the asker may open one now.
    ``joint``: everybody who was called to it; ``can_call``: whether the asker may call somebody now.
    """

    accuracy_m: float | None
    power: PowerOut | None
    words: list[str]
    reasons: list[ReasonOut]
    timeline: list[LineOut]
    clocks: list[ClockOut]
    photos: list[PhotoOut]
    allowed: list[StepOut]
    decisions: list[DecisionOut]
    links: list[LinkOut]
    transfers: list[TransferOut]
    reports: list[ReportOut]
    layers: list[LayerOut]
    returns: int
    case: CaseOfOrder | None
    can_open_case: bool
    suspension: SuspensionOut | None
    extension: ExtensionOut | None
    joint: list[JointOut]
    can_call: bool


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
    """One step: on which version, and the facts that the workflow asks for. ``squad``, ``partner``, ``power``: codes.

    ``ground``: one that the step knows. ``until``: the local day to which an order is put aside. ``clock``, ``amount``:
    which time limit shall be longer, and by how much of its own unit.
    """

    action: Action
    version: int = Field(ge=1, le=2**31 - 1)
    words: str | None = Field(default=None, min_length=1, max_length=2000)
    outcome: Outcome | None = None
    squad: str | None = Field(default=None, min_length=1, max_length=40)
    partner: str | None = Field(default=None, min_length=1, max_length=40)
    ground: str | None = Field(default=None, min_length=1, max_length=40)
    power: str | None = Field(default=None, min_length=1, max_length=40)
    severity: Severity | None = None
    until: Day | None = None
    clock: Literal["handle", "settle"] | None = None
    amount: int | None = Field(default=None, ge=1, le=10_000)

    @property
    def given(self) -> dict[str, Any]:
        """The facts that were given."""
        facts = {name: getattr(self, name) for name in FACTS}
        return {name: value for name, value in facts.items() if value is not None}


FACTS = ("words", "outcome", "squad", "partner", "ground", "power", "severity", "until", "clock", "amount")


class ChangesQuery(Body):
    """Changes after a position of the journal."""

    after: int = Field(default=0, ge=0, le=LAST_POSITION)
    limit: int = Field(default=200, ge=1, le=500)


class ChangeOut(Reply):
    """One numbered event and the order as it is now. ``gone``: the order that this event took from who is asking."""

    position: int
    event: uuid.UUID
    kind: str
    at: dt.datetime
    order: OrderOut | None
    gone: uuid.UUID | None = None


class ChangesOut(Reply):
    """A pull: ``position`` is where to go on; ``more`` says whether there is more at once."""

    position: int
    more: bool
    changes: list[ChangeOut]
