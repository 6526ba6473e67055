"""People and roster (人员与值班) as the desk reads and changes them. Grounds of leave and conflict are personal, and not told."""

import datetime as dt
import uuid

from pydantic import Field

from dispatch.schemas.basics import Coded, Day, Moment
from town.bodies import Body, Reply


class MemberOut(Reply):
    """A colleague."""

    login: str
    name: str
    roles: list[str]
    role_names: list[str]
    active: bool


class SquadOut(Coded):
    """中队 with its people; ``stand_in``: the login of who answers when nobody is on duty."""

    fields: list[str]
    areas: list[str]
    stand_in: str | None
    active: bool
    members: list[MemberOut]


class PartnerOut(Coded):
    """协同单位."""

    kind: str
    phone: str | None
    active: bool


class CertificateOut(Reply):
    """执法证. ``state``: certified, expiring, expired, not_yet or revoked."""

    number: str
    login: str
    name: str
    kind: str
    issuer: str
    valid_from: dt.date
    valid_to: dt.date
    state: str
    days_left: int


class ConflictOut(Reply):
    """回避: what somebody keeps away from: ``grid:<code>`` or ``party:<code>``."""

    id: uuid.UUID
    login: str
    name: str
    about: str
    valid_from: dt.date
    valid_to: dt.date | None


class PostOut(Reply):
    """网格员岗位."""

    grid: str
    login: str
    name: str


class PeopleOut(Reply):
    """Everybody. ``others``: those who belong to no squad; ``expiring``: certificates to be renewed soon, or too late."""

    squads: list[SquadOut]
    others: list[MemberOut]
    partners: list[PartnerOut]
    certificates: list[CertificateOut]
    expiring: list[CertificateOut]
    conflicts: list[ConflictOut]
    posts: list[PostOut]


class ShiftOut(Reply):
    """班次. ``leave``: its person is away for some of it."""

    id: uuid.UUID
    squad: Coded
    login: str
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    leads: bool
    leave: bool


class LeaveOut(Reply):
    """请假."""

    id: uuid.UUID
    login: str
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class AnsweringOut(Coded):
    """Who answers for a squad at this moment, the duty leader first; the stand-in when nobody does."""

    logins: list[str]
    names: list[str]
    stand_in: str | None


class RosterOut(Reply):
    """值班表 of a local day, leave that runs or is to come, and who answers now."""

    day: dt.date
    shifts: list[ShiftOut]
    leaves: list[LeaveOut]
    now: list[AnsweringOut]


class RosterQuery(Body):
    """Which day; today if not said."""

    day: Day | None = None


class ShiftIn(Body):
    """A new shift."""

    squad: str = Field(min_length=1, max_length=40)
    login: str = Field(min_length=1, max_length=60)
    starts_at: Moment
    ends_at: Moment
    leads: bool = False


class LeaveIn(Body):
    """New leave."""

    login: str = Field(min_length=1, max_length=60)
    starts_at: Moment
    ends_at: Moment
    ground: str = Field(min_length=1, max_length=40)
