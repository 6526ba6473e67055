"""What is late or amiss and still no wall: missed terms, goods kept too long, a power lost, nothing filmed."""

from dataclasses import replace

import pytest

from enforcement.rules.cases import folding
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.alarms import ClockFact, alarms, warnings
from enforcement.rules.cases.clocks import BY_KIND
from enforcement.rules.cases.states import State
from tests.rules.stops.cases import (
    DECIDING,
    HELD,
    INQUIRY,
    PERFORMING,
    SEIZED,
    SU,
    TODAY,
    act,
    allows,
    at,
    day,
    holding,
    world,
)

A = Action
LATE = ClockFact("decide", day("11-20"), "missed")


def told(case, *clocks, power=None):
    return [(one.code, one.clock) for one in alarms(case, clocks, TODAY, power)]


def test_ninety_days_missed_are_an_alarm_with_the_article_and_no_wall():
    (alarm,) = alarms(DECIDING, [LATE], TODAY)
    assert (alarm.code, alarm.article, alarm.since) == ("clock_missed", "行政处罚法第六十条", day("11-20"))
    assert "作出决定" in alarm.sentence
    assert allows("unknown", act(A.DECIDE))


@pytest.mark.parametrize("until", [None, "2026-11-23"])
def test_with_an_approved_reason_it_is_none(until):
    assert told(replace(DECIDING, reasons={"decide": until}), LATE) == []


def test_when_the_approved_time_is_over_it_is_one_again():
    assert told(replace(DECIDING, reasons={"decide": "2026-11-22"}), LATE) == [("clock_missed", "decide")]


@pytest.mark.parametrize("state", ["running", "met", "dropped"])
def test_a_term_that_runs_or_was_kept_is_no_alarm(state):
    assert told(DECIDING, replace(LATE, state=state)) == []


@pytest.mark.parametrize("kind", [row.clock for row in BY_KIND.values() if row.window])
def test_the_partys_own_time_running_out_is_nobodys_fault(kind):
    assert told(PERFORMING, ClockFact(kind, day("11-20"), "missed")) == []


def test_a_clock_of_another_room_is_not_ours():
    assert told(PERFORMING, ClockFact("arrive", day("11-20"), "missed")) == []


@pytest.mark.parametrize(("goods", "kind"), [(HELD, "hold"), (SEIZED, "seizure")])
def test_goods_kept_after_their_term_ring_until_they_are_back(goods, kind):
    over = ClockFact(kind, day("11-20"), "missed")
    assert told(holding(goods), over) == [(f"{kind}_lapsed", kind)]
    assert told(holding(replace(goods, lapsed=True))) == [(f"{kind}_lapsed", kind)]
    assert told(holding(replace(goods, lapsed=True, ended="returned")), over) == []
    assert told(holding(goods)) == []


HANDED_BACK = {"in_force": False, "code": "handed_back", "why": "自 2026-11-16 起已退回。"}


def test_a_power_handed_back_while_the_case_is_under_way_is_told():
    assert told(INQUIRY, power=HANDED_BACK) == [("power_lost", None)]
    assert told(INQUIRY, power=HANDED_BACK | {"in_force": True}) == []


@pytest.mark.parametrize("case", [PERFORMING, replace(INQUIRY, state=State.TRANSFERRED)])
def test_after_the_decision_or_the_transfer_it_no_longer_matters(case):
    assert told(case, power=HANDED_BACK) == []


WANTED = {"local": {"recorded_acts": ["inspect", "approve_hold"]}}


def test_an_inspection_nobody_filmed_is_told_since_its_day():
    unfilmed = folding.after(INQUIRY, replace(act(A.INSPECT), known=WANTED))
    (alarm,) = alarms(unfilmed, [], TODAY)
    assert (alarm.code, alarm.article, alarm.since) == ("not_filmed", "行政处罚法第四十七条", TODAY)
    filmed = folding.after(INQUIRY, replace(act(A.INSPECT, device="JLY-07"), known=WANTED))
    assert alarms(filmed, [], TODAY) == ()
    assert alarms(folding.after(INQUIRY, act(A.INSPECT)), [], TODAY) == ()


def test_before_it_begins_the_recorder_is_called_to_mind():
    outside = world(local={"recorded_acts": ["inspect"]})
    (sentence,) = warnings(INQUIRY, A.INSPECT, outside)
    assert "执法记录仪" in sentence
    assert warnings(INQUIRY, A.QUESTION, outside) == ()


def test_an_inquiry_that_goes_on_under_a_challenge_is_reminded_of_it():
    (sentence,) = warnings(replace(INQUIRY, challenges=(SU,)), A.INSPECT, world())
    assert "不停止" in sentence


def test_the_oldest_alarm_comes_first():
    found = told(holding(replace(HELD, since=at("11-09"), lapsed=True), DECIDING), LATE)
    assert found == [("clock_missed", "decide"), ("hold_lapsed", "hold")]
