"""What the nightly proof shows (夜间核对)."""

import datetime as dt
import uuid

from pydantic import Field

from town.bodies import Body, Reply


class SubjectOut(Reply):
    """What a finding is about. ``id``: where it is something that can be opened; ``code``: as people call it."""

    kind: str
    kind_name: str
    id: uuid.UUID | None
    code: str


class FindingOut(Reply):
    """核对发现. ``about``: what to open, where that is not the subject itself; ``then``: what to do."""

    id: uuid.UUID
    check: str
    check_name: str
    subject: SubjectOut
    about: SubjectOut | None
    sentence: str
    then: str
    found_at: dt.datetime
    taken_by_name: str | None
    settled_at: dt.datetime | None


class CheckOut(Reply):
    """核对项 of one run: how many it looked at, and how many it named."""

    code: str
    name: str
    looked: int
    found: int


class RunOut(Reply):
    """核对: one run. ``finished_at`` is empty while it is waited for."""

    id: uuid.UUID
    day: dt.date
    started_at: dt.datetime
    finished_at: dt.datetime | None
    by_name: str
    looked: int
    found: int
    checks: list[CheckOut]


class FindingsOut(Reply):
    """A page of findings, newest first; ``open``: how many nobody settled; ``waiting``: a run was asked for."""

    findings: list[FindingOut]
    next: uuid.UUID | None
    open: int
    last_run: RunOut | None
    waiting: bool


class FindingsQuery(Body):
    """Open findings or settled ones, before an id."""

    open: bool = True
    before: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)
