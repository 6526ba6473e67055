"""XLSX: a workbook is counted before it is parsed.

A few bytes of ZIP can unpack to gigabytes, and one cell at XFD1048576 makes a reader that keeps whole rectangles reserve
seventeen thousand million cells. So the parts that hold tables are unpacked within a limit, looked over, and packed
anew; only that is given to the parser.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from town.errors import Refused
from town.sheets import cell_marks
from town.sheets.limits import Limits, check

KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/[^/]+|xl/_rels/[^/]+|xl/(workbook|sharedStrings|styles)\.xml|xl/worksheets/[^/]+\.xml"
)
"""The parts of a workbook that the parser needs for its tables."""

OTHERS = {"content.xml": "ODS（.ods）", "xl/workbook.bin": "二进制 Excel（.xlsb）", "Index/Document.iwa": "Numbers"}
MOST_PARTS = 2_000
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's visible sheets with their lines from the first, and the names of the hidden ones."""

    sheets: dict[str, list[tuple[str, ...]]]
    hidden: tuple[str, ...]


def read(data: bytes, limits: Limits) -> Book:
    """Raises Refused("file_unreadable") for a damaged or oversized workbook, and for cells that hold an error."""
    try:
        with CalamineWorkbook.from_filelike(_repacked(data, limits)) as book:
            return _book(book, limits)
    except CalamineError as error:
        raise Refused("file_unreadable", why=f"XLSX 文件读不懂（{error}），请用 Excel 打开后另存一份。") from None


def _book(book: CalamineWorkbook, limits: Limits) -> Book:
    tables = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if len(tables) > limits.sheets:
        raise Refused("file_unreadable", why=f"有 {len(tables)} 张表，最多 {limits.sheets} 张。")
    seen = [one.name for one in tables if one.visible == SheetVisibleEnum.Visible]
    hidden = tuple(one.name for one in tables if one.visible != SheetVisibleEnum.Visible)
    return Book({name: _lines(book.get_sheet_by_name(name), limits) for name in seen}, hidden)


def _lines(sheet: CalamineSheet, limits: Limits) -> list[tuple[str, ...]]:
    lines = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = _without_tail([_text(cell) for cell in row])
        check(number, cells, limits)
        lines.append(cells)
    return lines


def _without_tail(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _text(value: Value) -> str:
    """What the cell holds, as somebody would have typed it into a text file."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() if value.time() == dt.time.min:
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
        case dt.time():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case _:
            return str(value).strip()


def _repacked(data: bytes, limits: Limits) -> io.BytesIO:
    """The same workbook with nothing in it but what was unpacked and looked over here."""
    contents = _unpacked(data, limits)
    cell_marks.look_over(list(contents.values()), limits)
    honest = io.BytesIO()
    with zipfile.ZipFile(honest, "w") as written:
        for name, content in contents.items():
            written.writestr(name, content)
    honest.seek(0)
    return honest


def _unpacked(data: bytes, limits: Limits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given:
            _refuse_other_formats(given.namelist())
            kept = [part for part in given.infolist() if KEPT.fullmatch(part.filename)]
            _refuse_bombs(kept, limits)
            return {part.filename: given.read(part) for part in kept}
    except DAMAGED:
        raise Refused("file_unreadable", why="XLSX 文件损坏或加了密码，请用 Excel 打开后另存一份。") from None


def _refuse_other_formats(names: list[str]) -> None:
    for part, format_name in OTHERS.items():
        if part in names:
            raise Refused("file_unreadable", why=f"这是 {format_name}，请另存为 .xlsx 或 CSV。")
    if "xl/workbook.xml" not in names:
        raise Refused("file_unreadable", why="这是压缩包，不是 XLSX 工作簿；请直接导入里面的表格。")
    if len(names) > min(len(set(names)), MOST_PARTS):
        raise Refused("file_unreadable", why="XLSX 里有重复或过多的部分，请用 Excel 打开后另存一份。")


def _refuse_bombs(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The sizes a ZIP declares may lie, but reading gives no more than was declared and then compares the checksum."""
    size = sum(part.file_size for part in parts)
    if size > limits.unpacked:
        raise Refused("file_unreadable", why=f"解压后有 {size} 字节，最多 {limits.unpacked} 字节；请拆成几个文件。")
