"""Positions on the live feed: told when somebody moves, calmly, without an id, and never in the way of a change."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any

import pytest
from sqlalchemy import select

from maps import live
from maps import positions as shown
from maps.live import Feed
from maps.positions import Moves
from tests.ground.cast import CENTRE, CHEN_JING
from tests.ground.databases import number, on_sqlite
from tests.ground.web import Door
from tests.journals import leading
from town import clock, devices, positions
from town.clock import Instant
from town.database import Database
from town.people import Device

STREAMS = 4
LON, LAT = CENTRE


@pytest.fixture
def tablets(mapped: Database) -> Database:
    """A tablet of each squad."""
    with mapped.write() as session:
        for squad in ("CZ", "CD"):
            devices.add(session, squad, f"{squad.lower()}-1", clock.now())
    number(mapped)
    return mapped


def move(database: Database, code: str, at: Instant | None = None, lon: float = LON) -> None:
    with database.write() as session:
        device = session.scalars(select(Device.id).where(Device.code == code)).one()
        positions.report(session, device, at or clock.now(), lon, LAT, 5.0)


def events(sending: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Every message of a stream: its event, its id if it has one, its data."""
    for text in sending:
        fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        if "event" in fields:
            yield {**fields, "data": json.loads(fields["data"])}


def stream(feed: Feed, door: Door, after: int = 0) -> Iterator[dict[str, Any]]:
    return events(feed.open(after, door.signed_in(CHEN_JING).authorization))


def where(event: dict[str, Any]) -> dict[str, float]:
    return {one["device"]: one["lon"] for one in event["data"]["positions"]}


def next_positions(heard: Iterator[dict[str, Any]]) -> dict[str, float]:
    return next(where(one) for one in heard if one["event"] == "positions")


def test_a_new_screen_is_told_where_everybody_is_and_then_whoever_moves(tablets: Database, door: Door):
    move(tablets, "cz-1")
    with leading(tablets):
        heard = stream(Feed(tablets, STREAMS), door)
        assert next_positions(heard) == {"cz-1": LON}
        move(tablets, "cd-1", lon=121.1)
        assert any(
            where(one) == {"cz-1": LON, "cd-1": 121.1} for one in islice(heard, 6) if one["event"] == "positions"
        )


def test_changes_keep_their_order_and_positions_between_them_have_nothing_to_resume_from(tablets: Database, door: Door):
    with leading(tablets):
        feed = Feed(tablets, STREAMS)
        heard = stream(feed, door)
        assert next(heard)["event"] == "tick"
        told: list[dict[str, Any]] = []
        for turn in range(3):
            move(tablets, "cz-1", lon=121 + turn / 100)
            door.report()
            while not (told and told[-1]["event"] == "positions" and where(told[-1])["cz-1"] == 121 + turn / 100):
                told.append(next(heard))
        ids = [int(one["id"]) for one in told if one["event"] == "change"]
        assert len(ids) >= 3
        assert ids == sorted(set(ids))
        assert {one["event"] for one in told if "id" not in one} <= {"positions", "tick"}
        again = stream(feed, door, after=ids[1])
        assert [int(one["id"]) for one in takewhile(lambda one: one["event"] == "change", again)] == ids[2:]


@on_sqlite
def test_however_often_tablets_tell_a_screen_is_told_every_two_seconds_at_most(tablets: Database, monkeypatch):
    told_at = 100.0
    monkeypatch.setattr(clock, "elapsed", lambda: told_at)
    moves, begun = Moves(tablets), clock.now()
    news = []
    for tenth in range(60):
        told_at = 100.0 + tenth / 10
        move(tablets, "cz-1", begun - dt.timedelta(minutes=1) + dt.timedelta(seconds=tenth))
        news.append(moves.news() is not None)
    assert [tenth for tenth, one in enumerate(news) if one] == [0, 20, 40]
    told_at = 110.0
    assert moves.news() is not None
    told_at = 112.5
    assert moves.news() is None, "nobody has moved since"


@on_sqlite
def test_a_tablet_not_heard_of_for_half_an_hour_is_nowhere(tablets: Database, door: Door):
    now = clock.now()
    move(tablets, "cz-1", now - dt.timedelta(minutes=29))
    move(tablets, "cd-1", now - dt.timedelta(minutes=31))
    [known] = door.signed_in(CHEN_JING).get("/api/v1/map/positions").json["positions"]
    assert known["device"] == "cz-1"
    assert known["age_s"] >= 29 * 60


@on_sqlite
def test_positions_never_end_a_stream_that_is_slow(tablets: Database, door: Door, monkeypatch):
    monkeypatch.setattr(live, "BACKLOG", 2)
    monkeypatch.setattr(shown, "PAUSE_SECONDS", 0.0)
    move(tablets, "cz-1", lon=120.99)
    feed = Feed(tablets, STREAMS)
    slow, quick = stream(feed, door), stream(feed, door)
    assert [next_positions(one)["cz-1"] for one in (slow, quick)] == [120.99, 120.99]
    for turn in range(5):
        move(tablets, "cz-1", lon=121 + turn / 100)
        while next_positions(quick)["cz-1"] != 121 + turn / 100:
            pass
    assert next_positions(slow)["cz-1"] < 121.03, "of the first ones, for which there was room"
    assert [one["event"] for one in islice(slow, 2)] == ["positions", "tick"], "and it goes on"
