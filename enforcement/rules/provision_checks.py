"""Checks of a whole list of provisions (罚则) before it is kept: what may not be imported, and what somebody should look at."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence

from enforcement.rules import repealed
from enforcement.rules.factors import ELEMENTS, MONEYS, QUANTITIES
from enforcement.rules.findings import Doubt, Finding, warning
from enforcement.rules.law_choice import GRAVITY, SHARES, ProvisionFact, Subject

DAY = dt.timedelta(days=1)
Check = Callable[[ProvisionFact], Iterator[Doubt]]


def inspect(lines: Sequence[ProvisionFact], powers: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything wrong with a list; ``powers``: codes known, empty when no power list was imported yet."""
    found = [*repeated([(one.power_code, one.code) for one in lines], "code"), *_side_by_side(lines), *_ending(lines)]
    for number, line in enumerate(lines):
        doubts = [*_power(line, powers), *(doubt for check in CHECKS for doubt in check(line))]
        found += [doubt.at(number) for doubt in doubts]
    return tuple(sorted(found, key=lambda one: one.line))


def unknown_power(code: str, powers: Collection[str]) -> Iterator[Doubt]:
    """A power that no list has; said only where there is a list."""
    if powers and code not in powers:
        yield Doubt("power_code", "unknown_power", f"权力清单里没有「{code}」，请核对代码。")


def repeated(keys: Sequence[tuple[str, str]], field: str) -> Iterator[Finding]:
    """Every line but the first that has the same two codes."""
    seen: set[tuple[str, str]] = set()
    for number, key in enumerate(keys):
        if key in seen:
            yield Finding(
                number, field, "duplicate_code", f"「{' '.join(filter(None, key))}」前面已经有了，只能写一次。"
            )
        seen.add(key)


def _power(line: ProvisionFact, powers: Collection[str]) -> Iterator[Doubt]:
    yield from unknown_power(line.power_code, powers)


def _words(line: ProvisionFact) -> Iterator[Doubt]:
    for kind in line.kinds:
        if kind not in GRAVITY:
            yield Doubt("kinds", "unknown_kind", f"没有「{kind}」这种处罚，或者镇里不能用（行政处罚法第九条）。")
    for element in line.elements:
        if element not in ELEMENTS:
            yield Doubt("elements", "unknown_element", f"没有「{element}」这个构成要件，请核对。")
    if not line.kinds:
        yield Doubt("kinds", "no_kind", "要写处罚种类；责令改正不是处罚（行政处罚法第九条、第二十八条）。")


def _sums(line: ProvisionFact) -> Iterator[Doubt]:
    for name, low, high in (("low_fen", line.low_fen, line.high_fen), ("low_bp", line.low_bp, line.high_bp)):
        if low is not None and high is not None and low > high:
            yield Doubt(name, "fine_range", "下限高于上限。")
    stated = line.high_bp if line.measure in SHARES else line.high_fen
    if "fine" in line.kinds and stated is None:
        yield Doubt("high_fen", "no_upper_limit", "罚款要写上限；按比例的写计算基数和上限百分比。")
    if "fine" not in line.kinds and (line.high_fen is not None or line.high_bp is not None):
        yield Doubt("kinds", "fine_is_missing", "写了罚款幅度，处罚种类里却没有罚款。")


def _measure(line: ProvisionFact) -> Iterator[Doubt]:
    known = line.measure is None or f"{line.measure}_fen" in MONEYS or line.measure in QUANTITIES
    if not known:
        yield Doubt("measure", "unknown_measure", f"没有「{line.measure}」这个计算基数。")
    if line.measure not in SHARES and (line.low_bp is not None or line.high_bp is not None):
        yield Doubt("measure", "no_measure", "写了百分比，要写按什么计算。")


def _days(line: ProvisionFact) -> Iterator[Doubt]:
    ends = line.effective_to
    if ends and ends < line.effective_from:
        yield Doubt("effective_to", "ends_before_start", f"失效日期早于施行日期 {line.effective_from}。")
    law = repealed.cited(line.law)
    if law and repealed.CODE not in line.law and (ends is None or ends >= repealed.REPEALED_ON):
        why = f"《{law}》自 {repealed.REPEALED_ON} 起废止（生态环境法典第1242条），失效日期要写到前一天。"
        yield Doubt("effective_to", "repealed_law", why)


def _verified(line: ProvisionFact) -> Iterator[Doubt]:
    if not line.verified:
        yield warning("verified", "unverified", "还没有人核对过法条原文，启用前要法制审核人员确认。")


def _side_by_side(lines: Sequence[ProvisionFact]) -> Iterator[Finding]:
    """Two rows for the same party, stage and elements on the same day: nothing could choose between them."""
    alike: dict[tuple[object, ...], list[ProvisionFact]] = {}
    for number, line in enumerate(lines):
        earlier = alike.setdefault((line.power_code, line.subject, line.stage, frozenset(line.elements)), [])
        if other := next((one for one in earlier if _meet(one, line)), None):
            why = f"和编号「{other.code}」同时有效，对象、阶段、构成要件都一样，分不出该用哪一条。"
            yield Finding(number, "effective_from", "two_at_once", why)
        earlier.append(line)


def _ending(lines: Sequence[ProvisionFact]) -> Iterator[Finding]:
    """After the last row of a power has ended, its acts are taken to be lawful; that should be meant."""
    by_power: dict[str, list[ProvisionFact]] = {}
    for line in lines:
        by_power.setdefault(line.power_code, []).append(line)
    for number, line in enumerate(lines):
        if line.effective_to and not any(_follows(one, line) for one in by_power[line.power_code]):
            why = f"{line.effective_to} 以后没有接上的条文，之后作出决定的案件会按「不再违法」处理，请确认。"
            yield Finding(number, "effective_to", "no_successor", why, refuses=False)


def _meet(one: ProvisionFact, other: ProvisionFact) -> bool:
    return one.effective_from <= (other.effective_to or dt.date.max) and other.effective_from <= (
        one.effective_to or dt.date.max
    )


def _follows(later: ProvisionFact, line: ProvisionFact) -> bool:
    """Whether a row is in force on the day after another ended, for one of the same parties."""
    subjects = {later.subject, line.subject}
    return (
        bool(line.effective_to)
        and later.holds_on((line.effective_to or dt.date.max) + DAY)
        and (len(subjects) == 1 or Subject.ANY in subjects)
    )


CHECKS: tuple[Check, ...] = (_words, _sums, _measure, _days, _verified)
