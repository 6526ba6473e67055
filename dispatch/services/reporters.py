"""The reporter's side (举报人): what he may read with his receipt, and his rating."""

import uuid

from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules.workflow import State
from town import journal
from town.clock import Instant
from town.errors import Refused


def his(session: Session, report_id: uuid.UUID | None) -> tuple[Report, Order]:
    """The report behind a receipt, and its order."""
    report = session.get(Report, report_id) if report_id else None
    order = session.get(Order, report.order_id) if report else None
    if report is None or order is None:
        raise Refused("not_found")
    return report, order


def rate(
    session: Session, report: Report, order: Order, solved: str, attitude: str, words: str | None, now: Instant
) -> None:
    """评价: once, after the answer. Raises Refused("not_answered" | "already_rated")."""
    if order.state != State.ANSWERED:
        raise Refused("not_answered")
    session.refresh(report, with_for_update=True)  # so that of two at once the second is told so
    if report.rated_at:
        raise Refused("already_rated")
    report.solved, report.attitude, report.rated_at = solved, attitude, now
    data = {"solved": solved, "attitude": attitude}
    if words:
        data["words"] = journal.keep_words(session, subject=f"report:{report.id}", field="rating", body=words, at=now)
    subject = f"report:{report.id}"
    journal.note(session, subject=subject, kind="report.rated", actor="reporter", at=now, data=data)
