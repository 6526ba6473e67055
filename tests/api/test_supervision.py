"""Supervision over HTTP: alarms, one's own notices, and 督办单 as each person may see and answer them."""

import uuid

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, SU_MIN, XIAO_LIN, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.web import Door
from tests.watched_town import MORNING, watched

__all__ = ["watched"]

pytestmark = on_sqlite


@pytest.fixture
def late(watched):
    """An order of 城中 that nobody signed for until a 督办单 was issued; its id."""
    order = watched.report(MORNING)
    for minute in ("09:15", "09:24", "09:30", "10:30"):
        watched.look(f"11-23 {minute}")
    return str(order)


@pytest.fixture
def door(watched, app):
    return Door(app)


def levels(asking, **which):
    return [one["level"] for one in asking.get("/api/v1/alarms", **which).json["alarms"]]


def paper(asking):
    return asking.get("/api/v1/supervisions").json["supervisions"][0]


def step(asking, shown, action, **given):
    body = {"action": action, "version": shown["version"], **given}
    return asking.post(f"/api/v1/supervisions/{shown['id']}/steps", body)


def test_the_centre_sees_every_alarm_newest_first_with_whom_it_was_brought_to_and_why_not_another(door, late):
    supervisor = door.signed_in(ZHENG_YAN)
    page = supervisor.get("/api/v1/alarms").json
    assert [one["level_name"] for one in page["alarms"]] == ["督办单", "红色预警", "黄色预警", "提醒"]
    newest, *_, first = page["alarms"]
    assert (newest["person_name"], newest["mine"], newest["seat_name"]) == ("郑严", True, "督办")
    assert newest["subject"]["id"] == late
    assert (newest["subject"]["kind_name"], newest["subject"]["title"]) == ("工单", "占道经营")
    assert (newest["clock_name"], newest["percent"], newest["squad"]["name"]) == ("签收", 300, "城中片区中队")
    assert [(one["seat_name"], one["why_name"]) for one in first["passed"]] == [
        ("承办人", "没有这个岗位的人"),
        ("带班人员", "没有人值班"),
        ("备班人员", "没有这个岗位的人"),
    ]
    assert page["standing"] == {"remind": 1, "urge": 0, "yellow": 1, "red": 1, "supervise": 1, "account": 0}


def test_alarms_are_asked_for_by_level_and_owner_and_page_by_page(door, late):
    desk = door.signed_in(CHEN_JING)
    assert levels(desk, mine="true") == ["red"]
    assert levels(desk, level="yellow") == ["yellow"]
    assert len(levels(desk, subject=f"order:{late}")) == 4
    assert levels(desk, subject=f"order:{uuid.uuid4()}") == []
    assert desk.get("/api/v1/alarms", subject="order:everything").json["code"] == "invalid"
    first = desk.get("/api/v1/alarms", limit=3).json
    assert len(first["alarms"]) == 3
    assert levels(desk, limit=3, before=first["next"]) == ["remind"]


def test_an_alarm_is_over_at_the_moment_its_clock_is_not_when_somebody_wrote_it_down(door, late, watched):
    watched.step(uuid.UUID(late), "11-23 10:40", "accept")
    desk = door.signed_in(CHEN_JING)
    assert levels(desk, open="true") == []
    closed = desk.get("/api/v1/alarms", open="false").json["alarms"]
    assert {one["closed_why_name"] for one in closed} == {"已有结果"}
    assert desk.get("/api/v1/alarms").json["standing"]["red"] == 0


def test_a_squad_sees_its_own_alarms_and_an_outsider_none(door, late):
    assert levels(door.signed_in(SU_MIN)) == ["supervise", "red", "yellow", "remind"]
    assert levels(door.signed_in(ZHAO_HAI)) == []
    assert levels(door.signed_in(XIAO_LIN)) == []
    assert door.signed_in(ZHAO_HAI).get("/api/v1/supervisions").json["supervisions"] == []


def test_everybody_reads_his_own_notices_and_says_that_he_has(door, late):
    leader = door.signed_in(LIN_XIAOFENG)
    mine = leader.get("/api/v1/notices").json
    assert mine["unseen"] == len(mine["notices"]) == 3
    paper_first = mine["notices"][0]
    assert paper_first["level_name"] == "督办单"
    assert [one["number"] for one in paper_first["supervisions"]] == ["督办〔2026〕0001号"]
    assert [one["alarms"][0]["level"] for one in mine["notices"][1:]] == ["yellow", "remind"]
    seen = leader.post(f"/api/v1/notices/{paper_first['id']}/seen")
    assert (seen.status_code, bool(seen.json["seen_at"])) == (200, True)
    assert leader.get("/api/v1/notices").json["unseen"] == 2
    assert len(leader.get("/api/v1/notices", open="false").json["notices"]) == 3
    other = door.signed_in(ZHENG_YAN).post(f"/api/v1/notices/{paper_first['id']}/seen")
    assert other.json["code"] == "not_found"


