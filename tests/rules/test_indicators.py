"""Indicators: what is counted out of what, and laws that hold whatever the orders were like."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oversight.rules import counting, periods
from oversight.rules.counting import Part, Tally
from oversight.rules.indicators import DEFINITIONS, Indicator
from oversight.rules.order_facts import Ground, as_data, from_data
from tests.rules.some_facts import AREAS, NOON, SQUADS, any_fact, fact

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOVEMBER = periods.parse("2026-11")
SPAN = periods.span(NOVEMBER, SHANGHAI)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
some_orders = some.lists(any_fact, max_size=40)


def counted(code: Indicator, *facts, span=SPAN) -> tuple[int, int]:
    count = counting.tally(facts, span).counts[code]
    return count.numerator, count.denominator


def closing(**changes):
    return fact(closing_due_at=NOON + 5 * DAY, **changes)


def test_the_published_bulletin_is_computed_again():
    """结案率 911/972 and 按期结案率 737/972, as a city published them."""
    in_time = [closing(closed_at=NOON + DAY)] * 737
    late = [closing(closed_at=NOON + 6 * DAY)] * (911 - 737)
    open_ones = [closing()] * (972 - 911)
    row = counting.tally([*in_time, *late, *open_ones], SPAN)
    closed, on_time = row.counts[Indicator.CLOSING], row.counts[Indicator.ON_TIME_CLOSING]
    assert (closed.numerator, closed.denominator, counting.percent(closed.share)) == (911, 972, "93.72%")
    assert (on_time.numerator, on_time.denominator, counting.percent(on_time.share)) == (737, 972, "75.82%")


def test_what_was_overdue_is_carried_in_until_it_is_closed():
    long_ago = NOON - 60 * DAY
    overdue = fact(received_at=long_ago, closing_due_at=long_ago + 5 * DAY)
    done_before = fact(received_at=long_ago, closing_due_at=long_ago + 5 * DAY, closed_at=long_ago + 9 * DAY)
    done_now = fact(received_at=long_ago, closing_due_at=long_ago + 5 * DAY, closed_at=NOON)
    assert counted(Indicator.CLOSING, overdue, done_before, done_now) == (1, 2)
    assert counted(Indicator.ON_TIME_CLOSING, overdue, done_before, done_now) == (0, 2)


def test_what_is_due_only_later_is_not_asked_for_yet():
    assert counted(Indicator.CLOSING, fact(closing_due_at=NOON + 30 * DAY, closed_at=NOON + HOUR)) == (0, 0)


def test_an_order_closed_before_its_period_counts_where_it_was_due():
    early = fact(received_at=NOON - 6 * DAY, closing_due_at=NOON, closed_at=NOON - 5 * DAY)
    assert counted(Indicator.ON_TIME_CLOSING, early) == (1, 1)


def test_what_is_put_aside_is_not_due():
    put_aside = closing(suspended_at=NOON - HOUR, handling_due_at=NOON)
    assert counted(Indicator.CLOSING, put_aside) == (0, 0)
    assert counted(Indicator.HANDLING, put_aside) == (0, 0)


def test_the_moment_it_is_due_is_late():
    at_the_moment = closing(closed_at=NOON + 5 * DAY)
    a_blink_before = closing(closed_at=NOON + 5 * DAY - dt.timedelta(microseconds=1))
    assert counted(Indicator.ON_TIME_CLOSING, at_the_moment, a_blink_before) == (1, 2)


def test_what_went_to_another_body_was_received_and_not_filed():
    assert counted(Indicator.FILING, fact(), fact(filed=False, holder="@transfer")) == (1, 2)
    assert counted(Indicator.CLOSING, closing(filed=False)) == (0, 0)


def test_whoever_never_signs_answers_for_it_all_the_same():
    unsigned = fact(response_due_at=NOON + HOUR)
    late = fact(response_due_at=NOON + HOUR, responded_at=NOON + HOUR)
    signed = fact(response_due_at=NOON + HOUR, responded_at=NOON)
    assert counted(Indicator.RESPONSE, unsigned, late, signed) == (1, 3)


def test_only_who_rated_is_asked_for_his_word():
    facts = (fact(), fact(solved=True, satisfied=False), fact(solved=False, satisfied=True))
    assert counted(Indicator.SOLVED, *facts) == (1, 2)
    assert counted(Indicator.SATISFIED, *facts) == (1, 2)


def test_rework_and_extension_are_told_of_what_was_closed_and_due():
    done = {"closed_at": NOON + HOUR}
    assert counted(Indicator.REWORK, fact(reworked=True, **done), fact(**done), fact(reworked=True)) == (1, 2)
    due = {"handling_due_at": NOON + HOUR}
    assert counted(Indicator.EXTENSION, fact(extended=True, **due), fact(**due), fact(extended=True)) == (1, 2)


def test_nothing_to_count_out_of_has_no_share():
    empty = counting.tally([], SPAN)
    assert {counting.percent(count.share) for count in empty.counts.values()} == {"n/a"}
    assert {count.share for count in empty.counts.values()} == {None}


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(0, 7, "0.00%"), (7, 7, "100.00%"), (1, 8, "12.50%"), (1, 32, "3.13%"), (1, 160_000, "0.00%"), (2, 3, "66.67%")],
)
def test_shares_are_rounded_with_halves_up(numerator, denominator, text):
    assert counting.percent(counting.Count(numerator, denominator).share) == text


@given(some_orders)
def test_every_numerator_is_among_its_denominator(facts):
    for definition in DEFINITIONS:
        among = {one.id for one in facts if definition.among(one, SPAN)}
        parts = {part: {one.id for one in facts if counting.part(one, definition.code, SPAN) is part} for part in Part}
        assert parts[Part.NUMERATOR] | parts[Part.MISSING] | parts[Part.EXCLUDED] == among
        count = counting.tally(facts, SPAN).counts[definition.code]
        assert 0 <= count.numerator <= count.denominator
        assert count.numerator == sum(counting.part(one, definition.code, SPAN) is Part.NUMERATOR for one in facts)


@given(some_orders)
def test_what_is_excluded_and_what_is_counted_are_all(facts):
    without = [from_data({**as_data(one), "excluded": None}) for one in facts]
    for code in Indicator:
        count, all_of_them = (counting.tally(told, SPAN).counts[code] for told in (facts, without))
        assert count.denominator + count.excluded == all_of_them.denominator
        assert all_of_them.excluded == 0
    asked = [one for one in facts if counting.relevant(one, SPAN)]
    assert counting.tally(facts, SPAN).excluded == sum(one.excluded is not None for one in asked)


@given(some_orders)
def test_squads_and_areas_add_up_to_the_town(facts):
    town = counting.tally(facts, SPAN)
    for keys, key_of in ((SQUADS, "holder"), (AREAS, "area")):
        rows = [counting.tally([one for one in facts if getattr(one, key_of) == key], SPAN) for key in keys]
        assert _sums(rows) == _sums([town])


@given(some_orders)
def test_days_add_up_to_their_month_wherever_an_order_counts_once(facts):
    """受理数, 结案数 and what was reworked among it; nothing is carried from one day into the next there."""
    days = [(periods.span(day, SHANGHAI)) for day in NOVEMBER.days()]
    month = counting.tally(facts, SPAN)
    for code in (Indicator.FILING, Indicator.REWORK, Indicator.EXTENSION, Indicator.RESPONSE):
        rows = [counting.tally(facts, day).counts[code] for day in days]
        assert sum(row.denominator for row in rows) == month.counts[code].denominator
        assert sum(row.numerator for row in rows) == month.counts[code].numerator
        assert sum(row.excluded for row in rows) == month.counts[code].excluded


@given(any_fact, some.sampled_from(Ground))
def test_who_is_left_out_changes_nobody_elses_figures(one, ground):
    others = [fact(closing_due_at=NOON), fact(closed_at=NOON)]
    left_out = from_data({**as_data(one), "excluded": ground.value})
    with_it, without_it = counting.tally([*others, left_out], SPAN), counting.tally(others, SPAN)
    for code in Indicator:
        assert with_it.counts[code].share == without_it.counts[code].share


@given(any_fact)
def test_a_fact_survives_being_kept(one):
    assert from_data(as_data(one)) == one


def _sums(rows: list[Tally]) -> dict[Indicator, tuple[int, int, int]]:
    return {
        code: (
            sum(row.counts[code].numerator for row in rows),
            sum(row.counts[code].denominator for row in rows),
            sum(row.counts[code].excluded for row in rows),
        )
        for code in Indicator
    }
