"""Indicators over HTTP: the table of a period, the orders behind each number, and what is left out of them."""

import csv
import io

import openpyxl
import pytest

from oversight.rules.indicators import Indicator
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, SU_MIN, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, Door
from tests.services.order_lives import Lives

NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}
RATES = [code.value for code in Indicator]


@pytest.fixture
def lives(listed, town, cast) -> Lives:
    """One order of 城中 signed in time and handled, one that nobody ever signed, and one of 城东."""
    lives = Lives(listed, town, cast)
    good = lives.report("11-04 09:00")
    lives.handle(good, "11-04 09:10", "11-04 09:40", "11-04 10:30")
    lives.close(good, "11-05 09:00", "11-05 10:00")
    lives.rate(good, "11-06 20:00")
    lives.report("11-04 11:00")
    lives.report("11-05 11:00", IN_THE_MIDDLE_OF_EAST)
    return lives


@pytest.fixture
def door(lives, app) -> Door:
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    return door.signed_in(CHEN_JING)


def figures(asking: Door, **query):
    answer = asking.get("/api/v1/indicators", **NOVEMBER, **query)
    assert answer.status_code == 200, answer.text
    return answer.json


def behind(asking: Door, code: str, part: str, **query):
    answer = asking.get(f"/api/v1/indicators/{code}/orders", **NOVEMBER, part=part, **query)
    assert answer.status_code == 200, answer.text
    return answer.json


def told(row, code):
    value = row["values"][code]
    return value["numerator"], value["denominator"], value["text"]


def test_the_table_of_a_month_tells_numerator_denominator_and_share(desk):
    table = figures(desk)
    assert (table["from"], table["to"], table["by"]) == ("2026-11-01", "2026-11-30", "town")
    assert [one["code"] for one in table["definitions"]] == RATES
    [town] = table["rows"]
    assert town["name"] == "云溪镇"
    assert told(town, "filing_rate") == (3, 3, "100.00%")
    assert told(town, "response_rate") == (1, 3, "33.33%")
    assert told(town, "closing_rate") == (1, 3, "33.33%")
    assert told(town, "solved_rate") == (1, 1, "100.00%")
    assert town["values"]["response_rate"]["share"] == pytest.approx(1 / 3)


def test_nothing_out_of_nothing_is_not_applicable(desk):
    [town] = desk.get("/api/v1/indicators", **{"from": "2026-10-01", "to": "2026-10-31"}).json["rows"]
    assert {(value["text"], value["share"]) for value in town["values"].values()} == {("n/a", None)}


def test_squads_and_areas_stand_beside_each_other_by_their_code(desk):
    for by in ("squad", "area"):
        rows = figures(desk, by=by)["rows"]
        assert [row["key"] for row in rows] == [EAST, INNER]
        assert [told(row, "filing_rate")[:2] for row in rows] == [(1, 1), (2, 2)]


def test_every_number_is_drilled_down_to_its_orders_with_why(desk):
    signed, unsigned = (behind(desk, "response_rate", part, by="squad", key=INNER) for part in ("numerator", "missing"))
    assert [one["why"] for one in signed["orders"]] == ["期限 2026-11-04 09:30，2026-11-04 09:10 签收"]
    assert [one["why"] for one in unsigned["orders"]] == ["期限 2026-11-04 11:30，到期末没有签收"]
    assert signed["orders"][0]["order"]["squad"]["code"] == INNER


def test_orders_behind_a_number_are_read_page_by_page(desk):
    first = behind(desk, "filing_rate", "numerator", limit=2)
    rest = behind(desk, "filing_rate", "numerator", limit=2, before=first["next"])
    assert [len(first["orders"]), len(rest["orders"]), rest["next"]] == [2, 1, None]


def test_a_squads_leader_sees_the_figures_of_his_squad_only(door):
    leader = door.signed_in(LIN_XIAOFENG)
    [row] = figures(leader, by="squad")["rows"]
    assert (row["key"], row["name"]) == (INNER, "城中片区中队")
    [own] = figures(leader)["rows"]
    assert (own["name"], told(own, "filing_rate")[:2]) == ("城中片区中队", (2, 2))
    assert behind(leader, "filing_rate", "numerator", by="squad", key=EAST)["orders"] == []
    assert len(behind(leader, "filing_rate", "numerator")["orders"]) == 2


def test_an_officer_is_shown_no_figures(door):
    assert door.signed_in(SU_MIN).get("/api/v1/indicators", **NOVEMBER).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"from": "2025-01-01", "to": "2026-11-01"},
        {"from": "2026-11-01"},
        {"from": "soon", "to": "2026-11-01"},
        NOVEMBER | {"by": "person"},
        NOVEMBER | {"by": "officer"},
    ],
)
@on_sqlite
def test_a_period_that_is_none_is_refused(desk, query):
    assert desk.get("/api/v1/indicators", **query).json["code"] == "invalid"


