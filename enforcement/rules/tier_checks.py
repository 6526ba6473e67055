"""Checks of a whole list of tiers (裁量基准) before it is kept: no two may hold at once, none may leave its provision."""

import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from enforcement.rules import conditions as words
from enforcement.rules.discretion.tiers import TierFact
from enforcement.rules.factors import FACTORS, Factor, Factors, Kind
from enforcement.rules.findings import Doubt, Finding, warning
from enforcement.rules.law_choice import SHARES, ProvisionFact, Stage, Subject
from enforcement.rules.provision_checks import repeated, unknown_power

MOST_CASES = 20_000
DEFAULT = "设计默认"
"""How the document of a tier begins that came with the product."""
Group = tuple[str, str, str, str]
Provisions = Mapping[str, Sequence[ProvisionFact]]


def inspect(
    lines: Sequence[TierFact], powers: Collection[str] = (), provisions: Provisions | None = None
) -> tuple[Finding, ...]:
    """Everything wrong with a list. ``powers``: codes known, ``provisions``: rows by power; empty when not known yet."""
    found = [*repeated([(one.power_code, one.code) for one in lines], "code"), *_partitions(lines)]
    for number, line in enumerate(lines):
        found += [doubt.at(number) for doubt in unknown_power(line.power_code, powers)]
        found += [doubt.at(number) for check in CHECKS for doubt in check(line)]
        found += [doubt.at(number) for doubt in _within(line, provisions or {})]
    return tuple(sorted(found, key=lambda one: one.line))


def cases(conditions: Sequence[words.Condition]) -> Iterator[Factors] | None:
    """Facts that try every side of every comparison; None when those are too many."""
    values: dict[str, list[Any]] = {}
    for code, _, value in words.leaves(conditions):
        values.setdefault(code, []).append(value)
    sides = {code: _sides(FACTORS[code], given) for code, given in values.items()}
    if math.prod(len(side) for side in sides.values()) > MOST_CASES:
        return None
    return (dict(zip(sides, chosen, strict=True)) for chosen in itertools.product(*sides.values()))


def _sides(factor: Factor, compared: list[Any]) -> list[Any]:
    match factor.kind:
        case Kind.FLAG:
            return [True, False]
        case Kind.CHOICE:
            return list(factor.choices)
        case Kind.MEASURE:
            points = sorted({0, *compared})
            between = [(low + high) / 2 for low, high in itertools.pairwise(points)]
            return [*points, *between, points[-1] + 1]
        case _:
            return sorted({0} | {max(0, value + step) for value in compared for step in (-1, 0, 1)})


def _partitions(lines: Sequence[TierFact]) -> Iterator[Finding]:
    groups: dict[Group, list[int]] = {}
    for number, line in enumerate(lines):
        if not any(words.wrong(one) for one in line.conditions):
            groups.setdefault((line.power_code, line.subject, line.stage, line.provision), []).append(number)
    for numbers in groups.values():
        yield from _partition(lines, numbers)


def _partition(lines: Sequence[TierFact], numbers: list[int]) -> Iterator[Finding]:
    """The first facts with which two tiers hold, and the first with which none does."""
    last, tried = numbers[-1], cases([one for number in numbers for one in lines[number].conditions])
    if tried is None:
        why = "条件太多，没有检查各档之间有没有重叠和空缺，请法制审核人员逐档核对。"
        yield Finding(last, "conditions", "too_many_cases", why, refuses=False)
        return
    overlap = gap = None
    for facts in tried:
        met = [number for number in numbers if all(words.holds(one, facts) for one in lines[number].conditions)]
        overlap = overlap or (len(met) > 1 and (met, facts)) or None
        gap = gap if gap is not None or met else facts
    if overlap:
        names = "、".join(f"「{lines[number].name}」" for number in overlap[0])
        yield Finding(overlap[0][1], "conditions", "overlap", f"{_told(overlap[1])}时，{names}同时符合。")
    if gap is not None:
        yield Finding(last, "conditions", "gap", f"{_told(gap)}时，哪一档都不符合。", refuses=False)


def _told(facts: Factors) -> str:
    return "、".join(FACTORS[code].told(value) for code, value in facts.items())


def _conditions(line: TierFact) -> Iterator[Doubt]:
    for one in line.conditions:
        if why := words.wrong(one):
            yield Doubt("conditions", "wrong_condition", why)


def _sums(line: TierFact) -> Iterator[Doubt]:
    sums = (line.low_fen, line.high_fen, line.low_bp, line.high_bp)
    for name, low, high in (("low_fen", *sums[:2]), ("low_bp", *sums[2:])):
        if low is not None and high is not None and low > high:
            yield Doubt(name, "fine_range", "下限高于上限。")
    if line.no_penalty and any(one is not None for one in sums):
        yield Doubt("no_penalty", "fine_without_penalty", "不予处罚的档次不能有罚款幅度。")


def _document(line: TierFact) -> Iterator[Doubt]:
    if unpublished(line):
        why = "还没有公布基准的文件；裁量基准应当向社会公布（行政处罚法第三十四条）。"
        yield warning("document", "not_published", why)


def unpublished(line: TierFact) -> bool:
    """Whether no published document stands behind a tier."""
    return not line.document or line.document.startswith(DEFAULT)


def _within(line: TierFact, provisions: Provisions) -> Iterator[Doubt]:
    """The tier must lie within the provision it names, or within one of those it could be used for."""
    rows = [one for one in provisions.get(line.power_code, ()) if _fits(one, line)]
    if not provisions:
        return
    if not rows:
        yield warning("provision", "no_provision", "没有这一对象和阶段的罚则，请核对对象、阶段和罚则编号。")
    elif not any(_inside(line, one) for one in rows):
        yield Doubt("high_fen", "outside_provision", f"幅度超出了{rows[0].cited}规定的幅度（行政处罚法第三十四条）。")


def _fits(one: ProvisionFact, line: TierFact) -> bool:
    named = not line.provision or one.code == line.provision
    same_party = one.subject in {line.subject, Subject.ANY} or line.subject == Subject.ANY
    return named and same_party and one.stage in {line.stage, *([Stage.REFUSAL] if line.stage == Stage.BASE else ())}


def _inside(line: TierFact, one: ProvisionFact) -> bool:
    low, high, least, most = (line.low_fen, line.high_fen, one.low_fen, one.high_fen)
    if one.measure in SHARES:
        low, high, least, most = (line.low_bp, line.high_bp, one.low_bp, one.high_bp)
    return (low is None or low >= (least or 0)) and (high is None or most is None or high <= most)


CHECKS: tuple[Callable[[TierFact], Iterator[Doubt]], ...] = (_conditions, _sums, _document)
