"""What stands in the town's lists of people (人员资料): one plain entry per row, with the key that names it."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from town.clock import Instant
from town.partners import PartnerKind

Key = tuple[Any, ...]
"""What names an entry in its list."""


@dataclass(frozen=True)
class PartnerEntry:
    """协同单位."""

    code: str
    name: str
    kind: PartnerKind
    phone: str | None = None

    @property
    def key(self) -> Key:
        """Its code."""
        return (self.code,)


@dataclass(frozen=True)
class SquadEntry:
    """中队. ``fields``: what it holds (领域), in order of their names, empty for everything. ``stand_in``: a login."""

    code: str
    name: str
    fields: tuple[str, ...] = ()
    stand_in: str | None = None

    @property
    def key(self) -> Key:
        """Its code."""
        return (self.code,)


@dataclass(frozen=True)
class PersonEntry:
    """人员. ``roles``: codes of posts (岗位), in order; ``squad`` and ``partner``: codes."""

    login: str
    name: str
    roles: tuple[str, ...]
    squad: str | None = None
    partner: str | None = None

    @property
    def key(self) -> Key:
        """The login."""
        return (self.login,)


@dataclass(frozen=True)
class CertificateEntry:
    """执法证, valid from its first through its last day."""

    number: str
    login: str
    kind: str
    issuer: str
    valid_from: dt.date
    valid_to: dt.date
    revoked_on: dt.date | None = None

    @property
    def key(self) -> Key:
        """Its number."""
        return (self.number,)


@dataclass(frozen=True)
class ShiftEntry:
    """班次 of one person for one squad."""

    squad: str
    login: str
    starts_at: Instant
    ends_at: Instant
    leads: bool = False

    @property
    def key(self) -> Key:
        """Whose, where and from when."""
        return self.squad, self.login, self.starts_at


@dataclass(frozen=True)
class LeaveEntry:
    """请假. The ground is personal."""

    login: str
    starts_at: Instant
    ends_at: Instant
    ground: str

    @property
    def key(self) -> Key:
        """Whose and from when."""
        return self.login, self.starts_at


@dataclass(frozen=True)
class ConflictEntry:
    """回避事项: ``about`` is ``grid:<code>`` or ``party:<code>``. The ground is personal; ``valid_to`` is the last day."""

    login: str
    about: str
    ground: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    @property
    def key(self) -> Key:
        """Who, from what, since when."""
        return self.login, self.about, self.valid_from


Entry = PartnerEntry | SquadEntry | PersonEntry | CertificateEntry | ShiftEntry | LeaveEntry | ConflictEntry


def fields_that_differ(before: Any, after: Any) -> tuple[str, ...]:
    """Names of the fields in which two entries of one list differ."""
    return tuple(one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name))
