"""Tables of indicators and appraisal (指标与考核): exclusions, formulas, frozen months, appeals."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment

STANDING = text("state IN ('asked', 'approved')")


class Exclusion(Base):
    """剔除: an order that is left out of the figures, by a named ground, asked by one person and approved by another."""

    __tablename__ = "exclusion"
    __table_args__ = (
        Index("ix_exclusion_standing", "order_id", unique=True, postgresql_where=STANDING, sqlite_where=STANDING),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"), index=True)
    ground: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Formula(Base):
    """考核办法: one edition of how indicators are weighed. Kept whole with its digest; never changed, only followed."""

    __tablename__ = "appraisal_formula"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    valid_from: Mapped[dt.date] = mapped_column(Date, unique=True)
    kept_at: Mapped[dt.datetime] = mapped_column(Moment)
    kept_by: Mapped[str] = mapped_column(String(80))


class Snapshot(Base):
    """考核快照: a month as it was frozen, facts and results, with the digest of both. A later revision follows an appeal."""

    __tablename__ = "appraisal_snapshot"
    __table_args__ = (UniqueConstraint("month", "revision"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    revision: Mapped[int]
    formula_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("appraisal_formula.id"))
    frozen_at: Mapped[dt.datetime] = mapped_column(Moment)
    frozen_by: Mapped[str] = mapped_column(String(80))
    because: Mapped[str | None] = mapped_column(String(80))
    facts: Mapped[list[Any]] = mapped_column(Json)
    results: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    follows: Mapped[str | None] = mapped_column(String(64))


class Appeal(Base):
    """考核申诉: a squad objects to a frozen month, about one order or a figure; decided by somebody else, with a reason."""

    __tablename__ = "appraisal_appeal"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    snapshot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("appraisal_snapshot.id"), index=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"))
    order_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("work_order.id"))
    indicator: Mapped[str | None] = mapped_column(String(30))
    ground: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)
