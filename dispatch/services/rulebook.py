"""What the town decides by at a moment (派单依据): squads, roster and posts as plain facts, held in memory by their versions."""

import datetime as dt
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from dispatch.models import GridPost, Service
from dispatch.rules.facts import SquadFact
from town import duty, qualification
from town.clock import Instant
from town.duty import LeaveFact, ShiftFact
from town.officers import Certificate, Conflict
from town.partners import Partner, PartnerKind
from town.people import Account, Squad
from town.profile import Town
from town.qualification import ConflictFact
from town.reference import Kind, Versions
from town.roster import Leave, Shift

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Staffing:
    """编制与值班 of one local day: who serves where, who is on duty, who must keep away from what; by codes and logins."""

    squads: tuple[SquadFact, ...]
    squad_ids: Mapping[str, uuid.UUID] = field(repr=False)
    squad_names: Mapping[str, str] = field(repr=False)
    account_ids: Mapping[str, uuid.UUID] = field(repr=False)
    partner_ids: Mapping[str, uuid.UUID] = field(repr=False)
    workers: Mapping[str, str] = field(repr=False)
    county: str | None
    shifts: tuple[ShiftFact, ...] = field(repr=False)
    leaves: tuple[LeaveFact, ...] = field(repr=False)
    conflicts: tuple[ConflictFact, ...] = field(repr=False)
    certified: frozenset[str] = field(repr=False)

    def at(self, moment: Instant) -> tuple[SquadFact, ...]:
        """The squads with those who answer for them at a moment, the duty leader first."""
        now: dict[str, list[ShiftFact]] = defaultdict(list)
        for shift in duty.on_duty(self.shifts, self.leaves, moment):
            if shift.answers:
                now[shift.squad].append(shift)
        return tuple(self._staffed(squad, now[squad.code]) for squad in self.squads)

    def conflicted(self, grid: str | None, day: dt.date) -> frozenset[str]:
        """The logins that must keep away from a grid on a day."""
        involved = {one.login for one in self.conflicts if one.about == f"grid:{grid}"}
        return frozenset(
            login for login in involved if qualification.conflicted(self.conflicts, login, f"grid:{grid}", day)
        )

    def _staffed(self, squad: SquadFact, shifts: Iterable[ShiftFact]) -> SquadFact:
        first_leaders = sorted(shifts, key=lambda shift: (not shift.leads, shift.login))
        on_duty = tuple(dict.fromkeys(shift.login for shift in first_leaders))
        certified = tuple(login for login in on_duty if login in self.certified)
        return replace(squad, on_duty=on_duty, certified=certified)


class Staffings:
    """The staffings of this process, by versions and local day."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = threading.Lock()
        self._held: dict[tuple[uuid.UUID | None, uuid.UUID | None, dt.date], Staffing] = {}

    def get(self, session: Session, versions: Versions, day: dt.date, town: Town) -> Staffing:
        """The held one, or a new one. What never was changed under a version is read anew every time."""
        key = versions[Kind.PEOPLE], versions[Kind.SERVING], day
        if found := self._held.get(key):
            return found
        built = _read(session, day, town)
        if None not in key:
            with self._lock:
                self._held = dict([*self._held.items(), (key, built)][-self._keep :])
        return built


STAFFINGS = Staffings(keep=8)


def staffing(session: Session, town: Town, versions: Versions, at: Instant) -> Staffing:
    """Who serves where on the local day of a moment, by the versions that the caller holds."""
    return STAFFINGS.get(session, versions, at.astimezone(town.zone).date(), town)


def _read(session: Session, day: dt.date, town: Town) -> Staffing:
    squads = list(session.scalars(select(Squad).where(Squad.active).order_by(Squad.code)))
    codes = {squad.id: squad.code for squad in squads}
    accounts = dict(session.execute(select(Account.id, Account.login).where(Account.active)).all())
    partners = list(session.scalars(select(Partner).where(Partner.active).order_by(Partner.code)))
    shifts = _shifts(session, codes, day, town)
    rostered = {codes[squad] for squad in session.scalars(select(Shift.squad_id).distinct()) if squad in codes}
    areas: dict[uuid.UUID, list[str]] = defaultdict(list)
    for area, squad in session.execute(select(Service.area_code, Service.squad_id).order_by(Service.area_code)):
        areas[squad].append(area)
    county = (partner.code for partner in partners if partner.kind == PartnerKind.COUNTY)
    return Staffing(
        squads=tuple(
            SquadFact(
                squad.code,
                tuple(areas[squad.id]),
                tuple(squad.fields),
                stand_in=squad.stand_in,
                rostered=squad.code in rostered,
            )
            for squad in squads
        ),
        squad_ids={squad.code: squad.id for squad in squads},
        squad_names={squad.code: squad.name for squad in squads},
        account_ids={login: identifier for identifier, login in accounts.items()},
        partner_ids={partner.code: partner.id for partner in partners},
        workers={grid: accounts[who] for grid, who in _posts(session) if who in accounts},
        county=next(county, None),
        shifts=shifts,
        leaves=_leaves(session, accounts, day, town),
        conflicts=_conflicts(session, accounts),
        certified=_certified(session, accounts, day),
    )


def _posts(session: Session) -> Iterable[Row[str, uuid.UUID]]:
    return session.execute(select(GridPost.grid_code, GridPost.account_id)).all()


def _span(day: dt.date, town: Town) -> tuple[Instant, Instant]:
    """The local day."""
    start = dt.datetime.combine(day, dt.time(), town.zone)
    return start.astimezone(dt.UTC), dt.datetime.combine(day + DAY, dt.time(), town.zone).astimezone(dt.UTC)


def _shifts(session: Session, codes: Mapping[uuid.UUID, str], day: dt.date, town: Town) -> tuple[ShiftFact, ...]:
    start, end = _span(day, town)
    found = session.execute(
        select(Shift, Account.login, Account.roles)
        .join(Account, Account.id == Shift.account_id)
        .where(Shift.ends_at > start, Shift.starts_at < end, Account.active)
    )
    return tuple(
        ShiftFact(
            codes[shift.squad_id], login, shift.starts_at, shift.ends_at, shift.leads, qualification.may_answer(roles)
        )
        for shift, login, roles in found
        if shift.squad_id in codes
    )


def _leaves(session: Session, accounts: Mapping[uuid.UUID, str], day: dt.date, town: Town) -> tuple[LeaveFact, ...]:
    start, end = _span(day, town)
    found = session.scalars(select(Leave).where(Leave.ends_at > start, Leave.starts_at < end))
    return tuple(
        LeaveFact(accounts[leave.account_id], leave.starts_at, leave.ends_at)
        for leave in found
        if leave.account_id in accounts
    )


def _conflicts(session: Session, accounts: Mapping[uuid.UUID, str]) -> tuple[ConflictFact, ...]:
    return tuple(
        ConflictFact(accounts[one.account_id], one.about, one.valid_from, one.valid_to)
        for one in session.scalars(select(Conflict).order_by(Conflict.id))
        if one.account_id in accounts
    )


def _certified(session: Session, accounts: Mapping[uuid.UUID, str], day: dt.date) -> frozenset[str]:
    valid = select(Certificate.account_id).where(
        Certificate.valid_from <= day,
        Certificate.valid_to >= day,
        or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > day),
    )
    return frozenset(accounts[who] for who in session.scalars(valid) if who in accounts)
