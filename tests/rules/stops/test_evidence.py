"""How facts are found: rights told, evidence there, reviewed, verified and not excluded, a party that is known."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import CAMERA, DECIDING, FINE, INQUIRY, PAPER, act, allows, case, forbids

A = Action


def having(*evidence, before=INQUIRY):
    return replace(before, evidence=evidence)


@pytest.mark.parametrize("action", [A.INSPECT, A.QUESTION, A.DECIDE_ON_SPOT])
def test_who_shows_no_certificate_may_be_refused(action):
    assert forbids("certificate_not_shown", act(action, certificate_shown=False))


@pytest.mark.parametrize("action", [A.INSPECT, A.QUESTION, A.DECIDE_ON_SPOT])
def test_who_shows_it_may_not(action):
    assert allows("certificate_not_shown", act(action, certificate_shown=True))


def test_an_inspection_begins_with_the_right_to_object_to_the_officers():
    assert forbids("avoidance_not_told", act(A.INSPECT, avoidance_told=False))
    assert allows("avoidance_not_told", act(A.INSPECT, avoidance_told=True))


def test_questioning_begins_with_rights_and_duties():
    assert forbids("rights_not_told", act(A.QUESTION, rights_told=False))
    assert allows("rights_not_told", act(A.QUESTION, rights_told=True))


@pytest.mark.parametrize("action", [A.INSPECT, A.ORDER_CORRECTION, A.SAMPLE])
def test_who_does_not_sign_is_noted_down(action):
    assert forbids("refusal_unnoted", act(action, signature="refused"))
    assert allows("refusal_unnoted", act(action, signature="refused", witness="社区 李主任"))
    assert allows("refusal_unnoted", act(action, signature="absent", words="当事人离开现场"))


def test_who_does_not_sign_what_he_said_is_noted_down_too():
    assert forbids("refusal_unnoted", act(A.QUESTION, signature="refused"))
    assert allows("refusal_unnoted", act(A.QUESTION, signature="refused", words="核对无误后拒绝签字。"))


def test_evidence_that_is_not_in_the_case_cannot_be_named():
    assert forbids("no_such_evidence", act(A.VERIFY_EVIDENCE, evidence=[1, 7]))
    assert forbids("no_such_evidence", act(A.EXCLUDE_EVIDENCE, number=7))
    assert forbids("no_such_evidence", act(A.CONCLUDE, evidence=[7]))


def test_what_is_in_it_can():
    assert allows("no_such_evidence", act(A.VERIFY_EVIDENCE, evidence=[1]))


@pytest.mark.parametrize("action", [A.CONCLUDE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST])
def test_nobody_is_punished_before_it_is_known_who_it_was(action):
    assert forbids("party_missing", act(action), replace(case(action), party=None))


def test_a_known_party_is():
    assert allows("party_missing", act(A.CONCLUDE))


def test_without_evidence_nobody_is_punished():
    assert forbids("no_evidence", act(A.CONCLUDE, evidence=[]))
    assert forbids("no_evidence", act(A.DECIDE_ON_SPOT, evidence=None), having(before=case(A.DECIDE_ON_SPOT)))


def test_who_is_let_off_is_let_off_on_evidence_that_holds():
    told = act(A.CONCLUDE, outcome="no_penalty", ground="first_offence", kinds=None, fine_fen=None)
    assert forbids("evidence_unverified", told, having(replace(PAPER, verified_by=())))


def test_one_piece_that_can_be_used_is_enough():
    assert allows("no_evidence", act(A.CONCLUDE, evidence=[1]))
    assert allows("no_evidence", act(A.DECIDE_ON_SPOT, evidence=None))


def test_a_fact_that_cannot_be_proven_needs_no_evidence():
    assert allows("no_evidence", act(A.CONCLUDE, outcome="not_proven", evidence=[], kinds=None, fine_fen=None))


def test_excluded_evidence_is_not_cited():
    spoiled = replace(PAPER, excluded="一人取证")
    assert forbids("evidence_excluded", act(A.CONCLUDE, evidence=[1, 2]), having(spoiled, CAMERA))


def test_evidence_excluded_after_the_conclusion_stops_the_decision_too():
    spoiled = having(replace(PAPER, excluded="一人取证"), CAMERA, before=DECIDING)
    assert forbids("evidence_excluded", act(A.DECIDE), spoiled)


def test_what_is_left_may_be_cited():
    assert allows("evidence_excluded", act(A.CONCLUDE, evidence=[2]), having(replace(PAPER, excluded="x"), CAMERA))


@pytest.mark.parametrize("review", [None, False])
def test_a_picture_of_a_camera_nobody_has_reviewed_is_no_evidence(review):
    raw = having(PAPER, replace(CAMERA, reviewed=review))
    assert forbids("camera_unreviewed", act(A.CONCLUDE, evidence=[1, 2]), raw)
    sensor = having(PAPER, replace(CAMERA, origin="sensor", reviewed=review))
    assert forbids("camera_unreviewed", act(A.CONCLUDE, evidence=[1, 2]), sensor)


def test_reviewed_by_people_it_is():
    assert allows("camera_unreviewed", act(A.CONCLUDE, evidence=[1, 2]), having(PAPER, CAMERA))


def test_evidence_nobody_has_verified_proves_nothing():
    assert forbids("evidence_unverified", act(A.CONCLUDE), having(replace(PAPER, verified_by=())))


def test_verified_it_does_and_what_two_officers_see_on_the_spot_too():
    assert allows("evidence_unverified", act(A.CONCLUDE))
    fresh = having(replace(PAPER, verified_by=()), before=case(A.DECIDE_ON_SPOT))
    assert allows("evidence_unverified", act(A.DECIDE_ON_SPOT), fresh)


def test_the_review_of_camera_pictures_is_for_camera_pictures():
    assert forbids("not_monitoring", act(A.REVIEW_EVIDENCE, number=1))
    assert allows("not_monitoring", act(A.REVIEW_EVIDENCE, number=2))


def test_a_decision_rests_on_the_evidence_of_its_conclusion():
    assert forbids("no_evidence", act(A.DECIDE), replace(DECIDING, submitted=replace(FINE, evidence=())))
