"""Which editions there are, and which one is in force."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from grids.models import BASE, Area, Edition, Grid
from town.errors import Refused


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition with the number of its areas and grids."""

    edition: Edition
    areas: int
    grids: int


def active(session: Session, layer: str = BASE) -> Edition | None:
    """The edition of a layer that is in force, if there is one."""
    return session.scalar(select(Edition).where(Edition.active, Edition.layer == layer))


def active_id(session: Session) -> uuid.UUID:
    """The base map in force. Raises Refused("no_grids")."""
    found = session.scalar(select(Edition.id).where(Edition.active, Edition.layer == BASE))
    if found is None:
        raise Refused("no_grids")
    return found


def find(session: Session, name_or_id: str) -> Edition:
    """An edition by its name or its id. Raises Refused("not_found")."""
    found = session.scalar(select(Edition).where(Edition.name == name_or_id))
    if found is None and (identifier := _uuid(name_or_id)):
        found = session.get(Edition, identifier)
    if found is None:
        raise Refused("not_found")
    return found


def editions(session: Session) -> list[Listed]:
    """Every edition of every layer, newest first."""
    areas = dict(session.execute(_count(Area.edition_id)).all())
    grids = dict(session.execute(_count(Grid.edition_id)).all())
    known = session.scalars(select(Edition).order_by(Edition.imported_at.desc(), Edition.id.desc()))
    return [Listed(edition, areas.get(edition.id, 0), grids.get(edition.id, 0)) for edition in known]


def areas(session: Session) -> list[Area]:
    """The areas of the base map in force, in code order. Raises Refused("no_grids")."""
    found = session.scalars(select(Area).where(Area.edition_id == active_id(session)))
    return sorted(found, key=lambda area: area.code)


def _count(edition_id: InstrumentedAttribute[uuid.UUID]) -> Select[uuid.UUID, int]:
    return select(edition_id, func.count()).group_by(edition_id)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
