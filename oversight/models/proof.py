"""Tables of the nightly proof (夜间核对): its runs, and what they found."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment

UNSETTLED = text("settled_at IS NULL")


class ProofRun(Base):
    """核对: one run for one local day. ``looked``: how many rows each check looked at; ``found``: how many it named."""

    __tablename__ = "proof_run"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    started_at: Mapped[dt.datetime] = mapped_column(Moment)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(80))
    looked: Mapped[dict[str, int]] = mapped_column(Json)
    found: Mapped[dict[str, int]] = mapped_column(Json)


class Finding(Base):
    """核对发现: something that would have been forgotten. A task of the desk until a later run no longer finds it."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(
            "ix_finding_unsettled", "check", "subject", unique=True, postgresql_where=UNSETTLED, sqlite_where=UNSETTLED
        ),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    check: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    first_run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proof_run.id"))
    last_run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proof_run.id"))
    found_at: Mapped[dt.datetime] = mapped_column(Moment)
    taken_by: Mapped[str | None] = mapped_column(String(80))
    settled_at: Mapped[dt.datetime | None] = mapped_column(Moment)
