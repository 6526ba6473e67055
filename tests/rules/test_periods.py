"""Periods: local days as people name them, and the moments they span in the town."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oversight.rules import periods
from oversight.rules.periods import Period
from town.days import Calendar, SpecialDay

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
OFFICE = ((dt.time(8, 30), dt.time(17, 30)),)


@pytest.mark.parametrize(
    ("spelled", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
    ],
)
def test_a_period_is_spelled_as_people_do(spelled, first, last):
    assert periods.parse(spelled) == Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("spelled", ["", "26", "2026-13", "2026-Q5", "2026-W54", "2026-02-30", "2026-1", "0000", "x"])
def test_what_is_no_period_is_refused(spelled):
    with pytest.raises(ValueError, match=r".+"):
        periods.parse(spelled)


def test_a_period_neither_ends_before_it_begins_nor_outlasts_a_year():
    day = dt.date(2026, 11, 22)
    for last in (day - dt.timedelta(days=1), day + dt.timedelta(days=366)):
        with pytest.raises(ValueError, match="no period"):
            Period(day, last)
    assert Period(dt.date(2028, 1, 1), dt.date(2028, 12, 31)) == periods.parse("2028")


def test_a_day_is_the_towns_own():
    span = periods.span(periods.parse("2026-11-22"), SHANGHAI)
    last_minute = dt.datetime(2026, 11, 22, 15, 59, tzinfo=dt.UTC)
    assert span.holds(last_minute)
    assert not span.holds(last_minute + dt.timedelta(minutes=2))
    assert not span.holds(span.until)
    assert span.holds(span.since)
    assert not span.holds(None)


def test_the_day_that_the_clocks_change_is_as_long_as_it_is():
    longest = periods.span(periods.parse("2026-11-01"), NEW_YORK)
    assert longest.until - longest.since == dt.timedelta(hours=25)


@given(
    some.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
    some.integers(0, 365),
    some.sampled_from((SHANGHAI, NEW_YORK)),
)
def test_the_days_of_a_period_follow_each_other_without_a_gap(first, count, zone):
    period = Period(first, first + dt.timedelta(days=count))
    spans = [periods.span(day, zone) for day in period.days()]
    whole = periods.span(period, zone)
    assert (spans[0].since, spans[-1].until) == (whole.since, whole.until)
    assert all(one.until == following.since for one, following in pairwise(spans))


@given(some.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)))
def test_months_follow_each_other(day):
    month = periods.month_of(day)
    assert periods.month_after(periods.month_before(month)) == month
    assert periods.month(month).first <= day <= periods.month(month).last


def test_a_month_is_frozen_on_the_fifth_working_day_of_the_next():
    october = {dt.date(2026, 10, day): SpecialDay(False, "国庆节") for day in range(1, 8)}
    calendar = Calendar(SHANGHAI, OFFICE, {**october, dt.date(2026, 10, 10): SpecialDay(True, "调休")}, {2026})
    frozen = periods.freezing_moment("2026-09", calendar).astimezone(SHANGHAI)
    assert frozen == dt.datetime(2026, 10, 13, tzinfo=SHANGHAI)
