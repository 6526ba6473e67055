"""Standing still (暂停): which days and which hours a pause takes out of a count. Pure.

A count of days loses the days after the one the pause began on, up to and with the day it ended on: the day of resuming
is like the day of a start, which is not counted either.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from town.terms.units import Span

Hours = tuple[dt.datetime, dt.datetime]
"""A half-open stretch of time."""


def closed(pauses: Iterable[Span]) -> list[Hours]:
    """Pauses that are over, in order. One that lasts takes nothing out yet. Raises ValueError when two overlap."""
    ended = sorted((one.since, one.until) for one in pauses if one.until)
    if any(later < until for (_, until), (later, _) in pairwise(ended)):
        raise ValueError("pauses do not overlap")
    return ended


@dataclass(frozen=True, slots=True)
class Stopped:
    """Local days on which a count of days stood still overnight: first and last of each pause longer than a day's end."""

    spans: tuple[tuple[dt.date, dt.date], ...]

    def takes(self, day: dt.date) -> bool:
        """Whether the day is taken out of the count."""
        return any(first < day <= last for first, last in self.spans)

    def holds(self, day: dt.date) -> bool:
        """Whether a count must not end on the day: it is taken out, or the count was stopped before the day was over."""
        return any(first <= day <= last for first, last in self.spans)


def stopped(pauses: Iterable[Hours], zone: ZoneInfo) -> Stopped:
    """The local days of pauses; one that ends on the day it began on takes none."""
    days = ((since.astimezone(zone).date(), until.astimezone(zone).date()) for since, until in pauses)
    return Stopped(tuple((first, last) for first, last in days if first < last))


def cut(spans: Iterable[Hours], out: Sequence[Hours]) -> Iterator[Hours]:
    """What is left of spans without the stretches in ``out``, which are in order and apart."""
    for opens, closes in spans:
        for since, until in out:
            if until <= opens or since >= closes:
                continue
            if opens < since:
                yield opens, since
            opens = until
        if opens < closes:
            yield opens, closes
