"""Replaying: the work's own durations stay, whenever it begins; who is on duty signs as fast as he did."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.duty_waits import Duty, median, reaction, watch
from oversight.rules.proof import compare, is_due
from oversight.rules.replaying import after
from town.days import Calendar, SpecialDay
from town.duty import LeaveFact, ShiftFact

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = ((dt.time(8, 30), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
HOLIDAYS = {dt.date(2026, 10, day): SpecialDay(False, "国庆节") for day in range(1, 8)}
CALENDAR = Calendar(ZONE, OFFICE, HOLIDAYS, {2026})
MINUTE = dt.timedelta(minutes=1)
MOMENTS = st.integers(0, 40 * 24 * 60).map(lambda minutes: local(9, 20) + minutes * MINUTE)
SPANS = st.integers(0, 6 * 24 * 60).map(lambda minutes: minutes * MINUTE)


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(dt.UTC)


def shift(squad: str, day: int, first: int, last: int) -> ShiftFact:
    return ShiftFact(squad, f"of-{squad}", local(10, day, first), local(10, day, last), True)


@given(MOMENTS, SPANS)
def test_work_that_begins_when_it_began_ends_when_it_ended(began, took):
    assert after(began, began + took, began, CALENDAR) == began + took


@given(MOMENTS, SPANS, MOMENTS, SPANS)
def test_what_begins_later_never_ends_earlier(began, took, now, later):
    assert after(began, began + took, now, CALENDAR) <= after(began, began + took, now + later, CALENDAR)
    assert after(began, began + took, now, CALENDAR) >= now


def test_three_office_hours_stay_three_office_hours_over_lunch_and_night():
    began, ended = local(10, 12, 9), local(10, 12, 12)
    assert after(began, ended, local(10, 12, 11), CALENDAR) == local(10, 12, 15, 30)
    assert after(began, ended, local(10, 12, 17), CALENDAR) == local(10, 13, 11)
    assert after(local(9, 30, 16), local(9, 30, 17, 30), local(9, 30, 17), CALENDAR) == local(10, 8, 9, 30)


def test_what_was_done_in_the_evening_takes_as_long_at_any_time():
    assert after(local(10, 12, 20), local(10, 12, 21), local(10, 12, 9), CALENDAR) == local(10, 12, 10)


def test_the_same_roster_moves_nothing_and_a_night_shift_moves_what_waited_for_the_morning():
    day, night = [shift("CZ", 12, 8, 20)], [shift("CZ", 12, 0, 20)]
    given_at, signed_at = local(10, 12, 1), local(10, 12, 8, 15)
    same = Duty(watch(day, ()), watch(day, ()))
    assert same.signed("CZ", "CZ", given_at, signed_at, given_at) == signed_at
    tried = Duty(watch(day, ()), watch(night, ()))
    assert tried.signed("CZ", "CZ", given_at, signed_at, given_at) == local(10, 12, 1, 15)
    away = [LeaveFact("of-CZ", local(10, 12, 0), local(10, 12, 6))]
    with_leave = Duty(watch(day, away), watch(night, away))
    assert with_leave.signed("CZ", "CZ", given_at, signed_at, given_at) == local(10, 12, 6, 15)


def test_what_was_signed_for_while_nobody_was_on_duty_is_signed_for_as_fast_as_usual():
    none, night = watch((), ()), watch([shift("CZ", 12, 0, 8)], ())
    given_at, signed_at = local(10, 12, 1), local(10, 12, 3)
    usual = {"CZ": 12 * MINUTE}
    assert Duty(none, night, usual).signed("CZ", "CZ", given_at, signed_at, given_at) == local(10, 12, 1, 12)
    assert Duty(none, none, usual).signed("CZ", "CZ", given_at, signed_at, given_at) == signed_at
    assert reaction(none, "CZ", given_at, signed_at) is None
    assert reaction(night, "CZ", given_at, signed_at) == signed_at - given_at
    assert median([3 * MINUTE, MINUTE, 2 * MINUTE]) == 2 * MINUTE
    assert median([]) is None


@given(MOMENTS, st.integers(0, 3 * 24 * 60))
def test_a_roster_that_is_the_same_never_moves_a_signature(given_at, wait):
    roster = watch([shift("CZ", day, 8, 20) for day in range(1, 30)], ())
    signed_at = given_at + wait * MINUTE
    same = Duty(roster, roster, {"CZ": 5 * MINUTE})
    assert same.signed("CZ", "CZ", given_at, signed_at, given_at) == signed_at


@given(MOMENTS)
def test_a_night_is_proved_once(now):
    local_now = now.astimezone(ZONE)
    assert is_due(local_now, None)
    assert not is_due(local_now, local_now)
    assert is_due(local_now + dt.timedelta(days=1), local_now)


def test_what_could_not_be_looked_at_is_not_settled():
    standing = frozenset({("a", "1"), ("a", "2"), ("b", "1")})
    changes = compare(standing, {("a", "2"): None, ("c", "1"): None}, frozenset({"a", "c"}))
    assert changes.new == (("c", "1"),)
    assert changes.kept == (("a", "2"), ("b", "1"))
    assert changes.settled == (("a", "1"),)
