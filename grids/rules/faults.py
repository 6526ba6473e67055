"""问题 (faults): what the coverage gate found, each a sentence that says what is wrong and where."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Place = tuple[float, float]
"""Longitude and latitude in degrees, CGCS2000."""

SHOWN = 5


class Severity(StrEnum):
    """Whether a map with such a fault may be imported."""

    REFUSE = "refuse"
    WARN = "warn"


class Kind(StrEnum):
    """What can be wrong with a map."""

    NO_FEATURES = "no_features"
    CODE_MISSING = "code_missing"
    CODE_DUPLICATE = "code_duplicate"
    TOO_LONG = "too_long"
    AREA_MISSING = "area_missing"
    AREA_NAMES = "area_names"
    NOT_POLYGON = "not_polygon"
    NO_SHAPE = "no_shape"
    BROKEN_SHAPE = "broken_shape"
    NOT_DEGREES = "not_degrees"
    WRONG_PROJECTION = "wrong_projection"
    INVALID_RING = "invalid_ring"
    OVERLAP = "overlap"
    GAP = "gap"
    THIN = "thin"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. ``amount``: square metres for overlaps, gaps and thin parts, otherwise how many."""

    kind: Kind
    severity: Severity
    codes: tuple[str, ...]
    where: Place | None
    amount: float | None
    sentence: str

    def facts(self) -> dict[str, Any]:
        """The fault as JSON carries it."""
        return asdict(self)


def refuse(
    kind: Kind, sentence: str, *, codes: Sequence[str] = (), where: Place | None = None, amount: float | None = None
) -> Fault:
    """A fault that keeps the map out."""
    return Fault(kind, Severity.REFUSE, tuple(codes), where, amount, sentence)


def warn(
    kind: Kind, sentence: str, *, codes: Sequence[str] = (), where: Place | None = None, amount: float | None = None
) -> Fault:
    """A fault that is worth a look but keeps nothing out."""
    return Fault(kind, Severity.WARN, tuple(codes), where, amount, sentence)


def refusing(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those that keep the map out."""
    return tuple(fault for fault in faults if fault.severity is Severity.REFUSE)


def summary(faults: Iterable[Fault], shown: int = SHOWN) -> str:
    """The refusing faults in one paragraph; beyond ``shown`` only their number."""
    against = refusing(faults)
    told = "".join(fault.sentence for fault in against[:shown])
    return told + (f"另有 {len(against) - shown} 处问题，见完整清单。" if len(against) > shown else "")


def listed(names: Sequence[str], shown: int = SHOWN) -> str:
    """``甲、乙、丙 等 9 个``: the first few names and how many there are."""
    head = "、".join(names[:shown])
    return f"{head} 等 {len(names)} 个" if len(names) > shown else head


def place_words(place: Place) -> str:
    """``（121.070000，31.570000）``: longitude first; six digits are a tenth of a metre."""
    return f"（{place[0]:.6f}，{place[1]:.6f}）"
