"""What a party did before (违法记录): earlier decisions counted back from the act, over all squads."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from enforcement.rules.conditions import Condition

MONTHS_IN_YEAR = 12


class Scope(StrEnum):
    """What counts as the same offence: the same power, the same field, or any."""

    POWER = "power"
    FIELD = "field"
    ANY = "any"


SCOPE_NAMES = {Scope.POWER: "同一事项", Scope.FIELD: "同一领域", Scope.ANY: "所有事项"}


@dataclass(frozen=True, slots=True)
class PastCase:
    """以前的案件 of the same party. ``first_offence``: it ended as 首违不罚, else with a penalty. ``decided_on``: local day."""

    case: str
    power_code: str
    field: str
    decided_on: dt.date
    first_offence: bool = False


@dataclass(frozen=True, slots=True)
class FirstOffenceLine:
    """首违不罚清单的一行. ``conditions``: what must be so besides article 33. ``scope``: what counts as the same offence."""

    power_code: str
    months: int
    scope: str = Scope.POWER
    conditions: tuple[Condition, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Offence:
    """初次违法查询: whether it is the first, why, and what was found."""

    first: bool
    why: str
    earlier: tuple[PastCase, ...] = ()


def first_offence(line: FirstOffenceLine | None, history: Iterable[PastCase], acted_on: dt.date) -> Offence:
    """Whether an act is the party's first by the town's list: penalties and earlier 首违不罚 within its months count.

    ``history``: of the party, of every squad, without the case itself.
    """
    if line is None:
        return Offence(False, "首违不罚清单里没有这一项。")
    counted = Since(back(acted_on, line.months), acted_on, line.power_code, line.field, line.scope)
    earlier = tuple(sorted((one for one in history if counted.has(one)), key=lambda one: (one.decided_on, one.case)))
    span = f"{counted.begins} 至 {acted_on}（{line.months} 个月内，{SCOPE_NAMES[Scope(line.scope)]}）"
    if not earlier:
        return Offence(True, f"查询 {span}，没有处罚和首违不罚的记录。")
    cases = "、".join(one.case for one in earlier)
    return Offence(False, f"查询 {span}，已有 {len(earlier)} 件：{cases}。", earlier)


def prior_penalties(
    history: Iterable[PastCase],
    acted_on: dt.date,
    *,
    power_code: str,
    field: str = "",
    months: int = MONTHS_IN_YEAR,
    scope: str = Scope.POWER,
) -> int:
    """How often the party was punished in the months up to the act; the fact ``prior_penalties``."""
    counted = Since(back(acted_on, months), acted_on, power_code, field, scope)
    return sum(counted.has(one) for one in history if not one.first_offence)


def back(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or the last of that month."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 - months, MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Since:
    """Which decisions count: from a day through the day of the act, both included, within the scope."""

    begins: dt.date
    ends: dt.date
    power_code: str
    field: str
    scope: str

    def has(self, one: PastCase) -> bool:
        """Whether an earlier decision counts."""
        if not self.begins <= one.decided_on <= self.ends:
            return False
        same_power = one.power_code == self.power_code
        same_field = bool(self.field) and one.field == self.field
        return {Scope.POWER: same_power, Scope.FIELD: same_power or same_field, Scope.ANY: True}[Scope(self.scope)]
