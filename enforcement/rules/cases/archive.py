"""How a file is put in order (卷内文书排列): the decision and how it was served first, then everything by time. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from enforcement.rules.cases.actions import Action

DECISIONS = frozenset({"penalty_decision", "no_penalty_decision", "on_spot_decision"})
WITH_DECISION = DECISIONS | {"payment_notice"}
SERVICE = frozenset({"service_receipt", "service_notice"})


@dataclass(frozen=True, slots=True)
class Filed:
    """A document with the act that made it. ``serves``: the kind of document that act was about, if one."""

    kind: str
    sequence: int
    action: Action
    serves: str | None = None


def _decision(one: Filed) -> bool:
    return one.kind in DECISIONS


def _beside_decision(one: Filed) -> bool:
    return one.kind in WITH_DECISION


def _service_of_decision(one: Filed) -> bool:
    return one.kind in SERVICE and (one.action is Action.SERVE_DECISION or one.serves in WITH_DECISION)


def _any(_one: Filed) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """次序: one line of the table; a document stands at the first that fits it."""

    name: str
    fits: Callable[[Filed], bool]


PLACES = (
    Place("处罚（不予处罚）决定书", _decision),
    Place("缴款通知书", _beside_decision),
    Place("决定书的送达回证、送达公告", _service_of_decision),
    Place("其他文书，按形成时间", _any),
)


def place(one: Filed) -> int:
    """Which line of the table a document stands at."""
    return next(number for number, line in enumerate(PLACES) if line.fits(one))


def in_order(filed: Sequence[Filed]) -> list[int]:
    """Where each document of the file is found in ``filed``: by place, then by act, then as they were printed."""
    return sorted(range(len(filed)), key=lambda at: (place(filed[at]), filed[at].sequence, at))
