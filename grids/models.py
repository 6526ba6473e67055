"""Tables of the grids room: an edition of a map, its areas (片区) and grids (网格)."""

import datetime as dt
import uuid

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Boolean, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Moment
from town.geometry import SRID

BASE = "base"
"""The layer that squads are found by."""


class Edition(Base):
    """版次: one whole map of the town, valid from its activation until the next one's. At most one a layer is active.

    ``layer``: ``base`` for the map that squads are found by, or the name of a professional layer over it (专业网格).
    ``starts_at``: when an edition that is not active yet shall become so by itself.
    """

    __tablename__ = "grid_edition"
    __table_args__ = (
        Index(
            "uq_grid_edition_active",
            "layer",
            unique=True,
            postgresql_where=text("active"),
            sqlite_where=text("active"),
        ),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    layer: Mapped[str] = mapped_column(String(40), default=BASE, server_default=BASE)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    source: Mapped[str] = mapped_column(String(200))
    source_sha256: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[dt.datetime] = mapped_column(Moment)
    active: Mapped[bool] = mapped_column(Boolean, default=False)
    valid_from: Mapped[dt.datetime | None] = mapped_column(Moment)
    valid_to: Mapped[dt.datetime | None] = mapped_column(Moment)
    starts_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Area(Base):
    """片区: a union of grids that one squad serves."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("grid_edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))


class Grid(Base):
    """网格: a polygon of the map. Degrees, CGCS2000, longitude before latitude."""

    __tablename__ = "grid"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("grid_edition.id"))
    area_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("area.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    shape: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=SRID, spatial_index=False))
