"""What an import would do (预览): the lines read, everything wrong with them, and what differs from the list in force."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from enforcement.rules.findings import Finding
from town.bodies import Body
from town.errors import Refused
from town.sheets import Complaint, Record, Sheets, collect

Row = TypeVar("Row", bound=Body)
Progress = Callable[[int], None]
LISTED = 200
"""Complaints that go out with a refusal; the preview has them all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Codes that come, go, or stay with other contents than in the edition in force."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        changed = {code: list(names) for code, names in self.changed.items()}
        return {"added": list(self.added), "removed": list(self.removed), "changed": changed}


@dataclass(frozen=True, slots=True)
class Preview(Generic[Row]):
    """导入预览. Nothing has been kept yet. ``against``: the edition in force it is compared with."""

    sheets: Sheets
    records: tuple[Record[Row], ...] = field(repr=False)
    complaints: tuple[Complaint, ...] = field(repr=False)
    difference: Difference
    against: str | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines that could be read."""
        return tuple(record.value for record in self.records)

    @property
    def refusing(self) -> tuple[Complaint, ...]:
        """Those with which nothing is imported."""
        return tuple(one for one in self.complaints if one.refuses)

    @property
    def warnings(self) -> tuple[Complaint, ...]:
        """Those somebody should look at."""
        return tuple(one for one in self.complaints if not one.refuses)

    def must_pass(self) -> None:
        """Raises Refused("list_refused") with what is wrong."""
        if self.refusing:
            first = self.refusing[0]
            why = f"有 {len(self.refusing)} 处必须改，第一处：{first.where}：{first.sentence}"
            raise Refused("list_refused", why=why, complaints=[one.facts() for one in self.refusing[:LISTED]])


def gather(
    sheets: Sheets, model: type[Row], names: Mapping[str, str], progress: Progress
) -> tuple[tuple[Record[Row], ...], tuple[Complaint, ...]]:
    """The lines of all sheets of a file."""
    records: list[Record[Row]] = []
    complaints: list[Complaint] = []
    for sheet in sheets.sheets:
        found, wrong = collect(sheet, model, names, progress)
        records += found
        complaints += wrong
    if not sheets.sheets:
        complaints.append(Complaint(sheets.source, 0, "", "", "no_rows", "文件里没有可以导入的表。"))
    return tuple(records), tuple(complaints)


def told(records: Sequence[Record[Row]], findings: Iterable[Finding]) -> tuple[Complaint, ...]:
    """Findings about lines as complaints about cells."""
    return tuple(
        records[one.line].complaint(one.field, one.code, one.sentence, refuses=one.refuses) for one in findings
    )


def in_order(sheets: Sheets, complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Complaints as somebody would go through the file: by sheet, row and column."""
    place = {sheet.name: number for number, sheet in enumerate(sheets.sheets)}
    return tuple(
        sorted(complaints, key=lambda one: (place.get(one.sheet, -1), one.row, len(one.column), one.column, one.code))
    )


def compare(new: Mapping[str, Mapping[str, Any]], old: Mapping[str, Mapping[str, Any]]) -> Difference:
    """What differs between two lists, by code and field."""
    changed = {
        code: tuple(name for name in new[code] if new[code][name] != old[code].get(name))
        for code in sorted(new.keys() & old.keys())
        if new[code] != old[code]
    }
    return Difference(tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())), changed)
