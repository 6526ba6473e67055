"""Counting (计算): when a term that starts now is over, and why. Pure: facts in, a moment and its reasons out."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from town.days import DAY, Calendar
from town.terms.standing_still import Hours, closed, cut, stopped
from town.terms.units import BY_DAY, Span, Term, Unit


@dataclass(frozen=True, slots=True)
class Reason:
    """Days in a row, first to last, that a Monday-to-Friday count would have treated differently, or a weekend."""

    first: dt.date
    last: dt.date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """到期: the moment a term is over, in UTC, and what to tell about it. ``start`` is in the town's zone.

    ``extended``: how much was granted beyond the term, in its unit. ``at`` counts nothing for a pause that still lasts.
    """

    start: dt.datetime
    term: Term
    at: dt.datetime
    reasons: tuple[Reason, ...]
    uncovered: tuple[int, ...]
    pauses: tuple[Span, ...] = ()
    extended: int = 0

    @property
    def amount(self) -> int:
        """The whole length, with what was granted."""
        return self.term.amount + self.extended

    @property
    def provisional(self) -> bool:
        """Whether it counts on a year whose holidays are not known yet."""
        return bool(self.uncovered)

    @property
    def last_day(self) -> dt.date:
        """The last local day of the term, counted whole when it is a term of days or months."""
        return (self.at - dt.timedelta(microseconds=1)).astimezone(self.start.tzinfo).date()


Walked = tuple[dt.datetime, list[dt.date]]
"""Where a count ended, and the days that it looked at."""


def due(start: dt.datetime, term: Term, calendar: Calendar, pauses: Sequence[Span] = (), extended: int = 0) -> Due:
    """When the term that begins at ``start`` is over. Raises ValueError when ``start`` has no time zone.

    ``pauses``: what does not count, apart, each begun after the start and before the term was over. ``extended``: what was
    granted beyond the term, in its unit.
    """
    if start.tzinfo is None:
        raise ValueError("a term starts at an aware moment")
    at, days = COUNTS[term.unit](start.astimezone(dt.UTC), term.amount + extended, calendar, closed(pauses))
    uncovered = sorted({day.year for day in days if not calendar.is_covered(day)})
    reasons = _reasons(days, calendar)
    return Due(start.astimezone(calendar.zone), term, at, reasons, tuple(uncovered), tuple(pauses), extended)


def _minutes(start: dt.datetime, amount: int, _calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    return _elapsed(start, dt.timedelta(minutes=amount), pauses), []


def _hours(start: dt.datetime, amount: int, _calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    """紧急工作时: the clock never stops by itself, nights and holidays included."""
    return _elapsed(start, dt.timedelta(hours=amount), pauses), []


def _elapsed(start: dt.datetime, length: dt.timedelta, pauses: Sequence[Hours]) -> dt.datetime:
    at = start + length
    for since, until in pauses:
        if since < at:
            at += until - since
    return at


def _working_hours(start: dt.datetime, amount: int, calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    """工作时: only office hours count; what starts outside them begins at the next opening."""
    first = _first_office_day(start, calendar)
    at = walk(cut(_open_spans(start, first, calendar), pauses), dt.timedelta(hours=amount))
    days = _days_between(first, at.astimezone(calendar.zone).date())
    return at, [day for day in days if not _is_still(day, calendar, pauses)]


def _is_still(day: dt.date, calendar: Calendar, pauses: Sequence[Hours]) -> bool:
    """Whether a pause covers the whole day, so that nobody asked whether it works."""
    return any(since <= calendar.end_of(day - DAY) and calendar.end_of(day) <= until for since, until in pauses)


def _first_office_day(start: dt.datetime, calendar: Calendar) -> dt.date:
    """The day of the start, or the next one when the office has already closed for the day."""
    today = start.astimezone(calendar.zone).date()
    over = calendar.is_working(today) and start >= calendar.openings(today)[-1][1]
    return today + DAY if over else today


def office_hours(start: dt.datetime, calendar: Calendar) -> Iterator[Hours]:
    """Office hours from a moment on, without end."""
    return _open_spans(start, start.astimezone(calendar.zone).date(), calendar)


def _open_spans(start: dt.datetime, first: dt.date, calendar: Calendar) -> Iterator[Hours]:
    spans = (span for day in _days_from(first) for span in calendar.openings(day))
    return ((max(opens, start), closes) for opens, closes in spans if closes > max(opens, start))


def walk(spans: Iterator[Hours], left: dt.timedelta) -> dt.datetime:
    """The moment at which so much time of the spans has gone by; full at a span's end, it is that end."""
    opens, closes = next(spans)
    while left > closes - opens:
        left -= closes - opens
        opens, closes = next(spans)
    return opens + left


