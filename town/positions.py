"""Positions (位置): where a squad's tablet was last, as it said itself. Telemetry: the last one only, never in the journal."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, Float, ForeignKey, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from town.clock import Instant
from town.database import Base, Moment
from town.people import Device, Squad

KEPT = dt.timedelta(hours=12)
"""A shift and its hand-over. Where somebody was yesterday is nobody's business."""


class Position(Base):
    """位置: degrees, CGCS2000. Kept for the shift, forgotten after it."""

    __tablename__ = "device_position"
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    lon: Mapped[float] = mapped_column(Float(53))
    lat: Mapped[float] = mapped_column(Float(53))
    accuracy_m: Mapped[float | None] = mapped_column(Float(53))


@dataclass(frozen=True, slots=True)
class Seen:
    """A tablet and where it last was: degrees, CGCS2000; ``accuracy_m`` in metres."""

    device: str
    squad: str
    at: Instant
    lon: float
    lat: float
    accuracy_m: float | None


def report(
    session: Session, device_id: uuid.UUID, at: Instant, lon: float, lat: float, accuracy_m: float | None = None
) -> bool:
    """Keep where a tablet is, unless something newer of it is kept already. True when it was kept."""
    make = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    first = make(Position).values(device_id=device_id, at=at, lon=lon, lat=lat, accuracy_m=accuracy_m)
    newest = first.on_conflict_do_update(
        index_elements=[Position.device_id],
        set_={name: first.excluded[name] for name in ("at", "lon", "lat", "accuracy_m")},
        where=Position.at < first.excluded.at,
    )
    return session.execute(newest.returning(Position.device_id)).first() is not None


def current(session: Session, since: Instant) -> list[Seen]:
    """Where the tablets in use were last, those heard of since then, by code."""
    asked = (
        select(Device.code, Squad.code, Position.at, Position.lon, Position.lat, Position.accuracy_m)
        .join(Device, Device.id == Position.device_id)
        .join(Squad, Squad.id == Device.squad_id)
        .where(Position.at >= since, Device.active)
        .order_by(Device.code)
    )
    return [Seen(*row) for row in session.execute(asked)]


def sweep(session: Session, now: Instant) -> int:
    """Forget every position older than ``KEPT``; gives back how many."""
    result: CursorResult[Any] = session.connection().execute(delete(Position).where(Position.at < now - KEPT))
    return result.rowcount
