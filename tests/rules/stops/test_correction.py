"""Putting it right: ordered or a reason recorded before any decision, first where the law says first."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import CorrectionOrder
from tests.rules.stops.cases import DECIDING, INQUIRY, PROVISION, act, allows, case, day, forbids, world

A = Action
REFUSAL = world(law={"provision": PROVISION | {"stage": "refusal"}, "why": "", "lawful_now": False})


def ordered(result, until="11-05", before=INQUIRY):
    return replace(before, corrections=(CorrectionOrder(5, day(until), result),))


@pytest.mark.parametrize("action", [A.CONCLUDE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.SUBMIT_DECISION, A.DECIDE])
def test_no_penalty_without_an_order_to_put_it_right(action):
    assert forbids("no_correction", act(action), replace(case(action), corrections=()))


def test_an_order_or_a_recorded_reason_will_do():
    none = replace(INQUIRY, corrections=())
    assert allows("no_correction", act(A.CONCLUDE), ordered(None))
    assert allows("no_correction", act(A.CONCLUDE), replace(none, no_correction="已经清理"))
    spot = replace(case(A.DECIDE_ON_SPOT), corrections=())
    assert allows("no_correction", act(A.DECIDE_ON_SPOT, no_correction_because="当场清理"), spot)


def test_where_nothing_was_proven_there_is_nothing_to_put_right():
    told = act(A.CONCLUDE, outcome="not_proven", kinds=None, fine_fen=None)
    assert allows("no_correction", told, replace(INQUIRY, corrections=()))


@pytest.mark.parametrize("result", [None, "corrected", "partly"])
def test_a_fine_for_refusing_to_correct_needs_a_re_check_that_shows_it(result):
    assert forbids("correct_first", act(A.CONCLUDE), ordered(result), REFUSAL)
    assert forbids("correct_first", act(A.DECIDE), ordered(result, before=DECIDING), REFUSAL)


@pytest.mark.parametrize("result", ["not", "refused"])
def test_with_that_re_check_it_may_be_imposed(result):
    assert allows("correct_first", act(A.CONCLUDE), ordered(result), REFUSAL)


def test_nothing_is_re_checked_that_was_not_ordered():
    assert forbids("nothing_to_recheck", act(A.RECHECK_CORRECTION), replace(INQUIRY, corrections=()))
    assert allows("nothing_to_recheck", act(A.RECHECK_CORRECTION))


def test_nobody_is_late_before_his_term_is_over():
    assert forbids("recheck_too_early", act(A.RECHECK_CORRECTION, corrected="not"), ordered(None, "11-23"))
    assert allows("recheck_too_early", act(A.RECHECK_CORRECTION, corrected="not"), ordered(None, "11-20"))


def test_but_who_refuses_has_refused():
    assert allows("recheck_too_early", act(A.RECHECK_CORRECTION, corrected="refused"), ordered(None, "11-23"))
