"""Clocks that are watched (时限): a deadline is a row; the watch claims what is due and acts on it exactly once.

Each room starts and meets its own clocks and registers what a due one does; the watch knows no meaning.
Why it is built this way: docs/adr/0003-one-clock.md.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from town import ids, journal, terms
from town.clock import Instant
from town.database import Base, Database, Json, Moment
from town.terms import BY_CALENDAR, Calendar, Due, Term, Unit

ACTOR = "system:watch"
MISSED_KIND = "clock.missed"
REVISED_KIND = "clock.revised"
BATCH = 20
PAGE = 1000
MOST_ASKED = 20_000
"""Values in one statement: PostgreSQL takes 65,535, SQLite as few as 32,766."""
SHORTEST_PAUSE = dt.timedelta(seconds=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
GIVE_WAY = text("SET LOCAL lock_timeout = '100ms'")
"""Far shorter than PostgreSQL's deadlock check (1 s): where a handler and a person want each other's rows, the watch yields."""

log = structlog.get_logger()


class State(StrEnum):
    """Where a clock stands. ``past``: already over when it was written down, so it rings nobody."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    PAST = "past"
    DROPPED = "dropped"


WAITING = text("wakes_at IS NOT NULL")
"""Clocks that the watch still has to look at; spelled out, because both engines match a partial index by its words."""


STILL = text("until IS NULL")


class Deadline(Base):
    """时限: one clock of one subject. ``met_at`` may follow a miss: late is late, and still done.

    ``amount``: as the table of handling times says; ``extended``: what was granted beyond it, in the same unit.
    ``wakes_at``: when the watch looks at it next; empty when it never has to again. ``edition``: of the table of working
    days it was reckoned with. ``ladder``: levels and the share of the time in percent at which each is reached, as they
    stood when it started; ``rung``: how many of them were rung or passed over. ``version``: its last one in the journal,
    0 as long as nothing happened to it.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("subject", "kind", "round"),
        Index("ix_deadline_waiting", "wakes_at", postgresql_where=WAITING, sqlite_where=WAITING),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    round: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int]
    extended: Mapped[int] = mapped_column(default=0, server_default="0")
    unit: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[dt.datetime] = mapped_column(Moment)
    due_at: Mapped[dt.datetime] = mapped_column(Moment)
    wakes_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    ladder: Mapped[list[tuple[str, int]]] = mapped_column(Json, default=list, server_default="[]")
    rung: Mapped[int] = mapped_column(default=0, server_default="0")
    provisional: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=State.RUNNING)
    met_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    noticed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Pause(Base):
    """暂停: a stretch of a clock that does not count, with its reason and who answers for it. Open while ``until`` is empty."""

    __tablename__ = "deadline_pause"
    __table_args__ = (
        Index("ix_deadline_pause_open", "deadline_id", unique=True, postgresql_where=STILL, sqlite_where=STILL),
        Index("ix_deadline_pause_deadline", "deadline_id"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"))
    reason: Mapped[str] = mapped_column(String(40))
    since: Mapped[dt.datetime] = mapped_column(Moment)
    until: Mapped[dt.datetime | None] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))


class Extension(Base):
    """延长: what was granted beyond a clock's term, in its own unit, why, and by whom."""

    __tablename__ = "deadline_extension"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    granted_at: Mapped[dt.datetime] = mapped_column(Moment)
    granted_by: Mapped[str] = mapped_column(String(80))


class Beat(Base):
    """值守心跳: when the watch last looked, by the wall and by the machine's steady clock, and on which run of which machine."""

    __tablename__ = "watch_beat"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    wall: Mapped[dt.datetime] = mapped_column(Moment)
    steady: Mapped[float] = mapped_column(Float(53))
    boot: Mapped[str] = mapped_column(String(80))


