"""Reading the journal. A reader knows one position; it can neither skip a row nor be stalled, and may see one twice."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from town.clock import Instant
from town.journal import chain
from town.journal.models import HEAD, Cursor, Event, Position

COLUMNS = (Event.id, Event.subject, Event.version, Event.at, Event.kind, Event.actor, Event.data)


@dataclass(frozen=True, slots=True)
class Recorded:
    """轨迹: one event as it was written."""

    id: uuid.UUID
    subject: str
    version: int
    at: Instant
    kind: str
    actor: str
    data: Any


@dataclass(frozen=True, slots=True)
class Numbered(Recorded):
    """An event that has its place in the one order of the town."""

    position: int


def read_after(session: Session, position: int, limit: int = 500) -> list[Numbered]:
    """The next numbered events after ``position``, in order, at most ``limit``. Read until it comes back empty."""
    numbered = select(*COLUMNS, Position.position).join(Position, Position.seq == Event.seq)
    rows = session.execute(numbered.where(Position.position > position).order_by(Position.position).limit(limit))
    return [Numbered(*row) for row in rows]


def events_of(session: Session, subject: str) -> list[Recorded]:
    """Everything that happened to one subject, by version, whether numbered yet or not."""
    rows = session.execute(select(*COLUMNS).where(Event.subject == subject).order_by(Event.version))
    return [Recorded(*row) for row in rows]


def head(session: Session) -> tuple[int, bytes]:
    """The last position and its hash; ``(0, START)`` while nothing is numbered."""
    newest = session.execute(HEAD).first()
    return (newest[0], newest[1]) if newest else (0, chain.START)


def cursor(session: Session, reader: str) -> int:
    """How far a durable reader has come; 0 for one that has not begun."""
    return session.scalar(select(Cursor.position).where(Cursor.reader == reader)) or 0


def advance(session: Session, reader: str, position: int, at: Instant) -> None:
    """Move a reader's cursor forward; a cursor never goes back, whoever asks."""
    make = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    first = make(Cursor).values(reader=reader, position=position, moved_at=at)
    further = first.on_conflict_do_update(
        index_elements=[Cursor.reader],
        set_={"position": first.excluded.position, "moved_at": first.excluded.moved_at},
        where=Cursor.position < first.excluded.position,
    )
    session.execute(further)
