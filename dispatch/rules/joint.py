"""Joint tasks (吹哨报到) as one table: what one more squad or unit owes an order that somebody else leads.

首接负责: whoever accepted the order first goes on leading it, whomever he calls (北京市接诉即办工作条例 14). A body may say
once that a task is not its own; the second time the supervisor decides, and what he gives nobody refuses.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dispatch.rules import codes
from dispatch.rules.steps_table import ENDED as ORDER_ENDED
from dispatch.rules.workflow import Refusal


class State(StrEnum):
    """协办状态."""

    CALLED = "called"
    REPORTED = "reported"
    DONE = "done"
    REFUSED = "refused"
    ARBITRATION = "arbitration"
    RELEASED = "released"


class Action(StrEnum):
    """What can be done to a task. ``FALL_BACK`` and ``LAPSE`` happen by themselves."""

    REPORT_IN = "report_in"
    FINISH = "finish"
    REFUSE = "refuse"
    INSIST = "insist"
    RELEASE = "release"
    MUST_COME = "must_come"
    OTHER_BODY = "other_body"
    LAST_RESORT = "last_resort"
    FALL_BACK = "fall_back"
    LAPSE = "lapse"


class Post(StrEnum):
    """Who somebody is towards one task.

    ``BODY``: whoever was called, or the desk for a unit of others. ``CALLER``: the leader of the squad that has the order,
    or the desk.
    """

    BODY = "body"
    CALLER = "caller"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Ground(StrEnum):
    """推辞理由."""

    NOT_OUR_AREA = "not_our_area"
    NOT_OUR_FIELD = "not_our_field"
    NO_POWER = "no_power"
    ENGAGED = "engaged"


class Outcome(StrEnum):
    """协办结果."""

    HELPED = "helped"
    NOT_NEEDED = "not_needed"


NEEDS_POWER_LINE = frozenset({Ground.NO_POWER, Ground.NOT_OUR_FIELD})
"""These are said about a line of the power list, so the line must be named."""


@dataclass(frozen=True)
class Step:
    """One edge of the table. ``requires``: facts that must come with it; ``body`` is a squad or a unit."""

    source: State
    action: Action
    target: State
    event: str
    by: frozenset[Post]
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One wish to act on a task as it stands. ``refusals``: how often the task was refused before."""

    state: State
    action: Action
    posts: frozenset[Post]
    given: frozenset[str]
    refusals: int = 0
    last_resort: bool = False
    ground: Ground | None = None


def _step(source: State, action: Action, target: State, event: str, by: Post, *requires: str) -> Step:
    return Step(source, action, target, event, frozenset({by}), requires)


OPEN = (State.CALLED, State.REPORTED, State.REFUSED, State.ARBITRATION)
"""Somebody is still waited for."""
ENDED = frozenset({State.DONE, State.RELEASED})

STEPS = (
    _step(State.CALLED, Action.REPORT_IN, State.REPORTED, "reported", Post.BODY),
    _step(State.REPORTED, Action.FINISH, State.DONE, "done", Post.BODY, "outcome", "words"),
    _step(State.CALLED, Action.REFUSE, State.REFUSED, "refused", Post.BODY, "ground", "words"),
    _step(State.REFUSED, Action.INSIST, State.CALLED, "insisted", Post.CALLER, "words"),
    *(
        _step(state, Action.RELEASE, State.RELEASED, "released", Post.CALLER, "words")
        for state in (State.CALLED, State.REPORTED, State.REFUSED)
    ),
    _step(State.ARBITRATION, Action.MUST_COME, State.CALLED, "must_come", Post.SUPERVISOR, "words"),
    _step(State.ARBITRATION, Action.OTHER_BODY, State.CALLED, "other_body", Post.SUPERVISOR, "body", "words"),
    _step(State.ARBITRATION, Action.LAST_RESORT, State.CALLED, "last_resort", Post.SUPERVISOR, "words"),
    _step(State.ARBITRATION, Action.RELEASE, State.RELEASED, "released", Post.SUPERVISOR, "words"),
    _step(State.ARBITRATION, Action.FALL_BACK, State.CALLED, "fell_back", Post.SYSTEM),
    *(_step(state, Action.LAPSE, State.RELEASED, "lapsed", Post.SYSTEM) for state in OPEN),
)
TABLE = {(step.source, step.action): step for step in STEPS}
SECOND_REFUSAL = _step(State.CALLED, Action.REFUSE, State.ARBITRATION, "disputed", Post.BODY, "ground", "words")
"""再次推辞: what a refusal becomes the second time: not to the caller again but to the supervisor."""
MOST_REFUSALS = 2

CALLABLE = frozenset({codes.State.ACCEPTED, codes.State.ON_SITE, codes.State.IN_CASE})
"""首接负责: others are called to an order only once somebody has accepted it, who then leads."""
LAST_SAID = frozenset({codes.Action.HANDLE, codes.Action.SETTLE})
"""The leader cannot say that it is done while somebody is missing."""
PASSED_ON = frozenset({codes.Action.RETURN})
"""Nor can he, once he has accepted it, give an order back that others were called to."""


def decide(asked: Asked) -> Step | Refusal:
    """The step that may be taken, or the first reason why not."""
    step = _edge(asked)
    if step is None:
        return Refusal("joint_step", {"state": asked.state, "action": asked.action})
    if not step.by & asked.posts:
        return Refusal("forbidden", {"posts": sorted(step.by)})
    if asked.action is Action.REFUSE and not may_refuse(asked.refusals, asked.last_resort):
        return Refusal("refusal_spent", {})
    if missing := [name for name in _required(step, asked.ground) if name not in asked.given]:
        return Refusal("missing_fact", {"action": asked.action, "missing": missing})
    return step


def allowed(state: State, posts: frozenset[Post], refusals: int, last_resort: bool) -> list[Step]:
    """Every step these posts could take from here, for buttons on a screen."""
    mine = (step for step in STEPS if step.source == state and step.by & posts)
    return [step for step in mine if step.action is not Action.REFUSE or may_refuse(refusals, last_resort)]


def may_refuse(refusals: int, last_resort: bool) -> bool:
    """Nobody refuses what the supervisor gave, nor what fell to him because nobody else took it."""
    return not last_resort and refusals < MOST_REFUSALS


def waits_for_others(state: codes.State, action: codes.Action) -> bool:
    """Whether the leader may take this step of the order only when nobody who was called is missing."""
    return action in LAST_SAID or (action in PASSED_ON and state is not codes.State.DISPATCHED)


def over(state: codes.State) -> bool:
    """Whether an order that stands so needs nobody's help any more."""
    return state in ORDER_ENDED or state is codes.State.TRANSFERRED


def as_data() -> list[dict[str, Any]]:
    """The table as plain data."""
    return [
        {
            "from": step.source.value,
            "action": step.action.value,
            "to": step.target.value,
            "by": sorted(step.by),
            "requires": list(step.requires),
        }
        for step in (*STEPS, SECOND_REFUSAL)
    ]


def _edge(asked: Asked) -> Step | None:
    edge = TABLE.get((asked.state, asked.action))
    second = asked.action is Action.REFUSE and asked.refusals == MOST_REFUSALS - 1
    return SECOND_REFUSAL if edge and second else edge


def _required(step: Step, ground: Ground | None) -> tuple[str, ...]:
    return (*step.requires, "power") if ground in NEEDS_POWER_LINE else step.requires