@on_sqlite
def test_there_are_no_other_indicators(desk):
    answer = desk.get("/api/v1/indicators/fine_total/orders", **NOVEMBER, part="numerator")
    assert answer.json["code"] == "not_found"


def test_an_order_is_left_out_by_two_people_and_listed(door, desk):
    order = behind(desk, "response_rate", "missing", by="squad", key=INNER)["orders"][0]["order"]
    leader = door.signed_in(LIN_XIAOFENG)
    asked = leader.post(f"/api/v1/orders/{order['id']}/exclusion", {"ground": "not_ours", "words": "在河对岸，属邻镇"})
    assert asked.status_code == 201, asked.text
    assert told(figures(desk)["rows"][0], "response_rate")[:2] == (1, 3)
    decided = door.signed_in(ZHENG_YAN).post(
        f"/api/v1/exclusions/{asked.json['id']}/decision", {"approve": True, "words": "看过图，是邻镇的"}
    )
    assert (decided.json["asked_by_name"], decided.json["decided_by_name"]) == ("林晓峰", "郑严")
    [town] = figures(desk)["rows"]
    assert told(town, "response_rate")[:2] == (1, 2)
    assert (town["excluded"], town["values"]["response_rate"]["excluded"]) == (1, 1)
    [left_out] = behind(desk, "response_rate", "excluded")["orders"]
    assert (left_out["order"]["id"], left_out["why"]) == (order["id"], "已剔除：不属于本镇职责")
    [listed] = desk.get("/api/v1/exclusions", state="approved").json["exclusions"]
    assert (listed["words"], listed["decision_words"]) == ("在河对岸，属邻镇", "看过图，是邻镇的")
    assert door.signed_in(ZHAO_HAI).get("/api/v1/exclusions").json["exclusions"] == []


def test_nobody_decides_what_he_asked_for_himself(door, desk):
    order = desk.newest_order()
    supervisor = door.signed_in(ZHENG_YAN)
    asked = supervisor.post(
        f"/api/v1/orders/{order['id']}/exclusion", {"ground": "force_majeure", "words": "台风"}
    ).json
    assert not asked["may_decide"]
    decision = f"/api/v1/exclusions/{asked['id']}/decision"
    assert supervisor.post(decision, {"approve": True, "words": "同意"}).json["code"] == "second_person"
    assert desk.post(decision, {"approve": True, "words": "同意"}).json["code"] == "forbidden"


def test_an_order_is_asked_about_once_and_decided_once(door, desk):
    order = desk.newest_order()
    path, body = f"/api/v1/orders/{order['id']}/exclusion", {"ground": "unreasonable", "words": "要求免费拆除"}
    asked = desk.post(path, body).json
    assert door.signed_in(WU_YUE).post(path, body).json["code"] == "already_excluded"
    supervisor, decision = door.signed_in(ZHENG_YAN), f"/api/v1/exclusions/{asked['id']}/decision"
    assert supervisor.post(decision, {"approve": False, "words": "有依据"}).json["state_name"] == "不同意"
    assert supervisor.post(decision, {"approve": True, "words": "改主意"}).json["code"] == "decided_already"
    assert desk.post(path, body | {"ground": "not_ours"}).status_code == 201


def test_what_a_leader_does_not_see_he_cannot_have_left_out(door, desk):
    east = next(one for one in desk.get("/api/v1/orders").json["orders"] if one["squad"]["code"] == EAST)
    answer = door.signed_in(LIN_XIAOFENG).post(
        f"/api/v1/orders/{east['id']}/exclusion", {"ground": "not_ours", "words": "x"}
    )
    assert answer.json["code"] == "not_found"


def test_the_table_is_taken_away_as_csv_and_xlsx(desk):
    sent = desk.get("/api/v1/indicators.csv", **NOVEMBER, by="squad")
    assert sent.headers["Content-Type"].startswith("text/csv")
    assert 'filename="indicators-2026-11-01-2026-11-30.csv"' in sent.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert len(lines) == 2 * len(RATES)
    assert {
        "代码": INNER,
        "名称": "城中片区中队",
        "指标": "响应率",
        "分子": "1",
        "分母": "2",
        "比率": "50.00%",
        "剔除": "0",
    } in lines
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/api/v1/indicators.xlsx", **NOVEMBER).data))
    assert book.sheetnames == ["指标 2026-11-01 至 2026-11-30", "口径"]
    assert book["口径"].max_row == len(RATES) + 1
