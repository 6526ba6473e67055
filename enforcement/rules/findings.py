"""What a check of a whole list finds: which line, which field, and whether it forbids the import."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Finding:
    """一处问题. ``line`` counts the lines checked from 0; ``refuses``: with it nothing is imported."""

    line: int
    field: str
    code: str
    sentence: str
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding whose line is not said yet."""

    field: str
    code: str
    sentence: str
    refuses: bool = True

    def at(self, line: int) -> Finding:
        """The finding in this line."""
        return Finding(line, self.field, self.code, self.sentence, self.refuses)


def warning(field: str, code: str, sentence: str) -> Doubt:
    """A doubt that does not forbid the import."""
    return Doubt(field, code, sentence, refuses=False)


class Coded(Protocol):
    """A line with a code."""

    @property
    def code(self) -> str:
        """What must be unique in the list."""


Line = TypeVar("Line", bound=Coded)


def repeated(lines: Sequence[Coded]) -> Iterator[Finding]:
    """Every line but the first that uses a code."""
    count = Counter(line.code for line in lines)
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        if count[line.code] > 1 and first.setdefault(line.code, number) != number:
            yield Finding(number, "code", "duplicate_code", f"代码「{line.code}」前面已经有了，每个代码只能用一次。")


def unknown_partner(field: str, code: str | None, partners: Iterable[str]) -> Iterator[Doubt]:
    """A partner that nobody registered; said only where some are."""
    known = set(partners)
    if code and known and code not in known:
        yield warning(field, "unknown_partner", f"协同单位里没有「{code}」，请先登记，否则移送不出去。")
