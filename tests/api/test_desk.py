"""The desk: what waits for it, what it takes down by hand, and what nobody else may see."""

import json

import pytest

from grids import files
from grids import services as grids
from grids.files import Fields
from tests.ground.cast import (
    ACTOR,
    CHEN_JING,
    LIN_XIAOFENG,
    QIAN_GONG,
    SETTLED,
    XIAO_LIN,
    ZHAO_HAI,
    ZHENG_YAN,
)
from tests.ground.desk import detail, queue
from tests.ground.lists import BUILDING, GAS_BOX, GAS_LEAK, MANHOLE, NOISE, POWER_OVER_STALLS, RUBBISH, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, ON_THE_BORDER, OUT_OF_TOWN, Door, two_areas


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


def test_an_empty_desk_waits_for_nothing(desk):
    waiting = desk.get("/api/v1/desk/queues").json
    assert waiting == {
        "pending": {"total": 0, "by_row": {}},
        "returned": 0,
        "arbitration": 0,
        "transferred": 0,
        "duplicates": 0,
        "suspended": 0,
        "extensions": 0,
        "alarms": 0,
    }


def test_what_nobody_can_route_waits_at_the_desk_by_its_row(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    door.report(category=GAS_LEAK)
    door.report(OUT_OF_TOWN, category=STALLS)
    door.report(category=NOISE)
    door.report(category=STALLS)
    waiting = desk.get("/api/v1/desk/queues").json
    assert waiting["pending"] == {"total": 2, "by_row": {"ambiguous": 1, "emergency": 1}}
    assert (waiting["transferred"], waiting["alarms"]) == (2, 1)
    assert [order["alarm"] for order in queue(desk, "pending")] == [True, False]
    assert {order["partner"]["code"] for order in queue(desk, "transferred")} == {"county", "police"}
    assert len(queue(desk, "all")) == 5


def test_a_queue_is_read_page_by_page(door, desk):
    for _ in range(3):
        door.report(ON_THE_BORDER)
    first = desk.get("/api/v1/desk/orders", queue="pending", limit=2).json
    rest = desk.get("/api/v1/desk/orders", queue="pending", limit=2, before=first["next"]).json
    assert [len(first["orders"]), len(rest["orders"]), rest["next"]] == [2, 1, None]


def test_an_order_dispatched_by_hand_keeps_both_decisions(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    (order,) = queue(desk, "pending")
    after = desk.step(order, "dispatch", squad="CD", words="看了照片，在路东").json
    first, second = after["decisions"]
    assert (first["row"], first["way_name"], first["actor_name"]) == ("ambiguous", "按规则自动决定", "系统")
    assert {reason["code"] for reason in first["reasons"]} == {"ambiguous"}
    assert (second["row"], second["actor_name"], after["squad"]["code"]) == ("by_hand", "陈静", "CD")
    assert queue(desk, "pending") == []


def test_the_alarm_is_over_when_somebody_has_been_sent_and_signs(door, desk):
    door.report(category=GAS_LEAK)
    (order,) = queue(desk, "alarms")
    assert order["alarm"]
    desk.step(order, "dispatch", squad="CZ", words="燃气公司已到，请维持秩序")
    assert queue(desk, "alarms") == []


def test_an_order_under_a_power_tells_which_and_why(door, desk):
    door.report(category=STALLS)
    order = desk.newest_order()
    assert order["power"] == {"code": POWER_OVER_STALLS, "name": "擅自占道经营"}
    assert (order["lane"], order["lane_name"], order["sources"]) == ("squad", "中队", ["手机举报"])
    power = detail(desk, order)["power"]
    assert (power["standing"], power["mode_name"]) == ("in_force", "自有")
    assert "行政处罚法" in power["why"]


def test_what_the_town_may_not_do_is_handed_over_with_a_numbered_letter(door, desk):
    door.report(category=BUILDING)
    (order,) = queue(desk, "transferred")
    (letter,) = detail(desk, order)["transfers"]
    assert letter["partner"]["code"] == "land"
    assert letter["rule_name"] == "本镇当日没有这项权力"
    assert letter["number"].startswith("YUNXI-")
    taken = desk.step(order, "taken_over", words="已由县自然资源局立案").json
    assert (taken["transfers"][0]["reply_name"], taken["state"]) == ("已接收", "closed")


def test_a_unit_works_its_own_orders_and_sees_no_others(door, desk):
    for category in (STALLS, MANHOLE, GAS_BOX):
        door.report(category=category)
    unit = door.signed_in(QIAN_GONG)
    (order,) = unit.get("/api/v1/orders").json["orders"]
    assert (order["lane"], order["lane_name"], order["partner"]["name"]) == ("unit", "责任单位", "云川燃气")
    for action, facts in (("accept", {}), ("arrive", {}), ("handle", {"outcome": "fixed", "words": "已更换箱门"})):
        answer = unit.step(order, action, **facts)
        assert answer.status_code == 200, answer.text
        order = answer.json
    others = [one for one in queue(desk, "all") if one["category"] != GAS_BOX]
    assert [unit.get(f"/api/v1/orders/{one['id']}").status_code for one in others] == [404, 404]


def test_a_grid_worker_sees_and_settles_what_is_his(door, desk):
    door.report(category=STALLS)
    door.report(category=RUBBISH)
    worker = door.signed_in(XIAO_LIN)
    (order,) = worker.get("/api/v1/orders").json["orders"]
    assert (order["lane"], order["category"]) == ("grid", RUBBISH)
    assert [step["action"] for step in detail(worker, order)["allowed"]] == ["accept", "escalate"]
    escalated = worker.step(order, "escalate", words="是商户的料，要执法").json
    assert escalated["state"] == "received"
    assert desk.get("/api/v1/desk/queues").json["pending"]["by_row"] == {"escalated": 1}


def test_a_returned_order_waits_in_its_queue_and_a_second_time_for_the_supervisor(door, desk):
    door.report(category=STALLS)
    leader = door.signed_in(LIN_XIAOFENG)
    order = leader.step(leader.newest_order(), "return", ground="not_our_area", words="在路对面").json
    assert len(queue(desk, "returned")) == 1
    order = desk.step(detail(desk, order), "dispatch", squad="CZ", words="看过图，是你们的").json
    leader.step(order, "return", ground="no_power", power=POWER_OVER_STALLS, words="店内经营")
    (disputed,) = queue(desk, "arbitration")
    settled = door.signed_in(ZHENG_YAN).step(disputed, "arbitrate", squad="CD", words="由城东办").json
    assert (settled["squad"]["code"], settled["returns"]) == ("CD", 2)


def test_the_desk_chooses_from_todays_lists(desk):
    options = desk.get("/api/v1/desk/options").json
    assert [source["code"] for source in options["sources"] if source["numbered"]] == ["hotline_12345", "police_110"]
    assert "app" not in {source["code"] for source in options["sources"]}
    assert [(squad["code"], squad["areas"]) for squad in options["squads"]] == [("CD", ["CD"]), ("CZ", ["CZ"])]
    stalls = next(one for one in options["categories"] if one["code"] == STALLS)
    assert (stalls["nature_name"], stalls["class_name"]) == ("执法", "街面秩序类")
    assert options["categories"][-1]["code"] == "other"
    assert {power["code"]: power["standing"] for power in options["powers"]}["YX003"] == "not_published"
    assert {ground["code"] for ground in options["grounds"]} == {
        "not_our_area",
        "not_our_field",
        "no_power",
        "wrong_kind",
    }


def test_the_squads_see_nothing_of_the_desk_and_nothing_of_each_other(door, desk):
    door.report(category=STALLS)
    door.report(IN_THE_MIDDLE_OF_EAST, category=STALLS)
    for person in (LIN_XIAOFENG, ZHAO_HAI):
        leader = door.signed_in(person)
        assert leader.get("/api/v1/desk/queues").status_code == 403
        assert leader.get("/api/v1/desk/orders").status_code == 403
        assert [order["squad"]["code"] for order in leader.get("/api/v1/orders").json["orders"]] == [person.squad]


def test_the_professional_grids_of_a_place_stand_beside_its_own(door, desk, listed):
    layer = files.read_geojson(json.dumps(two_areas()).encode(), "sanitation.geojson")
    survey = grids.check(layer, Fields(code="code", area="area", name="name", area_name="area_name"), 4549)
    with listed.write() as session:
        edition = grids.import_edition(session, survey, "环卫 2026", actor=ACTOR, now=SETTLED, layer="环卫")
        grids.activate(session, edition, actor=ACTOR, now=SETTLED)
    door.report(category=STALLS)
    (beside,) = detail(desk, desk.newest_order())["layers"]
    assert beside == {"layer": "环卫", "grid": {"code": "CZ-01", "name": "城中片区一号网格"}}
