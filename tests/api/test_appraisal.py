"""Appraisal over HTTP: freezing a month, appealing against it, and taking it away."""

import csv
import io

import openpyxl
import pytest

from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, SU_MIN, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, Door
from tests.services.order_lives import Lives

OCTOBER = "2026-10"
MONTHS = "/api/v1/appraisal/months"


@pytest.fixture
def lives(listed, town, cast) -> Lives:
    """Orders of October: one that went well, one that nobody ever signed, and one of 城东."""
    lives = Lives(listed, town, cast)
    good = lives.report("10-14 09:00")
    lives.handle(good, "10-14 09:10", "10-14 09:40", "10-14 10:30")
    lives.close(good, "10-15 09:00", "10-15 10:00")
    lives.unsigned = lives.report("10-14 11:00")
    lives.report("10-15 11:00", IN_THE_MIDDLE_OF_EAST)
    return lives


@pytest.fixture
def door(lives, app) -> Door:
    return Door(app)


@pytest.fixture
def supervisor(door) -> Door:
    return door.signed_in(ZHENG_YAN)


@pytest.fixture
def frozen(supervisor):
    answer = supervisor.post(MONTHS, {"month": OCTOBER})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_month_is_frozen_and_shown_with_everything_it_rests_on(supervisor, frozen):
    [listed] = supervisor.get(MONTHS).json["months"]
    assert (listed["month"], listed["revision"], listed["orders"], listed["open_appeals"]) == (OCTOBER, 1, 3, 0)
    shown = supervisor.get(f"{MONTHS}/{OCTOBER}").json
    assert shown["digest"] == frozen["digest"] == listed["digest"]
    assert [row["key"] for row in shown["squads"]] == [EAST, INNER]
    response = shown["squads"][1]["parts"][0]
    assert (response["name"], response["weight"], response["share"], response["orders"]) == ("响应率", 20, "50.00%", 2)
    assert len(shown["definitions"]) == 10
    assert len(shown["formula"]["digest"]) == 64
    assert supervisor.get("/api/v1/appraisal/formulas").json["formulas"] == [shown["formula"]]


def test_only_a_supervisor_freezes_and_only_what_is_over(door, supervisor):
    assert door.signed_in(CHEN_JING).post(MONTHS, {"month": OCTOBER}).status_code == 403
    assert supervisor.post(MONTHS, {"month": "2090-01"}).json["code"] == "month_not_over"
    assert supervisor.post(MONTHS, {"month": "lately"}).json["code"] == "invalid"
    assert door.signed_in(SU_MIN).get(MONTHS).status_code == 403


@on_sqlite
@pytest.mark.parametrize("month", ["2026-09", "2026-13", "lately", "<month>"])
def test_a_month_that_is_not_frozen_is_not_there(supervisor, frozen, month):
    for ending in ("", ".csv", ".xlsx"):
        assert supervisor.get(f"{MONTHS}/{month}{ending}").json["code"] == "not_found"


def test_a_squad_appeals_and_who_is_right_gets_a_new_revision(door, lives, supervisor, frozen):
    leader = door.signed_in(LIN_XIAOFENG)
    body = {"month": OCTOBER, "order": str(lives.unsigned), "ground": "not_ours", "words": "在河对岸，属邻镇"}
    asked = leader.post("/api/v1/appraisal/appeals", body)
    assert asked.status_code == 201, asked.text
    assert (asked.json["squad"], asked.json["state_name"], asked.json["may_decide"]) == (INNER, "待审核", False)
    [waiting] = supervisor.get(f"{MONTHS}/{OCTOBER}").json["appeals"]
    assert waiting["may_decide"]
    decided = supervisor.post(
        f"/api/v1/appraisal/appeals/{waiting['id']}/decision", {"approve": True, "words": "看过图，是邻镇的"}
    ).json
    assert (decided["state_name"], decided["revision"], decided["decided_by_name"]) == ("同意", 2, "郑严")
    shown = leader.get(f"{MONTHS}/{OCTOBER}").json
    assert (shown["revision"], shown["follows"]) == (2, frozen["digest"])
    assert [one["revision"] for one in shown["revisions"]] == [1, 2]
    assert shown["revisions"][1]["appeal"] == waiting["id"]
    assert [(one["order"]["id"], one["ground_name"]) for one in shown["excluded"]] == [
        (str(lives.unsigned), "不属于本镇职责")
    ]
    old = leader.get(f"{MONTHS}/{OCTOBER}", revision=1).json
    assert (old["digest"], old["excluded"]) == (frozen["digest"], [])


def test_a_squad_appeals_only_about_its_own_orders(door, lives, frozen):
    body = {"month": OCTOBER, "order": str(lives.unsigned), "ground": "not_ours", "words": "x"}
    assert door.signed_in(ZHAO_HAI).post("/api/v1/appraisal/appeals", body).json["code"] == "not_in_month"


def test_a_frozen_month_is_taken_away_as_csv_and_xlsx(supervisor, frozen):
    sent = supervisor.get(f"{MONTHS}/{OCTOBER}.csv")
    lines = list(csv.DictReader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert {line["代码"] for line in lines} == {"town", EAST, INNER}
    book = openpyxl.load_workbook(io.BytesIO(supervisor.get(f"{MONTHS}/{OCTOBER}.xlsx").data))
    assert book.sheetnames == ["考核 2026-10", "计数", "剔除", "依据"]
    told = {row[0].value: row[1].value for row in book["依据"].iter_rows(min_row=2)}
    assert told["快照摘要（SHA-256）"] == frozen["digest"]
