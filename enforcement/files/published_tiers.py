"""A published benchmark (裁量权实施标准) as it is printed: its words become conditions that can be checked.

Read are the turns such benchmarks are written in: 第二次被处罚的, 违法行为轻微并及时改正的, 威胁恐吓 …; what is not
understood is refused and must be put into the table by hand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enforcement.files.legal_cells import FEN
from enforcement.rules import conditions, money, numerals
from enforcement.rules.conditions import ANY, OF

TIMES = re.compile(r"第(.)次(及以上)?被处罚的?")
STANDARD = re.compile(r"([零一二三四五六七八九十百千万亿]+元)")
EACH = {"每平方米": "area_m2", "每处": "count"}
MERCY = {"违法行为轻微": "conduct_minor", "及时改正": "corrected_promptly"}
GRAVE = {
    "威胁恐吓": "obstructed",
    "扰乱正常工作秩序": "obstructed",
    "较大影响": "grave_impact",
    "严重后果": "grave_impact",
}
SAME_AS = re.compile(r"同\d+情节严重")
ABOVE = ("obstructed", "grave_impact")
"""What another matter's 情节严重 stands for when a benchmark refers to it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed row: which tier, under which words, for how much; ``each``: what the sum is for each of, if so."""

    matter: str
    seq: int
    name: str
    words: str
    standard: str

    @property
    def no_penalty(self) -> bool:
        """Whether the tier is not to punish."""
        return "不予处罚" in self.words or "不予处罚" in self.standard

    @property
    def fine_fen(self) -> int | None:
        """The printed sum, for each where ``each`` says so."""
        found = STANDARD.search(self.standard)
        return money.parse(found[1]) if found else None

    @property
    def each(self) -> str | None:
        """The fact the sum is counted by."""
        return next((fact for word, fact in EACH.items() if word in self.standard), None)


def read(rows: Iterable[Mapping[str, str]]) -> tuple[Printed, ...]:
    """Rows with the columns id, seq, tier, condition and standard."""
    return tuple(
        Printed(row["id"], int(row["seq"]), row["tier"], row["condition"], row["standard"] or "不予处罚")
        for row in rows
    )


def table_rows(printed: Iterable[Printed], document: str) -> list[dict[str, str]]:
    """Lines of the table 裁量基准, cells by header, to be imported or gone on from.

    Raises ValueError with a Chinese sentence for words nobody has taught it.
    """
    matters: dict[str, list[Printed]] = {}
    for one in printed:
        matters.setdefault(one.matter, []).append(one)
    return [_cells(one, apart, document) for rows in matters.values() for one, apart in _apart(rows)]


def _apart(rows: Sequence[Printed]) -> list[tuple[Printed, list[list[Any]]]]:
    """Each with what also keeps it from the others: not to punish goes before counting, what is grave before both."""
    said = [(one, _mercy(one), _times(one), _grave(one)) for one in rows]
    mercy = next((one for _, one, _, _ in said if one), [])
    grave = list(dict.fromkeys(fact for _, _, _, facts in said for fact in facts))
    return [(one, _conditions(kind, times, facts, mercy, grave)) for one, kind, times, facts in said]


def _conditions(
    kind: list[list[Any]], times: list[Any] | None, facts: list[str], mercy: list[list[Any]], grave: list[str]
) -> list[list[Any]]:
    spared = [conditions.negated(one) for one in mercy]
    if facts:
        alternatives = [*([times] if times else []), *([fact, "is", True] for fact in facts)]
        told = [_either(alternatives)]
        return [*told, _either([*([fact, "is", True] for fact in facts), *spared])] if spared else told
    never = [[fact, "is", False] for fact in grave]
    if kind:
        return [*kind, *never]
    return [*([times] if times else []), *never, *([_either(spared)] if spared else [])]


def _either(some: list[list[Any]]) -> list[Any]:
    return some[0] if len(some) == 1 else [ANY, OF, some]


def _mercy(one: Printed) -> list[list[Any]]:
    return [[fact, "is", True] for word, fact in MERCY.items() if word in one.words]


def _times(one: Printed) -> list[Any] | None:
    """The second penalty is the one after a first: so many were there before."""
    found = TIMES.search(one.words)
    if found is None:
        return None
    return ["prior_penalties", "at_least" if found[2] else "is", numerals.number(found[1]) - 1]


def _grave(one: Printed) -> list[str]:
    if SAME_AS.search(one.words):
        return list(ABOVE)
    return list(dict.fromkeys(fact for word, fact in GRAVE.items() if word in one.words))


def _cells(one: Printed, apart: list[list[Any]], document: str) -> dict[str, str]:
    if not apart:
        raise ValueError(f"看不懂「{one.words}」，请在表里写条件。")
    sum_ = "" if one.no_penalty else str((one.fine_fen or 0) // FEN)
    return {
        "权力代码": one.matter,
        "编号": f"any-base-{one.seq}",
        "档次": one.name,
        "顺序": str(one.seq),
        "对象": "不限",
        "阶段": "一般",
        "条件": conditions.written(apart),
        "公布的情形": one.words,
        "罚款下限": sum_,
        "罚款上限": sum_,
        "不予处罚": "是" if one.no_penalty else "",
        "基准文件": document,
    }
