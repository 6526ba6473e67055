"""Alarms (预警): what happens when a clock reaches a rung of its ladder. One alarm for each clock and level, ever.

Journal: ``alarm.raised`` on ``alarm:<id>``, with whom it was brought to and which seats were passed over and why.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from oversight.models import Alarm
from oversight.services.supervision import notices, recipients, supervisions
from oversight.services.supervision.notices import Told
from oversight.services.supervision.recipients import Recipient
from town import calendars, ids, journal, watch
from town.clock import Instant
from town.ladders import Level
from town.watch import Deadline, Rung, State

ACTOR = "system:supervision"
CLOSED_AT_ONCE = 200


def on_rung(session: Session, deadline: Deadline, rung: Rung, now: Instant) -> None:
    """A clock reached a rung: somebody is told. The same rung told again does nothing, however often and from wherever."""
    recipient = recipients.of(session, deadline.subject, rung.level, now)
    alarm_id = _raise(session, deadline, rung, recipient, now)
    if alarm_id is None:
        return
    told = Told(rung.level, recipient.matter.severity, alarm_id=alarm_id)
    for account_id in (recipient.account_id, *(person.id for person in recipient.too)):
        notices.tell(session, account_id, told, now)
    if rung.level == Level.SUPERVISE:
        supervisions.issue_by_itself(session, deadline, alarm_id, recipient, now)
    if rung.level == Level.ACCOUNT:
        supervisions.hold_accountable(session, deadline.subject, alarm_id, now)


def close_settled(session: Session, now: Instant) -> int:
    """Close alarms whose clock no longer asks for anything, and say how many; again while it says ``CLOSED_AT_ONCE``.

    Whoever reads alarms is told so at once (``standing``, ``why_over``); this writes it down.
    """
    asked = select(Alarm, Deadline).join(Deadline, Deadline.id == Alarm.deadline_id)
    doubtful = Alarm.closed_at.is_(None), or_(~_waited_for(), Deadline.due_at > Alarm.due_at)
    some = asked.where(*doubtful).order_by(Alarm.id).limit(CLOSED_AT_ONCE).with_for_update(skip_locked=True, of=Alarm)
    found = [(alarm, deadline) for alarm, deadline in session.execute(some)]
    for alarm, deadline in found:
        _close(session, alarm, deadline, now)
    session.flush()
    return len(found)


def standing() -> ColumnElement[bool]:
    """Alarms that ask for something, as a condition on alarms joined with their clocks."""
    return and_(Alarm.closed_at.is_(None), _waited_for())


def why_over(deadline: Deadline) -> str | None:
    """Why the alarms of a clock ask for nothing any more: met, dropped or paused; None while they do."""
    if deadline.met_at is not None or deadline.state == State.MET:
        return "met"
    return {State.DROPPED: "dropped", State.PAUSED: "paused"}.get(State(deadline.state))


def found_nobody(session: Session) -> Sequence[Alarm]:
    """Alarms that stand at the desk because there was nobody in the whole town: a finding of the nightly proof."""
    asked = select(Alarm).join(Deadline, Deadline.id == Alarm.deadline_id)
    return session.scalars(asked.where(standing(), Alarm.account_id.is_(None)).order_by(Alarm.id)).all()


def _waited_for() -> ColumnElement[bool]:
    return and_(Deadline.met_at.is_(None), Deadline.state.in_(notices.WAITED_FOR))


def _raise(session: Session, deadline: Deadline, rung: Rung, recipient: Recipient, now: Instant) -> uuid.UUID | None:
    """The alarm's id; None when it stands already. One that was closed because the clock moved is raised again."""
    connection, values = session.connection(), _values(deadline, rung, recipient, now)
    alarm_id: uuid.UUID = ids.new_id()
    row = {"id": alarm_id, "deadline_id": deadline.id, "level": rung.level, **values}
    if connection.execute(FIRST[connection.dialect.name], row).first():
        journal.append(session, version=1, **_told(alarm_id, deadline, rung, recipient, now))
        return alarm_id
    again = _again(session, deadline, rung, values)
    if again is not None:
        journal.note(session, **_told(again, deadline, rung, recipient, now))
    return again


def _again(session: Session, deadline: Deadline, rung: Rung, values: dict[str, Any]) -> uuid.UUID | None:
    same = Alarm.deadline_id == deadline.id, Alarm.level == rung.level, Alarm.closed_at.is_not(None)
    return session.scalar(
        update(Alarm).where(*same).values(**values, closed_at=None, closed_why=None).returning(Alarm.id)
    )


FIRST = {
    dialect: insert(Alarm).on_conflict_do_nothing(index_elements=[Alarm.deadline_id, Alarm.level]).returning(Alarm.id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
"""Built once, and asked past the session: thousands may be due at once."""


def _values(deadline: Deadline, rung: Rung, recipient: Recipient, now: Instant) -> dict[str, Any]:
    return {
        "subject": deadline.subject,
        "clock": deadline.kind,
        "percent": rung.percent,
        "due_at": deadline.due_at,
        "reached_at": rung.reached_at,
        "raised_at": now,
        "squad_id": recipient.matter.squad_id,
        "seat": recipient.found.seat,
        "account_id": recipient.account_id,
        "fallback": recipient.found.fallback,
        "passed": recipient.passed,
    }


def _told(alarm_id: uuid.UUID, deadline: Deadline, rung: Rung, recipient: Recipient, now: Instant) -> dict[str, Any]:
    data = {
        "subject": deadline.subject,
        "clock": deadline.kind,
        "level": rung.level,
        "percent": rung.percent,
        "reached": rung.reached_at.isoformat(),
        "seat": recipient.found.seat,
        "account": str(recipient.account_id) if recipient.account_id else None,
        "too": [str(person.id) for person in recipient.too],
        "fallback": recipient.found.fallback,
        "passed": recipient.passed,
    }
    return {"subject": f"alarm:{alarm_id}", "kind": "alarm.raised", "actor": ACTOR, "at": now, "data": data}


def _close(session: Session, alarm: Alarm, deadline: Deadline, now: Instant) -> None:
    """A clock that was moved leaves the alarms that it has still to reach again; the others only learn of its new date."""
    why = why_over(deadline)
    if why is None and not _ahead(session, alarm, deadline, now):
        alarm.due_at = deadline.due_at
        return
    alarm.closed_at, alarm.closed_why = min(deadline.met_at or now, now), why or "moved"


def _ahead(session: Session, alarm: Alarm, deadline: Deadline, now: Instant) -> bool:
    pauses = watch.pauses_of(session, [deadline.id]).get(deadline.id, [])
    ladder = watch.rungs(deadline, calendars.current(session), pauses)
    return any(rung.level == alarm.level and rung.reached_at > now for rung in ladder)
