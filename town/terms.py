"""Terms (期限): when a clock that starts now runs out, and why. Pure: facts in, a moment and its reasons out.

A term is the half-open span from its start to ``Due.at``: whatever happens at ``Due.at`` or later is late.
Why days are counted as they are: docs/adr/0003-one-clock.md.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice

from town.days import DAY, WEEKEND, Calendar, SpecialDay

__all__ = ["BY_CALENDAR", "UNIT_NAMES", "Calendar", "Due", "Reason", "SpecialDay", "Term", "Unit", "due", "explain"]

WEEKDAYS = "一二三四五六日"
WEEKENDS_TOLD_ONE_BY_ONE = 2


class Unit(StrEnum):
    """What a term is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


BY_CALENDAR = (Unit.WORKING_HOURS, Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS)
"""Units that ask which days are working days; the others run on whatever the day."""

UNIT_NAMES: dict[Unit, str] = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "个紧急工作时（昼夜连续计算）",
    Unit.WORKING_HOURS: "个工作时",
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日",
    Unit.MONTHS: "个月",
}


@dataclass(frozen=True, slots=True)
class Term:
    """期限: so many of a unit, at least one. Raises ValueError for less."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term of {self.amount} {self.unit} is no term")


@dataclass(frozen=True, slots=True)
class Reason:
    """Days in a row, first to last, that a Monday-to-Friday count would have treated differently, or a weekend."""

    first: dt.date
    last: dt.date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """到期: the moment a term is over, in UTC, and what to tell about it. ``start`` is in the town's zone."""

    start: dt.datetime
    term: Term
    at: dt.datetime
    reasons: tuple[Reason, ...]
    uncovered: tuple[int, ...]

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


def due(start: dt.datetime, term: Term, calendar: Calendar) -> Due:
    """When the term that begins at ``start`` is over. Raises ValueError when ``start`` has no time zone."""
    if start.tzinfo is None:
        raise ValueError("a term starts at an aware moment")
    at, days = COUNTS[term.unit](start.astimezone(dt.UTC), term.amount, calendar)
    uncovered = sorted({day.year for day in days if not calendar.is_covered(day)})
    return Due(start.astimezone(calendar.zone), term, at, _reasons(days, calendar), tuple(uncovered))


def _minutes(start: dt.datetime, amount: int, _calendar: Calendar) -> Walked:
    return start + dt.timedelta(minutes=amount), []


def _hours(start: dt.datetime, amount: int, _calendar: Calendar) -> Walked:
    """紧急工作时: the clock never stops, nights and holidays included."""
    return start + dt.timedelta(hours=amount), []


def _working_hours(start: dt.datetime, amount: int, calendar: Calendar) -> Walked:
    """工作时: only office hours count; what starts outside them begins at the next opening."""
    first = _first_office_day(start, calendar)
    spans = _open_spans(start, first, calendar)
    left = dt.timedelta(hours=amount)
    opens, closes = next(spans)
    while left > closes - opens:
        left -= closes - opens
        opens, closes = next(spans)
    at = opens + left
    return at, _days_between(first, at.astimezone(calendar.zone).date())


def _first_office_day(start: dt.datetime, calendar: Calendar) -> dt.date:
    """The day of the start, or the next one when the office has already closed for the day."""
    today = start.astimezone(calendar.zone).date()
    closed = calendar.is_working(today) and start >= calendar.openings(today)[-1][1]
    return today + DAY if closed else today


def _open_spans(start: dt.datetime, first: dt.date, calendar: Calendar) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    spans = (span for day in _days_from(first) for span in calendar.openings(day))
    return ((max(opens, start), closes) for opens, closes in spans if closes > max(opens, start))


def _working_days(start: dt.datetime, amount: int, calendar: Calendar) -> Walked:
    """工作日: the day of the start is not counted (民事诉讼法 85), the last one counts until 24:00 (民法典 203)."""
    first = start.astimezone(calendar.zone).date() + DAY
    working = filter(calendar.is_working, _days_from(first))
    last = next(islice(working, amount - 1, None))
    return calendar.end_of(last), _days_between(first, last)


