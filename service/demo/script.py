"""How the crew plays (演示剧本): what each state of an order asks of whom, after how long, and what is then done.

An order is as the public API shows it; whoever acts has just opened it, so he has its words and what he may do.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.demo import case_plans, matters
from service.demo.atlas import Atlas
from service.demo.people import LATE, PLANNING
from town.people import Role

Order = Mapping[str, Any]
"""工单, as the public API shows it."""
Facts = dict[str, Any]
"""An action and what must come with it."""
Act = Callable[[Order, Atlas, random.Random], Facts]

REWORK_ONE_IN = 7
FIRST_ROUND = 7
"""An order with a higher version has been round once already."""
RETURN_ONE_IN = 28
ESCALATE_ONE_IN = 8
REFUSED_ONE_IN = 6
DRAGS_ONE_IN, DRAGGING = 6, 12.0
"""Some matters take most of a day."""
DAWDLING = 6.0
"""How much longer one leader needs to sign."""
FORGETS_ONE_IN = 4
FORGOTTEN_MINUTES = 35
"""Real ones: longer than he has by the rules."""
TO_CASE = "to_case"
"""Not a step like others: the case is opened, and takes its order with it."""
SQUADS = frozenset({Role.SQUAD_LEADER, Role.OFFICER})


@dataclass(frozen=True)
class Play:
    """What one state asks: of which roles, after how many minutes, at least and at most, and what is done."""

    roles: frozenset[Role]
    minutes: tuple[float, float]
    act: Act


def play_for(order: Order, role: Role) -> Play | None:
    """What somebody in this role should do about an order as it stands, if anything."""
    play = PLAYS.get((order["state"], order["lane"])) or PLAYS.get((order["state"], None))
    return play if play and role in play.roles else None


def minutes(order: Order, play: Play, login: str, chance: random.Random, forgotten: float) -> float:
    """How long somebody takes; ``forgotten``: how long an order lies that was forgotten."""
    wait = chance.uniform(*play.minutes)
    if order["state"] == "on_site" and chance.randrange(DRAGS_ONE_IN) == 0:
        return wait * DRAGGING
    if login != LATE or order["state"] != "dispatched":
        return wait
    return forgotten if chance.randrange(FORGETS_ONE_IN) == 0 else wait * DAWDLING


def about(order: Order, words: str) -> bool:
    """Whether some report of the order says this."""
    return any(words in one for one in order["words"])


def _place(order: Order, atlas: Atlas, _chance: random.Random) -> Facts:
    """指挥中心, 待研判: looks at the map and calls; what is of a building site goes to the planning squad."""
    if order["returns"] and about(order, matters.FENCE):
        return {"action": "dispatch", "squad": PLANNING, "words": "片区中队认为属于工地围挡，请规划建设中队处理。"}
    words = "已通知抢修单位并提醒拨打 119，请中队到场警戒。" if order["alarm"] else "已电话核实地点，由你中队处理。"
    return {"action": "dispatch", "squad": atlas.squad_at(order["place"]), "words": words}


def _reply(_order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    """指挥中心 writes down what the other body said."""
    if chance.randrange(REFUSED_ONE_IN) == 0:
        return {"action": "sent_back", "words": "对方来电：不属其管辖，退回本镇。"}
    return {"action": "taken_over", "words": matters.ANSWERS["transferred"]}


def _accept(order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    """中队 signs, unless it is not its own."""
    planning = order["squad"]["code"] == PLANNING
    if order["power"] and about(order, matters.FENCE) and order["returns"] == int(planning):
        words = matters.NOT_MINE_EITHER if planning else matters.NOT_MINE
        return {"action": "return", "ground": "not_our_field", "power": order["power"]["code"], "words": words}
    if not order["returns"] and not planning and chance.randrange(RETURN_ONE_IN) == 0:
        return {"action": "return", "ground": "not_our_area", "words": matters.NOT_OUR_STREET}
    return {"action": "accept"}


def _sign(_order: Order, _atlas: Atlas, _chance: random.Random) -> Facts:
    return {"action": "accept"}


def _arrive(_order: Order, _atlas: Atlas, _chance: random.Random) -> Facts:
    return {"action": "arrive"}


def _handle(order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    """中队 settles it, or opens a case."""
    if offence := case_plans.becomes_a_case(order, chance):
        officers = [one.login for one in case_plans.officers_of(order["squad"]["code"])]
        return {"action": TO_CASE, "officers": officers, "power": offence.power, "words": offence.seen}
    outcome, words = chance.choice(matters.HANDLED)
    return {"action": "handle", "outcome": outcome, "words": words}


def _repair(_order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    outcome, words = chance.choice(matters.REPAIRED)
    return {"action": "handle", "outcome": outcome, "words": words}


def _settle(_order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    if chance.randrange(ESCALATE_ONE_IN) == 0:
        return {"action": "escalate", "words": "说了两次不听，请中队来。"}
    outcome, words = chance.choice(matters.SETTLED)
    return {"action": "settle", "outcome": outcome, "words": words}


def _check(order: Order, _atlas: Atlas, chance: random.Random) -> Facts:
    again = order["version"] < FIRST_ROUND and order["lane"] == "squad" and order["outcome"] not in matters.OF_A_CASE
    if again and chance.randrange(REWORK_ONE_IN) == 0:
        return {"action": "rework", "words": chance.choice(matters.SENT_BACK)}
    return {"action": "check"}


def _close(order: Order, _atlas: Atlas, _chance: random.Random) -> Facts:
    return {"action": "close", "words": matters.ANSWERS[order["outcome"]]}


def _arbitrate(order: Order, atlas: Atlas, _chance: random.Random) -> Facts:
    return {"action": "arbitrate", "squad": atlas.squad_at(order["place"]), "words": matters.ARBITRATED}


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


PLAYS: Mapping[tuple[str, str | None], Play] = {
    ("received", None): Play(_of(Role.DISPATCHER), (30, 90), _place),
    ("returned", None): Play(_of(Role.DISPATCHER), (30, 90), _place),
    ("transferred", None): Play(_of(Role.DISPATCHER), (15, 60), _reply),
    ("arbitration", None): Play(_of(Role.SUPERVISOR), (8, 25), _arbitrate),
    ("dispatched", "squad"): Play(_of(Role.SQUAD_LEADER), (1, 6), _accept),
    ("accepted", "squad"): Play(_of(Role.SQUAD_LEADER), (5, 15), _arrive),
    ("on_site", "squad"): Play(_of(Role.SQUAD_LEADER), (8, 30), _handle),
    ("dispatched", "unit"): Play(_of(Role.PARTNER), (3, 10), _sign),
    ("accepted", "unit"): Play(_of(Role.PARTNER), (8, 25), _arrive),
    ("on_site", "unit"): Play(_of(Role.PARTNER), (12, 45), _repair),
    ("dispatched", "grid"): Play(_of(Role.GRID_WORKER), (2, 8), _sign),
    ("accepted", "grid"): Play(_of(Role.GRID_WORKER), (8, 30), _settle),
    ("handled", None): Play(_of(Role.CHECKER), (4, 18), _check),
    ("checked", None): Play(_of(Role.CHECKER), (2, 8), _close),
}
