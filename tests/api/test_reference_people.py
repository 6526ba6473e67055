"""People and roster in the desk: who may act, who is on duty, and a whole file of people taken in."""

import datetime as dt

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, PASSWORD, SETTLED, SU_MIN, XIAO_LIN, Person
from tests.ground.databases import on_sqlite
from tests.ground.desk import counted, send
from tests.ground.lists import STALLS
from tests.ground.web import Door
from town import accounts, clock
from town.people import Role

HE_PING = Person("heping", "何平", Role.SYSTEM_ADMIN)
NEWCOMER = "账号,姓名,岗位,中队,协同单位\nsunjie,孙杰,执法队员,CZ,\nsumin,苏敏敏,执法队员,CZ,\n"
FAULTY = "账号,姓名,岗位,中队,协同单位\nsunjie,孙杰,执法队员,XX,\n,无名,执法队员,CZ,\n"


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force and somebody to look after them."""
    with listed.write() as session:
        accounts.create(session, HE_PING.login, HE_PING.name, [Role.SYSTEM_ADMIN], None, PASSWORD, SETTLED)
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


@pytest.fixture
def admin(door) -> Door:
    """何平, who looks after the system."""
    return door.signed_in(HE_PING)


def at(hours: float) -> str:
    return (clock.now() + dt.timedelta(hours=hours)).isoformat()


def shift(asking: Door, person: Person, first: float, last: float, **more):
    body = {"squad": person.squad or "CZ", "login": person.login, "starts_at": at(first), "ends_at": at(last)}
    return asking.post("/api/v1/roster/shifts", body | more)


def test_the_desk_sees_squads_people_certificates_and_posts(desk):
    people = desk.get("/api/v1/people").json
    inner = next(squad for squad in people["squads"] if squad["code"] == "CZ")
    assert [(one["name"], one["role_names"]) for one in inner["members"]] == [
        ("林晓峰", ["中队长"]),
        ("苏敏", ["执法队员"]),
        ("小吴", ["辅助人员"]),
    ]
    assert inner["areas"] == ["CZ"]
    assert {one["login"]: one["state"] for one in people["certificates"]}["sumin"] == "certified"
    assert people["posts"] == [{"grid": "CZ-01", "login": "xiaolin", "name": "小林"}]
    assert people["expiring"] == []
    assert "gas" in {partner["code"] for partner in people["partners"]}


def test_who_is_on_duty_leads_the_next_order(door, desk):
    made = shift(desk, SU_MIN, -1, 8)
    assert made.status_code == 201, made.text
    assert (made.json["name"], made.json["squad"]["name"], made.json["leave"]) == ("苏敏", "城中片区中队", False)
    door.report(category=STALLS)
    order = desk.newest_order()
    assert order["leader"] == {"name": "苏敏"}
    roster = desk.get("/api/v1/roster").json
    assert [one["id"] for one in roster["shifts"]] == [made.json["id"]]
    assert {one["code"]: one["names"] for one in roster["now"]} == {"CD": [], "CZ": ["苏敏"]}


def test_leave_takes_somebody_off_duty_and_its_ground_is_told_to_nobody(door, desk):
    shift(desk, SU_MIN, -1, 8)
    leave = {"login": "sumin", "starts_at": at(-2), "ends_at": at(4), "ground": "看病"}
    made = desk.post("/api/v1/roster/leaves", leave)
    assert made.status_code == 201, made.text
    roster = desk.get("/api/v1/roster")
    assert roster.json["shifts"][0]["leave"]
    assert {one["code"]: one["names"] for one in roster.json["now"]}["CZ"] == []
    assert "看病" not in roster.text
    assert desk.post(f"/api/v1/roster/leaves/{made.json['id']}/end").status_code == 204
    assert {one["code"]: one["names"] for one in desk.get("/api/v1/roster").json["now"]}["CZ"] == ["苏敏"]


def test_a_shift_is_ended_once(desk):
    made = shift(desk, LIN_XIAOFENG, -1, 8, leads=True).json
    assert desk.post(f"/api/v1/roster/shifts/{made['id']}/end").status_code == 204
    assert desk.post(f"/api/v1/roster/shifts/{made['id']}/end").json["code"] in ("shift_over", "not_found")


def test_shifts_that_cannot_be_are_refused(desk, listed):
    shift(desk, LIN_XIAOFENG, 1, 8, leads=True)
    before = counted(listed)
    assert shift(desk, LIN_XIAOFENG, 2, 9).json["code"] == "shift_refused"
    assert shift(desk, SU_MIN, 5, 4).json["code"] == "span_backwards"
    assert shift(desk, SU_MIN, 5, 6, squad="XX").json["code"] == "squad_unknown"
    assert shift(desk, SU_MIN, 5, 6, squad="CD").json["code"] == "shift_refused"
    assert shift(desk, XIAO_LIN, 5, 6).status_code == 409
    assert shift(desk, SU_MIN, 5, 6, login="nobody").json["code"] == "person_unknown"
    for odd in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-23T08:00:00", "soon", 5):
        assert shift(desk, SU_MIN, 5, 6, ends_at=odd).json["code"] == "invalid", odd
    assert counted(listed) == before


@on_sqlite
def test_a_roster_is_asked_for_by_a_day_that_exists(desk):
    assert desk.get("/api/v1/roster", day="2026-11-30").json["day"] == "2026-11-30"
    for odd in ("2026-02-30", "0001-01-01", "9999-12-31", "heute"):
        assert desk.get("/api/v1/roster", day=odd).json["code"] == "invalid"


def test_a_squad_leader_reads_no_personnel_and_sets_no_roster(door):
    leader = door.signed_in(LIN_XIAOFENG)
    assert leader.get("/api/v1/people").status_code == 403
    assert shift(leader, SU_MIN, 1, 2).status_code == 403


def test_a_file_of_people_is_looked_at_then_taken_in_and_the_newcomer_signs_in(door, admin, listed):
    before = counted(listed)
    shown = send(admin, "previews/people", NEWCOMER, filename="人员.csv").json
    assert (shown["rows"], shown["refused"]) == (2, False), shown
    assert (shown["added"], shown["changed"]) == (["人员 sunjie"], ["人员 sumin"])
    assert counted(listed) == before
    taken = send(admin, "imports/people", NEWCOMER, filename="人员.csv")
    assert taken.status_code == 201, taken.text
    (account,) = taken.json["accounts"]
    assert (account["login"], taken.json["added"], taken.json["changed"]) == ("sunjie", {"人员": 1}, {"人员": 1})
    opened = door.post("/api/v1/sessions", {"login": "sunjie", "password": account["password"]})
    assert opened.json["account"]["squad"] == "城中片区中队"


def test_a_faulty_file_of_people_names_row_and_column_and_changes_nothing(admin, listed):
    before = counted(listed)
    shown = send(admin, "previews/people", FAULTY, filename="人员.csv").json
    assert {(one["row"], one["header"]) for one in shown["complaints"]} >= {(2, "中队"), (3, "账号")}
    refused = send(admin, "imports/people", FAULTY, filename="人员.csv")
    assert (refused.status_code, refused.json["code"]) == (422, "list_refused")
    assert refused.json["complaints"]
    assert counted(listed) == before


def test_the_desk_may_not_take_people_in(desk):
    assert send(desk, "imports/people", NEWCOMER, filename="人员.csv").status_code == 403
