"""Repeated requests (重发): one answer per key, whoever asks again and however many at once.

The unique index is the guard. Whoever comes second waits for the first, then gets the first one's answer.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, String, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from town import sealing
from town.clock import Instant
from town.database import Base, Moment
from town.errors import Refused

SHORTEST, LONGEST = 16, 128
KEPT = dt.timedelta(days=7)
"""Longer than a tablet stays away; after that a resend is a new request."""


class Answer(Base):
    """The answer given under a key. The body is sealed: it may hold a receipt, which nobody else may read.

    ``request`` is a keyed hash of what was sent: from a plain one a telephone number could be tried out.
    """

    __tablename__ = "idempotency"
    scope: Mapped[str] = mapped_column(String(240), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    request: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class Key:
    """One request by its key: ``scope`` is route and asker, ``request`` the SHA-256 of what was sent."""

    scope: str
    key: str
    request: bytes

    def __post_init__(self) -> None:
        if not SHORTEST <= len(self.key) <= LONGEST or not self.key.isascii():
            raise Refused("key_missing")

    @property
    def bound_to(self) -> bytes:
        """What the sealed answer is tied to, so that it cannot be moved under another key."""
        return f"{self.scope}\n{self.key}".encode()


def claim(session: Session, key: Key, master_key: str, now: Instant) -> tuple[int, bytes] | None:
    """None for the first to come, who must ``settle`` in the same transaction; otherwise the answer already given.

    Raises Refused("key_reused") when the key was used for another body.
    """
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    request = sealing.tag(master_key, "requests", key.request)
    row = insert(Answer).values(scope=key.scope, key=key.key, request=request, at=now).on_conflict_do_nothing()
    if session.scalar(row.returning(Answer.key)) is not None:
        return None
    stored = session.scalars(select(Answer).where(Answer.scope == key.scope, Answer.key == key.key)).one()
    if stored.request != request or stored.status is None or stored.body is None:
        raise Refused("key_reused")
    return stored.status, sealing.unseal(master_key, "answers", stored.body, key.bound_to)


def settle(session: Session, key: Key, master_key: str, status: int, body: bytes) -> None:
    """Keep the answer that is about to be given."""
    sealed = sealing.seal(master_key, "answers", body, key.bound_to)
    mine = Answer.scope == key.scope, Answer.key == key.key
    session.execute(update(Answer).where(*mine).values(status=status, body=sealed))


def sweep(session: Session, now: Instant) -> None:
    """Forget answers nobody will ask for again."""
    session.execute(delete(Answer).where(Answer.at < now - KEPT))
