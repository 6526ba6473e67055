"""The generated town: a map like a real one, whatever the seed, and the same one for the same seed."""

import itertools
import random

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.rules import workflow
from dispatch.rules.workflow import Outcome, State
from grids.rules import coordinates
from service import demo_crew, demo_people, demo_script, demo_town
from service.demo_script import PLAYS
from town.people import Role

seeds = st.integers(0, 100_000)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_whatever_the_seed_the_map_has_neither_gaps_nor_overlaps(seed):
    shapes = [grid.shape for grid in demo_town.draw(seed)]
    town = shapely.union_all(shapes)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert isinstance(town, shapely.Polygon)
    assert not town.interiors


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_whatever_the_seed_five_areas_are_each_in_one_piece(seed):
    grids = demo_town.draw(seed)
    for area in demo_town.AREAS:
        mine = [grid.shape for grid in grids if grid.area is area]
        assert len(mine) >= 1
        assert shapely.union_all(mine).geom_type == "Polygon"
    assert len({grid.code for grid in grids}) == len({grid.name for grid in grids}) == len(grids)


def test_the_town_of_the_demo_looks_like_one():
    grids = demo_town.draw()
    sizes = [grid.shape.area for grid in grids]
    corners = [len(grid.shape.exterior.coords) for grid in grids]
    west, south, east, north = shapely.union_all([grid.shape for grid in grids]).bounds
    assert min(sum(grid.area is area for grid in grids) for area in demo_town.AREAS) >= 3
    assert max(sizes) > 2 * min(sizes), "sizes are unlike"
    assert min(corners) > 60, "borders are crooked"
    assert west < demo_town.CENTRE[0] < east
    assert south < demo_town.CENTRE[1] < north
    assert 0.05 < east - west < 0.08
    assert 0.04 < north - south < 0.06


@given(seeds)
@settings(max_examples=5, deadline=None)
def test_the_same_seed_draws_the_same_town(seed):
    assert demo_town.feature_collection(seed) == demo_town.feature_collection(seed)


def test_citizens_stand_inside_the_town_whichever_map_they_use():
    town = shapely.union_all([grid.shape for grid in demo_town.draw()])
    sent = [demo_crew.report(number)["place"] for number in range(len(demo_script.REPORTS))]
    found = [coordinates.to_cgcs2000(place["lon"], place["lat"], place["crs"]) for place in sent]
    assert all(shapely.contains_xy(town, lon, lat) for lon, lat in found)
    assert {place["crs"] for place in sent} == {"wgs84", "gcj02"}
    assert demo_crew.report(3) == demo_crew.report(3), "a report sent twice is the same report"


def test_the_crew_has_an_answer_to_every_state_that_waits_for_people():
    waiting = set(State) - {State.CLOSED, State.ANSWERED}
    assert set(PLAYS) == waiting


def test_whatever_the_crew_does_the_workflow_knows():
    chances = [random.Random(number) for number in range(30)]
    outcomes = {Outcome(outcome).value for outcome, _ in demo_script.HANDLED}
    for (state, play), chance in itertools.product(PLAYS.items(), chances):
        for area, outcome in itertools.product((None, {"code": "CZ"}), outcomes):
            facts = play.act({"area": area, "version": 4, "outcome": outcome}, chance)
            step = workflow.TABLE[State(state), workflow.Action(facts["action"])]
            assert set(step.requires) <= set(facts)


def test_everybody_in_the_script_has_an_account():
    logins = {one.login: one.role for one in demo_people.LOGINS}
    players = set().union(*(play.players for play in PLAYS.values()))
    assert players <= set(logins)
    assert logins[demo_people.CHECKER.login] == Role.CHECKER
    assert {one.squad for one in demo_people.LEADERS} == {area.code for area in demo_town.AREAS}
