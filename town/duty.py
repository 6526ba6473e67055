"""Who is on duty (值班): shifts and leave in, the people and the one who answers out. Pure.

Spans are half-open, from ``starts_at`` up to ``ends_at``: who takes over at eight takes over at eight.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Span(Protocol):
    """Anything that lasts from a moment up to another."""

    @property
    def starts_at(self) -> dt.datetime:
        """The first moment of it."""

    @property
    def ends_at(self) -> dt.datetime:
        """The first moment after it."""


@dataclass(frozen=True, slots=True)
class ShiftFact:
    """班次: a person, by login, on duty for a squad, by code.

    ``leads``: he is the duty leader (带班). ``answers``: his post lets him answer for the squad, as no auxiliary's does.
    """

    squad: str
    login: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    leads: bool = False
    answers: bool = True


@dataclass(frozen=True, slots=True)
class LeaveFact:
    """请假: a person, by login, who is away."""

    login: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class Trouble(StrEnum):
    """Why two shifts cannot both stand."""

    TWICE = "twice"
    TWO_LEADERS = "two_leaders"


@dataclass(frozen=True, slots=True)
class Clash:
    """撞班: two shifts that overlap and must not."""

    trouble: Trouble
    earlier: ShiftFact
    later: ShiftFact


def on_duty(shifts: Iterable[ShiftFact], leaves: Iterable[LeaveFact], at: dt.datetime) -> tuple[ShiftFact, ...]:
    """The shifts that run at that moment and whose people are not on leave, by squad and login."""
    away = {leave.login for leave in leaves if covers(leave, at)}
    running = (shift for shift in shifts if covers(shift, at) and shift.login not in away)
    return tuple(sorted(running, key=lambda shift: (shift.squad, shift.login)))


def answering(shifts: Iterable[ShiftFact], leaves: Iterable[LeaveFact], squad: str, at: dt.datetime) -> tuple[str, ...]:
    """Logins of those who may answer for the squad at that moment: the duty leader (带班) first, then by login."""
    able = [shift for shift in on_duty(shifts, leaves, at) if shift.squad == squad and shift.answers]
    return tuple(shift.login for shift in sorted(able, key=lambda shift: (not shift.leads, shift.login)))


def duty_leader(shifts: Iterable[ShiftFact], leaves: Iterable[LeaveFact], squad: str, at: dt.datetime) -> str | None:
    """Login of who answers for the squad at that moment; None when nobody can, and the squad's stand-in must."""
    return next(iter(answering(shifts, leaves, squad, at)), None)


def clashes(shifts: Iterable[ShiftFact]) -> tuple[Clash, ...]:
    """Every shift that begins while its person already serves, or while its squad already has a leader."""
    ordered = sorted(shifts, key=lambda shift: (shift.starts_at, shift.ends_at, shift.squad, shift.login))
    leading = (shift for shift in ordered if shift.leads)
    twice = _overlaps(ordered, Trouble.TWICE, lambda shift: shift.login)
    return (*twice, *_overlaps(leading, Trouble.TWO_LEADERS, lambda shift: shift.squad))


def covers(span: Span, at: dt.datetime) -> bool:
    """Whether the moment lies in the span."""
    return span.starts_at <= at < span.ends_at


def _overlaps(ordered: Iterable[ShiftFact], trouble: Trouble, whose: Callable[[ShiftFact], str]) -> Iterator[Clash]:
    """Clashes among shifts of one owner, each with the shift that lasts longest of those before it."""
    lasting: dict[str, ShiftFact] = {}
    for shift in ordered:
        before = lasting.get(whose(shift))
        if before and shift.starts_at < before.ends_at:
            yield Clash(trouble, before, shift)
        if before is None or before.ends_at < shift.ends_at:
            lasting[whose(shift)] = shift
