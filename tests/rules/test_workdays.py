"""Where holidays are known from: the published calendars against the notices themselves."""

import datetime as dt

import pytest

from tests.rules import oracle
from town import holidays
from town.errors import Refused

TODAY = dt.date(2026, 11, 22)


def published(region, year):
    days = holidays.special_days(region, year)
    assert days is not None
    return days


def test_2026_is_the_notice_of_the_state_council_to_the_day():
    days = published("CN", 2026)
    assert {day for day, special in days.items() if not special.working} == oracle.YUNXI.off
    assert {day for day, special in days.items() if special.working} == oracle.YUNXI.on


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "元旦"),
        ("2026-02-17", "春节"),
        ("2026-04-05", "清明节"),
        ("2026-05-01", "劳动节"),
        ("2026-06-19", "端午节"),
        ("2026-09-25", "中秋节"),
        ("2026-10-07", "国庆节"),
    ],
)
def test_every_holiday_has_its_whole_chinese_name(day, name):
    assert published("CN", 2026)[dt.date.fromisoformat(day)].name == name


def test_nobody_has_published_2027_for_china():
    assert holidays.special_days("CN", 2027) is None
    assert holidays.known_years("CN", TODAY) == range(2004, 2027)


def test_massachusetts_keeps_the_holidays_of_its_law():
    assert published("US-MA", 2011).keys() == oracle.BOSTON.off


def test_other_places_are_trusted_until_the_end_of_next_year_only():
    assert holidays.known_years("US-MA", TODAY) == range(2006, 2028)


def test_a_country_without_subdivision_will_do():
    assert dt.date(2026, 7, 14) in published("FR", 2026)


def test_a_place_that_moves_weekends_is_followed_there():
    assert published("HU", 2026)[dt.date(2026, 1, 10)].working


def test_no_region_means_monday_to_friday():
    assert holidays.special_days("NONE", 2026) == {}


@pytest.mark.parametrize("region", ["XX", "US-ZZ", "", "cn "])
def test_an_unknown_region_is_refused_with_what_to_write_instead(region):
    with pytest.raises(Refused) as refused:
        holidays.known_years(region, TODAY)
    assert refused.value.problem.code == "region_unknown"
    assert "US-MA" in refused.value.detail
