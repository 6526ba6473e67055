"""Calendars (日历): the table of working days as it is stored, and the town's calendar that is read from it.

Who changes the table: ``town.workdays``.
"""

import datetime as dt
import uuid

from sqlalchemy import Date, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from town import profile
from town.database import Base
from town.days import Calendar, SpecialDay
from town.holidays import NOWHERE
from town.profile import Town

EVERY_YEAR = range(dt.MINYEAR, dt.MAXYEAR + 1)
CALENDARS_KEPT = 32


class Workday(Base):
    """A day that has a name: a holiday, or a weekend day that works. All others work from Monday to Friday."""

    __tablename__ = "workday"
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(80))

    @property
    def special(self) -> SpecialDay:
        """What the calendar knows of it."""
        return SpecialDay(self.working, self.name)


class CoveredYear(Base):
    """A year whose holidays are known. Beyond them every due date is provisional."""

    __tablename__ = "workday_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(80))


class Edition(Base):
    """A state of the table, counted up with every change. ``id`` tells it from the same number in any other database."""

    __tablename__ = "workday_edition"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)


EDITIONS = Base.metadata.tables["workday_edition"].c
NEWEST = select(EDITIONS.number, EDITIONS.id).order_by(EDITIONS.number.desc()).limit(1)


def current(session: Session) -> Calendar:
    """The calendar of this database's town. Raises Refused("town_missing") before ``wangge town create``."""
    return calendar(session, profile.current(session))


def calendar(session: Session, town: Town) -> Calendar:
    """The town's calendar by the newest edition of the table, kept in memory until there is a newer one."""
    number, identity = newest(session)
    key = (identity, town.timezone, town.holiday_region, tuple(map(tuple, town.office_hours)))
    known = _calendars.get(key)
    if known is None:
        known = _read(session, town, number)
        if len(_calendars) >= CALENDARS_KEPT:
            _calendars.clear()
        _calendars[key] = known
    return known


_calendars: dict[tuple[object, ...], Calendar] = {}


def newest(session: Session) -> tuple[int, uuid.UUID | None]:
    """Number and id of the newest edition. Asked for every clock that is started, so without the session's detours."""
    found = session.connection().execute(NEWEST).first()
    return (found[0], found[1]) if found else (0, None)


def _read(session: Session, town: Town, edition: int) -> Calendar:
    special = {row.day: row.special for row in session.scalars(select(Workday))}
    covered = EVERY_YEAR if town.holiday_region == NOWHERE else frozenset(session.scalars(select(CoveredYear.year)))
    return Calendar(town.zone, town.hours.spans, special, covered, edition)
