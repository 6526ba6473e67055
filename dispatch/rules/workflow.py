"""What may be done to an order (工单流程), by the table of steps and by what has happened to it before.

Clocks hang on the same actions in ``handling_times``.
"""

from dataclasses import dataclass
from typing import Any

from dispatch.rules.codes import NEEDS_POWER_LINE, Action, Ground, Lane, Outcome, Post, State
from dispatch.rules.steps_table import (
    ENDED,
    HOLDERS,
    RESUMED_ON_SITE,
    SECOND_RETURN,
    STEPS,
    TABLE,
    UNSAMPLED,
    Step,
)

__all__ = [
    "ENDED",
    "HOLDERS",
    "NEEDS_POWER_LINE",
    "RESUMED_ON_SITE",
    "SECOND_RETURN",
    "STEPS",
    "TABLE",
    "UNSAMPLED",
    "Action",
    "Asked",
    "Ground",
    "Lane",
    "Outcome",
    "Plea",
    "Post",
    "Refusal",
    "State",
    "Step",
    "allowed",
    "as_data",
    "decide",
    "opens_a_case",
]


@dataclass(frozen=True)
class Plea:
    """延期申请 as it stands. ``mine``: it is the actor's own. ``possible``: a clock could still be given more time."""

    open: bool = False
    mine: bool = False
    possible: bool = False


NO_PLEA = Plea()


@dataclass(frozen=True)
class Asked:
    """The facts of one wish to act: the order as it is, who asks, and what he brings.

    ``returns``: how often it was given back. ``sampled``: whether this order is one of those that are checked again.
    ``suspended_from``: where it stood when it was put aside, while it is.
    """

    state: State
    action: Action
    posts: frozenset[Post]
    same_person_handled: bool
    given: frozenset[str]
    returns: int = 0
    sampled: bool = True
    ground: str | None = None
    suspended_from: State | None = None
    plea: Plea = NO_PLEA


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken; ``code`` stands in the catalogue of problems."""

    code: str
    facts: dict[str, Any]


WITH_A_CASE = frozenset({Action.TO_CASE})
"""转立案: only together with the case that is opened; nobody takes this step by itself."""
WAITING = frozenset({State.RECEIVED, State.RETURNED, State.ARBITRATION})
"""待研判: nobody in the field holds it."""
CHECKING = frozenset({Action.CHECK, Action.REWORK})
"""核查: never by the person who handled the order (design §6)."""
MORE_TIME = frozenset({Action.ASK_EXTENSION, Action.GRANT_EXTENSION})
DECIDING_A_PLEA = frozenset({Action.GRANT_EXTENSION, Action.DENY_EXTENSION})
"""批准或不准延期: never by the person who asked."""
ABOUT_MORE_TIME = MORE_TIME | DECIDING_A_PLEA
BY_ANOTHER = frozenset({Action.SUSPEND, Action.GRANT_EXTENSION})
"""挂账、批准延期: what stops or lengthens a clock is never given by who is measured by it, whatever other post he has."""
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
    if barred := _barred(asked.action, asked.posts, asked.same_person_handled, asked.returns, asked.plea):
        return Refusal(barred, {})
    if missing := [name for name in _required(step, asked) if name not in asked.given]:
        return Refusal("missing_fact", {"action": asked.action, "missing": missing})
    return step


def allowed(
    state: State, posts: frozenset[Post], same_person_handled: bool, returns: int = 0, plea: Plea = NO_PLEA
) -> list[Step]:
    """Every step these posts could take from here, for buttons on a screen."""
    mine = (step for step in STEPS if step.source == state and step.by & posts and step.action not in WITH_A_CASE)
    open_to_him = [step for step in mine if not _barred(step.action, posts, same_person_handled, returns, plea)]
    return [step for step in open_to_him if plea.possible or step.action not in MORE_TIME]


def _barred(action: Action, posts: frozenset[Post], same_person_handled: bool, returns: int, plea: Plea) -> str | None:
    """Why a step of the table may not be taken all the same."""
    if action in CHECKING and same_person_handled:
        return "own_work"
    if action is Action.RETURN and returns >= MOST_RETURNS:
        return "return_spent"
    if action is Action.ASK_EXTENSION and plea.open:
        return "already_asked"
    if action in DECIDING_A_PLEA and not plea.open:
        return "nothing_asked"
    if action in DECIDING_A_PLEA and plea.mine:
        return "own_request"
    if action in BY_ANOTHER and posts & frozenset(HOLDERS):
        return "own_order"
    return None


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
    if asked.action is Action.RESUME and asked.suspended_from is State.ON_SITE:
        return RESUMED_ON_SITE.get(asked.state)
    return TABLE.get((asked.state, asked.action))


def _required(step: Step, asked: Asked) -> tuple[str, ...]:
    return (*step.requires, "power") if asked.ground in NEEDS_POWER_LINE else step.requires
