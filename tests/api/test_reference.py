"""Reference data in the desk: looked at before it is kept, kept before it is in force, and confirmed by a lawyer."""

import datetime as dt
import json
import uuid

import pytest

from grids import files
from grids import services as grids
from grids.files import Fields
from tests.ground.cast import ACTOR, CHEN_JING, LIN_XIAOFENG, PASSWORD, SETTLED, Person
from tests.ground.databases import on_sqlite
from tests.ground.desk import counted, send
from tests.ground.lists import EVENTS, POWERS, STALLS
from tests.ground.web import Door, two_areas
from town import accounts, clock
from town.people import Role
from town.sheets import DEFAULT

HE_PING = Person("heping", "何平", Role.SYSTEM_ADMIN)
XU_FEI = Person("xufei", "许斐", Role.LEGAL_REVIEWER)
WRONG = """代码,名称,大类,性质,领域,紧急,小事,相近米数
09006,占道经营,街面秩序类,执法,市容环卫,,,很近
09006,流动摊贩,街面秩序类,管理,市容环卫,是,是,30
"""


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force and somebody to look after them."""
    with listed.write() as session:
        for person in (HE_PING, XU_FEI):
            accounts.create(session, person.login, person.name, [person.role], None, PASSWORD, SETTLED)
    return Door(app)


@pytest.fixture
def admin(door) -> Door:
    """何平, who looks after the system."""
    return door.signed_in(HE_PING)


@pytest.fixture
def lawyer(door) -> Door:
    """许斐, who reads statutes."""
    return door.signed_in(XU_FEI)


def today(day: int = 0) -> str:
    return (clock.now().astimezone(dt.timezone(dt.timedelta(hours=8))).date() + dt.timedelta(days=day)).isoformat()


def test_the_desk_reads_what_is_in_force(door):
    desk = door.signed_in(CHEN_JING)
    (events,) = desk.get("/api/v1/reference/events").json["editions"]
    assert (events["name"], events["state"], events["rows"]) == ("事项 2026", "in_force", 7)
    rows = desk.get(f"/api/v1/reference/events/{events['id']}").json["rows"]
    assert {row["code"]: row["nature_name"] for row in rows}[STALLS] == "执法"
    (powers,) = desk.get("/api/v1/reference/powers").json["editions"]
    assert (powers["confirmed_by"], powers["valid_from"], powers["state_name"]) == ("许斐", "2026-01-01", "使用中")
    rows = desk.get(f"/api/v1/reference/powers/{powers['id']}").json["rows"]
    assert [(row["code"], row["standing_name"]) for row in rows] == [
        ("YX001", "有效"),
        ("YX002", "有效"),
        ("YX003", "未公布"),
    ]
    (grid,) = desk.get("/api/v1/reference/grids").json["editions"]
    assert (grid["layer"], grid["state"], grid["rows"]) == ("base", "in_force", 2)
    assert desk.get(f"/api/v1/reference/powers/{uuid.uuid4()}").status_code == 404
    assert desk.get(f"/api/v1/reference/powers/{events['id']}").status_code == 404


def test_a_squad_reads_none_of_it_and_the_desk_changes_none_of_it(door):
    assert door.signed_in(LIN_XIAOFENG).get("/api/v1/reference/powers").status_code == 403
    desk = door.signed_in(CHEN_JING)
    assert send(desk, "previews/events", EVENTS).status_code == 403
    assert send(desk, "imports/people", "").status_code == 403


def test_a_list_is_looked_at_and_nothing_is_kept(admin, listed):
    before = counted(listed)
    shown = send(admin, "previews/events", WRONG, filename="事项.csv").json
    assert (shown["name"], shown["refused"], shown["against"]) == ("事项.csv", True, "事项 2026")
    found = {(one["row"], one["header"], one["code"]) for one in shown["complaints"]}
    assert {row for row, _, _ in found} >= {2, 3}
    assert {header for _, header, _ in found} >= {"相近米数", "性质"}
    assert all(one["column"] and one["sentence"] for one in shown["complaints"] if one["row"])
    assert counted(listed) == before


def test_a_preview_tells_what_comes_what_goes_and_what_changes(admin):
    table = EVENTS.replace("占道经营,街面", "沿街占道,街面").replace("01001,供水井盖异常", "01002,污水井盖异常")
    shown = send(admin, "previews/events", table).json
    assert (shown["added"], shown["removed"], shown["changed"]) == (["01002"], ["01001"], [STALLS])
    assert not shown["refused"]


def test_a_list_with_faults_is_not_kept_and_says_where_they_are(admin, listed):
    before = counted(listed)
    refused = import_(admin, "events", WRONG, "新事项")
    assert (refused.status_code, refused.json["code"]) == (422, "list_refused")
    assert {"sheet", "row", "column", "header", "code", "sentence"} <= refused.json["complaints"][0].keys()
    assert counted(listed) == before


def test_a_new_list_is_kept_confirmed_and_put_in_force_by_those_who_may(admin, lawyer):
    nameless = send(admin, "imports/powers", POWERS)
    assert nameless.json["errors"] == {"name": ["必填"]}
    made = import_(admin, "powers", POWERS, "权力 2027").json
    assert (made["state"], made["valid_from"]) == ("draft", None)
    path = f"/api/v1/reference/powers/{made['id']}"
    assert admin.post(f"{path}/activate", {"valid_from": today()}).json["code"] == "confirmation_missing"
    assert admin.post(f"{path}/confirm", {"by": "何平"}).status_code == 403
    assert lawyer.post(f"{path}/confirm", {"by": "许斐"}).json["confirmed_by"] == "许斐"
    assert admin.post(f"{path}/activate", {"valid_from": today(-3)}).json["code"] == "edition_state"
    planned = admin.post(f"{path}/activate", {"valid_from": today(7)}).json
    assert (planned["state"], planned["valid_from"]) == ("planned", today(7))
    newest, oldest = admin.get("/api/v1/reference/powers").json["editions"]
    assert (oldest["state"], oldest["valid_to"]) == ("in_force", newest["valid_from"])
    assert import_(admin, "powers", POWERS, "权力 2027").json["code"] == "edition_state"


def import_(asking: Door, kind: str, table: str, called: str, **more):
    """A list under a name of its own."""
    return send(asking, f"imports/{kind}", table, called=called, **more)


def test_an_edition_put_in_force_today_decides_at_once(admin, door):
    table = EVENTS.replace("占道经营,街面秩序类,执法", "占道经营,街面秩序类,服务").replace(
        "市容环卫,,,,county,占道经营", "市容环卫,,,gas,,占道经营"
    )
    made = import_(admin, "events", table, "事项 2027").json
    admin.post(f"/api/v1/reference/events/{made['id']}/activate", {"valid_from": today()})
    door.report(category=STALLS)
    assert door.signed_in(CHEN_JING).newest_order()["partner"]["code"] == "gas"


def two_more_maps(database) -> tuple[uuid.UUID, uuid.UUID]:
    layer = files.read_geojson(json.dumps(two_areas()).encode(), "two-areas.geojson")
    survey = grids.check(layer, Fields(code="code", area="area", name="name", area_name="area_name"), 4549)
    with database.write() as session:
        first, second = (
            grids.import_edition(session, survey, name, actor=ACTOR, now=SETTLED).id for name in ("2027", "2028")
        )
    return first, second


def test_the_same_import_sent_twice_is_one_edition(admin):
    key = uuid.uuid4().hex
    first, again = (import_(admin, "events", EVENTS, "事项 2027", key=key) for _ in range(2))
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert import_(admin, "events", EVENTS, "事项 2028", key=key).json["code"] == "key_reused"
    assert len(admin.get("/api/v1/reference/events").json["editions"]) == 2


def test_a_map_is_put_in_force_now_or_when_its_day_begins(admin, listed):
    now_id, later_id = two_more_maps(listed)
    later = admin.post(f"/api/v1/reference/grids/{later_id}/activate", {"valid_from": today(3)}).json
    assert (later["state"], later["valid_from"][:10]) == ("planned", today(2)), (
        "midnight in Shanghai is UTC's day before"
    )
    assert admin.post(f"/api/v1/reference/grids/{now_id}/activate", {"valid_from": today()}).json["state"] == "in_force"
    states = [one["state"] for one in admin.get("/api/v1/reference/grids").json["editions"]]
    assert sorted(states) == ["in_force", "past", "planned"]
    again = admin.post(f"/api/v1/reference/grids/{now_id}/activate", {"valid_from": today()})
    assert again.json["code"] == "edition_state"
    assert admin.post(f"/api/v1/reference/grids/{later_id}/activate", {"valid_from": today(-1)}).status_code == 409


def test_what_is_no_table_is_refused(admin, listed):
    before = counted(listed)
    for kind in ("events", "powers", "people"):
        refuses_what_is_no_table(admin, kind)
    assert counted(listed) == before


def refuses_what_is_no_table(admin: Door, kind: str) -> None:
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04 not a zip", b"\xff" * 50, b"<html></html>"):
        refused = send(admin, f"previews/{kind}", content)
        assert (refused.status_code, refused.json["code"]) == (422, "file_unreadable"), refused.text
    assert admin.post(f"/api/v1/reference/previews/{kind}", {"file": "x"}).json["code"] == "media_type"
    wrong_field = admin.send_file(f"/api/v1/reference/previews/{kind}", b"x", field="photo")
    assert wrong_field.json["errors"] == {"file": ["必填"]}


@on_sqlite
def test_an_oversized_table_is_refused_before_it_is_read(admin, settings):
    for size, status, code in ((settings.max_body, 413, "too_large"), (DEFAULT.bytes, 422, "file_unreadable")):
        refused = send_raw(admin, "previews/events", b"1,2\n" * (size // 4 + 1))
        assert (refused.status_code, refused.json["code"]) == (status, code)


def send_raw(asking: Door, path: str, content: bytes):
    """As a browser writes it; the test client would leave the files open that it writes a large form into."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    return asking.app.test_client().post(
        f"/api/v1/reference/{path}",
        data=head + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers=asking._headers(),
    )


@on_sqlite
def test_days_out_of_reach_are_refused(admin):
    (edition,) = admin.get("/api/v1/reference/events").json["editions"]
    for odd in ("0001-01-01", "9999-12-31", "yesterday", "", None, 20261201, "2026-02-30"):
        answer = admin.post(f"/api/v1/reference/events/{edition['id']}/activate", {"valid_from": odd})
        assert answer.json["code"] in ("invalid", "edition_state"), json.dumps(answer.json)
        assert answer.status_code in (409, 422)
