"""Simulation: a past month under other times, rosters and maps; the month as it was is what the indicators say."""

import json
from dataclasses import replace

import pytest

from dispatch.rules import handling_times
from dispatch.rules.times_table import ANY, TimeLine
from grids import files
from grids import services as grids
from grids.files import Fields
from oversight.rules import periods
from oversight.rules.counting import By
from oversight.rules.indicators import Indicator
from oversight.rules.replaying import World, replay
from oversight.rules.simulation import Simulated
from oversight.services.figures import figures, order_facts
from oversight.services.simulation import simulating
from oversight.services.simulation.simulating import Asked
from tests.ground.cast import ACTOR, EAST, INNER, SETTLED
from tests.ground.desk import counted
from tests.ground.web import LON, two_areas
from tests.simulated_town import by_day, day_and_night, october
from town import calendars, profile

OCTOBER = periods.month("2026-10")
DEFAULTS = [
    TimeLine(ANY, ANY, row.named, row.term.amount, row.term.unit)
    for row in (*handling_times.TABLE, handling_times.AT_ONCE)
    if row.clock != "review"
]
"""The house's defaults as a table."""


@pytest.fixture
def lived(listed, cast):
    return october(listed, cast)


def simulated(database, asked: Asked) -> Simulated:
    with database.read() as session:
        return simulating.simulate(session, profile.current(session), OCTOBER, asked)


def counts(told: Simulated, section: str, key: str, measure: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Numerator and denominator as it was, and as it would have been."""
    (row,) = [one for one in told.rows if (one.section, one.key, one.measure) == (section, key, measure)]
    return (row.now.numerator, row.now.denominator), (row.then.numerator, row.then.denominator)


def table_with(**amounts: int) -> Asked:
    return Asked(times=[replace(line, amount=amounts.get(line.stage, line.amount)) for line in DEFAULTS])


def test_the_month_as_it_was_is_what_the_indicators_say(listed, lived):
    told = simulated(listed, Asked())
    assert told.orders == len(lived)
    assert told.changed == 0
    with listed.read() as session:
        town = profile.current(session)
        for by in By:
            for line in figures.table(session, town, OCTOBER, by):
                for code in (Indicator.RESPONSE, Indicator.ON_TIME_HANDLING, Indicator.ON_TIME_CLOSING):
                    said = line.tally.counts[code]
                    if said.denominator:
                        asked = counts(told, by, line.key, code)
                        assert asked == ((said.numerator, said.denominator),) * 2


def test_an_unchanged_world_changes_nothing_of_any_order(listed, lived):
    with listed.read() as session:
        town = profile.current(session)
        world = World(calendars.current(session), periods.span(OCTOBER, town.zone).until)
        facts = list(order_facts.of_period(session, town, OCTOBER))
        replayed = [replay(story, world) for story in simulating.stories(session, town, OCTOBER)]
        assert [one.fact for one in replayed] == facts
    for asked in (Asked(times=DEFAULTS), Asked(shifts=by_day()), Asked(edition=_edition(listed))):
        assert simulated(listed, asked).changed == 0


def test_shorter_times_make_more_orders_late_and_longer_ones_fewer(listed, lived):
    assert counts(simulated(listed, Asked()), "squad", EAST, "response_rate")[0] == (0, 2)
    longer = simulated(listed, table_with(accept=45))
    assert counts(longer, "squad", EAST, "response_rate") == ((0, 2), (2, 2))
    assert counts(longer, "stage", "accept", "on_time") == ((4, 7), (6, 7))
    shorter = simulated(listed, table_with(accept=10))
    assert counts(shorter, "squad", INNER, "response_rate") == ((4, 5), (0, 5))
    days = simulated(listed, table_with(handle=1))
    assert counts(days, "stage", "handle", "on_time")[0] == counts(days, "stage", "handle", "on_time")[1]


def test_somebody_on_duty_at_night_signs_as_fast_as_by_day(listed, lived):
    told = simulated(listed, Asked(shifts=day_and_night()))
    assert counts(told, "squad", INNER, "response_rate") == ((4, 5), (5, 5))
    assert counts(told, "squad", EAST, "response_rate") == ((0, 2), (0, 2))
    assert told.changed == 1


def test_another_map_moves_orders_to_the_squad_that_serves_there(listed, lived):
    told = simulated(listed, Asked(edition=_edition(listed, west=LON - 0.019)))
    assert counts(told, "squad", INNER, "response_rate") == ((4, 5), (3, 3))
    assert counts(told, "squad", EAST, "response_rate") == ((0, 2), (1, 4))
    assert counts(told, "area", EAST, "response_rate") == ((0, 2), (1, 4))
    assert counts(told, "town", "town", "response_rate") == ((4, 7), (4, 7))


def test_a_simulation_writes_nothing(listed, lived):
    before = counted(listed)
    simulated(listed, Asked(DEFAULTS, day_and_night(), _edition(listed)))
    after = counted(listed)
    drawn = ("grid_edition", "area", "grid", "journal", "journal_position", "journal_words")
    assert {name: after[name] for name in after if name not in drawn} == {
        name: before[name] for name in before if name not in drawn
    }


def _edition(database, west: float = LON):
    """A map whose border between 城中 and 城东 lies at this longitude; it is not put in force."""
    drawn = two_areas()
    inner, east = (feature["geometry"]["coordinates"][0] for feature in drawn["features"])
    for ring in (inner, east):
        for corner in ring:
            corner[0] = west if corner[0] == LON else corner[0]
    layer = files.read_geojson(json.dumps(drawn).encode(), "moved.geojson")
    survey = grids.check(layer, Fields(code="code", area="area", name="name", area_name="area_name"), 4549)
    with database.write() as session:
        return grids.import_edition(session, survey, f"边界 {west}", actor=ACTOR, now=SETTLED).id
