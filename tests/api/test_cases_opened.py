"""Cases opened over HTTP: out of an order on the street, and of what a squad found itself."""

import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from enforcement.models import PenaltyCase
from enforcement.rules.cases.actions import Action
from service import cases, readers
from tests.case_acts import enter
from tests.ground.cast import (
    ACTOR,
    AUNT_ZHOU,
    CHEN_JING,
    LIN_XIAOFENG,
    PASSWORD,
    QIAN_GONG,
    SU_MIN,
    WU_YUE,
    XIAO_LIN,
    ZHAO_HAI,
    Person,
)
from tests.ground.databases import number, on_sqlite
from tests.ground.desk import answer_everybody, detail
from tests.ground.lists import POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, Door
from town import accounts, clock
from town.people import Role

TWO = [LIN_XIAOFENG.login, SU_MIN.login]
WISH = {"officers": TWO, "words": "三张桌子占道，当事人不听劝导"}


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def leader(door) -> Door:
    """林晓峰 of 城中片区."""
    return door.signed_in(LIN_XIAOFENG)


def on_site(door: Door, leader: Door) -> tuple[str, Any]:
    receipt = door.report(category=STALLS, reporter={"name": AUNT_ZHOU.name, "phone": AUNT_ZHOU.phone})["receipt"]
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    return receipt, order


def to_case(asking: Door, order, **more: Any) -> Any:
    return asking.post(f"/api/v1/orders/{order['id']}/case", {"version": order["version"], **WISH, **more})


def find(asking: Door, **more: Any) -> Any:
    wish = {"place": IN_THE_MIDDLE_OF_INNER, "power": POWER_OVER_STALLS, "category": STALLS, **WISH}
    return asking.post("/api/v1/cases", wish | more)


def count(database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(PenaltyCase)) or 0


def test_an_order_becomes_a_case_and_says_so_to_its_colleagues(door, leader):
    _, order = on_site(door, leader)
    assert order["can_open_case"]
    opened = to_case(leader, order)
    assert (opened.status_code, opened.json["version"]) == (201, 1)
    for person in (LIN_XIAOFENG, CHEN_JING, WU_YUE):
        seen = detail(door.signed_in(person), order)
        assert (seen["state"], seen["state_name"], seen["allowed"]) == ("in_case", "立案查处中", [])
        assert seen["case"] == {"id": opened.json["id"], "code": None, "state": "source", "state_name": "待立案"}
        assert not seen["can_open_case"]
    assert leader.get("/api/v1/orders", state="in_case").json["orders"][0]["id"] == order["id"]


def test_the_reporter_sees_every_stage_and_nothing_of_the_case(door, leader, listed):
    receipt, order = on_site(door, leader)
    hers = door.with_receipt(receipt)
    case_id = to_case(leader, order).json["id"]
    waiting = hers.get("/api/v1/report").json
    assert (waiting["state_name"], waiting["interim"]) == ("立案查处中", None)
    assert waiting["promise"]["due_at"]
    _enter(listed, case_id, Action.ASK_FILING, Action.FILE, summary="当事人王喆在人行道摆摊")
    told = hers.get("/api/v1/report").json
    assert told["interim"]["words"] == "已立案调查，办结后告知结果"
    assert (told["promise"], told["answer"]) == (None, None)
    _enter(listed, case_id, Action.WITHDRAW, words="王喆已经死亡")
    ended = hers.get("/api/v1/report").json
    assert (ended["state"], ended["interim"]) == ("handled", None)
    assert ended["promise"]["due_at"] > told["interim"]["at"]
    checker = door.signed_in(WU_YUE)
    checked = checker.step(detail(checker, order), "check").json
    checker.step(checked, "close", words="经调查，不构成违法。")
    answer_everybody(listed)
    answered = hers.get("/api/v1/report")
    assert answered.json["answer"]["outcome_name"] == "不构成违法"
    for page in (waiting, told, ended, answered.json):
        said = str(page)
        assert not [secret for secret in ("王喆", case_id, POWER_OVER_STALLS, *TWO, WISH["words"]) if secret in said]


