"""How the clocks and the journal spell an order (``order:<id>``), in SQL on both engines, so that one query joins them."""

from sqlalchemy import ColumnElement, String, Text, cast, func, literal, text, type_coerce
from sqlalchemy.orm import Session

from dispatch.models import Order
from town.watch import Deadline, State

OPEN = text("work_order.state NOT IN ('closed', 'answered')")
"""Spelled out like the partial indexes of open orders, with the table's name, because clocks have a state too."""

PIECES = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""First character and length of the parts of a UUID; SQLite keeps the 32 digits without the dashes."""

WAITED_FOR = (Deadline.met_at.is_(None), Deadline.state.in_((State.RUNNING, State.MISSED)))
"""Clocks that still ask for something: what they wait for has not happened."""


def of_order(session: Session) -> ColumnElement[str]:
    """``order:<id>`` of each order of the query."""
    if session.get_bind().dialect.name == "postgresql":
        return literal("order:", String) + cast(Order.id, Text)
    digits = type_coerce(Order.id, String)
    parts = [func.substr(digits, first, length) for first, length in PIECES]
    spelled: ColumnElement[str] = literal("order:", String) + parts[0]
    for part in parts[1:]:
        spelled = spelled + "-" + part
    return spelled
