"""The town's map: an edition is checked, imported, activated and kept; places are found in the one in force."""

import datetime as dt
import itertools
import random
import threading

import pytest
import shapely
from sqlalchemy import select, text

from grids import services as grids
from grids.files import Fields, read_geojson
from grids.models import Grid
from grids.rules.measures import Limits
from grids.shapes import restored
from tests.ground.databases import on_postgresql
from tests.tilings import feature_collection, tiling
from town import geometry, journal
from town.errors import Refused

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
ACTOR = "account:陈静"
FIELDS = Fields(code="code", area="area", name="name", area_name="area_name")
CELLS = tiling(6, 4, seed=11)
REDRAWN = tiling(6, 5, seed=12)


def surveyed(cells=CELLS, town=4549):
    return grids.check(read_geojson(feature_collection(cells), "网格.geojson"), FIELDS, town)


def imported(database, cells=CELLS, name="一版", now=NOW):
    with database.write() as session:
        return grids.import_edition(session, surveyed(cells), name, actor=ACTOR, now=now)


def activated(database, edition, now=NOW):
    with database.write() as session:
        return grids.activate(session, grids.find(session, str(edition.id)), actor=ACTOR, now=now)


def in_force(database, cells=CELLS, name="一版", now=NOW):
    return activated(database, imported(database, cells, name, now), now)


def trail(database, edition):
    with database.read() as session:
        events = journal.events_of(session, f"grid_edition:{edition.id}")
    return [(event.version, event.kind, event.actor, event.at) for event in events]


def code_at(database, town, place):
    with database.read() as session:
        found = grids.locator(session, town).locate(*place)
    return found.grid.code if found.grid else None


def inside(cell):
    point = cell.shape.representative_point()
    return point.x, point.y


def refused_by(action):
    with pytest.raises(Refused) as refused:
        action()
    return refused.value


def test_an_imported_map_waits_until_it_is_activated(database, town):
    edition = imported(database)
    with database.read() as session:
        assert grids.active(session) is None
        (listed,) = grids.editions(session)
    assert (listed.areas, listed.grids, listed.edition.name) == (2, 24, "一版")
    assert refused_by(lambda: code_at(database, town, inside(CELLS[0]))).problem.code == "no_grids"
    assert trail(database, edition) == [(1, "grids.imported", ACTOR, NOW)]


def test_an_activated_map_finds_places(database, town):
    edition = in_force(database)
    assert (edition.active, edition.valid_from, edition.valid_to) == (True, NOW, None)
    assert [code_at(database, town, inside(cell)) for cell in CELLS] == [cell.code for cell in CELLS]
    assert trail(database, edition)[-1] == (2, "grids.activated", ACTOR, NOW)


def test_every_coordinate_is_kept_bit_for_bit(database):
    edition = imported(database)
    with database.read() as session:
        stored = {code: restored(shape) for code, shape in session.execute(select(Grid.code, Grid.shape))}
        facts = grids.facts(session, edition.id)
    for cell in CELLS:
        assert shapely.get_coordinates(stored[cell.code]).tolist() == shapely.get_coordinates(cell.shape).tolist()
    assert [fact.code for fact in facts] == [cell.code for cell in CELLS]
    assert (facts[-1].name, facts[-1].area_code, facts[-1].area_name) == ("0503 网格", "P1", "P1 片区")


def test_a_new_map_closes_the_former_and_keeps_it(database, town):
    first = in_force(database)
    second = in_force(database, REDRAWN, "二版", LATER)
    with database.read() as session:
        former = grids.find(session, "一版")
        assert (former.active, former.valid_from, former.valid_to) == (False, NOW, LATER)
        active = grids.active(session)
        assert active is not None
        assert active.id == second.id
        assert len(grids.facts(session, first.id)) == len(CELLS)
        assert [listed.edition.name for listed in grids.editions(session)] == ["二版", "一版"]
    assert code_at(database, town, inside(REDRAWN[7])) == REDRAWN[7].code
    assert [kind for _, kind, *_ in trail(database, first)] == ["grids.imported", "grids.activated", "grids.closed"]


def test_a_map_lives_once(database):
    first = in_force(database)
    in_force(database, REDRAWN, "二版", LATER)
    for edition in (first, first):
        again = refused_by(lambda one=edition: activated(database, one, LATER))
        assert again.problem.code == "edition_state"
    assert "请重新导入成新的一版" in again.detail
    with database.read() as session:
        active = grids.active(session)
    assert active is not None
    assert active.name == "二版"


