"""The desk: what waits for it, what it takes down by hand, and what nobody else may see."""

import datetime as dt

import pytest

from service import answers
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, QIAN_GONG, WU_YUE, XIAO_LIN, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import number
from tests.ground.lists import BUILDING, GAS_BOX, GAS_LEAK, MANHOLE, NOISE, POWER_OVER_STALLS, RUBBISH, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, ON_THE_BORDER, OUT_OF_TOWN, Door
from town import clock, journal


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


def queue(desk: Door, name: str) -> list:
    return desk.get("/api/v1/desk/orders", queue=name).json["orders"]


def detail(asking: Door, order) -> dict:
    return asking.get(f"/api/v1/orders/{order['id']}").json


def take_down(desk: Door, source: str, **more):
    body = {"source": source, "place": IN_THE_MIDDLE_OF_INNER, "words": "摊贩又回来了", "category": STALLS}
    return desk.post("/api/v1/desk/reports", body | more)


def test_an_empty_desk_waits_for_nothing(desk):
    waiting = desk.get("/api/v1/desk/queues").json
    assert waiting == {
        "pending": {"total": 0, "by_row": {}},
        "returned": 0,
        "arbitration": 0,
        "transferred": 0,
        "duplicates": 0,
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


def test_a_hotline_matter_keeps_their_number_their_clock_and_their_words(desk):
    due = (clock.now() + dt.timedelta(days=3)).isoformat()
    answer = take_down(desk, "hotline_12345", their_number="12345-0077", their_due_at=due, reporter={"name": "周阿姨"})
    assert answer.status_code == 201, answer.text
    told = answer.json["report"]
    assert (told["source_name"], told["their_number"], told["their_late"]) == ("12345 热线", "12345-0077", False)
    assert told["words"] == "摊贩又回来了"
    assert answer.json["order"]["squad"]["code"] == "CZ"
    assert "周阿姨" not in answer.text
    assert desk.with_receipt(answer.json["receipt"]).get("/api/v1/report").json["words"] == "摊贩又回来了"


def test_what_they_wanted_by_yesterday_is_late_beside_our_own_clock(desk):
    yesterday = (clock.now() - dt.timedelta(days=1)).isoformat()
    answer = take_down(desk, "police_110", their_number="110-1", their_due_at=yesterday).json
    assert answer["report"]["their_late"]
    assert not answer["order"]["late"]


def test_their_number_is_asked_for_and_taken_down_once(desk):
    assert take_down(desk, "hotline_12345").json["code"] == "their_number_missing"
    first = take_down(desk, "hotline_12345", their_number="A-1").json["order"]
    again = take_down(desk, "hotline_12345", their_number="A-1")
    assert (again.status_code, again.json["code"]) == (409, "number_known")
    assert (again.json["order"], again.json["order_id"]) == (first["code"], first["id"])
    assert take_down(desk, "police_110", their_number="A-1").status_code == 201, "another house may use it too"


def test_one_matter_by_three_ways_is_one_order_answered_three_times(door, desk, listed):
    receipts = [door.report(category=STALLS)["receipt"]]
    order = desk.newest_order()
    for source, their in (("hotline_12345", "B-1"), ("call", None)):
        more = {"joins": order["id"]} | ({"their_number": their} if their else {})
        receipts.append(take_down(desk, source, **more).json["receipt"])
    assert len(queue(desk, "all")) == 1
    order = detail(desk, order)
    assert order["sources"] == ["手机举报", "来电", "12345 热线"]
    assert len(order["reports"]) == 3
    close(door, desk, order)
    answer_everybody(listed)
    told = [door.with_receipt(receipt).get("/api/v1/report").json for receipt in receipts]
    assert [report["answer"]["words"] for report in told] == ["已劝离，谢谢您"] * 3
    assert all(report["answered_at"] for report in detail(desk, order)["reports"])
    for number_, receipt in enumerate(receipts):
        rated = door.with_receipt(receipt).post("/api/v1/report/rating", {"solved": "solved", "attitude": "satisfied"})
        assert rated.status_code == 200, number_


def test_who_joins_by_another_way_is_shown_the_place_he_gave_himself(door, desk):
    door.report(category=STALLS)
    there = IN_THE_MIDDLE_OF_INNER | {"lat": IN_THE_MIDDLE_OF_INNER["lat"] + 0.0002}
    receipt = take_down(desk, "call", joins=desk.newest_order()["id"], place=there).json["receipt"]
    told = door.with_receipt(receipt).get("/api/v1/report").json
    assert told["place"]["lat"] == pytest.approx(there["lat"], abs=1e-7)


def test_a_report_joins_no_order_that_has_ended(door, desk):
    door.report(category=STALLS)
    order = desk.newest_order()
    close(door, desk, order)
    assert take_down(desk, "call", joins=order["id"]).json["code"] == "order_ended"
    assert take_down(desk, "call", joins="0" * 32).json["code"] == "not_found"


def test_a_later_report_on_an_order_is_told_to_every_screen(door, desk, listed):
    door.report(category=STALLS)
    order = desk.newest_order()
    number(listed)
    position = desk.get("/api/v1/orders/changes").json["position"]
    take_down(desk, "call", joins=order["id"])
    number(listed)
    (change,) = desk.get("/api/v1/orders/changes", after=position).json["changes"]
    assert (change["kind"], change["order"]["sources"]) == ("report.received", ["手机举报", "来电"])


def test_the_squads_see_nothing_of_the_desk_and_nothing_of_each_other(door, desk):
    door.report(category=STALLS)
    door.report(IN_THE_MIDDLE_OF_EAST, category=STALLS)
    for person in (LIN_XIAOFENG, ZHAO_HAI):
        leader = door.signed_in(person)
        assert leader.get("/api/v1/desk/queues").status_code == 403
        assert leader.get("/api/v1/desk/orders").status_code == 403
        assert [order["squad"]["code"] for order in leader.get("/api/v1/orders").json["orders"]] == [person.squad]


def test_a_likely_duplicate_waits_for_the_desk_and_is_settled_once(door, desk):
    door.report(category=STALLS)
    door.report(category=STALLS)
    newest, older = queue(desk, "duplicates")
    assert [newest["links"], older["links"]] == [1, 1]
    (link,) = detail(desk, newest)["links"]
    assert (link["state_name"], link["other"]["id"]) == ("疑似重复", older["id"])
    assert link["other"]["words"] == "三张桌子占了人行道"
    path = f"/api/v1/orders/{newest['id']}/links/{link['id']}"
    assert desk.post(path, {"state": "linked"}).json["links"][0]["state"] == "linked"
    assert desk.post(path, {"state": "dismissed"}).json["code"] == "link_settled"
    assert queue(desk, "duplicates") == []
    assert len(queue(desk, "all")) == 2, "linking never merges"


def test_a_squad_is_not_shown_another_squads_order_through_a_link(door, desk):
    edge = IN_THE_MIDDLE_OF_INNER
    door.report(edge, category=STALLS)
    door.report(edge, category=STALLS)
    leader = door.signed_in(LIN_XIAOFENG)
    assert detail(leader, leader.newest_order())["links"] == []


def test_the_reporter_may_say_it_is_the_same_matter_and_sees_nothing_of_the_other(door, desk):
    door.report(category=STALLS, words="周阿姨家门口的摊子")
    second = door.report(category=STALLS)
    assert second["similar"] == {"count": 1, "can_join": True, "joined": False}
    his = door.with_receipt(second["receipt"])
    assert his.post("/api/v1/report/join").json == {"count": 0, "can_join": False, "joined": True}
    assert his.post("/api/v1/report/join").json["code"] == "nothing_to_join"
    told = his.get("/api/v1/report")
    assert "周阿姨家门口" not in told.text
    assert told.json["similar"]["joined"]
    (link,) = detail(desk, desk.newest_order())["links"]
    assert link["state"] == "linked"


def test_the_first_reporter_has_nothing_to_join(door):
    first = door.report(category=STALLS)
    door.report(category=STALLS)
    assert first["similar"]["count"] == 0
    assert door.with_receipt(first["receipt"]).post("/api/v1/report/join").json["code"] == "nothing_to_join"


def close(door: Door, desk: Door, order) -> None:
    """The whole way from the squad to the desk's last word."""
    leader = door.signed_in(LIN_XIAOFENG)
    for action, facts in (("accept", {}), ("arrive", {}), ("handle", {"outcome": "fixed", "words": "已劝离"})):
        order = leader.step(order, action, **facts).json
    checker = door.signed_in(WU_YUE)
    order = checker.step(order, "check").json
    closed = desk.step(order, "close", words="已劝离，谢谢您")
    assert closed.status_code == 200, closed.text


def answer_everybody(database) -> None:
    """What the worker does once an order is closed."""
    number(database)
    with database.read() as session:
        events = journal.read_after(session, 0, 500)
    answers.answering(database)(events)
