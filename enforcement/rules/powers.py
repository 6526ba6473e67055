"""What the town may enforce on a day (权力): how a power was conferred, and what happened to it since.

行政处罚法 5(3) published before use, 17 only within one's powers, 20 and 21 entrusted (委托), 24 delegated (赋权), 38 void
without standing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a power was conferred: by law, by the province's decision (赋权), or by letter (委托)."""

    OWN = "own"
    DELEGATED = "delegated"
    ENTRUSTED = "entrusted"


class Change(StrEnum):
    """What may happen to a power: suspended (暂停), resumed (恢复), handed back (退回)."""

    SUSPENDED = "suspended"
    RESUMED = "resumed"
    HANDED_BACK = "handed_back"


class Code(StrEnum):
    """How a power stands on a day."""

    IN_FORCE = "in_force"
    NOT_PUBLISHED = "not_published"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    HANDED_BACK = "handed_back"
    NO_LETTER = "no_letter"
    NO_DECISION = "no_decision"


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """权力变动: from a day on. ``to``: the partner that holds the power afterwards."""

    kind: str
    from_day: dt.date
    to: str | None
    document: str


@dataclass(frozen=True, slots=True)
class PowerFact:
    """执法事项: one line of the list with all its changes. In force through ``effective_to``, that day included.

    ``fine_max`` in yuan; empty where the law gives no sum (a share of the building cost) or no fine.
    """

    code: str
    name: str
    field: str
    mode: str
    events: tuple[str, ...]
    published_on: dt.date | None
    effective_from: dt.date
    effective_to: dt.date | None
    document: str | None
    list_entry: str | None
    grantor: str | None
    changes: tuple[ChangeFact, ...] = ()
    basis: str = ""
    penalty: str = ""
    fine_min: int | None = None
    fine_max: int | None = None
    warn_first: bool = False
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """权力状态 on one day. ``why`` names the article; ``holder``: the partner that acts when the town may not."""

    in_force: bool
    code: Code
    why: str
    holder: str | None


Applicable = tuple[tuple[PowerFact, Standing], ...]


def standing(power: PowerFact, day: dt.date) -> Standing:
    """How the power stands on ``day``; the first that holds is told, the graver before the milder."""
    refusal = (
        _handed_back(power, day)
        or _not_conferred(power)
        or _not_published(power, day)
        or _outside_its_term(power, day)
        or _suspended(power, day)
    )
    return refusal or Standing(True, Code.IN_FORCE, GROUNDS[Mode(power.mode)].format(power=power), None)


def applicable(powers: Iterable[PowerFact], event_code: str, day: dt.date) -> Applicable:
    """The powers over a kind of matter: in force first, then the higher fine (行政处罚法 29), then by code."""
    found = [(power, standing(power, day)) for power in powers if event_code in power.events]
    return tuple(sorted(found, key=lambda one: (not one[1].in_force, -(one[0].fine_max or 0), one[0].code)))


def suspended_on(changes: Sequence[ChangeFact], day: dt.date) -> ChangeFact | None:
    """The suspension that holds on a day, if one does: the latest word counts, of two on one day the suspension."""
    words = _so_far(changes, {Change.SUSPENDED, Change.RESUMED}, day)
    return next((one for one in words if one.from_day == words[-1].from_day and one.kind == Change.SUSPENDED), None)


GROUNDS = {
    Mode.OWN: "法律法规直接赋予镇政府的职权，已公布并在有效期内（行政处罚法第十七条、第五条第三款）。",
    Mode.DELEGATED: "依据{power.document}赋权，县清单{power.list_entry}，已公布并在有效期内（行政处罚法第二十四条）。",
    Mode.ENTRUSTED: "依据委托书{power.document}，期限至 {power.effective_to}，以委托机关名义实施（行政处罚法第二十条）。",
}


def _handed_back(power: PowerFact, day: dt.date) -> Standing | None:
    """For good: a power that is conferred anew gets a line and a code of its own."""
    back = _so_far(power.changes, {Change.HANDED_BACK}, day)
    if not back:
        return None
    first = back[0]
    why = f"自 {first.from_day} 起已退回（{first.document}），本镇不再行使（行政处罚法第十七条、第二十四条）。"
    return Standing(False, Code.HANDED_BACK, why, first.to or power.grantor)


def _not_conferred(power: PowerFact) -> Standing | None:
    if power.mode == Mode.DELEGATED and not (power.document and power.list_entry):
        missing = _listed(("省级赋权决定文号", power.document), ("县级清单条目", power.list_entry))
        why = f"缺{missing}，赋权没有依据（行政处罚法第二十四条）。"
        return Standing(False, Code.NO_DECISION, why, power.grantor)
    if power.mode == Mode.ENTRUSTED and not (power.document and power.effective_to and power.published_on):
        missing = _listed(
            ("委托书文号", power.document), ("委托期限", power.effective_to), ("公布日期", power.published_on)
        )
        why = f"缺{missing}，委托不成立（行政处罚法第二十条）。"
        return Standing(False, Code.NO_LETTER, why, power.grantor)
    return None


def _not_published(power: PowerFact, day: dt.date) -> Standing | None:
    if power.published_on and power.published_on <= day:
        return None
    when = f"{power.published_on} 才公布" if power.published_on else "还没有公布"
    why = f"{when}，未经公布不得作为处罚依据（行政处罚法第五条第三款、第三十四条）。"
    return Standing(False, Code.NOT_PUBLISHED, why, power.grantor)


def _outside_its_term(power: PowerFact, day: dt.date) -> Standing | None:
    if day < power.effective_from:
        why = f"{power.effective_from} 起才有效（行政处罚法第十七条）。"
        return Standing(False, Code.NOT_YET, why, power.grantor)
    if power.effective_to and power.effective_to < day:
        article = "第二十条" if power.mode == Mode.ENTRUSTED else "第十七条"
        why = f"有效期到 {power.effective_to} 为止，已经过期（行政处罚法{article}）。"
        return Standing(False, Code.EXPIRED, why, power.grantor)
    return None


def _suspended(power: PowerFact, day: dt.date) -> Standing | None:
    last = suspended_on(power.changes, day)
    if last is None:
        return None
    why = f"自 {last.from_day} 起暂停行使（{last.document}），恢复前不得使用（行政处罚法第十七条）。"
    return Standing(False, Code.SUSPENDED, why, last.to or power.grantor)


def _so_far(changes: Sequence[ChangeFact], kinds: set[Change], day: dt.date) -> list[ChangeFact]:
    """Changes of these kinds up to a day, in an order that does not depend on how they were written down."""
    found = (one for one in changes if one.kind in kinds and one.from_day <= day)
    return sorted(found, key=lambda one: (one.from_day, one.kind, one.to or "", one.document))


def _listed(*facts: tuple[str, object]) -> str:
    return "、".join(name for name, value in facts if not value)
