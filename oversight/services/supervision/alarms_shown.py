"""Alarms as people see them (预警一览), a page at a time."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from dispatch.schemas import Coded
from oversight import labels_supervision as labels
from oversight.models import Alarm, Notice, NoticeLine
from oversight.rules.seats import Seat, Why
from oversight.schemas.supervision import AboutOut, AlarmOut, AlarmQuery, PassedOut
from oversight.services.supervision import alarms, subjects_shown
from oversight.services.supervision.subjects_shown import Shown
from town.access import SQUAD_ROLES, Actor
from town.ladders import Level
from town.people import Account, Role, Squad
from town.watch import Deadline

Rows = Sequence[tuple[Alarm, Deadline]]
WALL_ONLY = frozenset({Role.WALL})
"""On a screen that everybody looks at nobody is named as late."""


def about(shown: Shown) -> AboutOut:
    """A subject, as it is sent."""
    return AboutOut(
        kind=shown.kind,  # type: ignore[arg-type]
        kind_name=labels.KINDS[shown.kind],
        id=shown.id,
        code=shown.code,
        title=shown.title,
    )


def page(session: Session, who: Actor, query: AlarmQuery) -> list[AlarmOut]:
    """Newest first, before an id; everybody what was brought to him and what concerns his squad, the centre all."""
    which = [Alarm.account_id == who.account_id if query.mine else theirs(who)]
    if query.open is not None:
        which.append(alarms.standing() if query.open else ~alarms.standing())
    if query.level is not None:
        which.append(Alarm.level == query.level)
    if query.subject is not None:
        which.append(Alarm.subject == query.subject)
    if query.before is not None:
        which.append(Alarm.id < query.before)
    asked = _JOINED.where(*which).order_by(Alarm.id.desc()).limit(query.limit)
    return draw(session, who, [(alarm, clock) for alarm, clock in session.execute(asked)])


def standing_by_level(session: Session, who: Actor) -> dict[str, int]:
    """How many ask for something now, of those somebody sees."""
    counted = select(Alarm.level, func.count()).join(Deadline, Deadline.id == Alarm.deadline_id)
    found = dict(session.execute(counted.where(theirs(who), alarms.standing()).group_by(Alarm.level)).all())
    return {level.value: found.get(level.value, 0) for level in Level}


def theirs(who: Actor) -> ColumnElement[bool]:
    """Who sees which alarms, as a condition."""
    if who.in_town:
        return true()
    mine = [Alarm.account_id == who.account_id, Alarm.id.in_(_told_too(who))]
    if who.roles & SQUAD_ROLES and who.squad_id is not None:
        mine.append(Alarm.squad_id == who.squad_id)
    return or_(*mine)


def draw(session: Session, who: Actor, rows: Rows) -> list[AlarmOut]:
    """Alarms with today's names, in few queries whatever their number."""
    shown = subjects_shown.many(session, {alarm.subject for alarm, _ in rows})
    squads = _squads(session, rows)
    people = _people(session, rows)
    return [_out(who, alarm, clock, shown[alarm.subject], squads, people) for alarm, clock in rows]


_JOINED = select(Alarm, Deadline).join(Deadline, Deadline.id == Alarm.deadline_id)


def of(session: Session, who: Actor, alarm_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AlarmOut]:
    """These alarms, by id."""
    rows = session.execute(_JOINED.where(Alarm.id.in_(alarm_ids)))
    return {out.id: out for out in draw(session, who, [(alarm, clock) for alarm, clock in rows])}


@dataclass(frozen=True, slots=True)
class _People:
    """Names of those whom the alarms were brought to, and of those who were passed over."""

    by_id: Mapping[uuid.UUID, str]
    by_login: Mapping[str, str]


def _told_too(who: Actor) -> Select[uuid.UUID | None]:
    """What somebody heard of beside the one it was brought to."""
    told = select(NoticeLine.alarm_id).join(Notice, Notice.id == NoticeLine.notice_id)
    return told.where(Notice.account_id == who.account_id, NoticeLine.alarm_id.is_not(None))


def _out(
    who: Actor,
    alarm: Alarm,
    clock: Deadline,
    shown: Shown,
    squads: Mapping[uuid.UUID, Coded],
    people: _People,
) -> AlarmOut:
    closed_why = alarm.closed_why or alarms.why_over(clock)
    on_a_wall = who.roles == WALL_ONLY
    return AlarmOut(
        id=alarm.id,
        subject=about(shown),
        clock_id=alarm.deadline_id,
        clock=alarm.clock,
        clock_name=labels.clock(alarm.subject, alarm.clock),
        level=alarm.level,
        level_name=labels.LEVELS[Level(alarm.level)],
        percent=alarm.percent,
        due_at=alarm.due_at,
        reached_at=alarm.reached_at,
        raised_at=alarm.raised_at,
        squad=squads.get(alarm.squad_id) if alarm.squad_id else None,
        seat=alarm.seat,
        seat_name=labels.SEATS[Seat(alarm.seat)],
        person_name=people.by_id.get(alarm.account_id) if alarm.account_id and not on_a_wall else None,
        mine=alarm.account_id is not None and alarm.account_id == who.account_id,
        fallback=alarm.fallback,
        passed=[] if on_a_wall else [_passed(one, people) for one in alarm.passed],
        closed_at=alarm.closed_at or (clock.met_at if closed_why else None),
        closed_why=closed_why,
        closed_why_name=labels.CLOSED[closed_why] if closed_why else None,
    )


def _passed(one: Mapping[str, str | None], people: _People) -> PassedOut:
    seat, why = Seat(str(one["seat"])), Why(str(one["why"]))
    login = one.get("login")
    return PassedOut(
        seat=seat,
        seat_name=labels.SEATS[seat],
        why=why,
        why_name=labels.WHYS[why],
        person_name=people.by_login.get(login, login) if login else None,
    )


def _squads(session: Session, rows: Rows) -> dict[uuid.UUID, Coded]:
    wanted = {alarm.squad_id for alarm, _ in rows if alarm.squad_id}
    found = session.execute(select(Squad.id, Squad.code, Squad.name).where(Squad.id.in_(wanted)))
    return {identifier: Coded(code=code, name=name) for identifier, code, name in found}


def _people(session: Session, rows: Rows) -> _People:
    ids = {alarm.account_id for alarm, _ in rows if alarm.account_id}
    logins = {one["login"] for alarm, _ in rows for one in alarm.passed if one.get("login")}
    asked = select(Account.id, Account.login, Account.name)
    found = session.execute(asked.where(or_(Account.id.in_(ids), Account.login.in_(logins)))).all()
    return _People({one.id: one.name for one in found}, {one.login: one.name for one in found})
