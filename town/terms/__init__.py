"""Terms (期限): when a clock that starts now runs out, and why. Pure: facts in, a moment and its reasons out.

A term is the half-open span from its start to ``Due.at``: whatever happens at ``Due.at`` or later is late.
Why days are counted as they are: docs/adr/0003-one-clock.md.
"""

from town.days import Calendar, SpecialDay
from town.terms.counting import Due, Reason, due
from town.terms.day_by_day import DayKind, TermDay, calendar_of
from town.terms.sharing import reached_at, share_used, used_at
from town.terms.telling import WEEKDAYS, explain
from town.terms.units import BY_CALENDAR, BY_DAY, UNIT_NAMES, Span, Term, Unit, unit_name

__all__ = [
    "BY_CALENDAR",
    "BY_DAY",
    "UNIT_NAMES",
    "WEEKDAYS",
    "Calendar",
    "DayKind",
    "Due",
    "Reason",
    "Span",
    "SpecialDay",
    "Term",
    "TermDay",
    "Unit",
    "calendar_of",
    "due",
    "explain",
    "reached_at",
    "share_used",
    "unit_name",
    "used_at",
]
