"""What the desk may not send is refused with a stable code, and leaves nothing behind."""

import json
import uuid
from typing import Any

import pytest

from tests.ground.cast import CHEN_JING, LIN_XIAOFENG
from tests.ground.databases import on_sqlite
from tests.ground.desk import counted
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door

REPORT = {"source": "call", "place": IN_THE_MIDDLE_OF_INNER, "words": "摊贩又回来了", "category": STALLS}
PATH = "/api/v1/desk/reports"
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a source nobody knows": ({"source": "smoke_signal"}, "invalid"),
    "the phone's own door": ({"source": "app"}, "invalid"),
    "no words": ({"words": "  "}, "invalid"),
    "endless words": ({"words": "字" * 2001}, "invalid"),
    "an endless number": ({"their_number": "9" * 101}, "invalid"),
    "an unknown kind of matter": ({"category": "99999"}, "invalid"),
    "an endless kind of matter": ({"category": "9" * 21}, "invalid"),
    "a moment without a zone": ({"received_at": "2026-11-22T08:00:00"}, "invalid"),
    "the year one": ({"received_at": "0001-01-01T00:00:00+14:00"}, "invalid"),
    "tomorrow": ({"received_at": "2099-01-01T00:00:00Z"}, "invalid"),
    "an unknown coordinate system": ({"place": IN_THE_MIDDLE_OF_INNER | {"crs": "utm"}}, "crs_unknown"),
    "a place nowhere": ({"place": IN_THE_MIDDLE_OF_INNER | {"lat": 91}}, "place_invalid"),
    "an order nobody knows": ({"joins": str(uuid.uuid4())}, "not_found"),
    "an order that is none": ({"joins": "7K4M-Q2XD"}, "invalid"),
    "an unknown field": ({"dispatch_to": "CZ"}, "invalid"),
    "a zero byte": ({"their_number": "1\x002"}, "invalid"),
    "a telephone that is none": ({"reporter": {"phone": "call me"}}, "invalid"),
}


@pytest.fixture
def desk(listed, app) -> Door:
    """陈静 at the desk, with the town's lists in force."""
    return Door(app).signed_in(CHEN_JING)


def test_a_wrong_entry_is_refused_and_leaves_no_trace(desk, listed):
    before = counted(listed)
    for case, (change, code) in REFUSED.items():
        answer = desk.post(PATH, REPORT | change)
        assert answer.json["code"] == code, f"{case}: {answer.text}"
        assert 400 <= answer.status_code < 500
        assert counted(listed) == before, case


@on_sqlite
def test_the_envelope_is_checked_too(desk):
    def raw(body: bytes, kind: str = "application/json"):
        headers = desk._headers() | {"Idempotency-Key": uuid.uuid4().hex}
        return desk.app.test_client().post(PATH, data=body, content_type=kind, headers=headers).json["code"]

    good = json.dumps(REPORT).encode()
    assert raw(good, "text/plain") == "media_type"
    assert raw(good[:-5]) == "malformed"
    assert raw(b" " * 70_000 + good) == "too_large"
    assert raw(b"[" * 60_000) == "too_deep"
    assert raw(good.replace(b"121.05", b"NaN")) == "invalid"


def test_one_key_is_one_entry_and_another_entry_needs_another(desk):
    key = uuid.uuid4().hex
    first, again = (desk.post(PATH, REPORT, key=key) for _ in range(2))
    assert (first.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert desk.post(PATH, REPORT | {"words": "另一件"}, key=key).json["code"] == "key_reused"
    assert len(desk.get("/api/v1/desk/orders").json["orders"]) == 1


def test_one_key_settles_one_link_one_way(desk):
    desk.post(PATH, REPORT)
    order = desk.post(PATH, REPORT).json["order"]
    (link,) = order["links"]
    path, key = f"/api/v1/orders/{order['id']}/links/{link['id']}", uuid.uuid4().hex
    assert desk.post(path, {"state": "linked"}, key=key).json["links"][0]["state"] == "linked"
    assert desk.post(path, {"state": "dismissed"}, key=key).json["code"] == "key_reused"
    assert desk.post(path, {"state": "merged"}).json["code"] == "invalid"
    assert desk.post(path, {"state": "suggested"}).json["code"] == "invalid"
    elsewhere = f"/api/v1/orders/{uuid.uuid4()}/links/{link['id']}"
    assert desk.post(elsewhere, {"state": "linked"}).status_code == 404


@on_sqlite
def test_a_queue_out_of_bounds_is_refused(desk):
    for query in ({"queue": "mine"}, {"limit": 0}, {"limit": 201}, {"before": "x"}, {"squad": "CZ"}):
        assert desk.get("/api/v1/desk/orders", **query).json["code"] == "invalid"


def test_steps_with_codes_nobody_knows_change_nothing(desk, listed):
    order = desk.post(PATH, REPORT).json["order"]
    leader = Door(desk.app).signed_in(LIN_XIAOFENG)
    before = counted(listed)
    refused = (
        desk.step(order, "dispatch", squad="XX", words="x"),
        desk.step(order, "transfer", partner="nobody", words="x"),
        leader.step(order, "return", ground="tired", words="x"),
        leader.step(order, "return", ground="no_power", power="nothing", words="x"),
        leader.step(order, "return", ground="not_our_area", words="字" * 2001),
    )
    assert [answer.json["code"] for answer in refused] == ["invalid"] * len(refused)
    assert leader.step(order, "return", ground="no_power", words="没有依据").json["code"] == "missing_fact"
    assert leader.step(order | {"version": 5}, "accept").json["code"] == "stale"
    assert counted(listed) == before
