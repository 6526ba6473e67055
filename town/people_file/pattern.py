"""A week's pattern (周排班): the same shifts on the same weekdays, written out day by day as if each had been typed."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from town import sheets
from town.bodies import Body
from town.days import DAY
from town.people_file.moments import End, Local
from town.people_file.rows import BETWEEN, Code, Login, ShiftRow
from town.people_file.tables import LOGIN, SHIFTS, Filed, Table
from town.sheets import Complaint, Field, Record, YesNo
from town.terms import WEEKDAYS

LONGEST = dt.timedelta(days=366)
DAY_NAME = re.compile(r"(?:星期|周)?([一二三四五六日天])")
BETWEEN_DAYS = re.compile("[至到~-]")


def _weekdays(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value in ("每天", "每日", "全周"):
        return tuple(range(7))
    return tuple(sorted({day for part in BETWEEN.split(value) if part for day in _run(part)}))


def _run(part: str) -> range:
    """Weekdays from the first named to the last, 0 for Monday: 周一至周五."""
    found = [DAY_NAME.fullmatch(name) for name in BETWEEN_DAYS.split(part)]
    days = [WEEKDAYS.index(one[1].replace("天", "日")) for one in found if one]
    if len(days) != len(found) or len(days) > 2 or days != sorted(days):
        raise PydanticCustomError("cell_weekdays", "星期要写成 周一、周三 或 周一至周五 或 每天")
    return range(days[0], days[-1] + 1)


def _time_alone(value: Local) -> Local:
    if value.day is not None:
        raise PydanticCustomError("cell_moment", "周排班只写钟点，如 08:00")
    return value


Clock = Annotated[End, AfterValidator(_time_alone)]


class PatternRow(Body):
    """周排班: one shift of every such weekday. An end not after its beginning is on the next day."""

    squad: Code
    weekdays: Annotated[tuple[int, ...], BeforeValidator(_weekdays)]
    login: Login
    starts_at: Clock
    ends_at: Clock
    leads: YesNo = False

    def on(self, day: dt.date) -> ShiftRow:
        """The shift of one day."""
        begins = replace(self.starts_at, day=day)
        return ShiftRow(squad=self.squad, login=self.login, starts_at=begins, ends_at=self.ends_at, leads=self.leads)


PATTERN = Table(
    "周排班",
    "pattern",
    PatternRow,
    (
        Field("squad", "中队", "中队代码", "CZ", required=True),
        Field("weekdays", "星期", "周一、周三，或周一至周五，或每天", "周一至周五", required=True),
        LOGIN,
        Field("starts_at", "开始", "钟点", "20:00", required=True),
        Field("ends_at", "结束", "钟点；不晚于开始的就是第二天", "08:00", required=True),
        Field("leads", "带班", "是：这段时间由他负责", "是"),
    ),
)


def written_out(path: Path, first: dt.date, last: dt.date) -> Filed:
    """The pattern's shifts on every day from ``first`` through ``last``, each pointing to its line of the pattern.

    Raises Refused("file_unreadable").
    """
    lines: list[Record[Any]] = []
    complaints: list[Complaint] = []
    for sheet in sheets.read(path).sheets:
        found, wrong = sheets.collect(sheet, PatternRow, PATTERN.names)
        complaints.extend(wrong)
        lines.extend(day for line in found for day in _daily(line, first, last))
    return Filed({SHIFTS.code: tuple(lines)}, tuple(complaints))


def _daily(line: Record[PatternRow], first: dt.date, last: dt.date) -> Iterator[Record[ShiftRow]]:
    for count in range((last - first).days + 1):
        day = first + count * DAY
        if day.weekday() in line.value.weekdays:
            yield Record(line.sheet, line.row, line.value.on(day), line.columns)
