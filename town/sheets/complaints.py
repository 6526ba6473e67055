"""What is wrong with a table, by sheet, row and column as Excel shows them."""

from dataclasses import asdict, dataclass
from typing import Any

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter(index: int) -> str:
    """The letters over a column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    rest = index + 1
    while rest:
        rest, place = divmod(rest - 1, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return letters


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its letters and what stands over it. Both empty for a column the table does not have."""

    letters: str
    header: str


NOWHERE = Column("", "")


@dataclass(frozen=True, slots=True)
class Complaint:
    """一处问题. ``row`` is 0 and ``column`` empty where the whole table is meant; ``refuses``: nothing is imported."""

    sheet: str
    row: int
    column: str
    header: str
    code: str
    sentence: str
    refuses: bool = True

    @property
    def where(self) -> str:
        """``「权力清单」第 12 行 F 列（罚款下限）``, as far as it is known."""
        row = f"第 {self.row} 行" if self.row else ""
        column = f" {self.column} 列" if self.column else ""
        header = f"（{self.header}）" if self.header else ""
        return f"「{self.sheet}」{row}{column}{header}"

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)
