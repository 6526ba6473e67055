"""A month of many orders, written straight into the tables as intake, steps, watch and ratings would have left them."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from grids.models import Edition, Grid
from tests.ground.web import LAT, LON
from town import geometry, ids, journal
from town.database import Base, Database
from town.people import Squad
from town.watch import Deadline, State

MONTH_BEGINS = dt.datetime(2026, 10, 31, 16, 0, tzinfo=dt.UTC)
"""Midnight of 1 November in Shanghai."""
MINUTES = 30 * 24 * 60
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
STEPS = ("accepted", "arrived", "handled", "checked", "closed", "answered")
BATCH = 1000

Row = dict[str, Any]


def write(database: Database, count: int, seed: int = 1126) -> None:
    """So many orders, evenly over November; most are closed, some late, some never signed, some reworked or rated."""
    chance = random.Random(seed)
    for start in range(0, count, BATCH):
        with database.write() as session:
            known = _known(session)
            _write(session, [_life(chance, known, start + one, count) for one in range(min(BATCH, count - start))])


def _known(session: Session) -> Mapping[str, Any]:
    grids = dict(session.execute(select(Grid.code, Grid.id)).all())
    squads = dict(session.execute(select(Squad.code, Squad.id)).all())
    return {"edition": session.scalars(select(Edition.id)).first(), "grids": grids, "squads": squads}


def _life(chance: random.Random, known: Mapping[str, Any], number: int, count: int) -> Mapping[str, Any]:
    order_id, code = ids.new_id(), chance.choice(tuple(known["squads"]))
    received = MONTH_BEGINS + number * MINUTES // count * MINUTE
    reached = len(STEPS) if chance.random() < 0.85 else chance.randrange(len(STEPS))
    waits = (chance.uniform(0.05, 0.8), 0.5, chance.uniform(1, 90), chance.uniform(0.5, 48), 2, 0.01)
    moments = [received]
    for wait in waits[:reached]:
        moments.append(moments[-1] + wait * HOUR)
    done = dict(zip(STEPS[:reached], moments[1:], strict=True))
    order: Row = {
        "id": order_id,
        "version": 1 + reached,
        "state": ("dispatched", "accepted", "on_site", "handled", "checked", "closed", "answered")[reached],
        "lane": "squad",
        "category": chance.choice(("09006", "06011", "06028")),
        "place": geometry.point(LON, LAT),
        "edition_id": known["edition"],
        "grid_id": known["grids"][f"{code}-01"],
        "squad_id": known["squads"][code],
        "severity": chance.choice(("ordinary", "ordinary", "major", "urgent")),
        "reasons": [],
        "received_at": received,
        "changed_at": moments[-1],
    }
    rated = chance.random() < 0.3 and reached == len(STEPS)
    return {
        "order": order,
        "report": _report(chance, order, moments[-1] + HOUR if rated else None),
        "events": list(_events(order, code, done, known)),
        "clocks": list(_clocks(order_id, received, done)),
    }


def _report(chance: random.Random, order: Row, rated_at: dt.datetime | None) -> Row:
    rating = {
        "solved": chance.choice(("solved", "solved", "partly")) if rated_at else None,
        "attitude": chance.choice(("satisfied", "fair")) if rated_at else None,
        "rated_at": rated_at,
    }
    place = {"place": order["place"], "given_x": LON, "given_y": LAT, "crs": "wgs84"}
    moments = {"received_at": order["received_at"], "recorded_at": order["received_at"]}
    return {"id": ids.new_id(), "order_id": order["id"], "source": "app", **place, **moments, **rating}


def _events(
    order: Row, code: str, done: Mapping[str, dt.datetime], known: Mapping[str, Any]
) -> Iterator[journal.Entry]:
    subject, squad = f"order:{order['id']}", str(known["squads"][code])
    routed = {"squad": squad, "lane": "squad", "grid": f"{code}-01", "edition": str(known["edition"]), "reasons": []}
    yield journal.Entry(subject, 1, "order.dispatched", "system:intake", order["received_at"], routed)
    for version, (step, moment) in enumerate(done.items(), 2):
        yield journal.Entry(subject, version, f"order.{step}", "system:tests", moment, {"to": step})


def _clocks(order_id: uuid.UUID, received: dt.datetime, done: Mapping[str, dt.datetime]) -> Iterator[Row]:
    terms = (
        ("accept", received, 30 * MINUTE, "accepted"),
        ("arrive", done.get("accepted"), 2 * HOUR, "arrived"),
        ("handle", done.get("arrived"), 3 * DAY, "handled"),
        ("check", done.get("handled"), 2 * DAY, "checked"),
        ("answer", received, 5 * DAY, "answered"),
    )
    for kind, started, length, step in terms:
        if started:
            yield _clock(order_id, kind, started, started + length, done.get(step))


def _clock(order_id: uuid.UUID, kind: str, started: dt.datetime, due: dt.datetime, met: dt.datetime | None) -> Row:
    state = State.RUNNING if met is None else State.MET if met < due else State.MISSED
    return {
        "id": ids.new_id(),
        "subject": f"order:{order_id}",
        "kind": kind,
        "amount": 1,
        "unit": "days",
        "started_at": started,
        "due_at": due,
        "wakes_at": None,
        "state": state,
        "met_at": met,
    }


def _write(session: Session, lives: list[Mapping[str, Any]]) -> None:
    connection = session.connection()
    for model, name in ((Order, "order"), (Report, "report")):
        session.execute(insert(model), [life[name] for life in lives])
    clocks = [clock for life in lives for clock in life["clocks"]]
    connection.execute(insert(Base.metadata.tables[Deadline.__tablename__]), clocks)
    journal.append_many(session, [event for life in lives for event in life["events"]])
