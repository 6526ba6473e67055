"""挂账: an order that nobody can get on with is put aside until a day, with a reason that the reporter reads."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules.handling_times import LONGEST_SUSPENSION
from dispatch.rules.workflow import State
from town import journal, profile
from town.clock import Instant
from town.errors import Refused
from town.journal import Note


@dataclass(frozen=True)
class Suspension:
    """挂账 as it stands. ``words``: as the reporter reads them. ``until``: the last local day before it is looked at again."""

    ground: str
    words: str | None
    since: Instant
    until: dt.date


def until(session: Session, given: dt.date, now: Instant) -> dt.date:
    """The day to which it is put aside. Raises Refused("invalid") for one that is not to come, or too far."""
    days = (given - profile.local_day(session, now)).days
    if not 1 <= days <= LONGEST_SUSPENSION:
        raise Refused("invalid", errors={"until": [f"要在今天以后、{LONGEST_SUSPENSION} 天以内"]})
    return given


def current(session: Session, order: Order) -> Suspension | None:
    """Why and until when it is put aside, if it is."""
    if order.state != State.SUSPENDED:
        return None
    told = [event for event in journal.events_of(session, f"order:{order.id}") if event.kind == "order.suspended"]
    last = told[-1]
    words = journal.words_by_cite(session, last.data["words"])
    return Suspension(last.data["ground"], words, last.at, dt.date.fromisoformat(last.data["until"]))


def tell(session: Session, order_id: uuid.UUID, actor: str, now: Instant) -> None:
    """Everybody who reported it is told that it has to wait."""
    mine = select(Report).where(Report.order_id == order_id).order_by(Report.received_at, Report.id)
    notes = [Note(f"report:{one.id}", "report.told", actor, now, _data(one)) for one in session.scalars(mine)]
    journal.note_many(session, notes)


def _data(report: Report) -> dict[str, Any]:
    return {"order": str(report.order_id), "source": report.source, "told": "suspended"}
