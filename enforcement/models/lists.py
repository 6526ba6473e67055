"""Tables of the lists: kinds of matter (事项), the power list (权力清单), and what happened to powers since.

Both lists come in editions that are in force from one day until another; days are the town's local days.
"""

import datetime as dt
import uuid

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment


class ListEdition(Base):
    """清单版次: one whole list, of kinds of matter or of powers; ``kind`` says which.

    In force on every day from ``valid_from`` up to, not including, ``valid_to``; not at all while ``valid_from`` is
    empty. ``confirmed_by``: the legal officer who answers for its rows.
    """

    __tablename__ = "list_edition"
    __table_args__ = (UniqueConstraint("kind", "name"), Index("ix_list_edition_valid", "kind", "valid_from"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(200))
    source_sha256: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[dt.datetime] = mapped_column(Moment)
    valid_from: Mapped[dt.date | None] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    confirmed_by: Mapped[str | None] = mapped_column(String(120))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class EventType(Base):
    """事项: a kind of matter (GB/T 47678.5-2026 and the town's own). ``near_m``, ``near_days``: what counts as the same.

    ``nature``: enforcement, facility or service. ``small``: a 网格员 may settle it. ``unit``: the partner that answers
    for a facility. ``holder``: the partner that acts where the town has no power. ``offered``: what a citizen chooses.
    """

    __tablename__ = "event_type"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    class_name: Mapped[str] = mapped_column(String(60))
    nature: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(40))
    emergency: Mapped[bool] = mapped_column(default=False)
    small: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[str | None] = mapped_column(String(40))
    holder: Mapped[str | None] = mapped_column(String(40))
    offered: Mapped[str | None] = mapped_column(String(40))
    near_m: Mapped[int] = mapped_column(default=30)
    near_days: Mapped[int] = mapped_column(default=7)


class Power(Base):
    """执法事项 (权力): one line of the power list; ``mode`` says how it was conferred (行政处罚法 20, 21, 24).

    ``document``: the provincial decision (delegated) or the letter of entrustment. ``list_entry``: its line in the
    county's list. ``grantor``: who delegated or entrusted it. ``verified``: whether somebody read the statute's text.
    """

    __tablename__ = "power"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    official_code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    field: Mapped[str] = mapped_column(String(40))
    basis: Mapped[str] = mapped_column(String(1000))
    penalty: Mapped[str] = mapped_column(String(1000))
    fine_min: Mapped[int | None]
    fine_max: Mapped[int | None]
    warn_first: Mapped[bool] = mapped_column(default=False)
    events: Mapped[list[str]] = mapped_column(Json)
    mode: Mapped[str] = mapped_column(String(10))
    document: Mapped[str | None] = mapped_column(String(200))
    list_entry: Mapped[str | None] = mapped_column(String(60))
    grantor: Mapped[str | None] = mapped_column(String(40))
    published_on: Mapped[dt.date | None] = mapped_column(Date)
    published_at_place: Mapped[str | None] = mapped_column(String(300))
    effective_from: Mapped[dt.date] = mapped_column(Date)
    effective_to: Mapped[dt.date | None] = mapped_column(Date)
    superseded_by: Mapped[str | None] = mapped_column(String(40))
    verified: Mapped[bool] = mapped_column(default=False)


class PowerChange(Base):
    """权力变动: what happened to a power by its code, over all editions: suspended, resumed or handed back from a day on.

    ``to``: the partner that holds it afterwards.
    """

    __tablename__ = "power_change"
    __table_args__ = (Index("ix_power_change_code", "code", "from_day"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    from_day: Mapped[dt.date] = mapped_column(Date)
    to: Mapped[str | None] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[dt.datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
