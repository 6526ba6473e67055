"""Writing the journal: a row goes in with the change it tells of, in the same transaction."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from town import ids
from town.clock import Instant, microseconds
from town.database import Base, canonical
from town.errors import Refused
from town.journal import chain
from town.journal.models import HEAD, Event

INSERT_EVENT = insert(Base.metadata.tables["journal"]).inline()
INSERT_POSITION = insert(Base.metadata.tables["journal_position"]).inline()
VERSION_TAKEN = ("uq_journal_subject_version", "journal.subject, journal.version")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event to be written. ``at`` is when it is written down; ``data`` holds codes, ids and numbers only."""

    subject: str
    version: int
    kind: str
    actor: str
    at: Instant
    data: dict[str, Any]


def append(
    session: Session, *, subject: str, version: int, kind: str, actor: str, at: Instant, data: dict[str, Any]
) -> uuid.UUID:
    """Write one event and give back its id. Raises Refused("stale") when the subject already has this version."""
    return append_many(session, [Entry(subject, version, kind, actor, at, data)])[0]


@dataclass(frozen=True, slots=True)
class Note:
    """One event whose version is the next one, whichever that is."""

    subject: str
    kind: str
    actor: str
    at: Instant
    data: dict[str, Any]


def note(session: Session, *, subject: str, kind: str, actor: str, at: Instant, data: dict[str, Any]) -> uuid.UUID:
    """Write one event at the subject's next version. Raises Refused("stale") when another writer was first."""
    return note_many(session, [Note(subject, kind, actor, at, data)])[0]


def note_many(session: Session, notes: Sequence[Note]) -> list[uuid.UUID]:
    """Write several events in their order, each at its subject's next version. Raises Refused("stale") as ``note`` does."""
    subjects = {note.subject for note in notes}
    newest = select(Event.subject, func.max(Event.version)).where(Event.subject.in_(subjects)).group_by(Event.subject)
    versions = Counter(dict(session.execute(newest).all()))
    entries = []
    for one in notes:
        versions[one.subject] += 1
        entries.append(Entry(one.subject, versions[one.subject], one.kind, one.actor, one.at, one.data))
    return append_many(session, entries) if entries else []


def append_many(session: Session, entries: Sequence[Entry]) -> list[uuid.UUID]:
    """Write several events in their order, in one trip on PostgreSQL. Raises Refused("stale") as ``append`` does."""
    rows = [_row(entry) for entry in entries]
    connection = session.connection()
    write = _write_numbered if connection.dialect.name == "sqlite" else _write
    try:
        write(connection, rows)
    except IntegrityError as error:
        if any(name in str(error.orig) for name in VERSION_TAKEN):
            raise Refused("stale", current=max(entry.version for entry in entries)) from error
        raise
    return [row["id"] for row in rows]


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "subject": entry.subject,
        "version": entry.version,
        "at": entry.at,
        "kind": entry.kind,
        "actor": entry.actor,
        "data": entry.data,
    }


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """PostgreSQL: the leader numbers after the commit, so the cheapest statement will do."""
    connection.execute(INSERT_EVENT, rows[0] if len(rows) == 1 else rows)


def _write_numbered(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """SQLite: BEGIN IMMEDIATE makes the order of locks the order of commits, so the writer numbers at once."""
    position, digest = connection.execute(HEAD).first() or (0, chain.START)
    seqs = [connection.execute(INSERT_EVENT, row).lastrowid for row in rows]
    links = chain.extend(position, digest, map(_as_chained, rows))
    numbered = [{"seq": seq, "position": place, "hash": link} for seq, (place, link) in zip(seqs, links, strict=True)]
    connection.execute(INSERT_POSITION, numbered)


def _as_chained(row: dict[str, Any]) -> chain.Row:
    moment, text = microseconds(row["at"]), canonical(row["data"])
    return chain.Row(row["id"].hex, row["subject"], row["version"], moment, row["kind"], row["actor"], text)
