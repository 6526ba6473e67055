"""Under which power a squad goes out, by whichever way it is sent: never under one that is not in force that day."""

import datetime as dt
from dataclasses import replace

import pytest

from dispatch.models import Order
from dispatch.rules.handling_times import Clock
from dispatch.rules.sources import Source
from dispatch.rules.workflow import Action, Ground, Lane, Outcome, State
from dispatch.services import NewReport, correcting, handing_back, receive, steps
from dispatch.services.correcting import Correction, Point
from dispatch.services.desk_entry import take_down
from dispatch.services.steps import Wish
from enforcement.services import changes
from tests.ground.cast import ACTOR, CHEN_JING, EAST, INNER, LAND, SU_MIN, WU_YUE, ZHAO_HAI, ZHENG_YAN, Person
from tests.ground.lists import GAS_BOX, POWER_OVER_RUBBISH, POWER_OVER_STALLS, RUBBISH, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, MASTER_KEY, ON_THE_BORDER
from town import watch
from town.access import Actor
from town.errors import Refused
from town.people import Role

NOW = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 4)
WORDS = {"words": "按规定办理"}


class Street:
    """Reports about stalls, and what people do about them."""

    def __init__(self, database, town, cast):
        self.database, self.town, self.cast = database, town, cast

    def report(self, place=IN_THE_MIDDLE_OF_INNER, category=STALLS, at=NOW):
        new = self.new(place, category, at)
        with self.database.write() as session:
            return receive(session, self.town, MASTER_KEY, new, at).order

    def new(self, place=IN_THE_MIDDLE_OF_INNER, category=STALLS, at=NOW, source=Source.CALL):
        return NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", at, category=category, source=source)

    def act(self, person: Person, order, action, now=NOW, **given):
        with self.database.write() as session:
            version = session.get_one(Order, order.id).version
            return steps.take_step(session, self.actor(person), order.id, Wish(action, version, WORDS | given), now)

    def actor(self, person: Person) -> Actor:
        account = self.cast.account(person)
        roles = frozenset(map(Role, account.roles))
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id)

    def hand_back(self, now=NOW, code=POWER_OVER_STALLS):
        with self.database.write() as session:
            changes.hand_back(session, [code], now.date(), LAND, "云府〔2026〕51号", ACTOR, now)
        return self.catch_up(now)

    def catch_up(self, now=NOW):
        with self.database.write() as session:
            return [receipt.touched.order_id for receipt in handing_back.catch_up(session, ACTOR, now)]

    def clocks(self, order):
        with self.database.read() as session:
            return {clock.kind: clock for clock in watch.of(session, f"order:{order.id}")}


@pytest.fixture
def street(listed, town, cast):
    return Street(listed, town, cast)


def test_a_squad_that_is_sent_by_hand_acts_by_the_power_in_force(street):
    order = street.report(ON_THE_BORDER)
    assert (order.lane, order.power_code) == (Lane.DESK, None)
    sent = street.act(CHEN_JING, order, Action.DISPATCH, squad=INNER)
    assert sent.power_code == POWER_OVER_STALLS
    assert street.hand_back() == [order.id]


def test_a_power_that_was_handed_back_sends_nobody_again(street):
    order = street.report()
    assert street.hand_back() == [order.id]
    street.act(CHEN_JING, order, Action.SENT_BACK)
    sent = street.act(CHEN_JING, order, Action.DISPATCH, squad=INNER)
    assert (sent.lane, sent.power_code) == (Lane.SQUAD, None)
    assert street.catch_up() == []


def test_an_act_of_yesterday_goes_to_whoever_holds_the_power_today(street):
    street.hand_back()
    new = street.new(at=NOW - DAY)
    with street.database.write() as session:
        order = take_down(session, street.town, MASTER_KEY, new, None, NOW).order
    assert (order.state, order.power_code) == (State.TRANSFERRED, None)


def test_what_was_finished_here_and_is_to_be_done_again_goes_with_the_power(street):
    order = street.report()
    for action in (Action.ACCEPT, Action.ARRIVE, Action.HANDLE):
        street.act(SU_MIN, order, action, outcome=Outcome.FIXED)
    assert street.hand_back() == [order.id]
    assert street.catch_up() == []
    street.act(WU_YUE, order, Action.REWORK)
    assert street.catch_up() == [order.id]


def test_a_small_matter_at_the_network_worker_goes_with_the_power_too(street):
    order = street.report(category=RUBBISH)
    assert (order.lane, order.power_code) == (Lane.GRID, POWER_OVER_RUBBISH)
    assert street.hand_back(code=POWER_OVER_RUBBISH) == [order.id]
    with street.database.read() as session:
        moved = session.get_one(Order, order.id)
    assert (moved.state, moved.lane, moved.worker_id, moved.squad_id) == ("transferred", Lane.TRANSFER, None, None)


def test_a_call_taken_down_a_day_later_promises_from_then_and_sends_from_now(street):
    new = street.new(at=NOW - DAY)
    with street.database.write() as session:
        order = take_down(session, street.town, MASTER_KEY, new, None, NOW).order
    clocks = street.clocks(order)
    assert (clocks[Clock.ANSWER].started_at, clocks[Clock.ACCEPT].started_at) == (NOW - DAY, NOW)
    assert clocks[Clock.ACCEPT].state == watch.State.RUNNING


def test_a_kind_that_no_list_knew_on_the_day_of_the_act_is_still_that_kind(street):
    before_any_list = dt.datetime(2025, 12, 30, 4, 0, tzinfo=dt.UTC)
    new = replace(street.new(), category=GAS_BOX, acted_at=before_any_list)
    with street.database.write() as session:
        order = receive(session, street.town, MASTER_KEY, new, NOW).order
    assert (order.lane, order.state) == (Lane.UNIT, State.DISPATCHED)


def test_after_the_supervisors_word_a_squad_cannot_pass_an_order_on_by_moving_it(street):
    order = street.report()
    for squad, person in ((EAST, SU_MIN), (INNER, ZHAO_HAI)):
        street.act(person, order, Action.RETURN, ground=Ground.NOT_OUR_AREA)
        given_to = (CHEN_JING, Action.DISPATCH) if squad == EAST else (ZHENG_YAN, Action.ARBITRATE)
        order = street.act(given_to[0], order, given_to[1], squad=squad)
    point = Point(IN_THE_MIDDLE_OF_EAST["lon"], IN_THE_MIDDLE_OF_EAST["lat"], "wgs84")
    fix = Correction(order.version, "其实在那边", point)
    with street.database.write() as session, pytest.raises(Refused, match="forbidden"):
        correcting.correct(session, street.town, street.actor(SU_MIN), order.id, fix, NOW)
    with street.database.write() as session:
        moved = correcting.correct(session, street.town, street.actor(CHEN_JING), order.id, fix, NOW)
    assert moved.squad_id == street.cast.squad_id(EAST)
