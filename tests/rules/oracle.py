"""A slow second opinion on terms, written from the statute and the holiday notices. It imports nothing of the product.

民事诉讼法 85: the hour and the day a period starts in are not counted; a last day that is a day off moves to the first
day after it. 民法典 203: the last day ends at 24:00. The town's own rule: a pause takes out the days after the one it began
on, with the one it ended on, and no period of days ends on a day it stood still at the end of. 国务院办公厅 2025-11-04: the
holidays of 2026. Massachusetts General Laws c. 4 § 7 (18): the holidays of Boston, one on a Sunday kept on Monday.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def days(year: int, *spans: str) -> frozenset[dt.date]:
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
    off=days(2026, *CHINA_OFF),
    on=days(2026, *CHINA_ON),
    year=2026,
)
BOSTON = Place(offset=_boston, hours=((540, 1020),), off=days(2011, *BOSTON_OFF), on=frozenset(), year=2011)


Pauses = Sequence[tuple[dt.datetime, dt.datetime]]
"""What does not count: half-open, UTC, whole minutes, apart."""

Nights = Sequence[tuple[dt.date, dt.date]]
"""The local days that each pause began and ended on."""


def due(place: Place, start: dt.datetime, amount: int, unit: str, pauses: Pauses = ()) -> tuple[dt.datetime, bool]:
    """When the term is over, and whether a day beyond the known year was looked at. ``start``: a whole minute, UTC."""
    nights = [(place.local(since).date(), place.local(until).date()) for since, until in pauses]
    match unit:
        case "minutes":
            return _every_minute(start, amount, pauses), False
        case "hours":
            return _every_minute(start, amount * 60, pauses), False
        case "working_hours":
            return _minute_by_minute(place, start, amount * 60, pauses)
        case "working_days":
            return _day_by_day(place, start, amount, nights)
        case "months":
            return _lengthened(place, start, _same_number(place, start, amount), nights)
    return _lengthened(place, start, place.local(start).date() + amount * DAY, nights)


def _every_minute(at: dt.datetime, left: int, pauses: Pauses) -> dt.datetime:
    while left:
        left -= not any(since <= at < until for since, until in pauses)
        at += MINUTE
    return at


def _minute_by_minute(place: Place, start: dt.datetime, left: int, pauses: Pauses) -> tuple[dt.datetime, bool]:
    minutes, at = place.minutes, (start - place.begin) // MINUTE
    out = [((since - place.begin) // MINUTE, (until - place.begin) // MINUTE) for since, until in pauses]
    while left:
        left -= minutes[at] and not any(since <= at < until for since, until in out)
        at += 1
    last = place.local(place.begin + (at - 1) * MINUTE)
    return place.begin + at * MINUTE, last.year != place.year


def _day_by_day(place: Place, start: dt.datetime, left: int, nights: Nights) -> tuple[dt.datetime, bool]:
    day = place.local(start).date()
    while left:
        day += DAY
        left -= place.works(day) and not _taken_out(day, nights)
    return _last_day(place, day, nights)


def _same_number(place: Place, start: dt.datetime, left: int) -> dt.date:
    """民法典 202: the day of the same number; where the month has none, its last day."""
    first = place.local(start).date()
    month = first.replace(day=1)
    while left:
        month = (month + 31 * DAY).replace(day=1)
        left -= 1
    day = month + (first.day - 1) * DAY
    while day.month != month.month:
        day -= DAY
    return day


def _lengthened(place: Place, start: dt.datetime, last: dt.date, nights: Nights) -> tuple[dt.datetime, bool]:
    """As many days longer as were taken out of it, and out of what it was lengthened by."""
    day, owed = place.local(start).date(), 0
    while day < last:
        day += DAY
        owed += _taken_out(day, nights)
    while owed:
        day += DAY
        owed -= not _taken_out(day, nights)
    return _last_day(place, day, nights)


def _taken_out(day: dt.date, nights: Nights) -> bool:
    """The days after the one a pause began on, up to the one it ended on: that one is like the day of a start."""
    return any(began < day <= ended for began, ended in nights)


def _stood_still_at_midnight(day: dt.date, nights: Nights) -> bool:
    """Whether the day ended, or had begun, in a pause: no term of days is over then."""
    return _taken_out(day, nights) or any(began == day != ended for began, ended in nights)


def _last_day(place: Place, day: dt.date, nights: Nights) -> tuple[dt.datetime, bool]:
    while not place.works(day) or _stood_still_at_midnight(day, nights):
        day += DAY
    return _midnight_after(place, day), day.year != place.year


def _midnight_after(place: Place, day: dt.date) -> dt.datetime:
    return place.utc(dt.datetime.combine(day + DAY, dt.time()))


def used_at(place: Place, start: dt.datetime, amount: int, unit: str, percent: int, pauses: Pauses = ()) -> dt.datetime:
    """The moment a share of the counted minutes is gone, to the microsecond that completes it. Looks at every minute."""
    end, _ = due(place, start, amount, unit, pauses)
    if percent == 100:
        return end
    begin = _midnight_after(place, place.local(start).date()) if unit == "working_days" else start
    total = sum(_counts(place, unit, begin + n * MINUTE, pauses) for n in range((end - begin) // MINUTE))
    at, share = (begin, percent) if percent < 100 else (end, percent - 100)
    left = Fraction(total * share, 100)
    while left > (counts := _counts(place, unit, at, pauses)):
        left -= counts
        at += MINUTE
    return at + dt.timedelta(microseconds=math.ceil(left * 60_000_000))


def _counts(place: Place, unit: str, at: dt.datetime, pauses: Pauses) -> bool:
    """Whether this minute is one of those a share is measured by."""
    office = place.minutes[(at - place.begin) // MINUTE] if unit in ("working_hours", "working_days") else True
    if unit in ("minutes", "hours", "working_hours"):
        return office and not any(since <= at < until for since, until in pauses)
    ends = [place.local(until).date() for _, until in pauses]
    overnight = [(since, end) for (since, _), end in zip(pauses, ends, strict=True) if place.local(since).date() < end]
    return office and not any(since <= at and place.local(at).date() <= end for since, end in overnight)
