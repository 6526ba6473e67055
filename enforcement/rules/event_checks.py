"""Checks of a whole list of kinds of matter before it is kept."""

from collections.abc import Collection, Iterator, Sequence

from enforcement.rules.events import EventLine, Nature
from enforcement.rules.findings import Doubt, Finding, repeated, unknown_partner, warning


def inspect(lines: Sequence[EventLine], partners: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything wrong with a list; ``partners``: codes known, empty when none is registered yet."""
    found = [*repeated(lines), *_offered_twice(lines)]
    for number, line in enumerate(lines):
        found += [doubt.at(number) for doubt in _line(line, partners)]
    return tuple(sorted(found, key=lambda one: one.line))


def _line(line: EventLine, partners: Collection[str]) -> Iterator[Doubt]:
    if line.emergency and line.small:
        yield Doubt("small", "emergency_is_not_small", "紧急事项不能由网格员自行处置。")
    if line.small and line.nature != Nature.ENFORCEMENT:
        yield warning("small", "small_facility", "网格员处置只用于执法类小事项；设施和服务由责任单位办。")
    if line.nature != Nature.ENFORCEMENT and not line.unit:
        yield warning("unit", "no_unit", "没有写责任单位，这类问题会转到指挥中心人工派。")
    if line.nature == Nature.ENFORCEMENT and not line.holder:
        yield warning("holder", "no_holder", "没有写主管部门；本镇没有权力时不知道移送给谁。")
    yield from unknown_partner("unit", line.unit, partners)
    yield from unknown_partner("holder", line.holder, partners)


def _offered_twice(lines: Sequence[EventLine]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, line in enumerate(lines):
        if line.offered and line.offered in seen:
            yield Finding(number, "offered", "offered_twice", f"市民选项「{line.offered}」前面已经有了。")
        seen.add(line.offered or "")
