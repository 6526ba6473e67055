"""Money: read and written as people do, grown by 3 % a day and never beyond the fine, paid in parts without losing a fen."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules import money, numerals
from enforcement.rules.money import Instalment, Payment, Share, late_fee, owed

DUE = dt.date(2026, 11, 10)
FINE = 50_000
DAYS = st.dates(dt.date(2026, 10, 1), dt.date(2027, 3, 31))
SUMS = st.integers(0, 3_000_000)


def after(days):
    return DUE + dt.timedelta(days)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,250.50 元", 125_050),
        ("1250", 125_000),
        ("￥1,250.5", 125_050),
        ("人民币１２５０元整", 125_000),
        ("1.5万元", 1_500_000),
        ("5千元", 500_000),
        ("四百元", 40_000),
        ("五百元整", 50_000),
        ("二万五千元", 2_500_000),
        ("两千元", 200_000),
        ("十万元", 10_000_000),
        ("一千零五元", 100_500),
        ("壹仟贰佰伍拾元整", 125_000),
        ("壹拾万零伍仟圆正", 10_500_000),
        ("三元五角", 350),
        ("叁元零伍分", 305),
        ("伍分", 5),
        ("零元整", 0),
    ],
)
def test_a_sum_is_read_however_it_is_written(text, fen):
    assert money.parse(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "元", "整", "罚款四百元", "四百元以上", "二万五", "二万五元", "百元", "1,25元", "12,50元", "1.505元", "-5元", "四百",
     "十五角", "1200余元", "五百元五百元", "一二元", "1元5", "万元", "0.0000001万元"],
)  # fmt: skip
def test_what_is_not_one_sum_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        money.parse(text)


@pytest.mark.parametrize(
    ("fen", "read", "capitals"),
    [
        (125_000, "1,250 元", "壹仟贰佰伍拾元整"),
        (125_050, "1,250.50 元", "壹仟贰佰伍拾元伍角整"),
        (305, "3.05 元", "叁元零伍分"),
        (5, "0.05 元", "伍分"),
        (0, "0 元", "零元整"),
        (10_050_032, "100,500.32 元", "壹拾万零伍佰元叁角贰分"),
    ],
)
def test_a_sum_is_written_for_the_eye_and_in_capitals(fen, read, capitals):
    assert (money.yuan(fen), money.capitals(fen)) == (read, capitals)


def test_a_sum_given_back_is_written_with_its_sign():
    assert money.yuan(-5) == "-0.05 元"


@given(st.integers(0, 10**14 - 1))
def test_what_is_written_is_read_back(fen):
    assert money.parse(money.yuan(fen)) == money.parse(money.capitals(fen)) == fen


@given(st.integers(0, numerals.LIMIT - 1))
def test_numerals_are_read_back_in_both_scripts(number):
    assert numerals.number(numerals.words(number)) == numerals.number(numerals.capitals(number)) == number


@given(st.text("零一二两三十百千万亿五", max_size=8))
def test_no_numeral_has_two_readings(text):
    try:
        value = numerals.number(text)
    except ValueError:
        return
    assert text.replace("两", "二").replace("零", "").removeprefix("一") in (
        numerals.words(value).replace("零", "").removeprefix("一")
    )


@pytest.mark.parametrize("number", [-1, numerals.LIMIT])
def test_only_numbers_people_say_are_spelled(number):
    with pytest.raises(ValueError, match="not a number"):
        numerals.words(number)


def test_who_pays_on_the_last_day_owes_nothing_more():
    assert late_fee(FINE, DUE, DUE) == 0


@pytest.mark.parametrize(("days", "fen"), [(1, 1_500), (10, 15_000), (33, 49_500), (34, 50_000), (400, 50_000)])
def test_every_day_adds_three_percent_until_the_fine_is_reached_on_day_34(days, fen):
    assert late_fee(FINE, DUE, after(days)) == fen


def test_nothing_grows_during_reconsideration_and_what_grew_before_stays():
    review = (after(5), after(40))
    assert late_fee(FINE, DUE, after(40), [review]) == late_fee(FINE, DUE, after(4)) == 6_000
    assert late_fee(FINE, DUE, after(41), [review]) == 7_500


def test_a_suit_that_still_runs_stops_it_for_good():
    assert late_fee(FINE, DUE, after(300), [(after(3), None)]) == 3_000


def test_a_part_of_a_fen_is_not_asked_for():
    assert [late_fee(333, DUE, after(days)) for days in (1, 2, 3, 4)] == [9, 19, 29, 39]


@given(fine=SUMS, until=DAYS, spans=st.lists(st.tuples(DAYS, DAYS), max_size=3))
def test_late_fees_never_pass_the_fine_and_never_shrink(fine, until, spans):
    spans = [(min(span), max(span)) for span in spans]
    fee = late_fee(fine, DUE, until, spans)
    assert 0 <= fee <= late_fee(fine, DUE, until) <= fine
    assert fee <= late_fee(fine, DUE, until + money.DAY, spans)
    if any(first <= until <= last for first, last in spans):
        assert fee == late_fee(fine, DUE, until - money.DAY, spans)


@given(SUMS, st.integers(1, 24))
def test_instalments_make_up_the_whole_and_are_alike(total, parts):
    shares = money.split(total, parts)
    assert (len(shares), sum(shares)) == (parts, total)
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize(("total", "parts"), [(100, 0), (-1, 2)])
def test_nothing_is_split_into_no_parts(total, parts):
    with pytest.raises(ValueError, match="parts"):
        money.split(total, parts)


ONCE = (Instalment(DUE, FINE),)
THRICE = tuple(Instalment(after(30 * n), fen) for n, fen in enumerate(money.split(FINE, 3)))


def test_before_the_day_all_is_owed_and_nothing_overdue():
    assert owed(FINE, 20_000, ONCE, (), DUE) == money.Owed(70_000, 0, 0, 70_000, 0, 0, DUE)


def test_who_pays_in_time_is_quit():
    paid = owed(FINE, 0, ONCE, [Payment(DUE, FINE)], after(100))
    assert (paid.late_fee, paid.left, paid.next_due) == (0, 0, None)


def test_a_payment_goes_to_the_fine_first_and_what_is_paid_stops_growing():
    debt = owed(FINE, 0, ONCE, [Payment(after(10), 25_000)], after(20))
    assert debt.late_fee == 10 * 1_500 + 10 * 750
    assert (debt.left, debt.overdue, debt.next_due) == (25_000 + 22_500, 25_000, DUE)


def test_the_day_of_payment_still_counts():
    assert owed(FINE, 0, ONCE, [Payment(after(1), FINE)], after(9)).left == 1_500


def test_a_town_may_set_payments_against_the_late_fee_first():
    late_first = (Share.LATE_FEE, Share.FINE, Share.CONFISCATED)
    debt = owed(FINE, 0, ONCE, [Payment(after(10), 25_000)], after(20), order=late_first)
    assert debt.late_fee == 10 * 1_500 + 10 * 1_200
    assert debt.overdue == 40_000


def test_an_approved_instalment_does_not_grow_before_its_own_day():
    debt = owed(FINE, 0, THRICE, [Payment(DUE, 16_667)], after(30))
    assert (debt.late_fee, debt.overdue, debt.next_due) == (0, 0, after(30))


def test_only_the_instalment_that_was_missed_grows():
    debt = owed(FINE, 0, THRICE, [Payment(DUE, 16_667)], after(40))
    assert (debt.late_fee, debt.overdue) == (10 * 16_667 * 3 // 100, 16_667)


def test_confiscated_gains_fall_due_but_do_not_grow():
    debt = owed(0, 80_000, (Instalment(DUE, 0),), (), after(50))
    assert (debt.late_fee, debt.overdue, debt.left) == (0, 80_000, 80_000)


def test_who_paid_too_much_gets_it_back():
    debt = owed(FINE, 0, ONCE, [Payment(DUE, FINE), Payment(DUE, 100)], after(1))
    assert (debt.left, debt.excess) == (0, 100)


def test_what_is_paid_later_is_not_known_yet():
    assert owed(FINE, 0, ONCE, [Payment(after(5), FINE)], after(2)).paid == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"instalments": ()},
        {"instalments": (Instalment(DUE, FINE - 1),)},
        {"instalments": (Instalment(DUE, FINE + 1), Instalment(DUE, -1))},
        {"payments": (Payment(DUE, 0),)},
        {"order": (Share.FINE,)},
    ],
)
def test_a_plan_that_does_not_add_up_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        owed(**{"fine_fen": FINE, "confiscated_fen": 0, "instalments": ONCE, "payments": (), "day": DUE} | wrong)


PAYMENTS = st.lists(st.builds(Payment, DAYS, st.integers(1, 1_500_000)), max_size=5)
PLANS = st.lists(st.builds(Instalment, DAYS, SUMS), min_size=1, max_size=4)
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda ends: (min(ends), max(ends))), max_size=2)


@given(PLANS, SUMS, PAYMENTS, DAYS, SPANS, st.sampled_from(list(permutations(Share))))
def test_no_fen_is_lost_and_the_late_fee_keeps_below_the_fine(plan, confiscated, payments, day, paused, order):
    fine = sum(one.fen for one in plan)
    debt = owed(fine, confiscated, plan, payments, day, paused, order)
    assert debt.principal == fine + confiscated
    assert debt.paid == sum(one.fen for one in payments if one.day <= day)
    assert debt.principal + debt.late_fee == debt.paid - debt.excess + debt.left
    assert 0 <= debt.late_fee <= fine
    assert 0 <= debt.overdue <= debt.left
    assert debt.excess == 0 or debt.left == 0


@given(PLANS, PAYMENTS, DAYS, SPANS)
def test_the_late_fee_only_grows_from_day_to_day_and_rests_while_paused(plan, payments, day, paused):
    fine = sum(one.fen for one in plan)
    today, tomorrow = (owed(fine, 0, plan, payments, one, paused) for one in (day, day + money.DAY))
    assert today.late_fee <= tomorrow.late_fee
    if any(first <= day + money.DAY <= last for first, last in paused):
        assert today.late_fee == tomorrow.late_fee


@given(PLANS, PAYMENTS, DAYS, st.data())
def test_who_pays_earlier_never_owes_more(plan, payments, day, data):
    fine = sum(one.fen for one in plan)
    debt = owed(fine, 0, plan, payments, day)
    if payments:
        moved = data.draw(st.sampled_from(payments))
        earlier = [*payments, replace(moved, day=moved.day - money.DAY)]
        earlier.remove(moved)
        assert owed(fine, 0, plan, earlier, day).late_fee <= debt.late_fee


@given(SUMS, DAYS, SPANS)
def test_one_instalment_and_no_payment_is_the_plain_rule(fine, day, paused):
    assert owed(fine, 0, [Instalment(DUE, fine)], (), day, paused).late_fee == late_fee(fine, DUE, day, paused)
