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


@dataclass(frozen=True)
class HandlingTime:
    """One row: ``started_by`` is empty for clocks that no step of the table starts.

    ``lanes``: in which lanes the row stands; empty for all. ``met_by``: the work is done. ``dropped_by``: it is no longer
    asked for, because the order went to somebody else, or into a case with clocks of its own. ``into``: only where the
    step leads there; empty for anywhere.
    """

    clock: Clock
    term: Term
    started_by: frozenset[Action]
    met_by: frozenset[Action]
    lanes: frozenset[Lane] = frozenset()
    dropped_by: frozenset[Action] = frozenset()
    into: State | None = None


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
AT_ONCE = replace(DECIDE, term=Term(10, Unit.MINUTES))
"""研判 of an emergency, or of a matter nobody may be sent out for: by day and by night."""
REPLY = _row(Clock.REPLY, Term(5, Unit.WORKING_DAYS), {Action.TRANSFER}, {Action.TAKEN_OVER, Action.SENT_BACK})
ANSWER = _row(Clock.ANSWER, Term(5, Unit.WORKING_DAYS), set(), {Action.ANSWER, Action.TELL})
RESULT = _row(Clock.RESULT, Term(5, Unit.WORKING_DAYS), {Action.CASE_ENDED}, {Action.ANSWER, Action.TELL})
PROMISES = (ANSWER, RESULT)
"""What the reporter is promised: an answer, which may be that a case was filed; and then what came of the case."""
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
    _row(Clock.HANDLE, Term(3, Unit.WORKING_DAYS), {Action.ARRIVE}, {Action.HANDLE, Action.TO_CASE}),
    _row(
        Clock.SETTLE,
        Term(1, Unit.WORKING_DAYS),
        {Action.ACCEPT, Action.REWORK},
        {Action.SETTLE},
        frozenset({Lane.GRID}),
        ELSEWHERE,
    ),
    _row(
        Clock.CHECK,
        Term(2, Unit.WORKING_DAYS),
        {Action.HANDLE, Action.SETTLE, Action.CASE_ENDED},
        {Action.CHECK, Action.REWORK},
        into=State.HANDLED,
    ),
    _row(Clock.ARBITRATE, Term(1, Unit.WORKING_DAYS), {Action.DISPUTE}, {Action.ARBITRATE, Action.TRANSFER}),
    REPLY,
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
