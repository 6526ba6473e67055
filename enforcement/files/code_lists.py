"""A list of powers by their codes alone: a file with a column 代码, or codes typed with separators between."""

import re

from town.errors import Refused
from town.sheets import Row, Sheet, Sheets

HEADERS = frozenset({"代码", "权力代码", "事项代码", "code"})
BETWEEN = re.compile(r"[\s,，、;；]+")


def typed(text: str) -> tuple[str, ...]:
    """Codes as somebody typed them, each once."""
    return tuple(dict.fromkeys(part for part in BETWEEN.split(text) if part))


def in_file(sheets: Sheets) -> tuple[str, ...]:
    """The codes under the header 代码, each once. Raises Refused("file_unreadable") when there is no such column."""
    codes = [code for sheet in sheets.sheets for code in _in_sheet(sheet)]
    if not codes:
        raise Refused("file_unreadable", why="没有找到「代码」这一列，或者下面是空的。")
    return tuple(dict.fromkeys(codes))


def _in_sheet(sheet: Sheet) -> list[str]:
    for number, row in enumerate(sheet.lines):
        for column, cell in enumerate(row.cells):
            if cell.strip("*").lower() in HEADERS:
                return [code for below in sheet.lines[number + 1 :] if (code := _cell(below, column))]
    return []


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""
