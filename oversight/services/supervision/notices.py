"""Notices (通知): many alarms are one notice to one person; it rings once, when he may be rung.

Journal: ``notice.rung`` on ``notice:<id>``, with the squad whose tablets ring.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from oversight.models import Alarm, Notice, NoticeLine, Supervision
from oversight.rules import grouping
from town import ids, journal, profile
from town.access import Actor
from town.clock import Instant
from town.database import Moment
from town.errors import Refused
from town.people import Account
from town.watch import Deadline, State

ACTOR = "system:notices"
RUNG_AT_ONCE = 50
WAITED_FOR = (State.RUNNING, State.MISSED)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of: an alarm, or a 督办单, at a level and a severity."""

    level: str
    severity: str
    alarm_id: uuid.UUID | None = None
    supervision_id: uuid.UUID | None = None


def tell(session: Session, account_id: uuid.UUID | None, told: Told, now: Instant) -> None:
    """Put it into the one notice that waits for this person, or into a new one. ``None``: the desk, which nothing rings."""
    rings = _rings_at(session, told, now)
    line = {
        "id": ids.new_id(),
        "notice_id": _join(session, account_id, told, rings, now) or _open(session, account_id, told, rings, now),
        "alarm_id": told.alarm_id,
        "supervision_id": told.supervision_id,
    }
    session.connection().execute(INSERT_LINE, line)


def ring_due(session: Session, now: Instant) -> int:
    """Ring what may ring now, each once whoever else rings, and say how many; ask again while it says ``RUNG_AT_ONCE``.

    What was settled before it could ring, as over night, rings nobody.
    """
    due = select(Notice).where(Notice.rung_at.is_(None), Notice.rings_at <= now).order_by(Notice.rings_at)
    waiting = session.scalars(due.limit(RUNG_AT_ONCE).with_for_update(skip_locked=True)).all()
    if not waiting:
        return 0
    unsettled = _unsettled(session, [one.id for one in waiting])
    squads = _squads(session, waiting)
    for notice in waiting:
        notice.rung_at = now
    session.flush()
    journal.append_many(session, [_rung(one, squads.get(one.account_id), one.id in unsettled, now) for one in waiting])
    return len(waiting)


def see(session: Session, who: Actor, notice_id: uuid.UUID, now: Instant) -> Notice:
    """Its person has looked at it. Looking twice changes nothing. Raises Refused("not_found")."""
    notice = session.get(Notice, notice_id)
    if notice is None or not sees(who, notice):
        raise Refused("not_found")
    if notice.seen_at is None:
        notice.seen_at = now
        session.flush()
    return notice


def sees(who: Actor, notice: Notice) -> bool:
    """A notice is its person's; one that was for nobody is the centre's."""
    return notice.account_id == who.account_id if notice.account_id else who.in_town


def theirs(who: Actor) -> ColumnElement[bool]:
    """The same as a condition on notices."""
    own = Notice.account_id == who.account_id
    return or_(own, Notice.account_id.is_(None)) if who.in_town else own


def page(session: Session, who: Actor, unseen: bool, limit: int) -> Sequence[Notice]:
    """Somebody's notices, newest first; ``unseen``: only those he has not looked at."""
    mine = select(Notice).where(theirs(who))
    if unseen:
        mine = mine.where(Notice.seen_at.is_(None))
    return session.scalars(mine.order_by(Notice.id.desc()).limit(limit)).all()


def _join(session: Session, account_id: uuid.UUID | None, told: Told, rings: Instant, now: Instant) -> uuid.UUID | None:
    """The notice that takes it in: one that is not yet rung, else one that rang a moment ago and nobody has looked at."""
    asked = {"level_": grouping.class_of(told.level), "rings": rings, "since": now - grouping.TOGETHER}
    whose = {"whose": account_id} if account_id else {}
    taken = session.connection().execute(JOIN[account_id is not None], {**asked, **whose}).first()
    return taken[0] if taken else None


