"""Day by day (逐日): what every day of a term was, for a small calendar. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from town.days import DAY, Calendar
from town.terms.counting import Due, same_number
from town.terms.standing_still import closed, stopped
from town.terms.units import BY_DAY, Unit


class DayKind(StrEnum):
    """What a day was to a term: 起算日, 计入, 不计, 调休上班, 暂停, 截止日."""

    START = "start"
    COUNTED = "counted"
    OFF = "off"
    SWAPPED = "swapped"
    PAUSED = "paused"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class TermDay:
    """One local day of a term. ``name``: of the holiday or 周末. ``number``: how many days are counted with it, if any."""

    date: dt.date
    kind: DayKind
    name: str
    number: int | None


def calendar_of(due: Due, calendar: Calendar) -> list[TermDay]:
    """Every local day from the start to the last one, in order; a term within one day has its last day only."""
    number, days = 0, []
    wanted = _wanted(due)
    for date in _dates(due):
        kind = _kind(date, due, calendar)
        counts = _is_numbered(date, kind, due, calendar) and number < wanted
        number += counts
        if number == wanted and not counts and kind is DayKind.COUNTED and due.term.unit in BY_DAY:
            kind = DayKind.OFF
        days.append(TermDay(date, kind, calendar.name(date), number if counts else None))
    return days


def _dates(due: Due) -> Iterator[dt.date]:
    first = due.start.date()
    return (first + offset * DAY for offset in range((due.last_day - first).days + 1))


def _wanted(due: Due) -> int:
    """How many days are counted one by one."""
    if due.term.unit == Unit.MONTHS:
        return (same_number(due.start.date(), due.amount) - due.start.date()).days
    return due.amount if due.term.unit in BY_DAY else 0


def _kind(date: dt.date, due: Due, calendar: Calendar) -> DayKind:
    if date == due.last_day:
        return DayKind.LAST
    if date == due.start.date():
        return DayKind.START
    if _is_paused(date, due, calendar):
        return DayKind.PAUSED
    if due.term.unit in (Unit.WORKING_HOURS, Unit.WORKING_DAYS) and not calendar.is_working(date):
        return DayKind.OFF
    special = calendar.special.get(date)
    return DayKind.SWAPPED if special and special.working else DayKind.COUNTED


def _is_paused(date: dt.date, due: Due, calendar: Calendar) -> bool:
    pauses = closed(due.pauses)
    if due.term.unit in BY_DAY:
        return stopped(pauses, calendar.zone).takes(date)
    opens, closes = calendar.end_of(date - DAY), calendar.end_of(date)
    return any(since <= opens and closes <= until for since, until in pauses)


def _is_numbered(date: dt.date, kind: DayKind, due: Due, calendar: Calendar) -> bool:
    if due.term.unit == Unit.WORKING_DAYS and not calendar.is_working(date):
        return False
    return kind in (DayKind.COUNTED, DayKind.SWAPPED, DayKind.LAST) and date != due.start.date()
