"""Shares of a term (已用比例): when which part of its counted time is used, and which part is used by now. Pure.

A count of working units uses office hours; all others use the time that goes by. What stood still is no part of it. 100
percent is the moment the term is due; beyond it the same measure goes on. Days count whole: their office time begins after
the day of the start and ends with the last one's closing, and the share stays below 100 until the day is over.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import takewhile

from town.days import Calendar
from town.terms.counting import Due, due, office_hours, still_hours, walk
from town.terms.standing_still import Hours, cut
from town.terms.units import Span, Term, Unit

WHOLE = 100
BY_OFFICE_HOURS = (Unit.WORKING_HOURS, Unit.WORKING_DAYS)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def used_at(
    start: dt.datetime,
    term: Term,
    calendar: Calendar,
    percent: int,
    pauses: Sequence[Span] = (),
    extended: int = 0,
) -> dt.datetime:
    """The moment, in UTC, at which so many percent of a term's counted time are used; 100 is ``due(...).at``.

    Raises ValueError as ``due`` does, and for less than nothing.
    """
    return reached_at(due(start, term, calendar, pauses, extended), calendar, percent)


def reached_at(due: Due, calendar: Calendar, percent: int) -> dt.datetime:
    """``used_at`` of a term that is reckoned already. Raises ValueError for less than nothing."""
    if percent < 0:
        raise ValueError("nobody uses less than nothing")
    if percent in (0, WHOLE):
        return due.at if percent else due.start.astimezone(dt.UTC)
    begin, share = (_begin(due, calendar), percent) if percent < WHOLE else (due.at, percent - WHOLE)
    return walk(_counted(due, calendar, begin), _rounded_up(_total(due, calendar), share))


def share_used(due: Due, calendar: Calendar, now: dt.datetime) -> int:
    """How many whole percent of a term's counted time are used by now: the largest one that ``reached_at`` has reached."""
    begin = _begin(due, calendar)
    if now < due.at:
        return min(WHOLE - 1, WHOLE * _between(due, calendar, begin, now) // _total(due, calendar))
    return WHOLE + WHOLE * _between(due, calendar, due.at, now) // _total(due, calendar)


def _rounded_up(total: dt.timedelta, percent: int) -> dt.timedelta:
    return -(-total * percent // WHOLE)


def _begin(due: Due, calendar: Calendar) -> dt.datetime:
    """Where counting begins: after the day of the start for working days, at the start for all others."""
    if due.term.unit == Unit.WORKING_DAYS:
        return calendar.end_of(due.start.date())
    return due.start.astimezone(dt.UTC)


def _total(due: Due, calendar: Calendar) -> dt.timedelta:
    return _between(due, calendar, _begin(due, calendar), due.at)


def _between(due: Due, calendar: Calendar, begin: dt.datetime, end: dt.datetime) -> dt.timedelta:
    spans = takewhile(lambda span: span[0] < end, _counted(due, calendar, begin))
    return sum((min(closes, end) - opens for opens, closes in spans), dt.timedelta())


def _counted(due: Due, calendar: Calendar, begin: dt.datetime) -> Iterator[Hours]:
    spans = office_hours(begin, calendar) if due.term.unit in BY_OFFICE_HOURS else iter([(begin, NEVER)])
    return cut(spans, still_hours(due, calendar))
