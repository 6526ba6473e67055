"""Editions that come into force at a set time, what they change, and the professional layers over the base map."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
import shapely

from grids import services as grids
from grids.files import Fields, read_geojson
from grids.models import BASE
from grids.rules.faults import Kind, Severity
from grids.rules.measures import Limits
from tests.ground.databases import on_postgresql
from tests.tilings import Cell, feature_collection, shuffled, tiling
from town import journal, reference
from town.errors import Refused

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=8)
ACTOR = "account:陈静"
FIELDS = Fields(code="code", area="area", name="name", area_name="area_name")
CELLS = tiling(6, 4, seed=11)
REDRAWN = tiling(6, 5, seed=12)


def surveyed(cells, frame=None, limits=None):
    layer = read_geojson(feature_collection(cells), "网格.geojson")
    return grids.check(layer, FIELDS, 4549, limits or Limits(), frame=frame)


def imported(database, cells=CELLS, name="一版", layer=BASE, now=NOW):
    with database.write() as session:
        survey = surveyed(cells, limits=Limits(holes_are_meant=layer != BASE))
        return grids.import_edition(session, survey, name, layer=layer, actor=ACTOR, now=now)


def in_force(database, cells=CELLS, name="一版", layer=BASE, now=NOW):
    edition = imported(database, cells, name, layer, now)
    with database.write() as session:
        return grids.activate(session, grids.find(session, str(edition.id)), actor=ACTOR, now=now)


def scheduled(database, name, at=LATER, now=NOW):
    with database.write() as session:
        return grids.schedule(session, grids.find(session, name), at, actor=ACTOR, now=now)


def act_on_time(database, now):
    return grids.activate_when_due(database, lambda: now)


def active_name(database, layer=BASE):
    with database.read() as session:
        return active_in(session, layer)


def active_in(session, layer=BASE):
    edition = grids.active(session, layer)
    return edition.name if edition else None


def kinds_of(database, name):
    with database.read() as session:
        return [event.kind for event in journal.events_of(session, f"grid_edition:{grids.find(session, name).id}")]


def serving_version(database):
    with database.write() as session:
        return reference.hold(session)[reference.Kind.SERVING]


def inside(cell):
    point = cell.shape.representative_point()
    return point.x, point.y


def test_a_map_comes_into_force_at_its_time_and_not_before(database, town):
    in_force(database)
    imported(database, REDRAWN, "二版")
    scheduled(database, "二版")
    assert act_on_time(database, LATER - dt.timedelta(seconds=1)) == []
    assert active_name(database) == "一版"
    assert act_on_time(database, LATER) == ["二版"]
    assert act_on_time(database, LATER) == []
    assert active_name(database) == "二版"
    assert kinds_of(database, "二版") == ["grids.imported", "grids.scheduled", "grids.activated"]


def test_a_late_worker_activates_what_was_due_in_the_order_of_its_times(database):
    in_force(database)
    for name, days in (("三版", 3), ("二版", 2)):
        imported(database, REDRAWN, name)
        scheduled(database, name, NOW + dt.timedelta(days=days))
    assert act_on_time(database, LATER) == ["二版", "三版"]
    assert active_name(database) == "三版"
    with database.read() as session:
        second = grids.find(session, "二版")
        assert (second.active, second.valid_from, second.valid_to) == (False, LATER, LATER)


def test_a_time_that_was_set_can_be_changed_and_taken_back(database):
    imported(database)
    scheduled(database, "一版", NOW + dt.timedelta(hours=1))
    scheduled(database, "一版")
    assert act_on_time(database, NOW + dt.timedelta(days=1)) == []
    with database.write() as session:
        grids.unschedule(session, grids.find(session, "一版"), actor=ACTOR, now=NOW)
    assert act_on_time(database, LATER) == []
    with database.write() as session, pytest.raises(Refused, match="没有定时启用"):
        grids.unschedule(session, grids.find(session, "一版"), actor=ACTOR, now=NOW)


def test_the_past_is_no_time_to_start_and_a_used_map_does_not_start_again(database):
    in_force(database)
    imported(database, REDRAWN, "二版")
    with pytest.raises(Refused, match="启用时间已经过去"):
        scheduled(database, "二版", NOW)
    with pytest.raises(Refused, match="已经启用过"):
        scheduled(database, "一版")


def test_activating_the_base_map_says_that_serving_changed(database):
    before = serving_version(database)
    in_force(database)
    after = serving_version(database)
    assert after != before
    in_force(database, CELLS[:4], "安监一版", "安监")
    assert serving_version(database) == after


@on_postgresql
def test_a_map_waits_for_those_who_are_deciding_by_the_former_one(database):
    in_force(database)
    imported(database, REDRAWN, "二版")
    scheduled(database, "二版")
    told = []
    with database.write() as deciding:
        reference.hold(deciding)
        worker = threading.Thread(target=lambda: told.extend(act_on_time(database, LATER)))
        worker.start()
        worker.join(0.5)
        assert worker.is_alive()
        assert active_in(deciding) == "一版"
    worker.join()
    assert told == ["二版"]


def test_what_changes_is_known_before_it_does(database):
    first = in_force(database)
    (west, south), *others = CELLS[0].shape.exterior.coords[:-1]
    bent = replace(CELLS[0], shape=shapely.Polygon([(west - 0.0003, south - 0.0003), *others]))
    afar = Cell(9, 9, shapely.box(121.2, 31.7, 121.201, 31.701))
    second = imported(database, [bent, *CELLS[1:-1], afar], "二版")
    with database.read() as session:
        found = grids.changes(session, second, first)
        fresh = grids.changes(session, first, None)
    assert (found.added, found.removed, found.redrawn, found.moved) == (("0909",), ("0503",), ("0000",), ())
    assert found.touched == {"0503", "0000"}
    assert (len(fresh.added), fresh.touched) == (24, frozenset())


def test_a_ring_begun_elsewhere_is_no_change(database):
    first = in_force(database)
    turned = shuffled(CELLS, seed=3)
    second = imported(database, turned, "二版")
    with database.read() as session:
        assert grids.changes(session, second, first).touched == frozenset()


def test_each_layer_has_its_own_map_in_force(database, town):
    base = in_force(database)
    in_force(database, CELLS[:8], "安监一版", "安监")
    in_force(database, tiling(2, 2, seed=4), "环保一版", "环保")
    second = in_force(database, CELLS[4:8], "安监二版", "安监", LATER)
    assert (active_name(database), active_name(database, "安监")) == ("一版", "安监二版")
    assert kinds_of(database, "安监一版")[-1] == "grids.closed"
    with database.read() as session:
        assert active_in(session) == base.name
        assert grids.find(session, "安监二版").id == second.id
        assert [area.code for area in grids.areas(session)] == ["P0", "P1"]


def test_a_place_is_answered_in_every_professional_layer(database, town):
    in_force(database)
    in_force(database, CELLS[:8], "综治一版", "综治")
    in_force(database, CELLS[4:], "安监一版", "安监")
    with database.read() as session:

        def codes(cell):
            lon, lat = inside(cell)
            return {on.layer: on.grid.code if on.grid else None for on in grids.layers_at(session, town, lon, lat)}

        assert codes(CELLS[0]) == {"综治": "0000", "安监": None}
        assert codes(CELLS[5]) == {"综治": "0101", "安监": "0101"}
        assert codes(CELLS[20]) == {"综治": None, "安监": "0500"}


def test_without_professional_layers_there_is_nothing_to_answer(database, town):
    in_force(database)
    with database.read() as session:
        assert grids.layers_at(session, town, 121.05, 31.55) == []


def test_a_professional_layer_needs_a_base_map_and_is_judged_by_it(database):
    with database.read() as session, pytest.raises(Refused) as refused:
        grids.frame_for(session, "安监")
    assert refused.value.problem.code == "no_grids"
    in_force(database)
    with database.read() as session:
        assert grids.frame_for(session, BASE) is None
        frame = grids.frame_for(session, "安监")
    wider = tiling(6, 5, seed=11)
    beyond = [
        fault for fault in surveyed(wider, frame, Limits(holes_are_meant=True)).faults if fault.kind == Kind.BEYOND
    ]
    assert beyond
    assert {fault.severity for fault in beyond} == {Severity.WARN}
    assert sum(fault.amount for fault in beyond) > 10_000


def test_a_layer_without_areas_is_one_area(database):
    layer = read_geojson(feature_collection(CELLS[:3]), "网格.geojson")
    survey = grids.check(layer, Fields(code="code", name="name"), 4549)
    assert survey.areas == {"全部": "全部"}


def test_a_layer_must_have_a_name(database):
    with database.write() as session, pytest.raises(Refused, match="1 到 40 个字"):
        grids.import_edition(session, surveyed(CELLS), "一版", layer=" ", actor=ACTOR, now=NOW)


def test_a_map_far_from_the_one_in_force_is_worth_a_look(database):
    in_force(database)
    elsewhere = surveyed(tiling(2, 2, west=121.4, south=31.2))
    with database.read() as session:
        assert grids.seen_beside(session, surveyed(REDRAWN)).faults == ()
        (fault,) = grids.seen_beside(session, elsewhere).faults
    assert (fault.kind, fault.severity) == (Kind.ELSEWHERE, Severity.WARN)
    assert "与现在启用的「一版」没有一处相交" in fault.sentence


def test_the_report_tells_everything_as_json(database):
    report = surveyed([*CELLS, CELLS[0]]).report()
    assert report["refused"]
    assert report["counts"] == {"code_duplicate": 1, "overlap": 1}
    assert (report["grids"], report["areas"], report["source"]) == (25, 2, "网格.geojson")
