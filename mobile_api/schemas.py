"""What phones send and get."""

import datetime as dt
import uuid
from typing import Literal

from pydantic import Field

from dispatch.rules.categories import OTHER
from dispatch.schemas import Coded, LineOut, PhotoOut, PlaceIn, PlaceOut, ReporterIn
from town.bodies import Body, Reply


class ReportIn(Body):
    """举报: where, what, and by choice who."""

    place: PlaceIn
    words: str = Field(min_length=1, max_length=2000)
    category: str = Field(default=OTHER, min_length=1, max_length=20)
    reporter: ReporterIn | None = None


class PromiseOut(Reply):
    """最晚答复时间, and why it is that moment."""

    due_at: dt.datetime
    explanation: str
    provisional: bool


class SimilarOut(Reply):
    """Whether others have reported what may be the same: how many, never what or who. ``joined``: he said it is."""

    count: int
    can_join: bool
    joined: bool


class ReceiptOut(Reply):
    """回执: the code is the reporter's only credential."""

    receipt: str
    code: str
    state: str
    state_name: str
    received_at: dt.datetime
    squad: str | None
    grid: Coded | None
    promise: PromiseOut
    similar: SimilarOut
    next: list[str]
    emergency: str


class InterimOut(Reply):
    """中间答复: what he was told while a case is under way."""

    words: str
    at: dt.datetime


class AnswerOut(Reply):
    """答复."""

    outcome: str
    outcome_name: str
    words: str
    at: dt.datetime


class RatingOut(Reply):
    """评价."""

    solved: str
    attitude: str
    at: dt.datetime


class MyReportOut(Reply):
    """What the holder of a receipt sees. ``promise``: none while a case runs of which he has been told."""

    code: str
    state: str
    state_name: str
    words: str | None
    category_name: str
    received_at: dt.datetime
    place: PlaceOut
    squad: str | None
    grid: Coded | None
    promise: PromiseOut | None
    timeline: list[LineOut]
    interim: InterimOut | None
    answer: AnswerOut | None
    rating: RatingOut | None
    can_rate: bool
    similar: SimilarOut
    photos: list[PhotoOut]


class RatingIn(Body):
    """评价: solved first, then the attitude."""

    solved: Literal["solved", "partly", "not_solved"]
    attitude: Literal["satisfied", "fair", "dissatisfied"]
    words: str | None = Field(default=None, min_length=1, max_length=1000)


class SignIn(Body):
    """登录."""

    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)


class AccountOut(Reply):
    """Who signed in."""

    id: uuid.UUID
    login: str
    name: str
    roles: list[str]
    squad: str | None


class SessionOut(Reply):
    """A session: the token is shown once."""

    token: str
    expires_at: dt.datetime
    account: AccountOut


class DemoLogin(Reply):
    """A login of the demo town; no other town shows any."""

    login: str
    password: str
    name: str
    role: str


class TownOut(Reply):
    """What every page needs to know about the town."""

    name: str
    code: str
    timezone: str
    operator: str
    filing_number: str
    complaints_url: str
    demo: bool
    demo_logins: list[DemoLogin]
    categories: list[Coded]
    crs: list[str]
    max_photos: int
    bounds: list[float] | None
