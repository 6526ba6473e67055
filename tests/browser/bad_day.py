"""A day on which much goes wrong at once: orders in every state and every hand, clocks about to break, alarms, squads out."""

import datetime as dt
import random
import uuid

from sqlalchemy import insert, select, update

from dispatch.models import Decided, Order
from dispatch.rules.workflow import Lane, State
from tests.browser import crowd
from town import devices, geometry, ids, positions
from town.clock import Instant
from town.database import Database
from town.people import Device, Squad
from town.watch import Deadline

ALARMS = 4
IN_HANDS = (
    *[(State.RECEIVED, Lane.DESK)] * 3,
    (State.RETURNED, Lane.DESK),
    (State.ARBITRATION, Lane.DESK),
    (State.TRANSFERRED, Lane.TRANSFER),
    *[(state, lane) for state in (State.DISPATCHED, State.ACCEPTED) for lane in (Lane.SQUAD, Lane.GRID, Lane.UNIT)],
    *[(State.ON_SITE, lane) for lane in (Lane.SQUAD, Lane.SQUAD, Lane.UNIT)],
    (State.HANDLED, Lane.SQUAD),
    (State.CHECKED, Lane.GRID),
)
SILENT_FOR = (5, 20, 60, 130, 400, 900)
"""Seconds since a tablet was last heard of."""


def come(database: Database, number: int, now: Instant) -> None:
    """So many open orders, some alarming, some due within minutes, and every squad's tablets on the map."""
    crowd.report(database, number, now)
    luck = random.Random(11)
    with database.write() as session:
        found = list(session.scalars(select(Order.id).order_by(Order.id)))
        for order in found:
            state, lane = luck.choice(IN_HANDS)
            session.execute(update(Order).where(Order.id == order).values(state=state, lane=lane))
            if luck.random() < 0.2:
                soon = now + dt.timedelta(minutes=luck.uniform(5, 120))
                running = Deadline.subject == f"order:{order}", Deadline.state == "running"
                session.execute(update(Deadline).where(*running).values(due_at=soon))
        for order in found[:ALARMS]:
            state, lane = luck.choice([(State.RECEIVED, Lane.DESK), (State.DISPATCHED, Lane.SQUAD)])
            session.execute(update(Order).where(Order.id == order).values(state=state, lane=lane))
            session.execute(insert(Decided).values(_alarming(order, now)))
    send_out(database, now)


def _alarming(order: uuid.UUID, now: Instant) -> dict[str, object]:
    answer = {"row": "emergency", "alarm": True}
    decided = {"id": ids.new_id(), "order_id": order, "round": 9, "way": "table", "at": now, "actor": crowd.ACTOR}
    return {**decided, "facts": {}, "answer": answer}


def send_out(database: Database, now: Instant) -> None:
    """Two tablets of each squad stand somewhere in town, some of them silent for a while."""
    luck = random.Random(7)
    with database.write() as session:
        spots = [geometry.lonlat(place) for place in session.scalars(select(Order.place).limit(60))]
        for squad in session.scalars(select(Squad.code).where(Squad.active)).all():
            devices.add(session, squad, f"{squad.lower()}-out", now)
        for device in session.scalars(select(Device.id).where(Device.active)).all():
            at = now - dt.timedelta(seconds=luck.choice(SILENT_FOR))
            positions.report(session, device, at, *luck.choice(spots), 8.0)
