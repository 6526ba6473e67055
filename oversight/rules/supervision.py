"""The life of a 督办单 as one table: (from, action) -> (to, who, what must be said); its clocks, and its number. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from town.terms import Term, Unit


class State(StrEnum):
    """督办单状态."""

    ISSUED = "issued"
    REPLIED = "replied"
    RETURNED = "returned"
    CLOSED = "closed"


class Action(StrEnum):
    """What can be done to it."""

    REPLY = "reply"
    RETURN = "return"
    CLOSE = "close"


class Post(StrEnum):
    """The post towards one 督办单: who must answer, and who judges the answer."""

    ADDRESSEE = "addressee"
    SUPERVISOR = "supervisor"


class Outcome(StrEnum):
    """督办结论: whether the delay had a reason that holds."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


class Clock(StrEnum):
    """The clocks of a 督办单: the answer, and the judgement of it."""

    REPLY = "reply"
    CLOSE = "close"


@dataclass(frozen=True)
class Step:
    """One edge of the table. ``starts`` and ``meets``: the clock of it; ``event``: its name in the journal."""

    source: State
    action: Action
    target: State
    event: str
    by: Post
    requires: tuple[str, ...]
    starts: Clock | None = None


ANSWERABLE = (State.ISSUED, State.RETURNED)
STEPS = (
    *(
        Step(state, Action.REPLY, State.REPLIED, "replied", Post.ADDRESSEE, ("words",), Clock.CLOSE)
        for state in ANSWERABLE
    ),
    Step(State.REPLIED, Action.RETURN, State.RETURNED, "returned", Post.SUPERVISOR, ("words",), Clock.REPLY),
    *(
        Step(state, Action.CLOSE, State.CLOSED, "closed", Post.SUPERVISOR, ("words", "outcome"))
        for state in (*ANSWERABLE, State.REPLIED)
    ),
)
TABLE = {(step.source, step.action): step for step in STEPS}
MET_BY = {Action.REPLY: Clock.REPLY, Action.RETURN: Clock.CLOSE, Action.CLOSE: Clock.CLOSE}
"""The clock that an action answers. Closing makes a reply that is still waited for pointless."""
URGENT = "urgent"
TERMS = {Clock.REPLY: Term(1, Unit.WORKING_DAYS), Clock.CLOSE: Term(2, Unit.WORKING_DAYS)}
URGENT_REPLY = Term(4, Unit.HOURS)


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken; ``code`` stands in the catalogue of problems."""

    code: str
    facts: dict[str, Any]


def decide(
    state: State, action: Action, posts: frozenset[Post], own_reply: bool, given: frozenset[str]
) -> Step | Refusal:
    """The edge, or why there is none. ``own_reply``: the asker wrote the answer, so he does not judge it."""
    step = TABLE.get((state, action))
    if step is None:
        return Refusal("illegal_step", {"state": state, "action": action})
    if step.by not in posts:
        return Refusal("forbidden", {"post": step.by})
    if step.by is Post.SUPERVISOR and own_reply:
        return Refusal("own_reply", {})
    if missing := [name for name in step.requires if name not in given]:
        return Refusal("missing_fact", {"action": action, "missing": missing})
    return step


def allowed(state: State, posts: Iterable[Post], own_reply: bool) -> list[Step]:
    """Every step these posts could take from here, for buttons on a screen."""
    mine = frozenset(posts)
    return [
        step
        for step in STEPS
        if step.source == state and step.by in mine and not (step.by is Post.SUPERVISOR and own_reply)
    ]


def term(clock: Clock, severity: str) -> Term:
    """How long it runs: an urgent matter is answered within hours, by day and by night."""
    return URGENT_REPLY if clock is Clock.REPLY and severity == URGENT else TERMS[clock]


def number(year: int, sequence: int) -> str:
    """督办文号: ``督办〔2026〕0001号``."""
    return f"督办〔{year}〕{sequence:04d}号"
