"""Routing (派单规则): who gets an order. Rows in order, the first match wins, and there is always an answer with reasons.

Same facts, same answer. A likely duplicate is no row of its own: it is a suggestion beside the answer, and never holds an
order back (docs/adr/0008-routing-as-one-table.md).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from dispatch.rules.facts import Facts, SquadFact
from dispatch.rules.workflow import Lane


@dataclass(frozen=True)
class Reason:
    """One reason: a stable code and the facts that fill its sentence."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Which lane, who in it, and why. ``row`` is the row of the table that answered; ``alarm``: the desk must look at once.

    ``leader``, ``worker``: logins. ``power``: the line of the power list the squad acts by, or would where a 网格员 fails.
    """

    row: str
    lane: Lane
    reasons: tuple[Reason, ...]
    squad: str | None = None
    leader: str | None = None
    worker: str | None = None
    partner: str | None = None
    power: str | None = None
    alarm: bool = False

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it: codes and facts only."""
        return {**asdict(self), "reasons": [{"code": reason.code, **reason.facts} for reason in self.reasons]}


Row = Callable[[Facts], Decision | None]
MOST_CANDIDATES = 10
"""The nearest; a stated accuracy of many kilometres touches every grid of the town, and nobody reads so long a list."""


def emergency(facts: Facts) -> Decision | None:
    """Fire, gas, somebody hurt: the reporter is shown 110, 119, 120 at once; recorded all the same, and the desk alarmed."""
    if facts.event and facts.event.emergency:
        return Decision("emergency", Lane.DESK, (Reason("emergency"),), alarm=True)
    return None


def outside(facts: Facts) -> Decision | None:
    """The place is in no grid of the town, nor may it be by its accuracy: to the county, which knows the neighbour."""
    if facts.covering or facts.nearby:
        return None
    nearest = facts.nearest
    near = {} if nearest is None else {"grid": nearest.code, "distance_m": round(nearest.distance_m)}
    if facts.near_border:
        return Decision("outside", Lane.DESK, (Reason("outside", near), Reason("near_border")))
    return _handed(facts, "outside", facts.county, Reason("outside", near))


def no_power(facts: Facts) -> Decision | None:
    """A matter for enforcement, and no power of the town for it on that day: to the body that holds it."""
    if facts.event is None or facts.event.nature != "enforcement":
        return None
    if facts.powers is None:
        return Decision("no_power_list", Lane.DESK, (Reason("no_power_list"),), alarm=True)
    if any(power.in_force for power in facts.powers):
        return None
    lines = [{"power": power.code, "standing": power.standing} for power in facts.powers]
    holder = next((power.holder for power in facts.powers if power.holder), None) or facts.event.holder
    return _handed(facts, "no_power", holder, Reason("no_power", {"event": facts.event.code, "lines": lines}))


def ambiguous(facts: Facts) -> Decision | None:
    """The circle of accuracy touches another squad's area, or the town's edge. Another grid of the same squad is no doubt."""
    served = {squad.code if (squad := _holder(facts, grid.area)) else None for grid in facts.nearby}
    if len(served) < 2 and (facts.covering or not facts.nearby):
        return None
    candidates = [{"grid": grid.code, "distance_m": round(grid.distance_m)} for grid in facts.nearby[:MOST_CANDIDATES]]
    why = Reason("ambiguous", {"accuracy_m": round(facts.accuracy_m or 0), "candidates": candidates})
    return Decision("ambiguous", Lane.DESK, (why,))


def facility(facts: Facts) -> Decision | None:
    """Not a matter for enforcement but a facility or a service: an order to the unit that answers for it."""
    if facts.event is None or facts.event.nature == "enforcement":
        return None
    why = Reason("facility", {"event": facts.event.code})
    if facts.event.unit is None:
        return Decision("facility", Lane.DESK, (why, Reason("no_unit", {"event": facts.event.code})))
    return Decision("facility", Lane.UNIT, (*_where(facts), why), partner=facts.event.unit)


def small(facts: Facts) -> Decision | None:
    """A small matter that the grid may settle: its 网格员 persuades and photographs; never evidence, never an inspection."""
    if facts.event is None or not facts.event.small or facts.worker is None or facts.worker in facts.conflicted:
        return None
    why = Reason("small", {"event": facts.event.code, "worker": facts.worker})
    squad = _holder(facts, _area(facts))
    reasons, power = (*_where(facts), why), _power(facts)
    return Decision("small", Lane.GRID, reasons, squad.code if squad else None, worker=facts.worker, power=power)


