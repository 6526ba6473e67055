"""Who is who in the demo town (人员对照), by ids and codes, for the whole of its past."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules.workflow import Lane, State
from service.demo.habits import Seen
from town.access import Actor
from town.partners import Partner
from town.people import Account, Role, Squad


class Names:
    """Who is who, by ids and codes, for the whole of the past."""

    def __init__(self, session: Session) -> None:
        accounts = session.scalars(select(Account)).all()
        self._actors = {one.login: _actor(one) for one in accounts}
        self._logins = {one.id: one.login for one in accounts}
        self._kept = session.scalars(select(Squad)).all()
        self._squads = {one.id: one.code for one in self._kept}
        self._partners = {one.id: one.code for one in session.scalars(select(Partner))}

    def actor(self, login: str) -> Actor:
        """Somebody as he acts."""
        return self._actors[login]

    def login(self, account: uuid.UUID) -> str:
        """Of an account."""
        return self._logins[account]

    def seen(self, order: Order, area: str) -> Seen:
        """An order as people see it."""
        squad = self._squads.get(order.squad_id) if order.squad_id else None
        return Seen(
            State(order.state),
            Lane(order.lane),
            self._logins.get(order.leader_id) if order.leader_id else None,
            squad,
            self._partners.get(order.partner_id) if order.partner_id else None,
            self._logins.get(order.worker_id) if order.worker_id else None,
            area,
            order.returns,
            order.outcome,
            order.version,
        )


def _actor(one: Account) -> Actor:
    roles = frozenset(Role(role) for role in one.roles)
    return Actor(f"account:{one.id}", one.id, None, roles, one.squad_id, one.partner_id)
