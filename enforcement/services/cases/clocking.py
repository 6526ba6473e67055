"""The clocks of a case, kept by the watch (办案期限)."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enforcement.rules.cases import clock_starts, clocks
from enforcement.rules.cases.clocks import Change
from enforcement.rules.cases.facts import Act, Case
from town import ladders, watch
from town.clock import Instant
from town.days import Calendar
from town.ladders import Ladder
from town.watch import Deadline


def subject(case_id: uuid.UUID) -> str:
    """What a case is called in the journal and by the watch."""
    return f"case:{case_id}"


def keep(session: Session, case_id: uuid.UUID, after: Case, act: Act, calendar: Calendar) -> None:
    """Meet, drop and start clocks as the act asks for."""
    name = subject(case_id)
    changes = list(clocks.changes(after, act, calendar))
    rounds = _rounds(session, name) if any(change.begun for change in changes) else {}
    for change in changes:
        match change.what:
            case "met":
                watch.meet(session, name, change.clock, act.at)
            case "dropped":
                watch.drop(session, name, [change.clock], act.at)
            case _:
                _begin(session, name, change, calendar, act.recorded_at, rounds.get(change.clock, 0) + 1)


def _rounds(session: Session, name: str) -> dict[str, int]:
    """How often each clock was begun."""
    counted = select(Deadline.kind, func.max(Deadline.round)).where(Deadline.subject == name).group_by(Deadline.kind)
    return dict(session.execute(counted).all())


def _begin(session: Session, name: str, change: Change, calendar: Calendar, recorded_at: Instant, turn: int) -> None:
    assert change.begun
    watch.start(
        session,
        subject=name,
        kind=change.clock,
        term=change.begun.term,
        calendar=calendar,
        at=clock_starts.moment_of(change.begun.since, calendar),
        recorded_at=recorded_at,
        round=turn,
        ladder=_ladder(session, change.clock),
    )
    session.flush()


def _ladder(session: Session, clock: clocks.Clock) -> Ladder:
    """When it rings; the party's own time rings nobody."""
    return () if clocks.BY_KIND[clock].window else ladders.of(session, f"case.{clock}")
