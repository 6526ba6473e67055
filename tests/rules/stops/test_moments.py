"""When an act says it was done, and whether it says why."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import INQUIRY, NOW, OPENED, act, allows, at, case, forbids, moment

A = Action


def test_nothing_is_recorded_before_it_is_done():
    assert forbids("in_future", act(A.INSPECT, when=at("11-24")))
    assert forbids("in_future", act(A.INSPECT, ended=moment("11-23", 11)))
    assert forbids("in_future", act(A.ADD_EVIDENCE, taken_at=moment("11-24")))
    assert allows("in_future", act(A.INSPECT, when=NOW))


def test_acts_stand_in_the_order_they_were_done():
    assert forbids("before_last_act", act(A.VERIFY_EVIDENCE, when=at("11-20", 9)))
    assert allows("before_last_act", act(A.VERIFY_EVIDENCE, when=at("11-20", 10)))
    assert allows("before_last_act", act(A.INSPECT), replace(INQUIRY, last_at=None))


@pytest.mark.parametrize("action", [A.SERVE_NOTICE, A.PAY, A.HEAR_DEFENCE, A.CONTEST, A.PUBLISH])
def test_a_day_that_has_not_come_is_not_written_down(action):
    assert forbids("day_in_future", act(action, day="2026-11-24"))
    assert allows("day_in_future", act(action))


def test_what_ends_has_begun():
    assert forbids("ends_before_begin", act(A.QUESTION, begun=moment("11-23", 10), ended=moment("11-23", 9)))
    assert allows("ends_before_begin", act(A.QUESTION, begun=moment("11-23", 9), ended=moment("11-23", 9)))


def test_a_term_to_put_things_right_leaves_time_to_do_so():
    assert forbids("until_passed", act(A.ORDER_CORRECTION, until="2026-11-22"))
    assert allows("until_passed", act(A.ORDER_CORRECTION, until="2026-11-23"))


@pytest.mark.parametrize("action", [A.WITHDRAW, A.DECLINE, A.REVOKE, A.TAKE_BACK, A.APPROVE_REASON])
def test_who_ends_undoes_or_excuses_says_why(action):
    assert forbids("left_empty", act(action, words="  "))
    assert allows("left_empty", act(action, words="重复立案"))


def test_a_record_of_questioning_has_questions_and_a_list_of_goods_has_goods():
    assert forbids("left_empty", act(A.QUESTION, answers=[]))
    assert forbids("left_empty", act(A.ASK_HOLD, items=[]))
    assert allows("left_empty", act(A.QUESTION))


@pytest.mark.parametrize(
    "told", [{"acted_from": "2026-11-03"}, {"discovered_on": "2026-11-01"}, {"discovered_on": "2026-11-24"}]
)
def test_what_is_filed_was_done_then_discovered(told):
    assert forbids("days_disordered", act(A.FILE), replace(case(A.FILE), opened={**OPENED, **told}))
    assert forbids("days_disordered", act(A.OPEN, **told))
    assert allows("days_disordered", act(A.FILE))
    assert allows("days_disordered", act(A.OPEN))
