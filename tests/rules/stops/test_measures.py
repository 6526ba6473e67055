"""Goods that are held: asked, approved, settled in time; seizure only where the town may."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    HELD,
    INQUIRY,
    PERFORMING,
    POWER,
    SEIZED,
    TAKEN,
    act,
    allows,
    asked,
    at,
    forbids,
    holding,
    world,
)

A = Action
NO_SEIZURE = [world(local={}), world(local={"seizure_allowed": False})]


def test_no_second_hold_while_the_first_is_open():
    assert forbids("hold_not_ended", act(A.ASK_HOLD), holding(HELD))
    assert forbids("hold_not_ended", act(A.ASK_HOLD), holding(replace(HELD, lapsed=True)))


def test_when_it_is_settled_another_may_be_asked_for():
    assert allows("hold_not_ended", act(A.ASK_HOLD), holding(replace(HELD, ended="returned")))


def test_the_head_approves_no_hold_nobody_asked_for():
    assert forbids("hold_not_asked", act(A.APPROVE_HOLD), INQUIRY)
    assert forbids("hold_not_asked", act(A.APPROVE_HOLD), holding(HELD))


def test_he_approves_one_that_was():
    assert allows("hold_not_asked", act(A.APPROVE_HOLD), holding(asked("hold")))


def test_a_hold_nobody_approved_is_not_settled():
    assert forbids("hold_not_approved", act(A.SETTLE_HOLD), holding(asked("hold")))
    assert allows("hold_not_approved", act(A.SETTLE_HOLD), holding(HELD))


@pytest.mark.parametrize("settlement", ["seized", "testing", "transferred"])
def test_after_seven_working_days_the_goods_only_go_back(settlement):
    over = holding(replace(HELD, since=at("11-11")))
    assert forbids("hold_lapsed", act(A.SETTLE_HOLD, settlement=settlement), over)
    assert forbids("hold_lapsed", act(A.SETTLE_HOLD, settlement=settlement), holding(replace(HELD, lapsed=True)))


def test_on_the_seventh_working_day_they_may_go_to_the_laboratory():
    assert allows("hold_lapsed", act(A.SETTLE_HOLD, settlement="testing"), holding(replace(HELD, since=at("11-12"))))


def test_a_hold_becomes_no_seizure_where_the_town_may_not_seize():
    assert forbids("seizure_forbidden", act(A.SETTLE_HOLD, settlement="seized"), outside=world(local={}))
    both = replace(INQUIRY, measures=(HELD, SEIZED))
    assert allows("seizure_forbidden", act(A.SETTLE_HOLD, settlement="seized"), both)


def test_a_hold_becomes_a_seizure_only_when_one_was_decided():
    assert forbids("nothing_seized", act(A.SETTLE_HOLD, settlement="seized"))
    waiting = replace(INQUIRY, measures=(HELD, asked("seizure")))
    assert forbids("nothing_seized", act(A.SETTLE_HOLD, settlement="seized"), waiting)


def test_goods_are_confiscated_and_disposed_of_by_a_decision_only():
    assert forbids("confiscated_without_decision", act(A.SETTLE_HOLD, settlement="confiscate"))
    assert allows("confiscated_without_decision", act(A.SETTLE_HOLD, settlement="confiscate"), holding(HELD, TAKEN))
    assert forbids("not_confiscated", act(A.DISPOSE_GOODS), PERFORMING)
    assert allows("not_confiscated", act(A.DISPOSE_GOODS), TAKEN)


def test_weekends_do_not_shorten_a_hold_and_the_clock_lapses_it_by_itself():
    assert allows("hold_lapsed", act(A.SETTLE_HOLD), holding(replace(HELD, since=at("11-11"))))
    assert allows("hold_lapsed", act(A.LAPSE_HOLD), holding(replace(HELD, since=at("11-11"))))


@pytest.mark.parametrize(
    ("action", "goods", "since"), [(A.LAPSE_HOLD, HELD, "11-12"), (A.LAPSE_SEIZURE, SEIZED, "10-24")]
)
def test_nothing_lapses_before_its_time(action, goods, since):
    assert forbids("not_yet_over", act(action), holding(replace(goods, since=at(since))))
    assert allows("not_yet_over", act(action))


def test_goods_are_returned_that_are_there():
    assert forbids("nothing_held", act(A.RETURN_GOODS), INQUIRY)
    assert forbids("nothing_held", act(A.LAPSE_HOLD), INQUIRY)
    assert allows("nothing_held", act(A.RETURN_GOODS), holding(replace(HELD, lapsed=True)))


@pytest.mark.parametrize("action", [A.ASK_SEIZURE, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE])
@pytest.mark.parametrize("outside", NO_SEIZURE)
def test_a_town_does_not_seize_unless_it_has_been_told_it_may(action, outside):
    assert forbids("seizure_forbidden", act(action), outside=outside)


@pytest.mark.parametrize("action", [A.ASK_SEIZURE, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE])
def test_where_it_may_it_does(action):
    assert allows("seizure_forbidden", act(action), outside=world(local={"seizure_allowed": True}))


@pytest.mark.parametrize("action", [A.ASK_SEIZURE, A.APPROVE_SEIZURE])
def test_under_an_entrusted_power_nothing_is_ever_seized(action):
    assert forbids("seizure_entrusted", act(action), outside=world(power=POWER | {"mode": "entrusted"}))
    assert allows("seizure_entrusted", act(action), outside=world(power=POWER | {"mode": "own"}))


def test_nothing_is_seized_twice():
    assert forbids("seizure_not_ended", act(A.ASK_SEIZURE), holding(SEIZED))
    assert allows("seizure_not_ended", act(A.ASK_SEIZURE), holding(replace(SEIZED, ended="decided")))


def test_the_head_approves_the_seizure_that_was_asked_for():
    assert forbids("seizure_not_asked", act(A.APPROVE_SEIZURE), INQUIRY)
    assert allows("seizure_not_asked", act(A.APPROVE_SEIZURE), holding(asked("seizure")))


@pytest.mark.parametrize("action", [A.EXTEND_SEIZURE, A.LIFT_SEIZURE, A.LAPSE_SEIZURE])
def test_only_what_is_seized_is_extended_or_lifted(action):
    assert forbids("nothing_seized", act(action), INQUIRY)
    assert forbids("nothing_seized", act(action), holding(asked("seizure")))
    assert allows("nothing_seized", act(action))


def test_a_seizure_is_extended_once():
    assert forbids("extended_before", act(A.EXTEND_SEIZURE), holding(replace(SEIZED, extended=True)))
    assert allows("extended_before", act(A.EXTEND_SEIZURE), holding(SEIZED))


def test_and_before_its_thirty_days_are_over():
    assert forbids("seizure_lapsed", act(A.EXTEND_SEIZURE), holding(replace(SEIZED, since=at("10-21"))))
    assert allows("seizure_lapsed", act(A.EXTEND_SEIZURE), holding(replace(SEIZED, since=at("10-24"))))


def test_a_weekend_makes_no_seizure_longer():
    over_on_saturday = holding(replace(SEIZED, since=at("10-22")))
    assert forbids("seizure_lapsed", act(A.EXTEND_SEIZURE), over_on_saturday)
    assert allows("not_yet_over", act(A.LAPSE_SEIZURE), over_on_saturday)
    assert forbids("not_yet_over", act(A.LAPSE_SEIZURE), holding(replace(SEIZED, since=at("10-24"))))


def test_what_has_lapsed_is_lifted_because_it_has():
    lapsed = holding(replace(SEIZED, lapsed=True))
    assert forbids("lifted_late", act(A.LIFT_SEIZURE, release_ground="decided"), lapsed)
    assert allows("lifted_late", act(A.LIFT_SEIZURE, release_ground="expired"), lapsed)
    assert allows("lifted_late", act(A.LIFT_SEIZURE, release_ground="decided"))
