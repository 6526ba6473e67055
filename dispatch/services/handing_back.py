"""Handing powers back (退回赋权): every open order under them, what becomes of each by a named rule, with a receipt for each."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules import handing_back, workflow
from dispatch.rules.handing_back import Moved, Rule
from dispatch.rules.workflow import Lane, State
from dispatch.services import clocks, deciding, joint_holding, steps, transfers
from enforcement.models import PowerChange
from enforcement.rules.powers import Change
from enforcement.services import powers
from town import ids, journal, profile, reference
from town.clock import Instant
from town.errors import Refused
from town.partners import Partner

FINISHED_HERE = frozenset({State.IN_CASE, State.HANDLED, State.CHECKED})
STAYED = frozenset({Rule.DONE, Rule.IN_CASE})
"""Rules that leave an order here for as long as it stands where it did."""

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Touched:
    """One open order under a power that is handed back. ``next_power``: another one in force that it goes on under."""

    order_id: uuid.UUID
    code: str
    power: str
    state: State
    lane: Lane
    moved: Moved
    next_power: str | None
    edition_id: uuid.UUID | None


@dataclass(frozen=True)
class Receipt:
    """What became of one order; ``letter``: the number of its letter, for those that were sent on."""

    touched: Touched
    letter: str | None


def plan(session: Session, codes: Collection[str], day: dt.date) -> list[Touched]:
    """Every open order under these powers, oldest first, and what its rule says. Changes nothing.

    One that a rule has spoken about already is left alone: what is finished here is, unless it is to be done again.
    """
    return _touched_by(session, codes, day, _open_under(codes))


def _open_under(codes: Collection[str]) -> Select[Order]:
    under = select(Order).where(Order.power_code.in_(codes), Order.state.not_in(workflow.ENDED))
    return under.order_by(Order.received_at, Order.id)


def _touched_by(session: Session, codes: Collection[str], day: dt.date, which: Select[Order]) -> list[Touched]:
    found = session.scalars(which, execution_options={"populate_existing": True})
    listed = powers.on(session, day)
    return [_touched(order, codes, listed, day) for order in found if not _settled(order)]


def apply(
    session: Session, codes: Collection[str], day: dt.date, to: str, document: str, actor: str, now: Instant
) -> list[Receipt]:
    """Move every open order under these powers, once their day has come. The powers must be recorded as handed back before.

    Nobody decides by the old list meanwhile. Raises Refused("invalid") for an unknown partner or a day still to come.
    """
    reference.alone(session)
    if day > profile.local_day(session, now):
        raise Refused("invalid", errors={"day": ["日期还没有到，到那一天再移交工单"]})
    partner = session.scalar(select(Partner).where(Partner.code == to, Partner.active))
    if partner is None:
        raise Refused("invalid", errors={"to": ["没有这个协同单位"]})
    held = _touched_by(session, codes, day, _open_under(codes).with_for_update())  # nobody takes a step meanwhile
    return [_move(session, touched, partner, day, document, actor, now) for touched in held]


def catch_up(session: Session, actor: str, now: Instant) -> list[Receipt]:
    """Move the open orders under powers whose day of handing back has come, whenever it was recorded."""
    today = profile.local_day(session, now)
    receipts: list[Receipt] = []
    for (to, document, day), codes in _come_due(session, today).items():
        if plan(session, codes, today):
            receipts += _apart(session, partial(apply, session, codes, day, to, document, actor, now))
    return receipts


def _apart(session: Session, move: Callable[[], list[Receipt]]) -> list[Receipt]:
    """One group that cannot be moved, because its partner was closed meanwhile, holds up no other."""
    try:
        with session.begin_nested():
            return move()
    except Refused as refused:
        LOG.error("hand_back.waits", code=refused.problem.code)
        return []


def _come_due(session: Session, today: dt.date) -> dict[tuple[str, str, dt.date], list[str]]:
    """Powers handed back by today that open orders still name, by where they went, under which document, and since when."""
    named = select(Order.power_code).where(Order.power_code.is_not(None), Order.state.not_in(workflow.ENDED)).distinct()
    changes = session.scalars(
        select(PowerChange).where(
            PowerChange.kind == Change.HANDED_BACK, PowerChange.from_day <= today, PowerChange.code.in_(named)
        )
    )
    grouped: dict[tuple[str, str, dt.date], list[str]] = {}
    for change in changes:
        if change.to:
            grouped.setdefault((change.to, change.document, change.from_day), []).append(change.code)
    return grouped


def _settled(order: Order) -> bool:
    told = (one for one in order.reasons if one["code"] == "handed_back" and one["power"] == order.power_code)
    return any(one["rule"] not in STAYED or order.state in FINISHED_HERE for one in told)


def _touched(order: Order, codes: Collection[str], listed: powers.PowerCatalogue | None, day: dt.date) -> Touched:
    power = order.power_code
    assert power is not None
    others = listed.for_event(order.category, day) if listed else ()
    next_power = next((line.code for line, standing in others if standing.in_force and line.code not in codes), None)
    state, lane = State(order.state), Lane(order.lane)
    return Touched(
        order.id,
        ids.short(order.id),
        power,
        state,
        lane,
        handing_back.move(state, lane, next_power is not None),
        next_power,
        listed.edition_id if listed else None,
    )


def _move(
    session: Session, touched: Touched, partner: Partner, day: dt.date, document: str, actor: str, now: Instant
) -> Receipt:
    order = session.get_one(Order, touched.order_id)
    rule, was, squad = touched.moved.rule.value, order.state, order.squad_id
    reason = {"code": "handed_back", "power": touched.power, "day": day.isoformat(), "rule": rule}
    steps.set_on(session, order, {**_changes(touched, partner), "reasons": [*order.reasons, reason]}, now)
    letter = None
    if touched.moved.to_partner:
        letter = transfers.send(session, order, partner.id, rule, now).number
        clocks.hand_on(session, order, now)
        joint_holding.follow(session, order, now)
    answer = {"row": "handed_back", "lane": order.lane, "partner": partner.code, "reasons": [reason]}
    facts = {"document": document, "state": was, "lane": touched.lane, "next_power": touched.next_power}
    deciding.keep(session, order.id, "handed_back", facts, answer, actor, now)
    kept = {"power": touched.power, "rule": rule, "next_power": touched.next_power, "letter": letter}
    data = {"from": was, "to": order.state, **kept, "document": document, **steps.left(squad, order)}
    subject = f"order:{order.id}"
    journal.append(session, subject=subject, version=order.version, kind="order.moved", actor=actor, at=now, data=data)
    return Receipt(touched, letter)


def _changes(touched: Touched, partner: Partner) -> dict[str, Any]:
    """Who has the order afterwards, and under which power."""
    if touched.moved.to_partner:
        nobody_else = {"squad_id": None, "leader_id": None, "worker_id": None}
        there = {"state": State.TRANSFERRED, "lane": Lane.TRANSFER, "partner_id": partner.id}
        return {**there, **nobody_else, "suspended_from": None}
    if touched.moved.rule is Rule.OTHER_POWER:
        return {"power_code": touched.next_power, "power_edition_id": touched.edition_id}
    return {}
