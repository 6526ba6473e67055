"""Days (日历): which days work in a town, and during which hours. Pure."""

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
WEEKEND = "周末"


def works_by_weekday(day: dt.date) -> bool:
    """Whether a day that nobody named works: Monday to Friday."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that has a name: a holiday (放假), or a weekend day that works (调休上班)."""

    working: bool
    name: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """日历: which days work in a town and during which hours. A day nobody named works from Monday to Friday.

    ``office``: local (opens, closes) of a working day, in order and apart. ``covered``: years whose holidays are known.
    ``edition``: number of the table of working days it was made from.
    """

    zone: ZoneInfo
    office: tuple[tuple[dt.time, dt.time], ...]
    special: Mapping[dt.date, SpecialDay]
    covered: Container[int]
    edition: int = 0

    def __post_init__(self) -> None:
        moments = [moment for span in self.office for moment in span]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError("office hours must be at least one span, in order and apart")

    def is_working(self, day: dt.date) -> bool:
        """Whether the office works on that day."""
        special = self.special.get(day)
        return works_by_weekday(day) if special is None else special.working

    def is_covered(self, day: dt.date) -> bool:
        """Whether the holidays of that day's year are known."""
        return day.year in self.covered

    def name(self, day: dt.date) -> str:
        """The day's name, "周末" for a plain weekend day, "" for a plain weekday."""
        if special := self.special.get(day):
            return special.name
        return "" if works_by_weekday(day) else WEEKEND

    def openings(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """Office hours of that day as UTC moments; none on a day off."""
        spans = self.office if self.is_working(day) else ()
        return [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in spans]

    def end_of(self, day: dt.date) -> dt.datetime:
        """24:00 of that day in the town, as a UTC moment."""
        return self._moment(day + DAY, dt.time())

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, self.zone).astimezone(dt.UTC)
