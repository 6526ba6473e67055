"""Bad input is refused with a stable code and a sentence; nothing is half-written and nothing answers with a 5xx."""

import json
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select, text

from dispatch.models import Report
from service.app import create_app
from tests import photographs
from tests.ground.cast import LIN_XIAOFENG, WU_YUE
from tests.ground.databases import on_sqlite
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door
from town.database import Base, Database
from town.journal.models import Position

REPORT = {"place": IN_THE_MIDDLE_OF_INNER, "words": "占道经营"}


def with_place(**changes: Any) -> dict[str, Any]:
    return REPORT | {"place": IN_THE_MIDDLE_OF_INNER | changes}


def raw(door: Door, body: bytes | str, **headers: str) -> Any:
    sent = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return door.app.test_client().post("/api/v1/reports", data=body, headers=sent)


def everything(database: Database) -> dict[str, int]:
    """How many rows every table holds."""
    with database.read() as session:
        tables = [table for table in Base.metadata.sorted_tables if not table.info.get("only")]
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


REFUSED_BODIES: dict[str, tuple[Any, str]] = {
    "unknown coordinate system": (with_place(crs="utm"), "crs_unknown"),
    "no coordinate system": ({"place": {"lon": 121.0, "lat": 31.5}, "words": "x"}, "invalid"),
    "latitude beyond the pole": (with_place(lat=91.0), "place_invalid"),
    "swapped axes": (with_place(lon=31.5, lat=121.0), "place_invalid"),
    "a negative accuracy": (with_place(accuracy_m=-1), "invalid"),
    "words for numbers": (with_place(lon="east"), "invalid"),
    "no words": (REPORT | {"words": "   "}, "invalid"),
    "endless words": (REPORT | {"words": "字" * 2001}, "invalid"),
    "an unknown field": (REPORT | {"is_admin": True}, "invalid"),
    "an unknown category": (REPORT | {"category": "99999"}, "invalid"),
    "a telephone that is none": (REPORT | {"reporter": {"phone": "call me"}}, "invalid"),
    "a list instead of a report": ([REPORT], "invalid"),
    "null": (None, "invalid"),
}
REFUSED_BYTES: dict[str, tuple[bytes | str, str]] = {
    "NaN": (json.dumps(REPORT).replace("121.05", "NaN"), "invalid"),
    "infinity": (json.dumps(REPORT).replace("121.05", "Infinity"), "invalid"),
    "a number beyond all numbers": (json.dumps(REPORT).replace("121.05", "1e400"), "invalid"),
    "half a document": (json.dumps(REPORT)[:-9], "malformed"),
    "nothing": (b"", "malformed"),
    "GBK where UTF-8 is due": (json.dumps(REPORT, ensure_ascii=False).encode("gbk"), "malformed"),
    "nesting without end": ("[" * 60_000, "too_deep"),
    "deep objects": ('{"a":' * 5_000 + "1" + "}" * 5_000, "too_deep"),
    "a hundred thousand unknown fields": (json.dumps({f"f{n}": 1 for n in range(100_000)}), "too_large"),
    "a zero byte": (json.dumps(REPORT | {"words": "占道\x00经营"}), "invalid"),
    "half a surrogate pair": (json.dumps(REPORT).replace("\\u5360", "\\ud800"), "malformed"),
}


@pytest.mark.parametrize("case", REFUSED_BODIES)
def test_a_wrong_report_is_refused_and_leaves_no_trace(case: str, door: Door, database: Database):
    body, code = REFUSED_BODIES[case]
    refuses(door, database, json.dumps(body), code)


@pytest.mark.parametrize("case", REFUSED_BYTES)
def test_wrong_bytes_are_refused_and_leave_no_trace(case: str, door: Door, database: Database):
    body, code = REFUSED_BYTES[case]
    refuses(door, database, body, code)


def refuses(door: Door, database: Database, body: bytes | str, code: str) -> None:
    before = everything(database)
    answer = raw(door, body)
    assert answer.json["code"] == code, answer.text
    assert answer.status_code in (400, 413, 415, 422)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]
    assert everything(database) == before


@on_sqlite
def test_the_envelope_is_checked_too(door: Door, settings):
    good = json.dumps(REPORT)
    assert raw(door, good, Content_Type="text/plain").json["code"] == "media_type"
    assert raw(door, good, Idempotency_Key="short").json["code"] == "key_missing"
    assert raw(door, good, Idempotency_Key="é" * 20).json["code"] == "key_missing"
    assert raw(door, b" " * (settings.max_body + 1)).json["code"] == "too_large"
    assert door.get("/api/v1/nowhere").json["code"] == "not_found"
    assert door.put("/api/v1/reports").json["code"] == "method_not_allowed"
    assert door.get("/api/v1/orders/not-a-uuid").json["code"] == "not_found"


