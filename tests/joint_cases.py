"""吹哨报到 in the words of the tests: an order under way, who is called to it, and the watch going round."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dispatch.models import JointTask, Order
from dispatch.rules.joint import Action
from dispatch.rules.workflow import Action as OrderAction
from dispatch.services import NewReport, details, joint, joint_holding, joint_pictures, receive, steps
from dispatch.services.joint import Call, JointWish
from dispatch.services.steps import Wish
from tests.ground.cast import ACTOR, GAS, LIN_XIAOFENG, SETTLED, Cast, Person
from tests.ground.lists import POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import backstops, profile, watch
from town.access import Actor
from town.backstops import Backstops
from town.database import Database
from town.people import Role

MORNING = dt.datetime(2026, 11, 4, 1, 0, tzinfo=dt.UTC)
"""Wednesday, 09:00 in Shanghai."""
WORDS = "请来现场一起处理"
NOT_YET = uuid.UUID(int=0)
GIVEN: dict[Action, dict[str, Any]] = {
    Action.FINISH: {"outcome": "helped"},
    Action.REFUSE: {"ground": "no_power", "power": POWER_OVER_STALLS},
}


@dataclass
class JointCase:
    """One order of 城中片区, accepted and on site, and everybody who has to do with it."""

    database: Database
    cast: Cast
    now: dt.datetime = MORNING
    order_id: uuid.UUID = NOT_YET

    def begin(self) -> "JointCase":
        """On site."""
        self.begin_accepted().order_step(LIN_XIAOFENG, OrderAction.ARRIVE)
        return self

    def begin_accepted(self) -> "JointCase":
        """Signed for, and nobody has gone there yet."""
        lon, lat = IN_THE_MIDDLE_OF_INNER["lon"], IN_THE_MIDDLE_OF_INNER["lat"]
        new = NewReport(lon, lat, "wgs84", 10.0, "占道，旁边还有燃气管", self.now, category=STALLS)
        with self.database.write() as session:
            self.order_id = receive(session, profile.current(session), MASTER_KEY, new, self.now).order.id
        self.order_step(LIN_XIAOFENG, OrderAction.ACCEPT)
        return self

    def actor(self, person: Person) -> Actor:
        account = self.cast.account(person)
        roles = frozenset(map(Role, account.roles))
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id, account.partner_id)

    def order(self) -> Order:
        with self.database.read() as session:
            return session.get_one(Order, self.order_id)

    def tasks(self) -> list[JointTask]:
        with self.database.read() as session:
            mine = select(JointTask).where(JointTask.order_id == self.order_id)
            return list(session.scalars(mine.order_by(JointTask.called_at, JointTask.id)))

    def task(self, code: str) -> Any:
        """The task of a body as everybody sees it."""
        return next(one for one in self.seen_by(LIN_XIAOFENG).joint if one.body.code == code)

    def seen_by(self, person: Person) -> Any:
        """The order as somebody sees it. Raises Refused("not_found")."""
        with self.database.read() as session:
            who = self.actor(person)
            order = steps.visible(session, who, self.order_id)
            return details.detail(session, who, order, self.now)

    def call(self, person: Person, *, squads: tuple[str, ...] = (), partners: tuple[str, ...] = ()) -> None:
        with self.database.write() as session:
            joint.call(session, self.actor(person), self.order_id, Call(squads, partners, WORDS), self.now)

    def step(self, person: Person, code: str, action: Action, **given: Any) -> Any:
        """What somebody does to the task of a body, on the version that stands."""
        return self.step_on(person, self.task(code), action, **given)

    def step_on(self, person: Person, seen: Any, action: Action, **given: Any) -> Any:
        with self.database.write() as session:
            return self.taking(person, seen, action, **given)(session)

    def taking(self, person: Person, seen: Any, action: Action, **given: Any) -> Any:
        """The step as something that is still to be done in a session."""
        wish = JointWish(action, seen.version, {"words": "按规定办理"} | GIVEN.get(action, {}) | given)

        def take(session: Any) -> Any:
            task = joint.take_step(session, self.actor(person), seen.id, wish, self.now)
            return joint_pictures.of_task(session, self.actor(person), task, self.now)

        return take

    def order_step(self, person: Person, action: OrderAction, **given: Any) -> None:
        wish = Wish(action, self.order().version, {"words": "按规定办理"} | given)
        with self.database.write() as session:
            steps.take_step(session, self.actor(person), self.order_id, wish, self.now)

    def handle(self) -> None:
        self.order_step(LIN_XIAOFENG, OrderAction.HANDLE, outcome="fixed")

    def let_pass(self, **time: float) -> None:
        """Time goes by, and the watch goes round once at the end of it."""
        self.now += dt.timedelta(**time)
        watch.tick(self.database, self.now, joint_holding.on_due(), limit=100)

    def clocks(self, code: str) -> dict[str, str]:
        """State of each clock of a body's task; of several of one kind the last."""
        return {clock.kind: clock.state for clock in self.task(code).clocks}

    def dispute(self, person: Person, code: str) -> Any:
        """The body refuses, the caller insists, the body refuses again."""
        self.step(person, code, Action.REFUSE)
        self.step(LIN_XIAOFENG, code, Action.INSIST)
        return self.step(person, code, Action.REFUSE)


def name_a_last_resort(database: Database, code: str = GAS) -> None:
    """兜底单位."""
    with database.write() as session:
        backstops.change(session, Backstops(last_resort=code), ACTOR, SETTLED)
