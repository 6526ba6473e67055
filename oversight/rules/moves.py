"""Whose move it is (轮到谁): by which post the next step of a matter is waited for. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from dispatch.rules.workflow import Lane, State


class Move(StrEnum):
    """Who is waited for."""

    SQUAD = "squad"
    UNIT = "unit"
    WORKER = "worker"
    DESK = "desk"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    APPROVER = "approver"


AT_A_POST: Mapping[str, Move] = {
    State.RECEIVED: Move.DESK,
    State.RETURNED: Move.DESK,
    State.TRANSFERRED: Move.DESK,
    State.ARBITRATION: Move.SUPERVISOR,
    State.HANDLED: Move.CHECKER,
    State.CHECKED: Move.CHECKER,
    State.CLOSED: Move.DESK,
    State.ANSWERED: Move.DESK,
    "suspended": Move.DESK,
}
"""States in which an order lies with a post of the town; in every other one with whoever has it in its lane."""
IN_A_LANE: Mapping[str, Move] = {Lane.SQUAD: Move.SQUAD, Lane.UNIT: Move.UNIT, Lane.GRID: Move.WORKER}


def of_order(state: str, lane: str) -> Move:
    """Who is waited for in an order."""
    return AT_A_POST.get(state) or IN_A_LANE.get(lane, Move.DESK)


def of_task(state: str, of_a_squad: bool) -> Move | None:
    """Who is waited for in a joint task; None for whoever called, as after a refusal."""
    match state:
        case "arbitration":
            return Move.SUPERVISOR
        case "refused":
            return None
    return Move.SQUAD if of_a_squad else Move.UNIT


def of_case(post: str | None) -> Move:
    """Who is waited for in a penalty case, by the post its state waits for."""
    return Move.APPROVER if post == "approver" else Move.SQUAD


def of_supervision(state: str, of_a_squad: bool, of_a_unit: bool) -> Move:
    """Who is waited for in a 督办单: an answer from whom it is addressed to, then a judgement."""
    if state == "replied":
        return Move.SUPERVISOR
    if of_a_squad:
        return Move.SQUAD
    return Move.UNIT if of_a_unit else Move.DESK
