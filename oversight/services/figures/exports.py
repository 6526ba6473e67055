"""Exports (导出): figures and frozen months as CSV and XLSX. Nothing in a cell is ever run as a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from oversight.rules.indicators import BY_CODE, Indicator
from oversight.schemas.appraisal import MonthOut
from oversight.schemas.figures import FiguresOut
from town.sheets import letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
NARROWEST, WIDEST = 8, 60

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, its headers, its rows."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def figures(shown: FiguresOut) -> list[Table]:
    """指标: one line for each row and indicator; then the definitions."""
    rows = [
        (row.key, row.name, one.name, value.numerator, value.denominator, value.text, value.excluded)
        for row in shown.rows
        for one in shown.definitions
        for value in (row.values[one.code],)
    ]
    title = f"指标 {shown.since} 至 {shown.until}"
    return [
        Table(title, ("代码", "名称", "指标", "分子", "分母", "比率", "剔除"), rows),
        Table(
            "口径", ("指标", "分子", "分母"), [(one.name, one.numerator, one.denominator) for one in shown.definitions]
        ),
    ]


def month(shown: MonthOut) -> list[Table]:
    """考核: results by squad and part, the plain counts, what was left out, the formula, and the digests."""
    rows = (shown.town, *shown.squads)
    parts = [
        (row.key, row.name, part.name, part.weight, part.orders, part.share, row.result, row.excluded)
        for row in rows
        for part in row.parts
    ]
    counts = [
        (row.key, row.name, BY_CODE[Indicator(code)].name, *counted)
        for row in rows
        for code, counted in row.values.items()
    ]
    left_out = [(one.order.code, str(one.order.id), one.holder, one.ground_name) for one in shown.excluded]
    return [
        Table(f"考核 {shown.month}", ("代码", "名称", "指标", "权重", "工单数", "得率", "考核结果", "剔除"), parts),
        Table("计数", ("代码", "名称", "指标", "分子", "分母"), counts),
        Table("剔除", ("工单", "编号", "所在中队", "理由"), left_out),
        Table("依据", ("项目", "内容"), list(_about(shown).items())),
    ]


def as_csv(table: Table) -> bytes:
    """UTF-8 with a mark, so that Excel takes it for what it is."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[_harmless(cell) for cell in row] for row in (table.headers, *table.rows)])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """One sheet for each table."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(table.title[:31]), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _about(shown: MonthOut) -> Mapping[str, Cell]:
    return {
        "月份": shown.month,
        "修订": shown.revision,
        "冻结时间": shown.frozen_at.isoformat(),
        "快照摘要（SHA-256）": shown.digest,
        "前一快照摘要": shown.follows or "",
        "考核办法": shown.formula.name,
        "办法摘要（SHA-256）": shown.formula.digest,
        "工单数": shown.orders,
        **{f"口径：{one.name}": f"{one.numerator} ÷ {one.denominator}" for one in shown.definitions},
    }


def _fill(sheet: Worksheet, table: Table) -> None:
    for row in (table.headers, *table.rows):
        sheet.append([_harmless(cell) for cell in row])
    sheet.freeze_panes = "A2"
    for index, header in enumerate(table.headers):
        column = letter(index)
        sheet[f"{column}1"].font = Font(bold=True)
        longest = max((_width(row[index]) for row in table.rows), default=0)
        sheet.column_dimensions[column].width = min(max(longest, _width(header), NARROWEST) + 2, WIDEST)
    for cells in sheet.iter_rows(min_row=2):
        cells[-1].alignment = Alignment(wrap_text=True, vertical="top")


def _width(cell: Cell) -> int:
    """Chinese characters are twice as wide."""
    text = "" if cell is None else str(cell)
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def _harmless(cell: Any) -> Cell:
    if isinstance(cell, str) and cell.startswith(RUN_BY_SPREADSHEETS):
        return f"'{cell}"
    return cell if cell is None or isinstance(cell, int) else str(cell)
