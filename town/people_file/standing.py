"""What stands before a file of people is taken in (现状): the town's own lists, and what other rooms keep."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from town import backstops, profile, staff
from town.backstops import Backstops
from town.clock import Instant
from town.people_file.entries import PostEntry, ServiceEntry
from town.people_file.tables import LEAVES, SHIFTS, Filed
from town.staff import (
    CertificateEntry,
    ConflictEntry,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
)

BEFORE_EVERYTHING = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Outside:
    """What is known of areas and grids, by their codes; None while there is no map, and every code is taken on trust."""

    areas: frozenset[str] | None
    grids: frozenset[str] | None
    services: tuple[ServiceEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The lists as they stand: everybody in use. ``logins``: all that were ever given, so that none is given twice.

    ``backstops``: who must stay, because the town falls back on him.
    """

    zone: ZoneInfo
    now: Instant
    partners: tuple[PartnerEntry, ...]
    squads: tuple[SquadEntry, ...]
    people: tuple[PersonEntry, ...]
    logins: frozenset[str]
    certificates: tuple[CertificateEntry, ...]
    shifts: tuple[ShiftEntry, ...]
    leaves: tuple[LeaveEntry, ...]
    conflicts: tuple[ConflictEntry, ...]
    outside: Outside
    backstops: Backstops

    @property
    def today(self) -> dt.date:
        """The town's local day."""
        return self.now.astimezone(self.zone).date()


def read(session: Session, filed: Filed, outside: Outside, now: Instant) -> Standing:
    """The lists as they stand; of shifts and leave, what touches the time that the file speaks of."""
    people = staff.people(session)
    zone = profile.current(session).zone
    span = span_of([line.value.entry(zone) for line in (*filed.of(SHIFTS), *filed.of(LEAVES))], now)
    return Standing(
        zone,
        now,
        tuple(one.entry for one in staff.partners(session) if one.active),
        tuple(one.entry for one in staff.squads(session) if one.active),
        tuple(one.entry for one in people if one.active),
        frozenset(one.entry.login for one in people),
        tuple(one.entry for one in staff.certificates(session, now.astimezone(zone).date())),
        tuple(one.entry for one in staff.shifts(session, *span)),
        tuple(one.entry for one in staff.leaves(session, span[0]) if one.entry.starts_at < span[1]),
        tuple(one.entry for one in staff.conflicts(session, BEFORE_EVERYTHING)),
        outside,
        backstops.named(session),
    )


def span_of(lasting: Collection[ShiftEntry | LeaveEntry], now: Instant) -> tuple[Instant, Instant]:
    """From the first beginning to the last end; this moment for none."""
    begins, ends = [one.starts_at for one in lasting], [one.ends_at for one in lasting]
    return min(begins, default=now), max(ends, default=now)
