"""People and roster as the desk reads them (人员一览、值班一览)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from dispatch.schemas import (
    AnsweringOut,
    CertificateOut,
    Coded,
    ConflictOut,
    LeaveOut,
    MemberOut,
    PartnerOut,
    PeopleOut,
    PostOut,
    RosterOut,
    ShiftOut,
    SquadOut,
)
from dispatch.services import posts
from town import profile, roster, staff
from town.clock import Instant
from town.people import ROLE_NAMES, Role
from town.staff import CertificateCard, LeaveCard, PersonCard, ShiftCard, SquadCard

TO_RENEW = frozenset({"expiring", "expired"})


def people(session: Session, now: Instant) -> PeopleOut:
    """Everybody, as things stand on the town's day of ``now``."""
    day = now.astimezone(profile.current(session).zone).date()
    everybody = staff.people(session)
    names = {one.entry.login: one.entry.name for one in everybody}
    held = [_certificate(one) for one in staff.certificates(session, day)]
    return PeopleOut(
        squads=_squads(session),
        others=[_member(one) for one in everybody if one.entry.squad is None],
        partners=[
            PartnerOut(
                code=one.entry.code,
                name=one.entry.name,
                kind=one.entry.kind,
                phone=one.entry.phone,
                active=one.active,
            )
            for one in staff.partners(session)
        ],
        certificates=held,
        expiring=[one for one in held if one.state in TO_RENEW],
        conflicts=_conflicts(session, day),
        posts=[
            PostOut(grid=grid, login=login, name=names.get(login, login))
            for grid, login in sorted(posts.by_grid(session).items())
        ],
    )


def of_day(session: Session, day: dt.date | None, now: Instant) -> RosterOut:
    """The roster of a local day; of today when none is said."""
    zone = profile.current(session).zone
    day = day or now.astimezone(zone).date()
    return RosterOut(
        day=day,
        shifts=[shift_out(one) for one in staff.shifts_of_day(session, day, zone)],
        leaves=[leave_out(one) for one in staff.leaves(session, now)],
        now=_answering(session, staff.squads(session), now),
    )


def shift_out(one: ShiftCard) -> ShiftOut:
    """A shift with its names."""
    return ShiftOut(
        id=one.id,
        squad=Coded(code=one.entry.squad, name=one.squad_name),
        login=one.entry.login,
        name=one.name,
        starts_at=one.entry.starts_at,
        ends_at=one.entry.ends_at,
        leads=one.entry.leads,
        leave=one.leave,
    )


def leave_out(one: LeaveCard) -> LeaveOut:
    """Leave with its name, without its ground."""
    starts_at, ends_at = one.entry.starts_at, one.entry.ends_at
    return LeaveOut(id=one.id, login=one.entry.login, name=one.name, starts_at=starts_at, ends_at=ends_at)


def _squads(session: Session) -> list[SquadOut]:
    areas = defaultdict(list)
    for area, squad in sorted(posts.served(session)):
        areas[squad].append(area)
    return [
        SquadOut(
            code=one.entry.code,
            name=one.entry.name,
            fields=list(one.entry.fields),
            areas=areas[one.entry.code],
            stand_in=one.entry.stand_in,
            active=one.active,
            members=[_member(member) for member in one.members],
        )
        for one in staff.squads(session)
    ]


def _member(one: PersonCard) -> MemberOut:
    return MemberOut(
        login=one.entry.login,
        name=one.entry.name,
        roles=list(one.entry.roles),
        role_names=[ROLE_NAMES[Role(role)] for role in one.entry.roles],
        active=one.active,
    )


def _certificate(one: CertificateCard) -> CertificateOut:
    return CertificateOut(
        number=one.entry.number,
        login=one.entry.login,
        name=one.name,
        kind=one.entry.kind,
        issuer=one.entry.issuer,
        valid_from=one.entry.valid_from,
        valid_to=one.entry.valid_to,
        state=one.state,
        days_left=one.days_left,
    )


def _conflicts(session: Session, day: dt.date) -> list[ConflictOut]:
    return [
        ConflictOut(
            id=one.id,
            login=one.entry.login,
            name=one.name,
            about=one.entry.about,
            valid_from=one.entry.valid_from,
            valid_to=one.entry.valid_to,
        )
        for one in staff.conflicts(session, day)
    ]


def _answering(session: Session, squads: Sequence[SquadCard], now: Instant) -> list[AnsweringOut]:
    today = roster.read(session, now, now)
    names = {member.entry.login: member.entry.name for squad in squads for member in squad.members}
    found = []
    for squad in (one.entry for one in squads if one.active):
        logins = list(today.answering(squad.code, now))
        called = [names.get(login, login) for login in logins]
        found.append(
            AnsweringOut(code=squad.code, name=squad.name, logins=logins, names=called, stand_in=squad.stand_in)
        )
    return found
