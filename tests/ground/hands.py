"""One order at a time, and what people do about it by the services, at moments the test chooses."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from dispatch.models import Order
from dispatch.rules.workflow import Action
from dispatch.schemas import OrderDetail
from dispatch.services import NewReport, details, handling_times, receive, steps
from dispatch.services.steps import Wish
from enforcement.services import editions
from tests.ground.cast import ACTOR, LIN_XIAOFENG, Cast, Person
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import journal, sheets, watch
from town.access import Actor
from town.database import Database
from town.people import Role
from town.profile import Town
from town.watch import Deadline

NOON = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
"""A Wednesday, 12:00 in Shanghai: the office is closed for lunch until 13:30."""
HEAD = "事项代码,严重程度,环节,时限,单位,最长可延,可延次数,依据来源\n"


class Hands:
    """Reports and orders of one town, and a clock that stands until the test moves it."""

    def __init__(self, database: Database, town: Town, cast: Cast) -> None:
        self.database, self.town, self.cast, self.now = database, town, cast, NOON

    def later(self, **span: float) -> "Hands":
        """Let time pass."""
        self.now += dt.timedelta(**span)
        return self

    def report(self, category: str = STALLS, place: dict[str, Any] = IN_THE_MIDDLE_OF_INNER) -> uuid.UUID:
        """举报; gives back its order."""
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", self.now, category=category)
        with self.database.write() as session:
            return receive(session, self.town, MASTER_KEY, new, self.now).order.id

    def on_site(self, category: str = STALLS) -> uuid.UUID:
        """An order whose squad has come."""
        order = self.report(category)
        self.step(LIN_XIAOFENG, order, Action.ACCEPT)
        self.step(LIN_XIAOFENG, order, Action.ARRIVE)
        return order

    def step(self, person: Person, order: uuid.UUID, action: Action, **given: Any) -> Order:
        """One step, on the newest version."""
        with self.database.write() as session:
            version = session.get_one(Order, order).version
            wish = Wish(action, version, {"words": "按规定办理", **given})
            return steps.take_step(session, self.actor(person), order, wish, self.now)

    def actor(self, person: Person, *more: Role) -> Actor:
        """Somebody who acts."""
        account = self.cast.account(person)
        roles = frozenset({*map(Role, account.roles), *more})
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id, account.partner_id)

    def order(self, order: uuid.UUID) -> Order:
        """As it stands."""
        with self.database.read() as session:
            return session.get_one(Order, order)

    def detail(self, person: Person, order: uuid.UUID) -> OrderDetail:
        """The order's page, as somebody sees it."""
        with self.database.read() as session:
            found = session.get_one(Order, order)
            return details.detail(session, self.actor(person), found, self.now)

    def clocks(self, order: uuid.UUID) -> dict[str, Deadline]:
        """The newest clock of each kind."""
        with self.database.read() as session:
            found = session.scalars(
                select(Deadline).where(Deadline.subject == f"order:{order}").order_by(Deadline.round)
            )
            return {clock.kind: clock for clock in found}

    def told(self, order: uuid.UUID) -> list[str]:
        """What the journal says of it."""
        with self.database.read() as session:
            return [event.kind for event in journal.events_of(session, f"order:{order}")]

    def tick(self) -> int:
        """Let the watch look once."""
        return watch.tick(self.database, self.now, {}, limit=100)

    def put_in_force(self, rows: str, name: str = "办理时限 2026") -> uuid.UUID:
        """A table of handling times that counts from today on."""
        today = self.now.astimezone(self.town.zone).date()
        read = sheets.read((HEAD + rows).encode(), "办理时限.csv")
        with self.database.write() as session:
            previewed = handling_times.preview(session, read, today)
            edition = handling_times.import_edition(session, previewed, name, actor=ACTOR, now=self.now)
            editions.activate(session, edition, today, actor=ACTOR, now=self.now)
            return edition.id


@pytest.fixture
def hands(listed: Database, town: Town, cast: Cast) -> Hands:
    """Everybody in the listed town, and nothing reported yet."""
    return Hands(listed, town, cast)
