"""What an order waits for (挂账、延期), as its page shows it."""

from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import ExtensionRequest, Order
from dispatch.schemas import ExtensionOut, SuspensionOut
from dispatch.services import extensions, suspending
from dispatch.services.naming import Names
from town import journal
from town.clock import Instant


def suspension_out(session: Session, order: Order) -> SuspensionOut | None:
    """Why and until when it is put aside, if it is."""
    found = suspending.current(session, order)
    if found is None:
        return None
    return SuspensionOut(
        ground=found.ground,
        ground_name=labels.GROUND_NAMES[found.ground],
        words=found.words,
        since=found.since,
        until=found.until,
    )


def extension_out(session: Session, order: Order, names: Names, now: Instant) -> ExtensionOut | None:
    """What was asked for and waits for a decision, if anything."""
    waiting = extensions.pending(session, order.id)
    if waiting is None:
        return None
    request, clock = waiting.request, waiting.clock
    return ExtensionOut(
        id=request.id,
        clock=clock.kind,
        clock_name=labels.STAGES[clock.kind],
        amount=request.amount,
        unit_name=labels.unit(clock.unit),
        ground=request.reason,
        ground_name=labels.GROUND_NAMES[request.reason],
        words=_words(session, request),
        asked_by_name=names.actor(request.asked_by),
        asked_at=request.asked_at,
        can_grant=extensions.alive(clock, now),
    )


def _words(session: Session, request: ExtensionRequest) -> str | None:
    events = journal.events_of(session, f"order:{request.order_id}")
    told = (event.data for event in events if event.data.get("extension") == str(request.id))
    cite = next((data["words"] for data in told if "words" in data), None)
    return journal.words_by_cite(session, cite) if cite else None
