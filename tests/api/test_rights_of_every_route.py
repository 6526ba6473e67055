"""Rights are stated where a route is registered, and they hold: every route, asked by everybody."""

import re
import uuid
from typing import Any

from flask import Flask

from service.app import ROOMS
from tests.ground.cast import CHEN_JING, PASSWORD, PEOPLE
from tests.ground.databases import on_sqlite
from tests.ground.web import ON_THE_BORDER, Door
from town import accounts, clock
from town.bodies import Upload
from town.database import Database
from town.http import Route
from town.people import ROLE_NAMES, Role

ROUTES = [route for room in ROOMS for route in room.listed]


@on_sqlite
def test_every_endpoint_of_the_app_states_its_rights(app: Flask):
    for rule in app.url_map.iter_rules():
        route = getattr(app.view_functions[rule.endpoint], "route", None)
        assert isinstance(route, Route), f"{rule} is registered without rights"
        assert route.rights.open or route.rights.receipt or route.rights.roles


def test_what_is_open_to_anyone_is_a_short_list():
    """A new open route is a decision; it is made here too."""
    assert {(route.method, route.rule) for route in ROUTES if route.rights.open} == {
        ("GET", "/"),
        ("GET", "/citizen"),
        ("GET", "/desk"),
        ("GET", "/wall"),
        ("GET", "/assets/<path:name>"),
        ("GET", "/openapi.json"),
        ("GET", "/healthz"),
        ("GET", "/api/v1/town"),
        ("GET", "/api/v1/map/grids"),
        ("POST", "/api/v1/reports"),
        ("POST", "/api/v1/sessions"),
    }


def test_every_role_has_a_chinese_name():
    assert set(ROLE_NAMES) == set(Role)


@on_sqlite
def test_every_route_turns_away_everybody_it_does_not_name(door: Door, database: Database):
    guarded = sorted((route for route in ROUTES if not route.rights.open), key=lambda route: route.method == "DELETE")
    for role in (None, "receipt", *Role):
        asking = _as(role, door, database)
        for route in guarded:
            allowed = role in route.rights.roles or (route.rights.receipt and role == "receipt")
            status = _ask(asking, route)
            assert (status in (401, 403)) != allowed, f"{role} asks {route.method} {route.rule}: {status}"
            assert status < 500


def test_a_receipt_opens_no_door_of_the_staff_and_the_other_way_round():
    for route in ROUTES:
        assert not (route.rights.receipt and route.rights.roles)


@on_sqlite
def test_who_belongs_to_no_squad_sees_nothing_of_an_order_that_no_squad_has(door: Door, database: Database):
    door.report(ON_THE_BORDER)
    waiting = door.signed_in(CHEN_JING).newest_order()
    assert waiting["squad"] is None
    unattached = _as(Role.OFFICER, door, database)
    assert unattached.get("/api/v1/orders").json["orders"] == []
    assert unattached.get("/api/v1/orders/changes").json["changes"] == []
    assert unattached.get(f"/api/v1/orders/{waiting['id']}").status_code == 404


@on_sqlite
def test_a_token_dies_with_the_session_and_with_the_account(door: Door, database: Database, cast):
    first, second = door.signed_in(PEOPLE[1]), door.signed_in(PEOPLE[1])
    assert first.delete("/api/v1/sessions/current").status_code == 204
    assert first.get("/api/v1/orders").json["code"] == "not_signed_in"
    assert second.get("/api/v1/orders").status_code == 200
    with database.write() as session:
        accounts.block(session, session.merge(cast.account(PEOPLE[1])), clock.now())
    assert second.get("/api/v1/orders").json["code"] == "not_signed_in"


@on_sqlite
def test_wrong_passwords_are_counted_and_the_account_rests(door: Door):
    wrong = {"login": PEOPLE[0].login, "password": "guess"}
    codes = [door.post("/api/v1/sessions", wrong).json["code"] for _ in range(accounts.FREE_FAILURES + 1)]
    assert codes == ["wrong_login"] * accounts.FREE_FAILURES + ["login_locked"]
    rightful = door.post("/api/v1/sessions", {"login": PEOPLE[0].login, "password": PASSWORD})
    assert rightful.status_code == 429
    assert int(rightful.headers["Retry-After"]) >= 1
    assert door.post("/api/v1/sessions", {"login": "nobody", "password": "guess"}).json["code"] == "wrong_login"


