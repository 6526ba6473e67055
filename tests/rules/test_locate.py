"""Locating: every place has one answer, the same on every run."""

import math
import threading
import uuid

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from grids.rules.coordinates import BadPlace
from grids.rules.locate import NEAR_BORDER_M, BadAccuracy, GridFact, Locator
from grids.rules.projection import Projection
from tests.tilings import shuffled, tiling

TOWN = Projection(4549)
CELLS = tiling(6, 6, seed=7)
CODES = {cell.code: cell.shape for cell in CELLS}
WEST, SOUTH, EAST, NORTH = shapely.total_bounds([cell.shape for cell in CELLS]).tolist()


def areas_by_three_rows(cell):
    return "N" if cell.row >= 3 else "S"


def locator(cells=CELLS, area=areas_by_three_rows):
    facts = [
        GridFact(uuid.uuid5(uuid.NAMESPACE_OID, cell.code), cell.code, cell.code, area(cell), area(cell), cell.shape)
        for cell in cells
    ]
    return Locator(uuid.UUID(int=1), facts, TOWN)


LOCATOR = locator()
around_town = st.tuples(st.floats(WEST - 0.002, EAST + 0.002), st.floats(SOUTH - 0.002, NORTH + 0.002))
vertices = st.sampled_from([tuple(place) for cell in CELLS for place in cell.shape.exterior.coords])
edges = st.sampled_from(
    [edge for cell in CELLS for edge in zip(cell.shape.exterior.coords, cell.shape.exterior.coords[1:], strict=False)]
)
midpoints = edges.map(lambda edge: ((edge[0][0] + edge[1][0]) / 2, (edge[0][1] + edge[1][1]) / 2))
places = around_town | vertices | midpoints


def plainly(lon, lat):
    """The lowest code whose polygon covers the place, asked of every polygon, one by one, unprepared."""
    place = shapely.Point(lon, lat)
    return min((code for code, shape in CODES.items() if shapely.covers(shape, place)), default=None)


def code_of(location):
    return location.grid.code if location.grid else None


def metres(place, code):
    flat = TOWN.flatten(np.array([CODES[code]]))[0]
    return shapely.distance(flat, shapely.Point(TOWN.metres(*place)))


def step_north(place, distance_m):
    east, north = TOWN.metres(*place)
    return TOWN.degrees(east, north + distance_m)


def inside(row, column):
    centre = CODES[f"{row:02d}{column:02d}"].representative_point()
    return centre.x, centre.y


