"""Who sees which orders (可见范围): the same rule for one order in hand and for a query over many."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from dispatch.models import Order
from dispatch.rules.workflow import Lane
from town.access import Actor
from town.people import Role


def sees(who: Actor, order: Order) -> bool:
    """People of a squad see its orders, a unit's people the unit's, a 网格员 his own; the town's posts see all."""
    return (
        who.in_town
        or (who.in_squad and who.of(order.squad_id))
        or (_of_a_unit(who) and order.lane == Lane.UNIT and order.partner_id == who.partner_id)
        or (_of_a_grid(who) and order.worker_id == who.account_id)
    )


def theirs(who: Actor) -> ColumnElement[bool]:
    """The same as a condition on orders."""
    if who.in_town:
        return true()
    seen: list[ColumnElement[bool]] = []
    if who.in_squad and who.squad_id is not None:
        seen.append(Order.squad_id == who.squad_id)
    if _of_a_unit(who):
        seen.append(and_(Order.lane == Lane.UNIT, Order.partner_id == who.partner_id))
    if _of_a_grid(who):
        seen.append(Order.worker_id == who.account_id)
    return or_(*seen) if seen else false()


def _of_a_unit(who: Actor) -> bool:
    return Role.PARTNER in who.roles and who.partner_id is not None


def _of_a_grid(who: Actor) -> bool:
    return Role.GRID_WORKER in who.roles and who.account_id is not None
