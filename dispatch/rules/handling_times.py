"""Handling times (办理时限): which clock an action starts, which it stops, and how long it runs.

The accept clock starts at dispatch, every later one at the event named in its row. The lengths are the house's
defaults; a town sets its own with a later edition. Answer: five working days, as in 济南市12345 and 潍坊市12345.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from dispatch.rules.workflow import Action, Lane, State, Step
from town.terms import Term, Unit


class Clock(StrEnum):
    """The clocks of an order."""

    DECIDE = "decide"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    SETTLE = "settle"
    CHECK = "check"
    ARBITRATE = "arbitrate"
    REPLY = "reply"
    ANSWER = "answer"
    RESULT = "result"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Limits:
    """延期限度: by how much a clock may be extended in all, in its own unit, and how often."""

    longest: int = 0
    times: int = 0


NO_LIMITS = Limits()


@dataclass(frozen=True)
class HandlingTime:
    """One row: ``started_by`` is empty for clocks that no step of the table starts.

    ``lanes``: in which lanes the row stands; empty for all. ``met_by``: the work is done. ``dropped_by``: it is no longer
    asked for, because the order went to somebody else, or into a case with clocks of its own. ``into``: only where the
    step leads there; empty for anywhere. ``stage``: what a town's own table calls it
    by where that is not the clock. ``limits``: of its extension.
    """

    clock: Clock
    term: Term
    started_by: frozenset[Action]
    met_by: frozenset[Action]
    lanes: frozenset[Lane] = frozenset()
    dropped_by: frozenset[Action] = frozenset()
    into: State | None = None
    stage: str = ""
    limits: Limits = NO_LIMITS

    @property
    def named(self) -> str:
        """The stage (环节) that the town's own table calls it by."""
        return self.stage or self.clock


ELSEWHERE = frozenset({Action.DISPATCH, Action.TRANSFER, Action.RETURN, Action.DISPUTE, Action.ESCALATE})
FIELD = frozenset({Lane.SQUAD, Lane.UNIT})


def _row(
    clock: Clock,
    term: Term,
    started_by: set[Action],
    met_by: set[Action],
    lanes: frozenset[Lane] = frozenset(),
    dropped_by: frozenset[Action] = frozenset(),
    into: State | None = None,
) -> HandlingTime:
    return HandlingTime(clock, term, frozenset(started_by), frozenset(met_by), lanes, dropped_by, into)


DECIDE = _row(
    Clock.DECIDE,
    Term(2, Unit.WORKING_HOURS),
    {Action.RETURN, Action.SENT_BACK, Action.ESCALATE},
    {Action.DISPATCH, Action.REJECT, Action.TRANSFER},
)
ACCEPT = _row(
    Clock.ACCEPT,
    Term(30, Unit.MINUTES),
    {Action.DISPATCH, Action.ARBITRATE},
    {Action.ACCEPT},
    dropped_by=ELSEWHERE,
)
AT_ONCE = replace(DECIDE, term=Term(10, Unit.MINUTES), stage="decide_at_once")
"""研判 of an emergency, or of a matter nobody may be sent out for: by day and by night."""
REPLY = _row(Clock.REPLY, Term(5, Unit.WORKING_DAYS), {Action.TRANSFER}, {Action.TAKEN_OVER, Action.SENT_BACK})
TELLING = {Action.ANSWER, Action.TELL, Action.SUSPEND}
ANSWER = _row(Clock.ANSWER, Term(5, Unit.WORKING_DAYS), set(), TELLING)
RESULT = _row(Clock.RESULT, Term(5, Unit.WORKING_DAYS), {Action.CASE_ENDED, Action.RESUME}, TELLING)
PROMISES = (ANSWER, RESULT)
"""What the reporter is promised: an answer, which may be that a case was filed or that it has to wait; then what came of it."""
REVIEW = _row(Clock.REVIEW, Term(30, Unit.DAYS), set(), {Action.RESUME})
"""挂账复查: on the day that was named when the order was put aside, which stands in place of the term."""
LONGEST_SUSPENSION = 90
"""Days (日): the longest an order is put aside before somebody looks at it again."""
HANDLE = replace(
    _row(Clock.HANDLE, Term(3, Unit.WORKING_DAYS), {Action.ARRIVE}, {Action.HANDLE, Action.TO_CASE}),
    limits=Limits(3, 1),
)
SETTLE = replace(
    _row(
        Clock.SETTLE,
        Term(1, Unit.WORKING_DAYS),
        {Action.ACCEPT, Action.REWORK},
        {Action.SETTLE},
        frozenset({Lane.GRID}),
        ELSEWHERE,
    ),
    limits=Limits(1, 1),
)
EXTENDABLE = (HANDLE, SETTLE)
"""Clocks that may be given more time (延期): the work itself; never who has to sign, come or decide."""
TABLE = (
    DECIDE,
    ACCEPT,
    _row(
        Clock.ARRIVE,
        Term(2, Unit.WORKING_HOURS),
        {Action.ACCEPT, Action.REWORK},
        {Action.ARRIVE},
        FIELD,
        ELSEWHERE | {Action.TO_CASE},
    ),
    HANDLE,
    SETTLE,
    _row(
        Clock.CHECK,
        Term(2, Unit.WORKING_DAYS),
        {Action.HANDLE, Action.SETTLE, Action.CASE_ENDED},
        {Action.CHECK, Action.REWORK},
        into=State.HANDLED,
    ),
    _row(Clock.ARBITRATE, Term(1, Unit.WORKING_DAYS), {Action.DISPUTE}, {Action.ARBITRATE, Action.TRANSFER}),
    REPLY,
    REVIEW,
    *PROMISES,
)


def started_by(step: Step, lane: Lane) -> list[HandlingTime]:
    """The clocks that this step starts while the order is in this lane."""
    asked = (row for row in TABLE if step.action in row.started_by and row.into in {None, step.target})
    return [row for row in asked if not row.lanes or lane in row.lanes]


def met_by(action: Action) -> list[HandlingTime]:
    """The clocks that this action stops."""
    return [row for row in TABLE if action in row.met_by]


def dropped_by(action: Action) -> list[HandlingTime]:
    """The clocks that this action makes pointless."""
    return [row for row in TABLE if action in row.dropped_by]


def started_by_report(lane: Lane, alarm: bool = False) -> list[HandlingTime]:
    """The clocks that an intake starts: the promise to the reporter, and the one of whoever holds the order now.

    ``alarm``: what the desk must look at at once does not wait for the office to open.
    """
    return [ANSWER, AT_ONCE if alarm and lane is Lane.DESK else FIRST.get(lane, ACCEPT)]


FIRST = {Lane.DESK: DECIDE, Lane.TRANSFER: REPLY}
"""The clock of whoever has just got an order; in every other lane it is to be accepted."""
OF_A_HOLDER = tuple(row for row in TABLE if row not in PROMISES)
"""What is waited for from whoever has the order, as opposed to what the reporter is promised."""
PAUSED_WITH_THE_ORDER = tuple(row for row in OF_A_HOLDER if row is not REVIEW)
"""What stands still while an order is put aside (挂账)."""


def stops(action: Action) -> frozenset[Clock]:
    """The clocks that this action leaves nobody waiting for."""
    return frozenset(row.clock for row in (*met_by(action), *dropped_by(action)))
