"""What the town decides by (依据): which version of each kind of reference data is in force in this transaction.

Whoever decides holds the versions until his commit; whoever changes reference data waits for those who decide by it.
So nothing is ever decided by a list that was replaced before the decision was kept.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import String, select, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from town import ids
from town.clock import Instant
from town.database import Base, Moment

HELD = text("SELECT pg_advisory_xact_lock_shared(193, 3)")
ALONE = text("SELECT pg_advisory_xact_lock(193, 3)")
HOLDING = "reference.holding"


class Kind(StrEnum):
    """Kinds of reference data that routing and penalty cases decide by."""

    EVENTS = "events"
    POWERS = "powers"
    PEOPLE = "people"
    SERVING = "serving"
    PROVISIONS = "provisions"
    TIERS = "tiers"
    PROCEDURE = "procedure"
    TIMES = "times"
    LADDERS = "ladders"


Versions = dict[Kind, uuid.UUID | None]
"""The version of each kind; None for one that was never changed, which nobody should keep in memory."""


class Reference(Base):
    """依据版本: which version of one kind of reference data this is; a new random id at every change, unique for all towns."""

    __tablename__ = "reference"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[uuid.UUID]
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Holding:
    """Versions that are held, and within which transaction or savepoint: rolled back, it lets them go."""

    within: SessionTransaction
    versions: Versions


def hold(session: Session) -> Versions:
    """Decide by these versions: they stay in force until this transaction ends. Asked again, it asks nobody."""
    holding: Holding | None = session.info.get(HOLDING)
    if holding and holding.within.is_active:
        return holding.versions
    _lock(session, HELD)
    versions = seen(session)
    if within := session.get_nested_transaction() or session.get_transaction():
        session.info[HOLDING] = Holding(within, versions)
    return versions


def seen(session: Session) -> Versions:
    """The versions as they are now; for reading, not for deciding."""
    found = dict(session.execute(select(Reference.name, Reference.version)).all())
    return {kind: found.get(kind) for kind in Kind}


def change(session: Session, kind: Kind, now: Instant) -> None:
    """Say that reference data of this kind changes in this transaction; waits for decisions under way."""
    alone(session)
    session.info.pop(HOLDING, None)
    known = session.get(Reference, kind)
    if known is None:
        session.add(Reference(name=kind, version=ids.new_id(), changed_at=now))
    else:
        known.version, known.changed_at = ids.new_id(), now
    session.flush()


def alone(session: Session) -> None:
    """Wait until nobody decides by reference data, and keep others from it until this transaction ends."""
    _lock(session, ALONE)


def _lock(session: Session, statement: object) -> None:
    """On SQLite the one writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(statement)  # type: ignore[call-overload]