def unserved(facts: Facts) -> Decision | None:
    """No squad serves the area: the desk must know at once."""
    if _holder(facts, _area(facts)) is None:
        return Decision("unserved", Lane.DESK, (Reason("unserved", {"area": _area(facts)}),), alarm=True)
    return None


def squad_of_the_area(facts: Facts) -> Decision | None:
    """The squad of the area that holds the field, and in it whoever is on duty; otherwise its named fallback; never nobody."""
    area = _area(facts)
    squad = _holder(facts, area)
    if squad is None:
        return None
    power = _power(facts)
    leader, on_duty = _leader(facts, squad)
    row = "squad" if facts.event else "unclassified"
    reasons = (*_where(facts), Reason("served_by", {"area": area, "squad": squad.code}), *_what(facts, power), *on_duty)
    alarm = any(reason.code in ALARMING for reason in on_duty)
    return Decision(row, Lane.SQUAD, reasons, squad.code, leader, power=power, alarm=alarm)


TABLE: tuple[Row, ...] = (emergency, outside, no_power, ambiguous, facility, small, unserved, squad_of_the_area)
ALARMING = frozenset({"nobody", "all_in_conflict", "nobody_certified"})


def route(facts: Facts) -> Decision:
    """The first row that answers, and beside it the open orders that may be the same matter."""
    decision = next(decision for row in TABLE if (decision := row(facts)))
    if not facts.near_orders:
        return decision
    return replace(decision, reasons=(*decision.reasons, Reason("duplicate", {"count": len(facts.near_orders)})))


def _handed(facts: Facts, row: str, partner: str | None, why: Reason) -> Decision:
    if partner is None:
        return Decision(row, Lane.DESK, (why, Reason("no_partner")))
    return Decision(
        row, Lane.TRANSFER, (*_where(facts), why, Reason("handed_to", {"partner": partner})), partner=partner
    )


def _area(facts: Facts) -> str:
    """Every row before has answered for places that no grid covers."""
    assert facts.covering
    return facts.covering.area


def _where(facts: Facts) -> tuple[Reason, ...]:
    if facts.covering is None:
        return ()
    where = Reason("in_grid", {"grid": facts.covering.code, "area": facts.covering.area})
    return (where, Reason("near_border")) if facts.near_border else (where,)


def _power(facts: Facts) -> str | None:
    """The best line in force."""
    return next((power.code for power in facts.powers or () if power.in_force), None)


def _what(facts: Facts, power: str | None) -> tuple[Reason, ...]:
    if facts.event is None:
        return (Reason("unclassified"),)
    return (Reason("by_power", {"power": power}),) if power else ()


def _holder(facts: Facts, area: str) -> SquadFact | None:
    """Of the squads that serve an area: the one that holds the field, otherwise the one for all fields, otherwise any.

    The lowest code decides between equals.
    """
    serving = sorted((squad for squad in facts.squads if area in squad.areas), key=lambda squad: squad.code)
    wanted = facts.event.field if facts.event else ""
    holding = [squad for squad in serving if squad.holds(wanted)]
    all_round = [squad for squad in serving if not squad.fields]
    return next(iter(holding or all_round or serving), None)


def _leader(facts: Facts, squad: SquadFact) -> tuple[str | None, tuple[Reason, ...]]:
    """Who answers for the squad now, with the reasons that are worth telling."""
    free = [login for login in squad.on_duty if login not in facts.conflicted]
    if free:
        stepped_aside = (Reason("conflict", {"login": squad.on_duty[0]}),) if free[0] != squad.on_duty[0] else ()
        return free[0], (*stepped_aside, Reason("on_duty", {"login": free[0]}), *_uncertified(facts, squad))
    if not squad.rostered:
        return None, ()
    why = "all_in_conflict" if squad.on_duty else "nobody_on_duty"
    if squad.stand_in and squad.stand_in not in facts.conflicted:
        return squad.stand_in, (Reason(why), Reason("stand_in", {"login": squad.stand_in}))
    return None, (Reason("all_in_conflict" if squad.on_duty else "nobody"),)


def _uncertified(facts: Facts, squad: SquadFact) -> tuple[Reason, ...]:
    """Where a penalty may follow, somebody on duty must hold a certificate (行政处罚法 42); the desk is told when nobody does."""
    may_penalise = any(power.in_force for power in facts.powers or ())
    return (Reason("nobody_certified"),) if may_penalise and not squad.certified else ()
