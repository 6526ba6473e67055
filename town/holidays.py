"""Where holidays are known from (放假安排): the published calendars that the table of working days is seeded with.

A region is ``CN`` (chinesecalendar: the notices of the State Council with 调休, years as published), a country or a
subdivision as ``US`` or ``US-MA`` (the ``holidays`` package), or ``NONE`` (Monday to Friday, nothing else).
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import chinese_calendar.constants as china
import holidays as packaged

from town.days import SpecialDay
from town.errors import Refused

NOWHERE = "NONE"
CHINA = "CN"
YEARS_BACK = 20
YEARS_AHEAD = 1
WHOLE_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def known_years(region: str, today: dt.date) -> range:
    """The years worth seeding. For China those with a published notice, elsewhere those near today.

    The ``holidays`` package answers for any year from the law as it stands, so we trust it to the end of next year only.
    Raises Refused("region_unknown").
    """
    if region == CHINA:
        years = {day.year for day in china.holidays}
        return range(min(years), max(years) + 1)
    _packaged(region, [])
    return range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)


def special_days(region: str, year: int) -> dict[dt.date, SpecialDay] | None:
    """The days of a year that have a name; None when nobody has published that year. Raises Refused("region_unknown")."""
    if region == CHINA:
        return _of_china(year)
    calendar = _packaged(region, [year])
    days = {day: SpecialDay(False, name) for day, name in calendar.items()}
    return days | {
        day: SpecialDay(True, "调休") for day in getattr(calendar, "weekend_workdays", ()) if day.year == year
    }


def _of_china(year: int) -> dict[dt.date, SpecialDay] | None:
    off = _named(china.holidays, year, working=False)
    return off | _named(china.workdays, year, working=True) if off else None


def _named(days: Mapping[dt.date, str], year: int, *, working: bool) -> dict[dt.date, SpecialDay]:
    return {day: SpecialDay(working, _in_chinese(name)) for day, name in days.items() if day.year == year}


def _in_chinese(name: str) -> str:
    short = str(china.Holiday(name).chinese)
    return WHOLE_NAMES.get(short, short)


def _packaged(region: str, years: Iterable[int]) -> Mapping[dt.date, str]:
    if region == NOWHERE:
        return {}
    country, _, subdivision = region.partition("-")
    try:
        return packaged.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError as unknown:
        raise Refused("region_unknown", region=region) from unknown
