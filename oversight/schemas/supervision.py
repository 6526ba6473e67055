"""What supervision sends and gets over HTTP (督办预警)."""

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from pydantic import Field

from dispatch.schemas import ClockOut, Coded, StepOut
from oversight.rules.supervision import Action, Outcome, State
from town.bodies import Body, Reply
from town.ladders import Level


class AboutOut(Reply):
    """What a clock hangs on: an order, a case, a joint task or a 督办单, as people call it."""

    kind: Literal["order", "case", "joint", "supervision"]
    kind_name: str
    id: uuid.UUID
    code: str
    title: str


class PassedOut(Reply):
    """A seat that was passed over, and why nobody there was told."""

    seat: str
    seat_name: str
    why: str
    why_name: str
    person_name: str | None


class AlarmOut(Reply):
    """预警: which clock reached which level, and whom it was brought to. ``fallback``: nobody of the chain was there."""

    id: uuid.UUID
    subject: AboutOut
    clock_id: uuid.UUID
    clock: str
    clock_name: str
    level: str
    level_name: str
    percent: int
    due_at: dt.datetime
    reached_at: dt.datetime
    raised_at: dt.datetime
    squad: Coded | None
    seat: str
    seat_name: str
    person_name: str | None
    mine: bool
    fallback: bool
    passed: list[PassedOut]
    closed_at: dt.datetime | None
    closed_why: str | None
    closed_why_name: str | None


class AlarmPage(Reply):
    """A page of alarms, newest first. ``standing``: how many the asker sees that ask for something, by level."""

    alarms: list[AlarmOut]
    next: uuid.UUID | None
    standing: dict[str, int]


Subject = Annotated[str, Field(pattern=r"^(order|case|joint|supervision):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""What a clock hangs on, as the journal spells it."""


class AlarmQuery(Body):
    """Which alarms: standing ones or closed ones, brought to the asker, of a level, about a subject, before an id."""

    open: bool | None = None
    mine: bool = False
    level: Level | None = None
    subject: Subject | None = None
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class PaperLine(Reply):
    """A 督办单 that a notice tells of."""

    id: uuid.UUID
    number: str
    state: str
    state_name: str


class NoticeOut(Reply):
    """通知: everything one person was told at once. ``alarms``, ``supervisions``: the newest of what it gathers."""

    id: uuid.UUID
    level: str
    level_name: str
    opened_at: dt.datetime
    rings_at: dt.datetime
    rung_at: dt.datetime | None
    count: int
    seen_at: dt.datetime | None
    alarms: list[AlarmOut]
    supervisions: list[PaperLine]


class NoticesOut(Reply):
    """Somebody's notices, newest first; ``unseen``: how many he has not looked at."""

    notices: list[NoticeOut]
    unseen: int


class NoticeQuery(Body):
    """Which of one's own notices: ``open`` are those not looked at yet."""

    open: bool = True
    limit: int = Field(default=20, ge=1, le=100)


class ReplyOut(Reply):
    """书面回复: the newest answer. ``words`` are empty when they were erased."""

    words: str | None
    at: dt.datetime
    by_name: str


class SupervisionEvent(Reply):
    """One line of a 督办单's life."""

    at: dt.datetime
    kind: str
    text: str
    actor: str
    words: str | None


class SupervisionOut(Reply):
    """督办单. ``squad`` and ``partner`` both empty: it is addressed to a post of the town."""

    id: uuid.UUID
    number: str
    version: int
    state: str
    state_name: str
    subject: AboutOut
    squad: Coded | None
    partner: Coded | None
    person_name: str | None
    issued_at: dt.datetime
    issued_by_name: str
    by_itself: bool
    words: str | None
    reply: ReplyOut | None
    returned: int
    clock: ClockOut | None
    timeline: list[SupervisionEvent]
    accountable_at: dt.datetime | None
    closed_at: dt.datetime | None
    outcome: str | None
    outcome_name: str | None
    allowed: list[StepOut]


class SupervisionPage(Reply):
    """A page of 督办单, newest first. ``counts``: how many the asker sees in each state."""

    supervisions: list[SupervisionOut]
    next: uuid.UUID | None
    counts: dict[str, int]


class SupervisionQuery(Body):
    """Which 督办单: in a state, addressed to the asker or his squad or unit, about a subject, before an id."""

    state: State | None = None
    mine: bool = False
    subject: Subject | None = None
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class AboutIn(Body):
    """An order, a case or a joint task, by its id."""

    kind: Literal["order", "case", "joint"]
    id: uuid.UUID


class SupervisionIn(Body):
    """督办单 by hand: about what, and what is asked."""

    subject: AboutIn
    words: str = Field(min_length=1, max_length=2000)


class SupervisionStepIn(Body):
    """One step, on the version that was seen."""

    action: Action
    version: int = Field(ge=1, le=2**31 - 1)
    words: str | None = Field(default=None, min_length=1, max_length=2000)
    outcome: Outcome | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The facts that were given."""
        facts = {"words": self.words, "outcome": self.outcome}
        return {name: value for name, value in facts.items() if value is not None}
