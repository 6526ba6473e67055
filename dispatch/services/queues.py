"""What waits for the desk (待办队列)."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from dispatch.models import Decided, ExtensionRequest, Order
from dispatch.rules import workflow
from dispatch.rules.workflow import Lane, State
from dispatch.schemas import DeskOrderOut, OrderOut, PendingOut, Queue, QueuesOut
from dispatch.services import marks, naming, pictures
from dispatch.services.naming import Names

OPEN = Order.state.not_in(workflow.ENDED)
CAME_BACK = {Lane.GRID: "escalated", Lane.TRANSFER: "sent_back"}
"""An order at the desk whose last decision was no desk's: its holder gave it back himself."""


WHERE = frozenset({"in_grid", "near_border"})
"""Reasons that only say where it is."""


def waiting(queue: Queue) -> ColumnElement[bool]:
    """The orders of a queue, as a condition."""
    match queue:
        case Queue.PENDING:
            return Order.state == State.RECEIVED
        case Queue.RETURNED | Queue.ARBITRATION | Queue.TRANSFERRED | Queue.SUSPENDED:
            return Order.state == State(queue)
        case Queue.DUPLICATES:
            return and_(OPEN, marks.doubled())
        case Queue.EXTENSIONS:
            return Order.id.in_(select(ExtensionRequest.order_id).where(ExtensionRequest.state == "asked"))
        case Queue.ALARMS:
            return and_(Order.state.in_(marks.UNSIGNED), marks.alarmed())
        case Queue.ALL:
            return true()


def page(session: Session, queue: Queue, row: str | None, before: uuid.UUID | None, limit: int) -> list[DeskOrderOut]:
    """The orders of a queue, newest first, before an id; with a row only those that it left undecided."""
    which = waiting(queue)
    if row is not None:
        mine = (order_id for order_id, answer in _last(session, waiting(Queue.PENDING)) if _row(answer) == row)
        which = and_(which, Order.id.in_(list(mine)))
    return _explained(session, pictures.among(session, which, before, limit))


def count(session: Session) -> QueuesOut:
    """How many orders wait in each queue; those that nobody has decided yet, by row of the table."""
    counted = [queue for queue in Queue if queue not in (Queue.PENDING, Queue.ALL)]
    by_row = _by_row(session)
    return QueuesOut(
        pending=PendingOut(total=sum(by_row.values()), by_row=by_row),
        **{queue.value: _count(session, queue) for queue in counted},
    )


def _count(session: Session, queue: Queue) -> int:
    return session.scalar(select(func.count()).select_from(Order).where(waiting(queue))) or 0


def _by_row(session: Session) -> dict[str, int]:
    return dict(Counter(_row(answer) for _, answer in _last(session, waiting(Queue.PENDING))))


def _last(session: Session, which: ColumnElement[bool]) -> Sequence[tuple[uuid.UUID, Mapping[str, Any] | None]]:
    """The last decision about each order."""
    newest = select(func.max(Decided.round)).where(Decided.order_id == Order.id).correlate(Order).scalar_subquery()
    last = and_(Decided.order_id == Order.id, Decided.round == newest)
    found = session.execute(select(Order.id, Decided.answer).select_from(Order).outerjoin(Decided, last).where(which))
    return [(order_id, answer) for order_id, answer in found]


def _explained(session: Session, orders: list[OrderOut]) -> list[DeskOrderOut]:
    answers = dict(_last(session, Order.id.in_([order.id for order in orders])))
    names = naming.names(session, None)
    return [
        DeskOrderOut(**dict(order), row=_row(answer), why=_why(answer, names))
        for order in orders
        for answer in (answers[order.id],)
    ]


def _why(answer: Mapping[str, Any] | None, names: Names) -> str | None:
    """The reason of the row itself; otherwise the first that says more than the place."""
    told = answer["reasons"] if answer else []
    of_the_row = [reason for reason in told if reason["code"] == answer["row"]] if answer else []
    beside = [reason for reason in told if reason["code"] not in WHERE]
    telling = next(iter([*of_the_row, *beside, *told]), None)
    return names.reason(telling).text if telling else None


def _row(answer: Mapping[str, Any] | None) -> str:
    """Orders older than the table have no decision."""
    if answer is None:
        return "undecided"
    return CAME_BACK.get(answer["lane"]) or str(answer["row"])