def _as(role: Role | str | None, door: Door, database: Database) -> Door:
    if role is None:
        return door
    if role == "receipt":
        return door.with_receipt(door.report()["receipt"])
    with database.write() as session:
        accounts.create(session, f"the-{role}", "某人", [Role(role)], None, PASSWORD, clock.now())
    answer = door.post("/api/v1/sessions", {"login": f"the-{role}", "password": PASSWORD})
    return Door(door.app, f"Bearer {answer.json['token']}")


def _ask(asking: Door, route: Route) -> int:
    path = re.sub(r"<uuid:\w+>", lambda _: str(uuid.uuid4()), route.rule)
    if route.method == "DELETE":
        return asking.delete(path).status_code
    if route.method == "GET":
        return _status(asking, path)
    if route.takes and issubclass(route.takes, Upload):
        return asking.send_file(path, b"neither a photo nor a table", field=route.takes.FIELD).status_code
    return asking.post(path, EXAMPLES[route.rule] if route.takes else None).status_code


def _status(asking: Door, path: str) -> int:
    answer = asking.app.test_client().get(path, headers=asking._headers())
    answer.close()
    return answer.status_code


ORDER = "/api/v1/orders/<uuid:order_id>"
SPAN = {"starts_at": "2026-11-23T00:00:00+08:00", "ends_at": "2026-11-23T12:00:00+08:00"}
EXAMPLES: dict[str, dict[str, Any]] = {
    f"{ORDER}/steps": {"action": "accept", "version": 1},
    f"{ORDER}/exclusion": {"ground": "not_ours", "words": "x"},
    "/api/v1/exclusions/<uuid:exclusion_id>/decision": {"approve": True, "words": "x"},
    "/api/v1/appraisal/months": {"month": "2026-09"},
    "/api/v1/appraisal/appeals": {"month": "2026-09", "ground": "not_ours", "words": "x"},
    "/api/v1/appraisal/appeals/<uuid:appeal_id>/decision": {"approve": True, "words": "x"},
    f"{ORDER}/case": {"version": 1, "officers": ["linxiaofeng", "sumin"], "words": "x"},
    f"{ORDER}/corrections": {"version": 1, "category": "09006", "words": "x"},
    f"{ORDER}/links/<uuid:link_id>": {"state": "linked"},
    f"{ORDER}/joint": {"squads": ["CD"], "words": "x"},
    "/api/v1/joint/<uuid:task_id>/steps": {"action": "report_in", "version": 1},
    "/api/v1/cases": {
        "place": ON_THE_BORDER,
        "officers": ["linxiaofeng", "sumin"],
        "power": "YX001",
        "category": "09006",
        "words": "x",
    },
    "/api/v1/cases/<uuid:case_id>/acts": {"action": "decline", "version": 1, "facts": {"words": "x"}},
    "/api/v1/cases/<uuid:case_id>/parties": {"kind": "person", "name": "王喆", "number_kind": "id_card"},
    "/api/v1/report/rating": {"solved": "solved", "attitude": "satisfied"},
    "/api/v1/desk/reports": {"source": "call", "place": ON_THE_BORDER, "words": "x", "category": "09006"},
    **{
        f"/api/v1/reference/{kind}/<uuid:edition_id>/activate": {"valid_from": "2026-12-01"}
        for kind in ("grids", "events", "powers", "times")
    },
    "/api/v1/reference/powers/<uuid:edition_id>/confirm": {"by": "许斐"},
    "/api/v1/supervisions": {"subject": {"kind": "order", "id": str(uuid.UUID(int=1))}, "words": "x"},
    "/api/v1/supervisions/<uuid:supervision_id>/steps": {"action": "reply", "version": 1, "words": "x"},
    "/api/v1/roster/shifts": {"squad": "CZ", "login": "sumin", **SPAN},
    "/api/v1/roster/leaves": {"login": "sumin", "ground": "事假", **SPAN},
}
