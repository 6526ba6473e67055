"""Handling times (办理时限): which clock an action starts, which it stops, and how long it runs.

The accept clock starts at dispatch, every later one at the event named in its row. The lengths are the house's
defaults; a town sets its own with a later edition. Answer: five working days, as in 济南市12345 and 潍坊市12345.
"""

from dataclasses import dataclass
from enum import StrEnum

from dispatch.rules.workflow import Action
from town.terms import Term, Unit


class Clock(StrEnum):
    """The clocks of an order."""

    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    CHECK = "check"
    ANSWER = "answer"


@dataclass(frozen=True)
class HandlingTime:
    """One row: ``started_by`` is empty for the clock that the report itself starts."""

    clock: Clock
    term: Term
    started_by: frozenset[Action]
    met_by: frozenset[Action]


def _row(clock: Clock, term: Term, started_by: set[Action], met_by: set[Action]) -> HandlingTime:
    return HandlingTime(clock, term, frozenset(started_by), frozenset(met_by))


TABLE = (
    _row(Clock.ACCEPT, Term(30, Unit.MINUTES), {Action.DISPATCH}, {Action.ACCEPT}),
    _row(Clock.ARRIVE, Term(2, Unit.WORKING_HOURS), {Action.ACCEPT, Action.REWORK}, {Action.ARRIVE}),
    _row(Clock.HANDLE, Term(3, Unit.WORKING_DAYS), {Action.ARRIVE}, {Action.HANDLE}),
    _row(Clock.CHECK, Term(2, Unit.WORKING_DAYS), {Action.HANDLE}, {Action.CHECK, Action.REWORK}),
    _row(Clock.ANSWER, Term(5, Unit.WORKING_DAYS), set(), {Action.ANSWER}),
)


def started_by(action: Action) -> list[HandlingTime]:
    """The clocks that this action starts."""
    return [row for row in TABLE if action in row.started_by]


def met_by(action: Action) -> list[HandlingTime]:
    """The clocks that this action stops."""
    return [row for row in TABLE if action in row.met_by]


def started_by_report() -> list[HandlingTime]:
    """The clocks that the report itself starts: the promise to the reporter."""
    return [row for row in TABLE if not row.started_by]
