"""How far numbering is behind (编号滞后): for the health page and the doctor. Zero on SQLite unless somebody meddled."""

import datetime as dt

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from town.clock import Instant
from town.journal.models import Event, Pending, Position


def lag(session: Session) -> int:
    """Committed rows that wait for their number."""
    return session.scalar(_waiting(session)) or 0


def unnumbered_since(session: Session, now: Instant, seconds: float) -> int:
    """Rows that have waited for longer than ``seconds``: above zero, the numbering leader does not work."""
    return session.scalar(_waiting(session).where(Event.at < now - dt.timedelta(seconds=seconds))) or 0


def _waiting(session: Session) -> Select[int]:
    """The queue on PostgreSQL; on SQLite, which numbers in the order of ``seq``, whatever lies behind the last number."""
    return select(func.count()).select_from(Event).where(_in_queue(session))


def _in_queue(session: Session) -> ColumnElement[bool]:
    if session.connection().dialect.name == "sqlite":
        return Event.seq > select(func.coalesce(func.max(Position.seq), 0)).scalar_subquery()
    return Event.seq.in_(select(Pending.seq))
