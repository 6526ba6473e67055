"""Lives of orders (工单一生): whatever people do, in whichever order, somebody has every order and is waited for."""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Link, Order
from dispatch.rules import handling_times, workflow
from dispatch.rules.grounds import GROUNDS
from dispatch.rules.handling_times import Clock
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Action, Lane, Outcome, State
from dispatch.services import (
    NewReport,
    cases,
    changes,
    correcting,
    handing_back,
    links,
    order_cases,
    receive,
    sight,
    steps,
)
from dispatch.services.cases import CaseWish
from dispatch.services.correcting import Correction, Point
from dispatch.services.links import LinkState
from dispatch.services.steps import Wish
from enforcement.rules.cases.actions import Action as Deed
from enforcement.services import changes as power_changes
from tests.case_acts import enter
from tests.ground.cast import ACTOR, CHEN_JING, COUNTY, EAST, INNER, LAND, SU_MIN
from tests.ground.databases import number
from tests.ground.lists import (
    BUILDING,
    GAS_BOX,
    GAS_LEAK,
    NOISE,
    POWER_OVER_RUBBISH,
    POWER_OVER_STALLS,
    RUBBISH,
    STALLS,
)
from tests.ground.web import (
    IN_THE_MIDDLE_OF_EAST,
    IN_THE_MIDDLE_OF_INNER,
    MASTER_KEY,
    ON_THE_BORDER,
    OUT_OF_TOWN,
)
from town import journal, watch
from town.access import Actor
from town.database import Database
from town.errors import Refused
from town.people import Account, Role, Squad
from town.profile import Town

MORNING = dt.datetime(2026, 11, 4, 1, 0, tzinfo=dt.UTC)
MATTERS = (RUBBISH, STALLS, GAS_BOX, RUBBISH, STALLS, NOISE, RUBBISH, GAS_BOX, STALLS, "other", BUILDING, GAS_LEAK)
PLACES = (*[IN_THE_MIDDLE_OF_INNER] * 8, *[IN_THE_MIDDLE_OF_EAST] * 2, ON_THE_BORDER, OUT_OF_TOWN)
ONWARD = {Action.ACCEPT, Action.ARRIVE, Action.HANDLE, Action.SETTLE, Action.CHECK, Action.REWORK, Action.CLOSE}
PROMISED = {row.clock for row in handling_times.PROMISES}
ORDERS, ACTS, HAND_BACK_AT, CASES_EVERY = 24, 144, 96, 11
WAITED_FOR = {
    State.RECEIVED: {Clock.DECIDE},
    State.RETURNED: {Clock.DECIDE},
    State.ARBITRATION: {Clock.ARBITRATE},
    State.TRANSFERRED: {Clock.REPLY},
    State.DISPATCHED: {Clock.ACCEPT},
    State.ACCEPTED: {Clock.ARRIVE, Clock.SETTLE},
    State.ON_SITE: {Clock.HANDLE},
    State.HANDLED: {Clock.CHECK},
    State.SUSPENDED: {Clock.REVIEW},
}
"""What the holder owes in each state; afterwards only the answer is owed."""
LATE_BEFORE = {Clock.ARRIVE, Clock.HANDLE, Clock.SETTLE}
"""What was late already when it was put aside stays so."""
TOLD_OTHERWISE = {State.IN_CASE, State.SUSPENDED}
"""Here the reporter knows that it goes on elsewhere or has to wait, and is promised nothing yet."""
AT_THE_DESK = {State.RECEIVED, State.RETURNED, State.ARBITRATION}
IN_THE_FIELD = {State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.SUSPENDED, State.IN_CASE}
IN_THE_FIELD |= {State.HANDLED, State.CHECKED}


class Undone(Exception):
    """Only tried."""


