"""Moments as a roster writes them (起止时间): local days and times, with the shorthand people use for nights and days off."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from town.clock import Instant
from town.days import DAY

WRITTEN = re.compile(
    r"(?:(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?)?"
    r"[ T]*"
    r"(?:(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：]00)?)?"
)
MIDNIGHT_OF_THE_DAY = (24, 0)


@dataclass(frozen=True, slots=True)
class Local:
    """A local day, a time of the day in minutes from its midnight (24:00 is 1440), or both."""

    day: dt.date | None
    minutes: int | None

    def at(self, zone: ZoneInfo, *, unsaid: int = 0) -> Instant:
        """The moment, in UTC; ``unsaid``: minutes of a day alone. Raises ValueError for a time without its day."""
        if self.day is None:
            raise ValueError("a time alone is no moment")
        days, minutes = divmod(unsaid if self.minutes is None else self.minutes, 24 * 60)
        clock = dt.time(minutes // 60, minutes % 60)
        return dt.datetime.combine(self.day + days * DAY, clock, zone).astimezone(dt.UTC)

    def after(self, start: Instant, zone: ZoneInfo, *, unsaid: int = 0) -> Instant:
        """The moment; a time alone is the first such time after ``start``, which may be on the next day."""
        if self.day is not None:
            return self.at(zone, unsaid=unsaid)
        day = start.astimezone(zone).date()
        same_day = Local(day, self.minutes).at(zone)
        return same_day if same_day > start else Local(day + DAY, self.minutes).at(zone)


WHOLE_DAY = 24 * 60
"""The end of a day that is written without a time, where the day itself is meant."""


def _local(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = WRITTEN.fullmatch(value.strip())
    if found is None or not (found["year"] or found["hour"]):
        raise PydanticCustomError("cell_moment", "时间要写成 2026-11-23 20:00")
    return Local(_day(found), _minutes(found))


def _day(found: re.Match[str]) -> dt.date | None:
    if found["year"] is None:
        return None
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise PydanticCustomError("cell_moment", "没有这一天，时间要写成 2026-11-23 20:00") from None


def _minutes(found: re.Match[str]) -> int | None:
    if found["hour"] is None:
        return None
    clock = int(found["hour"]), int(found["minute"])
    if not (clock < MIDNIGHT_OF_THE_DAY and clock[1] < 60) and clock != MIDNIGHT_OF_THE_DAY:
        raise PydanticCustomError("cell_moment", "钟点要在 00:00 到 24:00 之间")
    return clock[0] * 60 + clock[1]


def _with_its_day(value: Local) -> Local:
    if value.day is None:
        raise PydanticCustomError("cell_moment", "开始要写明日期，如 2026-11-23 20:00")
    return value


Start = Annotated[Local, BeforeValidator(_local), AfterValidator(_with_its_day)]
End = Annotated[Local, BeforeValidator(_local)]
