"""Shifts (班次) and leave (请假): added when nothing clashes, ended, never changed once they are over."""

import uuid
from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import ids, roster
from town.clock import Instant
from town.duty import Clash, ShiftFact, Trouble, clashes
from town.errors import Refused
from town.people import Account
from town.qualification import may_answer
from town.roster import Leave, Shift
from town.staff.changing import Change, changing
from town.staff.entries import LeaveEntry, ShiftEntry

Lasting = TypeVar("Lasting", Shift, Leave)

TROUBLES = {
    Trouble.TWICE: "{login} 在这段时间已经有班，不能同时上两个班",
    Trouble.TWO_LEADERS: "{squad} 在这段时间已经有带班人，同一时间只能有一个",
}


def add_shift(session: Session, entry: ShiftEntry, actor: str, now: Instant) -> Shift:
    """A new shift. Raises Refused("span_backwards" | "squad_unknown" | "person_unknown" | "shift_refused")."""
    with changing(session, actor, now) as change:
        _refuse_backwards(entry.starts_at, entry.ends_at)
        _refuse_clashes(session, entry)
        return put_shift(change, entry, None)


def add_shifts(session: Session, entries: Collection[ShiftEntry], actor: str, now: Instant) -> None:
    """Many new shifts at once; what ``add_shift`` raises for the first that cannot be."""
    with changing(session, actor, now) as change:
        for entry in entries:
            put_shift(change, entry, None)
        session.flush()
        since = min((entry.starts_at for entry in entries), default=now)
        standing = roster.read(session, since, max((entry.ends_at for entry in entries), default=now))
        for clash in clashes(standing.shifts):
            raise Refused("shift_refused", why=_said(clash))


def put_shift(change: Change, entry: ShiftEntry, known: Shift | None) -> Shift:
    """A shift, new or in place of the known one, as part of a larger change that has looked for clashes itself.

    Raises Refused("span_backwards" | "squad_unknown" | "person_unknown" | "shift_refused").
    """
    _refuse_backwards(entry.starts_at, entry.ends_at)
    squad, account = change.squad(entry.squad), change.person(entry.login)
    if why := unfit(account.name, account.squad_id == squad.id, account.roles, entry.leads):
        raise Refused("shift_refused", why=why)
    shift = known or Shift(id=ids.new_id(), squad_id=squad.id, account_id=account.id, starts_at=entry.starts_at)
    shift.ends_at, shift.leads = entry.ends_at, entry.leads
    change.session.add(shift)
    _note_shift(change, shift, "shift.changed" if known else "shift.added")
    return shift


def end_shift(session: Session, shift_id: uuid.UUID, actor: str, now: Instant) -> None:
    """Strike a shift that has not begun, or end one that runs. Raises Refused("not_found" | "shift_over")."""
    with changing(session, actor, now) as change:
        strike_shift(change, session.get(Shift, shift_id))


def strike_shift(change: Change, shift: Shift | None) -> None:
    """``end_shift`` as part of a larger change."""
    found = _standing(shift, change.now)
    _end(change, found)
    _note_shift(change, found, "shift.ended")


def add_leave(session: Session, entry: LeaveEntry, actor: str, now: Instant) -> Leave:
    """Leave with this person and beginning, new or changed. Leaves may overlap: away is away.

    Raises Refused("span_backwards" | "person_unknown").
    """
    with changing(session, actor, now) as change:
        return put_leave(change, entry)


def put_leave(change: Change, entry: LeaveEntry) -> Leave:
    """``add_leave`` as part of a larger change."""
    _refuse_backwards(entry.starts_at, entry.ends_at)
    account = change.person(entry.login)
    known = _same_leave(change.session, account, entry)
    leave = known or Leave(id=ids.new_id(), account_id=account.id, starts_at=entry.starts_at)
    leave.ends_at, leave.ground = entry.ends_at, entry.ground
    change.session.add(leave)
    _note_leave(change, leave, "leave.changed" if known else "leave.added", account)
    return leave


def end_leave(session: Session, leave_id: uuid.UUID, actor: str, now: Instant) -> None:
    """Strike leave that has not begun, or end it: somebody is back early. Raises Refused("not_found" | "shift_over")."""
    with changing(session, actor, now) as change:
        strike_leave(change, session.get(Leave, leave_id))


def strike_leave(change: Change, leave: Leave | None) -> None:
    """``end_leave`` as part of a larger change."""
    found = _standing(leave, change.now)
    _end(change, found)
    _note_leave(change, found, "leave.ended", None)


def unfit(name: str, own_squad: bool, roles: Collection[str], leads: bool) -> str | None:
    """Why somebody may not have a shift of a squad: he would not even see its orders, or may not lead it."""
    if not own_squad:
        return f"{name}不是这个中队的人，看不到它的工单"
    if leads and not may_answer(roles):
        return f"{name}不是执法队员或中队长，不能带班"
    return None


def _refuse_clashes(session: Session, entry: ShiftEntry) -> None:
    mine = ShiftFact(entry.squad, entry.login, entry.starts_at, entry.ends_at, entry.leads)
    for clash in clashes((*roster.read(session, entry.starts_at, entry.ends_at).shifts, mine)):
        if mine in (clash.earlier, clash.later):
            raise Refused("shift_refused", why=_said(clash))


def _said(clash: Clash) -> str:
    return TROUBLES[clash.trouble].format(login=clash.later.login, squad=clash.later.squad)


def _refuse_backwards(starts_at: Instant, ends_at: Instant) -> None:
    if ends_at <= starts_at:
        raise Refused("span_backwards")


def _same_leave(session: Session, account: Account, entry: LeaveEntry) -> Leave | None:
    return session.scalar(select(Leave).where(Leave.account_id == account.id, Leave.starts_at == entry.starts_at))


def _standing(span: Lasting | None, now: Instant) -> Lasting:
    if span is None:
        raise Refused("not_found")
    if span.ends_at <= now:
        raise Refused("shift_over")
    return span


def _end(change: Change, span: Shift | Leave) -> None:
    if span.starts_at >= change.now:
        change.session.delete(span)
    else:
        span.ends_at = change.now


def _note_shift(change: Change, shift: Shift, kind: str) -> None:
    span = {"from": shift.starts_at.isoformat(), "to": shift.ends_at.isoformat()}
    told = {"shift": str(shift.id), "account": str(shift.account_id), "leads": shift.leads}
    change.note(f"roster:{shift.squad_id}", kind, **told, **span)


def _note_leave(change: Change, leave: Leave, kind: str, whose: Account | None) -> None:
    """The ground is cited when it is new."""
    span = {"from": leave.starts_at.isoformat(), "to": leave.ends_at.isoformat()}
    ground = change.kept_private(whose, "leave", leave.ground) if whose else None
    change.note(f"account:{leave.account_id}", kind, leave=str(leave.id), ground=ground, **span)
