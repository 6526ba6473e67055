"""Orders that live as a test tells: reported, sent out, signed for, handled, checked, closed, rated, each at its moment."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dispatch.models import Order, Report
from dispatch.rules.workflow import Action, Outcome
from dispatch.services import NewReport, answer, receive, reporters, take_step
from dispatch.services.steps import Wish
from tests.ground.cast import CHEN_JING, INNER, LIN_XIAOFENG, WU_YUE, Cast, Person
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town.access import Actor
from town.database import Database
from town.people import Role
from town.profile import Town

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
WORDS = "按规定办理"


def at(text: str) -> dt.datetime:
    """A local moment of 2026, ``11-04 09:00``."""
    return dt.datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}").replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


@dataclass
class Lives:
    """A town in which orders live."""

    database: Database
    town: Town
    cast: Cast
    unsigned: uuid.UUID | None = None
    """An order that nobody signed for, where the test has one."""

    def actor(self, person: Person) -> Actor:
        account = self.cast.account(person)
        return Actor(f"account:{account.id}", account.id, None, frozenset(map(Role, account.roles)), account.squad_id)

    def report(self, when: str, place: Mapping[str, Any] = IN_THE_MIDDLE_OF_INNER, category: str = STALLS) -> uuid.UUID:
        """A report; gives back its order."""
        moment = at(when)
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", moment, category=category)
        with self.database.write() as session:
            return receive(session, self.town, MASTER_KEY, new, moment).order.id

    def step(
        self, order_id: uuid.UUID, when: str, action: Action | str, by: Person = LIN_XIAOFENG, **given: Any
    ) -> None:
        with self.database.write() as session:
            version = session.get_one(Order, order_id).version
            wish = Wish(Action(action), version, {"words": WORDS, **given})
            take_step(session, self.actor(by), order_id, wish, at(when))

    def handle(self, order_id: uuid.UUID, *when: str, by: Person = LIN_XIAOFENG) -> None:
        """签收、到场、处置, as far as moments are given."""
        for moment, action in zip(when, ("accept", "arrive", "handle"), strict=False):
            self.step(order_id, moment, action, by, outcome=Outcome.FIXED)

    def close(self, order_id: uuid.UUID, checked: str, closed: str) -> None:
        """核查、办结、答复."""
        self.step(order_id, checked, "check", WU_YUE)
        self.step(order_id, closed, "close", CHEN_JING)
        with self.database.write() as session:
            answer(session, order_id, at(closed))

    def rate(self, order_id: uuid.UUID, when: str, solved: str = "solved", attitude: str = "satisfied") -> None:
        with self.database.write() as session:
            report = session.query(Report).filter_by(order_id=order_id).first()
            assert report
            reporters.rate(session, report, session.get_one(Order, order_id), solved, attitude, None, at(when))

    def transfer(self, order_id: uuid.UUID, when: str, partner: str = "county") -> None:
        self.step(order_id, when, "transfer", CHEN_JING, partner=partner)

    def dispatch(self, order_id: uuid.UUID, when: str, squad: str = INNER) -> None:
        self.step(order_id, when, "dispatch", CHEN_JING, squad=squad)
