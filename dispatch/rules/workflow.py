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
    HANDLED = "handled"
    CHECKED = "checked"
    CLOSED = "closed"
    ANSWERED = "answered"


class Action(StrEnum):
    """What can be done to an order."""

    DISPATCH = "dispatch"
    REJECT = "reject"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    CHECK = "check"
    REWORK = "rework"
    CLOSE = "close"
    ANSWER = "answer"


class Post(StrEnum):
    """The post that may act: a role, or the system itself."""

    DISPATCHER = "dispatcher"
    SQUAD = "squad"
    CHECKER = "checker"
    SYSTEM = "system"


class Outcome(StrEnum):
    """办理结果, told honestly: closed is not the same as fixed."""

    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    NOT_FOUND = "not_found"
    NO_VIOLATION = "no_violation"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"


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
    """The facts of one wish to act: the order as it is, who asks, and what he brings."""

    state: State
    action: Action
    posts: frozenset[Post]
    same_person_handled: bool
    given: frozenset[str]


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken; ``code`` stands in the catalogue of problems."""

    code: str
    facts: dict[str, Any]


def _step(source: State, action: Action, target: State, event: str, *by: Post, requires: Iterable[str] = ()) -> Step:
    return Step(source, action, target, event, frozenset(by), tuple(requires))


STEPS = (
    _step(
        State.RECEIVED, Action.DISPATCH, State.DISPATCHED, "dispatched", Post.DISPATCHER, requires=("squad", "words")
    ),
    _step(State.RECEIVED, Action.REJECT, State.CLOSED, "rejected", Post.DISPATCHER, requires=("outcome", "words")),
    _step(State.DISPATCHED, Action.ACCEPT, State.ACCEPTED, "accepted", Post.SQUAD),
    _step(State.ACCEPTED, Action.ARRIVE, State.ON_SITE, "arrived", Post.SQUAD),
    _step(State.ON_SITE, Action.HANDLE, State.HANDLED, "handled", Post.SQUAD, requires=("outcome", "words")),
    _step(State.HANDLED, Action.CHECK, State.CHECKED, "checked", Post.CHECKER),
    _step(State.HANDLED, Action.REWORK, State.ACCEPTED, "reworked", Post.CHECKER, requires=("words",)),
    _step(State.CHECKED, Action.CLOSE, State.CLOSED, "closed", Post.CHECKER, Post.DISPATCHER, requires=("words",)),
    _step(State.CLOSED, Action.ANSWER, State.ANSWERED, "answered", Post.SYSTEM),
)
TABLE = {(step.source, step.action): step for step in STEPS}
ENDED = frozenset({State.CLOSED, State.ANSWERED})
CHECKING = frozenset({Action.CHECK, Action.REWORK})
"""核查: never by the person who handled the order (design §6)."""


def decide(asked: Asked) -> Step | Refusal:
    """The step that may be taken, or the first reason why not."""
    step = TABLE.get((asked.state, asked.action))
    if step is None:
        return Refusal("illegal_step", {"state": asked.state, "action": asked.action})
    if not step.by & asked.posts:
        return Refusal("forbidden", {"posts": sorted(step.by)})
    if asked.action in CHECKING and asked.same_person_handled:
        return Refusal("own_work", {})
    if missing := [name for name in step.requires if name not in asked.given]:
        return Refusal("missing_fact", {"action": asked.action, "missing": missing})
    return step


def allowed(state: State, posts: frozenset[Post], same_person_handled: bool) -> list[Step]:
    """Every step these posts could take from here, for buttons on a screen."""
    mine = (step for step in STEPS if step.source == state and step.by & posts)
    return [step for step in mine if not (step.action in CHECKING and same_person_handled)]


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
