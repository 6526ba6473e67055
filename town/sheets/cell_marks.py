"""What can be told of a workbook's cells from its bare text, before a parser reserves memory for them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from town.errors import Refused
from town.sheets.limits import Limits

TAG = rb"<(?:[\w.-]+:)?"
ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
ROW = re.compile(TAG + rb"row\b")
CELL = re.compile(TAG + rb"c[\s/>]")
SHARED = re.compile(TAG + rb"si[\s/>]")
ERROR_CELL = re.compile(TAG + rb'c [^<>]{0,99}?\br="([A-Z]+\d+)"[^<>]{0,99}?\bt="e"')
UNCOMPUTED = re.compile(
    TAG + rb'c (?![^<>]{0,99}\bt="str")[^<>]{0,99}?\br="([A-Z]+\d+)"[^<>]{0,99}>'
    rb"\s{0,9}" + TAG + rb"f\b[^<>]{0,99}>[^<]{0,5000}</(?:[\w.-]+:)?f>\s{0,9}"
    rb"(?:" + TAG + rb"v\s?/>|" + TAG + rb"v></|</(?:[\w.-]+:)?c>)"
)
LONGEST_LETTERS, LONGEST_NUMBER = 3, 7
REPEATED = 400_000_000
"""Bytes. A text that is kept once may be shown by every cell, and the parser gives each cell a copy."""


def look_over(parts: list[bytes], limits: Limits) -> None:
    """Raises Refused("file_unreadable") for cells out of reach, too many of too long a text, errors, idle formulas."""
    for part in parts:
        _refuse_far_cells(part, limits)
        _refuse_crowded_rows(part, limits)
        _refuse_cells_without_value(part)
    _refuse_repetition(parts)


def _refuse_far_cells(part: bytes, limits: Limits) -> None:
    for letters, number in set(ADDRESS.findall(part)):
        if len(number) > LONGEST_NUMBER or int(number) > limits.rows:
            raise Refused("file_unreadable", why=f"表格用到了第 {limits.rows} 行以下，请删掉多余的行，或拆成几个文件。")
        if len(letters) > LONGEST_LETTERS or _index(letters) > limits.columns:
            raise Refused("file_unreadable", why=f"表格用到了第 {limits.columns} 列以右，请删掉多余的列。")


def _refuse_crowded_rows(part: bytes, limits: Limits) -> None:
    """Rows and cells need not say where they are; then they follow one another."""
    rows = list(_pieces(part, ROW))
    if len(rows) > limits.rows or any(sum(1 for _ in CELL.finditer(row)) > limits.columns for row in rows):
        raise Refused("file_unreadable", why=f"表格超过 {limits.rows} 行或 {limits.columns} 列，请拆成几个文件。")


def _refuse_cells_without_value(part: bytes) -> None:
    if found := ERROR_CELL.search(part):
        raise Refused("file_unreadable", why=f"单元格 {found[1].decode()} 是错误值（如 #N/A），请先改正。")
    if found := UNCOMPUTED.search(part):
        why = f"单元格 {found[1].decode()} 的公式还没有算出结果，请用 Excel 打开、保存一次。"
        raise Refused("file_unreadable", why=why)


def _refuse_repetition(parts: list[bytes]) -> None:
    cells = sum(1 for part in parts for _ in CELL.finditer(part))
    longest = max((len(text) for part in parts for text in _pieces(part, SHARED)), default=0)
    if cells * longest > REPEATED:
        raise Refused("file_unreadable", why="单元格太多，文字又太长；请拆成几个文件，或缩短最长的一格。")


def _pieces(part: bytes, start: re.Pattern[bytes]) -> Iterator[bytes]:
    """What begins at each match and ends at the next."""
    places = [match.start() for match in start.finditer(part)]
    return (part[begin:end] for begin, end in pairwise([*places, len(part)]))


def _index(letters: bytes) -> int:
    """A is 1; no letters are 0."""
    index = 0
    for one in letters.upper():
        index = index * 26 + one - ord("@")
    return index
