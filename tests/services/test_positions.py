"""Where tablets were last: the newest word wins, and nothing is kept beyond the shift."""

import datetime as dt

import pytest

from tests.ground.cast import EAST, INNER
from town import devices, positions

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def tablets(database, cast):
    """One tablet of each squad."""
    with database.write() as session:
        return [devices.add(session, squad, f"{squad.lower()}-1", NOW)[0] for squad in (INNER, EAST)]


def seen(session, since=NOW - HOUR):
    return [(one.device, one.squad, one.at, one.lon, one.accuracy_m) for one in positions.current(session, since)]


def test_the_newest_position_of_each_tablet_is_kept(database, tablets):
    inner, east = tablets
    with database.write() as session:
        assert positions.report(session, inner.id, NOW, 121.07, 31.57, 8.0)
        assert positions.report(session, inner.id, NOW + MINUTE, 121.08, 31.57)
        assert positions.report(session, east.id, NOW, 121.09, 31.57, 20.0)
    with database.read() as session:
        assert seen(session) == [("cd-1", EAST, NOW, 121.09, 20.0), ("cz-1", INNER, NOW + MINUTE, 121.08, None)]


def test_what_was_seen_earlier_and_comes_later_is_ignored(database, tablets):
    inner, _ = tablets
    with database.write() as session:
        assert positions.report(session, inner.id, NOW, 121.07, 31.57)
        assert not positions.report(session, inner.id, NOW - MINUTE, 121.00, 31.57)
        assert not positions.report(session, inner.id, NOW, 121.00, 31.57)
        assert seen(session) == [("cz-1", INNER, NOW, 121.07, None)]


def test_a_tablet_not_heard_of_for_long_or_taken_out_of_use_is_not_shown(database, tablets):
    inner, east = tablets
    with database.write() as session:
        positions.report(session, inner.id, NOW - 2 * HOUR, 121.07, 31.57)
        positions.report(session, east.id, NOW, 121.09, 31.57)
        assert [one[0] for one in seen(session)] == ["cd-1"]
        devices.block(session, "cd-1", NOW)
        assert seen(session) == []


def test_yesterdays_positions_are_forgotten(database, tablets):
    inner, east = tablets
    with database.write() as session:
        positions.report(session, inner.id, NOW - positions.KEPT - MINUTE, 121.07, 31.57)
        positions.report(session, east.id, NOW - positions.KEPT, 121.09, 31.57)
        assert positions.sweep(session, NOW) == 1
        assert positions.sweep(session, NOW) == 0
        assert [one[0] for one in seen(session, NOW - 24 * HOUR)] == ["cd-1"]
