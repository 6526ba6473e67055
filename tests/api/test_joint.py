"""Joint tasks over HTTP: who may call whom, who sees what of it, and what tablets are told."""

from typing import Any

import pytest

from service import doorbell
from tests import photographs
from tests.ground.cast import (
    CHEN_JING,
    EAST,
    GAS,
    INNER,
    LIN_XIAOFENG,
    QIAN_GONG,
    SU_MIN,
    WATER,
    WU_YUE,
    XIAO_LIN,
    ZHAO_HAI,
    ZHENG_YAN,
)
from tests.ground.databases import number, on_sqlite
from tests.ground.lists import STALLS
from tests.ground.web import Door
from town import journal

WORDS = "占道的桌子下面有燃气管，请来看"


class Squads:
    """城中 has an order on site; everybody else stands by."""

    def __init__(self, door: Door) -> None:
        self.reporter = door.with_receipt(door.report(category=STALLS)["receipt"])
        self.leader, self.east = door.signed_in(LIN_XIAOFENG), door.signed_in(ZHAO_HAI)
        self.gas, self.desk = door.signed_in(QIAN_GONG), door.signed_in(CHEN_JING)
        self.order = self.leader.newest_order()
        for action in ("accept", "arrive"):
            self.order = self.leader.step(self.order, action).json

    @property
    def path(self) -> str:
        return f"/api/v1/orders/{self.order['id']}"

    def call(self, asking: Door, **bodies: Any) -> Any:
        return asking.post(f"{self.path}/joint", {"words": WORDS, **bodies})

    def task(self, code: str) -> Any:
        return next(one for one in self.desk.get(self.path).json["joint"] if one["body"]["code"] == code)

    def step(self, asking: Door, code: str, action: str, **facts: Any) -> Any:
        task = self.task(code)
        return asking.post(f"/api/v1/joint/{task['id']}/steps", {"action": action, "version": task["version"], **facts})


@pytest.fixture
def squads(listed, door) -> Squads:
    return Squads(door)


def test_the_leader_calls_and_everybody_called_sees_the_order_and_what_he_may_do(squads):
    assert squads.east.get(squads.path).status_code == squads.gas.get(squads.path).status_code == 404
    called = squads.call(squads.leader, squads=[EAST], partners=[GAS])
    assert called.status_code == 201, called.text
    assert called.json["can_call"]
    assert [(one["body"]["code"], one["kind"], one["state"]) for one in called.json["joint"]] == [
        (EAST, "squad", "called"),
        (GAS, "partner", "called"),
    ]
    task = called.json["joint"][0]
    assert task["order"] == {
        "id": squads.order["id"],
        "code": squads.order["code"],
        "category_name": "占道经营",
        "squad": {"code": INNER, "name": "城中片区中队"},
    }
    assert (task["called_by_name"], task["words"], task["state_name"]) == ("林晓峰", WORDS, "已呼叫，未报到")
    assert [(clock["name"], clock["state"]) for clock in task["clocks"]] == [("协办报到", "running")]
    for asking, own in ((squads.east, EAST), (squads.gas, GAS)):
        seen = asking.get(squads.path).json
        assert seen["words"] == ["三张桌子占了人行道"]
        assert (seen["allowed"], seen["can_call"], seen["can_open_case"]) == ([], False, False)
        offered = {one["body"]["code"]: [step["action"] for step in one["allowed"]] for one in seen["joint"]}
        assert offered == {EAST: [], GAS: []} | {own: ["report_in", "refuse"]}


@on_sqlite
def test_who_was_called_may_show_what_he_found_and_may_not_take_the_leaders_steps(squads):
    squads.call(squads.leader, squads=[EAST])
    assert squads.east.send_photo(f"{squads.path}/photos", photographs.jpeg()).status_code == 201
    refused = squads.east.step(squads.order, "handle", outcome="fixed", words="清理了")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    moved = squads.east.post(
        f"{squads.path}/corrections", {"version": squads.order["version"], "category": "other", "words": "不是"}
    )
    assert (moved.status_code, moved.json["code"]) == (403, "forbidden")


