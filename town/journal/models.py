"""The journal's tables (轨迹). Insert-only; see docs/adr/0002-one-journal.md."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment

BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


class Event(Base):
    """轨迹: one thing that happened to one subject. ``version`` is the subject's optimistic lock.

    ``at`` is when it was written down; when it happened, if that differs, stands in ``data``.
    ``data`` holds codes, ids and numbers only; words stand in ``Words`` and are cited by keyed hash.
    """

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("subject", "version"), CheckConstraint("version > 0", name="version"))
    seq: Mapped[int] = mapped_column(BIG_KEY, Identity(always=True), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    subject: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(80))
    data: Mapped[Any] = mapped_column(Json)


class Pending(Base):
    """Rows not yet numbered. PostgreSQL only: a trigger fills it, the numbering leader empties it."""

    __tablename__ = "journal_pending"
    __table_args__ = ({"info": {"only": "postgresql"}},)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Position(Base):
    """The number and chained hash of a committed row: what readers count by."""

    __tablename__ = "journal_position"
    position: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BIG_KEY, ForeignKey("journal.seq"), unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Words(Base):
    """Free text, erasable (可擦除的文字). ``salt`` and ``body`` go together: what is erased cannot be guessed back."""

    __tablename__ = "journal_words"
    __table_args__ = (Index(None, "subject", "field"),)
    cite: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(40))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    body: Mapped[str | None] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    erased_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Cursor(Base):
    """How far a durable reader has come."""

    __tablename__ = "journal_cursor"
    reader: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    moved_at: Mapped[dt.datetime] = mapped_column(Moment)


HEAD = select(Position.position, Position.hash).order_by(Position.position.desc()).limit(1)
