"""Who sees which orders (可见范围): the same rule for one order in hand and for a query over many."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import object_session

from dispatch.models import JointTask, Order
from dispatch.rules import joint
from dispatch.rules.workflow import Lane
from town.access import Actor
from town.people import Role


def sees(who: Actor, order: Order) -> bool:
    """People of a squad see its orders, a unit's people the unit's, a 网格员 his own; the town's posts see all.

    Who was called to an order sees it too, until he is let go.
    """
    return (
        who.in_town
        or (who.in_squad and who.of(order.squad_id))
        or (_of_a_unit(who) and order.lane == Lane.UNIT and order.partner_id == who.partner_id)
        or (_of_a_grid(who) and order.worker_id == who.account_id)
        or _was_called(who, order)
    )


def theirs(who: Actor) -> ColumnElement[bool]:
    """The same as a condition on orders."""
    if who.in_town:
        return true()
    called_to = select(JointTask.order_id).where(called(who), JointTask.state != joint.State.RELEASED)
    helpers = [Order.id.in_(called_to)] if who.squad_id or who.partner_id else []
    return or_(held(who), *helpers)


def held(who: Actor) -> ColumnElement[bool]:
    """The orders that somebody, his squad or his unit has himself, as a condition."""
    seen: list[ColumnElement[bool]] = []
    if who.in_squad and who.squad_id is not None:
        seen.append(Order.squad_id == who.squad_id)
    if _of_a_unit(who):
        seen.append(and_(Order.lane == Lane.UNIT, Order.partner_id == who.partner_id))
    if _of_a_grid(who):
        seen.append(Order.worker_id == who.account_id)
    return or_(*seen) if seen else false()


def called(who: Actor) -> ColumnElement[bool]:
    """The joint tasks of somebody's squad or unit, as a condition."""
    own: list[ColumnElement[bool]] = []
    if who.in_squad and who.squad_id is not None:
        own.append(JointTask.squad_id == who.squad_id)
    if _of_a_unit(who):
        own.append(JointTask.partner_id == who.partner_id)
    return or_(*own) if own else false()


def _was_called(who: Actor, order: Order) -> bool:
    session = object_session(order)
    if session is None or not (who.squad_id or who.partner_id):
        return False
    tasks = select(JointTask.id).where(JointTask.order_id == order.id, JointTask.state != joint.State.RELEASED)
    return session.scalar(tasks.where(called(who)).limit(1)) is not None


def _of_a_unit(who: Actor) -> bool:
    return Role.PARTNER in who.roles and who.partner_id is not None


def _of_a_grid(who: Actor) -> bool:
    return Role.GRID_WORKER in who.roles and who.account_id is not None
