"""Likely duplicates at the desk and on the phone: suggested, settled by people, never merged by themselves."""

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG
from tests.ground.desk import detail, queue
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


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
