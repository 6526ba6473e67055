"""Conflicts of interest (回避事项, 行政处罚法 43): recorded with their ground, ended on a day."""

import datetime as dt
import re
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import ids
from town.clock import Instant
from town.errors import Refused
from town.officers import Conflict
from town.people import Account
from town.staff.changing import Change, changing
from town.staff.entries import ConflictEntry

ABOUT = re.compile(r"(?:grid|party):\S{1,70}")


def add_conflict(session: Session, entry: ConflictEntry, actor: str, now: Instant) -> Conflict:
    """From its first day on the person keeps away; the same person, matter and first day is changed, not doubled.

    Raises Refused("person_unknown" | "span_backwards"), and "invalid" for something else than a grid or a party.
    """
    with changing(session, actor, now) as change:
        return put_conflict(change, entry)


def put_conflict(change: Change, entry: ConflictEntry) -> Conflict:
    """``add_conflict`` as part of a larger change."""
    _refuse(entry)
    account = change.person(entry.login)
    known = _same(change.session, account, entry)
    conflict = known or Conflict(id=ids.new_id(), account_id=account.id, about=entry.about, valid_from=entry.valid_from)
    conflict.ground, conflict.valid_to, conflict.recorded_at = entry.ground, entry.valid_to, change.now
    change.session.add(conflict)
    cite = change.kept_private(account, "conflict", entry.ground)
    _note(change, conflict, "conflict.changed" if known else "conflict.added", cite)
    return conflict


def end_conflict(session: Session, conflict_id: uuid.UUID, day: dt.date, actor: str, now: Instant) -> Conflict:
    """That day is the last on which the person keeps away. Raises Refused("not_found")."""
    with changing(session, actor, now) as change:
        return close_conflict(change, conflict_id, day)


def close_conflict(change: Change, conflict_id: uuid.UUID, day: dt.date) -> Conflict:
    """``end_conflict`` as part of a larger change."""
    conflict = change.session.get(Conflict, conflict_id)
    if conflict is None:
        raise Refused("not_found")
    conflict.valid_to = day
    _note(change, conflict, "conflict.ended", None)
    return conflict


def _refuse(entry: ConflictEntry) -> None:
    if not ABOUT.fullmatch(entry.about):
        raise Refused("invalid", errors={"about": ["要写成 grid:网格代码 或 party:当事人代码"]})
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise Refused("span_backwards")


def _same(session: Session, account: Account, entry: ConflictEntry) -> Conflict | None:
    mine = Conflict.account_id == account.id, Conflict.about == entry.about, Conflict.valid_from == entry.valid_from
    return session.scalar(select(Conflict).where(*mine))


def _note(change: Change, one: Conflict, kind: str, cite: str | None) -> None:
    """A party may be a person, so only grids are named."""
    days = {"from": one.valid_from.isoformat(), "to": one.valid_to.isoformat() if one.valid_to else None}
    about = one.about if one.about.startswith("grid:") else None
    change.note(f"account:{one.account_id}", kind, conflict=str(one.id), about=about, ground=cite, **days)
