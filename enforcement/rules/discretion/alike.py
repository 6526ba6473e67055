"""Like cases (同案同罚): the nearest decisions under the same power, and how far a fine lies from them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

NEAREST = 5


@dataclass(frozen=True, slots=True)
class DecidedFact:
    """已决案件 under the same power. ``decided_on``: local day."""

    case: str
    fine_fen: int
    tier: str | None
    decided_on: dt.date
    subject: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """同案比对. ``deviation_percent``: from the median, to a tenth; None when there is nothing to compare with.

    ``beyond_band``: a reason and legal review are needed.
    """

    nearest: tuple[DecidedFact, ...]
    median_fen: int | None
    deviation_percent: float | None
    beyond_band: bool
    why: str = ""

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        nearest = [asdict(one) | {"decided_on": one.decided_on.isoformat()} for one in self.nearest]
        return asdict(self) | {"nearest": nearest}


def compare(
    fine_fen: int, decided: Iterable[DecidedFact], *, tier: str | None, subject: str, band_percent: int
) -> Comparison:
    """A fine beside the latest decisions of the same tier and kind of party; ``band_percent``: how far it may lie off."""
    alike = (one for one in decided if one.tier == tier and one.subject == subject)
    nearest = tuple(sorted(alike, key=lambda one: (one.decided_on, one.case), reverse=True)[:NEAREST])
    if not nearest:
        return Comparison((), None, None, False, "同一事项、同一档次还没有可以比较的案件。")
    median = _median(sorted(one.fine_fen for one in nearest))
    off = abs(fine_fen - median)
    percent = round(100 * (fine_fen - median) / median, 1) if median else None
    beyond = off * 100 > band_percent * median
    told = f"与最近 {len(nearest)} 件同类案件的中位数相差 {percent}%" if median else "最近的同类案件都没有罚款"
    limit = f"，超出 {band_percent}% 的幅度，请说明理由并经法制审核。" if beyond else "。"
    return Comparison(nearest, median, percent, beyond, told + limit)


def _median(ordered: list[int]) -> int:
    """Of an even number the mean of the middle two, a half fen not counted."""
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2
