"""Handing a power back (退回赋权): what becomes of each open order under it, by named rules.

What the town did while it held the power stays done and is finished by the town; what it has not begun goes, with a letter
and a receipt, to the body that holds the power from that day on (行政处罚法 24; 浙江省综合行政执法条例 10).
"""

from dataclasses import dataclass
from enum import StrEnum

from dispatch.rules.workflow import Lane, State


class Rule(StrEnum):
    """交接规则."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    IN_CASE = "in_case"
    OTHER_POWER = "other_power"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True)
class Moved:
    """What one order's rule says. ``to_partner``: whether it goes to the body that now holds the power."""

    rule: Rule
    to_partner: bool


RULES: dict[State, Moved] = {
    State.RECEIVED: Moved(Rule.NOT_BEGUN, True),
    State.RETURNED: Moved(Rule.NOT_BEGUN, True),
    State.ARBITRATION: Moved(Rule.NOT_BEGUN, True),
    State.DISPATCHED: Moved(Rule.NOT_BEGUN, True),
    State.ACCEPTED: Moved(Rule.NOT_BEGUN, True),
    State.ON_SITE: Moved(Rule.UNDER_WAY, True),
    State.SUSPENDED: Moved(Rule.UNDER_WAY, True),
    State.IN_CASE: Moved(Rule.IN_CASE, False),
    State.HANDLED: Moved(Rule.DONE, False),
    State.CHECKED: Moved(Rule.DONE, False),
    State.TRANSFERRED: Moved(Rule.ALREADY_THERE, False),
}
"""On site, but nothing decided yet: the material goes along. Handled: the act was lawful on its day and stays the town's.
In a case: what becomes of it follows from the stage of the case, whose own rules speak."""


def move(state: State, lane: Lane, other_power_in_force: bool) -> Moved:
    """What becomes of an open order whose power is handed back. Raises KeyError for one that has ended."""
    if other_power_in_force and RULES[state].to_partner and lane is not Lane.TRANSFER:
        return Moved(Rule.OTHER_POWER, False)
    return RULES[state]
