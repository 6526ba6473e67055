"""Who may act today (在岗账号), as the proof's rules want it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight.rules.proof import Staff
from town.access import SQUAD_ROLES
from town.people import Account, Role, Squad


@dataclass(frozen=True, slots=True)
class _Able:
    """An account that works."""

    account: Account
    roles: frozenset[Role]


def staff(session: Session) -> Staff:
    """Everybody who can sign in, by what he may do. People of a squad that is closed act for nobody."""
    able = [_Able(one, frozenset(map(Role, one.roles))) for one in _active(session)]
    open_squads = frozenset(session.scalars(select(Squad.id).where(Squad.active)))
    squads = {one.account.squad_id for one in able if one.roles & SQUAD_ROLES} & open_squads
    units = {one.account.partner_id for one in able if Role.PARTNER in one.roles}
    return Staff(
        squads=frozenset(filter(None, squads)),
        units=frozenset(filter(None, units)),
        workers=frozenset(one.account.id for one in able if Role.GRID_WORKER in one.roles),
        dispatchers=_who(able, Role.DISPATCHER),
        supervisors=_who(able, Role.SUPERVISOR),
        checkers=_who(able, Role.CHECKER),
        approvers=_who(able, Role.APPROVER),
        officers=frozenset(_logins(able, open_squads)),
    )


def _active(session: Session) -> Iterable[Account]:
    return session.scalars(select(Account).where(Account.active))


def _who(able: Iterable[_Able], role: Role) -> frozenset[str]:
    return frozenset(f"account:{one.account.id}" for one in able if role in one.roles)


def _logins(able: Iterable[_Able], open_squads: frozenset[uuid.UUID]) -> Iterable[str]:
    return (one.account.login for one in able if one.roles & SQUAD_ROLES and one.account.squad_id in open_squads)
