"""考核办法 as data: which indicators are weighed and how, checked, and applied to facts in exact fractions.

A formula can name indicators, severities and classes of matters. It has no place for an amount, a person, a number of
cases or of things found: whatever else stands in it is refused.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from oversight.rules.canonical import digest
from oversight.rules.counting import NOT_APPLICABLE, in_hundredths
from oversight.rules.indicators import BY_CODE, Indicator
from oversight.rules.order_facts import ELSEWHERE, OrderFact
from oversight.rules.periods import Span

WHOLE = 100
"""Weights of parts add up to it; a difficulty of it changes nothing."""
EASIEST, HARDEST = 50, 300
MOST_DIGITS = 4
SEVERITIES = frozenset({"ordinary", "major", "urgent"})
FIELDS = frozenset({"name", "valid_from", "parts", "difficulty", "digits"})
PLAIN = WHOLE


class DifficultyBy(StrEnum):
    """难度按什么定: how bad a matter is, or of which class it is."""

    SEVERITY = "severity"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """难度系数: hundredths by severity or by class of matter; 100 for those that are not named."""

    by: DifficultyBy
    weights: Mapping[str, int]

    def of(self, fact: OrderFact) -> int:
        """How much the order weighs."""
        return self.weights.get(fact.severity if self.by is DifficultyBy.SEVERITY else fact.kind, PLAIN)


@dataclass(frozen=True, slots=True)
class Formula:
    """考核办法: ``parts``: weights that add up to 100. ``digits``: decimals of a result, halves up."""

    name: str
    valid_from: dt.date
    parts: tuple[tuple[Indicator, int], ...]
    difficulty: Difficulty
    digits: int

    def as_data(self) -> dict[str, Any]:
        """The formula as it is kept."""
        return {
            "name": self.name,
            "valid_from": self.valid_from.isoformat(),
            "parts": [{"indicator": code.value, "weight": weight} for code, weight in self.parts],
            "difficulty": {"by": self.difficulty.by.value, "weights": dict(self.difficulty.weights)},
            "digits": self.digits,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of its canonical spelling."""
        return digest(self.as_data())


def read(data: Any) -> Formula:
    """A formula from plain data. Raises ValueError with a Chinese sentence that says what to put right."""
    _require(isinstance(data, dict) and set(data) == FIELDS, f"要有且只有这些项：{'、'.join(sorted(FIELDS))}")
    name, digits = data["name"], data["digits"]
    _require(isinstance(name, str) and 0 < len(name) <= 120, "name 要写办法的名称，最多 120 字")
    _require(_whole(digits) and 0 <= digits <= MOST_DIGITS, f"digits 是保留的小数位，0 到 {MOST_DIGITS}")
    return Formula(name, _day(data["valid_from"]), _parts(data["parts"]), _difficulty(data["difficulty"]), digits)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One indicator of one squad: exact sums of weights, how many orders they stand for, and the share they make."""

    indicator: Indicator
    weight: int
    numerator: int
    denominator: int
    orders: int

    @property
    def share(self) -> Fraction | None:
        """The part that was done well; None where there was nothing to do."""
        if not self.denominator:
            return None
        done = Fraction(self.numerator, self.denominator)
        return 1 - done if BY_CODE[self.indicator].less_is_better else done


def weigh(formula: Formula, facts: Iterable[OrderFact], span: Span) -> list[Weighed]:
    """Every part over these orders; excluded ones do not count."""
    counted = [fact for fact in facts if not fact.excluded]
    return [_weigh(formula, code, weight, counted, span) for code, weight in formula.parts]


def result(formula: Formula, parts: Iterable[Weighed]) -> str:
    """The weighted mean of the parts in hundredths, as text; parts with nothing to do are left out, n/a without any."""
    known = [(part.weight, part.share) for part in parts if part.share is not None]
    if not known:
        return NOT_APPLICABLE
    mean = sum((weight * share for weight, share in known), Fraction()) / sum(weight for weight, _ in known)
    return in_hundredths(mean, formula.digits)


STARTER = Formula(
    name="示范考核办法",
    valid_from=dt.date(2000, 1, 1),
    parts=(
        (Indicator.RESPONSE, 20),
        (Indicator.ON_TIME_HANDLING, 30),
        (Indicator.ON_TIME_CLOSING, 20),
        (Indicator.REWORK, 15),
        (Indicator.SOLVED, 15),
    ),
    difficulty=Difficulty(DifficultyBy.SEVERITY, {"ordinary": 100, "major": 130, "urgent": 150}),
    digits=2,
)
"""What a town weighs by until it keeps its own: the house's proposal. 满意率 is shown and not weighed."""


def _weigh(formula: Formula, code: Indicator, weight: int, facts: Iterable[OrderFact], span: Span) -> Weighed:
    definition = BY_CODE[code]
    asked = [(formula.difficulty.of(fact), fact) for fact in facts if definition.among(fact, span)]
    met = sum(hard for hard, fact in asked if definition.met(fact, span))
    return Weighed(code, weight, met, sum(hard for hard, _ in asked), len(asked))


def _parts(given: Any) -> tuple[tuple[Indicator, int], ...]:
    _require(isinstance(given, list) and bool(given), "parts 要列出至少一项指标")
    parts = tuple(map(_part, given))
    _require(len({code for code, _ in parts}) == len(parts), "parts 里同一指标只能写一次")
    _require(sum(weight for _, weight in parts) == WHOLE, f"parts 的权重加起来要等于 {WHOLE}")
    return parts


def _part(given: Any) -> tuple[Indicator, int]:
    _require(isinstance(given, dict) and set(given) == {"indicator", "weight"}, "parts 每项只写 indicator 和 weight")
    code, weight = given["indicator"], given["weight"]
    known = "、".join(Indicator)
    _require(isinstance(code, str) and code in set(Indicator), f"考核只能用这些指标：{known}；收到的是「{code}」")
    _require(_whole(weight) and 0 < weight <= WHOLE, f"权重要写 1 到 {WHOLE} 的整数")
    return Indicator(code), weight


def _difficulty(given: Any) -> Difficulty:
    _require(isinstance(given, dict) and set(given) == {"by", "weights"}, "difficulty 只写 by 和 weights")
    by, weights = given["by"], given["weights"]
    _require(isinstance(by, str) and by in set(DifficultyBy), f"难度只能按 {'、'.join(DifficultyBy)} 定")
    _require(isinstance(weights, dict), "weights 要按代码写系数")
    for code, weight in weights.items():
        _require(_classed(by, code), f"难度里不能有「{code}」")
        _require(
            _whole(weight) and EASIEST <= weight <= HARDEST, f"难度系数是 {EASIEST} 到 {HARDEST} 的整数（百分之几）"
        )
    return Difficulty(DifficultyBy(by), dict(weights))


def _classed(by: str, code: Any) -> bool:
    if not isinstance(code, str):
        return False
    if by == DifficultyBy.SEVERITY:
        return code in SEVERITIES
    return code == ELSEWHERE or (len(code) == 2 and code.isascii() and code.isdigit())


def _day(given: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise ValueError("valid_from 要写成 2026-01-01") from None


def _whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise ValueError(why)
