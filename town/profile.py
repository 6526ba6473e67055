"""The town's own page (镇的基本情况): its name, zone, projection and office hours. One row per database."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from town.database import Base, Json, Moment
from town.errors import Refused


@dataclass(frozen=True)
class OfficeHours:
    """工作时: spans of a working day in local time, in order and apart: ``((08:30, 12:00), (13:30, 17:30))``."""

    spans: tuple[tuple[dt.time, dt.time], ...]


ONLY = 1
HELD = "town.profile"


class Town(Base):
    """镇: one town is one database.

    ``fallback``: login of the 兜底人, who is told when nobody else can be. ``quiet_from``, ``quiet_until``: local times
    between which people are not rung for what can wait; clocks know no quiet. ``last_resort``: code of the partner who
    must take what nobody else took (兜底单位).
    """

    __tablename__ = "town"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(60))
    epsg: Mapped[int]
    holiday_region: Mapped[str] = mapped_column(String(20))
    office_hours: Mapped[list[list[str]]] = mapped_column(Json)
    operator: Mapped[str] = mapped_column(String(120))
    filing_number: Mapped[str] = mapped_column(String(120))
    complaints_url: Mapped[str] = mapped_column(String(300))
    fallback: Mapped[str | None] = mapped_column(String(60))
    quiet_from: Mapped[str] = mapped_column(String(5), default="21:00", server_default="21:00")
    quiet_until: Mapped[str] = mapped_column(String(5), default="07:00", server_default="07:00")
    last_resort: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that days and office hours are counted in."""
        return ZoneInfo(self.timezone)

    @property
    def hours(self) -> OfficeHours:
        """Office hours as local times."""
        return OfficeHours(tuple((dt.time.fromisoformat(a), dt.time.fromisoformat(b)) for a, b in self.office_hours))


def current(session: Session) -> Town:
    """The town of this database. Raises Refused("town_missing") before ``wangge town create``."""
    town: Town | None = session.get(Town, ONLY)
    if town is None:
        raise Refused("town_missing")
    session.info[HELD] = town  # a session forgets what nobody holds, and would ask again every time
    return town


def local_day(session: Session, moment: dt.datetime) -> dt.date:
    """The town's day that a moment falls in (当地日期). Raises Refused("town_missing")."""
    return moment.astimezone(current(session).zone).date()
