"""Checks of a whole table of handling times before it is kept: what may not be imported, and what somebody should look at."""

from collections.abc import Collection, Iterator, Sequence

from dispatch.rules.severity import Severity
from dispatch.rules.times_table import ANY, EXTENDABLE, TimeLine
from enforcement.rules.findings import Doubt, Finding, warning
from town.terms import Unit

LONGEST = {
    Unit.MINUTES: 7 * 24 * 60,
    Unit.HOURS: 90 * 24,
    Unit.WORKING_HOURS: 400,
    Unit.WORKING_DAYS: 250,
    Unit.DAYS: 366,
    Unit.MONTHS: 12,
}
"""More than this is a slip of the pen: about a year, and a week of minutes."""


def inspect(lines: Sequence[TimeLine], events: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything wrong with a table; ``events``: codes of the list of kinds of matter, empty while there is none."""
    found = [*_repeated(lines), *_worse_is_slower(lines)]
    for number, line in enumerate(lines):
        found += [doubt.at(number) for doubt in (*_amounts(line), *_extension(line), *_kind(line, events))]
    return tuple(sorted(found, key=lambda one: one.line))


def _repeated(lines: Sequence[TimeLine]) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for number, line in enumerate(lines):
        if line.key in seen:
            yield Finding(
                number, "stage", "duplicate_row", "同一事项、同一严重程度、同一环节前面已经有了，只能写一次。"
            )
        seen.add(line.key)


def _worse_is_slower(lines: Sequence[TimeLine]) -> Iterator[Finding]:
    """Whoever writes more time for something worse has usually mixed up two rows."""
    graded = {line.key: line for line in lines}
    order = [severity.value for severity in Severity]
    for number, line in enumerate(lines):
        milder = order[: order.index(line.severity)] if line.severity in order else []
        for severity in milder:
            other = graded.get((line.event_code, severity, line.stage))
            if other and other.unit == line.unit and other.amount < line.amount:
                yield Finding(number, "amount", "worse_is_slower", "比轻一级的时间还长，请核对。", refuses=False)


def _amounts(line: TimeLine) -> Iterator[Doubt]:
    most = LONGEST[Unit(line.unit)]
    if line.amount > most:
        yield Doubt("amount", "too_long", f"太长，这个单位最多 {most}。")


def _extension(line: TimeLine) -> Iterator[Doubt]:
    if line.stage not in EXTENDABLE and (line.longest or line.times):
        yield Doubt("longest", "not_extendable", "只有处置、网格处置可以延期，其他环节请空着。")
    elif bool(line.longest) != bool(line.times):
        yield Doubt("times", "half_an_extension", "最长可延和可延次数要一起写，都不写就是不能延期。")
    elif line.longest > line.amount:
        yield warning("longest", "extension_is_longer", "可延的时间比时限本身还长，请核对。")


def _kind(line: TimeLine, events: Collection[str]) -> Iterator[Doubt]:
    known = line.event_code == ANY or any(code.startswith(line.event_code) for code in events)
    if events and not known:
        yield warning("event_code", "unknown_event", f"事项清单里没有「{line.event_code}」或以它开头的事项。")
