"""From a sheet to records: the header is found, every cell is checked, everything wrong is told at once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from town.bodies import SENTENCES, Body
from town.sheets.cells import OWN
from town.sheets.complaints import NOWHERE, Column, Complaint, letter
from town.sheets.reading import Row, Sheet

Model = TypeVar("Model", bound=Body)
EXAMPLE = "示例"
"""A line whose first cell begins so shows how to fill in the table, and is not read."""
HEADER_WITHIN = 10
MOST = 5_000
SHOWN = 40
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Record(Generic[Model]):
    """One line as a model, with the way back to its cells."""

    sheet: str
    row: int
    value: Model
    columns: Mapping[str, Column] = field(repr=False)

    def complaint(self, field: str, code: str, sentence: str, *, refuses: bool = True) -> Complaint:
        """About one field of this line; ``field`` empty for the whole line."""
        column = self.columns.get(field, NOWHERE)
        return Complaint(self.sheet, self.row, column.letters, column.header, code, sentence, refuses)


def collect(
    sheet: Sheet, model: type[Model], names: Mapping[str, str], progress: Progress = lambda _row: None
) -> tuple[tuple[Record[Model], ...], tuple[Complaint, ...]]:
    """The sheet's lines as records, and everything wrong with them; a line with a fault gives no record.

    ``names``: which field stands under which Chinese header, several may name one; the field's own name is known too.
    Lines above the header (a title) are left out. Blank cells are not there: the model says what may be missing.
    """
    known = {_plain(header): name for header, name in names.items()} | {name: name for name in names.values()}
    head = _head(sheet, known)
    if head is None:
        wanted = "、".join(names)
        return (), (_whole(sheet, "no_header", f"没有找到表头。第一行要写列名，可以有：{wanted}。"),)
    header = _Header(sheet.name, head, known, {field: header for header, field in reversed(list(names.items()))})
    records, complaints = [], list(header.complaints(model))
    for row in sheet.lines:
        if row.number <= head.number or row.cells[0].startswith(EXAMPLE):
            continue
        progress(row.number)
        complaints.extend(header.strays(row))
        try:
            records.append(Record(sheet.name, row.number, model(**header.filled(row)), header.columns))
        except ValidationError as error:
            complaints.extend(header.about(row, error))
        if len(complaints) > MOST:
            complaints.append(_whole(sheet, "too_many", "问题太多，后面的没有再检查；请先改正前面的。"))
            break
    if not records and not complaints:
        complaints.append(_whole(sheet, "no_rows", "表头下面没有内容。"))
    return tuple(records), tuple(complaints)


def _head(sheet: Sheet, known: Mapping[str, str]) -> Row | None:
    """The line among the first that holds most known names."""
    first = sheet.lines[:HEADER_WITHIN]
    matches = [sum(_plain(cell) in known for cell in row.cells) for row in first]
    return first[matches.index(max(matches))] if any(matches) else None


@dataclass(frozen=True, slots=True)
class _Header:
    """The header line: which column holds which field. ``headers``: what a field is called if its column is missing."""

    sheet: str
    line: Row
    known: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def columns(self) -> dict[str, Column]:
        """Where each field stands; the first column that names it counts."""
        found: dict[str, Column] = {}
        for index, cell in enumerate(self.line.cells):
            if name := self.known.get(_plain(cell)):
                found.setdefault(name, Column(letter(index), cell))
        return found

    def complaints(self, model: type[Body]) -> Iterator[Complaint]:
        """Columns that nobody knows, that come twice, or that are missing."""
        fields = [self.known.get(_plain(cell)) for cell in self.line.cells]
        count = Counter(fields)
        for index, (cell, name) in enumerate(zip(self.line.cells, fields, strict=True)):
            if cell and name is None:
                yield self._complaint(index, cell, "unknown_header", f"不认识「{cell}」这一列，请改名或删掉。")
            elif cell and count[name] > 1:
                yield self._complaint(index, cell, "repeated_header", f"「{cell}」这一列重复了，只留一列。")
        for name, info in model.model_fields.items():
            if info.is_required() and name not in fields:
                missing = self.headers.get(name, name)
                yield Complaint(
                    self.sheet, self.line.number, "", missing, "missing_header", f"缺少「{missing}」这一列。"
                )

    def filled(self, row: Row) -> dict[str, str]:
        """The cells that hold something, by field."""
        values: dict[str, str] = {}
        for cell, value in zip(self.line.cells, row.cells, strict=False):
            if value and (name := self.known.get(_plain(cell))):
                values.setdefault(name, value)
        return values

    def strays(self, row: Row) -> Iterator[Complaint]:
        """What stands where no header is: often a comma too many that shifted the whole line."""
        for index, value in enumerate(row.cells):
            if value and not (index < len(self.line.cells) and self.line.cells[index]):
                said = f"这一格上面没有列名，内容是「{value[:SHOWN]}」；是不是多了一个分隔符？"
                yield Complaint(self.sheet, row.number, letter(index), "", "stray_cell", said)

    def about(self, row: Row, error: ValidationError) -> Iterator[Complaint]:
        """One complaint for each thing wrong with the line; not again for a column that is missing altogether."""
        columns = self.columns
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0]) if detail["loc"] else ""
            column = columns.get(name, NOWHERE)
            if detail["type"] != "missing" or column is not NOWHERE:
                sentence = _sentence(detail["type"], detail["msg"], detail.get("ctx", {}), detail["input"])
                yield Complaint(self.sheet, row.number, column.letters, column.header, detail["type"], sentence)

    def _complaint(self, index: int, cell: str, code: str, sentence: str) -> Complaint:
        return Complaint(self.sheet, self.line.number, letter(index), cell, code, sentence)


def _sentence(kind: str, message: str, context: Mapping[str, Any], given: object) -> str:
    if kind == "missing":
        return "必填，现在是空的。"
    said = message if kind.startswith(OWN) else SENTENCES.get(kind, "格式不对").format(**context)
    return f"{said}，现在是「{given[:SHOWN]}」。" if isinstance(given, str) else f"{said}。"


def _whole(sheet: Sheet, code: str, sentence: str) -> Complaint:
    return Complaint(sheet.name, 0, "", "", code, sentence)


def _plain(header: str) -> str:
    """A header without what people put around it: blanks, line breaks, a star for required, a note in brackets."""
    return "".join(header.split()).strip("*＊").partition("（")[0].partition("(")[0].lower()
