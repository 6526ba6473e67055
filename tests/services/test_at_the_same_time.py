"""At the same time (同时操作): two people, or a person and a hand-back, want the same order. Whoever waits sees what is so then."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from dispatch.models import Link, Order
from dispatch.rules.sources import Source
from dispatch.rules.workflow import Action, State
from dispatch.services import NewReport, cases, correcting, handing_back, links, receive, steps
from dispatch.services.cases import CaseWish
from dispatch.services.correcting import Correction
from dispatch.services.desk_entry import take_down
from dispatch.services.links import LinkState
from dispatch.services.steps import Wish
from enforcement.models import PenaltyCase
from enforcement.services import changes
from tests.ground.cast import ACTOR, CHEN_JING, EAST, LAND, LIN_XIAOFENG, SU_MIN
from tests.ground.databases import on_postgresql
from tests.ground.lists import POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town.access import Actor
from town.errors import Refused
from town.people import Role

pytestmark = on_postgresql
"""On SQLite one writer is alone anyway."""
NOW = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
A_MOMENT = 0.4
WORDS = "按规定办理"


class Rivals:
    """One does something and keeps the others waiting for his commit; another does something meanwhile."""

    def __init__(self, database, town, cast):
        self.database, self.town, self.cast = database, town, cast

    def actor(self, person):
        account = self.cast.account(person)
        return Actor(f"account:{account.id}", account.id, None, frozenset(map(Role, account.roles)), account.squad_id)

    def report(self):
        with self.database.write() as session:
            return receive(session, self.town, MASTER_KEY, self.new(), NOW).order

    def new(self, **more):
        lon, lat = IN_THE_MIDDLE_OF_INNER["lon"], IN_THE_MIDDLE_OF_INNER["lat"]
        return NewReport(lon, lat, "wgs84", 10.0, "占道", NOW, category=STALLS, **more)

    def both(self, first, second):
        """What became of the second, which began before the first was kept."""
        begun = threading.Event()

        def later():
            begun.wait()
            with self.database.write() as session:
                return second(session)

        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(later)
            with self.database.write() as session:
                first(session)
                begun.set()
                with pytest.raises(TimeoutError):
                    waiting.result(A_MOMENT)
            return waiting.result(20)

    def step(self, person, order, action, **given):
        wish = Wish(action, order.version, {"words": WORDS} | given)
        return lambda session: steps.take_step(session, self.actor(person), order.id, wish, NOW)

    def accepted(self):
        with self.database.write() as session:
            return self.step(SU_MIN, self.report(), Action.ACCEPT)(session)

    def to_case(self, person, order):
        wish = CaseWish((SU_MIN.login, LIN_XIAOFENG.login), WORDS)
        return lambda session: cases.open_from_order(session, self.actor(person), order.id, order.version, wish, NOW)

    def cases(self):
        with self.database.read() as session:
            return session.scalars(select(PenaltyCase)).all()

    def hand_back(self, session):
        changes.hand_back(session, [POWER_OVER_STALLS], NOW.date(), LAND, "云府〔2026〕51号", ACTOR, NOW)
        return handing_back.apply(session, [POWER_OVER_STALLS], NOW.date(), LAND, "云府〔2026〕51号", ACTOR, NOW)

    def now(self, order):
        with self.database.read() as session:
            return session.get_one(Order, order.id)


@pytest.fixture
def rivals(listed, town, cast):
    return Rivals(listed, town, cast)


def test_of_two_who_accept_the_second_is_told_that_it_changed(rivals):
    order = rivals.report()
    with pytest.raises(Refused, match="stale"):
        rivals.both(rivals.step(SU_MIN, order, Action.ACCEPT), rivals.step(LIN_XIAOFENG, order, Action.ACCEPT))
    assert rivals.now(order).version == 2


def test_of_two_desks_that_dispatch_the_second_is_told_that_it_changed(rivals):
    order = rivals.report()
    to_east = rivals.step(CHEN_JING, order, Action.DISPATCH, squad=EAST)
    to_east_too = rivals.step(CHEN_JING, order, Action.DISPATCH, squad=EAST)
    with pytest.raises(Refused, match="stale"):
        rivals.both(to_east, to_east_too)
    assert rivals.now(order).squad_id == rivals.cast.squad_id(EAST)


def test_a_hand_back_waits_for_a_step_and_moves_the_order_as_it_is_then(rivals):
    order = rivals.report()
    receipts = rivals.both(rivals.step(SU_MIN, order, Action.ACCEPT), rivals.hand_back)
    assert [receipt.touched.state for receipt in receipts] == [State.ACCEPTED]
    assert rivals.now(order).state == State.TRANSFERRED


def test_who_dispatches_during_a_hand_back_is_told_that_it_changed(rivals):
    order = rivals.report()
    with pytest.raises(Refused, match="stale"):
        rivals.both(rivals.hand_back, rivals.step(CHEN_JING, order, Action.DISPATCH, squad=EAST))
    assert rivals.now(order).state == State.TRANSFERRED


def test_of_two_who_open_a_case_the_second_is_told_that_it_changed_and_one_case_is_kept(rivals):
    order = rivals.accepted()
    with pytest.raises(Refused, match="stale"):
        rivals.both(rivals.to_case(SU_MIN, order), rivals.to_case(LIN_XIAOFENG, order))
    assert (rivals.now(order).state, len(rivals.cases())) == (State.IN_CASE, 1)


def test_a_hand_back_waits_for_a_case_to_be_opened_and_leaves_the_order_in_it(rivals):
    order = rivals.accepted()
    receipts = rivals.both(rivals.to_case(SU_MIN, order), rivals.hand_back)
    assert [receipt.touched.moved.to_partner for receipt in receipts] == [False]
    assert rivals.now(order).state == State.IN_CASE


def test_who_opens_a_case_during_a_hand_back_is_told_that_it_changed(rivals):
    order = rivals.accepted()
    with pytest.raises(Refused, match="stale"):
        rivals.both(rivals.hand_back, rivals.to_case(SU_MIN, order))
    assert (rivals.now(order).state, rivals.cases()) == (State.TRANSFERRED, [])


def test_a_call_about_an_order_and_a_hand_back_wait_for_each_other_in_one_order(rivals):
    order = rivals.report()
    again = rivals.new(source=Source.CALL)
    receipts = rivals.both(
        lambda session: take_down(session, rivals.town, MASTER_KEY, again, order.id, NOW), rivals.hand_back
    )
    assert [receipt.touched.order_id for receipt in receipts] == [order.id]


def test_a_link_is_settled_once(rivals):
    order, link = linked(rivals)

    def settle(session, said=LinkState.LINKED):
        links.settle(session, rivals.actor(CHEN_JING), order.id, link, said, NOW)

    with pytest.raises(Refused, match="link_settled"):
        rivals.both(settle, lambda session: settle(session, LinkState.DISMISSED))
    assert settled(rivals, link) == LinkState.LINKED


def test_what_the_desk_said_of_a_link_stands_although_the_order_is_corrected_meanwhile(rivals):
    order, link = linked(rivals)
    fix = Correction(order.version, WORDS, category="other")
    rivals.both(
        lambda session: links.settle(session, rivals.actor(CHEN_JING), order.id, link, LinkState.LINKED, NOW),
        lambda session: correcting.correct(session, rivals.town, rivals.actor(CHEN_JING), order.id, fix, NOW),
    )
    assert settled(rivals, link) == LinkState.LINKED


def linked(rivals):
    rivals.report()
    order = rivals.report()
    with rivals.database.read() as session:
        return order, session.scalars(select(Link.id).where(Link.order_id == order.id)).one()


def settled(rivals, link):
    with rivals.database.read() as session:
        return session.get_one(Link, link).state
