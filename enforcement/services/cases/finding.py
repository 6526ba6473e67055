"""Finding a case (查找案件) by its id, or by any number one of its papers carries, however it is written."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import DocumentNumber, PenaltyCase
from enforcement.rules import numbers
from town.errors import Refused


def find(session: Session, said: str) -> PenaltyCase:
    """The case. Raises Refused("not_found")."""
    row = session.get(PenaltyCase, _id(session, said.strip()))
    if row is None:
        raise Refused("not_found")
    return row


def _id(session: Session, said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        return _by_number(session, said)


def _by_number(session: Session, said: str) -> uuid.UUID:
    try:
        wanted = numbers.parse(said)
    except ValueError:
        raise Refused("not_found") from None
    asked = select(DocumentNumber).where(DocumentNumber.year == wanted.year, DocumentNumber.sequence == wanted.sequence)
    found = [one.case_id for one in session.scalars(asked) if numbers.parse(one.text) == wanted]
    if not found:
        raise Refused("not_found")
    return found[0]
