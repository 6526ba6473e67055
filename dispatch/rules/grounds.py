"""Grounds (理由): what may be said for putting an order aside, and for asking for more time. Free words come beside them."""

from collections.abc import Mapping
from enum import StrEnum

from dispatch.rules.workflow import Action, Ground


class SuspensionGround(StrEnum):
    """挂账理由: why nothing can be done now; the reporter reads it."""

    WAITING_FOR_OTHERS = "waiting_for_others"
    WEATHER = "weather"
    NEEDS_BUDGET = "needs_budget"
    PARTY_ABSENT = "party_absent"
    OTHER_PROCEDURE = "other_procedure"


class ExtensionGround(StrEnum):
    """延期理由: why the time in the table is not enough for this one."""

    COMPLEX = "complex"
    PARTY_ASKS = "party_asks"
    WEATHER = "weather"
    WAITING_FOR_OTHERS = "waiting_for_others"
    OTHER = "other"


GROUNDS: Mapping[Action, type[StrEnum]] = {
    Action.RETURN: Ground,
    Action.DISPUTE: Ground,
    Action.SUSPEND: SuspensionGround,
    Action.ASK_EXTENSION: ExtensionGround,
}
"""Which grounds each action knows."""


def fits(action: Action, ground: str) -> bool:
    """Whether this ground may be given for this action."""
    return ground in {one.value for one in GROUNDS.get(action, ())}