class Life:
    """A few orders in one town, and everybody who may do something about them."""

    def __init__(self, database: Database, town: Town, seed: int) -> None:
        self.database, self.town = database, town
        self.chance = random.Random(seed)
        self.now = MORNING
        self.known: set[tuple[object, ...]] = set()
        self.seen: dict[uuid.UUID, int] = {}
        self.done: Counter[str] = Counter()
        with database.read() as session:
            self.people = [_actor(account) for account in session.scalars(select(Account).order_by(Account.login))]
            self.squads = dict(session.execute(select(Squad.code, Squad.id)).all())
            own = session.scalar(select(Account.squad_id).where(Account.login == SU_MIN.login))
            self.officers = [who for who in self.people if who.squad_id == own]
            self.dispatcher = _actor(session.scalars(select(Account).where(Account.login == CHEN_JING.login)).one())

    def live(self) -> None:
        """Reports come in, and then one thing after another happens."""
        others = (self.step, self.correct, self.settle_a_link, self.let_time_pass, self.go_to_a_case, self.end_a_case)
        for act in range(ACTS):
            self.now += dt.timedelta(minutes=self.chance.choice((1, 7, 45, 200)))
            if act % (ACTS // ORDERS) == 0:
                self.report(act // (ACTS // ORDERS))
            elif act == HAND_BACK_AT:
                self.hand_back()
            elif act % CASES_EVERY == CASES_EVERY - 1:
                self.move_a_case()
            else:
                self.chance.choices(others, (14, 1, 1, 1, 2, 2))[0]()
            self.look()

    def report(self, turn: int) -> None:
        place, matter = self.chance.choice(PLACES), MATTERS[turn % len(MATTERS)]
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", self.now, category=matter)
        with self.database.write() as session:
            order = receive(session, self.town, MASTER_KEY, new, self.now).order
        self.done[f"intake.{order.lane}"] += 1

    def step(self) -> None:
        """Somebody does something that he may do: the rarer it was so far, the sooner."""
        orders = self.orders()
        possible = [(who, order, step) for order in orders for who in self.people for step in self.allowed(who, order)]
        if closed := [order for order in orders if order.state == State.CLOSED]:
            with self.database.write() as session:
                assert steps.answer(session, closed[0].id, self.now)
            self.done["answer"] += 1
        elif possible:
            weights = [self.weight(order.lane, step.action) for _, order, step in possible]
            [(who, order, step)] = self.chance.choices(possible, weights)
            with self.database.write() as session:
                steps.take_step(session, who, order.id, self.wish(step.action, order), self.now)
            self.done[f"{order.lane}.{step.action}"] += 1

    def weight(self, lane: str, action: Action) -> float:
        return (8 if action in ONWARD else 1) / (1 + self.done[f"{lane}.{action}"]) ** 2

    def wish(self, action: Action, order: Order) -> Wish:
        today = self.now.astimezone(self.town.zone).date()
        given = {
            "squad": self.chance.choice([code for code in (INNER, EAST) if self.squads[code] != order.squad_id]),
            "partner": self.chance.choice((COUNTY, LAND)),
            "ground": self.chance.choice(list(GROUNDS.get(action, GROUNDS[Action.RETURN]))),
            "until": today + dt.timedelta(days=self.chance.randint(1, 30)),
            "severity": self.chance.choice(list(Severity)),
            "clock": "settle" if order.lane == Lane.GRID else "handle",
            "amount": 1,
            "power": POWER_OVER_STALLS,
            "outcome": Outcome.NOT_FOUND,
            "words": "按规定办理",
        }
        return Wish(action, order.version, given)

    def correct(self) -> None:
        orders = [order for order in self.orders() if order.state in correcting.CORRECTABLE]
        if not orders:
            return
        order, place = self.chance.choice(orders), self.chance.choice(PLACES)
        point = self.chance.choice((None, Point(place["lon"], place["lat"], "wgs84", 10.0)))
        fix = Correction(order.version, "原来写错了", point, self.chance.choice(MATTERS))
        with self.database.write() as session:
            correcting.correct(session, self.town, self.dispatcher, order.id, fix, self.now)
        self.done["correct"] += 1

    def settle_a_link(self) -> None:
        with self.database.write() as session:
            link = session.scalars(select(Link).where(Link.state == LinkState.SUGGESTED).order_by(Link.id)).first()
            if link:
                said = self.chance.choice((LinkState.LINKED, LinkState.DISMISSED))
                links.settle(session, self.dispatcher, link.other_id, link.id, said, self.now)
                self.done["link"] += 1

    def move_a_case(self) -> None:
        """Every now and then one is opened, or one that is open ends."""
        waiting = any(order.state == State.IN_CASE for order in self.orders())
        (self.end_a_case if waiting else self.go_to_a_case)()

    def go_to_a_case(self) -> None:
        """Whoever may open a case and has two officers of his own does."""
        able = [(who, order) for order in self.orders() for who in self.officers if _can_open(who, order)]
        if able:
            who, order = self.chance.choice(able)
            wish = CaseWish(("linxiaofeng", "sumin"), "占道", power=POWER_OVER_RUBBISH)
            with self.database.write() as session:
                cases.open_from_order(session, who, order.id, order.version, wish, self.now)
            self.done["case.opened"] += 1

    def end_a_case(self) -> None:
        waiting = [order for order in self.orders() if order.state == State.IN_CASE]
        if not waiting:
            return
        order = self.chance.choice(waiting)
        with self.database.read() as session:
            case = order_cases.last(session, order.id)
            assert case
        filed = self.chance.choice((True, False))
        if filed:
            enter(self.database, case.id, (Deed.ASK_FILING, Deed.FILE), ACTOR, self.now)
        enter(self.database, case.id, (Deed.WITHDRAW if filed else Deed.DECLINE,), ACTOR, self.now)
        with self.database.write() as session:
            assert cases.told(session, case.id, "filed", self.now) or not filed
            assert cases.ended(session, case.id, self.now)
        self.done["case.ended"] += 1

    def let_time_pass(self) -> None:
        watch.tick(self.database, self.now, {}, limit=100)

    def hand_back(self) -> None:
        today = self.now.astimezone(self.town.zone).date()
        with self.database.write() as session:
            power_changes.hand_back(session, [POWER_OVER_STALLS], today, LAND, "云府〔2026〕51号", ACTOR, self.now)
        with self.database.write() as session:
            self.done["moved"] += len(handing_back.catch_up(session, ACTOR, self.now))

    def orders(self) -> Sequence[Order]:
        with self.database.read() as session:
            return session.scalars(select(Order).order_by(Order.id)).all()

    def look(self) -> None:
        """What must be so of every order that something happened to."""
        with self.database.read() as session:
            orders = session.scalars(select(Order).order_by(Order.id)).all()
            changed = [order for order in orders if self.seen.get(order.id) != order.version]
            for order in changed:
                somebody_has(order)
                somebody_is_waited_for(order, watch.of(session, f"order:{order.id}"))
                assert order.version == len(journal.events_of(session, f"order:{order.id}"))
            if changed:
                everybody_sees_the_same_twice(session, self.people, orders)
        for order in changed:
            self.seen[order.id] = order.version
            self.try_everything(order)

    def try_everything(self, order: Order) -> None:
        """What is offered can be done, and nothing else; tried once for each kind of situation."""
        for who in self.people:
            own, posts, sees = order.handler == who.name, steps.posts_of(who, order), sight.sees(who, order)
            plea = self.plea(who, order)
            situation = (order.state, order.lane, order.returns, own, posts, plea) if sees else ()
            if situation in self.known:
                continue
            self.known.add(situation)
            assert self.possible(who, order) == {step.action for step in self.allowed(who, order)}, situation

    def plea(self, who: Actor, order: Order) -> workflow.Plea:
        if order.state not in steps.MAY_ASK or not steps.posts_of(who, order):
            return workflow.NO_PLEA
        with self.database.read() as session:
            return steps.plea_of(session, who.name, order, self.now)

    def allowed(self, who: Actor, order: Order) -> list[workflow.Step]:
        if not sight.sees(who, order):
            return []
        posts, own = steps.posts_of(who, order), order.handler == who.name
        return workflow.allowed(State(order.state), posts, own, order.returns, self.plea(who, order))

    def possible(self, who: Actor, order: Order) -> set[Action]:
        """What somebody can really do; all of it is undone."""
        with suppress(Undone), self.database.write() as session:
            done = {action for action in Action if self.tried(session, who, order, action)}
            raise Undone
        return done

    def tried(self, session: Session, who: Actor, order: Order, action: Action) -> bool:
        savepoint = session.begin_nested()
        try:
            steps.take_step(session, who, order.id, self.wish(action, order), self.now)
        except Refused:
            return False
        finally:
            savepoint.rollback()
        return True


def _actor(account: Account) -> Actor:
    roles = frozenset(map(Role, account.roles))
    return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id, account.partner_id)


def _can_open(who: Actor, order: Order) -> bool:
    return sight.sees(who, order) and workflow.opens_a_case(State(order.state), steps.posts_of(who, order))


def somebody_has(order: Order) -> None:
    """Exactly one: the desk, a squad, a 网格员, a unit, or the body it was transferred to."""
    state, lane = State(order.state), Lane(order.lane)
    assert (lane is Lane.DESK) >= (state in AT_THE_DESK), (state, lane)
    assert (lane is Lane.TRANSFER) >= (state is State.TRANSFERRED), (state, lane)
    assert (lane in {Lane.SQUAD, Lane.GRID, Lane.UNIT}) >= (state in IN_THE_FIELD), (state, lane)
    holder = {
        Lane.DESK: True,
        Lane.SQUAD: order.squad_id and not (order.worker_id or order.partner_id),
        Lane.GRID: order.worker_id and not order.partner_id,
        Lane.UNIT: order.partner_id and not (order.squad_id or order.worker_id),
        Lane.TRANSFER: order.partner_id and not (order.squad_id or order.worker_id),
    }
    assert holder[lane], (state, lane)


def somebody_is_waited_for(order: Order, clocks: Sequence[watch.Deadline]) -> None:
    """The holder by exactly one clock of his own, the town by its promise until the answer; afterwards nobody.

    What a case owes is counted by the case. While an order is put aside its holder's clock stands still, and the day on
    which somebody looks at it again is waited for.
    """
    waiting = [
        clock.kind
        for clock in clocks
        if clock.met_at is None and clock.state in (watch.State.RUNNING, watch.State.MISSED)
    ]
    owed = [kind for kind in waiting if kind in {row.clock for row in handling_times.OF_A_HOLDER}]
    state = State(order.state)
    late_before = LATE_BEFORE & set(owed) if state is State.SUSPENDED else set()
    assert len(owed) == (state in WAITED_FOR) + len(late_before), (state, order.lane, waiting)
    assert set(owed) <= WAITED_FOR.get(state, set()) | late_before, (state, order.lane, waiting)
    still = [clock.kind for clock in clocks if clock.state == watch.State.PAUSED]
    assert len(still) + len(late_before) == (state is State.SUSPENDED), (state, order.lane, still)
    assert (order.suspended_from is not None) == (state is State.SUSPENDED)
    if state not in TOLD_OTHERWISE:
        assert bool(PROMISED & set(waiting)) == (state is not State.ANSWERED), (state, order.lane, waiting)


def everybody_sees_the_same_twice(session, people: Sequence[Actor], orders: Sequence[Order]) -> None:
    """The rule for one order in hand and the condition on many say the same of everybody."""
    for who in people:
        found = set(session.scalars(select(Order.id).where(sight.theirs(who))))
        assert found == {order.id for order in orders if sight.sees(who, order)}, who.roles


@pytest.mark.parametrize("seed", [1, 3])
def test_whatever_happens_somebody_has_every_order_and_is_waited_for(seed, listed, town, record_property):
    life = Life(listed, town, seed)
    life.live()
    record_property("done", dict(life.done))
    assert {f"intake.{lane}" for lane in Lane} <= set(life.done)
    assert {"case.opened", "case.ended"} <= set(life.done)
    assert {Action.SUSPEND, Action.GRADE} <= {what.rpartition(".")[2] for what in life.done}
    assert len(life.known) > 60
    number(listed)
    with listed.read() as session:
        orders = session.scalars(select(Order)).all()
        for who in life.people:
            told = changes.after(session, who, 0, 500).changes
            seen = {order.id for order in orders if sight.sees(who, order)}
            assert {change.order.id for change in told if change.order} <= seen
