"""网格重划: forty grids are redrawn while thousands of orders are open and reports keep arriving."""

import datetime as dt
import random
import threading

import pytest
import shapely
from sqlalchemy import select

from dispatch.models import Order
from dispatch.services import NewReport, receive, serving
from grids import services as grids
from grids.files import Fields, read_geojson
from grids.models import Edition
from tests.ground.cast import ACTOR, SETTLED
from tests.tilings import feature_collection, tiling
from town import clock, geometry

FIELDS = Fields(code="code", area="area", name="name", area_name="area_name")
BEFORE, AFTER = tiling(5, 8, seed=3), tiling(5, 8, seed=4)
KEY = "0" * 64


def import_map(database, cells, name, now):
    survey = grids.check(read_geojson(feature_collection(cells), f"{name}.geojson"), FIELDS, 4549)
    with database.write() as session:
        return grids.import_edition(session, survey, name, actor=ACTOR, now=now).id


def activate(database, edition_id):
    with database.write() as session:
        edition = grids.find(session, str(edition_id))
        grids.activate(session, edition, actor=ACTOR, now=clock.now())


def spots(seed):
    """Places well inside both maps."""
    both = shapely.union_all([cell.shape for cell in BEFORE]).intersection(shapely.union_all([c.shape for c in AFTER]))
    west, south, east, north = both.buffer(-1e-4).bounds
    chance = random.Random(seed)
    while True:
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        if both.contains(shapely.Point(lon, lat)):
            yield lon, lat


def report(spot):
    return NewReport(x=spot[0], y=spot[1], crs="cgcs2000", accuracy_m=None, words="占道", received_at=clock.now())


def area_of(cells, place):
    covering = sorted(cell.code for cell in cells if cell.shape.covers(shapely.Point(place)))
    return next(cell.area for cell in cells if cell.code == covering[0])


@pytest.fixture
def squads(database, town):
    """A town whose map is in force, with a squad for every area."""
    activate(database, import_map(database, BEFORE, "旧图", SETTLED))
    with database.write() as session:
        made = serving.one_squad_each(session, grids.areas(session), ACTOR, SETTLED)
    return {squad.id: squad.code for squad in made}


@pytest.mark.timeout(600)
def test_at_every_commit_exactly_one_squad_answers_for_every_order(database, town, squads, scale, record_property):
    fill(database, town, scale(800, 5_000))
    old = edition_in_force(database)
    new = import_map(database, AFTER, "新图", SETTLED + dt.timedelta(days=1))

    halt, arrived, seen = threading.Event(), [], []
    threads = [threading.Thread(target=arrive, args=(database, town, seed, halt, arrived)) for seed in (11, 12)]
    threads.append(threading.Thread(target=look, args=(database, halt, seen)))
    for thread in threads:
        thread.start()
    wait_for(halt, lambda: len(arrived) >= 20)
    activate(database, new)
    moment = len(arrived)
    wait_for(halt, lambda: len(arrived) >= moment + 20 and len(seen) >= 3)
    halt.set()
    for thread in threads:
        thread.join()

    assert all(count == 0 for count in seen), "an order without exactly one squad was seen"
    with database.read() as session:
        orders = list(session.scalars(select(Order)))
    by_edition = {old: BEFORE, new: AFTER}
    chance = random.Random(1)
    for order in chance.sample(orders, min(len(orders), 600)):
        assert squads[order.squad_id] == area_of(by_edition[order.edition_id], geometry.lonlat(order.place))
    assert {order.edition_id for order in orders} == {old, new}
    record_property("orders", len(orders))
    record_property("looks", len(seen))


def edition_in_force(database):
    with database.read() as session:
        return session.scalars(select(Edition.id).where(Edition.active)).one()


def fill(database, town, count):
    places = spots(1)
    for start in range(0, count, 200):
        with database.write() as session:
            for _ in range(min(200, count - start)):
                receive(session, town, KEY, report(next(places)), clock.now())


def arrive(database, town, seed, halt, arrived):
    places = spots(seed)
    while not halt.is_set():
        with database.write() as session:
            order = receive(session, town, KEY, report(next(places)), clock.now()).order
        arrived.append(order.id)
        halt.wait(0.02)  # SQLite's writers are not served in turn


def look(database, halt, seen):
    """How many orders have no squad, or another edition than a map that was in force: at this moment."""
    while not halt.is_set():
        with database.read() as session:
            found = session.execute(
                select(Order.id)
                .join(Edition, Edition.id == Order.edition_id)
                .where(Order.squad_id.is_(None) | Edition.valid_from.is_(None))
            ).all()
        seen.append(len(found))
        halt.wait(0.05)


def wait_for(halt, happened):
    while not happened():
        halt.wait(0.02)