def border_between(lower, upper):
    line = shapely.line_merge(shapely.intersection(CODES[lower], CODES[upper]))
    vertices = shapely.get_coordinates(line).tolist()
    return tuple(vertices[len(vertices) // 2])


@given(places)
def test_every_place_lies_in_one_grid_or_outside(place):
    assert code_of(LOCATOR.locate(*place)) == plainly(*place)


@given(places, st.none() | st.floats(0, 200))
def test_every_place_is_in_exactly_one_grid_or_outside_or_ambiguous(place, accuracy_m):
    """Ambiguous is what the router asks about: the circle reaches another area, or from outside any grid at all."""
    found = LOCATOR.locate(*place, accuracy_m)
    reached = {near.grid.area_code for near in found.nearby}
    ambiguous = len(reached | ({"outside"} if found.grid is None else set())) > 1
    certain_grid = found.grid is not None and not ambiguous
    outside = found.grid is None and not found.nearby
    assert [certain_grid, outside, ambiguous].count(True) == 1
    assert sum(shapely.covers(shape, shapely.Point(place)) for shape in CODES.values()) >= (found.grid is not None)
    assert accuracy_m is not None or not ambiguous


@given(vertices)
def test_a_place_on_a_border_belongs_to_the_lowest_code(place):
    sharing = [code for code, shape in CODES.items() if place in shape.exterior.coords]
    assert code_of(LOCATOR.locate(*place)) == min(sharing)


@given(st.lists(places, max_size=30))
def test_many_places_at_once_get_the_answers_of_one_by_one(many):
    codes = LOCATOR.locate_many([lon for lon, _ in many], [lat for _, lat in many])
    assert codes == [code_of(LOCATOR.locate(*place)) for place in many]


@given(places, st.integers(0, 50))
def test_the_answer_does_not_depend_on_how_the_map_was_told(place, seed):
    again = locator(shuffled(CELLS, seed))
    assert again.locate(*place) == LOCATOR.locate(*place)
    assert again.locate(*place, 40.0) == LOCATOR.locate(*place, 40.0)


@given(places, st.floats(0, 500))
def test_with_accuracy_every_grid_the_circle_touches_is_named_nearest_first(place, accuracy_m):
    found = LOCATOR.locate(*place, accuracy_m)
    named = {near.grid.code: near.distance_m for near in found.nearby}
    assert list(named) == sorted(named, key=lambda code: (named[code], code != code_of(found), code))
    for code in CODES:
        distance = metres(place, code)
        assert (code in named) == (distance <= accuracy_m) or abs(distance - accuracy_m) < 0.001 or distance < 0.001
        assert code not in named or named[code] == pytest.approx(distance, abs=0.001)
    assert found.grid is None or found.nearby[0].grid == found.grid


@given(places)
def test_without_accuracy_the_covering_grid_alone_is_near(place):
    found = LOCATOR.locate(*place)
    assert [near.grid for near in found.nearby] == ([found.grid] if found.grid else [])
    assert (found.nearest is None) == (found.grid is not None)


@given(places)
def test_a_place_is_near_a_border_when_another_area_is_within_fifteen_metres(place):
    found = LOCATOR.locate(*place)
    others = [grid for grid in LOCATOR.grids if found.grid is None or grid.area_code != found.grid.area_code]
    nearest = min(metres(place, grid.code) for grid in others)
    assert found.near_border == (nearest <= NEAR_BORDER_M) or abs(nearest - NEAR_BORDER_M) < 0.001


def test_another_grid_of_the_same_area_is_no_border():
    assert not LOCATOR.locate(*border_between("0101", "0201")).near_border
    assert LOCATOR.locate(*border_between("0201", "0301")).near_border


def test_a_stated_accuracy_takes_the_place_of_the_border_mark():
    found = LOCATOR.locate(*border_between("0201", "0301"), 5.0)
    assert [near.grid.code for near in found.nearby][:2] == ["0201", "0301"]
    assert not found.near_border


def test_a_place_just_outside_knows_its_neighbour():
    found = LOCATOR.locate(*step_north((WEST - 0.001, inside(2, 0)[1]), 0))
    assert found.grid is None
    assert found.nearest
    assert found.nearest.grid.code in {"0100", "0200", "0300"}
    assert 50 < found.nearest.distance_m < 150
    assert not found.near_border


def test_a_place_in_another_country_is_outside_without_a_made_up_distance():
    found = LOCATOR.locate(-71.0587, 42.3594, 30.0)
    assert (found.grid, found.nearby, found.nearest) == (None, (), None)


def test_a_grid_in_two_pieces_is_one_grid():
    two = shapely.MultiPolygon([CODES["0000"], CODES["0505"]])
    split = Locator(uuid.UUID(int=2), [GridFact(uuid.UUID(int=3), "0000", "两处", "A", "甲", two)], TOWN)
    assert split.locate_many(*zip(inside(0, 0), inside(5, 5), inside(2, 2), strict=True)) == ["0000", "0000", None]


def test_a_hole_in_a_grid_is_not_the_grid():
    inner = CODES["0202"]
    outer = shapely.Polygon(shapely.box(WEST, SOUTH, EAST, NORTH).exterior, [inner.exterior])
    facts = [
        GridFact(uuid.UUID(int=n), code, code, "A", "甲", shape)
        for n, code, shape in ((1, "外", outer), (2, "内", inner))
    ]
    nested = Locator(uuid.UUID(int=4), facts, TOWN)
    assert nested.locate_many(*zip(inside(2, 2), inside(1, 1), strict=True)) == ["内", "外"]


@pytest.mark.parametrize("place", [(math.nan, 31.0), (121.0, math.inf), (181.0, 31.0)])
def test_what_is_no_place_is_refused(place):
    with pytest.raises(BadPlace):
        LOCATOR.locate(*place)
    assert LOCATOR.locate_many([place[0]], [place[1]]) == [None]


@pytest.mark.parametrize("accuracy_m", [math.nan, math.inf, -1.0])
def test_an_accuracy_that_is_no_length_is_refused(accuracy_m):
    with pytest.raises(BadAccuracy, match="不小于 0 的米数"):
        LOCATOR.locate(*inside(1, 1), accuracy_m)


def test_threads_share_one_locator():
    spots = [inside(n % 6, n % 5) for n in range(200)]
    expected = [LOCATOR.locate(*spot, 20.0) for spot in spots]
    answers: dict[int, object] = {}

    def ask(number):
        answers[number] = [LOCATOR.locate(*spot, 20.0) for spot in spots]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(answers.values()) == [expected] * 4


def test_the_map_knows_how_far_it_reaches():
    assert LOCATOR.bounds == (WEST, SOUTH, EAST, NORTH)
