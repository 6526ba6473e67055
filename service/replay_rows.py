"""Rows of a replayed file (回放文件): CSV in UTF-8, plain or gzipped, and which columns fill which field of a report."""

import csv
import datetime as dt
import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from dispatch.services import NewReport
from mobile_api.schemas import ReportIn
from town import bodies
from town.clock import Instant
from town.errors import Refused

REQUIRED = ("key", "time", "lon", "lat", "words")
OPTIONAL = ("accuracy", "category")
FIELDS = (*REQUIRED, *OPTIONAL)

GZIP = b"\x1f\x8b"
LONGEST_LINE = 1_000_000
LONGEST_KEY = 120
COLUMNS_SHOWN = 40
VALUE_SHOWN = 40

WRONG = {
    "lon": ("lon", "经度「{value}」不是数"),
    "lat": ("lat", "纬度「{value}」不是数"),
    "accuracy_m": ("accuracy", "误差「{value}」不是 0 到 100000 的米数"),
    "words": ("words", "说明要有 1 到 2000 个字"),
    "category": ("category", "没有「{value}」这个事项类别"),
}
"""What the intake's own form finds wrong: the field by the name it has here, and the sentence."""

Columns = Mapping[str, Sequence[str]]
"""For each field the columns that fill it; only ``words`` may have several."""


class BadRow(ValueError):
    """A row that cannot be taken. ``field`` is what is wrong with it, ``why`` a sentence."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.field, self.why = field, why


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``line`` is where it begins in the file, from 1; ``cells`` by field. One with a ``flaw`` has only its key."""

    line: int
    cells: Mapping[str, str]
    flaw: str = ""

    @property
    def key(self) -> str:
        """What the source calls this report."""
        return self.cells["key"]


@dataclass(frozen=True)
class Reading:
    """How rows become reports. ``zone``: of times without an offset. ``time_format``: as strptime; "" is ISO 8601."""

    source: str
    crs: str
    zone: ZoneInfo
    time_format: str = ""


def rows(path: Path, columns: Columns) -> Iterator[Row]:
    """Every row in its order, blank lines left out.

    Raises Refused("file_unreadable") that names the line: a missing column, another encoding, no CSV, a torn archive.
    """
    with _opened(path) as file:
        table = csv.reader(_lines(file), strict=True)
        try:
            header = [name.strip() for name in next(table, [])]
            places = _places(header, columns)
            begins = table.line_num + 1
            for cells in table:
                if cells:
                    yield _row(begins, cells, places, len(header))
                begins = table.line_num + 1
        except csv.Error as error:
            raise _unreadable(f"第 {table.line_num} 行不是完整的 CSV（{error}），请检查引号和分隔符") from None
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise _unreadable(f"压缩包在第 {table.line_num} 行之后损坏或不完整，请重新传输") from None


def report(row: Row, reading: Reading, now: Instant) -> NewReport:
    """The row as the intake takes it, held to the same limits as what a phone sends. Raises BadRow."""
    if row.flaw:
        raise BadRow("row", row.flaw)
    sent = _sent(row.cells, reading.crs)
    return NewReport(
        x=sent.place.lon,
        y=sent.place.lat,
        crs=sent.place.crs,
        accuracy_m=sent.place.accuracy_m,
        words=sent.words,
        received_at=_past(moment(row.cells["time"], reading), now),
        source=reading.source,
        source_key=_key(row.key),
        category=sent.category,
    )


def moment(text: str, reading: Reading) -> Instant:
    """When the row's report came in. Raises BadRow.

    A local time that the clocks showed twice is the first of the two; one that they jumped over is as long after the
    jump as it says it is after the moment of the jump (PEP 495, fold 0).
    """
    if not text:
        raise BadRow("time", "没有时间")
    try:
        told = _told(text, reading.time_format)
        return (told if told.tzinfo else told.replace(tzinfo=reading.zone)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        expected = reading.time_format or "2026-11-02 09:30:00 这样的时间"
        raise BadRow("time", f"「{text}」不是 {expected}") from None


def _told(text: str, time_format: str) -> dt.datetime:
    if not time_format:
        return dt.datetime.fromisoformat(text)
    return dt.datetime.strptime(text, time_format)  # noqa: DTZ007 (the caller knows the zone)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """By what is inside, whatever the name says."""
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.open(file) as unpacked:
            yield cast(BinaryIO, unpacked)


def _lines(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
        if len(line) > LONGEST_LINE:
            raise _unreadable(f"第 {number} 行超过 {LONGEST_LINE} 字节，不像 CSV")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise _unreadable(f"第 {number} 行不是 UTF-8，请另存为 UTF-8 编码的 CSV") from None


def _places(header: Sequence[str], columns: Columns) -> dict[str, list[int]]:
    wanted = {name for names in columns.values() for name in names}
    if missing := sorted(wanted - set(header)):
        there = "、".join(header[:COLUMNS_SHOWN]) or "（空文件）"
        raise _unreadable(f"缺少列 {'、'.join(missing)}；第 1 行里有：{there}。请用 --map 指明各项在哪一列")
    if double := sorted(name for name in wanted if header.count(name) > 1):
        raise _unreadable(f"第 1 行里有两列同叫 {'、'.join(double)}，请改名")
    return {field: [header.index(name) for name in names] for field, names in columns.items()}


def _row(line: int, cells: Sequence[str], places: Mapping[str, Sequence[int]], width: int) -> Row:
    found = {field: [cells[place].strip() for place in where if place < len(cells)] for field, where in places.items()}
    filled = {field: "；".join(filter(None, texts)) for field, texts in found.items()}
    flaw = f"有 {len(cells)} 列，应有 {width} 列" if len(cells) != width else _unclean(filled)
    return Row(line, {"key": bodies.CONTROL.sub("", filled["key"])} if flaw else filled, flaw)


def _unclean(filled: Mapping[str, str]) -> str:
    unclean = [field for field, text in filled.items() if bodies.CONTROL.search(text)]
    return f"{'、'.join(unclean)} 含有不能显示的字符" if unclean else ""


def _sent(cells: Mapping[str, str], crs: str) -> ReportIn:
    place = {"lon": cells["lon"], "lat": cells["lat"], "crs": crs, "accuracy_m": cells.get("accuracy") or None}
    category = {"category": cells["category"]} if cells.get("category") else {}
    try:
        return ReportIn.model_validate({"place": place, "words": cells["words"], **category})
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        field, sentence = WRONG[str(wrong["loc"][-1])]
        raise BadRow(field, sentence.format(value=str(wrong["input"])[:VALUE_SHOWN])) from None


def _key(key: str) -> str:
    if not key:
        raise BadRow("key", "没有编号")
    if len(key) > LONGEST_KEY:
        raise BadRow("key", f"编号最多 {LONGEST_KEY} 个字，这里有 {len(key)} 个")
    return key


def _past(moment: Instant, now: Instant) -> Instant:
    if moment > now:
        raise BadRow("time", f"{moment:%Y-%m-%d %H:%M} UTC 还没有到")
    return moment


def _unreadable(why: str) -> Refused:
    return Refused("file_unreadable", why=f"{why}。")