@on_sqlite
def test_a_credential_that_is_none_is_refused(door: Door):
    for authorization in ("Basic x", "Bearer", "Bearer x", "Bearer \x7f", "bearer  ", "Token x"):
        assert Door(door.app, authorization).get("/api/v1/orders").json["code"] == "not_signed_in"
    for receipt in ("", "AAAA", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "cha-xun-ma"):
        asked = door.with_receipt(receipt).get("/api/v1/report")
        assert asked.json["code"] in ("receipt_unknown", "not_signed_in")


@on_sqlite
def test_a_query_out_of_bounds_is_refused(door: Door):
    leader = door.signed_in(LIN_XIAOFENG)
    for query in ({"limit": 0}, {"limit": 10**9}, {"before": "x"}, {"unknown": 1}, {"state": "x" * 99}):
        assert leader.get("/api/v1/orders", **query).json["code"] == "invalid"
    for query in ({"after": -1}, {"after": "x"}, {"after": 10**30}):
        answer = leader.get("/api/v1/orders/changes", **query)
        assert answer.json["code"] == "invalid", answer.text


def test_the_same_key_with_another_body_is_refused(door: Door, database: Database):
    key = uuid.uuid4().hex
    first = door.post("/api/v1/reports", REPORT, key=key)
    again = door.post("/api/v1/reports", REPORT, key=key)
    other = door.post("/api/v1/reports", REPORT | {"words": "另一件事"}, key=key)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json["code"]) == (409, "key_reused")
    assert everything(database)["report"] == 1


def test_steps_that_may_not_be_taken_change_nothing(door: Door, database: Database):
    door.report()
    leader, checker = door.signed_in(LIN_XIAOFENG), door.signed_in(WU_YUE)
    order = leader.newest_order()
    before = everything(database)
    refused = {
        "illegal_step": leader.step(order, "handle", outcome="fixed", words="x"),
        "forbidden": checker.step(order, "accept"),
        "stale": leader.step(order | {"version": 9}, "accept"),
        "invalid": leader.step(order, "fly"),
    }
    for code, answer in refused.items():
        assert answer.json["code"] == code, answer.text
        assert 400 <= answer.status_code < 500
    assert everything(database) == before


def test_handling_without_an_outcome_says_what_is_missing(door: Door):
    door.report()
    leader = door.signed_in(LIN_XIAOFENG)
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    refused = leader.step(order, "handle", words="已劝离")
    assert refused.status_code == 422
    assert refused.json["detail"] == "「处置」必须写明：办理结果。"


@on_sqlite
def test_an_answer_is_rated_only_when_there_is_one(door: Door):
    hers = door.with_receipt(door.report()["receipt"])
    early = hers.post("/api/v1/report/rating", {"solved": "solved", "attitude": "satisfied"})
    assert (early.status_code, early.json["code"]) == (409, "not_answered")


@on_sqlite
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "media_type"),
        (b"GIF89a" + b"\0" * 64, "media_type"),
        (photographs.jpeg()[:400], "photo_unreadable"),
        (photographs.flood(), "photo_too_many_pixels"),
    ],
    ids=["empty", "another format", "cut off", "a flood of pixels"],
)
def test_a_bad_photo_is_refused_and_the_report_stays(
    content: bytes, code: str, door: Door, database: Database, settings
):
    hers = door.with_receipt(door.report()["receipt"])
    before = everything(database)
    answer = hers.send_photo("/api/v1/report/photos", content)
    assert answer.json["code"] == code, answer.text
    assert everything(database) == before
    assert not list(settings.media.rglob("*.*"))
    assert hers.get("/api/v1/report").status_code == 200


@on_sqlite
def test_a_report_holds_only_so_many_photos(door: Door, settings):
    hers = door.with_receipt(door.report()["receipt"])
    for seed in range(settings.max_photos):
        assert hers.send_photo("/api/v1/report/photos", photographs.jpeg(seed=seed)).status_code == 201
    assert hers.send_photo("/api/v1/report/photos", photographs.jpeg(seed=99)).json["code"] == "photos_full"


@on_sqlite
def test_before_there_is_a_map_a_report_is_told_so(database: Database, cast, settings):
    bare = create_app(settings)
    answer = Door(bare).post("/api/v1/reports", REPORT)
    assert (answer.status_code, answer.json["code"]) == (409, "no_grids")
    bare.extensions["wangge"].database.close()


@on_sqlite
def test_nothing_is_kept_when_the_transaction_breaks_half_way(door: Door, database: Database):
    """A real fault: the answer cannot be kept under its key, though the report itself is written already."""
    with database.write() as session:
        session.execute(
            text("CREATE TRIGGER broken BEFORE UPDATE ON idempotency BEGIN SELECT RAISE(ABORT, 'broken'); END")
        )
    before = everything(database)
    answer = door.post("/api/v1/reports", REPORT)
    assert answer.status_code == 500
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert "broken" not in answer.text
    assert everything(database) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 0
        assert session.scalar(select(func.max(Position.position)))


@on_sqlite
def test_every_answer_carries_the_strict_policy(door: Door):
    for path in ("/api/v1/town", "/healthz", "/nowhere", "/wall"):
        headers = door.get(path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert len(headers["X-Request-Id"]) == 32
