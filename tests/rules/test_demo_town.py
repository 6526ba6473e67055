"""The generated town: a map like a real one, whatever the seed, and the same one for the same seed."""

import itertools
import math
import random
import statistics

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grids.rules import coordinates
from service.demo import citizens, desk, land
from service.demo.land import AREAS, CENTRE
from service.demo.land.shapes import METRES_PER_DEGREE

seeds = st.integers(0, 100_000)
few = settings(max_examples=4, deadline=None)


def metres(a, b):
    across = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return math.hypot((a[0] - b[0]) * across, (a[1] - b[1]) * METRES_PER_DEGREE)


@pytest.fixture(scope="module")
def town():
    return shapely.union_all([grid.shape for grid in land.draw()])


@few
@given(seeds)
def test_whatever_the_seed_the_map_has_neither_gaps_nor_overlaps(seed):
    shapes = [grid.shape for grid in land.draw(seed)]
    town = shapely.union_all(shapes)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert isinstance(town, shapely.Polygon)
    assert not town.interiors


@few
@given(seeds)
def test_whatever_the_seed_areas_and_villages_are_each_in_one_piece(seed):
    grids = land.draw(seed)
    for whole in (lambda grid: grid.area.code, lambda grid: grid.village):
        for _, pieces in itertools.groupby(sorted(grids, key=whole), whole):
            assert shapely.union_all([grid.shape for grid in pieces]).geom_type == "Polygon"
    assert {grid.area.code for grid in grids} == {"CZ", "CD", "HX", "BJ", "NW"}


@few
@given(seeds)
def test_whatever_the_seed_every_grid_has_its_code_and_its_name(seed):
    grids = land.draw(seed)
    assert 115 <= len(grids) <= 125
    assert len({grid.code for grid in grids}) == len({grid.name for grid in grids}) == len(grids)
    assert all(len(grid.code) == 15 and grid.code.startswith("320598113") for grid in grids)
    for village, mine in itertools.groupby(sorted(grids, key=lambda grid: grid.code), lambda grid: grid.village):
        numbers = [int(grid.code[12:]) for grid in mine]
        assert numbers == list(range(1, len(numbers) + 1)), village


@few
@given(seeds)
@example(727)
def test_whatever_the_seed_shops_stand_on_nobodys_toes(seed):
    shops = land.shop_list(seed)
    shapes = [shop.shape for shop in shops]
    grids = {grid.code: grid.shape for grid in land.draw(seed)}
    pairs = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert pairs.size == 0
    assert 150 <= len(shops) <= 300
    assert len({shop.name for shop in shops}) == len(shops)
    assert all(grids[shop.grid].contains(shop.shape.centroid) for shop in shops)


def test_the_town_of_the_demo_looks_like_one(town):
    grids = land.draw()
    size = {code: statistics.median(g.shape.area for g in grids if g.area.code == code) for code in ("CZ", "HX")}
    corners = [len(grid.shape.exterior.coords) for grid in grids]
    west, south, east, north = town.bounds
    areas = sorted(grid.shape.area for grid in grids)
    assert size["HX"] > 2 * size["CZ"], "the old town is dense, villages are wide"
    assert areas[-12] > 3 * areas[12]
    assert statistics.median(corners) > 60, "borders are crooked"
    assert west < CENTRE[0] < east
    assert south < CENTRE[1] < north
    assert 0.05 < east - west < 0.08
    assert 0.04 < north - south < 0.07


def test_the_river_is_a_border_for_most_of_its_way(town):
    (river,) = (
        shapely.geometry.shape(one["geometry"])
        for one in land.waters()["features"]
        if one["properties"]["rank"] == "river"
    )
    borders = shapely.STRtree([grid.shape.exterior for grid in land.draw()])
    spots = [river.interpolate(part / 200, normalized=True) for part in range(200)]
    wet = [spot for spot in spots if town.contains(spot)]
    on_a_border = [spot for spot in wet if borders.query(spot, predicate="dwithin", distance=1e-7).size]
    assert len(wet) > 100
    assert len(on_a_border) > 0.6 * len(wet)


def test_the_neighbours_lie_round_the_town_and_touch_it(town):
    shapes = [shapely.geometry.shape(one["geometry"]) for one in land.neighbours()["features"]]
    assert len(shapes) == 4
    assert shapely.coverage_is_valid([*shapes, town])
    assert all(shape.touches(town) for shape in shapes)


def test_streets_have_names_and_lead_everywhere():
    streets = land.streets()["features"]
    assert len({one["properties"]["name"] for one in streets}) == len(streets) >= 20
    joined = shapely.union_all([shapely.geometry.shape(one["geometry"]).buffer(1e-5) for one in streets])
    assert joined.geom_type == "Polygon", "one can go from every street to every other"


@few
@given(st.integers(0, 1000))
def test_who_walks_comes_from_where_he_was_to_where_he_wants_step_by_step(number):
    chance = random.Random(number)
    start, end = land.inside("HX", chance), land.inside("CD", chance)
    way = land.walk(start, end)
    assert metres(way[0], start) < 1
    assert metres(way[-1], end) < 1
    assert max(itertools.starmap(metres, itertools.pairwise(way))) < 25


@given(seeds)
@settings(max_examples=2, deadline=None)
def test_the_same_seed_draws_the_same_town(seed):
    first = land.feature_collection(seed), land.shops(seed), land.streets(seed)
    land.drawn.land.cache_clear()
    land.shop_list.cache_clear()
    assert (land.feature_collection(seed), land.shops(seed), land.streets(seed)) == first


def test_citizens_stand_in_the_town_whichever_map_they_use(town):
    sent = [citizens.report(number)["place"] for number in range(citizens.EVERY * 2)]
    found = [coordinates.to_cgcs2000(place["lon"], place["lat"], place["crs"]) for place in sent]
    outside = [spot for spot in found if not shapely.contains_xy(town, *spot)]
    assert len(outside) == 2, "one in each round reports from next door"
    assert {place["crs"] for place in sent} == {"wgs84", "gcj02", "bd09"}
    assert citizens.report(3) == citizens.report(3), "a report sent twice is the same report"


def test_a_place_that_nobody_can_tell_lies_between_two_areas():
    spot = land.between_areas(random.Random(1))
    circle = shapely.Point(spot).buffer(20 / METRES_PER_DEGREE)
    assert len({grid.area.code for grid in land.draw() if grid.shape.intersects(circle)}) >= 2


def test_in_the_middle_of_an_area_nobody_can_be_mistaken():
    for area, number in itertools.product(AREAS, range(5)):
        spot = shapely.Point(land.inside(area.code, random.Random(number))).buffer(60 / METRES_PER_DEGREE)
        assert {grid.area.code for grid in land.draw() if grid.shape.intersects(spot)} == {area.code}


def test_what_the_desk_takes_down_has_what_its_source_needs():
    entries = [desk.entry(number) for number in range(24)]
    assert all("their_number" in one for one in entries if one["source"] in ("hotline_12345", "police_110"))
    assert {one["category"] for one in entries} >= {"01011"}
    assert desk.entry(7) == desk.entry(7)