@on_sqlite
def test_only_the_leader_of_the_squad_that_has_it_and_the_desk_call_others(squads, door):
    for person in (SU_MIN, XIAO_LIN, WU_YUE, ZHENG_YAN):
        assert squads.call(door.signed_in(person), squads=[EAST]).json["code"] == "forbidden"
    assert squads.call(squads.east, squads=[EAST]).json["code"] == "not_found"
    squads.call(squads.leader, squads=[EAST])
    assert squads.call(squads.east, partners=[GAS]).json["code"] == "forbidden", "a helper calls nobody"
    assert squads.call(squads.desk, partners=[GAS]).status_code == 201


@on_sqlite
def test_a_call_names_bodies_that_can_be_called(squads):
    for bodies, said in (
        ({}, "missing_fact"),
        ({"squads": ["nobody"]}, "invalid"),
        ({"partners": ["nobody"]}, "invalid"),
        ({"squads": [INNER]}, "invalid"),
        ({"squads": [EAST] * 11}, "invalid"),
        ({"squads": [EAST], "words": ""}, "invalid"),
        ({"squads": ["C\u0000"]}, "invalid"),
    ):
        assert squads.call(squads.leader, **bodies).json["code"] == said, bodies
    assert squads.call(squads.leader, squads=[EAST, EAST]).status_code == 201
    assert len(squads.desk.get(squads.path).json["joint"]) == 1
    again = squads.call(squads.leader, squads=[EAST], partners=[GAS])
    assert (again.json["code"], again.json["body"]) == ("joint_known", "城东片区中队")


@on_sqlite
def test_nobody_is_called_before_somebody_has_signed_for_it_nor_after_it_is_done(squads):
    handled = squads.leader.step(squads.order, "handle", outcome="fixed", words="清理了").json
    assert not handled["can_call"]
    assert squads.call(squads.leader, squads=[EAST]).json["code"] == "illegal_step"
    Door(squads.leader.app).report(category=STALLS)
    squads.order = squads.leader.newest_order()
    assert squads.order["state"] == "dispatched"
    assert squads.call(squads.leader, squads=[EAST]).json["code"] == "illegal_step"


def test_everybody_finds_his_own_tasks_in_his_list_and_the_desk_all(squads, door):
    squads.call(squads.leader, squads=[EAST], partners=[GAS])

    def listed(asking, **query):
        return [one["body"]["code"] for one in asking.get("/api/v1/joint", **query).json["tasks"]]

    assert listed(squads.east) == [EAST]
    assert listed(squads.gas) == [GAS]
    assert listed(squads.leader) == listed(squads.desk) == listed(door.signed_in(ZHENG_YAN)) == [GAS, EAST]
    assert listed(door.signed_in(XIAO_LIN)) == []
    squads.step(squads.leader, EAST, "release", words="不用来了")
    assert listed(squads.east) == listed(squads.east, open="false") == []
    assert listed(squads.leader) == [GAS]
    assert listed(squads.leader, open="false") == [GAS, EAST]
    page = squads.desk.get("/api/v1/joint", open="false", limit=1).json
    assert [one["body"]["code"] for one in page["tasks"]] == [GAS]
    assert listed(squads.desk, open="false", before=page["next"]) == [EAST]


def test_who_is_let_go_sees_nothing_any_more(squads):
    squads.call(squads.leader, squads=[EAST], partners=[GAS])
    for code, asking in ((EAST, squads.east), (GAS, squads.gas)):
        assert squads.step(squads.leader, code, "release", words="不用来了").json["state"] == "released"
        assert asking.get(squads.path).status_code == 404
        assert squads.step(asking, code, "report_in").status_code == 404
        assert asking.get("/api/v1/orders").json["orders"] == []


@on_sqlite
def test_nobody_answers_for_another_body(squads, door):
    squads.call(squads.leader, squads=[EAST], partners=[GAS])
    for asking, code in ((squads.leader, EAST), (squads.east, GAS), (squads.gas, EAST), (squads.desk, EAST)):
        assert squads.step(asking, code, "report_in").json["code"] == "forbidden"
    assert squads.step(door.signed_in(XIAO_LIN), GAS, "report_in").json["code"] == "forbidden"
    assert squads.step(squads.desk, GAS, "report_in").status_code == 200, "for a unit of others the desk writes it down"