Handler = Callable[[Session, Deadline, Instant], None]
"""What a room does when its clock is due: (session, the missed deadline, now). It must not commit."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A clock that runs out at another moment, or for certain, now that more is known about working days."""

    subject: str
    kind: str
    was: Instant
    due: Instant
    provisional: bool


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
) -> Deadline:
    """Start a clock at ``at``. One that is already over when it is written down is kept as past and rings nobody."""
    due = terms.due(at, term, calendar)
    deadline = Deadline(
        id=ids.new_id(),
        subject=subject,
        kind=kind,
        round=round,
        amount=term.amount,
        unit=term.unit,
        started_at=at,
        due_at=due.at,
        wakes_at=None if due.at <= recorded_at else due.at,
        provisional=due.provisional,
        edition=calendar.edition,
        version=0,
        state=State.PAST if due.at <= recorded_at else State.RUNNING,
    )
    session.add(deadline)
    return deadline


def meet(session: Session, subject: str, kind: str, at: Instant) -> None:
    """What the clock waited for happened at ``at``: in time if before it was due, whatever was noticed meanwhile.

    Late is recorded as late: a missed clock stays missed, and a running one whose hour has passed becomes so.
    """
    unmet = (Deadline.subject == subject, Deadline.kind == kind, Deadline.met_at.is_(None))
    for deadline in _lock(session, *unmet, Deadline.state != State.DROPPED):
        deadline.met_at, deadline.wakes_at = at, None
        if at < deadline.due_at:
            deadline.state = State.MET
        elif deadline.state == State.RUNNING:
            _miss(session, deadline, at)


def drop(session: Session, subject: str, kinds: Collection[str], at: Instant) -> None:
    """Nobody waits for these clocks any more: running ones stop. What was missed stays missed, and is no longer waited for."""
    unmet = (Deadline.subject == subject, Deadline.kind.in_(kinds), Deadline.met_at.is_(None))
    for deadline in _lock(session, *unmet, Deadline.state.in_((State.RUNNING, State.MISSED))):
        deadline.wakes_at = None
        if deadline.state == State.MISSED:
            deadline.met_at = at
        else:
            deadline.state = State.DROPPED


def of(session: Session, subject: str) -> Sequence[Deadline]:
    """Every clock of a subject, in the order they were started."""
    found = select(Deadline).where(Deadline.subject == subject)
    return session.scalars(found.order_by(Deadline.started_at, Deadline.due_at, Deadline.id)).all()


def nearest(session: Session, subjects: Iterable[str]) -> dict[str, Deadline]:
    """The clock to show for each subject, if it has one: unmet, running or missed, and due first. One query a page."""
    wanted = list(subjects)
    pages = (wanted[start : start + MOST_ASKED] for start in range(0, len(wanted), MOST_ASKED))
    return {clock.subject: clock for page in pages for clock in _nearest(session, page)}


def _nearest(session: Session, subjects: Sequence[str]) -> Iterable[Deadline]:
    rank = func.row_number().over(partition_by=Deadline.subject, order_by=(Deadline.due_at, Deadline.id)).label("rank")
    waited_for = (Deadline.met_at.is_(None), Deadline.state.in_((State.RUNNING, State.MISSED)))
    ranked = select(Deadline, rank).where(Deadline.subject.in_(subjects), *waited_for).subquery()
    first = aliased(Deadline, ranked)
    return session.scalars(select(first).where(ranked.c.rank == 1))


def reckon(deadline: Deadline, calendar: Calendar) -> Due:
    """When a stored clock is due by this calendar, with its reasons for ``terms.explain``."""
    return terms.due(deadline.started_at, Term(deadline.amount, Unit(deadline.unit)), calendar)


def tick(database: Database, now: Instant, on_due: Mapping[str, Handler], limit: int = BATCH) -> int:
    """Take up at most ``limit`` due clocks, act on each once, and say how many; call again while it says ``limit``.

    State, journal and the handler's work are one transaction. A clock whose handler fails is logged and put off, longer
    each time, and holds up no other.
    """
    with database.write() as session:
        if not database.sqlite:
            session.execute(GIVE_WAY)
        due = select(Deadline).where(WAITING, Deadline.wakes_at <= now).order_by(Deadline.wakes_at).limit(limit)
        claimed = session.scalars(due.with_for_update(skip_locked=True)).all()
        for deadline in claimed:
            _ring(session, deadline, now, on_due.get(deadline.kind))
        return len(claimed)


