"""An empty table to fill in: headers, one example, and a second sheet that explains every column."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from town.sheets.complaints import letter
from town.sheets.records import EXAMPLE

NOTES = "说明"
REQUIRED, OPTIONAL = PatternFill("solid", fgColor="FFE699"), PatternFill("solid", fgColor="DDEBF7")
TEXT = "@"
NARROWEST, WIDEST = 10, 40


@dataclass(frozen=True, slots=True)
class Field:
    """One column: the model's field, its Chinese header, what to write there, an example, and whether it must be."""

    name: str
    header: str
    note: str
    example: str = ""
    required: bool = False


def template(title: str, fields: Sequence[Field], rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file. All cells are text, so that Excel keeps leading zeros; the example is not read on import.

    ``rows``: cells by header, to go on from; then there is no example.
    """
    book = Workbook()
    table = book.worksheets[0]
    table.title = title
    table.append([f"{field.header}{'*' if field.required else ''}" for field in fields])
    for row in rows:
        table.append([row.get(field.header, "") for field in fields])
    if not rows:
        first, *others = (field.example for field in fields)
        table.append([f"{EXAMPLE}{first}", *others])
    _dress(table, fields)
    _explain(book.create_sheet(NOTES), fields)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _dress(table: Worksheet, fields: Sequence[Field]) -> None:
    table.freeze_panes = "B2"
    for index, field in enumerate(fields):
        column = letter(index)
        table[f"{column}1"].font = Font(bold=True)
        table[f"{column}1"].fill = REQUIRED if field.required else OPTIONAL
        table.column_dimensions[column].width = min(max(2 * len(field.header) + 4, NARROWEST), WIDEST)
        table.column_dimensions[column].number_format = TEXT
        for row in range(2, table.max_row + 1):
            table[f"{column}{row}"].number_format = TEXT


def _explain(notes: Worksheet, fields: Sequence[Field]) -> None:
    notes.append(["列", "必填", "怎么填"])
    for field in fields:
        notes.append([field.header, "是" if field.required else "", field.note])
    notes.append([])
    notes.append([f"第一格以「{EXAMPLE}」开头的行只作示范，不会导入。"])
    notes.column_dimensions["A"].width, notes.column_dimensions["C"].width = 20, 80
    for row in notes.iter_rows():
        row[-1].alignment = Alignment(wrap_text=True, vertical="top")