def test_a_case_that_the_approver_declines_sends_its_order_to_be_checked(door, leader, listed):
    _, order = on_site(door, leader)
    case_id = to_case(leader, order).json["id"]
    with listed.write() as session:
        accounts.create(session, "hebo", "何波", [Role.APPROVER], None, PASSWORD, clock.now())
    approver = door.signed_in(Person("hebo", "何波", Role.APPROVER))
    act = {"action": "decline", "version": 1, "facts": {"words": "核查后，没有违法事实"}}
    declined = approver.post(f"/api/v1/cases/{case_id}/acts", act)
    assert declined.status_code == 200, declined.text
    follow(listed)
    seen = detail(leader, order)
    assert (seen["state"], seen["outcome_name"], seen["case"]["state_name"]) == ("handled", "不构成违法", "不予立案")
    assert {clock["kind"] for clock in seen["clocks"] if clock["state"] == "running"} == {"check", "answer", "result"}


def _enter(database, case_id, *deeds, **given):
    enter(database, uuid.UUID(case_id), deeds, ACTOR, clock.now(), **given)
    follow(database)


def follow(database):
    """What the worker does."""
    number(database)
    while readers.read_on(database, cases.READER, cases.returning(database)):
        number(database)


@on_sqlite
def test_no_case_is_opened_by_a_plain_step(door, leader):
    _, order = on_site(door, leader)
    assert "to_case" not in {step["action"] for step in order["allowed"]}
    for action in ("to_case", "tell", "case_ended"):
        refused = leader.step(order, action, words="转立案", outcome="penalised")
        assert refused.json["code"] in {"missing_fact", "illegal_step"}
    assert detail(leader, order)["state"] == "on_site"


@on_sqlite
def test_who_may_not_opens_none(door, leader, listed):
    _, order = on_site(door, leader)
    assert to_case(door.signed_in(ZHAO_HAI), order).status_code == 404
    for person in (CHEN_JING, WU_YUE, XIAO_LIN, QIAN_GONG):
        assert to_case(door.signed_in(person), order).status_code == 403
        assert find(door.signed_in(person)).status_code == 403
    assert count(listed) == 0


@on_sqlite
def test_what_is_wrong_with_an_opening_is_said(door, leader, listed):
    _, order = on_site(door, leader)
    assert to_case(leader, order, officers=[TWO[0], TWO[0]]).json["code"] == "invalid"
    assert to_case(leader, order, officers=TWO[:1]).json["code"] == "invalid"
    assert to_case(leader, order, officers=["\x00", "x"]).json["code"] == "invalid"
    assert to_case(leader, order, officers=[TWO[0], "nobody"]).json["code"] == "person_unknown"
    assert to_case(leader, order, power="XX404").json["code"] == "power_unknown"
    assert to_case(leader, order, acted_from="2026-01-02", acted_on="2026-01-01").json["code"] == "act_days"
    assert to_case(leader, order | {"version": 1}).json["code"] == "stale"
    assert find(leader, category="99999").json["code"] == "invalid"
    assert find(leader, place=IN_THE_MIDDLE_OF_EAST).json["code"] == "other_area"
    assert count(listed) == 0


def test_the_same_opening_sent_twice_is_one_case(door, leader, listed):
    _, order = on_site(door, leader)
    path, body = f"/api/v1/orders/{order['id']}/case", {"version": order["version"], **WISH}
    first, again = (leader.post(path, body, key="转立案-0123456789abcdef".encode().hex()) for _ in range(2))
    assert first.json == again.json
    assert count(listed) == 1


def test_a_squad_opens_a_case_of_what_it_found(door, leader, listed):
    opened = find(leader)
    assert opened.status_code == 201
    with listed.read() as session:
        case = session.scalars(select(PenaltyCase)).one()
    assert (str(case.id), case.order_id, case.handlers) == (opened.json["id"], None, TWO)


@on_sqlite
def test_a_wall_shows_an_order_in_a_case_among_the_open_ones(door, leader):
    _, order = on_site(door, leader)
    to_case(leader, order)
    wall = door.signed_in(CHEN_JING).get("/api/v1/map/orders").json
    states = [row[wall["columns"].index("state")] for row in wall["orders"]]
    assert (states, wall["names"]["states"]["in_case"]) == (["in_case"], "立案查处中")
