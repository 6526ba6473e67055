"""Receipts of payments (缴款凭证): one number pays once in the whole town, also when two enter it at the same moment."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from enforcement.models import DocumentNumber, PaymentReceipt, PenaltyCase
from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act

NAMED_BY = ("立", "当罚")
"""Numbers a case is called by: of its filing, or of the decision on the spot."""


def take(session: Session, row: PenaltyCase, act: Act) -> None:
    """Claim the number of a payment; who comes second waits here until the first is kept or given up."""
    if act.action is not Action.PAY or "receipt_number" not in act.given:
        return
    new = {"number": _key(act), "case_id": row.id, "sequence": act.sequence}
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(PaymentReceipt).values(new).on_conflict_do_nothing(index_elements=["number"]))


def used_by(session: Session, row: PenaltyCase, act: Act) -> str | None:
    """The other case in which this number was used, as people call it."""
    used = select(PaymentReceipt.case_id).where(PaymentReceipt.number == _key(act), PaymentReceipt.case_id != row.id)
    case_id = session.scalar(used)
    if case_id is None:
        return None
    called = select(DocumentNumber.text).where(DocumentNumber.case_id == case_id, DocumentNumber.kind.in_(NAMED_BY))
    number = session.scalar(called.order_by(DocumentNumber.allocated_at))
    return f"案件 {number} " if number else "另一个案件"


def _key(act: Act) -> str:
    return money.receipt_key(str(act.given["receipt_number"]))
