"""What the desk takes down by hand; one matter may come by several ways, and each is answered."""

import datetime as dt

import pytest

from tests.ground.cast import CHEN_JING
from tests.ground.databases import number
from tests.ground.desk import answer_everybody, close, detail, queue, take_down
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door
from town import clock, journal


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


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
    reports = detail(desk, order)["reports"]
    assert all(report["answered_at"] for report in reports)
    with listed.read() as session:
        kinds = [[event.kind for event in journal.events_of(session, f"report:{one['id']}")] for one in reports]
    assert kinds == [["report.received", "report.answered"]] * 3
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
