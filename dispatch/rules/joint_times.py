"""Handling times of joint tasks (协办时限): which clock an action starts, which it stops, and how long it runs.

The lengths are the house's defaults; a town sets its own under the stages named here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dispatch.rules.joint import Action, State, Step
from town.terms import Term, Unit


class Clock(StrEnum):
    """The clocks of a task, on ``joint:<id>``."""

    REPORT_IN = "report_in"
    ASSIST = "assist"
    RESPOND = "respond"
    ARBITRATE = "arbitrate"


@dataclass(frozen=True)
class JointTime:
    """办理时限 of a task. ``stage``: its name in the town's table; ``into``: only where the step leads there."""

    clock: Clock
    stage: str
    term: Term
    started_by: frozenset[Action]
    met_by: frozenset[Action]
    dropped_by: frozenset[Action]
    into: State | None = None


def _time(
    clock: Clock,
    stage: str,
    term: Term,
    started_by: set[Action],
    met_by: set[Action],
    dropped_by: set[Action],
    into: State | None = None,
) -> JointTime:
    return JointTime(clock, stage, term, frozenset(started_by), frozenset(met_by), frozenset(dropped_by), into)


GIVEN = {Action.MUST_COME, Action.OTHER_BODY, Action.LAST_RESORT, Action.FALL_BACK}
"""What the supervisor, or the clock in his place, may say instead of letting somebody go."""
REPORTING = _time(
    Clock.REPORT_IN,
    "joint_report",
    Term(2, Unit.WORKING_HOURS),
    {Action.INSIST, *GIVEN},
    {Action.REPORT_IN},
    {Action.REFUSE, Action.RELEASE, Action.LAPSE},
)
"""Starts with the call, too."""
TIMES = (
    REPORTING,
    _time(
        Clock.ASSIST,
        "joint_assist",
        Term(3, Unit.WORKING_DAYS),
        {Action.REPORT_IN},
        {Action.FINISH},
        {Action.RELEASE, Action.LAPSE},
    ),
    _time(
        Clock.RESPOND,
        "joint_respond",
        Term(2, Unit.WORKING_HOURS),
        {Action.REFUSE},
        {Action.INSIST, Action.RELEASE},
        {Action.LAPSE},
        into=State.REFUSED,
    ),
    _time(
        Clock.ARBITRATE,
        "joint_arbitrate",
        Term(1, Unit.WORKING_DAYS),
        {Action.REFUSE},
        {Action.RELEASE, *GIVEN},
        {Action.LAPSE},
        into=State.ARBITRATION,
    ),
)


def started_by(step: Step) -> list[JointTime]:
    """The clocks that this step starts."""
    return [row for row in TIMES if step.action in row.started_by and row.into in {None, step.target}]


def met_by(action: Action) -> Iterable[JointTime]:
    """The clocks that this action stops."""
    return (row for row in TIMES if action in row.met_by)


def dropped_by(action: Action) -> Iterable[JointTime]:
    """The clocks that this action makes pointless."""
    return (row for row in TIMES if action in row.dropped_by)
