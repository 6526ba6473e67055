"""When a clock runs out, and how it says why: the days of 2026, Boston's summer time, and what holds for every term."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import oracle
from town import holidays, terms
from town.terms import Calendar, Term, Unit

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
OFFICE = ((dt.time(8, 30), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
YUNXI = Calendar(SHANGHAI, OFFICE, holidays.special_days("CN", 2026) or {}, {2026})
BOSTON = Calendar(NEW_YORK, ((dt.time(9), dt.time(17)),), holidays.special_days("US-MA", 2011) or {}, {2011})

TABLE = [
    # 元旦: 1-3 January off, Sunday the 4th works
    ("2025-12-31 10:00", 1, Unit.WORKING_DAYS, "2026-01-04 24:00",
     "1 个工作日；2026年1月1日至3日元旦放假；2026年1月4日（周日）调休上班，算工作日；"
     "2026年1月4日（周日）24时截止。"),
    # 春节: Saturday 14 February works, 15-23 off, Saturday the 28th works
    ("2026-02-13 10:00", 2, Unit.WORKING_DAYS, "2026-02-24 24:00",
     "2 个工作日；2月14日（周六）调休上班，算工作日；2月15日至23日春节放假；2月24日（周二）24时截止。"),
    ("2026-02-13 10:00", 7, Unit.WORKING_DAYS, "2026-03-02 24:00",
     "7 个工作日；2月14日（周六）调休上班，算工作日；2月15日至23日春节放假；"
     "2月28日（周六）调休上班，算工作日；3月1日（周日）是周末，不算；3月2日（周一）24时截止。"),
    ("2026-02-14 16:30", 2, Unit.WORKING_HOURS, "2026-02-24 09:30",
     "2 个工作时；2月14日（周六）调休上班，算工作日；2月15日至23日春节放假；2月24日（周二）09:30截止。"),
    ("2026-02-27 17:00", 2, Unit.WORKING_HOURS, "2026-02-28 10:00",
     "2 个工作时；2月28日（周六）调休上班，算工作日；2月28日（周六）10:00截止。"),
    # 清明节 and 劳动节: Saturday 9 May works
    ("2026-04-03 09:00", 1, Unit.WORKING_DAYS, "2026-04-07 24:00",
     "1 个工作日；4月4日至6日清明节放假；4月7日（周二）24时截止。"),
    ("2026-05-08 09:00", 1, Unit.WORKING_DAYS, "2026-05-09 24:00",
     "1 个工作日；5月9日（周六）调休上班，算工作日；5月9日（周六）24时截止。"),
    ("2026-04-30 17:30", 1, Unit.WORKING_HOURS, "2026-05-06 09:30",
     "1 个工作时；5月1日至5日劳动节放假；5月6日（周三）09:30截止。"),
    # 中秋节 and 国庆节: Sunday 20 September and Saturday 10 October work
    ("2026-09-18 10:00", 2, Unit.WORKING_DAYS, "2026-09-21 24:00",
     "2 个工作日；9月19日（周六）是周末，不算；9月20日（周日）调休上班，算工作日；"
     "9月21日（周一）24时截止。"),
    ("2026-09-18 10:00", 7, Unit.WORKING_DAYS, "2026-09-29 24:00",
     "7 个工作日；9月19日（周六）是周末，不算；9月20日（周日）调休上班，算工作日；"
     "9月25日至27日中秋节放假；9月29日（周二）24时截止。"),
    ("2026-09-18 10:00", 10, Unit.WORKING_DAYS, "2026-10-09 24:00",
     "10 个工作日；9月19日（周六）是周末，不算；9月20日（周日）调休上班，算工作日；"
     "9月25日至27日中秋节放假；10月1日至7日国庆节放假；10月9日（周五）24时截止。"),
    ("2026-09-24 10:00", 3, Unit.WORKING_DAYS, "2026-09-30 24:00",
     "3 个工作日；9月25日至27日中秋节放假；9月30日（周三）24时截止。"),
    ("2026-09-24 10:00", 7, Unit.WORKING_DAYS, "2026-10-12 24:00",
     "7 个工作日；9月25日至27日中秋节放假；10月1日至7日国庆节放假；10月10日（周六）调休上班，算工作日；"
     "10月11日（周日）是周末，不算；10月12日（周一）24时截止。"),
    ("2026-09-30 10:00", 5, Unit.WORKING_DAYS, "2026-10-13 24:00",
     "5 个工作日；10月1日至7日国庆节放假；10月10日（周六）调休上班，算工作日；"
     "10月11日（周日）是周末，不算；10月13日（周二）24时截止。"),
    ("2026-09-30 10:00", 10, Unit.WORKING_DAYS, "2026-10-20 24:00",
     "10 个工作日；10月1日至7日国庆节放假；10月10日（周六）调休上班，算工作日；"
     "10月11日（周日）是周末，不算；10月17、18日是周末，不算；10月20日（周二）24时截止。"),
    # 工作时: lunch, evenings and plain weekends stand still
    ("2026-11-20 15:00", 8, Unit.WORKING_HOURS, "2026-11-23 15:30",
     "8 个工作时；11月21、22日是周末，不算；11月23日（周一）15:30截止。"),
    ("2026-11-20 11:30", 1, Unit.WORKING_HOURS, "2026-11-20 14:00",
     "1 个工作时；11月20日（周五）14:00截止。"),
    ("2026-11-20 12:40", 2, Unit.WORKING_HOURS, "2026-11-20 15:30",
     "2 个工作时；11月20日（周五）15:30截止。"),
    ("2026-11-20 10:00", 2, Unit.WORKING_HOURS, "2026-11-20 12:00",
     "2 个工作时；11月20日（周五）12:00截止。"),
    ("2026-11-19 19:00", 2, Unit.WORKING_HOURS, "2026-11-20 10:30",
     "2 个工作时；11月20日（周五）10:30截止。"),
    ("2026-11-21 03:00", 2, Unit.WORKING_HOURS, "2026-11-23 10:30",
     "2 个工作时；11月21、22日是周末，不算；11月23日（周一）10:30截止。"),
    ("2026-01-30 17:00", 2, Unit.WORKING_HOURS, "2026-02-02 10:00",
     "2 个工作时；1月31日、2月1日是周末，不算；2月2日（周一）10:00截止。"),
    # 工作日: many weekends are told in one breath
    ("2026-11-02 10:00", 30, Unit.WORKING_DAYS, "2026-12-14 24:00",
     "30 个工作日；其间周末12天，不算；12月14日（周一）24时截止。"),
    # 日: days off count, but the last day is never one of them
    ("2026-11-02 10:00", 15, Unit.DAYS, "2026-11-17 24:00",
     "15 日；11月17日（周二）24时截止。"),
    ("2026-11-06 10:00", 15, Unit.DAYS, "2026-11-23 24:00",
     "15 日；最后一天赶上11月21、22日周末，顺延到下一个工作日；11月23日（周一）24时截止。"),
    ("2026-09-16 10:00", 15, Unit.DAYS, "2026-10-08 24:00",
     "15 日；最后一天赶上10月1日至7日国庆节放假，顺延到下一个工作日；10月8日（周四）24时截止。"),
    ("2026-09-25 10:00", 15, Unit.DAYS, "2026-10-10 24:00",
     "15 日；10月10日（周六）调休上班，算工作日；10月10日（周六）24时截止。"),
    # 紧急工作时 and minutes: the clock never stops
    ("2026-10-01 23:50", 30, Unit.MINUTES, "2026-10-02 00:20",
     "30 分钟；10月2日（周五）00:20截止。"),
    ("2026-10-01 23:50", 3, Unit.HOURS, "2026-10-02 02:50",
     "3 个紧急工作时（昼夜连续计算）；10月2日（周五）02:50截止。"),
]  # fmt: skip


def moment(text: str, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    day, time = text.split()
    midnight = dt.datetime.fromisoformat(day).replace(tzinfo=zone)
    return midnight + dt.timedelta(days=1) if time == "24:00" else dt.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(("start", "amount", "unit", "due", "words"), TABLE)
def test_a_term_of_2026_ends_when_the_calendar_says_and_explains_itself(start, amount, unit, due, words):
    found = terms.due(moment(start), Term(amount, unit), YUNXI)
    assert found.at == moment(due)
    assert terms.explain(found) == words


def test_a_term_that_runs_into_2027_is_provisional_and_counts_monday_to_friday():
    found = terms.due(moment("2026-12-30 10:00"), Term(5, Unit.WORKING_DAYS), YUNXI)
    assert found.provisional
    assert found.at == moment("2027-01-06 24:00")
    assert terms.explain(found) == (
        "5 个工作日；2027年1月2、3日是周末，不算；2027年1月6日（周三）24时截止；"
        "2027年的放假安排还没有录入，暂按周一至周五计算，录入后会自动重算。"
    )


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        ("2026-12-28 10:00", 3, Unit.WORKING_DAYS),
        ("2026-12-31 09:00", 7, Unit.WORKING_HOURS),
        ("2026-12-31 10:00", 48, Unit.HOURS),
        ("2026-12-16 10:00", 15, Unit.DAYS),
    ],
)
def test_a_term_that_needs_no_day_of_2027_is_certain(start, amount, unit):
    assert not terms.due(moment(start), Term(amount, unit), YUNXI).provisional


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # 13 March 2011 has 23 hours, 6 November 25
        ("2011-03-13 01:00", 2, Unit.HOURS, "2011-03-13 04:00"),
        ("2011-11-06 00:30", 3, Unit.HOURS, "2011-11-06 02:30"),
        ("2011-03-11 16:00", 2, Unit.WORKING_HOURS, "2011-03-14 10:00"),
        ("2011-11-04 16:00", 2, Unit.WORKING_HOURS, "2011-11-07 10:00"),
        ("2011-03-11 16:00", 1, Unit.WORKING_DAYS, "2011-03-14 24:00"),
        ("2011-10-07 16:00", 1, Unit.WORKING_DAYS, "2011-10-11 24:00"),
        ("2011-12-23 16:00", 1, Unit.WORKING_DAYS, "2011-12-27 24:00"),
    ],
)
def test_boston_keeps_its_own_holidays_and_its_summer_time(start, amount, unit, due):
    found = terms.due(moment(start, NEW_YORK), Term(amount, unit), BOSTON)
    assert found.at == moment(due, NEW_YORK)


def test_what_is_due_is_told_in_utc_and_explained_in_the_zone_of_the_town():
    found = terms.due(moment("2026-11-20 15:00").astimezone(dt.UTC), Term(1, Unit.HOURS), YUNXI)
    assert found.at.tzinfo is dt.UTC
    assert "16:00截止" in terms.explain(found)


def test_a_term_starts_at_an_aware_moment_and_lasts_at_least_one():
    with pytest.raises(ValueError, match="aware"):
        terms.due(dt.datetime(2026, 11, 20), Term(1, Unit.HOURS), YUNXI)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no term"):
        Term(0, Unit.DAYS)


@pytest.mark.parametrize("office", [(), ((dt.time(12), dt.time(8)),), (OFFICE[1], OFFICE[0])])
def test_office_hours_stand_in_order_and_apart(office):
    with pytest.raises(ValueError, match="office hours"):
        Calendar(SHANGHAI, office, {}, {2026})


LONGEST = {
    Unit.MINUTES: 3000,
    Unit.HOURS: 200,
    Unit.WORKING_HOURS: 60,
    Unit.WORKING_DAYS: 30,
    Unit.DAYS: 120,
    Unit.MONTHS: 7,
}


def test_ten_thousand_random_terms_equal_the_slow_oracle():
    chance = random.Random(20261122)
    differing = []
    for number in range(10_000):
        calendar, place = (YUNXI, oracle.YUNXI) if number % 5 else (BOSTON, oracle.BOSTON)
        start = dt.datetime(place.year, 1, 2, tzinfo=dt.UTC) + chance.randrange(363 * 24 * 60) * dt.timedelta(minutes=1)
        term = Term(chance.randint(1, LONGEST[unit := chance.choice(list(Unit))]), unit)
        found = terms.due(start, term, calendar)
        if (found.at, found.provisional) != oracle.due(place, start, term.amount, term.unit):
            differing.append((start, term, found))
    assert differing == []


STARTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 3, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
TERMS = st.builds(Term, st.integers(1, 60), st.sampled_from(Unit))


@given(STARTS, STARTS, TERMS)
@settings(max_examples=300)
def test_who_starts_later_is_never_due_earlier(one, other, term):
    earlier, later = sorted((one, other))
    assert terms.due(earlier, term, YUNXI).at <= terms.due(later, term, YUNXI).at


@given(STARTS, TERMS)
@settings(max_examples=300)
def test_a_term_ends_after_its_start_and_a_longer_one_not_before_it(start, term):
    at = terms.due(start, term, YUNXI).at
    assert start < at <= terms.due(start, Term(term.amount + 1, term.unit), YUNXI).at


@given(STARTS, st.integers(1, 60))
@settings(max_examples=300)
def test_working_hours_are_so_much_open_office_to_the_microsecond(start, amount):
    at = terms.due(start, Term(amount, Unit.WORKING_HOURS), YUNXI).at
    first, last = start.astimezone(SHANGHAI).date(), at.astimezone(SHANGHAI).date()
    days = (first + n * dt.timedelta(days=1) for n in range((last - first).days + 1))
    spans = [(max(opens, start), min(closes, at)) for day in days for opens, closes in YUNXI.openings(day)]
    assert sum((b - a for a, b in spans if a < b), dt.timedelta()) == dt.timedelta(hours=amount)


@given(STARTS, st.integers(1, 60))
@settings(max_examples=300)
def test_the_reasons_of_working_days_name_every_day_that_did_not_count(start, amount):
    due = terms.due(start, Term(amount, Unit.WORKING_DAYS), YUNXI)
    skipped = sum((reason.last - reason.first).days + 1 for reason in due.reasons if not reason.working)
    assert (due.last_day - due.start.date()).days == amount + skipped


@given(STARTS, TERMS)
@settings(max_examples=300)
def test_every_term_says_until_when_and_whether_it_may_change(start, term):
    due = terms.due(start, term, YUNXI)
    words = terms.explain(due)
    assert words.startswith(f"{term.amount} ")
    assert "截止" in words
    assert ("自动重算" in words) == due.provisional
