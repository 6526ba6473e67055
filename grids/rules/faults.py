"""问题 (faults): what the coverage gate found, each a sentence that says what is wrong and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shapely.geometry.base import BaseGeometry

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
    BEYOND = "beyond"
    THIN = "thin"
    NOT_CHECKED = "not_checked"
    NO_SQUAD = "no_squad"
    ELSEWHERE = "elsewhere"


NAMES: dict[Kind, str] = {
    Kind.NO_FEATURES: "没有网格",
    Kind.CODE_MISSING: "缺代码",
    Kind.CODE_DUPLICATE: "代码重复",
    Kind.TOO_LONG: "代码太长",
    Kind.AREA_MISSING: "缺片区",
    Kind.AREA_NAMES: "片区名不一致",
    Kind.NOT_POLYGON: "不是面",
    Kind.NO_SHAPE: "没有图形",
    Kind.BROKEN_SHAPE: "图形读不了",
    Kind.NOT_DEGREES: "坐标不是度",
    Kind.WRONG_PROJECTION: "坐标系不对",
    Kind.INVALID_RING: "边界不合格",
    Kind.OVERLAP: "重叠",
    Kind.GAP: "缺口",
    Kind.BEYOND: "超出",
    Kind.THIN: "细条",
    Kind.NOT_CHECKED: "没有查完",
    Kind.NO_SQUAD: "没有中队",
    Kind.ELSEWHERE: "不在原处",
}
"""What a kind is called in a list."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. ``amount``: square metres for overlaps, gaps and thin parts, otherwise how many.

    ``shape``: the ground it is about, in degrees, for a map.
    """

    kind: Kind
    severity: Severity
    codes: tuple[str, ...]
    where: Place | None
    amount: float | None
    sentence: str
    shape: BaseGeometry | None = field(default=None, repr=False, compare=False)

    def facts(self) -> dict[str, Any]:
        """The fault as JSON carries it."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "codes": self.codes,
            "where": self.where,
            "amount": self.amount,
            "sentence": self.sentence,
        }


def refuse(
    kind: Kind,
    sentence: str,
    *,
    codes: Sequence[str] = (),
    where: Place | None = None,
    amount: float | None = None,
    shape: BaseGeometry | None = None,
) -> Fault:
    """A fault that keeps the map out."""
    return Fault(kind, Severity.REFUSE, tuple(codes), where, amount, sentence, shape)


def warn(
    kind: Kind,
    sentence: str,
    *,
    codes: Sequence[str] = (),
    where: Place | None = None,
    amount: float | None = None,
    shape: BaseGeometry | None = None,
) -> Fault:
    """A fault that is worth a look but keeps nothing out."""
    return Fault(kind, Severity.WARN, tuple(codes), where, amount, sentence, shape)


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
