"""One day in the town, small: a citizen reports, the squad goes, somebody else checks, the citizen reads the answer."""

import uuid

from dispatch.services import answer
from tests import photographs
from tests.ground.cast import AUNT_ZHOU, CHEN_JING, LIN_XIAOFENG, SU_MIN, WU_YUE, ZHAO_HAI, Cast
from tests.ground.databases import number
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, ON_THE_BORDER, OUT_OF_TOWN, Door
from town import clock
from town.database import Database


def told(database: Database, order_id: str) -> bool:
    """The worker's part: the reporter is answered once the order is closed."""
    with database.write() as session:
        return answer(session, uuid.UUID(order_id), clock.now())


def test_a_citizen_reads_the_answer_with_her_receipt(door: Door, mapped: Database):
    receipt = door.report(reporter={"name": AUNT_ZHOU.name, "phone": AUNT_ZHOU.phone}, category="09006")
    assert receipt["squad"] == "城中片区中队"
    assert "工作日" in receipt["promise"]["explanation"]

    leader, checker = door.signed_in(LIN_XIAOFENG), door.signed_in(WU_YUE)
    order = leader.newest_order()
    assert [step["action"] for step in leader.get(f"/api/v1/orders/{order['id']}").json["allowed"]] == [
        "accept",
        "return",
    ]
    for action, facts in (
        ("accept", {}),
        ("arrive", {}),
        ("handle", {"outcome": "fixed", "words": "店家收回了全部桌椅"}),
    ):
        order = leader.step(order, action, **facts).json
    order = checker.step(order, "check").json
    order = checker.step(order, "close", words="人行道已恢复通行。情节轻微、及时改正，不予处罚。").json
    assert order["state"] == "closed"
    assert told(mapped, order["id"])
    assert not told(mapped, order["id"]), "asking twice tells her once"

    hers = door.with_receipt(receipt["receipt"])
    mine = hers.get("/api/v1/report").json
    assert mine["state_name"] == "已答复"
    assert mine["answer"]["outcome_name"] == "已整改"
    assert mine["answer"]["words"].startswith("人行道已恢复通行")
    assert [line["text"] for line in mine["timeline"]] == [
        "收到您的举报",
        "已派给城中片区中队",
        "签收",
        "到场查看",
        "现场处置完毕",
        "已核查，由没办过此件的人",
        "办结",
        "答复您",
    ]
    assert mine["can_rate"]
    assert hers.post("/api/v1/report/rating", {"solved": "solved", "attitude": "satisfied"}).status_code == 200
    again = hers.post("/api/v1/report/rating", {"solved": "not_solved", "attitude": "dissatisfied"})
    assert (again.status_code, again.json["code"]) == (409, "already_rated")


def test_nobody_on_the_way_ever_sees_who_reported(door: Door, mapped: Database):
    receipt = door.report(reporter={"name": AUNT_ZHOU.name, "phone": AUNT_ZHOU.phone})
    number(mapped)
    leader, desk = door.signed_in(LIN_XIAOFENG), door.signed_in(CHEN_JING)
    order = leader.newest_order()
    seen = "".join(
        answer.text
        for answer in (
            leader.get("/api/v1/orders"),
            leader.get(f"/api/v1/orders/{order['id']}"),
            leader.get("/api/v1/orders/changes"),
            desk.get("/api/v1/map/orders"),
            door.with_receipt(receipt["receipt"]).get("/api/v1/report"),
        )
    )
    assert order["code"] in seen
    assert AUNT_ZHOU.name not in seen
    assert AUNT_ZHOU.phone not in seen


def test_the_handler_cannot_check_his_own_work(door: Door):
    door.report()
    leader, officer = door.signed_in(LIN_XIAOFENG), door.signed_in(SU_MIN)
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    order = officer.step(order, "handle", outcome="not_found", words="到场时已经收摊").json
    refused = officer.step(order, "check")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")


def test_what_is_not_good_enough_goes_back_and_the_clock_starts_again(door: Door):
    door.report()
    leader, checker = door.signed_in(LIN_XIAOFENG), door.signed_in(WU_YUE)
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    order = leader.step(order, "handle", outcome="fixed", words="已劝离").json
    order = checker.step(order, "rework", words="傍晚又摆出来了").json
    assert order["state"] == "accepted"
    assert order["clock"]["kind"] == "arrive"
    assert [clock["kind"] for clock in order["clocks"]].count("arrive") == 2
    assert order["outcome"] is None, "what was not accepted is no outcome"


