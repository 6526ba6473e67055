"""Transfers (移送): an order handed to another body with a numbered letter, and what that body answered."""

import uuid
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import Order, Transfer
from town import ids, profile
from town.clock import Instant

Reply = Literal["accepted", "refused"]


def send(session: Session, order: Order, partner_id: uuid.UUID, rule: str, now: Instant) -> Transfer:
    """移送函: one more letter for this order; its number is the receipt. ``rule``: the named rule it goes under."""
    town = profile.current(session)
    year = now.astimezone(town.zone).year
    turn = session.scalar(select(func.count()).select_from(Transfer).where(Transfer.order_id == order.id)) or 0
    letter = Transfer(
        number=f"{town.code.upper()}-{year}-{ids.short(ids.new_id())}",
        order_id=order.id,
        round=turn + 1,
        partner_id=partner_id,
        rule=rule,
        sent_at=now,
    )
    session.add(letter)
    session.flush()
    return letter


def reply(session: Session, order: Order, said: Reply, now: Instant) -> None:
    """What the other body said to the letter that still waits."""
    waiting = select(Transfer).where(Transfer.order_id == order.id, Transfer.reply.is_(None))
    for letter in session.scalars(waiting.with_for_update()):
        letter.reply, letter.replied_at = said, now


def of(session: Session, order_id: uuid.UUID) -> list[Transfer]:
    """Every letter about an order, in the order they were sent."""
    return list(session.scalars(select(Transfer).where(Transfer.order_id == order_id).order_by(Transfer.round)))
