"""Coordinates: whatever a telephone sends is stored as CGCS2000, or refused."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grids.rules import coordinates
from grids.rules.coordinates import BadPlace, UnknownCrs, to_cgcs2000

VECTORS = (
    ((120.93, 31.27), (120.9341805, 31.2678225), (120.9406524, 31.2738993)),
    ((121.07, 31.57), (121.0746207, 31.5682350), (121.0810378, 31.5745860)),
    ((120.87, 31.70), (120.8742125, 31.6978988), (120.8807489, 31.7038236)),
)
"""WGS 84, GCJ-02 and BD-09 of the same places, longitude first."""

BOSTON = (-71.0587, 42.3594)
METRES_PER_DEGREE = 111_320.0

in_china = st.tuples(st.floats(72.1, 137.7), st.floats(0.9, 55.7))
on_earth = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
numbers = st.floats(allow_nan=True, allow_infinity=True)


def stored(place, crs):
    lon, lat = place
    return to_cgcs2000(lon, lat, crs)


def metres_between(one, other):
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * METRES_PER_DEGREE


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), VECTORS)
def test_known_places_are_shifted_as_the_map_services_shift_them(wgs84, gcj02, bd09):
    assert coordinates.wgs84_to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-7, rel=0)
    assert coordinates.wgs84_to_bd09(*wgs84) == pytest.approx(bd09, abs=1e-7, rel=0)


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), VECTORS)
def test_a_point_from_any_system_comes_back_to_where_it_is(wgs84, gcj02, bd09):
    for crs, given_point in (("wgs84", wgs84), ("cgcs2000", wgs84), ("gcj02", gcj02), ("bd09", bd09)):
        assert metres_between(stored(given_point, crs), wgs84) < 0.01


@given(in_china)
@example((137.69, 55.6))
@example((105.0, 35.0))
def test_over_china_the_way_back_is_shorter_than_a_centimetre(place):
    assert metres_between(coordinates.gcj02_to_wgs84(*coordinates.wgs84_to_gcj02(*place)), place) < 0.01
    assert metres_between(coordinates.bd09_to_wgs84(*coordinates.wgs84_to_bd09(*place)), place) < 0.01


@given(st.tuples(st.floats(100.7, 123.0), st.floats(20.0, 45.0)))
def test_where_most_of_china_lives_a_wrong_system_would_put_a_report_streets_away(place):
    """Further west, in Qinghai and over the sea, the shift goes down to some twenty metres."""
    assert metres_between(coordinates.wgs84_to_gcj02(*place), place) > 100


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), VECTORS)
def test_a_wgs84_point_declared_as_gcj02_lands_three_to_six_hundred_metres_off(wgs84, gcj02, bd09):
    """A phone that says the wrong system puts the report several grids away; nothing in the numbers betrays it."""
    assert 300 < metres_between(stored(wgs84, "gcj02"), wgs84) < 600
    assert 300 < metres_between(stored(gcj02, "wgs84"), wgs84) < 600
    assert metres_between(stored(bd09, "gcj02"), wgs84) > 600


@given(st.tuples(st.floats(115.0, 123.0), st.floats(27.0, 35.0)))
def test_in_the_lower_yangtze_a_wrong_declaration_is_never_a_small_error(place):
    assert 300 < metres_between(stored(place, "gcj02"), place) < 700


def test_outside_china_gcj02_is_wgs84():
    assert stored(BOSTON, "gcj02") == BOSTON
    assert coordinates.wgs84_to_gcj02(*BOSTON) == BOSTON


@given(on_earth)
def test_wgs84_and_cgcs2000_are_kept_bit_for_bit(place):
    assert stored(place, "wgs84") == stored(place, "cgcs2000") == place


@given(numbers, numbers, st.sampled_from(coordinates.KNOWN))
def test_a_pair_of_numbers_becomes_a_place_on_earth_or_is_refused(x, y, crs):
    try:
        place = to_cgcs2000(x, y, crs)
    except BadPlace:
        assert not coordinates.on_earth(x, y) or crs == "bd09"
    else:
        assert coordinates.on_earth(*place)


@pytest.mark.parametrize("place", [(math.nan, 31.0), (121.0, math.inf), (180.1, 31.0), (31.57, 121.07)])
def test_what_is_no_place_on_earth_is_refused_in_words(place):
    with pytest.raises(BadPlace, match="经度应在 ±180 度以内"):
        stored(place, "wgs84")


def test_an_unknown_system_is_refused_with_the_known_ones():
    with pytest.raises(UnknownCrs, match="wgs84、gcj02、bd09、cgcs2000") as refused:
        to_cgcs2000(121.0, 31.0, "beijing54")
    assert (refused.value.crs, refused.value.known) == ("beijing54", coordinates.KNOWN)


def test_a_town_may_bring_the_official_converter():
    official = {**coordinates.CONVERTERS, "gcj02": lambda x, y: (x - 0.004, y + 0.002)}
    assert to_cgcs2000(121.074, 31.568, "gcj02", official) == pytest.approx((121.07, 31.57))


def test_a_converter_that_leaves_the_earth_is_refused():
    with pytest.raises(BadPlace):
        to_cgcs2000(121.0, 31.0, "gcj02", {"gcj02": lambda x, y: (math.nan, y)})
