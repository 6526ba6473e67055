"""Kinds of matter to choose from (可选事项): what the list of the day offers, or the house's few while there is no list."""

from sqlalchemy.orm import Session

from dispatch.rules.categories import CATEGORIES, OTHER
from enforcement.services import events
from town import profile, reference
from town.clock import Instant
from town.errors import Refused
from town.reference import Kind


def offered(session: Session, now: Instant) -> dict[str, str]:
    """What a citizen chooses from: the name he understands, by code; 其他 comes last."""
    listed = events.on(session, profile.local_day(session, now))
    if listed is None:
        return CATEGORIES
    chosen = {line.code: line.offered for line in listed.by_code.values() if line.offered}
    return {**chosen, OTHER: CATEGORIES[OTHER]}


def require(session: Session, code: str, now: Instant) -> None:
    """Raise Refused("invalid") for a kind of matter that is on no list today; the lists stay held for the decision."""
    listed = events.on(session, profile.local_day(session, now), reference.hold(session)[Kind.EVENTS])
    known = CATEGORIES if listed is None else {**listed.by_code, OTHER: OTHER}
    if code not in known:
        raise Refused("invalid", errors={"category": ["没有这一类事项"]})
