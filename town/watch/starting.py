"""Starting and ending clocks (起止): a room starts its clocks, meets them, and drops those that nobody waits for."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from town import ids, journal, terms
from town.clock import Instant
from town.ladders import Ladder
from town.terms import Calendar, Term
from town.watch.models import WAITED_FOR, Deadline, State
from town.watch.reading import locked, open_pause
from town.watch.reckoning import next_rung_at, next_wake
from town.watch.telling import MISSED_KIND, entry


def start(
    session: Session,
    *,
    subject: str,
    kind: str,
    term: Term,
    calendar: Calendar,
    at: Instant,
    recorded_at: Instant,
    round: int = 1,
    ladder: Ladder = (),
) -> Deadline:
    """Start a clock at ``at``. One that is already over when it is written down is kept as past and rings nobody.

    ``ladder``: levels and the percent of the time at which each is reached; the clock keeps it whatever the table says later.
    """
    due = terms.due(at, term, calendar)
    deadline = Deadline(
        id=ids.new_id(),
        subject=subject,
        kind=kind,
        round=round,
        amount=term.amount,
        extended=0,
        unit=term.unit,
        started_at=at,
        due_at=due.at,
        ladder=sorted(ladder, key=lambda rung: rung[1]),
        rung=0,
        provisional=due.provisional,
        edition=calendar.edition,
        version=0,
        state=State.PAST if due.at <= recorded_at else State.RUNNING,
    )
    if deadline.state == State.RUNNING:
        deadline.wakes_at = next_wake(deadline, next_rung_at(deadline, due, calendar))
    session.add(deadline)
    return deadline


def meet(session: Session, subject: str, kind: str, at: Instant) -> None:
    """What the clock waited for happened at ``at``: in time if before it was due, whatever was noticed meanwhile.

    Late is recorded as late: a missed clock stays missed, and a running one whose hour has passed becomes so. What
    happens while a clock stands still is in time.
    """
    for deadline in _unmet(session, subject, [kind], Deadline.state != State.DROPPED):
        deadline.met_at, deadline.wakes_at = at, None
        if deadline.state == State.PAUSED:
            _stop_standing_still(session, deadline, at)
            deadline.state = State.MET
        elif at < deadline.due_at:
            deadline.state = State.MET
        elif deadline.state == State.RUNNING:
            miss(session, deadline, at)


def drop(session: Session, subject: str, kinds: Collection[str], at: Instant) -> None:
    """Nobody waits for these clocks any more: those that run or stand still stop.

    What was missed stays missed, and is no longer waited for.
    """
    for deadline in _unmet(session, subject, kinds, Deadline.state.in_(WAITED_FOR)):
        if deadline.state == State.RUNNING and deadline.due_at <= at:
            miss(session, deadline, at)  # nobody had looked yet; late is late
        deadline.wakes_at = None
        if deadline.state == State.MISSED:
            deadline.met_at = at
            continue
        if deadline.state == State.PAUSED:
            _stop_standing_still(session, deadline, at)
        deadline.state = State.DROPPED


def miss(session: Session, deadline: Deadline, now: Instant) -> None:
    """A clock is over and nothing came: said so, in its row and in the journal."""
    deadline.state, deadline.wakes_at = State.MISSED, None
    deadline.noticed_at = now
    moments = {"due": deadline.due_at.isoformat(), "noticed": now.isoformat()}
    journal.append_many(session, [entry(deadline, MISSED_KIND, now, moments)])


def _stop_standing_still(session: Session, deadline: Deadline, at: Instant) -> None:
    """A clock that is over leaves no pause open."""
    pause = open_pause(session, deadline)
    pause.until = max(at, pause.since)


def _unmet(session: Session, subject: str, kinds: Collection[str], which: ColumnElement[bool]) -> Sequence[Deadline]:
    unmet = (Deadline.subject == subject, Deadline.kind.in_(kinds), Deadline.met_at.is_(None))
    return locked(session, *unmet, which)