def _open(session: Session, account_id: uuid.UUID | None, told: Told, rings: Instant, now: Instant) -> uuid.UUID:
    """A new notice, or the one that somebody else opened at the same moment."""
    make: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = make(Notice).values(
        id=ids.new_id(),
        account_id=account_id,
        level=grouping.class_of(told.level),
        opened_at=now,
        rings_at=rings,
        count=1,
    )
    further = first.on_conflict_do_update(
        index_elements=[Notice.account_id, Notice.level],
        index_where=Notice.rung_at.is_(None),
        set_=_one_more(literal(rings, Moment)),
    )
    opened: uuid.UUID = session.connection().execute(further.returning(Notice.id)).scalar_one()
    return opened


def _one_more(rings: ColumnElement[Instant]) -> dict[str, Any]:
    """One line more; what cannot wait brings the ringing forward."""
    sooner = case((Notice.rings_at > rings, rings), else_=Notice.rings_at)
    return {"count": Notice.count + 1, "rings_at": sooner, "seen_at": None}


def _joining(whose: ColumnElement[bool]) -> ReturningUpdate[uuid.UUID]:
    fresh = or_(Notice.rung_at.is_(None), Notice.rung_at > bindparam("since", type_=Moment))
    mine = select(Notice.id).where(whose, Notice.level == bindparam("level_"), fresh, Notice.seen_at.is_(None))
    chosen = mine.order_by(Notice.rung_at.is_not(None), Notice.id.desc()).limit(1).scalar_subquery()
    taken = update(Notice).where(Notice.id == chosen, Notice.seen_at.is_(None))
    return taken.values(_one_more(bindparam("rings", type_=Moment))).returning(Notice.id)


JOIN = {
    True: _joining(Notice.account_id == bindparam("whose", type_=Notice.account_id.type)),
    False: _joining(Notice.account_id.is_(None)),
}
"""By whether it is for a person. Built once, and asked past the session: thousands may be due at once."""
INSERT_LINE = insert(NoticeLine)


def _rings_at(session: Session, told: Told, now: Instant) -> Instant:
    if not grouping.can_wait(told.level, told.severity):
        return now
    town = profile.current(session)
    since, until = dt.time.fromisoformat(town.quiet_from), dt.time.fromisoformat(town.quiet_until)
    return grouping.rings_at(now, town.zone, since, until)


def _unsettled(session: Session, notices: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those with an alarm whose clock is still waited for, or with a 督办单 that is not closed."""
    alarmed = exists().where(
        Alarm.id == NoticeLine.alarm_id,
        Alarm.closed_at.is_(None),
        Deadline.id == Alarm.deadline_id,
        Deadline.met_at.is_(None),
        Deadline.state.in_(WAITED_FOR),
    )
    papers = exists().where(Supervision.id == NoticeLine.supervision_id, Supervision.closed_at.is_(None))
    told = select(NoticeLine.notice_id).where(NoticeLine.notice_id.in_(notices), or_(alarmed, papers))
    return set(session.scalars(told.distinct()))


def _squads(session: Session, notices: Sequence[Notice]) -> dict[uuid.UUID | None, uuid.UUID | None]:
    people = {one.account_id for one in notices if one.account_id}
    found = session.execute(select(Account.id, Account.squad_id).where(Account.id.in_(people)))
    return dict(found.all())


def _rung(notice: Notice, squad_id: uuid.UUID | None, unsettled: bool, now: Instant) -> journal.Entry:
    """The one version is the second guard: the journal refuses a notice that rings twice."""
    data: dict[str, Any] = {"level": notice.level, "count": notice.count, "settled": not unsettled}
    data["rings"] = unsettled and notice.seen_at is None
    data |= {"account": str(notice.account_id)} if notice.account_id else {}
    data |= {"squad": str(squad_id)} if squad_id else {}
    return journal.Entry(f"notice:{notice.id}", 1, "notice.rung", ACTOR, now, data)
