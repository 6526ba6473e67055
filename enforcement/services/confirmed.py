"""Lists somebody must answer for (法制审核) before a fine may follow from them."""

import datetime as dt

from sqlalchemy.orm import Session

from enforcement.models import ListEdition
from enforcement.services import editions
from town.clock import Instant
from town.errors import Refused


def activate(session: Session, edition: ListEdition, from_day: dt.date, *, actor: str, now: Instant) -> ListEdition:
    """In force from a local day on. Raises Refused("confirmation_missing" | "edition_state")."""
    if not edition.confirmed_by:
        raise Refused("confirmation_missing", why=f"「{edition.name}」", edition=str(edition.id))
    return editions.activate(session, edition, from_day, actor=actor, now=now)
