"""What a term is made of: so many of a unit, and the stretches that do not count."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


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

BY_DAY = (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS)
"""Units that count whole days, the day of the start not among them."""

UNIT_NAMES: dict[Unit, str] = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "个紧急工作时（昼夜连续计算）",
    Unit.WORKING_HOURS: "个工作时",
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日",
    Unit.MONTHS: "个月",
}


def unit_name(unit: Unit) -> str:
    """The unit behind a number, without what has to be said of it once only."""
    return UNIT_NAMES[unit].partition("（")[0]


@dataclass(frozen=True, slots=True)
class Term:
    """期限: so many of a unit, at least one. Raises ValueError for less."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term of {self.amount} {self.unit} is no term")


@dataclass(frozen=True, slots=True)
class Span:
    """暂停: a half-open stretch that does not count. ``until`` is empty while it lasts; until then nobody knows its length.

    Raises ValueError for moments without a zone, or an end before the beginning.
    """

    since: dt.datetime
    until: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or (self.until and self.until.tzinfo is None):
            raise ValueError("a pause lies between aware moments")
        if self.until and self.until < self.since:
            raise ValueError("a pause ends after it began")
