"""Reading clocks (查看): of a subject, of many subjects, and what happened to each."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from town.watch.models import WAITED_FOR, Deadline, Extension, Pause, State

MOST_ASKED = 20_000
"""Values in one statement: PostgreSQL takes 65,535, SQLite as few as 32,766."""

Value = TypeVar("Value")


def of(session: Session, subject: str) -> Sequence[Deadline]:
    """Every clock of a subject, in the order they were started."""
    return of_subjects(session, [subject])[subject]


def of_subjects(session: Session, subjects: Collection[str]) -> dict[str, list[Deadline]]:
    """Every clock of each subject, in the order they were started; an empty list where there is none."""
    found: dict[str, list[Deadline]] = {subject: [] for subject in subjects}
    order = (Deadline.started_at, Deadline.due_at, Deadline.id)
    for some in _pages(found):
        for deadline in session.scalars(select(Deadline).where(Deadline.subject.in_(some)).order_by(*order)):
            found[deadline.subject].append(deadline)
    return found


def nearest(session: Session, subjects: Iterable[str]) -> dict[str, Deadline]:
    """The clock to show for each subject, if it has one: unmet and due first, paused ones last. One query a page."""
    return {clock.subject: clock for page in _pages(subjects) for clock in _nearest(session, page)}


def _nearest(session: Session, subjects: Sequence[str]) -> Iterable[Deadline]:
    paused_last = case((Deadline.state == State.PAUSED, 1), else_=0)
    order = (paused_last, Deadline.due_at, Deadline.id)
    rank = func.row_number().over(partition_by=Deadline.subject, order_by=order).label("rank")
    waited_for = (Deadline.met_at.is_(None), Deadline.state.in_(WAITED_FOR))
    ranked = select(Deadline, rank).where(Deadline.subject.in_(subjects), *waited_for).subquery()
    first = aliased(Deadline, ranked)
    return session.scalars(select(first).where(ranked.c.rank == 1))


def pauses_of(session: Session, deadlines: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Pause]]:
    """The pauses of each clock, oldest first; clocks without any are left out."""
    found: dict[uuid.UUID, list[Pause]] = defaultdict(list)
    for some in _pages(deadlines):
        for pause in session.scalars(select(Pause).where(Pause.deadline_id.in_(some)).order_by(Pause.since, Pause.id)):
            found[pause.deadline_id].append(pause)
    return dict(found)


def extensions_of(session: Session, deadlines: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Extension]]:
    """What was granted to each clock, oldest first; clocks without any are left out."""
    found: dict[uuid.UUID, list[Extension]] = defaultdict(list)
    order = (Extension.granted_at, Extension.id)
    for some in _pages(deadlines):
        for one in session.scalars(select(Extension).where(Extension.deadline_id.in_(some)).order_by(*order)):
            found[one.deadline_id].append(one)
    return dict(found)


def open_pause(session: Session, deadline: Deadline) -> Pause:
    """The pause that a clock stands still for."""
    return session.scalars(select(Pause).where(Pause.deadline_id == deadline.id, Pause.until.is_(None))).one()


def locked(session: Session, *which: ColumnElement[bool], limit: int | None = None) -> Sequence[Deadline]:
    """Rows as they stand now, locked until the transaction ends, always in one order."""
    found = select(Deadline).where(*which).order_by(Deadline.id).limit(limit).with_for_update()
    return session.scalars(found, execution_options={"populate_existing": True}).all()


def _pages(values: Iterable[Value]) -> Iterator[list[Value]]:
    wanted = list(values)
    return (wanted[start : start + MOST_ASKED] for start in range(0, len(wanted), MOST_ASKED))
