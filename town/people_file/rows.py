"""The sheets of a file of people (人员表): what each is called, its columns, and what a line means."""

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator
from pydantic import Field as Limit
from pydantic_core import PydanticCustomError

from town.bodies import Body
from town.partners import PartnerKind
from town.people import ROLE_NAMES, Role
from town.people_file.entries import PostEntry, ServiceEntry
from town.people_file.moments import WHOLE_DAY, End, Start
from town.sheets import Choice, Codes, Day, YesNo
from town.staff import (
    CertificateEntry,
    ConflictEntry,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
)

KINDS = {
    "部门": PartnerKind.DEPARTMENT,
    "公用事业": PartnerKind.UTILITY,
    "邻镇": PartnerKind.NEIGHBOUR,
    "县": PartnerKind.COUNTY,
    "公安": PartnerKind.POLICE,
}
ROLES = {name: role for role, name in ROLE_NAMES.items()} | {"队员": Role.OFFICER, "调度员": Role.DISPATCHER}
ABOUT = re.compile(r"(网格|当事人|grid|party)[\s:：]+(\S+)")
ABOUT_CODES = {"网格": "grid", "当事人": "party"}
BETWEEN = re.compile(r"[、,，;；\s]+")


def _roles(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    named = [name for name in BETWEEN.split(value) if name]
    if unknown := [name for name in named if name not in ROLES and name not in ROLES.values()]:
        known = "、".join(ROLE_NAMES.values())
        raise PydanticCustomError(
            "cell_role", "没有岗位「{unknown}」，可以填 {known}", {"unknown": unknown[0], "known": known}
        )
    return tuple(sorted({str(ROLES.get(name, name)) for name in named}))


def _about(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if found := ABOUT.fullmatch(value):
        return f"{ABOUT_CODES.get(found[1], found[1])}:{found[2]}"
    raise PydanticCustomError("cell_about", "要写成「网格 CZ-01」或「当事人 代码」")


Code = Annotated[str, Limit(max_length=40, pattern=r"^[\w.-]+$")]
Login = Annotated[str, Limit(max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Name = Annotated[str, Limit(max_length=120)]
Roles = Annotated[tuple[str, ...], BeforeValidator(_roles)]
About = Annotated[str, BeforeValidator(_about), Limit(max_length=80)]


class PartnerRow(Body):
    """协同单位."""

    code: Code
    name: Name
    kind: Annotated[PartnerKind, Choice(KINDS)]
    phone: Annotated[str | None, Limit(max_length=40)] = None

    def entry(self, _zone: ZoneInfo) -> PartnerEntry:
        """As the list keeps it."""
        return PartnerEntry(self.code, self.name, self.kind, self.phone)


class SquadRow(Body):
    """中队, with the areas it serves."""

    code: Code
    name: Name
    fields: Annotated[Codes, Limit(max_length=50)] = ()
    stand_in: Login | None = None
    areas: Annotated[Codes, Limit(max_length=200)] = ()

    def entry(self, _zone: ZoneInfo) -> SquadEntry:
        """As the list keeps it."""
        return SquadEntry(self.code, self.name, tuple(sorted(self.fields)), self.stand_in)

    def services(self) -> list[ServiceEntry]:
        """The areas it serves, one by one."""
        return [ServiceEntry(area, self.code) for area in self.areas]


class PersonRow(Body):
    """人员."""

    login: Login
    name: Name
    roles: Roles
    squad: Code | None = None
    partner: Code | None = None

    def entry(self, _zone: ZoneInfo) -> PersonEntry:
        """As the list keeps it."""
        return PersonEntry(self.login, self.name, self.roles, self.squad, self.partner)


class CertificateRow(Body):
    """执法证."""

    number: Annotated[str, Limit(max_length=40)]
    login: Login
    kind: Annotated[str, Limit(max_length=20)] = "行政执法证"
    issuer: Annotated[str, Limit(max_length=120)]
    valid_from: Day
    valid_to: Day
    revoked_on: Day | None = None

    def entry(self, _zone: ZoneInfo) -> CertificateEntry:
        """As the list keeps it."""
        return CertificateEntry(
            self.number, self.login, self.kind, self.issuer, self.valid_from, self.valid_to, self.revoked_on
        )


class ShiftRow(Body):
    """值班: one shift."""

    squad: Code
    login: Login
    starts_at: Start
    ends_at: End
    leads: YesNo = False

    def entry(self, zone: ZoneInfo) -> ShiftEntry:
        """As the roster keeps it. An end without a day is the next such time: ``08:00`` after a night."""
        begins = self.starts_at.at(zone)
        return ShiftEntry(self.squad, self.login, begins, self.ends_at.after(begins, zone), self.leads)


class LeaveRow(Body):
    """请假."""

    login: Login
    starts_at: Start
    ends_at: End
    ground: Annotated[str, Limit(max_length=40)]

    def entry(self, zone: ZoneInfo) -> LeaveEntry:
        """As the roster keeps it. An end without a time is the end of that day."""
        begins = self.starts_at.at(zone)
        return LeaveEntry(self.login, begins, self.ends_at.after(begins, zone, unsaid=WHOLE_DAY), self.ground)


class ConflictRow(Body):
    """回避."""

    login: Login
    about: About
    ground: Annotated[str, Limit(max_length=200)]
    valid_from: Day
    valid_to: Day | None = None

    def entry(self, _zone: ZoneInfo) -> ConflictEntry:
        """As the list keeps it."""
        return ConflictEntry(self.login, self.about, self.ground, self.valid_from, self.valid_to)


class PostRow(Body):
    """网格员岗位."""

    grid: Code
    login: Login

    def entry(self, _zone: ZoneInfo) -> PostEntry:
        """As the list keeps it."""
        return PostEntry(self.grid, self.login)
