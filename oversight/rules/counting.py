"""Counting (计数): orders into numerators and denominators. What nothing is counted out of has no share: n/a, never 0 or 100 %."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor

from oversight.rules.indicators import BY_CODE, DEFINITIONS, Indicator
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span

NOT_APPLICABLE = "n/a"
HUNDRED, HALF = 100, Fraction(1, 2)


class By(StrEnum):
    """按什么分: the whole town, its areas, or its squads. Never people."""

    TOWN = "town"
    AREA = "area"
    SQUAD = "squad"


TOWN, NOWHERE = "town", "@outside"


class Part(StrEnum):
    """What an order is to an indicator: counted, missing from it, or left out."""

    NUMERATOR = "numerator"
    MISSING = "missing"
    EXCLUDED = "excluded"


@dataclass(slots=True)
class Count:
    """How many of how many; ``excluded``: how many more would have been asked for."""

    numerator: int = 0
    denominator: int = 0
    excluded: int = 0

    @property
    def share(self) -> Fraction | None:
        """None where nothing was to be counted."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(slots=True)
class Tally:
    """One row: every indicator's count, and how many orders were left out of any."""

    counts: dict[Indicator, Count] = field(default_factory=lambda: {code: Count() for code in Indicator})
    excluded: int = 0

    def add(self, fact: OrderFact, span: Span) -> None:
        """Count one order wherever it answers for the period."""
        asked = [one for one in DEFINITIONS if one.among(fact, span)]
        for one in asked:
            count = self.counts[one.code]
            if fact.excluded:
                count.excluded += 1
            else:
                count.denominator += 1
                count.numerator += one.met(fact, span)
        self.excluded += bool(asked and fact.excluded)


def tally(facts: Iterable[OrderFact], span: Span) -> Tally:
    """All of them in one row."""
    row = Tally()
    for fact in facts:
        row.add(fact, span)
    return row


def key_of(fact: OrderFact, by: By) -> str:
    """The row an order counts in: exactly one."""
    match by:
        case By.TOWN:
            return TOWN
        case By.AREA:
            return fact.area or NOWHERE
    return fact.holder


def part(fact: OrderFact, code: Indicator, span: Span) -> Part | None:
    """What the order is to the indicator in that period; None when it is nothing to it."""
    definition = BY_CODE[code]
    if not definition.among(fact, span):
        return None
    if fact.excluded:
        return Part.EXCLUDED
    return Part.NUMERATOR if definition.met(fact, span) else Part.MISSING


def relevant(fact: OrderFact, span: Span) -> bool:
    """Whether any indicator asks for the order in that period."""
    return any(one.among(fact, span) for one in DEFINITIONS)


def percent(share: Fraction | None) -> str:
    """A share as people read it: ``93.72%``; n/a where there is none."""
    return NOT_APPLICABLE if share is None else f"{in_hundredths(share, 2)}%"


def in_hundredths(share: Fraction, digits: int) -> str:
    """A hundred times the share with so many decimals, exact, halves up."""
    scale = 10**digits
    whole, rest = divmod(floor(HUNDRED * scale * share + HALF), scale)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)
