"""Periods (期间): days, weeks, months, quarters and years of the town's own calendar, and the moments they span."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from town.days import DAY, Calendar

LONGEST = dt.timedelta(days=366)
FREEZING_DAY = 5
"""A month is frozen on this working day of the next one: late tablets have come in, and appeals can begin."""
YEAR = r"(?P<year>2[0-9]{3})"
"""Years that a clock of this house can reckon with, in digits that have one spelling only."""
SPELLED = (
    re.compile(YEAR),
    re.compile(rf"{YEAR}-Q(?P<quarter>[1-4])"),
    re.compile(rf"{YEAR}-(?P<month>[0-9]{{2}})"),
    re.compile(rf"{YEAR}-W(?P<week>[0-9]{{2}})"),
    re.compile(rf"{YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """期间: local days, both ends included. Raises ValueError when it ends before it begins, or is longer than a year."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if not self.first <= self.last < self.first + LONGEST:
            raise ValueError(f"no period: {self.first} to {self.last}")

    def days(self) -> Iterator["Period"]:
        """Each of its days, as a period of its own."""
        count = (self.last - self.first).days + 1
        return (Period(day, day) for day in (self.first + offset * DAY for offset in range(count)))


@dataclass(frozen=True, slots=True)
class Span:
    """The moments of a period: from midnight of its first local day up to midnight after its last; half-open, UTC."""

    since: dt.datetime
    until: dt.datetime

    def holds(self, moment: dt.datetime | None) -> bool:
        """Whether the moment falls in it."""
        return moment is not None and self.since <= moment < self.until


def parse(text: str) -> Period:
    """``2026``, ``2026-Q4``, ``2026-11``, ``2026-W47`` (ISO 8601) or ``2026-11-22``. Raises ValueError for anything else."""
    found = next((match for pattern in SPELLED if (match := pattern.fullmatch(text))), None)
    if found is None:
        raise ValueError(f"no period: {text}")
    told = {name: int(value) for name, value in found.groupdict().items()}
    match told:
        case {"year": year, "month": number, "day": day}:
            return Period(dt.date(year, number, day), dt.date(year, number, day))
        case {"year": year, "month": number}:
            return _months(year, number, 1)
        case {"year": year, "quarter": quarter}:
            return _months(year, 3 * quarter - 2, 3)
        case {"year": year, "week": week}:
            monday = dt.date.fromisocalendar(year, week, 1)
            return Period(monday, monday + 6 * DAY)
    return _months(told["year"], 1, 12)


def month(text: str) -> Period:
    """A calendar month, ``2026-11``. Raises ValueError."""
    if not SPELLED[2].fullmatch(text):
        raise ValueError(f"no month: {text}")
    return parse(text)


def month_of(day: dt.date) -> str:
    """The month a day falls in, as it is spelled here."""
    return f"{day:%Y-%m}"


def month_before(text: str) -> str:
    """The month before this one."""
    return month_of(month(text).first - DAY)


def month_after(text: str) -> str:
    """The month after this one."""
    return month_of(month(text).last + DAY)


def span(period: Period, zone: ZoneInfo) -> Span:
    """The moments of the period in a town of this zone."""
    return Span(_midnight(period.first, zone), _midnight(period.last + DAY, zone))


def freezing_moment(text: str, calendar: Calendar) -> dt.datetime:
    """When a month is frozen: midnight that begins the fifth working day of the next month, in UTC."""
    day, working = month(text).last, 0
    while working < FREEZING_DAY:
        day += DAY
        working += calendar.is_working(day)
    return _midnight(day, calendar.zone)


def _months(year: int, first: int, count: int) -> Period:
    begins = dt.date(year, first, 1)
    months = 12 * year + first - 1 + count
    return Period(begins, dt.date(months // 12, months % 12 + 1, 1) - DAY)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
