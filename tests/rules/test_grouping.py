"""Many alarms are one notice; what can wait rings in the morning."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules import grouping
from town.ladders import Level

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = dt.time(21), dt.time(7)
YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: dt.time(minute // 60, minute % 60))

MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minute: YEAR + dt.timedelta(minutes=minute, seconds=minute % 60))


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        (at(23, 12), at(23, 12)),
        (at(23, 20, 59), at(23, 20, 59)),
        (at(23, 21), at(24, 7)),
        (at(24, 2), at(24, 7)),
        (at(24, 6, 59), at(24, 7)),
        (at(24, 7), at(24, 7)),
    ],
)
def test_what_can_wait_rings_when_the_night_is_over(now, rings):
    assert grouping.rings_at(now, SHANGHAI, *NIGHT) == rings


def test_the_same_time_twice_means_that_no_hour_is_quiet():
    assert grouping.rings_at(at(23, 3), SHANGHAI, dt.time(7), dt.time(7)) == at(23, 3)


@given(MOMENTS, MINUTES, MINUTES)
def test_nothing_rings_before_its_time_nor_in_quiet_hours_nor_later_than_a_day(now, since, until):
    rings = grouping.rings_at(now, SHANGHAI, since, until)
    assert now <= rings < now + dt.timedelta(days=1)
    again = grouping.rings_at(rings, SHANGHAI, since, until)
    assert again == rings, "the end of quiet hours is not quiet"


@pytest.mark.parametrize("level", list(Level))
def test_what_is_urgent_waits_for_no_morning_and_neither_does_accountability(level):
    assert not grouping.can_wait(level, "urgent")
    assert grouping.can_wait(level, "ordinary") == (level is not Level.ACCOUNT)


def test_a_worse_level_is_never_told_under_the_name_of_a_milder_one():
    order = list(Level)
    assert all(order.index(Level(grouping.class_of(level))) >= order.index(level) for level in Level)
