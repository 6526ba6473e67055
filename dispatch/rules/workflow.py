"""The life of an order (工单流程) as one table: (from, action) -> (to, who, what must be said).

What is not in the table cannot be done. Clocks hang on the same actions in ``handling_times``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """工单状态. ``closed`` is settled, ``answered`` is told to the reporter."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    IN_CASE = "in_case"
    HANDLED = "handled"
    CHECKED = "checked"
    RETURNED = "returned"
    ARBITRATION = "arbitration"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    ANSWERED = "answered"


class Lane(StrEnum):
    """在谁手里: the desk, a squad, a 网格员, a unit of the town's partners, or a body it was transferred to."""

    DESK = "desk"
    SQUAD = "squad"
    GRID = "grid"
    UNIT = "unit"
    TRANSFER = "transfer"


class Action(StrEnum):
    """What can be done to an order."""

    DISPATCH = "dispatch"
    REJECT = "reject"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    TO_CASE = "to_case"
    TELL = "tell"
    CASE_ENDED = "case_ended"
    CHECK = "check"
    REWORK = "rework"
    CLOSE = "close"
    ANSWER = "answer"
    RETURN = "return"
    DISPUTE = "dispute"
    ARBITRATE = "arbitrate"
    TRANSFER = "transfer"
    TAKEN_OVER = "taken_over"
    SENT_BACK = "sent_back"
    SETTLE = "settle"
    ESCALATE = "escalate"


class Post(StrEnum):
    """The post that may act: a role, or the system itself."""

    DISPATCHER = "dispatcher"
    SQUAD = "squad"
    GRID_WORKER = "grid_worker"
    UNIT = "unit"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Outcome(StrEnum):
    """办理结果, told honestly: closed is not the same as fixed."""

    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    PERSUADED = "persuaded"
    NOT_FOUND = "not_found"
    NO_VIOLATION = "no_violation"
    NOT_OURS = "not_ours"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    PENALISED = "penalised"
    NO_PENALTY = "no_penalty"
    NOT_PROVEN = "not_proven"


class Ground(StrEnum):
    """退回理由: why a squad gives an order back."""

    NOT_OUR_AREA = "not_our_area"
    NOT_OUR_FIELD = "not_our_field"
    NO_POWER = "no_power"
    WRONG_KIND = "wrong_kind"


NEEDS_POWER_LINE = frozenset({Ground.NO_POWER, Ground.NOT_OUR_FIELD})
"""These are said about a line of the power list, so the line must be named."""


@dataclass(frozen=True)
class Step:
    """One edge of the table. ``requires`` names facts that must come with the action."""

    source: State
    action: Action
    target: State
    event: str
    by: frozenset[Post]
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The facts of one wish to act: the order as it is, who asks, and what he brings.

    ``returns``: how often it was given back. ``sampled``: whether this order is one of those that are checked again.
    """

    state: State
    action: Action
    posts: frozenset[Post]
    same_person_handled: bool
    given: frozenset[str]
    returns: int = 0
    sampled: bool = True
    ground: Ground | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken; ``code`` stands in the catalogue of problems."""

    code: str
    facts: dict[str, Any]


def _step(source: State, action: Action, target: State, event: str, *by: Post, requires: Iterable[str] = ()) -> Step:
    return Step(source, action, target, event, frozenset(by), tuple(requires))


HOLDERS = (Post.SQUAD, Post.UNIT, Post.GRID_WORKER)
"""手里有单的人: whoever holds the order in its lane."""
OPEN_TO_DISPATCH = (State.RECEIVED, State.RETURNED, State.DISPATCHED, State.ACCEPTED)
"""By hand, with a reason: from the desk's queue, or over the head of the table (人工改派)."""

STEPS = (
    *(
        _step(state, Action.DISPATCH, State.DISPATCHED, "dispatched", Post.DISPATCHER, requires=("squad", "words"))
        for state in OPEN_TO_DISPATCH
    ),
    *(
        _step(state, Action.REJECT, State.CLOSED, "rejected", Post.DISPATCHER, requires=("outcome", "words"))
        for state in (State.RECEIVED, State.RETURNED)
    ),
    *(
        _step(state, Action.TRANSFER, State.TRANSFERRED, "transferred", Post.DISPATCHER, requires=("partner", "words"))
        for state in OPEN_TO_DISPATCH
    ),
    _step(State.TRANSFERRED, Action.TAKEN_OVER, State.CLOSED, "taken_over", Post.DISPATCHER, requires=("words",)),
    _step(State.TRANSFERRED, Action.SENT_BACK, State.RECEIVED, "sent_back", Post.DISPATCHER, requires=("words",)),
    _step(State.DISPATCHED, Action.ACCEPT, State.ACCEPTED, "accepted", *HOLDERS),
    *(
        _step(state, Action.RETURN, State.RETURNED, "returned", Post.SQUAD, Post.UNIT, requires=("ground", "words"))
        for state in (State.DISPATCHED, State.ACCEPTED)
    ),
    _step(
        State.ARBITRATION,
        Action.ARBITRATE,
        State.DISPATCHED,
        "arbitrated",
        Post.SUPERVISOR,
        requires=("squad", "words"),
    ),
    _step(
        State.ARBITRATION,
        Action.TRANSFER,
        State.TRANSFERRED,
        "transferred",
        Post.SUPERVISOR,
        requires=("partner", "words"),
    ),
    _step(State.ACCEPTED, Action.ARRIVE, State.ON_SITE, "arrived", Post.SQUAD, Post.UNIT),
    _step(State.ON_SITE, Action.HANDLE, State.HANDLED, "handled", Post.SQUAD, Post.UNIT, requires=("outcome", "words")),
    *(
        _step(state, Action.TO_CASE, State.IN_CASE, "case_opened", Post.SQUAD, requires=("case",))
        for state in (State.ACCEPTED, State.ON_SITE)
    ),
    _step(State.IN_CASE, Action.TELL, State.IN_CASE, "told", Post.SYSTEM, requires=("told",)),
    _step(State.IN_CASE, Action.CASE_ENDED, State.HANDLED, "case_ended", Post.SYSTEM, requires=("outcome",)),
    _step(State.ACCEPTED, Action.SETTLE, State.HANDLED, "settled", Post.GRID_WORKER, requires=("outcome", "words")),
    *(
        _step(state, Action.ESCALATE, State.RECEIVED, "escalated", Post.GRID_WORKER, requires=("words",))
        for state in (State.DISPATCHED, State.ACCEPTED)
    ),
    _step(State.HANDLED, Action.CHECK, State.CHECKED, "checked", Post.CHECKER),
    _step(State.HANDLED, Action.REWORK, State.ACCEPTED, "reworked", Post.CHECKER, requires=("words",)),
    _step(State.CHECKED, Action.CLOSE, State.CLOSED, "closed", Post.CHECKER, Post.DISPATCHER, requires=("words",)),
    _step(State.CLOSED, Action.ANSWER, State.ANSWERED, "answered", Post.SYSTEM),
)
TABLE = {(step.source, step.action): step for step in STEPS}