def test_two_maps_cannot_come_into_force_at_once(database):
    former, *rivals = (in_force(database), *(imported(database, name=name) for name in ("二版", "三版")))
    outcomes = []

    def rival(edition):
        try:
            outcomes.append(activated(database, edition, LATER).name)
        except Refused as refused:
            outcomes.append(refused.problem.code)

    threads = [threading.Thread(target=rival, args=(edition,)) for edition in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        active = [one.edition.name for one in grids.editions(session) if one.edition.active]
    assert len(active) == 1
    assert active[0] in outcomes
    assert [kind for _, kind, *_ in trail(database, former)].count("grids.closed") == 1


def test_a_name_is_given_once(database):
    imported(database)
    assert refused_by(lambda: imported(database)).problem.code == "edition_state"


def test_an_edition_is_found_by_name_or_id(database):
    edition = imported(database)
    with database.read() as session:
        assert grids.find(session, "一版").id == grids.find(session, str(edition.id)).id == edition.id
        with pytest.raises(Refused):
            grids.find(session, "没有这一版")


def test_a_refused_map_leaves_nothing_behind_and_tells_every_fault(database):
    cells = [*CELLS, *tiling(1, 1, seed=11)]
    refused = refused_by(lambda: imported(database, cells))
    assert refused.problem.code == "grids_refused"
    assert "「0000」用了 2 次" in refused.detail
    assert {fault["kind"] for fault in refused.facts["faults"]} >= {"code_duplicate", "overlap"}
    with database.read() as session:
        assert grids.editions(session) == []
        assert session.scalar(select(Grid)) is None


def test_a_map_with_a_lake_needs_somebody_to_say_so(database):
    around_lake = [cell for cell in CELLS if cell.code != "0101"]
    layer = read_geojson(feature_collection(around_lake), "网格.geojson")
    assert grids.check(layer, FIELDS, 4549).refused
    assert not grids.check(layer, FIELDS, 4549, Limits(holes_are_meant=True)).refused


def test_a_projection_in_degrees_is_refused():
    assert refused_by(lambda: surveyed(town=4490)).problem.code == "place_invalid"


def test_areas_are_those_of_the_map_in_force(database):
    in_force(database)
    in_force(database, tiling(3, 3), "二版", LATER)
    with database.read() as session:
        assert [area.code for area in grids.areas(session)] == ["P0"]


def test_one_locator_serves_all_threads_and_follows_the_transaction(database, town):
    in_force(database)
    held = []

    def ask():
        with database.read() as session:
            held.append(grids.locator(session, town))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in held}) == 1
    second = in_force(database, REDRAWN, "二版", LATER)
    ask()
    assert held[-1].edition == second.id


def test_the_map_knows_how_far_it_reaches(database, town):
    edition = in_force(database)
    with database.read() as session:
        assert grids.bounds(session, edition.id) == tuple(shapely.total_bounds([cell.shape for cell in CELLS]))


@on_postgresql
def test_the_locator_answers_as_st_covers_does_over_stored_places(database, town):
    in_force(database)
    places = border_and_other_places(5000)
    with database.write() as session:
        session.execute(text("CREATE TEMPORARY TABLE place (n int, at geometry(POINT, 4490)) ON COMMIT DROP"))
        rows = [{"n": n, "at": geometry.point(*place)} for n, place in enumerate(places)]
        session.execute(text("INSERT INTO place VALUES (:n, ST_GeomFromEWKT(:at))"), rows)
        covered = dict(session.execute(text(LOWEST_CODE)).all())
        locator = grids.locator(session, town)
    assert locator.locate_many(*zip(*places, strict=True)) == [covered.get(n) for n in range(len(places))]


LOWEST_CODE = """SELECT n, min(code COLLATE "C") FROM place JOIN grid ON ST_Covers(grid.shape, place.at) GROUP BY n"""


def border_and_other_places(count):
    """All vertices and edge midpoints of the map, and places in and around it."""
    chance = random.Random(1)
    rings = [list(cell.shape.exterior.coords) for cell in CELLS]
    edges = [edge for ring in rings for edge in itertools.pairwise(ring)]
    midpoints = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in edges]
    west, south, east, north = shapely.total_bounds([cell.shape for cell in CELLS]).tolist()
    vertices = [place for ring in rings for place in ring]
    left = count - len(vertices) - len(midpoints)
    anywhere = [
        (chance.uniform(west - 1e-4, east + 1e-4), chance.uniform(south - 1e-4, north + 1e-4)) for _ in range(left)
    ]
    return [*vertices, *midpoints, *anywhere]