def _ring(session: Session, deadline: Deadline, now: Instant, handler: Handler | None) -> None:
    try:
        with session.begin_nested():
            _miss(session, deadline, now)
            if handler:
                handler(session, deadline, now)
    except Exception:
        deadline.wakes_at = now + min(max(now - deadline.due_at, SHORTEST_PAUSE), LONGEST_PAUSE)
        log.exception(
            "clock.failed", deadline=str(deadline.id), kind=deadline.kind, again_at=deadline.wakes_at.isoformat()
        )


def _miss(session: Session, deadline: Deadline, now: Instant) -> None:
    deadline.state, deadline.wakes_at = State.MISSED, None
    deadline.noticed_at = now
    moments = {"due": deadline.due_at.isoformat(), "noticed": now.isoformat()}
    journal.append_many(session, [_entry(deadline, MISSED_KIND, now, moments)])


def _entry(deadline: Deadline, kind: str, now: Instant, facts: dict[str, Any]) -> journal.Entry:
    """The version is the second guard: the journal refuses a clock that is missed twice."""
    deadline.version += 1
    data = {"subject": deadline.subject, "kind": deadline.kind, **facts}
    return journal.Entry(f"deadline:{deadline.id}", deadline.version, kind, ACTOR, now, data)


def revise(session: Session, calendar: Calendar, now: Instant) -> list[Revised]:
    """Reckon anew every clock that was reckoned with an older table of working days, and journal those that change.

    A clock missed by a date that turns out wrong runs again, or counts as met if what it waited for came in time.
    """
    revised: list[Revised] = []
    while page := _lock(session, *_outdated(calendar), limit=PAGE):
        changed = [(deadline, change) for deadline in page if (change := _reckon_anew(deadline, calendar, now))]
        if changed:
            journal.append_many(session, [_revision(deadline, change, now) for deadline, change in changed])
        revised += [change for _, change in changed]
        session.flush()
    return revised


def _outdated(calendar: Calendar) -> tuple[ColumnElement[bool], ...]:
    """Running ones, and missed ones that may have been missed by a wrong date; what is over and sure is history."""
    doubtful = (Deadline.state == State.MISSED) & (Deadline.met_at.is_(None) | Deadline.provisional)
    alive = or_(Deadline.state == State.RUNNING, doubtful)
    return Deadline.edition != calendar.edition, Deadline.unit.in_(BY_CALENDAR), alive


def _reckon_anew(deadline: Deadline, calendar: Calendar, now: Instant) -> Revised | None:
    due, was = reckon(deadline, calendar), deadline.due_at
    deadline.edition = calendar.edition
    if (due.at, due.provisional) == (was, deadline.provisional):
        return None
    deadline.due_at = deadline.wakes_at = due.at
    deadline.provisional = due.provisional
    if deadline.state == State.MISSED:
        deadline.state = _after_a_miss(deadline, now)
    return Revised(deadline.subject, deadline.kind, was, due.at, due.provisional)


def _revision(deadline: Deadline, change: Revised, now: Instant) -> journal.Entry:
    moments = {"was": change.was.isoformat(), "due": change.due.isoformat(), "provisional": change.provisional}
    return _entry(deadline, REVISED_KIND, now, moments | {"state": deadline.state, "edition": deadline.edition})


def _after_a_miss(deadline: Deadline, now: Instant) -> State:
    if deadline.met_at is not None:
        return State.MET if deadline.met_at < deadline.due_at else State.MISSED
    return State.RUNNING if now < deadline.due_at else State.MISSED


def _lock(session: Session, *which: ColumnElement[bool], limit: int | None = None) -> Sequence[Deadline]:
    """Rows as they stand now, locked until the transaction ends, always in one order."""
    found = select(Deadline).where(*which).order_by(Deadline.id).limit(limit).with_for_update()
    return session.scalars(found, execution_options={"populate_existing": True}).all()
