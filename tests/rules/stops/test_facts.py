"""What a case remembers so that stops can ask for it: who investigated, what was consented to, what is still owed."""

from dataclasses import replace

import pytest

from enforcement.rules.cases import folding
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Contest, Payment, Served
from enforcement.rules.cases.owing import owing
from tests.rules.stops.cases import (
    CONCLUDED,
    FINE,
    INQUIRY,
    LIN,
    NOTIFIED,
    PERFORMING,
    SERVED,
    SU,
    TODAY,
    XU,
    YUNXI,
    ZHAO,
    act,
    case,
    day,
)

A = Action


def after(before, action, **given):
    return folding.after(before, act(action, **given))


def test_who_took_evidence_stays_an_investigator_when_another_takes_over():
    handed_over = after(INQUIRY, A.ASSIGN, officers=[SU, ZHAO], words="换人")
    assert handed_over.handlers == (SU, ZHAO)
    assert handed_over.investigators == (SU, LIN, ZHAO)


def test_who_only_hands_over_a_paper_has_not_investigated():
    assert after(case(A.SERVE_PAPER), A.CONFIRM_ADDRESS, officers=[SU, ZHAO]).investigators == (SU, LIN)


def test_a_review_is_remembered_by_the_login_of_the_reviewer():
    reviewed = folding.after(CONCLUDED, replace(act(A.REVIEW), known={"actor": XU}))
    assert reviewed.reviews == ((30, True, XU),)


@pytest.mark.parametrize(("consent", "channel"), [(True, "a@b.example"), (False, None), (None, "old@b.example")])
def test_who_says_no_takes_his_consent_back_and_who_says_nothing_keeps_it(consent, channel):
    before = replace(INQUIRY, electronic="old@b.example")
    assert after(before, A.CONFIRM_ADDRESS, electronic_consent=consent).electronic == channel


def test_what_is_submitted_rests_on_the_facts_and_the_evidence_of_the_conclusion():
    submitted = after(NOTIFIED, A.SUBMIT_DECISION).submitted
    assert submitted is not None
    assert (submitted.factors, submitted.evidence) == (FINE.factors, FINE.evidence)


def test_when_the_party_last_spoke_is_remembered():
    spoke = after(NOTIFIED, A.HEAR_DEFENCE)
    assert spoke.notice is not None
    assert (spoke.notice.defended, spoke.notice.heard) == (30, 0)
    heard = after(case(A.HOLD_HEARING), A.HOLD_HEARING).notice
    assert heard is not None
    assert heard.heard == 30


def test_why_a_higher_rule_does_not_fit_is_remembered():
    assert after(case(A.ASK_FILING), A.ASK_FILING, higher_excluded="有执照").higher_excluded == "有执照"


def received(on, **changes):
    served = replace(SERVED, served=Served("penalty_decision", 16, "in_person", day(on)))
    return replace(PERFORMING, decision=replace(served, **changes))


def test_nothing_is_owed_before_the_decision_is_received():
    assert owing(replace(PERFORMING, decision=replace(SERVED, served=None)), TODAY, YUNXI) is None
    assert owing(INQUIRY, TODAY, YUNXI) is None


def test_the_late_fee_reaches_the_fine_on_the_thirty_fourth_day():
    """Received on 30 September, due on 15 October: the 34th day is 18 November."""
    late = received("09-30")
    thirty_third, thirty_fourth = (owing(late, day(text), YUNXI) for text in ("11-17", "11-18"))
    assert thirty_third is not None
    assert thirty_fourth is not None
    assert (thirty_third.late_fee, thirty_fourth.late_fee) == (49_500, 50_000)


def test_confiscated_income_is_owed_without_a_fee():
    both = received("11-02", proposal=replace(FINE, kinds=("fine", "confiscate_income"), confiscate_fen=7_000))
    told = owing(both, TODAY, YUNXI)
    assert told is not None
    assert (told.principal, told.late_fee) == (57_000, 6 * 1_500)


def test_nothing_is_added_while_it_is_contested():
    contested = replace(received("11-02"), contests=(Contest("suit", 15, day("11-10")),))
    told = owing(contested, TODAY, YUNXI)
    assert told is not None
    assert told.late_fee == 0


def test_approved_parts_and_what_was_paid_before_make_up_the_fine():
    parts = ({"due": "2026-12-10", "fen": 30_000},)
    some = replace(received("11-02"), schedule=parts, payments=(Payment(17, day("11-10"), 20_000, "bank", "1"),))
    told = owing(some, TODAY, YUNXI)
    assert told is not None
    assert (told.left, told.late_fee, told.next_due) == (30_000, 0, day("12-10"))