def _days(start: dt.datetime, amount: int, calendar: Calendar) -> Walked:
    """日: every day counts, but a term never ends on a day off: it moves to the next working day (民事诉讼法 85)."""
    return _ends_on_a_working_day(start.astimezone(calendar.zone).date() + amount * DAY, calendar)


def _months(start: dt.datetime, amount: int, calendar: Calendar) -> Walked:
    """月: until the day of the same number, or the month's last where it has none (民法典 202), and never on a day off."""
    day = start.astimezone(calendar.zone).date()
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    last = min(day.day, monthrange(year, month + 1)[1])
    return _ends_on_a_working_day(dt.date(year, month + 1, last), calendar)


def _ends_on_a_working_day(nominal: dt.date, calendar: Calendar) -> Walked:
    last = next(filter(calendar.is_working, _days_from(nominal)))
    return calendar.end_of(last), _days_between(nominal, last)


COUNTS: dict[Unit, Callable[[dt.datetime, int, Calendar], Walked]] = {
    Unit.MINUTES: _minutes,
    Unit.HOURS: _hours,
    Unit.WORKING_HOURS: _working_hours,
    Unit.WORKING_DAYS: _working_days,
    Unit.DAYS: _days,
    Unit.MONTHS: _months,
}


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


def explain(due: Due) -> str:
    """The term in words a reporter understands: what did not count, what did, until when, and whether it may change."""
    parts = [f"{due.term.amount} {UNIT_NAMES[due.term.unit]}", *_told(due), _until(due)]
    if due.provisional:
        years = "、".join(f"{year}年" for year in due.uncovered)
        parts.append(f"{years}的放假安排还没有录入，暂按周一至周五计算，录入后会自动重算")
    return "；".join(parts) + "。"


def _told(due: Due) -> list[str]:
    if due.term.unit in (Unit.DAYS, Unit.MONTHS):
        return _moved(due)
    weekends = [reason for reason in due.reasons if reason.name == WEEKEND]
    if len(weekends) <= WEEKENDS_TOLD_ONE_BY_ONE:
        return [_clause(reason, due) for reason in due.reasons]
    days = sum((reason.last - reason.first).days + 1 for reason in weekends)
    return [f"其间周末{days}天，不算", *(_clause(reason, due) for reason in due.reasons if reason not in weekends)]


def _moved(due: Due) -> list[str]:
    """A term of calendar days has something to tell only when its last day was a day off."""
    met = [f"{_dates(reason, due)}{_kind(reason)}" for reason in due.reasons if not reason.working]
    works = [_clause(reason, due) for reason in due.reasons if reason.working]
    return [*([f"最后一天赶上{'、'.join(met)}，顺延到下一个工作日"] if met else []), *works]


def _clause(reason: Reason, due: Due) -> str:
    dates = _dates(reason, due)
    if reason.working:
        return f"{dates}调休上班，算工作日"
    return f"{dates}是周末，不算" if reason.name == WEEKEND else f"{dates}{_kind(reason)}"


def _kind(reason: Reason) -> str:
    return reason.name if reason.name == WEEKEND else f"{reason.name}放假"


def _dates(reason: Reason, due: Due) -> str:
    """``10月1日至7日``, ``11月21、22日``, ``10月10日（周六）``; the year only where it is another one."""
    first, last = reason.first, reason.last
    if first == last:
        return _date(first, due)
    tail = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    if last - first > DAY:
        return f"{_month(first, due)}{first.day}日至{tail}"
    return f"{_month(first, due)}{first.day}{'' if last.month == first.month else '日'}、{tail}"


def _until(due: Due) -> str:
    if due.term.unit in (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS):
        return f"{_date(due.last_day, due)}24时截止"
    local = due.at.astimezone(due.start.tzinfo)
    return f"{_date(local.date(), due)}{local:%H:%M}截止"


def _date(day: dt.date, due: Due) -> str:
    return f"{_month(day, due)}{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _month(day: dt.date, due: Due) -> str:
    return f"{day.month}月" if day.year == due.start.year else f"{day.year}年{day.month}月"
