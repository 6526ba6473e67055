"""The town's people as the desk reads them (人员一览): every list with ids, names and what to look out for."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from town.clock import Instant
from town.days import DAY
from town.duty import covers
from town.officers import Certificate, CertificateFact, Conflict, certified
from town.partners import Partner, PartnerKind
from town.people import Account, Squad
from town.roster import Leave, Shift
from town.staff.entries import (
    CertificateEntry,
    ConflictEntry,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
)

EXPIRES_SOON = dt.timedelta(days=60)
"""Long enough to apply for a new certificate before the old one ends."""


@dataclass(frozen=True)
class PartnerCard:
    """A partner."""

    id: uuid.UUID
    entry: PartnerEntry
    active: bool


@dataclass(frozen=True)
class PersonCard:
    """A person with an account."""

    id: uuid.UUID
    entry: PersonEntry
    active: bool


@dataclass(frozen=True)
class SquadCard:
    """A squad and the people in use who belong to it, by login."""

    id: uuid.UUID
    entry: SquadEntry
    active: bool
    members: tuple[PersonCard, ...]


@dataclass(frozen=True)
class CertificateCard:
    """A certificate as it stands on a day: certified, expiring, expired, not_yet or revoked. ``days_left``: still to come."""

    entry: CertificateEntry
    name: str
    state: str
    days_left: int


@dataclass(frozen=True)
class ShiftCard:
    """A shift, its people's names, and whether leave takes its person away for some of it."""

    id: uuid.UUID
    entry: ShiftEntry
    name: str
    squad_name: str
    leave: bool


@dataclass(frozen=True)
class LeaveCard:
    """Leave of a person."""

    id: uuid.UUID
    entry: LeaveEntry
    name: str


@dataclass(frozen=True)
class ConflictCard:
    """A conflict of interest of a person."""

    id: uuid.UUID
    entry: ConflictEntry
    name: str


def partners(session: Session) -> list[PartnerCard]:
    """Every partner, closed ones too, by code."""
    found = session.scalars(select(Partner).order_by(Partner.code))
    return [
        PartnerCard(one.id, PartnerEntry(one.code, one.name, PartnerKind(one.kind), one.phone), one.active)
        for one in found
    ]


def people(session: Session) -> list[PersonCard]:
    """Everybody who has or had an account, by login."""
    asked = (
        select(Account, Squad.code, Partner.code)
        .outerjoin(Squad, Squad.id == Account.squad_id)
        .outerjoin(Partner, Partner.id == Account.partner_id)
        .order_by(Account.login)
    )
    return [_person(*row) for row in session.execute(asked)]


def squads(session: Session) -> list[SquadCard]:
    """Every squad with its fields and members, closed ones too, by code."""
    everybody = [one for one in people(session) if one.active]
    return [_squad(one, everybody) for one in session.scalars(select(Squad).order_by(Squad.code))]


def certificates(session: Session, day: dt.date) -> list[CertificateCard]:
    """Every certificate, by login and number, and how it stands on that day."""
    asked = select(Certificate, Account).join(Account, Account.id == Certificate.account_id)
    return [_certificate(*row, day) for row in session.execute(asked.order_by(Account.login, Certificate.number))]


def shifts_of_day(session: Session, day: dt.date, zone: ZoneInfo) -> list[ShiftCard]:
    """The shifts that touch a local day, by squad, beginning and login."""
    since = dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
    until = dt.datetime.combine(day + DAY, dt.time(), zone).astimezone(dt.UTC)
    return shifts(session, since, until)


def shifts(session: Session, since: Instant, until: Instant) -> list[ShiftCard]:
    """The shifts that touch the time from ``since`` up to ``until``, by squad, beginning and login."""
    asked = (
        select(Shift, Squad, Account)
        .join(Squad, Squad.id == Shift.squad_id)
        .join(Account, Account.id == Shift.account_id)
        .where(Shift.ends_at > since, Shift.starts_at < until)
        .order_by(Squad.code, Shift.starts_at, Account.login)
    )
    rows = session.execute(asked).all()
    away = leaves(session, min((row[0].starts_at for row in rows), default=since))
    return [_shift(*row, away) for row in rows]


def leaves(session: Session, since: Instant) -> list[LeaveCard]:
    """Leave that runs or is still to come after ``since``, by beginning and login."""
    asked = (
        select(Leave, Account)
        .join(Account, Account.id == Leave.account_id)
        .where(Leave.ends_at > since)
        .order_by(Leave.starts_at, Account.login)
    )
    return [
        LeaveCard(one.id, LeaveEntry(who.login, one.starts_at, one.ends_at, one.ground), who.name)
        for one, who in session.execute(asked)
    ]


def conflicts(session: Session, day: dt.date) -> list[ConflictCard]:
    """Conflicts of interest that stand on that day or will later, by login and matter."""
    asked = (
        select(Conflict, Account)
        .join(Account, Account.id == Conflict.account_id)
        .where(or_(Conflict.valid_to.is_(None), Conflict.valid_to >= day))
        .order_by(Account.login, Conflict.about, Conflict.valid_from)
    )
    return [
        ConflictCard(one.id, ConflictEntry(who.login, one.about, one.ground, one.valid_from, one.valid_to), who.name)
        for one, who in session.execute(asked)
    ]


def _person(one: Account, squad: str | None, partner: str | None) -> PersonCard:
    return PersonCard(one.id, PersonEntry(one.login, one.name, tuple(sorted(one.roles)), squad, partner), one.active)


def _squad(one: Squad, everybody: Sequence[PersonCard]) -> SquadCard:
    members = tuple(person for person in everybody if person.entry.squad == one.code)
    return SquadCard(
        one.id, SquadEntry(one.code, one.name, tuple(sorted(one.fields)), one.stand_in), one.active, members
    )


def _certificate(one: Certificate, who: Account, day: dt.date) -> CertificateCard:
    entry = CertificateEntry(one.number, who.login, one.kind, one.issuer, one.valid_from, one.valid_to, one.revoked_on)
    standing = certified([CertificateFact(one.number, one.valid_from, one.valid_to, one.revoked_on)], day)
    left = one.valid_to - day
    state = "expiring" if standing.ok and left <= EXPIRES_SOON else standing.code
    return CertificateCard(entry, who.name, state, left.days)


def _shift(one: Shift, squad: Squad, who: Account, away: Iterable[LeaveCard]) -> ShiftCard:
    entry = ShiftEntry(squad.code, who.login, one.starts_at, one.ends_at, one.leads)
    return ShiftCard(one.id, entry, who.name, squad.name, any(_takes_away(leave.entry, entry) for leave in away))


def _takes_away(leave: LeaveEntry, shift: ShiftEntry) -> bool:
    same = leave.login == shift.login
    return same and (covers(leave, shift.starts_at) or covers(shift, leave.starts_at))
