"""What the desk (指挥中心) sends and gets."""

import uuid
from enum import StrEnum
from typing import Literal

from pydantic import Field, field_validator

from dispatch.rules.sources import DESK_SOURCES, Source
from dispatch.schemas.basics import Coded, Moment, PlaceIn, ReporterIn
from dispatch.schemas.orders import OrderDetail, OrderOut, ReportOut
from town.bodies import Body, Reply


class Queue(StrEnum):
    """What waits for the desk, and everything."""

    PENDING = "pending"
    RETURNED = "returned"
    ARBITRATION = "arbitration"
    TRANSFERRED = "transferred"
    DUPLICATES = "duplicates"
    SUSPENDED = "suspended"
    EXTENSIONS = "extensions"
    ALARMS = "alarms"
    ALL = "all"


class DeskQuery(Body):
    """One queue, newest first, before an id. ``row``: of those that wait to be decided, the ones this row could not."""

    queue: Queue = Queue.ALL
    row: str | None = Field(default=None, min_length=1, max_length=40)
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class DeskOrderOut(OrderOut):
    """工单 in a queue. ``row``: of the routing table, as the queues are counted; ``why``: the reason that tells most."""

    row: str
    why: str | None


class DeskPage(Reply):
    """A page of a queue, newest first; ``next`` continues it."""

    orders: list[DeskOrderOut]
    next: uuid.UUID | None


class PendingOut(Reply):
    """待研判, and how many of it by each row of the routing table."""

    total: int
    by_row: dict[str, int]


class QueuesOut(Reply):
    """How many orders wait in each queue."""

    pending: PendingOut
    returned: int
    arbitration: int
    transferred: int
    duplicates: int
    suspended: int
    extensions: int
    alarms: int


class DeskReportIn(Body):
    """来件登记: a matter that came by telephone, letter, 12345, 110 or word of mouth. ``joins``: the order it is about."""

    source: Source
    their_number: str | None = Field(default=None, min_length=1, max_length=100)
    their_due_at: Moment | None = None
    received_at: Moment | None = None
    place: PlaceIn
    words: str = Field(min_length=1, max_length=2000)
    category: str = Field(min_length=1, max_length=20)
    reporter: ReporterIn | None = None
    joins: uuid.UUID | None = None

    @field_validator("source")
    @classmethod
    def by_hand(cls, source: Source) -> Source:
        """The phone has its own door."""
        if source not in DESK_SOURCES:
            raise ValueError("not by hand")
        return source


class DeskReportOut(Reply):
    """What became of it; the receipt is told to the reporter and kept nowhere else."""

    receipt: str
    report: ReportOut
    order: OrderDetail


class LinkIn(Body):
    """One matter, or two."""

    state: Literal["linked", "dismissed"]


class CorrectionIn(Body):
    """更正: another place or another kind of matter, and why. ``version``: of the order as it was seen."""

    version: int = Field(ge=1, le=2**31 - 1)
    place: PlaceIn | None = None
    category: str | None = Field(default=None, min_length=1, max_length=20)
    words: str = Field(min_length=1, max_length=2000)


class SourceOut(Coded):
    """来源. ``numbered``: their number must be kept; ``timed``: they may set a time limit."""

    numbered: bool
    timed: bool


class SquadOption(Coded):
    """A squad that may be given an order: the codes of its areas, and its fields (empty: all)."""

    areas: list[str]
    fields: list[str]


class PartnerOption(Coded):
    """A body that an order may be handed to."""

    kind: str


class CategoryOption(Coded):
    """A kind of matter on today's list."""

    class_name: str
    nature: str
    nature_name: str
    field: str
    emergency: bool
    small: bool


class PowerOption(Coded):
    """A line of today's power list."""

    standing: str
    why: str


class OptionsOut(Reply):
    """Everything the desk chooses from."""

    sources: list[SourceOut]
    squads: list[SquadOption]
    partners: list[PartnerOption]
    categories: list[CategoryOption]
    powers: list[PowerOption]
    grounds: list[Coded]
    outcomes: list[Coded]
    severities: list[Coded]
    suspension_grounds: list[Coded]
    extension_grounds: list[Coded]
