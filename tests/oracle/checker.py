"""检查: ``check`` reads one ``case.json`` and says what in it was done against the law."""

from collections.abc import Iterable

from tests.oracle import (
    clocks,
    contents,
    deciding,
    forcing,
    ground,
    holding,
    money,
    notice,
    order,
    papers,
    people,
    proof,
    record,
    remedies,
    scene,
    serving,
)
from tests.oracle.life import Breach, CaseFile, Life, Rule

ROOMS: tuple[Iterable[Rule], ...] = (
    record.RULES,
    order.RULES,
    people.RULES,
    ground.RULES,
    proof.RULES,
    holding.RULES,
    notice.RULES,
    deciding.RULES,
    scene.RULES,
    serving.RULES,
    money.RULES,
    remedies.RULES,
    forcing.RULES,
    clocks.RULES,
    papers.RULES,
    contents.RULES,
)
UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError)


def check(case: CaseFile) -> list[Breach]:
    """Every breach in the file, each once; nothing for a case that was led by the law.

    What cannot be read is a breach too: a file from which the case cannot be judged proves nothing.
    """
    try:
        life = Life(case)
    except UNREADABLE as error:
        return [_unreadable(error)]
    if not life.deeds:
        return list(record.envelope(life))
    found = [breach for room in ROOMS for rule in room for breach in _found(rule, life)]
    return list(dict.fromkeys(found))


def _found(rule: Rule, life: Life) -> list[Breach]:
    try:
        return list(rule(life))
    except UNREADABLE as error:
        return [_unreadable(error)]


def _unreadable(error: Exception) -> Breach:
    return Breach("unreadable", "行政处罚法第四十七条", f"案卷无法读取：{type(error).__name__} {error}")
