"""Tables of the dispatch room: reports (举报), orders (工单), and which squad serves which area."""

import datetime as dt
import uuid
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment
from town.geometry import SRID

OPEN = text("state NOT IN ('closed', 'answered')")


class Service(Base):
    """管辖: the squad that serves an area, by the area's code, so that a redrawn map keeps its squads."""

    __tablename__ = "service_area"
    area_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"), index=True)


class Order(Base):
    """工单: what a squad gets. It keeps the map edition and the reasons it was routed under."""

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_open", "squad_id", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_work_order_changed", "changed_at"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("grid_edition.id"))
    grid_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("grid.id"))
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    outcome: Mapped[str | None] = mapped_column(String(20))
    handler: Mapped[str | None] = mapped_column(String(80))
    received_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


class Report(Base):
    """举报: what a person sent. The point as given is kept beside the converted one; the words stand in the journal's."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("source", "source_key"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    source_key: Mapped[str | None] = mapped_column(String(120))
    place: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    given_x: Mapped[float] = mapped_column(Float(53))
    given_y: Mapped[float] = mapped_column(Float(53))
    crs: Mapped[str] = mapped_column(String(10))
    accuracy_m: Mapped[float | None] = mapped_column(Float(53))
    received_at: Mapped[dt.datetime] = mapped_column(Moment)
    recorded_at: Mapped[dt.datetime] = mapped_column(Moment)
    solved: Mapped[str | None] = mapped_column(String(20))
    attitude: Mapped[str | None] = mapped_column(String(20))
    rated_at: Mapped[dt.datetime | None] = mapped_column(Moment)
