"""The rows of the watch (值守的表): clocks, their pauses and extensions, and the beat of whoever watches."""

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment


class State(StrEnum):
    """Where a clock stands. ``past``: already over when it was written down, so it rings nobody."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    PAST = "past"
    DROPPED = "dropped"


WAITED_FOR = (State.RUNNING, State.PAUSED, State.MISSED)
"""States of a clock that something is still waited for, as long as ``met_at`` is empty."""

WAITING = text("wakes_at IS NOT NULL")
"""Clocks that the watch still has to look at; spelled out, because both engines match a partial index by its words."""

STILL = text("until IS NULL")


class Deadline(Base):
    """时限: one clock of one subject. ``met_at`` may follow a miss: late is late, and still done.

    ``amount``: as the table of handling times says; ``extended``: what was granted beyond it, in the same unit.
    ``wakes_at``: when the watch looks at it next; empty when it never has to again. ``edition``: of the table of working
    days it was reckoned with. ``ladder``: levels and the share of the time in percent at which each is reached, as they
    stood when it started; ``rung``: how many of them were rung or passed over. ``version``: its last one in the journal,
    0 as long as nothing happened to it.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("subject", "kind", "round"),
        Index("ix_deadline_waiting", "wakes_at", postgresql_where=WAITING, sqlite_where=WAITING),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    round: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int]
    extended: Mapped[int] = mapped_column(default=0, server_default="0")
    unit: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[dt.datetime] = mapped_column(Moment)
    due_at: Mapped[dt.datetime] = mapped_column(Moment)
    wakes_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    ladder: Mapped[list[tuple[str, int]]] = mapped_column(Json, default=list, server_default="[]")
    rung: Mapped[int] = mapped_column(default=0, server_default="0")
    provisional: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=State.RUNNING)
    met_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    noticed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Pause(Base):
    """暂停: a stretch of a clock that does not count, with its reason and who answers for it. Open while ``until`` is empty."""

    __tablename__ = "deadline_pause"
    __table_args__ = (
        Index("ix_deadline_pause_open", "deadline_id", unique=True, postgresql_where=STILL, sqlite_where=STILL),
        Index("ix_deadline_pause_deadline", "deadline_id"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"))
    reason: Mapped[str] = mapped_column(String(40))
    since: Mapped[dt.datetime] = mapped_column(Moment)
    until: Mapped[dt.datetime | None] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))


class Extension(Base):
    """延长: what was granted beyond a clock's term, in its own unit, why, and by whom."""

    __tablename__ = "deadline_extension"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    granted_at: Mapped[dt.datetime] = mapped_column(Moment)
    granted_by: Mapped[str] = mapped_column(String(80))


class Beat(Base):
    """值守心跳: when the watch last looked, by the wall and by the machine's steady clock, and on which run of which machine."""

    __tablename__ = "watch_beat"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    wall: Mapped[dt.datetime] = mapped_column(Moment)
    steady: Mapped[float] = mapped_column(Float(53))
    boot: Mapped[str] = mapped_column(String(80))
