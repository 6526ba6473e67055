"""Document numbers (文号): allocated at approval, in the approving transaction, so that none is lost and none twice.

Who allocates holds the row of the series until he commits; who rolls back has taken nothing. Journal: subject
``number:<the number>``.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from enforcement.models import DocumentNumber, NumberSeries
from enforcement.rules import numbers
from enforcement.rules.numbers import Fault, Given, NumberKind, NumberState
from town import journal
from town.clock import Instant
from town.errors import Refused

Series = tuple[str, str, int]
"""Organ, kind and year."""


def allocate(
    session: Session, organ: str, kind: str, year: int, prefix: str, case_id: uuid.UUID, actor: str, now: Instant
) -> DocumentNumber:
    """The next number of the series for this case; everybody after waits for the commit, or gets it after a rollback.

    Raises Refused("number_taken") when another organ already writes its numbers with this prefix, and ValueError for
    a kind that has no mark.
    """
    sequence = _next(session, (organ, NumberKind(kind), year))
    text = numbers.text(prefix, kind, year, sequence)
    if session.get(DocumentNumber, text):
        raise Refused("number_taken", number=text)
    row = DocumentNumber(
        text=text,
        organ=organ,
        kind=NumberKind(kind),
        year=year,
        sequence=sequence,
        state=NumberState.OUTSTANDING,
        case_id=case_id,
        allocated_at=now,
        by=actor,
    )
    session.add(row)
    session.flush()
    _note(session, "number.allocated", text, actor, now, {"case": str(case_id), "sequence": sequence})
    return row


def issue(session: Session, text: str, document_id: uuid.UUID) -> DocumentNumber:
    """已出文: this document carries the number. Raises Refused("number_unknown" | "number_spent")."""
    return _turn(session, text, [NumberState.OUTSTANDING], state=NumberState.ISSUED, document_id=document_id)


def void(session: Session, text: str, reason: str, actor: str, now: Instant) -> DocumentNumber:
    """作废: never used (again); the number and its document are kept.

    Raises Refused("missing_fact" | "number_unknown" | "number_spent").
    """
    if not reason.strip():
        raise Refused("missing_fact", action="作废文号", missing="理由")
    usable = [NumberState.OUTSTANDING, NumberState.ISSUED]
    row = _turn(session, text, usable, state=NumberState.VOID, reason=reason.strip())
    _note(session, "number.void", text, actor, now, {"case": str(row.case_id)})
    return row


def register(session: Session, organ: str, kind: str | None = None, year: int | None = None) -> list[DocumentNumber]:
    """文号登记簿: the organ's numbers by year, kind and sequence."""
    asked = select(DocumentNumber).where(DocumentNumber.organ == organ)
    if kind is not None:
        asked = asked.where(DocumentNumber.kind == kind)
    if year is not None:
        asked = asked.where(DocumentNumber.year == year)
    return list(session.scalars(asked.order_by(DocumentNumber.year, DocumentNumber.kind, DocumentNumber.sequence)))


@dataclass(frozen=True, slots=True)
class Gap:
    """文号缺口: what is wrong with one number of a series."""

    organ: str
    kind: str
    year: int
    fault: Fault


def gaps(session: Session) -> tuple[Gap, ...]:
    """Every number that is missing, used twice, outside its series or unaccounted for; nothing when all is well."""
    rows: dict[Series, list[DocumentNumber]] = defaultdict(list)
    for row in session.scalars(select(DocumentNumber).order_by(DocumentNumber.sequence)):
        rows[row.organ, row.kind, row.year].append(row)
    reached = {(one.organ, one.kind, one.year): one.last for one in session.scalars(select(NumberSeries))}
    return tuple(
        Gap(*series, fault)
        for series in sorted(reached.keys() | rows.keys())
        for fault in _faults(series, reached.get(series, 0), rows[series])
    )


def _faults(series: Series, last: int, rows: list[DocumentNumber]) -> Iterator[Fault]:
    yield from numbers.faults(last, [_given(row) for row in rows])
    for row in rows:
        said = numbers.parse(row.text)
        if (said.kind, said.year, said.sequence) != (*series[1:], row.sequence):
            yield Fault(row.sequence, "unnamed", f"{row.text} 与登记的文书字、年份或序号不一致。")


def _given(row: DocumentNumber) -> Given:
    return Given(row.text, row.sequence, row.state, row.document_id is not None, bool(row.reason))


def _next(session: Session, series: Series) -> int:
    """One statement: the year's first number by insert, every other by update; either way the row stays locked."""
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    organ, kind, year = series
    first = insert(NumberSeries).values(organ=organ, kind=kind, year=year, last=1)
    further = first.on_conflict_do_update(
        index_elements=[NumberSeries.organ, NumberSeries.kind, NumberSeries.year],
        set_={"last": NumberSeries.last + 1},
    )
    sequence: int = session.execute(further.returning(NumberSeries.last)).scalar_one()
    return sequence


def _turn(session: Session, text: str, usable: list[NumberState], **values: Any) -> DocumentNumber:
    """Compare and set: of two who want the same number, one gets it."""
    mine = update(DocumentNumber).where(DocumentNumber.text == text, DocumentNumber.state.in_(usable))
    turned = session.execute(mine.values(values).returning(DocumentNumber.text)).first()
    row = session.get(DocumentNumber, text, populate_existing=True)
    if row is None:
        raise Refused("number_unknown", number=text)
    if turned is None:
        raise Refused("number_spent", number=text, state=numbers.STATE_NAMES[NumberState(row.state)])
    return row


def _note(session: Session, kind: str, text: str, actor: str, now: Instant, data: dict[str, Any]) -> None:
    journal.note(session, subject=f"number:{text}", kind=kind, actor=actor, at=now, data=data)
