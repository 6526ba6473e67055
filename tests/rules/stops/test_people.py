"""Who may act: two officers with certificates of their own, nobody with an interest, nobody on his own case."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    DECIDING,
    FANG,
    INQUIRY,
    LIN,
    PEOPLE,
    SU,
    XIAO_LIN,
    XIAO_WU,
    XU,
    ZHAO,
    ZHOU,
    act,
    allows,
    case,
    forbids,
    person,
    world,
)

A = Action
LENT = replace(INQUIRY, handlers=(SU, ZHAO))
"""赵海 of the other squad was assigned to the case."""
TAKING = [A.INSPECT, A.QUESTION, A.ADD_EVIDENCE, A.SAMPLE, A.VERIFY_EVIDENCE, A.ASK_HOLD, A.SERVE_NOTICE, A.CONCLUDE]
TAKING += [A.SERVE_DECISION, A.SUBMIT_DECISION, A.DECIDE_ON_SPOT, A.HEAR_DEFENCE]


@pytest.mark.parametrize("action", TAKING)
def test_su_min_alone_takes_no_evidence_serves_and_proposes_nothing(action):
    assert forbids("two_officers", act(action, officers=[SU]))
    assert forbids("two_officers", act(action, officers=[SU, SU]))


@pytest.mark.parametrize("action", TAKING)
def test_su_min_and_lin_xiaofeng_do_it_together(action):
    assert allows("two_officers", act(action, officers=[SU, LIN]))


def knowing(**people):
    return world(officers=PEOPLE | people)


def test_an_officer_whose_certificate_has_run_out_takes_no_evidence():
    expired = person(LIN, ok=False, code="expired", why="执法证 云执 0001 已于 2026-10-31 到期")
    assert forbids("not_qualified", act(A.INSPECT), outside=knowing(**{LIN: expired}))


def test_an_officer_with_a_valid_certificate_does():
    assert allows("not_qualified", act(A.INSPECT, officers=[SU, ZHAO]), LENT)


def test_somebody_nobody_knows_is_no_officer():
    assert forbids("unknown", act(A.INSPECT, officers=[SU, "stranger"]))


def test_two_people_do_not_share_one_certificate():
    same = person(LIN, number=person(SU)["number"])
    assert forbids("same_certificate", act(A.INSPECT), outside=knowing(**{LIN: same}))
    assert forbids("same_certificate", act(A.INSPECT), outside=knowing(**{LIN: person(LIN, number=None)}))


def test_each_with_his_own_certificate_may_act():
    assert allows("same_certificate", act(A.INSPECT))


@pytest.mark.parametrize("helper", [XIAO_LIN, XIAO_WU])
def test_a_grid_worker_or_auxiliary_never_stands_in_for_an_officer(helper):
    assert forbids("auxiliary", act(A.INSPECT, officers=[SU, helper]))
    assert forbids("auxiliary", act(A.DECIDE_ON_SPOT, officers=[SU, LIN, helper]))


def test_without_helpers_among_them_the_officers_act():
    assert allows("auxiliary", act(A.DECIDE_ON_SPOT))


def related(login):
    return world(conflicts=[{"login": login, "about": "party:party-1"}])


def test_an_officer_who_is_related_to_the_party_withdraws():
    assert forbids("conflict", act(A.INSPECT), outside=related(LIN))


@pytest.mark.parametrize(("action", "who"), [(A.DECIDE, ZHOU), (A.CALL_HEARING, FANG), (A.REVIEW, XU)])
def test_so_do_who_decides_chairs_or_reviews(action, who):
    assert forbids("conflict", act(action), outside=related(who))


def test_nor_does_he_write_down_what_others_did():
    assert forbids("conflict", act(A.REQUEST_HEARING), outside=related(SU))
    assert forbids("withdrawn", act(A.CHALLENGE, challenged=LIN), replace(INQUIRY, withdrawn_officers=(SU,)))


def test_the_relation_of_somebody_else_stops_nobody():
    assert allows("conflict", act(A.INSPECT), outside=related(ZHAO))


def test_an_officer_whose_withdrawal_was_granted_does_nothing_more_in_the_case():
    assert forbids("withdrawn", act(A.QUESTION), replace(INQUIRY, withdrawn_officers=(LIN,)))
    assert forbids("withdrawn", act(A.ASSIGN, words="换人"), replace(INQUIRY, withdrawn_officers=(LIN,)))


def test_another_takes_his_place():
    assert allows("withdrawn", act(A.QUESTION, officers=[SU, ZHAO]), replace(LENT, withdrawn_officers=(LIN,)))


@pytest.mark.parametrize("action", [A.INSPECT, A.CONCLUDE, A.SUBMIT_DECISION, A.SERVE_DECISION, A.ASSIGN])
def test_a_squad_handles_its_cases_with_its_own_people(action):
    assert forbids("other_squad", act(action, officers=[SU, ZHAO]))
    assert allows("other_squad", act(action, officers=[SU, LIN]))


def test_who_is_lent_is_assigned_with_the_reason_and_acts_from_then_on():
    assert forbids("other_squad", act(A.ASSIGN, officers=[SU, ZHAO], loan_words="  "))
    assert allows("other_squad", act(A.ASSIGN, officers=[SU, ZHAO], loan_words="林晓峰休假，城东中队长赵海同意借调。"))
    assert allows("other_squad", act(A.INSPECT, officers=[SU, ZHAO]), LENT)


def test_nothing_is_decided_while_a_challenge_waits():
    assert forbids("challenge_pending", act(A.DECIDE), replace(DECIDING, challenges=(SU,)))
    assert forbids("challenge_pending", act(A.DECIDE_ON_SPOT), replace(case(A.DECIDE_ON_SPOT), challenges=(SU,)))


def test_no_hearing_is_held_by_a_chair_who_is_challenged():
    before = case(A.HOLD_HEARING)
    assert forbids("challenge_pending", act(A.HOLD_HEARING), replace(before, challenges=(FANG,)))
    assert allows("challenge_pending", act(A.HOLD_HEARING), replace(before, challenges=(SU,)))


@pytest.mark.parametrize("action", [A.INSPECT, A.QUESTION, A.ADD_EVIDENCE, A.CONCLUDE])
def test_but_the_inquiry_goes_on_meanwhile(action):
    assert allows("challenge_pending", act(action), replace(INQUIRY, challenges=(SU,)))


def test_nobody_rules_on_a_challenge_that_was_not_made():
    assert forbids("not_challenged", act(A.RULE_CHALLENGE), replace(INQUIRY, challenges=(LIN,)))


def test_the_head_rules_on_one_that_was():
    assert allows("not_challenged", act(A.RULE_CHALLENGE))


def test_nobody_rules_on_himself():
    before = replace(INQUIRY, challenges=(ZHOU,))
    assert forbids("rules_on_himself", act(A.RULE_CHALLENGE, challenged=ZHOU), before)


def test_the_head_rules_on_others():
    assert allows("rules_on_himself", act(A.RULE_CHALLENGE, challenged=SU))


APPROVALS = [A.FILE, A.APPROVE_FAST, A.APPROVE_HOLD, A.APPROVE_NOTICE, A.DECIDE, A.DISCUSS, A.CLOSE]


@pytest.mark.parametrize("action", APPROVALS)
def test_who_investigated_does_not_approve(action):
    assert forbids("approves_own_case", act(action), replace(case(action), investigators=(SU, LIN, ZHOU)))


@pytest.mark.parametrize("action", APPROVALS)
def test_the_head_who_did_not_investigate_approves(action):
    assert allows("approves_own_case", act(action))


def test_who_took_evidence_does_not_review_it():
    assert forbids("reviews_own_case", act(A.REVIEW), replace(case(A.REVIEW), investigators=(SU, XU)))
    assert forbids("reviews_own_case", act(A.REVIEW_EVIDENCE), replace(case(A.REVIEW_EVIDENCE), handlers=(SU, XU)))


def test_who_had_no_part_in_it_reviews():
    assert allows("reviews_own_case", act(A.REVIEW))
    assert allows("reviews_own_case", act(A.REVIEW_EVIDENCE))


def test_an_investigator_chairs_no_hearing():
    assert forbids("hears_own_case", act(A.CALL_HEARING, chair=LIN))
    assert forbids("hears_own_case", act(A.HOLD_HEARING), replace(case(A.HOLD_HEARING), investigators=(FANG,)))


def test_somebody_else_does():
    assert allows("hears_own_case", act(A.CALL_HEARING, chair=FANG))
    assert allows("hears_own_case", act(A.HOLD_HEARING))


def test_a_reviewer_without_the_legal_qualification_does_not_review():
    assert forbids("reviewer_unqualified", act(A.REVIEW), outside=knowing(**{XU: person(XU, qualified=False)}))


def test_a_qualified_one_does():
    assert allows("reviewer_unqualified", act(A.REVIEW))
