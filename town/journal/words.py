"""Words (文字): free text beside the journal. Events cite it by keyed hash, so it can be erased and the chain holds."""

import secrets
from typing import Any

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.orm import Session

from town.clock import Instant, microseconds
from town.database import Base
from town.journal import chain
from town.journal.models import Words

SALT_BYTES = 16
INSERT_WORDS = insert(Base.metadata.tables["journal_words"]).inline()


def keep_words(session: Session, *, subject: str, field: str, body: str, at: Instant) -> str:
    """Keep words of a subject and give back the citation (64 hex digits) to put into the event's data."""
    salt = secrets.token_bytes(SALT_BYTES)
    citation = chain.cite(salt, subject, field, microseconds(at), body)
    row = {
        "cite": citation,
        "subject": subject,
        "field": field,
        "salt": salt,
        "body": body,
        "at": at,
        "erased_at": None,
    }
    session.connection().execute(INSERT_WORDS, row)
    return citation


def words_of(session: Session, subject: str, field: str) -> str | None:
    """The newest words of one field; None when there are none or they were erased."""
    mine = select(Words.body).where(Words.subject == subject, Words.field == field)
    return session.scalar(mine.order_by(Words.at.desc()).limit(1))


def words_by_cite(session: Session, cite: str) -> str | None:
    """The words an event cites; None when they were erased."""
    return session.scalar(select(Words.body).where(Words.cite == cite))


def secret_of(session: Session, subject: str, field: str) -> bytes | None:
    """The random bytes that hide the oldest words of one field: no event and no page tells them. None once erased."""
    mine = select(Words.salt).where(Words.subject == subject, Words.field == field)
    return session.scalar(mine.order_by(Words.at).limit(1))


def erase_words(session: Session, subject: str, at: Instant) -> int:
    """Erase all words of a subject together with their salts; gives back how many. The citations stay."""
    standing = update(Words).where(Words.subject == subject, Words.erased_at.is_(None))
    result: CursorResult[Any] = session.connection().execute(standing.values(body=None, salt=None, erased_at=at))
    return result.rowcount
