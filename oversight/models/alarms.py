"""Tables of supervision (督办预警): alarms, the notices that gather them, and 督办单."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment

OPEN = text("closed_at IS NULL")
UNRUNG = text("rung_at IS NULL")
"""Spelled out, because both engines match a partial index by its words."""


class Alarm(Base):
    """预警: one rung of one clock's ladder that was reached, and whom it was brought to.

    ``seat``: the post of the chain that was found filled; ``passed``: the seats before it, each with why nobody sat
    there. ``fallback``: nobody of the chain was there, and the named fallback (兜底人) was told.
    """

    __tablename__ = "alarm"
    __table_args__ = (
        UniqueConstraint("deadline_id", "level"),
        Index("ix_alarm_subject", "subject"),
        Index("ix_alarm_open", "account_id", "raised_at", postgresql_where=OPEN, sqlite_where=OPEN),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"))
    subject: Mapped[str] = mapped_column(String(80))
    clock: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(20))
    percent: Mapped[int]
    due_at: Mapped[dt.datetime] = mapped_column(Moment)
    reached_at: Mapped[dt.datetime] = mapped_column(Moment)
    raised_at: Mapped[dt.datetime] = mapped_column(Moment)
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"))
    seat: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    fallback: Mapped[bool] = mapped_column(default=False)
    passed: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    closed_why: Mapped[str | None] = mapped_column(String(20))


class Notice(Base):
    """通知: what one person is told at once, however much it gathers. It rings once, outside quiet hours.

    Of one person and class of levels (``level``) never two wait to be rung. ``account_id``: empty for the desk, when
    there is nobody in the town. ``count``: how many lines it has.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_unrung", "rings_at", postgresql_where=UNRUNG, sqlite_where=UNRUNG),
        Index("ix_notice_waiting", "account_id", "level", unique=True, postgresql_where=UNRUNG, sqlite_where=UNRUNG),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[dt.datetime] = mapped_column(Moment)
    rings_at: Mapped[dt.datetime] = mapped_column(Moment)
    rung_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    count: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class NoticeLine(Base):
    """通知内容: one thing a notice tells of: an alarm, or a 督办单 that came, came back, was answered or closed."""

    __tablename__ = "notice_line"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    notice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    alarm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alarm.id"), index=True)
    supervision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("supervision.id"))


class Supervision(Base):
    """督办单: somebody must answer for what is late, in writing, by a clock of its own (``supervision:<id>``).

    One subject has one open at a time. ``squad_id``, ``partner_id``: who must answer, both empty for the desk;
    ``account_id``: whom it was brought to there. ``state``: issued, replied, returned, closed. ``accountable_at``: when
    it reached the 问责 line, if it did.
    """

    __tablename__ = "supervision"
    __table_args__ = (
        Index("ix_supervision_subject", "subject"),
        Index("ix_supervision_open", "subject", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_supervision_state", "state"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    subject: Mapped[str] = mapped_column(String(80))
    alarm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alarm.id"))
    state: Mapped[str] = mapped_column(String(10))
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"), index=True)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    issued_at: Mapped[dt.datetime] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(String(80))
    replied_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    replied_by: Mapped[str | None] = mapped_column(String(80))
    returned: Mapped[int] = mapped_column(default=0)
    accountable_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str | None] = mapped_column(String(20))


class SupervisionNumber(Base):
    """督办文号: the last number of a local year."""

    __tablename__ = "supervision_number"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
