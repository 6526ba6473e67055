"""The clocks of a case, kept by the watch (办案期限)."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enforcement.rules.cases import clock_starts, clocks
from enforcement.rules.cases.clocks import Change
from enforcement.rules.cases.facts import Act, Case
from town import watch
from town.clock import Instant
from town.days import Calendar
from town.watch import Deadline


def subject(case_id: uuid.UUID) -> str:
    """What a case is called in the journal and by the watch."""
    return f"case:{case_id}"


def keep(session: Session, case_id: uuid.UUID, after: Case, act: Act, calendar: Calendar) -> None:
    """Meet, drop and start clocks as the act asks for."""
    name = subject(case_id)
    for change in clocks.changes(after, act, calendar):
        match change.what:
            case "met":
                watch.meet(session, name, change.clock, act.at)
            case "dropped":
                watch.drop(session, name, [change.clock], act.at)
            case _:
                _begin(session, name, change, calendar, act.recorded_at)


def _begin(session: Session, name: str, change: Change, calendar: Calendar, recorded_at: Instant) -> None:
    assert change.begun
    same = Deadline.subject == name, Deadline.kind == change.clock
    turns = session.scalar(select(func.max(Deadline.round)).where(*same)) or 0
    watch.start(
        session,
        subject=name,
        kind=change.clock,
        term=change.begun.term,
        calendar=calendar,
        at=clock_starts.moment_of(change.begun.since, calendar),
        recorded_at=recorded_at,
        round=turns + 1,
    )
    session.flush()
