"""What a pause and an extension do to a term, and when which share of it is used: in words, by the oracle, by law."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.random_terms import RandomTerm, draw
from tests.rules import oracle
from town import holidays, terms
from town.terms import Calendar, Span, Term, Unit

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
OFFICE = ((dt.time(8, 30), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
YUNXI = Calendar(SHANGHAI, OFFICE, holidays.special_days("CN", 2026) or {}, {2026})
BOSTON = Calendar(NEW_YORK, ((dt.time(9), dt.time(17)),), holidays.special_days("US-MA", 2011) or {}, {2011})
PLACES = {oracle.YUNXI.year: YUNXI, oracle.BOSTON.year: BOSTON}
MICROSECOND = dt.timedelta(microseconds=1)
SHORT = {"minutes": 100, "hours": 5, "working_hours": 8, "working_days": 4, "days": 5}


def at(text: str) -> dt.datetime:
    day, time = text.split()
    midnight = dt.datetime.fromisoformat(day).replace(tzinfo=SHANGHAI)
    hours, minutes = map(int, time.split(":"))
    return midnight + dt.timedelta(hours=hours, minutes=minutes)


def span(text: str) -> Span:
    since, until = text.split(" .. ")
    return Span(at(since), at(until))


TABLE = [
    # elapsed time: exactly the pause longer
    ("2026-11-20 10:00", 30, Unit.MINUTES, ["2026-11-20 10:10 .. 2026-11-20 11:00"], "2026-11-20 11:20",
     "30 分钟；11月20日10:10至11:00暂停，不算；11月20日（周五）11:20截止。"),
    ("2026-10-01 20:00", 4, Unit.HOURS, ["2026-10-01 22:00 .. 2026-10-02 06:00"], "2026-10-02 08:00",
     "4 个紧急工作时（昼夜连续计算）；10月1日22:00至10月2日06:00暂停，不算；10月2日（周五）08:00截止。"),
    # office hours: only the open ones of a pause count for it
    ("2026-11-20 10:00", 4, Unit.WORKING_HOURS, ["2026-11-20 11:00 .. 2026-11-20 14:30"], "2026-11-20 17:30",
     "4 个工作时；11月20日11:00至14:30暂停，不算；11月20日（周五）17:30截止。"),
    ("2026-11-20 16:30", 2, Unit.WORKING_HOURS, ["2026-11-20 17:00 .. 2026-11-24 09:00"], "2026-11-24 10:30",
     "2 个工作时；11月20日17:00至11月24日09:00暂停，不算；11月24日（周二）10:30截止。"),
    # working days: the day of resuming is like a day 0
    ("2026-11-16 10:00", 5, Unit.WORKING_DAYS, ["2026-11-18 15:00 .. 2026-11-20 09:00"], "2026-11-25 24:00",
     "5 个工作日；11月19、20日暂停，不算；11月21、22日是周末，不算；11月25日（周三）24时截止。"),
    ("2026-09-24 10:00", 7, Unit.WORKING_DAYS, ["2026-09-28 10:00 .. 2026-10-09 10:00"], "2026-10-16 24:00",
     "7 个工作日；9月29日至10月9日暂停，不算；9月25日至27日中秋节放假；10月10日（周六）调休上班，算工作日；"
     "10月11日（周日）是周末，不算；10月16日（周五）24时截止。"),
    # a pause within one day costs no day
    ("2026-11-16 10:00", 5, Unit.WORKING_DAYS, ["2026-11-18 09:00 .. 2026-11-18 17:00"], "2026-11-23 24:00",
     "5 个工作日；11月21、22日是周末，不算；11月23日（周一）24时截止。"),
    # paused on the last day: what was left of it is given back as the day after resuming
    ("2026-11-16 10:00", 2, Unit.WORKING_DAYS, ["2026-11-18 10:00 .. 2026-11-19 10:00"], "2026-11-20 24:00",
     "2 个工作日；11月19日（周四）暂停，不算；11月20日（周五）24时截止。"),
    # calendar days are lengthened by as many days, and then roll off a day off
    ("2026-11-02 10:00", 15, Unit.DAYS, ["2026-11-04 10:00 .. 2026-11-08 10:00"], "2026-11-23 24:00",
     "15 日；11月5日至8日暂停，不算；最后一天赶上11月21、22日周末，顺延到下一个工作日；"
     "11月23日（周一）24时截止。"),
    ("2026-01-31 10:00", 1, Unit.MONTHS, ["2026-02-02 10:00 .. 2026-02-05 10:00"], "2026-03-03 24:00",
     "1 个月；2月3日至5日暂停，不算；3月3日（周二）24时截止。"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "amount", "unit", "pauses", "due", "words"), TABLE)
def test_a_paused_term_ends_later_and_says_why(start, amount, unit, pauses, due, words):
    found = terms.due(at(start), Term(amount, unit), YUNXI, [span(one) for one in pauses])
    assert found.at == at(due)
    assert terms.explain(found) == words


@pytest.mark.parametrize(
    ("unit", "extended", "words"),
    [
        (Unit.WORKING_DAYS, 2, "3 个工作日，延长 2 个工作日；11月21、22日是周末，不算；11月23日（周一）24时截止。"),
        (Unit.HOURS, 1, "3 个紧急工作时（昼夜连续计算），延长 1 个紧急工作时；11月16日（周一）14:00截止。"),
        (Unit.MONTHS, 1, "3 个月，延长 1 个月；2027年3月16日（周二）24时截止；"
         "2027年的放假安排还没有录入，暂按周一至周五计算，录入后会自动重算。"),
    ],
)  # fmt: skip
def test_an_extended_term_says_by_how_much(unit, extended, words):
    assert terms.explain(terms.due(at("2026-11-16 10:00"), Term(3, unit), YUNXI, (), extended)) == words


def test_a_term_that_stands_still_promises_no_date():
    still = terms.due(at("2026-11-16 10:00"), Term(3, Unit.WORKING_DAYS), YUNXI, [Span(at("2026-11-18 15:00"))])
    assert terms.explain(still) == "3 个工作日；11月18日15:00起暂停，恢复计时后再推算截止时间。"
    assert still.at == at("2026-11-19 24:00")


def test_many_pauses_are_told_in_one_breath():
    pauses = [span(f"2026-11-{day} 10:00 .. 2026-11-{day} 10:10") for day in (16, 17, 18, 19)]
    assert "；其间暂停4次，不算；" in terms.explain(
        terms.due(at("2026-11-16 09:00"), Term(40, Unit.WORKING_HOURS), YUNXI, pauses)
    )


@pytest.mark.parametrize(
    ("start", "amount", "unit", "percent", "used"),
    [
        ("2026-11-20 10:00", 30, Unit.MINUTES, 50, "2026-11-20 10:15"),
        ("2026-11-20 10:00", 30, Unit.MINUTES, 300, "2026-11-20 11:30"),
        ("2026-11-20 16:30", 2, Unit.WORKING_HOURS, 75, "2026-11-23 09:00"),
        ("2026-11-20 16:30", 2, Unit.WORKING_HOURS, 150, "2026-11-23 10:30"),
        # days count in office hours after the day of the start, until the last one is over
        ("2026-11-19 10:00", 2, Unit.WORKING_DAYS, 50, "2026-11-20 17:30"),
        ("2026-11-19 10:00", 2, Unit.WORKING_DAYS, 60, "2026-11-23 10:00"),
        ("2026-11-19 10:00", 2, Unit.WORKING_DAYS, 100, "2026-11-23 24:00"),
        ("2026-11-19 10:00", 2, Unit.WORKING_DAYS, 150, "2026-11-24 17:30"),
        # calendar days count in time that goes by
        ("2026-11-02 00:00", 14, Unit.DAYS, 20, "2026-11-05 00:00"),
        ("2026-11-02 00:00", 14, Unit.DAYS, 120, "2026-11-20 00:00"),
    ],
)  # fmt: skip
def test_a_share_of_a_term_is_used_at_a_moment_that_people_work(start, amount, unit, percent, used):
    assert terms.used_at(at(start), Term(amount, unit), YUNXI, percent) == at(used)


def test_a_pause_moves_the_shares_that_are_ahead_and_no_other():
    term, pauses = Term(5, Unit.WORKING_DAYS), [span("2026-11-18 15:00 .. 2026-11-20 09:00")]
    shares = [terms.used_at(at("2026-11-16 10:00"), term, YUNXI, percent, pauses) for percent in (20, 50, 100)]
    assert shares == [at("2026-11-17 17:00"), at("2026-11-23 15:00"), at("2026-11-25 24:00")]


def test_nobody_uses_less_than_nothing():
    with pytest.raises(ValueError, match="less than nothing"):
        terms.used_at(at("2026-11-16 10:00"), Term(1, Unit.DAYS), YUNXI, -1)


def test_pauses_do_not_overlap_nor_end_before_they_begin():
    pauses = [span("2026-11-17 10:00 .. 2026-11-18 10:00"), span("2026-11-18 09:59 .. 2026-11-19 10:00")]
    with pytest.raises(ValueError, match="overlap"):
        terms.due(at("2026-11-16 10:00"), Term(5, Unit.DAYS), YUNXI, pauses)
    with pytest.raises(ValueError, match="ends after"):
        span("2026-11-17 10:00 .. 2026-11-16 10:00")


def test_a_pause_lies_between_aware_moments():
    with pytest.raises(ValueError, match="aware"):
        Span(dt.datetime(2026, 11, 20))  # noqa: DTZ001


def test_the_small_calendar_tells_what_every_day_was():
    pauses = [span("2026-09-28 10:00 .. 2026-10-09 10:00")]
    due = terms.due(at("2026-09-24 10:00"), Term(7, Unit.WORKING_DAYS), YUNXI, pauses)
    told = [(f"{day.date:%m-%d}", str(day.kind), day.number) for day in terms.calendar_of(due, YUNXI)]
    paused = [*(f"09-{day}" for day in (29, 30)), *(f"10-0{day}" for day in range(1, 10))]
    assert told == [
        ("09-24", "start", None),
        *((f"09-{day}", "off", None) for day in (25, 26, 27)),
        ("09-28", "counted", 1),
        *((day, "paused", None) for day in paused),
        ("10-10", "swapped", 2),
        ("10-11", "off", None),
        *((f"10-{number + 9}", "counted", number) for number in (3, 4, 5, 6)),
        ("10-16", "last", 7),
    ]


def test_the_small_calendar_of_calendar_days_shows_where_the_last_one_moved():
    due = terms.due(at("2026-11-06 10:00"), Term(15, Unit.DAYS), YUNXI)
    told = [(day.date.day, str(day.kind), day.number) for day in terms.calendar_of(due, YUNXI)]
    assert told[-3:] == [(21, "counted", 15), (22, "off", None), (23, "last", None)]


def test_ten_thousand_random_terms_with_pauses_and_extensions_equal_the_slow_oracle():
    assert differing(random.Random(20261123), 10_000) == []


@pytest.mark.soak
def test_a_hundred_thousand_random_terms_with_pauses_and_extensions_equal_the_slow_oracle(record_property):
    record_property("terms", 100_000)
    assert differing(random.Random(), 100_000) == []


def differing(chance, number):
    """The terms on which the product and the oracle differ."""
    drawn = (draw(chance, oracle.YUNXI if turn % 5 else oracle.BOSTON) for turn in range(number))
    return [one for one in drawn if reckoned(one) != told_by_the_oracle(one)]


def reckoned(one: RandomTerm):
    due = reckon(one)
    return due.at, due.provisional


def reckon(one: RandomTerm) -> terms.Due:
    pauses = [Span(*pause) for pause in one.pauses]
    return terms.due(one.start, Term(one.amount, Unit(one.unit)), PLACES[one.place.year], pauses, one.extended)


def told_by_the_oracle(one: RandomTerm):
    return oracle.due(one.place, one.start, one.amount + one.extended, one.unit, one.pauses)


def test_random_shares_of_random_terms_equal_the_slow_oracle():
    chance = random.Random(20261124)
    for turn in range(150):
        one = draw(chance, oracle.YUNXI if turn % 5 else oracle.BOSTON, SHORT)
        percent = chance.choice((50, 75, 90, 100, 150, 300, chance.randint(1, 400)))
        amount = one.amount + one.extended
        expected = oracle.used_at(one.place, one.start, amount, one.unit, percent, one.pauses)
        assert terms.reached_at(reckon(one), PLACES[one.place.year], percent) == expected, (one, percent)


DRAWN = st.builds(draw, st.randoms(use_true_random=False), st.just(oracle.YUNXI))
PERCENTS = st.integers(1, 500)


@given(DRAWN, PERCENTS, PERCENTS)
@settings(max_examples=200)
def test_a_larger_share_is_never_used_earlier(one, some, other):
    less, more = sorted((some, other))
    due = reckon(one)
    assert terms.reached_at(due, YUNXI, less) <= terms.reached_at(due, YUNXI, more)
    assert due.start < terms.reached_at(due, YUNXI, less)
    assert terms.reached_at(due, YUNXI, 100) == due.at


@given(DRAWN, PERCENTS)
@settings(max_examples=200)
def test_a_share_is_used_at_its_moment_and_not_a_microsecond_before(one, percent):
    due = reckon(one)
    moment = terms.reached_at(due, YUNXI, percent)
    assert terms.share_used(due, YUNXI, moment) >= percent > terms.share_used(due, YUNXI, moment - MICROSECOND)


@given(DRAWN)
@settings(max_examples=200)
def test_a_pause_costs_nobody_time_and_no_term_is_over_when_it_ends(one):
    due = reckon(one)
    for number in range(len(one.pauses)):
        fewer = reckon(RandomTerm(one.place, one.start, one.amount, one.unit, one.extended, one.pauses[:number]))
        assert fewer.at <= due.at
    assert all(until < due.at for _, until in one.pauses)


@given(DRAWN)
@settings(max_examples=200)
def test_the_small_calendar_has_every_day_once_and_numbers_them_in_a_row(one):
    due = reckon(one)
    days = terms.calendar_of(due, YUNXI)
    numbers = [day.number for day in days if day.number]
    assert [day.date for day in days] == sorted({day.date for day in days})
    assert days[-1].date == due.last_day
    assert days[-1].kind == "last"
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == (due.amount if one.unit in ("working_days", "days") else len(numbers))
