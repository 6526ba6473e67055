"""The coverage gate: a map is refused for what would send reports astray, and the sentence says what and where."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.rules import faults
from grids.rules.candidates import Candidate
from grids.rules.coverage import STEPS, inspect
from grids.rules.faults import Kind, Severity
from grids.rules.frames import base_map, town_outline
from grids.rules.measures import Limits, holes
from grids.rules.projection import NoProjection, Projection
from tests.tilings import tiling

TOWN = Projection(4549)
METRE = 1 / 111_000
"""About a metre in degrees of latitude."""

CELLS = {cell.code: cell.shape for cell in tiling(4, 4, seed=3)}


def candidate(number, code, shape, **facts):
    about = {"name": code, "area_code": code[:2], "area_name": code[:2], **facts}
    return Candidate(number=number, code=code, shape=shape, **about)


def a_map(shapes=None, **changed):
    drawn = {**(CELLS if shapes is None else shapes), **changed}
    return [candidate(number, code, shape) for number, (code, shape) in enumerate(drawn.items(), 1)]


def kinds(found):
    return [fault.kind for fault in found]


def only(found):
    (fault,) = found
    return fault


def inside(fault, shape):
    return fault.where is not None and shapely.Point(fault.where).within(shape)


def square(west, south, side_m=100.0):
    return shapely.box(west, south, west + side_m * METRE, south + side_m * METRE)


def grown(shape, metres):
    return shapely.buffer(shape, metres * METRE, join_style="mitre")


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 500))
@settings(max_examples=30)
def test_a_town_of_crooked_shared_borders_passes_in_silence(rows, columns, seed):
    cells = tiling(rows, columns, seed)
    assert inspect(a_map({cell.code: cell.shape for cell in cells}), TOWN) == ()


def test_the_gate_tells_how_far_it_is():
    heard = []
    inspect(a_map(), TOWN, progress=heard.append)
    assert tuple(heard) == STEPS


def test_an_empty_map_is_refused():
    assert kinds(inspect([], TOWN)) == [Kind.NO_FEATURES]


def test_a_doubled_code_is_refused_with_the_places_in_the_file():
    fault = inspect([*a_map(), candidate(17, "0000", square(122, 31))], TOWN)[0]
    assert (fault.kind, fault.severity, fault.codes) == (Kind.CODE_DUPLICATE, Severity.REFUSE, ("0000",))
    assert "「0000」用了 2 次（要素 1、17）" in fault.sentence


def test_missing_codes_and_areas_are_refused_in_one_sentence_each():
    nameless = [candidate(n, "", square(121 + n, 31), area_code="") for n in range(1, 8)]
    found = inspect(nameless, TOWN)
    assert kinds(found)[:2] == [Kind.CODE_MISSING, Kind.AREA_MISSING]
    assert "等 7 个没有网格代码" in found[0].sentence


def test_a_code_too_long_to_keep_is_refused():
    assert Kind.TOO_LONG in kinds(inspect([candidate(1, "网" * 41, square(121, 31))], TOWN))


def test_an_area_with_two_names_is_worth_a_look():
    two = [
        candidate(1, "a", square(121, 31), area_code="A", area_name="甲"),
        candidate(2, "b", square(121.1, 31), area_code="A", area_name="乙"),
    ]
    fault = only(inspect(two, TOWN))
    assert (fault.kind, fault.severity) == (Kind.AREA_NAMES, Severity.WARN)


@pytest.mark.parametrize(
    ("shape", "kind", "word"),
    [
        (shapely.LineString([(121, 31), (121.1, 31)]), Kind.NOT_POLYGON, "是线（LineString）"),
        (shapely.Point(121, 31), Kind.NOT_POLYGON, "是点（Point）"),
        (shapely.GeometryCollection([shapely.Point(121, 31)]), Kind.NOT_POLYGON, "是混合图形"),
        (shapely.Polygon(), Kind.NO_SHAPE, "没有图形"),
        (None, Kind.NO_SHAPE, "没有图形"),
    ],
)
def test_what_is_no_area_is_no_grid(shape, kind, word):
    found = inspect(a_map(地铁=shape), TOWN)
    assert found[0].kind == kind
    assert f"网格「地铁」{word}" in found[0].sentence


def test_a_shape_that_could_not_be_read_says_why():
    broken = candidate(1, "0101", None, flaw="外环没有闭合")
    assert "网格「0101」的图形读不了：外环没有闭合" in only(inspect([broken], TOWN)).sentence


def test_a_ring_that_touches_itself_is_refused_with_ring_and_place():
    bow = shapely.Polygon([(121, 31), (121.01, 31.01), (121.01, 31), (121, 31.01), (121, 31)])
    fault = inspect([candidate(1, "0101", bow)], TOWN)[0]
    assert (fault.kind, fault.codes) == (Kind.INVALID_RING, ("0101",))
    assert fault.where == pytest.approx((121.005, 31.005))
    assert "网格「0101」的外环边界自己交叉，在（121.005000，31.005000）" in fault.sentence


def test_the_sentence_names_the_hole_and_the_part_that_is_wrong():
    outer = shapely.box(121, 31, 121.1, 31.1)
    hole = [(121.02, 31.02), (121.04, 31.04), (121.04, 31.02), (121.02, 31.04), (121.02, 31.02)]
    shape = shapely.MultiPolygon([square(122, 31), shapely.Polygon(outer.exterior, [hole])])
    assert "第 2 个面的第 1 个内环" in inspect([candidate(1, "0101", shape)], TOWN)[0].sentence


def test_gaps_wait_until_the_broken_polygons_are_mended():
    bow = shapely.Polygon([(121, 31), (121.01, 31.01), (121.01, 31), (121, 31.01), (121, 31)])
    assert kinds(inspect(a_map(破=bow), TOWN))[-1] == Kind.NOT_CHECKED


def in_feet():
    return a_map(
        {
            "0113": shapely.box(787723.7, 2965812.6, 789604.4, 2968803.8),
            "0102": shapely.box(789700, 2965812, 790000, 2966000),
        }
    )


@pytest.mark.parametrize("declared", ["", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_feet_that_are_given_out_as_degrees_are_recognised(declared):
    fault = only(inspect(in_feet(), Projection(26986), declared))
    assert (fault.kind, fault.severity, fault.amount) == (Kind.NOT_DEGREES, Severity.REFUSE, 2)
    assert "以英尺为单位的投影坐标，与 EPSG:2249（" in fault.sentence
    assert "横坐标 787723.7 到 790000" in fault.sentence
    assert "网格「0113」" in fault.sentence
    assert (declared or "没有声明坐标系") in fault.sentence


@pytest.mark.parametrize(("zone", "code"), [(0.0, "EPSG:4549"), (40e6, "EPSG:4528")])
def test_metres_of_the_towns_own_projection_are_recognised(zone, code):
    east, north = TOWN.metres(121.07, 31.57)
    drawn = {"0101": shapely.box(east + zone, north, east + zone + 100, north + 100)}
    assert f"与 {code}（CGCS2000" in only(inspect(a_map(drawn), TOWN)).sentence


def test_numbers_from_nowhere_are_said_to_be_metres_or_feet():
    assert "以米或英尺为单位" in only(inspect(a_map({"0101": shapely.box(9e8, 9e8, 9.1e8, 9.1e8)}), TOWN)).sentence


def test_latitude_before_longitude_is_recognised():
    swapped = {code: shapely.transform(shape, lambda places: places[:, ::-1]) for code, shape in CELLS.items()}
    assert "写反了" in only(inspect(a_map(swapped), TOWN)).sentence


def test_a_map_of_another_country_is_refused():
    fault = only(inspect(a_map({"A1": square(-71.06, 42.36)}), TOWN))
    assert fault.kind == Kind.WRONG_PROJECTION
    assert "EPSG:4549" in fault.sentence


def test_ground_of_two_grids_is_refused_with_its_measure():
    west, east = square(121.07, 31.57), square(121.07 + 90 * METRE, 31.57)
    fault = only(inspect(a_map({"甲": west, "乙": east}), TOWN))
    assert (fault.kind, fault.severity, set(fault.codes)) == (Kind.OVERLAP, Severity.REFUSE, {"甲", "乙"})
    assert fault.amount == pytest.approx(10 * 100 * 0.853, rel=0.02)
    assert inside(fault, shapely.intersection(west, east))


@pytest.mark.parametrize(("metres", "severity"), [(0.00005, None), (0.3, Severity.WARN), (3.0, Severity.REFUSE)])
def test_an_overlap_is_judged_by_its_width(metres, severity):
    found = inspect(a_map({"甲": square(121.07, 31.57), "乙": square(121.07, 31.57 + (100 - metres) * METRE)}), TOWN)
    assert [fault.severity for fault in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("metres", "severity"), [(0.00005, None), (0.3, Severity.WARN), (3.0, Severity.REFUSE)])
def test_a_gap_is_judged_by_its_width(metres, severity):
    frame = shapely.box(121.0, 31.0, 121.01, 31.01)
    slit = shapely.box(121.002, 31.005, 121.008, 31.005 + metres * METRE)
    north, south = (
        shapely.difference(half, slit)
        for half in (shapely.box(121.0, 31.005, 121.01, 31.01), shapely.box(121.0, 31.0, 121.01, 31.005))
    )
    found = inspect(a_map({"甲": north, "乙": south}), TOWN)
    assert [(fault.kind, fault.severity) for fault in found] == ([(Kind.GAP, severity)] if severity else [])
    if severity:
        assert inside(found[0], frame)
        assert found[0].amount == pytest.approx(shapely.area(TOWN.flatten(np.array([slit])))[0], rel=0.01)


def test_a_missing_grid_is_a_gap_between_its_neighbours():
    without = {code: shape for code, shape in CELLS.items() if code != "0101"}
    fault = only(inspect(a_map(without), TOWN))
    assert (fault.kind, fault.severity) == (Kind.GAP, Severity.REFUSE)
    assert inside(fault, CELLS["0101"])
    assert {"0001", "0100", "0102", "0201"} <= set(fault.codes)


def test_a_lake_may_be_left_out_on_purpose():
    without = {code: shape for code, shape in CELLS.items() if code != "0101"}
    assert only(inspect(a_map(without), TOWN, limits=Limits(holes_are_meant=True))).severity == Severity.WARN


def test_an_island_in_a_hole_is_no_gap():
    lake = shapely.Polygon(
        shapely.box(121, 31, 121.03, 31.03).exterior, [shapely.box(121.01, 31.01, 121.02, 31.02).exterior]
    )
    island = shapely.box(121.014, 31.014, 121.016, 31.016)
    (gap,) = holes(shapely.union_all([lake, island]))
    assert gap.area == pytest.approx(0.01**2 - 0.002**2)


def test_a_grid_too_thin_to_stand_in_is_worth_a_look():
    fault = only(inspect(a_map({"缝": shapely.box(121, 31, 121.01, 31 + 0.4 * METRE)}), TOWN))
    assert (fault.kind, fault.severity, fault.codes) == (Kind.THIN, Severity.WARN, ("缝",))


@given(st.sampled_from(sorted(CELLS)), st.sampled_from([0.002, 0.05, 0.7, 3.0, 20.0]))
@settings(max_examples=30)
def test_every_overlap_of_a_grown_grid_is_found(code, metres):
    grew = grown(CELLS[code], metres)
    found = inspect(a_map(**{code: grew}), TOWN)
    hit = {
        fault.codes[0] if fault.codes[1] == code else fault.codes[1] for fault in found if fault.kind == Kind.OVERLAP
    }
    flat = dict(
        zip(CELLS, TOWN.flatten(np.array([shapely.intersection(grew, shape) for shape in CELLS.values()])), strict=True)
    )
    plainly = {
        other
        for other, shared in flat.items()
        if other != code and not shapely.is_empty(shapely.buffer(shared, -0.0006))
    }
    assert hit >= plainly


def test_a_map_drawn_over_itself_ends_the_search_in_time():
    pile = {f"{n:03d}": grown(CELLS["0101"], n * 0.1) for n in range(60)}
    found = inspect(a_map(pile), TOWN, limits=Limits(overlaps=100))
    assert kinds(found).count(Kind.OVERLAP) == 100
    assert Kind.NOT_CHECKED in kinds(found)


def test_the_summary_tells_the_first_and_counts_the_rest():
    found = inspect([candidate(n, f"{n}", None) for n in range(1, 10)], TOWN)
    told = faults.summary(found)
    assert told.count("没有图形") == faults.SHOWN
    assert told.endswith("另有 4 处问题，见完整清单。")


def test_the_same_map_gives_the_same_faults():
    grew = a_map(**{code: grown(CELLS[code], 2.0) for code in ("0101", "0202")})
    assert inspect(grew, TOWN) == inspect(list(grew), TOWN)


def test_every_fault_goes_out_as_json():
    grew = a_map(**{"0101": grown(CELLS["0101"], 2.0)})
    facts = [fault.facts() for fault in inspect(grew, TOWN)]
    assert json.loads(json.dumps(facts))[0]["kind"] == "overlap"


@pytest.mark.parametrize("epsg", [4326, 2249, 99999])
def test_degrees_feet_and_unknown_codes_are_no_projection_of_a_town(epsg):
    with pytest.raises(NoProjection):
        Projection(epsg)


TOWNSHIP = shapely.union_all(list(CELLS.values()))


def test_a_gap_that_opens_to_the_outside_is_seen_against_the_towns_outline():
    without = a_map({code: shape for code, shape in CELLS.items() if code != "0001"})
    assert inspect(without, TOWN) == ()
    fault = only(inspect(without, TOWN, frame=town_outline(TOWNSHIP)))
    assert (fault.kind, fault.severity) == (Kind.GAP, Severity.REFUSE)
    assert "镇界以内有一块没有网格" in fault.sentence
    assert inside(fault, CELLS["0001"])
    assert {"0000", "0002", "0101"} <= set(fault.codes)


def test_a_hole_inside_is_told_once_even_with_an_outline():
    without = a_map({code: shape for code, shape in CELLS.items() if code != "0101"})
    assert kinds(inspect(without, TOWN, frame=town_outline(TOWNSHIP))) == [Kind.GAP]


def test_a_grid_beyond_the_towns_outline_is_worth_a_look():
    smaller = shapely.difference(TOWNSHIP, CELLS["0303"])
    fault = only(inspect(a_map(), TOWN, frame=town_outline(smaller)))
    assert (fault.kind, fault.severity) == (Kind.BEYOND, Severity.WARN)
    assert "超出镇界" in fault.sentence
    assert fault.amount == pytest.approx(shapely.area(TOWN.flatten(np.array([CELLS["0303"]])))[0], rel=1e-3)


def test_an_outline_drawn_by_somebody_else_gives_one_sentence_for_all_its_slivers():
    redrawn = shapely.simplify(TOWNSHIP, 0.4 * METRE)
    found = inspect(a_map(), TOWN, frame=town_outline(shapely.buffer(redrawn, 0.1 * METRE)))
    assert {fault.severity for fault in found} <= {Severity.WARN}
    assert len(found) <= 2
    assert any("不到 1 米宽" in fault.sentence for fault in found)


def test_a_map_of_another_town_lies_nowhere_on_the_outline():
    fault = only(inspect(a_map(), TOWN, frame=town_outline(shapely.box(120, 30, 120.1, 30.1))))
    assert (fault.kind, fault.severity) == (Kind.ELSEWHERE, Severity.REFUSE)


def test_a_professional_layer_may_leave_gaps_on_the_base_map_but_not_lie_over_itself():
    layer = a_map({"安1": CELLS["0101"], "安2": CELLS["0202"]})
    base = base_map(TOWNSHIP)
    assert inspect(layer, TOWN, limits=Limits(holes_are_meant=True), frame=base) == ()
    twice = a_map({"安1": CELLS["0101"], "安2": shapely.union(CELLS["0101"], CELLS["0102"])})
    assert only(inspect(twice, TOWN, limits=Limits(holes_are_meant=True), frame=base)).kind == Kind.OVERLAP


def test_what_a_professional_layer_has_outside_the_base_map_is_measured():
    reaching = shapely.union(CELLS["0003"], shapely.box(121.0575, 31.551, 121.06, 31.552))
    fault = only(inspect(a_map({"环1": reaching}), TOWN, frame=base_map(TOWNSHIP)))
    assert (fault.kind, fault.severity, fault.codes) == (Kind.BEYOND, Severity.WARN, ("环1",))
    outside = shapely.difference(reaching, TOWNSHIP)
    assert fault.amount == pytest.approx(shapely.area(TOWN.flatten(np.array([outside])))[0], rel=1e-3)


def test_a_wider_tolerance_is_a_persons_word_and_is_told():
    found = inspect(
        a_map({"甲": square(121.07, 31.57), "乙": square(121.07, 31.57 + 97 * METRE)}), TOWN, limits=Limits(sliver_m=5)
    )
    assert only(found).severity == Severity.WARN
    assert "不到 5 米宽" in only(found).sentence


def test_every_fault_on_the_ground_knows_its_shape():
    grew = inspect(a_map(**{"0101": grown(CELLS["0101"], 2.0)}), TOWN)
    assert all(fault.shape is not None and fault.shape.is_valid for fault in grew)
    assert all("shape" not in fault.facts() for fault in grew)


def test_every_kind_of_fault_has_a_name():
    assert set(faults.NAMES) == set(Kind)