def _working_days(start: dt.datetime, amount: int, calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    """工作日: the day of the start is not counted (民事诉讼法 85), the last one counts until 24:00 (民法典 203)."""
    first = start.astimezone(calendar.zone).date() + DAY
    out = stopped(pauses, calendar.zone)
    working = (day for day in _days_from(first) if calendar.is_working(day) and not out.takes(day))
    last = _landing(next(islice(working, amount - 1, None)), calendar, pauses)
    return calendar.end_of(last), [day for day in _days_between(first, last) if not out.takes(day)]


def _days(start: dt.datetime, amount: int, calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    """日: every day counts, but a term never ends on a day off: it moves to the next working day (民事诉讼法 85)."""
    return _ends_on_a_working_day(start.astimezone(calendar.zone).date(), amount, calendar, pauses)


def _months(start: dt.datetime, amount: int, calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    """月: until the day of the same number, longer by every day that a pause took out, and never on a day off."""
    day = start.astimezone(calendar.zone).date()
    return _ends_on_a_working_day(day, (same_number(day, amount) - day).days, calendar, pauses)


def same_number(day: dt.date, months: int) -> dt.date:
    """The day of the same number so many months later, or that month's last where it has none (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _ends_on_a_working_day(start: dt.date, days: int, calendar: Calendar, pauses: Sequence[Hours]) -> Walked:
    out = stopped(pauses, calendar.zone)
    counted = (day for day in _days_from(start + DAY) if not out.takes(day))
    nominal = next(islice(counted, days - 1, None))
    last = _landing(nominal, calendar, pauses)
    return calendar.end_of(last), [day for day in _days_between(nominal, last) if not out.takes(day)]


def _landing(nominal: dt.date, calendar: Calendar, pauses: Sequence[Hours]) -> dt.date:
    """Where a count of days may end: on a working day, and not on one on which it was stopped before the day was over."""
    out = stopped(pauses, calendar.zone)
    return next(day for day in _days_from(nominal) if calendar.is_working(day) and not out.holds(day))


COUNTS: dict[Unit, Callable[[dt.datetime, int, Calendar, Sequence[Hours]], Walked]] = {
    Unit.MINUTES: _minutes,
    Unit.HOURS: _hours,
    Unit.WORKING_HOURS: _working_hours,
    Unit.WORKING_DAYS: _working_days,
    Unit.DAYS: _days,
    Unit.MONTHS: _months,
}


def still_hours(due: Due, calendar: Calendar) -> list[Hours]:
    """The stretches that do not count: a count of days stands still until the end of the day it was resumed on."""
    pauses = closed(due.pauses)
    if due.term.unit not in BY_DAY:
        return pauses
    days = [(since, until.astimezone(calendar.zone).date()) for since, until in pauses]
    overnight = [(since, last) for since, last in days if since.astimezone(calendar.zone).date() < last]
    return [(since, calendar.end_of(last)) for since, last in overnight]


def _days_from(first: dt.date) -> Iterator[dt.date]:
    return (first + offset * DAY for offset in count())


def _days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    return list(islice(_days_from(first), (last - first).days + 1))


def _reasons(days: Sequence[dt.date], calendar: Calendar) -> tuple[Reason, ...]:
    """Named days and weekends among ``days``, neighbours of one name drawn together."""
    reasons: list[Reason] = []
    for day in days:
        if not (name := calendar.name(day)):
            continue
        this = Reason(day, day, calendar.is_working(day), name)
        if reasons and _continues(reasons[-1], this):
            this = Reason(reasons.pop().first, day, this.working, name)
        reasons.append(this)
    return tuple(reasons)


def _continues(before: Reason, after: Reason) -> bool:
    return (before.last + DAY, before.working, before.name) == (after.first, after.working, after.name)
