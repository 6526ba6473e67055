"""来件登记: what the desk takes down by hand: a call, a letter, 12345, 110, a leader's word, the press, a patrol, a 网格员.

One matter may come by several ways: a later report joins the order, and is answered on its own.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.rules.sources import WAYS, Source
from dispatch.services import deciding, intake, matters
from dispatch.services.intake import NewReport
from town import ids
from town.clock import Instant
from town.errors import Refused
from town.profile import Town

OLDEST = dt.timedelta(days=366)
FARTHEST = dt.timedelta(days=3 * 366)
SLACK = dt.timedelta(minutes=5)
"""Two clocks are never quite the same."""


@dataclass(frozen=True)
class TakenDown:
    """What became of it; the receipt is told to the reporter and kept nowhere else."""

    report: Report
    order: Order
    receipt: str


def take_down(
    session: Session, town: Town, master_key: str, new: NewReport, joins: uuid.UUID | None, now: Instant
) -> TakenDown:
    """One more report; ``joins``: the open order it is about, otherwise it becomes an order of its own.

    Raises Refused("invalid" | "their_number_missing" | "number_known" | "not_found" | "order_ended") and what intake does.
    """
    _refuse_odd(new, now)
    matters.require(session, new.category, now)
    try:
        with session.begin_nested():
            _refuse_known(session, new)
            return _take(session, town, master_key, new, joins, now)
    except IntegrityError:  # somebody took down the same number at the same moment
        _refuse_known(session, new)
        raise


def _take(
    session: Session, town: Town, master_key: str, new: NewReport, joins: uuid.UUID | None, now: Instant
) -> TakenDown:
    if joins is None:
        received = intake.receive(session, town, master_key, replace(new, decided_at=now), now)
        session.flush()
        session.refresh(received.order)  # its place is read back as the database keeps it
        return TakenDown(received.report, received.order, received.receipt)
    place = deciding.locate(session, town, new.x, new.y, new.crs, new.accuracy_m)  # holds the lists before the row
    order = session.get(Order, joins, with_for_update=True)  # so that nobody answers it meanwhile
    if order is None:
        raise Refused("not_found")
    if order.state in workflow.ENDED:
        raise Refused("order_ended", order=ids.short(order.id))
    report, receipt = intake.join(session, master_key, order, place, new, now)
    return TakenDown(report, order, receipt)


def _refuse_odd(new: NewReport, now: Instant) -> None:
    way = WAYS[Source(new.source)]
    if way.numbered and not new.source_key:
        raise Refused("their_number_missing", source=way.name)
    odd: dict[str, list[str]] = {}
    if not now - OLDEST <= new.received_at <= now + SLACK:
        odd["received_at"] = ["来件时间应在一年以内，不能晚于现在"]
    if new.their_due_at and not way.timed:
        odd["their_due_at"] = [f"「{way.name}」没有对方时限"]
    elif new.their_due_at and not now - OLDEST <= new.their_due_at <= now + FARTHEST:
        odd["their_due_at"] = ["对方时限应在前后三年以内"]
    if (new.name or new.phone) and not way.citizen:
        odd["reporter"] = [f"「{way.name}」不登记个人信息"]
    if odd:
        raise Refused("invalid", errors=odd)


def _refuse_known(session: Session, new: NewReport) -> None:
    known = intake.known(session, new.source, new.source_key) if new.source_key else None
    if known:
        facts = {"source": WAYS[Source(new.source)].name, "number": new.source_key}
        raise Refused("number_known", **facts, order=ids.short(known.order_id), order_id=str(known.order_id))