def test_a_paper_is_answered_and_closed_over_http(door, late):
    leader, supervisor = door.signed_in(LIN_XIAOFENG), door.signed_in(ZHENG_YAN)
    shown = paper(leader)
    assert (shown["state_name"], shown["issued_by_name"], shown["person_name"]) == ("待回复", "系统", "林晓峰")
    assert shown["by_itself"]
    assert (shown["clock"]["name"], shown["clock"]["state"]) == ("回复督办", "running")
    assert [one["name"] for one in shown["allowed"]] == ["回复"]
    assert paper(door.signed_in(SU_MIN))["allowed"] == []
    missing = step(leader, shown, "reply")
    assert (missing.status_code, missing.json["code"]) == (422, "missing_fact")
    replied = step(leader, shown, "reply", words="已派人到场").json
    assert (replied["reply"]["words"], replied["reply"]["by_name"]) == ("已派人到场", "林晓峰")
    shown = paper(supervisor)
    assert [one["action"] for one in shown["allowed"]] == ["return", "close"]
    assert shown["clock"]["name"] == "审结督办"
    closed = step(supervisor, shown, "close", words="理由不充分", outcome="not_justified").json
    assert (closed["state_name"], closed["outcome_name"], closed["clock"]) == ("已办结", "延误没有正当理由", None)
    assert [one["text"] for one in closed["timeline"]] == ["发出督办单", "书面回复", "办结：延误没有正当理由"]
    assert step(supervisor, shown, "return", words="再写").json["code"] == "stale"


def test_a_supervisor_issues_one_by_hand_once_and_nobody_else_does(door, watched):
    order = str(watched.report(MORNING))
    sent = {"subject": {"kind": "order", "id": order}, "words": "市民多次反映，请说明。"}
    supervisor = door.signed_in(ZHENG_YAN)
    made = supervisor.post("/api/v1/supervisions", sent)
    assert made.status_code == 201, made.text
    assert (made.json["issued_by_name"], made.json["words"], made.json["by_itself"]) == (
        "郑严",
        "市民多次反映，请说明。",
        False,
    )
    again = supervisor.post("/api/v1/supervisions", sent)
    assert (again.status_code, again.json["code"], again.json["number"]) == (
        409,
        "supervision_open",
        made.json["number"],
    )
    assert door.signed_in(CHEN_JING).post("/api/v1/supervisions", sent).status_code == 403
    unknown = {"subject": {"kind": "order", "id": str(uuid.uuid4())}, "words": "x"}
    assert supervisor.post("/api/v1/supervisions", unknown).json["code"] == "not_found"
    assert door.signed_in(LIN_XIAOFENG).get(f"/api/v1/supervisions/{made.json['id']}").status_code == 200
    assert door.signed_in(ZHAO_HAI).get(f"/api/v1/supervisions/{made.json['id']}").status_code == 404


def test_papers_are_asked_for_by_state_and_owner(door, late):
    leader, desk = door.signed_in(LIN_XIAOFENG), door.signed_in(CHEN_JING)
    assert len(leader.get("/api/v1/supervisions", mine="true").json["supervisions"]) == 1
    assert desk.get("/api/v1/supervisions", mine="true").json["supervisions"] == []
    assert desk.get("/api/v1/supervisions", state="closed").json["supervisions"] == []
    assert len(desk.get("/api/v1/supervisions", subject=f"order:{late}").json["supervisions"]) == 1
    assert desk.get("/api/v1/supervisions", subject=f"case:{late}").json["supervisions"] == []
    page = desk.get("/api/v1/supervisions", state="issued").json
    assert (len(page["supervisions"]), page["counts"]["issued"]) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "praise", "version": 1, "words": "x"},
        {"action": "reply", "version": 0, "words": "x"},
        {"action": "reply", "version": 1, "words": ""},
        {"action": "close", "version": 1, "words": "x", "outcome": "perhaps"},
        {"action": "reply", "version": 1, "words": "x" * 2001},
    ],
)
def test_what_is_no_step_is_refused_with_a_sentence_and_changes_nothing(door, late, wrong):
    leader = door.signed_in(LIN_XIAOFENG)
    answer = leader.post(f"/api/v1/supervisions/{paper(leader)['id']}/steps", wrong)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert paper(leader)["version"] == 1
