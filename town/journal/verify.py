"""Verifying the journal (核验轨迹): recompute every hash, in one stream, and name what does not fit."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import NullType

from town.clock import microseconds
from town.journal import chain
from town.journal.damage import Damage, Finding
from town.journal.heads import Head
from town.journal.models import Event, Pending, Position, Words
from town.journal.walk import MOST_FINDINGS, Link, Lost, Walk

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. ``more`` counts the findings beyond those that are listed."""

    position: int
    hash: bytes
    words: int
    findings: tuple[Finding, ...]
    more: int

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(
    session: Session, heads: Iterable[Head] = (), progress: Callable[[int], object] = lambda rows: None
) -> Verdict:
    """Recompute the whole chain and every citation; ``heads`` must have been read before the session's first query.

    ``progress`` is told how many rows each step has dealt with. Rows that only wait for their number are no damage.
    """
    walk = Walk()
    written = _by_position(heads)
    for links in _links(session):
        for link in links:
            walk.step(link)
            _compare(walk, link, written)
        progress(len(links))
    _compare_tail(walk, written)
    words = _check_words(session, walk)
    findings = walk.finish(_lost(session))
    return Verdict(walk.position, walk.hash, words, tuple(findings), walk.more)


def _by_position(heads: Iterable[Head]) -> dict[int, set[bytes]]:
    written: dict[int, set[bytes]] = {}
    for head in heads:
        written.setdefault(head.position, set()).add(head.hash)
    return written


def _compare(walk: Walk, link: Link, written: dict[int, set[bytes]]) -> None:
    if written.get(link.position, {link.hash}) != {link.hash}:
        walk.report(Finding(Damage.RECHAINED, link.position, link.seq))


def _compare_tail(walk: Walk, written: dict[int, set[bytes]]) -> None:
    if (farthest := max(written, default=0)) > walk.position:
        walk.report(Finding(Damage.TAIL_CUT, walk.position + 1, other=farthest))


def _links(session: Session) -> Iterable[list[Link]]:
    columns = _raw(Position.position, Position.seq, Position.hash, *_EVENT)
    numbered = select(*columns).outerjoin_from(Position, Event, Position.seq == Event.seq).order_by(Position.position)
    for rows in session.execute(numbered.execution_options(yield_per=CHUNK)).partitions():
        yield [Link(position, seq, _bytes(digest), _row(event)) for position, seq, digest, *event in rows]


def _lost(session: Session) -> list[Lost]:
    """Events without a number that do not wait for one either; one statement, so that numbering cannot fall between."""
    nowhere = select(*_raw(Event.seq, *_EVENT)).where(~exists().where(Position.seq == Event.seq))
    if session.connection().dialect.name == "postgresql":
        nowhere = nowhere.where(~exists().where(Pending.seq == Event.seq))
    rows = session.execute(nowhere.order_by(Event.seq).limit(MOST_FINDINGS))
    return [Lost(seq, row) for seq, *event in rows if (row := _row(event))]


def _check_words(session: Session, walk: Walk) -> int:
    columns = _raw(Words.cite, Words.subject, Words.field, Words.at, Words.salt, Words.body, Words.erased_at)
    query: Select[Any] = select(*columns).execution_options(yield_per=CHUNK)
    checked = 0
    for words in session.execute(query):
        checked += 1
        if not _cited_rightly(*words):
            walk.report(Finding(Damage.WORDS_CHANGED, subject=words[1], field=words[2], cite=words[0]))
    return checked


def _cited_rightly(cite: str, subject: str, field: str, at: Any, salt: Any, body: Any, erased_at: Any) -> bool:
    if erased_at is not None:
        return salt is None and body is None
    return salt is not None and chain.cite(_bytes(salt), subject, field, _whole(at), body) == cite


_EVENT = (Event.id, Event.subject, Event.version, Event.at, Event.kind, Event.actor, Event.data)


def _raw(*columns: InstrumentedAttribute[Any]) -> Sequence[ColumnElement[Any]]:
    """Values as the driver gives them: what somebody forged need not have the column's type."""
    return [type_coerce(column, NullType()) for column in columns]


def _row(event: Sequence[Any]) -> chain.Row | None:
    identifier, subject, version, at, kind, actor, data = event
    if identifier is None:
        return None
    return chain.Row(_hex(identifier), subject, version, _whole(at), kind, actor, data)


def _hex(identifier: Any) -> str:
    return identifier.hex if isinstance(identifier, uuid.UUID) else str(identifier)


def _whole(moment: Any) -> int:
    return microseconds(moment) if isinstance(moment, dt.datetime) else moment


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")
