"""What an indicator may know of an order (指标依据): when it moved, whose it was, what kind. Nothing else can enter.

No money, no case, no person, no count of what anybody found: 行政处罚法 74(3), 国办函〔2026〕12号.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

ELSEWHERE = "other"
"""The class of a kind of matter that is on no standard list."""


class Ground(StrEnum):
    """剔除理由: why an order is left out of the figures."""

    NOT_OURS = "not_ours"
    UNREASONABLE = "unreasonable"
    REPEAT = "repeat_without_new_facts"
    FORCE_MAJEURE = "force_majeure"


class Holder(StrEnum):
    """Who holds an order that no squad holds."""

    DESK = "desk"
    GRID = "grid"
    UNIT = "unit"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class OrderFact:
    """指标依据: one order as it stood at the end of a period; a moment that came later is not there.

    ``holder``: code of the squad that held it then, or ``@`` and one of ``Holder``. ``area``: code, None outside the map.
    ``kind``: first two digits of the kind of matter. ``filed``: it was given to somebody of the town and is still the
    town's. ``suspended_at``: since when it is put aside (挂账), while
    it is. ``in_case``: a penalty case runs, with clocks of its own. ``solved``, ``satisfied``: what everybody who rated
    it in the period said; None when nobody did. ``excluded``: why it is left out.
    """

    id: str
    holder: str
    area: str | None
    kind: str
    severity: str
    received_at: dt.datetime
    filed: bool
    suspended_at: dt.datetime | None
    in_case: bool
    reworked: bool
    extended: bool
    response_due_at: dt.datetime | None
    responded_at: dt.datetime | None
    handling_due_at: dt.datetime | None
    handled_at: dt.datetime | None
    closing_due_at: dt.datetime | None
    closed_at: dt.datetime | None
    solved: bool | None
    satisfied: bool | None
    excluded: Ground | None


def outside(holder: Holder) -> str:
    """How a holder that is no squad is spelled beside the squads' codes."""
    return f"@{holder}"


def kind_of(category: str) -> str:
    """事项大类: the first two digits of a kind of matter of the standard's five."""
    return category[:2] if category.isdecimal() and len(category) >= 5 else ELSEWHERE


def as_data(fact: OrderFact) -> dict[str, Any]:
    """The fact as plain data: moments as ISO 8601 in UTC."""
    return {field.name: _plain(getattr(fact, field.name)) for field in fields(fact)}


def from_data(data: Mapping[str, Any]) -> OrderFact:
    """The fact that ``as_data`` was made from. Raises ValueError or KeyError for anything else."""
    told = dict(data)
    for name in MOMENTS:
        told[name] = dt.datetime.fromisoformat(told[name]) if told[name] else None
    told["excluded"] = Ground(told["excluded"]) if told["excluded"] else None
    return OrderFact(**told)


MOMENTS = tuple(field.name for field in fields(OrderFact) if field.name.endswith("_at"))


def _plain(value: Any) -> Any:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value
