"""Lives of joint tasks (协办一生): whatever people do, in whichever order, somebody is waited for until it is over."""

import random
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import select

from dispatch.models import JointTask, Order
from dispatch.rules import joint as rules
from dispatch.rules import workflow
from dispatch.rules.joint import Action
from dispatch.rules.workflow import Action as OrderAction
from dispatch.services import joint, sight, steps
from dispatch.services.joint import Call, JointWish
from dispatch.services.steps import Wish
from tests.ground.cast import CHEN_JING, EAST, GAS, INNER, LAND, LIN_XIAOFENG, PEOPLE, QIAN_GONG, WATER
from tests.ground.lists import POWER_OVER_STALLS
from tests.joint_cases import WORDS, JointCase, name_a_last_resort
from town import journal, watch
from town.errors import Refused

EVERYBODY = (*PEOPLE, QIAN_GONG)
ORDERS, ACTS = 4, 150
ORDER_STEPS = (
    OrderAction.ACCEPT,
    OrderAction.ARRIVE,
    OrderAction.HANDLE,
    OrderAction.RETURN,
    OrderAction.DISPATCH,
    OrderAction.TRANSFER,
    OrderAction.SENT_BACK,
    OrderAction.CHECK,
    OrderAction.REWORK,
    OrderAction.CLOSE,
)


class Undone(Exception):
    """Only tried."""


class Life:
    """A few orders, and everybody who may call, come, refuse or decide."""

    def __init__(self, database, cast, seed):
        self.database, self.chance, self.done = database, random.Random(seed), Counter()
        self.cases = [JointCase(database, cast).begin() for _ in range(ORDERS)]
        self.people = [self.cases[0].actor(person) for person in EVERYBODY]

    def live(self):
        for _ in range(ACTS):
            case = self.chance.choice(self.cases)
            act = self.chance.choices((self.call, self.step, self.order_step, self.wait), (3, 9, 2, 2))[0]
            act(case)
            self.look(case)

    def call(self, case):
        bodies = self.chance.choice(
            [((EAST,), ()), ((EAST,), (GAS,)), ((), (GAS,)), ((INNER,), ()), ((), (WATER, LAND))]
        )
        who = case.actor(self.chance.choice((LIN_XIAOFENG, CHEN_JING)))
        self.attempt("call", lambda session: joint.call(session, who, case.order_id, Call(*bodies, WORDS), case.now))

    def step(self, case):
        """Somebody does something that he may do to a task."""
        with self.database.read() as session:
            order = session.get_one(Order, case.order_id)
            possible = [
                (who, task, step.action)
                for task in session.scalars(
                    select(JointTask).where(JointTask.order_id == order.id).order_by(JointTask.id)
                )
                for who in self.people
                if sight.sees(who, order)
                for step in joint.allowed(session, who, order, task)
            ]
        if possible:
            who, task, action = self.chance.choices(possible, [self.weight(action) for _, _, action in possible])[0]
            wish = self.wish(task, action)
            self.attempt(action, lambda session: joint.take_step(session, who, task.id, wish, case.now))

    def weight(self, action):
        return 1 / (1 + self.done[str(action)]) ** 2

    def wish(self, task, action):
        given = {
            "words": WORDS,
            "outcome": "helped",
            "ground": self.chance.choice(list(rules.Ground)),
            "power": POWER_OVER_STALLS,
            "partner": self.chance.choice((WATER, LAND)),
        }
        return JointWish(action, task.version, given)

    def order_step(self, case):
        """Somebody takes a step of the order, or is refused it because others are missing."""
        order = case.order()
        able = [(who, step.action) for who in self.people for step in _allowed(who, order)]
        if not able:
            return
        who, action = self.chance.choice(able)
        given = {"words": WORDS, "outcome": "fixed", "squad": self.chance.choice((INNER, EAST)), "partner": LAND}
        given |= {"ground": "not_our_area"} if action is OrderAction.RETURN else {}
        wish = Wish(action, case.order().version, given)
        self.attempt(action, lambda session: steps.take_step(session, who, case.order_id, wish, case.now))

    def wait(self, case):
        case.let_pass(hours=self.chance.choice((1, 5, 30)))

    def attempt(self, name, act):
        with suppress(Refused), self.database.write() as session:
            act(session)
            self.done[str(name)] += 1

    def look(self, case):
        with self.database.read() as session:
            order = session.get_one(Order, case.order_id)
            tasks = session.scalars(select(JointTask).where(JointTask.order_id == order.id)).all()
            for task in tasks:
                somebody_is_waited_for(session, task)
                assert task.version == len(journal.events_of(session, f"joint:{task.id}"))
            is_open = [task for task in tasks if task.state in rules.OPEN]
            if rules.over(workflow.State(order.state)) or order.state == "handled":
                assert is_open == []
            for task in is_open:
                assert task.squad_id is None or (order.lane, order.squad_id) != ("squad", task.squad_id)
            for who in self.people:
                seen = set(session.scalars(select(Order.id).where(sight.theirs(who))))
                assert (order.id in seen) == sight.sees(who, order)
        if tasks:
            self.try_everything(case, self.chance.choice(tasks))

    def try_everything(self, case, task):
        """What is offered can be done, and nothing else."""
        who = self.chance.choice(self.people)
        with suppress(Undone), self.database.write() as session:
            order = session.get_one(Order, case.order_id)
            task = session.get_one(JointTask, task.id)
            offered = set()
            if sight.sees(who, order):
                offered = {step.action for step in joint.allowed(session, who, order, task)}
            assert {action for action in Action if self.tried(session, case, who, task, action)} == offered
            raise Undone

    def tried(self, session, case, who, task, action):
        savepoint = session.begin_nested()
        try:
            joint.take_step(session, who, task.id, self.wish(task, action), case.now)
        except Refused as refused:
            return refused.problem.code in ("joint_known", "invalid")  # may be done, but not with this body
        finally:
            savepoint.rollback()
        return True


def _allowed(who, order):
    steps_ = workflow.allowed(workflow.State(order.state), steps.posts_of(who, order), False, order.returns)
    return [step for step in steps_ if step.action in ORDER_STEPS]


def somebody_is_waited_for(session, task):
    """By exactly one clock while it is open, by none afterwards."""
    clocks = watch.of(session, f"joint:{task.id}")
    unmet = [clock.kind for clock in clocks if clock.met_at is None and clock.state in ("running", "missed")]
    assert len(unmet) == (task.state in rules.OPEN), (task.state, unmet)


@pytest.mark.parametrize("seed", [2, 5])
def test_whatever_happens_somebody_is_waited_for_and_nobody_after_the_end(seed, listed, cast, record_property):
    name_a_last_resort(listed)
    life = Life(listed, cast, seed)
    life.live()
    record_property("done", dict(life.done))
    usual = {Action.REPORT_IN, Action.FINISH, Action.REFUSE, Action.INSIST, Action.RELEASE}
    assert {"call", "handle"} | {action.value for action in usual} <= set(life.done)
