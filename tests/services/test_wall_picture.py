"""The wall's first picture and the load of the grids: short, quickly read, and true to the whole pictures."""

import datetime as dt
import json
import random
import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import insert, or_, select

from dispatch.models import Decided, Order
from dispatch.rules.workflow import ENDED, Lane, State
from dispatch.schemas import OrderOut
from dispatch.services import pictures
from grids.models import Grid
from maps import load, wall
from maps.schemas import LoadOut, WallOut
from tests.ground.cast import CENTRE, CHEN_JING, INNER, LIN_XIAOFENG
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, OUT_OF_TOWN, Door
from town import clock, geometry, ids, watch
from town.clock import Instant
from town.database import Database
from town.people import Squad
from town.watch import Deadline

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 11, 19, 16, 0, tzinfo=dt.UTC)
ORDERS = 400


def fill(database: Database, luck: random.Random) -> None:
    """Orders in every state and lane, in grids and in none, with clocks that run, ran out, or are over."""
    with database.write() as session:
        grids = [*session.scalars(select(Grid)), None]
        squads = [*session.scalars(select(Squad.id)), None]
        edition = grids[0].edition_id if grids[0] else None
        for _ in range(ORDERS):
            order = _order(luck, luck.choice(grids), luck.choice(squads), edition)
            session.execute(insert(Order).values(order))
            for clock_row in _clocks(luck, order["id"]):
                session.execute(insert(Deadline).values(clock_row))


def _order(
    luck: random.Random, grid: Grid | None, squad: uuid.UUID | None, edition: uuid.UUID | None
) -> dict[str, Any]:
    at = NOW - dt.timedelta(hours=luck.uniform(0, 20))
    place = geometry.point(CENTRE[0] + luck.uniform(-0.02, 0.02), CENTRE[1] + luck.uniform(-0.02, 0.02))
    return {
        "id": ids.new_id(), "version": luck.randrange(1, 9), "state": luck.choice(list(State)),
        "lane": luck.choice(list(Lane)), "category": "09006", "place": place, "edition_id": edition,
        "grid_id": grid.id if grid else None, "squad_id": squad, "reasons": [], "outcome": None, "handler": None,
        "received_at": at, "changed_at": at,
    }  # fmt: skip


def _clocks(luck: random.Random, order: uuid.UUID) -> list[dict[str, Any]]:
    return [
        _clock(luck, order, kind) for kind in luck.sample(["accept", "arrive", "check", "answer"], luck.randrange(4))
    ]


def _clock(luck: random.Random, order: uuid.UUID, kind: str) -> dict[str, Any]:
    due = NOW + dt.timedelta(minutes=luck.choice([-600, -1, 1, 60, 119, 121, 600]) + luck.random() / 2)
    waited_for = watch.State.MISSED if due < NOW else watch.State.RUNNING
    state = luck.choice([waited_for, waited_for, watch.State.MET, watch.State.DROPPED, watch.State.PAST])
    met_at = NOW if state is watch.State.MET or luck.random() < 0.1 else None
    return {
        "id": ids.new_id(), "subject": f"order:{order}", "kind": kind, "round": 1, "amount": 30, "unit": "minutes",
        "started_at": due - dt.timedelta(hours=1), "due_at": due, "wakes_at": due, "state": state, "met_at": met_at,
        "provisional": False, "edition": 0, "version": 0,
    }  # fmt: skip


@pytest.fixture
def filled(mapped: Database) -> Database:
    fill(mapped, random.Random(193))
    return mapped


def drawn(database: Database, now: Instant = NOW) -> WallOut:
    with database.read() as session:
        return wall.picture(session, 0, MIDNIGHT, now)


def rows(picture: WallOut) -> list[dict[str, Any]]:
    return [dict(zip(picture.columns, row, strict=True)) for row in picture.orders]


def whole_pictures(database: Database) -> list[OrderOut]:
    """The open orders and those that ended today, as everybody else sees them."""
    with database.read() as session:
        shown = select(Order.id).where(or_(Order.state.not_in(ENDED), Order.changed_at >= MIDNIGHT))
        return list(pictures.many(session, session.scalars(shown)).values())


def test_a_row_says_what_the_whole_picture_of_its_order_says(filled: Database):
    picture = drawn(filled)
    whole = {str(one.id): one for one in whole_pictures(filled)}
    assert whole.keys() == {row["id"] for row in rows(picture)}
    for row in rows(picture):
        one = whole[row["id"]]
        assert (row["code"], row["version"], row["state"]) == (one.code, one.version, one.state)
        assert (row["lon"], row["lat"]) == pytest.approx((one.place.lon, one.place.lat), abs=1e-6)
        assert row["grid"] == (one.grid and one.grid.code)
        assert row["squad"] == (one.squad and one.squad.code)
        assert abs(row["changed"] / 1000 - one.changed_at.timestamp()) < 0.001
        if one.state not in ENDED:
            assert (row["clock"], row["late"]) == (one.clock and one.clock.kind, one.late)
            assert one.clock is None or abs(row["due"] / 1000 - one.clock.due_at.timestamp()) < 0.001


