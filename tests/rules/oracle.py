"""A slow second opinion on terms, written from the statute and the holiday notices. It imports nothing of the product.

民事诉讼法 85: the hour and the day a period starts in are not counted; a last day that is a day off moves to the first
day after it. 民法典 203: the last day ends at 24:00. 国务院办公厅 2025-11-04: the holidays of 2026. Massachusetts General
Laws c. 4 § 7 (18): the holidays of Boston, one on a Sunday kept on Monday.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def _days(year: int, *spans: str) -> frozenset[dt.date]:
    """``"10-01..10-07"`` or ``"01-04"`` as dates."""
    found = set()
    for span in spans:
        first, _, last = span.partition("..")
        day, end = (dt.date.fromisoformat(f"{year}-{text}") for text in (first, last or first))
        while day <= end:
            found.add(day)
            day += DAY
    return frozenset(found)


@dataclass(frozen=True)
class Place:
    """A town: its offset from UTC, its office hours as minutes of the day, its days off and days on, its known year."""

    offset: Callable[[dt.datetime], dt.timedelta]
    hours: tuple[tuple[int, int], ...]
    off: frozenset[dt.date]
    on: frozenset[dt.date]
    year: int

    def works(self, day: dt.date) -> bool:
        """Whether a day is a working day."""
        if day in self.on:
            return True
        return day.isoweekday() not in (6, 7) and day not in self.off

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Wall-clock time, without a zone."""
        return (moment + self.offset(moment)).replace(tzinfo=None)

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The moment the wall clock shows this: tried out, hour by hour."""
        naive = wall.replace(tzinfo=dt.UTC)
        return next(moment for h in range(-14, 15) if self.local(moment := naive + dt.timedelta(hours=h)) == wall)

    @property
    def begin(self) -> dt.datetime:
        """Where the table of minutes begins."""
        return dt.datetime(self.year, 1, 1, tzinfo=dt.UTC) - DAY

    @cached_property
    def minutes(self) -> list[bool]:
        """For every minute of the known year and half of the next: is the office open?"""
        return [self._open(self.local(self.begin + n * MINUTE)) for n in range(550 * 24 * 60)]

    def _open(self, wall: dt.datetime) -> bool:
        minute = wall.hour * 60 + wall.minute
        return any(opens <= minute < closes for opens, closes in self.hours) and self.works(wall.date())


def _boston(moment: dt.datetime) -> dt.timedelta:
    """2011: summer time from 13 March 07:00 UTC to 6 November 06:00 UTC."""
    summer = dt.datetime(2011, 3, 13, 7, tzinfo=dt.UTC) <= moment < dt.datetime(2011, 11, 6, 6, tzinfo=dt.UTC)
    later = dt.datetime(2012, 3, 11, 7, tzinfo=dt.UTC) <= moment < dt.datetime(2012, 11, 4, 6, tzinfo=dt.UTC)
    return dt.timedelta(hours=-4 if summer or later else -5)


CHINA_OFF = (
    "01-01..01-03",
    "02-15..02-23",
    "04-04..04-06",
    "05-01..05-05",
    "06-19..06-21",
    "09-25..09-27",
    "10-01..10-07",
)
CHINA_ON = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
BOSTON_OFF = (
    "01-01",
    "01-17",
    "02-21",
    "04-18",
    "05-30",
    "07-04",
    "09-05",
    "10-10",
    "11-11",
    "11-24",
    "12-25",
    "12-26",
)

YUNXI = Place(
    offset=lambda _moment: dt.timedelta(hours=8),
    hours=((510, 720), (810, 1050)),
    off=_days(2026, *CHINA_OFF),
    on=_days(2026, *CHINA_ON),
    year=2026,
)
BOSTON = Place(offset=_boston, hours=((540, 1020),), off=_days(2011, *BOSTON_OFF), on=frozenset(), year=2011)


def due(place: Place, start: dt.datetime, amount: int, unit: str) -> tuple[dt.datetime, bool]:
    """When the term is over, and whether a day beyond the known year was looked at. ``start``: a whole minute, UTC."""
    match unit:
        case "minutes":
            return start + amount * MINUTE, False
        case "hours":
            return start + amount * 60 * MINUTE, False
        case "working_hours":
            return _minute_by_minute(place, start, amount * 60)
        case "working_days":
            return _day_by_day(place, start, amount)
        case "months":
            return _same_number(place, start, amount)
    return _last_day(place, place.local(start).date() + amount * DAY)


def _minute_by_minute(place: Place, start: dt.datetime, left: int) -> tuple[dt.datetime, bool]:
    minutes, at = place.minutes, (start - place.begin) // MINUTE
    while left:
        left -= minutes[at]
        at += 1
    last = place.local(place.begin + (at - 1) * MINUTE)
    return place.begin + at * MINUTE, last.year != place.year


def _day_by_day(place: Place, start: dt.datetime, left: int) -> tuple[dt.datetime, bool]:
    day = place.local(start).date()
    while left:
        day += DAY
        left -= place.works(day)
    return _midnight_after(place, day), day.year != place.year


def _same_number(place: Place, start: dt.datetime, left: int) -> tuple[dt.datetime, bool]:
    """民法典 202: the day of the same number; where the month has none, its last day."""
    first = place.local(start).date()
    month = first.replace(day=1)
    while left:
        month = (month + 31 * DAY).replace(day=1)
        left -= 1
    day = month + (first.day - 1) * DAY
    while day.month != month.month:
        day -= DAY
    return _last_day(place, day)


def _last_day(place: Place, day: dt.date) -> tuple[dt.datetime, bool]:
    while not place.works(day):
        day += DAY
    return _midnight_after(place, day), day.year != place.year


def _midnight_after(place: Place, day: dt.date) -> dt.datetime:
    return place.utc(dt.datetime.combine(day + DAY, dt.time()))
