"""Facts of orders as a test needs them, and any at all for Hypothesis."""

import datetime as dt
from typing import Any

from hypothesis import strategies as some

from oversight.rules.order_facts import Ground, OrderFact

NOON = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
SQUADS = ("CZ", "CD", "@desk", "@grid", "@unit", "@transfer")
AREAS = ("CZ", "CD", None)
moments = some.integers(-45 * 24 * 60, 36 * 24 * 60).map(lambda minutes: NOON + dt.timedelta(minutes=minutes))
"""From the middle of September into December."""


def fact(**changes: Any) -> OrderFact:
    """A filed order of 城中片区 that was received on 4 November and about which nothing else is known."""
    told: dict[str, Any] = {
        "id": "0",
        "holder": "CZ",
        "area": "CZ",
        "kind": "09",
        "severity": "ordinary",
        "received_at": NOON,
        "filed": True,
        "suspended_at": None,
        "in_case": False,
        "reworked": False,
        "extended": False,
        "response_due_at": None,
        "responded_at": None,
        "handling_due_at": None,
        "handled_at": None,
        "closing_due_at": None,
        "closed_at": None,
        "solved": None,
        "satisfied": None,
        "excluded": None,
    }
    return OrderFact(**{**told, **changes})


any_fact = some.builds(
    OrderFact,
    id=some.uuids().map(str),
    holder=some.sampled_from(SQUADS),
    area=some.sampled_from(AREAS),
    kind=some.sampled_from(("09", "06", "other")),
    severity=some.sampled_from(("ordinary", "major", "urgent")),
    received_at=moments,
    filed=some.booleans(),
    suspended_at=some.none() | moments,
    in_case=some.booleans(),
    reworked=some.booleans(),
    extended=some.booleans(),
    response_due_at=some.none() | moments,
    responded_at=some.none() | moments,
    handling_due_at=some.none() | moments,
    handled_at=some.none() | moments,
    closing_due_at=some.none() | moments,
    closed_at=some.none() | moments,
    solved=some.none() | some.booleans(),
    satisfied=some.none() | some.booleans(),
    excluded=some.none() | some.sampled_from(Ground),
)
"""Any fact, likely or not."""
