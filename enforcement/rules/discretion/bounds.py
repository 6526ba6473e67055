"""From what to what a fine may go (罚款幅度): what the provision allows, what the tier leaves of it, and when it may be less."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from enforcement.rules import money, repealed
from enforcement.rules.discretion.mercy import Mercy, mitigating
from enforcement.rules.discretion.tiers import TierFact
from enforcement.rules.factors import QUANTITIES, Factors
from enforcement.rules.law_choice import SHARES, ProvisionFact

WHOLE_BP = 10_000
Range = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """罚款幅度 in fen, both ends included; no ``high_fen``: no fine, or no upper limit that is known.

    ``floor_may_be_left``: below ``statute_low_fen`` (减轻), and below the tier (从轻), for the ``ground`` in Chinese.
    ``fits``: the tier lies within the provision; where it does not, the provision's own range stands.
    ``missing``: the fact the fine is a share of, or counted by, while nobody has recorded it.
    """

    low_fen: int | None
    high_fen: int | None
    statute_low_fen: int | None
    statute_high_fen: int | None
    floor_may_be_left: bool
    grounds: tuple[str, ...]
    ground: str
    fits: bool = True
    missing: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """``500 元以上 5,000 元以下``."""
        if self.high_fen is None:
            return "没有罚款幅度"
        if self.low_fen == self.high_fen:
            return money.yuan(self.high_fen)
        least = f"{money.yuan(self.low_fen)}以上 " if self.low_fen else ""
        return f"{least}{money.yuan(self.high_fen)}以下"

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        names = ("low_fen", "high_fen", "statute_low_fen", "statute_high_fen", "floor_may_be_left", "ground", "fits")
        plain = {name: getattr(self, name) for name in names}
        return {**plain, "grounds": list(self.grounds), "missing": list(self.missing), "told": self.told}


def bounds(provision: ProvisionFact, tier: TierFact | None, factors: Factors, age: int | None = None) -> Bounds:
    """The range of the fine under a provision in a tier. ``age``: in full years when the act was done, if a person."""
    ecological = repealed.CODE in provision.law
    mercies = mitigating(factors, age, ecological=ecological)
    ground = "；".join(_told(one) for one in mercies)
    codes = tuple(one.ground for one in mercies)
    missing = _missing(provision, factors)
    if missing or "fine" not in provision.kinds:
        return Bounds(None, None, None, None, bool(mercies), codes, ground, missing=missing)
    low, high = statute = _range(provision, provision, factors)
    inner = _within(_range(provision, tier, factors), statute) if tier else statute
    low, high = inner or statute
    return Bounds(low, high, *statute, bool(mercies), codes, ground, fits=inner is not None)


def measured_by(provision: ProvisionFact) -> str | None:
    """The fact a fine under this provision is a share of, or counted by."""
    if provision.measure is None:
        return None
    return f"{provision.measure}_fen" if provision.measure in SHARES else provision.measure


def _missing(provision: ProvisionFact, factors: Factors) -> tuple[str, ...]:
    fact = measured_by(provision)
    return (fact,) if fact and fact not in factors else ()


def _range(provision: ProvisionFact, limits: ProvisionFact | TierFact, factors: Factors) -> Range:
    """In fen; what a tier leaves open is the provision's."""
    if provision.measure in SHARES:
        whole = Decimal(str(factors[f"{provision.measure}_fen"])) / WHOLE_BP
        return _times(whole, _either(limits.low_bp, provision.low_bp), _either(limits.high_bp, provision.high_bp))
    times = Decimal(str(factors[provision.measure])) if provision.measure in QUANTITIES else Decimal(1)
    return _times(times, _either(limits.low_fen, provision.low_fen), _either(limits.high_fen, provision.high_fen))


def _times(times: Decimal, low: int | None, high: int | None) -> Range:
    least = int((times * (low or 0)).to_integral_value(ROUND_CEILING))
    return least, None if high is None else int((times * high).to_integral_value(ROUND_FLOOR))


def _within(tier: Range, statute: Range) -> Range | None:
    """What both allow; None when that is nothing."""
    lows = [one for one in (tier[0], statute[0]) if one is not None]
    highs = [one for one in (tier[1], statute[1]) if one is not None]
    low, high = max(lows, default=0), min(highs, default=None)
    return None if high is not None and low > high else (low, high)


def _either(first: int | None, second: int | None) -> int | None:
    return second if first is None else first


def _told(one: Mercy) -> str:
    return f"{one.sentence}（{one.article}）"
