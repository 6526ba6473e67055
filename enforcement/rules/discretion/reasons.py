"""Why this fine (裁量理由), written for the decision from the facts that decided, and from nothing else."""

from enforcement.rules import conditions as words
from enforcement.rules.discretion.bounds import Bounds
from enforcement.rules.discretion.tiers import Found, Outcome
from enforcement.rules.factors import FACTORS, Factors, Kind


def reasons(found: Found, factors: Factors, bounds: Bounds | None = None) -> str:
    """One paragraph in Chinese; empty where the facts lead to no tier although there are some: nothing is argued for."""
    if found.outcome is Outcome.NONE:
        rest = "，".join(others(found, factors))
        return f"{f'经查，当事人{rest}。' if rest else ''}{found.why}{_mercies(bounds)}"
    if found.tier is None:
        return ""
    tier = found.tier
    asked = dict.fromkeys(one[0] for one in words.leaves(tier.conditions))
    told = "，".join(FACTORS[code].told(factors[code]) for code in asked if code in factors)
    known = f"经查，当事人{told}。" if told else ""
    basis = f"依据{tier.document}，" if tier.document else ""
    belongs = f"{known}{basis}属于「{tier.name}」档次（{tier.words}）"
    if tier.no_penalty:
        return f"{belongs}，不予行政处罚。"
    span = f"，裁量幅度为{bounds.told}" if bounds and bounds.high_fen is not None else ""
    return f"{belongs}{span}。{_mercies(bounds)}"


def _mercies(bounds: Bounds | None) -> str:
    return f"当事人另有下列情节：{bounds.ground}，依法从轻或者减轻。" if bounds and bounds.ground else ""


def others(found: Found, factors: Factors) -> tuple[str, ...]:
    """Recorded facts that did not decide the tier, as clauses; flags only where they are so."""
    asked = {code for one in found.considered for code in _asked(one.tier.conditions)}
    rest = ((FACTORS[code], value) for code, value in factors.items() if code in FACTORS and code not in asked)
    return tuple(factor.told(value) for factor, value in rest if factor.kind is not Kind.FLAG or value)


def _asked(conditions: tuple[words.Condition, ...]) -> set[str]:
    return {code for one in conditions for code in words.facts_of(one)}
