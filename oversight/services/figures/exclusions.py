"""剔除: somebody asks to leave an order out of the figures, on a named ground; another person says yes or no.

Both stand in the journal with their words. An order that is left out leaves numerator and denominator, and is listed.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.services import sight, steps
from oversight.models import Exclusion
from oversight.rules.order_facts import Ground
from town import ids, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role

ASKED, APPROVED, DENIED = "asked", "approved", "denied"
JUDGES = frozenset({Role.SUPERVISOR, Role.APPROVER})


def ask(session: Session, who: Actor, order_id: uuid.UUID, ground: Ground, words: str, now: Instant) -> Exclusion:
    """申请剔除. Raises Refused("not_found" | "already_excluded")."""
    order = steps.visible(session, who, order_id)
    exclusion = Exclusion(
        id=ids.new_id(), order_id=order.id, ground=ground, state=ASKED, asked_by=who.name, asked_at=now
    )
    _keep(session, exclusion)
    _write_down(session, exclusion, ASKED, who, words, now)
    return exclusion


def decide(session: Session, who: Actor, exclusion_id: uuid.UUID, approve: bool, words: str, now: Instant) -> Exclusion:
    """审核剔除: by somebody else than who asked, and not of the squad that has the order.

    Raises Refused("not_found" | "decided_already" | "second_person" | "own_squad").
    """
    exclusion = session.get(Exclusion, exclusion_id, with_for_update=True, populate_existing=True)
    if exclusion is None:
        raise Refused("not_found")
    if against := _against(session, who, exclusion):
        raise Refused(against)
    exclusion.state = APPROVED if approve else DENIED
    exclusion.decided_by, exclusion.decided_at = who.name, now
    _write_down(session, exclusion, exclusion.state, who, words, now)
    return exclusion


def may_decide(session: Session, who: Actor, exclusion: Exclusion) -> bool:
    """Whether somebody could say yes or no to it now."""
    return bool(who.roles & JUDGES) and _against(session, who, exclusion) is None


def page(session: Session, who: Actor, state: str | None, before: uuid.UUID | None, limit: int) -> Sequence[Exclusion]:
    """Of the orders that ``who`` may see: newest first, before an id."""
    mine = select(Exclusion).join(Order, Order.id == Exclusion.order_id).where(sight.theirs(who))
    found = mine.order_by(Exclusion.id.desc()).limit(limit)
    found = found.where(Exclusion.state == state) if state else found
    return session.scalars(found.where(Exclusion.id < before) if before else found).all()


def words_of(session: Session, exclusion: Exclusion, state: str) -> str | None:
    """What was written when it came into that state."""
    return journal.words_of(session, f"exclusion:{exclusion.id}", state)


def _against(session: Session, who: Actor, exclusion: Exclusion) -> str | None:
    """Why somebody may not decide it, as a refusal's code."""
    if exclusion.state != ASKED:
        return "decided_already"
    if exclusion.asked_by == who.name:
        return "second_person"
    return "own_squad" if who.of(session.get_one(Order, exclusion.order_id).squad_id) else None


def _keep(session: Session, exclusion: Exclusion) -> None:
    try:
        with session.begin_nested():
            session.add(exclusion)
    except IntegrityError as taken:  # of two who ask at once the second is told so
        raise Refused("already_excluded") from taken


def _write_down(session: Session, exclusion: Exclusion, state: str, who: Actor, words: str, now: Instant) -> None:
    subject = f"exclusion:{exclusion.id}"
    cite = journal.keep_words(session, subject=subject, field=state, body=words, at=now)
    data = {"order": str(exclusion.order_id), "ground": exclusion.ground, "words": cite}
    journal.note(session, subject=subject, kind=f"exclusion.{state}", actor=who.name, at=now, data=data)