def test_colleagues_read_what_the_others_wrote_and_the_reporter_does_not(door: Door):
    hers = door.with_receipt(door.report()["receipt"])
    leader, checker = door.signed_in(LIN_XIAOFENG), door.signed_in(WU_YUE)
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    order = leader.step(order, "handle", outcome="fixed", words="已劝离").json
    checker.step(order, "rework", words="傍晚又摆出来了")
    timeline = leader.get(f"/api/v1/orders/{order['id']}").json["timeline"]
    told = {line["kind"]: line["words"] for line in timeline}
    assert (told["order.handled"], told["order.reworked"]) == ("已劝离", "傍晚又摆出来了")
    assert {(line["actor"], line["words"]) for line in hers.get("/api/v1/report").json["timeline"]} == {(None, None)}


def test_a_place_on_the_border_of_two_squads_waits_for_the_desk(door: Door):
    receipt = door.report(ON_THE_BORDER)
    assert receipt["squad"] is None
    assert receipt["state_name"] == "待研判"
    desk = door.signed_in(CHEN_JING)
    order = desk.newest_order()
    detail = desk.get(f"/api/v1/orders/{order['id']}").json
    assert "可能属于不同中队" in detail["reasons"][0]["text"]
    sent = desk.step(order, "dispatch", squad="CD", words="电话核实，在河东一侧").json
    assert sent["squad"]["name"] == "城东片区中队"
    assert door.signed_in(ZHAO_HAI).newest_order()["id"] == order["id"]


def test_a_place_outside_the_town_is_answered_too(door: Door, mapped: Database):
    receipt = door.report(OUT_OF_TOWN)
    assert receipt["grid"] is None
    desk = door.signed_in(CHEN_JING)
    order = desk.newest_order()
    desk.step(order, "reject", outcome="not_ours", words="地点在邻镇，已转告邻镇综合执法局。")
    assert told(mapped, order["id"])
    mine = door.with_receipt(receipt["receipt"]).get("/api/v1/report").json
    assert mine["answer"]["outcome_name"] == "不归本镇管"


def test_another_squad_sees_nothing_of_it(door: Door, mapped: Database):
    door.report()
    order = door.signed_in(LIN_XIAOFENG).newest_order()
    number(mapped)
    outsider = door.signed_in(ZHAO_HAI)
    assert outsider.get("/api/v1/orders").json["orders"] == []
    assert outsider.get("/api/v1/orders/changes").json["changes"] == []
    absent = outsider.get(f"/api/v1/orders/{uuid.uuid4()}")
    for refused in (outsider.get(f"/api/v1/orders/{order['id']}"), outsider.step(order, "accept")):
        assert refused.status_code == absent.status_code == 404
        assert refused.json["detail"] == absent.json["detail"]


def test_every_photo_is_sent_and_confirmed_on_its_own(door: Door, cast: Cast):
    receipt = door.report()
    hers = door.with_receipt(receipt["receipt"])
    taken = photographs.jpeg()
    first = hers.send_photo("/api/v1/report/photos", taken)
    assert first.status_code == 201
    resent = hers.send_photo("/api/v1/report/photos", taken)
    assert resent.json["id"] == first.json["id"], "the same photo twice is one photo"
    shown = hers.get(f"/api/v1/report/photos/{first.json['id']}")
    assert shown.mimetype == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store", "it leaves nothing on a borrowed telephone"
    leader = door.signed_in(LIN_XIAOFENG)
    detail = leader.get(f"/api/v1/orders/{leader.newest_order()['id']}").json
    assert [photo["id"] for photo in detail["photos"]] == [first.json["id"]]
    assert leader.get(f"/api/v1/photos/{first.json['id']}").status_code == 200
    assert door.signed_in(ZHAO_HAI).get(f"/api/v1/photos/{first.json['id']}").status_code == 404


def test_a_tablet_that_was_away_pulls_what_it_missed_once(door: Door, mapped: Database):
    door.report()
    door.report(IN_THE_MIDDLE_OF_EAST)
    number(mapped)
    leader = door.signed_in(LIN_XIAOFENG)
    first = leader.get("/api/v1/orders/changes", after=0).json
    assert [change["kind"] for change in first["changes"]] == ["order.dispatched"]
    assert leader.get("/api/v1/orders/changes", after=first["position"]).json["changes"] == []
