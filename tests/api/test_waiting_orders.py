"""Over HTTP: the town's handling times, an order put aside as its reporter reads it, and more time asked for and given."""

import datetime as dt

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, PASSWORD, SETTLED, ZHENG_YAN, Person
from tests.ground.databases import on_sqlite
from tests.ground.desk import counted, detail, queue, send
from tests.ground.hands import HEAD
from tests.ground.lists import STALLS
from town import accounts, clock
from town.people import Role

HE_PING = Person("heping", "何平", Role.SYSTEM_ADMIN)
ROWS = HEAD + "09,,处置,4,工作时,2,1,本镇规定\n"
MORE = {"clock": "handle", "amount": 2, "ground": "complex", "words": "要等鉴定"}


@pytest.fixture
def admin(listed, door):
    """何平, who looks after the system."""
    with listed.write() as session:
        accounts.create(session, HE_PING.login, HE_PING.name, [HE_PING.role], None, PASSWORD, SETTLED)
    return door.signed_in(HE_PING)


@pytest.fixture
def leader(listed, door):
    return door.signed_in(LIN_XIAOFENG)


@pytest.fixture
def desk(listed, door):
    return door.signed_in(CHEN_JING)


def today(days: int = 0) -> str:
    return (clock.now().astimezone(dt.timezone(dt.timedelta(hours=8))).date() + dt.timedelta(days=days)).isoformat()


def on_site(door, leader):
    receipt = door.report(category=STALLS)["receipt"]
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    return order, door.with_receipt(receipt)


@on_sqlite
def test_a_table_is_looked_at_kept_and_put_in_force(admin, listed, leader, desk):
    before = counted(listed)
    shown = send(admin, "previews/times", ROWS + "09,,到场,4,星期,,,\n").json
    assert (shown["refused"], [one["header"] for one in shown["complaints"]]) == (True, ["单位"])
    assert send(admin, "imports/times", ROWS + "09,,到场,4,星期,,,\n", called="坏").json["code"] == "list_refused"
    assert counted(listed) == before
    made = send(admin, "imports/times", ROWS, called="办理时限 2026").json
    assert (made["state"], made["rows"]) == ("draft", 1)
    assert send(desk, "imports/times", ROWS, called="x").status_code == 403
    active = admin.post(f"/api/v1/reference/times/{made['id']}/activate", {"valid_from": today()}).json
    assert active["state_name"] == "使用中"
    assert [one["name"] for one in desk.get("/api/v1/reference/times").json["editions"]] == ["办理时限 2026"]
    (row,) = desk.get(f"/api/v1/reference/times/{made['id']}").json["rows"]
    assert (row["event_name"], row["stage_name"], row["unit_name"]) == ("街面秩序类（09 开头）", "处置", "工作时")
    told = leader.get("/api/v1/handling-times").json
    assert (told["edition"]["name"], len(told["rows"])) == ("办理时限 2026", 1)
    assert "accept" in {one["stage"] for one in told["defaults"]}


@on_sqlite
def test_the_reporter_reads_why_he_has_to_wait_and_that_it_goes_on(door, leader, desk):
    order, reporter = on_site(door, leader)
    given = {"ground": "needs_budget", "until": today(20), "words": "要申请经费，二十天内安排。"}
    assert leader.step(order, "suspend", **given).json["code"] == "forbidden"
    order = desk.step(order, "suspend", **given).json
    assert (order["suspended"], order["suspension"]["ground_name"]) == (True, "等经费")
    mine = reporter.get("/api/v1/report").json
    assert (mine["state_name"], mine["promise"]) == ("暂缓办理", None)
    assert "等经费" in mine["interim"]["words"]
    assert given["words"] in mine["interim"]["words"]
    order = desk.step(order, "resume", words="经费到位").json
    mine = reporter.get("/api/v1/report").json
    assert (mine["state"], mine["interim"]) == ("on_site", None)
    assert mine["promise"]["due_at"]
    assert "经费到位" not in str(mine)
    assert "恢复办理，办完告知您结果" in [line["text"] for line in mine["timeline"]]


@on_sqlite
def test_more_time_is_asked_for_by_the_squad_and_given_at_the_desk(door, leader, desk):
    order, reporter = on_site(door, leader)
    order = leader.step(order, "ask_extension", **MORE).json
    assert order["extension"]["asked_by_name"] == "林晓峰"
    assert [one["id"] for one in queue(desk, "extensions")] == [order["id"]]
    assert desk.get("/api/v1/desk/queues").json["extensions"] == 1
    assert {"grant_extension", "deny_extension"} <= {one["action"] for one in detail(desk, order)["allowed"]}
    order = door.signed_in(ZHENG_YAN).step(order, "grant_extension").json
    (handle,) = (one for one in order["clocks"] if one["kind"] == "handle")
    assert (handle["extended"], handle["paused"], handle["percent"]) == (2, False, 0)
    assert "延长" in handle["sentence"]
    assert "鉴定" not in str(reporter.get("/api/v1/report").json)


@on_sqlite
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"until": "2026-13-01"}, "until"),
        ({"ground": "no_such", "until": "2026-12-01", "words": "x"}, "ground"),
        ({"amount": 0}, "amount"),
        ({"amount": 1e9}, "amount"),
        ({"clock": "accept"}, "clock"),
        ({"severity": "terrible"}, "severity"),
    ],
)
def test_what_is_given_wrongly_is_told_by_its_field(door, leader, desk, given, field):
    order, _ = on_site(door, leader)
    refused = desk.step(order, "suspend", **given)
    assert refused.status_code == 422
    assert any(name.startswith(field) for name in refused.json["errors"])


@on_sqlite
def test_the_desk_chooses_from_words(desk):
    options = desk.get("/api/v1/desk/options").json
    assert [one["name"] for one in options["severities"]] == ["一般", "重大", "紧急"]
    assert "等经费" in [one["name"] for one in options["suspension_grounds"]]
    assert "情况复杂" in [one["name"] for one in options["extension_grounds"]]
