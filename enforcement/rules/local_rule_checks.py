"""Checks of a whole list of local rules (本地程序规定) before it is kept."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from enforcement.rules import conditions as words
from enforcement.rules.cases.actions import Action
from enforcement.rules.findings import Doubt, Finding, warning
from enforcement.rules.law_choice import GRAVITY
from enforcement.rules.local_rules import CATALOGUE, Per, RuleFact
from enforcement.rules.provision_checks import repeated, unknown_power

KNOWN_CODES = {
    "recorded_acts": frozenset(one.value for one in Action),
    "review_kinds": frozenset(GRAVITY),
    "collective_kinds": frozenset(GRAVITY),
}
LAW_DAYS = {"decision_days": (90, "行政处罚法第六十条"), "notice_service_days": (30, "民事诉讼法第九十五条")}


def inspect(lines: Sequence[RuleFact], powers: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything wrong with a list; ``powers``: codes known, empty when no power list was imported yet."""
    found = [*repeated([(CATALOGUE[one.name].label, one.key) for one in lines], "name")]
    for number, line in enumerate(lines):
        found += [doubt.at(number) for doubt in (*_key(line, powers), *_value(line), *_basis(line))]
    found += _lacking(lines)
    return tuple(sorted(found, key=lambda one: one.line))


def _key(line: RuleFact, powers: Collection[str]) -> Iterator[Doubt]:
    per = CATALOGUE[line.name].per
    if per is Per.POWER and not line.key:
        yield Doubt("key", "no_power", "要写权力代码。")
    elif per is Per.POWER:
        yield from (replace(doubt, field="key") for doubt in unknown_power(line.key, powers))
    elif per is Per.TOWN and line.key:
        yield Doubt("key", "key_not_wanted", "这一项全镇只有一个值，对象要空着。")


def _value(line: RuleFact) -> Iterator[Doubt]:
    known = KNOWN_CODES.get(line.name)
    unknown = [code for code in line.value if code not in known] if known else []
    if unknown:
        yield Doubt("value", "unknown_code", f"没有 {'、'.join(unknown)}，请核对代码。")
    days, article = LAW_DAYS.get(line.name, (None, ""))
    if days is not None and line.value != days:
        yield warning("value", "not_the_laws", f"{article}规定的是 {days} 日，不一样的要有法律、法规或规章依据。")
    if isinstance(line.value, dict):
        for one in line.value.get("conditions", ()):
            if why := words.wrong(one):
                yield Doubt("conditions", "wrong_condition", why)


def _basis(line: RuleFact) -> Iterator[Doubt]:
    if not line.confirmed:
        yield warning("basis", "unconfirmed", "还没有本镇确认的依据；确认之前系统当作没有这一项。")


def _lacking(lines: Sequence[RuleFact]) -> Iterator[Finding]:
    """Told at the last line, which is where somebody would go on writing."""
    there = {line.name for line in lines if not line.key}
    lacking = [one.label for one in CATALOGUE.values() if one.per is not Per.POWER and one.name not in there]
    if lines and lacking:
        why = f"还缺：{'、'.join(lacking)}。办案用到时会拒绝并提示。"
        yield Finding(len(lines) - 1, "name", "lacking", why, refuses=False)
