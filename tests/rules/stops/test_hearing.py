"""The hearing: told where it is due, asked for in time, called in time, led by the one named."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    FANG,
    HEARD,
    TOLD,
    XU,
    act,
    allows,
    at,
    case,
    day,
    empty,
    forbids,
    moment,
    world,
)

A = Action
BOTH = [A.SUBMIT_DECISION, A.DECIDE]
DUE = world(hearing_due=True)


def told(action, notice=HEARD, **changes):
    return replace(case(action), notice=replace(notice, **changes))


@pytest.mark.parametrize("action", BOTH)
def test_a_large_fine_without_the_right_to_a_hearing_told_is_void(action):
    assert forbids("hearing_not_told", act(action), told(action, TOLD), DUE)


@pytest.mark.parametrize("action", BOTH)
def test_with_the_right_told_and_its_term_over_it_stands(action):
    assert allows("hearing_not_told", act(action), told(action), DUE)


def test_where_no_hearing_is_due_there_is_no_right_to_one():
    assert forbids("no_right_to_hearing", act(A.REQUEST_HEARING), told(A.REQUEST_HEARING, TOLD))
    assert forbids("no_right_to_hearing", act(A.WAIVE_HEARING), told(A.WAIVE_HEARING, TOLD))
    assert allows("no_right_to_hearing", act(A.REQUEST_HEARING))
    assert allows("no_right_to_hearing", act(A.WAIVE_HEARING))


def test_a_hearing_is_asked_for_within_five_working_days():
    late = act(A.REQUEST_HEARING, day="2026-11-18")
    assert forbids("hearing_asked_late", late, told(A.REQUEST_HEARING))
    assert allows("hearing_asked_late", act(A.REQUEST_HEARING, day="2026-11-17"), told(A.REQUEST_HEARING))


def test_the_party_hears_of_it_seven_working_days_before():
    assert forbids("hearing_called_late", act(A.CALL_HEARING, held_at=moment("12-01")))
    assert allows("hearing_called_late", act(A.CALL_HEARING, held_at=moment("12-02")))


def test_the_national_day_holiday_does_not_count():
    september = {"day": "2026-09-24"}
    assert forbids("hearing_called_late", act(A.CALL_HEARING, **september, held_at=moment("10-10")))
    assert not forbids("hearing_called_late", act(A.CALL_HEARING, **september, held_at=moment("10-12")))


def test_a_hearing_is_open_to_all_or_it_is_said_why_not():
    assert forbids("secret_hearing", act(A.CALL_HEARING, open_hearing=False))
    assert allows("secret_hearing", act(A.CALL_HEARING, open_hearing=False, words="涉及个人隐私"))


@pytest.mark.parametrize("action", [A.HOLD_HEARING, A.FORFEIT_HEARING])
def test_no_hearing_is_held_or_forfeited_that_nobody_was_called_to(action):
    assert forbids("hearing_not_called", act(action), told(action, hearing_asked=day("11-12")))
    assert allows("hearing_not_called", act(action))


def test_who_withdraws_his_request_needs_no_call():
    told_so = told(A.FORFEIT_HEARING, hearing_asked=day("11-12"))
    assert allows("hearing_not_called", act(A.FORFEIT_HEARING, forfeit="withdrawn"), told_so)


@pytest.mark.parametrize("begun", [moment("11-20", 9), moment("11-23", 8)])
def test_a_hearing_is_held_when_it_was_called_for(begun):
    assert forbids("hearing_other_time", act(A.HOLD_HEARING, begun=begun))


def test_the_chair_opens_it_on_the_hour_or_a_little_late():
    assert allows("hearing_other_time", act(A.HOLD_HEARING, begun=moment("11-23", 9)))
    assert allows("hearing_other_time", act(A.HOLD_HEARING, begun=moment("11-23", 10)))


def test_nobody_is_absent_before_it_begins():
    later = told(A.FORFEIT_HEARING, hearing_called=day("11-12"), hearing_at=at("11-24"), chair=FANG)
    assert forbids("hearing_other_time", act(A.FORFEIT_HEARING), later)
    assert allows("hearing_other_time", act(A.FORFEIT_HEARING))


def test_the_chair_is_the_one_that_was_named():
    called = case(A.HOLD_HEARING)
    assert forbids("other_chair", act(A.HOLD_HEARING), replace(called, notice=replace(called.notice, chair=XU)))
    assert allows("other_chair", act(A.HOLD_HEARING))


@pytest.mark.parametrize("action", BOTH)
def test_who_asked_for_a_hearing_gets_it_before_the_decision(action):
    assert forbids("hearing_not_over", act(action), told(action, hearing_asked=day("11-12")))


@pytest.mark.parametrize("action", BOTH)
@pytest.mark.parametrize("over", ["held", "absent", "withdrawn"])
def test_when_it_was_held_or_forfeited_the_decision_may_follow(action, over):
    ended = told(action, hearing_asked=day("11-12"), hearing_over=over, heard=13)
    assert allows("hearing_not_over", act(action), replace(ended, reviews=((14, True, XU),)))


@pytest.mark.parametrize("action", BOTH)
def test_nothing_is_decided_while_a_hearing_may_still_be_asked_for(action):
    waived_defence = told(action, hearing_until=day("11-23"), defence_waived=True)
    assert forbids("hearing_term_open", act(action), waived_defence)


@pytest.mark.parametrize("action", BOTH)
@pytest.mark.parametrize(
    "changes", [{"hearing_waived": True}, {"hearing_over": "held"}, {"hearing_until": day("11-22")}]
)
def test_unless_it_was_waived_held_or_let_pass(action, changes):
    before = told(action, **{"hearing_until": day("11-30"), **changes})
    assert allows("hearing_term_open", act(action), replace(before, reviews=((14, True, XU),)))


def test_the_button_says_so_before_the_form_is_filled():
    assert forbids("hearing_term_open", empty(A.SUBMIT_DECISION), told(A.SUBMIT_DECISION, hearing_until=day("11-23")))