@on_sqlite
def test_a_step_says_what_is_missing_and_what_cannot_be(squads):
    squads.call(squads.leader, squads=[EAST])
    refused = squads.step(squads.east, EAST, "refuse", ground="no_power", words="没有权")
    assert (refused.status_code, refused.json["code"]) == (422, "missing_fact")
    assert "权力清单里的哪一项" in refused.json["detail"]
    unknown = squads.step(squads.east, EAST, "refuse", ground="no_power", power="ZZ999", words="没有权")
    assert unknown.json["errors"] == {"power": ["权力清单里没有这一项"]}
    early = squads.step(squads.east, EAST, "finish", outcome="helped", words="办完了")
    assert (early.status_code, early.json["code"]) == (409, "joint_step")
    assert early.json["detail"] == "这项协办现在是「已呼叫，未报到」，不能「办完」。"
    done = squads.step(squads.east, EAST, "report_in").json
    stale = squads.east.post(f"/api/v1/joint/{done['id']}/steps", {"action": "report_in", "version": 1})
    assert (stale.json["code"], stale.json["current"]) == ("stale", 2)


@on_sqlite
def test_the_supervisor_names_exactly_one_other_body(squads, door):
    supervisor = door.signed_in(ZHENG_YAN)
    squads.call(squads.leader, squads=[EAST], partners=[GAS])
    refusing = {"ground": "engaged", "words": "正在处理塌方"}
    assert squads.step(squads.east, EAST, "refuse", **refusing).json["ground_name"] == "正在处理更急的事"
    squads.step(squads.leader, EAST, "insist", words="还是请来")
    assert squads.step(squads.east, EAST, "refuse", **refusing).json["state"] == "arbitration"
    for named, said in (
        ({}, "missing_fact"),
        ({"partner": WATER, "squad": INNER}, "invalid"),
        ({"squad": INNER}, "invalid"),
        ({"partner": GAS}, "joint_known"),
        ({"partner": "nobody"}, "invalid"),
    ):
        assert squads.step(supervisor, EAST, "other_body", words="改由别家", **named).json["code"] == said, named
    given = squads.step(supervisor, EAST, "other_body", words="改由水务", partner=WATER).json
    assert (given["body"]["code"], given["refusals"], given["state"]) == (WATER, 2, "called")


def test_tablets_hear_of_a_call_and_of_its_end(squads, listed, cast):
    number(listed)
    begun = squads.east.get("/api/v1/orders/changes").json["position"]
    squads.call(squads.leader, squads=[EAST])
    number(listed)
    told = squads.east.get("/api/v1/orders/changes", after=begun).json
    assert [(one["kind"], one["order"]["id"]) for one in told["changes"]] == [("joint.called", squads.order["id"])]
    squads.step(squads.leader, EAST, "release", words="不用来了")
    number(listed)
    gone = squads.east.get("/api/v1/orders/changes", after=told["position"]).json["changes"]
    assert [(one["kind"], one["order"], one["gone"]) for one in gone] == [("joint.released", None, squads.order["id"])]
    with listed.read() as session:
        events = [event for event in journal.read_after(session, 0, 500) if event.kind.startswith("joint.")]
    east = str(cast.squad_id(EAST))
    assert [doorbell.rung_squads(event) for event in events] == [[east], [east]]
    rings = doorbell.rings(events[:1], {east: ["cd-1"]})
    assert [(ring.device, ring.order) for ring in rings] == [("cd-1", squads.order["id"])]


@on_sqlite
def test_the_reporter_reads_nothing_of_who_was_called_and_who_refused(squads):
    squads.call(squads.leader, squads=[EAST])
    squads.step(squads.east, EAST, "refuse", ground="engaged", words="没空")
    said = squads.reporter.get("/api/v1/report").json
    assert "协办" not in str(said)
    assert "没空" not in str(said)
