"""The table of photos (照片)."""

import datetime as dt
import uuid

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Moment


class Photo(Base):
    """照片: one photo of one subject. ``sha256`` names the sealed original, ``view_sha256`` what people see."""

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("subject", "sha256"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    view_sha256: Mapped[str] = mapped_column(String(64), index=True)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[dt.datetime] = mapped_column(Moment)
