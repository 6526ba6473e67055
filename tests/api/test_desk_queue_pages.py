"""A queue of the desk in words: why each order is there, how exact its place is, and who did what to it, by name."""

from typing import Any

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG
from tests.ground.lists import GAS_LEAK, POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, ON_THE_BORDER, Door


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


def pending(desk: Door, **which: str) -> Any:
    return desk.get("/api/v1/desk/orders", queue="pending", **which).json["orders"]


def test_a_row_of_the_table_is_a_queue_of_its_own(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    door.report(category=GAS_LEAK)
    assert [order["row"] for order in pending(desk)] == ["emergency", "ambiguous"]
    assert [order["category"] for order in pending(desk, row="ambiguous")] == [STALLS]
    assert [order["category"] for order in pending(desk, row="emergency")] == [GAS_LEAK]
    assert pending(desk, row="unserved") == []


def test_each_order_says_why_it_is_there(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    [order] = pending(desk)
    assert order["why"].startswith("定位误差 10 米，可能属于不同中队的网格")


def test_an_order_that_was_sent_says_more_than_where_it_lies(door, desk):
    door.report(category=STALLS)
    [order] = desk.get("/api/v1/desk/orders", queue="all").json["orders"]
    assert (order["row"], order["why"]) == ("squad", "城中片区由城中片区中队负责")


def test_the_place_is_as_exact_as_the_last_decision_knew_it(door, desk):
    door.report({**IN_THE_MIDDLE_OF_INNER, "accuracy_m": 25}, category=STALLS)
    [order] = desk.get("/api/v1/desk/orders", queue="all").json["orders"]
    assert desk.get(f"/api/v1/orders/{order['id']}").json["accuracy_m"] == 25


def test_the_trace_names_colleagues_and_the_ground_of_a_return(door, desk):
    door.report(category=STALLS)
    his = door.signed_in(LIN_XIAOFENG)
    [order] = his.get("/api/v1/orders").json["orders"]
    wish = {"action": "return", "version": order["version"], "ground": "no_power", "words": "没有权"}
    his.post(f"/api/v1/orders/{order['id']}/steps", wish | {"power": POWER_OVER_STALLS})
    last = desk.get(f"/api/v1/orders/{order['id']}").json["timeline"][-1]
    assert last["text"].endswith(f"退回：本镇没有这项权力（{POWER_OVER_STALLS}）")
    assert (last["actor"], last["words"]) == ("林晓峰", "没有权")
