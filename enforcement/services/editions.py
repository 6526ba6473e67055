"""Editions of a list (清单版次): kept, confirmed by the legal officer, and in force by the town's local day.

Every change waits for decisions under way and writes the journal, subject ``list_edition:<id>``.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from enforcement.models import ListEdition
from town import ids, journal, profile, reference
from town.clock import Instant
from town.errors import Refused
from town.reference import Kind
from town.sheets import Sheets


def keep(session: Session, kind: Kind, name: str, sheets: Sheets, lines: int, actor: str, now: Instant) -> ListEdition:
    """A new edition, not in force. Raises Refused("edition_state") when the name is taken or empty."""
    reference.change(session, kind, now)
    name = name.strip()
    if not name or _named(session, kind, name):
        why = f"已经有一版叫「{name}」，请换个名称。" if name else "请给这一版起个名称。"
        raise Refused("edition_state", why=why)
    edition = ListEdition(
        id=ids.new_id(),
        kind=kind,
        name=name,
        source=sheets.source,
        source_sha256=sheets.sha256,
        imported_at=now,
        version=0,
    )
    session.add(edition)
    _write_down(session, edition, "imported", actor, now, {"sha256": sheets.sha256, "lines": lines})
    return edition


def confirm(session: Session, edition: ListEdition, by: str, *, actor: str, now: Instant) -> ListEdition:
    """法制审核: the legal officer answers for every row. Raises Refused("edition_state" | "missing_fact").

    The name stands in the edition's row; the journal has only who recorded it.
    """
    reference.change(session, Kind(edition.kind), now)
    session.refresh(edition)
    if not by.strip():
        raise Refused("missing_fact", action="确认清单", missing="法制审核人员的姓名")
    if edition.confirmed_by:
        raise Refused("edition_state", why=f"「{edition.name}」已经由{edition.confirmed_by}确认过了。")
    edition.confirmed_by, edition.confirmed_at = by.strip(), now
    _write_down(session, edition, "confirmed", actor, now, {})
    return edition


def activate(session: Session, edition: ListEdition, from_day: dt.date, *, actor: str, now: Instant) -> ListEdition:
    """In force from a local day on, up to the next edition that is already planned; the one before it ends that day.

    Only the very first edition may begin in the past. Raises Refused("edition_state").
    """
    reference.change(session, Kind(edition.kind), now)
    session.refresh(edition)
    today = now.astimezone(profile.current(session).zone).date()
    others = [one for one in editions(session, Kind(edition.kind)) if one.valid_from]
    _refuse_activation(edition, from_day, today, bool(others))
    former = next((one for one in others if _holds(one, from_day)), None)
    later = min((one.valid_from for one in others if one.valid_from and one.valid_from > from_day), default=None)
    if former:
        former.valid_to = from_day
        _write_down(session, former, "closed", actor, now, {"valid_to": from_day.isoformat()})
    edition.valid_from, edition.valid_to = from_day, later
    data = {"valid_from": from_day.isoformat(), "former": str(former.id) if former else None}
    _write_down(session, edition, "activated", actor, now, data)
    return edition


def on(session: Session, kind: Kind, day: dt.date) -> ListEdition | None:
    """The edition in force on a local day, if there is one."""
    ends = or_(ListEdition.valid_to.is_(None), ListEdition.valid_to > day)
    return session.scalar(select(ListEdition).where(ListEdition.kind == kind, ListEdition.valid_from <= day, ends))


def editions(session: Session, kind: Kind) -> Sequence[ListEdition]:
    """Every edition of a list, newest first, as it is now and not as this session may have read it before."""
    chosen = select(ListEdition).where(ListEdition.kind == kind).execution_options(populate_existing=True)
    return session.scalars(chosen.order_by(ListEdition.imported_at.desc(), ListEdition.id.desc())).all()


def find(session: Session, kind: Kind, name_or_id: str) -> ListEdition:
    """An edition by its name or its id. Raises Refused("not_found")."""
    found = _named(session, kind, name_or_id) or _identified(session, kind, name_or_id)
    if found is None:
        raise Refused("not_found")
    return found


def _refuse_activation(edition: ListEdition, from_day: dt.date, today: dt.date, others: bool) -> None:
    if edition.valid_from:
        raise Refused("edition_state", why=f"「{edition.name}」已经启用过；要再用它，请重新导入成新的一版。")
    if others and from_day < today:
        why = f"{from_day} 已经过去，那天的派单依据不能再改；请从 {today} 或以后启用。"
        raise Refused("edition_state", why=why)


def _holds(edition: ListEdition, day: dt.date) -> bool:
    begun = edition.valid_from is not None and edition.valid_from <= day
    return begun and (edition.valid_to is None or day < edition.valid_to)


def _named(session: Session, kind: Kind, name: str) -> ListEdition | None:
    return session.scalar(select(ListEdition).where(ListEdition.kind == kind, ListEdition.name == name))


def _identified(session: Session, kind: Kind, identifier: str) -> ListEdition | None:
    try:
        found = session.get(ListEdition, uuid.UUID(identifier))
    except ValueError:
        return None
    return found if found and found.kind == kind else None


def _write_down(
    session: Session, edition: ListEdition, happened: str, actor: str, now: Instant, data: dict[str, Any]
) -> None:
    """The edition's version is also its version in the journal."""
    edition.version += 1
    session.flush()
    journal.append(
        session,
        subject=f"list_edition:{edition.id}",
        version=edition.version,
        kind=f"{edition.kind}.{happened}",
        actor=actor,
        at=now,
        data=data,
    )