def test_every_code_in_a_row_has_its_name_beside(filled: Database):
    picture = drawn(filled)
    for row in rows(picture):
        assert picture.names.states[row["state"]]
        assert picture.names.categories[row["category"]]
        assert row["grid"] is None or picture.names.grids[row["grid"]].area_name
        assert row["squad"] is None or picture.names.squads[row["squad"]]
        assert row["clock"] is None or picture.names.clocks[row["clock"]]


def test_what_ended_yesterday_is_not_on_the_wall(filled: Database):
    before = {row["id"] for row in rows(drawn(filled)) if row["state"] in ENDED}
    with filled.read() as session:
        today = select(Order.id).where(Order.state.in_(ENDED), Order.changed_at >= MIDNIGHT)
        assert before == {str(one) for one in session.scalars(today)}


def test_an_alarm_stands_until_somebody_signs_or_a_later_decision_calms_it(mapped: Database, door: Door):
    for _ in range(4):
        door.report(IN_THE_MIDDLE_OF_EAST)
    with mapped.write() as session:
        loud, signed, calmed, quiet = session.scalars(select(Order).order_by(Order.id))
        session.query(Decided).delete()
        for order, rounds in ((loud, [False, True]), (signed, [True]), (calmed, [True, False]), (quiet, [False])):
            for number, alarm in enumerate(rounds, 1):
                decided = {"id": ids.new_id(), "order_id": order.id, "round": number, "way": "table", "at": NOW}
                answer = {"row": "emergency", "alarm": alarm}
                session.execute(insert(Decided).values(**decided, actor="x", facts={}, answer=answer))
        signed.state = State.ACCEPTED
    assert [row["id"] for row in rows(drawn(mapped)) if row["alarm"]] == [str(loud.id)]


def test_the_load_of_each_grid_is_what_a_slow_count_says(filled: Database):
    with filled.read() as session:
        counted = load.by_grid(session, NOW)
        open_orders = session.scalars(select(Order).where(Order.state.not_in(ENDED))).all()
        codes = dict(session.execute(select(Grid.id, Grid.code)).all())
        first = watch.nearest(session, [f"order:{order.id}" for order in open_orders])
    slow: dict[str, Counter[str]] = {}
    for order in open_orders:
        counts = slow.setdefault(codes[order.grid_id] if order.grid_id else "", Counter())
        nearest = first.get(f"order:{order.id}")
        counts["open"] += 1
        counts["late"] += nearest is not None and nearest.due_at < NOW
        counts["due_soon"] += nearest is not None and NOW <= nearest.due_at <= NOW + dt.timedelta(hours=2)
    assert counted == [LoadOut(grid=grid or None, **slow[grid]) for grid in sorted(slow)]
    assert sum(one.open for one in counted) == len(open_orders)
    assert all(any(getattr(one, what) for one in counted) for what in ("late", "due_soon"))


def test_desk_and_wall_may_ask_for_the_load_and_squads_may_not(door: Door):
    door.report()
    door.report(IN_THE_MIDDLE_OF_EAST)
    said = door.signed_in(CHEN_JING).get("/api/v1/map/load").json["grids"]
    assert [(one["grid"], one["open"], one["late"]) for one in said] == [("CD-01", 1, 0), ("CZ-01", 1, 0)]
    assert door.signed_in(LIN_XIAOFENG).get("/api/v1/map/load").status_code == 403
    assert door.get("/api/v1/map/load").status_code == 401


def test_an_order_outside_the_town_counts_in_no_grid(door: Door):
    door.report(OUT_OF_TOWN)
    [alone] = door.signed_in(CHEN_JING).get("/api/v1/map/load").json["grids"]
    assert (alone["grid"], alone["open"]) == (None, 1)


def test_a_picture_of_many_orders_takes_a_third_of_the_line_for_whoever_reads_gzip(door: Door, filled: Database):
    desk = door.signed_in(CHEN_JING)
    headers = {"Authorization": desk.authorization or "", "Accept-Encoding": "gzip"}
    packed = desk.app.test_client().get("/api/v1/map/orders", headers=headers)
    plain = desk.get("/api/v1/map/orders")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) * 2 < len(plain.data)


def test_a_row_takes_a_third_of_what_the_whole_picture_takes(filled: Database):
    whole = sum(len(one.model_dump_json().encode()) for one in whole_pictures(filled))
    assert 3 * len(json.dumps(drawn(filled).orders, separators=(",", ":"))) < whole


def test_an_empty_town_has_an_empty_picture_and_no_load(mapped: Database):
    assert drawn(mapped, clock.now()).orders == []
    with mapped.read() as session:
        assert load.by_grid(session, NOW) == []
        assert session.scalar(select(Grid.code).where(Grid.code.startswith(INNER)))
