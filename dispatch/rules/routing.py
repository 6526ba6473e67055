"""Routing (派单规则): who gets an order. Rows in order, the first match wins, and there is always an answer with reasons.

Same facts, same answer. The rows for emergencies, powers, facilities and duplicates stand in the table of the plan;
each arrives here with the facts it needs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NearGrid:
    """A grid that the place may lie in. ``distance_m``: metres from the point, 0 for the covering grid."""

    code: str
    area: str
    distance_m: float


@dataclass(frozen=True)
class Facts:
    """What routing is decided on.

    ``nearby``: every grid the circle of accuracy touches. ``nearest``: for a place outside the town.
    ``squads`` maps an area's code to the code of the squad that serves it.
    """

    covering: NearGrid | None
    nearby: tuple[NearGrid, ...]
    nearest: NearGrid | None
    accuracy_m: float | None
    near_border: bool
    squads: Mapping[str, str]


@dataclass(frozen=True)
class Reason:
    """One reason: a stable code and the facts that fill its sentence."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Decision:
    """A squad's code, or None for the desk's queue; and why."""

    squad: str | None
    reasons: tuple[Reason, ...]


Row = Callable[[Facts], Decision | None]
MOST_CANDIDATES = 10
"""The nearest; a stated accuracy of many kilometres touches every grid of the town, and nobody reads so long a list."""


def outside(facts: Facts) -> Decision | None:
    """The place is in no grid of the town."""
    if facts.covering:
        return None
    nearest = facts.nearest
    near = {} if nearest is None else {"grid": nearest.code, "distance_m": round(nearest.distance_m)}
    return Decision(None, (Reason("outside", near),))


def ambiguous(facts: Facts) -> Decision | None:
    """The circle of accuracy touches another squad's area. Another grid of the same squad is no doubt."""
    served = {facts.squads.get(grid.area) for grid in facts.nearby}
    if len(served) < 2:
        return None
    candidates = [{"grid": grid.code, "distance_m": round(grid.distance_m)} for grid in facts.nearby[:MOST_CANDIDATES]]
    return Decision(
        None, (Reason("ambiguous", {"accuracy_m": round(facts.accuracy_m or 0), "candidates": candidates}),)
    )


def unserved(facts: Facts) -> Decision | None:
    """No squad serves the area: the desk must know at once."""
    if facts.covering and facts.covering.area not in facts.squads:
        return Decision(None, (Reason("unserved", {"area": facts.covering.area}),))
    return None


def squad_of_the_area(facts: Facts) -> Decision | None:
    """The squad of the area that the place lies in."""
    if facts.covering is None:
        return None
    squad = facts.squads[facts.covering.area]
    where = Reason("in_grid", {"grid": facts.covering.code, "area": facts.covering.area})
    border = (Reason("near_border", {}),) if facts.near_border else ()
    return Decision(squad, (where, Reason("served_by", {"area": facts.covering.area, "squad": squad}), *border))


TABLE: tuple[Row, ...] = (outside, ambiguous, unserved, squad_of_the_area)


def route(facts: Facts) -> Decision:
    """The first row that answers."""
    return next(decision for row in TABLE if (decision := row(facts)))