SECOND_RETURN = {
    state: _step(
        state, Action.DISPUTE, State.ARBITRATION, "disputed", Post.SQUAD, Post.UNIT, requires=("ground", "words")
    )
    for state in (State.DISPATCHED, State.ACCEPTED)
}
"""再次退回: what a return becomes the second time: not to the desk again but to the supervisor, whose word is the last."""
UNSAMPLED = {
    State.ACCEPTED: _step(
        State.ACCEPTED, Action.SETTLE, State.CHECKED, "settled", Post.GRID_WORKER, requires=("outcome", "words")
    )
}
"""A small matter that a 网格员 settled is checked on site by sample only."""

WITH_A_CASE = frozenset({Action.TO_CASE})
"""转立案: only together with the case that is opened; nobody takes this step by itself."""
ENDED = frozenset({State.CLOSED, State.ANSWERED})
WAITING = frozenset({State.RECEIVED, State.RETURNED, State.ARBITRATION})
"""待研判: nobody in the field holds it."""
CHECKING = frozenset({Action.CHECK, Action.REWORK})
"""核查: never by the person who handled the order (design §6)."""
MOST_RETURNS = 2
SETTLED_AS = frozenset({Outcome.FIXED, Outcome.PERSUADED, Outcome.NOT_FOUND})
"""What a 网格员 may report; whether there was a violation is not his to say."""
BY_A_CASE = frozenset({Outcome.PENALISED, Outcome.NO_PENALTY, Outcome.NOT_PROVEN})
"""What only a case that has ended may say of a matter."""
REJECTED_AS = frozenset({Outcome.NOT_OURS, Outcome.NO_VIOLATION, Outcome.NOT_FOUND, Outcome.DUPLICATE})
"""What the desk may say of a matter nobody went out for: never that something was put right."""


def decide(asked: Asked) -> Step | Refusal:
    """The step that may be taken, or the first reason why not."""
    step = _edge(asked)
    if step is None:
        return Refusal("illegal_step", {"state": asked.state, "action": asked.action})
    if not step.by & asked.posts:
        return Refusal("forbidden", {"posts": sorted(step.by)})
    if asked.action in CHECKING and asked.same_person_handled:
        return Refusal("own_work", {})
    if asked.action is Action.RETURN and asked.returns >= MOST_RETURNS:
        return Refusal("return_spent", {})
    if missing := [name for name in _required(step, asked) if name not in asked.given]:
        return Refusal("missing_fact", {"action": asked.action, "missing": missing})
    return step


def allowed(state: State, posts: frozenset[Post], same_person_handled: bool, returns: int = 0) -> list[Step]:
    """Every step these posts could take from here, for buttons on a screen."""
    mine = (step for step in STEPS if step.source == state and step.by & posts and step.action not in WITH_A_CASE)
    return [
        step
        for step in mine
        if not (step.action in CHECKING and same_person_handled)
        and not (step.action is Action.RETURN and returns >= MOST_RETURNS)
    ]


def opens_a_case(state: State, posts: frozenset[Post]) -> bool:
    """Whether these posts could turn the order into a case from here."""
    step = TABLE.get((state, Action.TO_CASE))
    return step is not None and bool(step.by & posts)


def as_data() -> list[dict[str, Any]]:
    """The table as plain data, so that a tablet without network applies the same one."""
    return [
        {
            "from": step.source.value,
            "action": step.action.value,
            "to": step.target.value,
            "by": sorted(step.by),
            "requires": list(step.requires),
        }
        for step in STEPS
    ]


def _edge(asked: Asked) -> Step | None:
    if asked.action is Action.RETURN and asked.returns == 1:
        return SECOND_RETURN.get(asked.state)
    if asked.action is Action.SETTLE and not asked.sampled:
        return UNSAMPLED.get(asked.state)
    return TABLE.get((asked.state, asked.action))


def _required(step: Step, asked: Asked) -> tuple[str, ...]:
    return (*step.requires, "power") if asked.ground in NEEDS_POWER_LINE else step.requires
