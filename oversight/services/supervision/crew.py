"""Who is there at a moment (在岗情况): accounts, squads, roster and leave, read once for each transaction."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, SessionTransaction

from town import profile, roster
from town.clock import Instant
from town.duty import covers
from town.people import Account, Role, Squad
from town.roster import Roster

HELD = "oversight.crew"
SUCCESSORS = (Role.SUPERVISOR, Role.DISPATCHER, Role.APPROVER, Role.SYSTEM_ADMIN)
"""Who comes after the named fallback."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: uuid.UUID
    login: str
    name: str
    active: bool
    roles: frozenset[str]
    squad_id: uuid.UUID | None
    partner_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Team:
    """A squad, as far as somebody is looked for in it."""

    code: str
    stand_in: str | None


@dataclass(frozen=True)
class Crew:
    """Everybody at one moment. ``people`` are in the order of their logins."""

    people: Mapping[str, Person]
    squads: Mapping[uuid.UUID, Team]
    roster: Roster
    fallback: str | None
    at: Instant

    @cached_property
    def by_id(self) -> Mapping[uuid.UUID, Person]:
        """People by their account."""
        return {one.id: one for one in self.people.values()}

    @cached_property
    def active(self) -> frozenset[str]:
        """Logins of those who may sign in."""
        return frozenset(one.login for one in self.people.values() if one.active)

    @cached_property
    def away(self) -> frozenset[str]:
        """Logins of those who are on leave."""
        return frozenset(leave.login for leave in self.roster.leaves if covers(leave, self.at))

    @cached_property
    def successors(self) -> tuple[str, ...]:
        """Who is told when the fallback cannot be."""
        return tuple(dict.fromkeys(login for role in SUCCESSORS for login in self.holding(role)))

    def login(self, account_id: uuid.UUID | None) -> tuple[str, ...]:
        """Somebody's login, or nobody's."""
        person = self.by_id.get(account_id) if account_id else None
        return (person.login,) if person else ()

    def holding(self, role: Role) -> tuple[str, ...]:
        """Logins of those who hold a post of the town."""
        return tuple(one.login for one in self.people.values() if role in one.roles)

    def leading(self, squad_id: uuid.UUID) -> tuple[str, ...]:
        """Logins of a squad's leaders."""
        return tuple(login for login in self.holding(Role.SQUAD_LEADER) if self.people[login].squad_id == squad_id)

    def of_unit(self, partner_id: uuid.UUID | None) -> tuple[str, ...]:
        """Logins of a unit's people."""
        return tuple(login for login in self.holding(Role.PARTNER) if self.people[login].partner_id == partner_id)

    def on_shift(self, squad_id: uuid.UUID) -> tuple[str, ...]:
        """Logins of those whose shift it is and who may answer for the squad, the duty leader first, on leave or not."""
        team = self.squads.get(squad_id)
        running = [
            shift
            for shift in self.roster.shifts
            if team and shift.squad == team.code and shift.answers and covers(shift, self.at)
        ]
        return tuple(shift.login for shift in sorted(running, key=lambda shift: (not shift.leads, shift.login)))

    def standing_in(self, squad_id: uuid.UUID) -> tuple[str, ...]:
        """Login of who answers for a squad when nobody is on duty."""
        named = self.squads[squad_id].stand_in if squad_id in self.squads else None
        return (named,) if named is not None and named in self.people else ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who was there, and within which transaction it was asked."""

    within: SessionTransaction
    crew: Crew


def at(session: Session, now: Instant) -> Crew:
    """Everybody at that moment. Asked again in the same transaction about the same moment, it asks nobody."""
    held: Holding | None = session.info.get(HELD)
    within = session.get_transaction()
    if held and held.within is within and held.crew.at == now:
        return held.crew
    crew = _read(session, now)
    if within := session.get_transaction():
        session.info[HELD] = Holding(within, crew)
    return crew


def _read(session: Session, now: Instant) -> Crew:
    columns = (
        Account.id,
        Account.login,
        Account.name,
        Account.active,
        Account.roles,
        Account.squad_id,
        Account.partner_id,
    )
    asked = select(*columns).order_by(Account.login)
    people = [
        Person(identifier, login, name, active, frozenset(roles), squad_id, partner_id)
        for identifier, login, name, active, roles, squad_id, partner_id in session.execute(asked)
    ]
    squads = session.execute(select(Squad.id, Squad.code, Squad.stand_in))
    return Crew(
        people={one.login: one for one in people},
        squads={identifier: Team(code, stand_in) for identifier, code, stand_in in squads},
        roster=roster.read(session, now, now),
        fallback=profile.current(session).fallback,
        at=now,
    )
