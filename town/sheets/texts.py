"""CSV: the encoding is recognised, the separator is the one that divides the first line most."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from town.errors import Refused
from town.sheets.limits import Limits, check

MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
GUESSED = ("utf-8", "gb18030")
"""In this order: hardly any text in GB18030 is also valid UTF-8, but nearly every text is valid GB18030."""
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Text:
    """A CSV file's lines from the first, and the encoding they were in."""

    encoding: str
    lines: list[tuple[str, ...]]


def read(data: bytes, limits: Limits) -> Text:
    """Raises Refused("file_unreadable") for another encoding, a quotation without an end, and what is over the limits."""
    text, encoding = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return Text(encoding, list(_lines(rows, limits)))
    except csv.Error as error:
        why = f"第 {rows.line_num} 行附近的引号没有配对（{error}），请用 Excel 打开后另存。"
        raise Refused("file_unreadable", why=why) from None


def _lines(rows: Iterator[list[str]], limits: Limits) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        cells = tuple(cell.strip() for cell in row)
        check(number, cells, limits)
        yield cells


def _decoded(data: bytes) -> tuple[str, str]:
    marked = [encoding for mark, encoding in MARKED.items() if data.startswith(mark)]
    for encoding in marked or GUESSED:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("file_unreadable", why="认不出文字编码；请用 Excel 另存为「CSV UTF-8」或 .xlsx。")


def _separator(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)
