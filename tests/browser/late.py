"""Orders that somebody forgot, and the watch that looks at them while a page is open. Time is told from now, backwards."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from dispatch.models import Order
from dispatch.services import NewReport, Wish, receive, take_step
from oversight.services.supervision import alarms, notices
from service import wakes
from tests.ground.cast import LIN_XIAOFENG, Cast, Person
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import clock, profile
from town.access import Actor
from town.clock import Instant
from town.database import Database
from town.people import Role

CLIMB = (16, 25, 31, 95)
"""Minutes after which nobody signed for an order: 提醒, 黄, 红, 督办单."""


@dataclass
class Late:
    """The town's orders, and how long ago things happened to them."""

    database: Database
    cast: Cast

    def report(self, ago: dt.timedelta, category: str = STALLS) -> uuid.UUID:
        """A report in the middle of 城中片区; gives back its order."""
        place, then = IN_THE_MIDDLE_OF_INNER, clock.now() - ago
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", then, category=category)
        with self.database.write() as session:
            return receive(session, profile.current(session), MASTER_KEY, new, then).order.id

    def step(
        self, order_id: uuid.UUID, ago: dt.timedelta, action: str, by: Person = LIN_XIAOFENG, **given: Any
    ) -> None:
        """A step of the workflow, so long ago."""
        with self.database.write() as session:
            order = session.get_one(Order, order_id)
            wish = Wish(action, order.version, {"words": "按规定办理", **given})  # type: ignore[arg-type]
            take_step(session, self._actor(by), order_id, wish, clock.now() - ago)

    def forgotten(self, ago: dt.timedelta = dt.timedelta(hours=3)) -> uuid.UUID:
        """An order that nobody signed for until a 督办单 was issued; gives back its id."""
        order_id = self.report(ago)
        for minutes in CLIMB:
            self.look(clock.now() - ago + dt.timedelta(minutes=minutes))
        return order_id

    def look(self, now: Instant) -> None:
        """What the worker does at that moment: clocks first, then notices, then what is settled."""
        wakes.take_up(self.database, now)
        for work in (notices.ring_due, alarms.close_settled):
            with self.database.write() as session:
                work(session, now)

    def _actor(self, person: Person) -> Actor:
        account = self.cast.account(person)
        roles = frozenset(map(Role, account.roles))
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id, account.partner_id)
