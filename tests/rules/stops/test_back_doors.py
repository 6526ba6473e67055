"""Ways round the law that look like work: false days, old papers, papers nobody got, and one person in two posts."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import EvidenceFact, Served
from tests.rules.stops.cases import (
    CAMERA,
    CONCLUDED,
    FANG,
    FINE,
    LIN,
    PAID,
    SOURCE,
    SU,
    TOLD,
    XU,
    ZHOU,
    act,
    allows,
    asked,
    at,
    case,
    day,
    forbids,
    holding,
    moment,
    person,
    world,
)

A = Action
YESTERDAY = world(today=day("11-22"))
MORE = {"fine_fen": 60_000}
SPOKE = replace(CONCLUDED, notice=replace(TOLD, defences=("not",), defended=13))
NEW = EvidenceFact(3, "documentary", "账本", "officer", (SU, LIN), 14, None, verified_by=(SU, LIN))


@pytest.mark.parametrize("action", [A.FILE, A.DECIDE, A.REVIEW, A.APPROVE_NOTICE, A.EXTEND_SEIZURE])
def test_nothing_is_approved_or_decided_backwards(action):
    assert forbids("approved_backwards", act(action, at("11-22")), outside=YESTERDAY)
    assert allows("approved_backwards", act(action, at("11-23", 9)))


def test_what_was_done_outside_may_be_written_down_the_day_after():
    assert not forbids("approved_backwards", act(A.INSPECT, at("11-22")), outside=YESTERDAY)


@pytest.mark.parametrize("action", [A.CALL_HEARING, A.ANNOUNCE, A.APPLY_TO_COURT])
def test_a_term_does_not_begin_before_its_paper_is_there(action):
    assert forbids("day_before_act", act(action, day="2026-11-20"))
    assert allows("day_before_act", act(action, day="2026-11-23"))


@pytest.mark.parametrize("action", [A.SERVE_PAPER, A.ANNOUNCE])
def test_a_paper_that_was_made_again_is_served_in_its_newest_form(action):
    assert forbids("paper_replaced", act(action), outside=world(paper_newest=False))
    assert allows("paper_replaced", act(action))


def test_orders_of_correction_stand_beside_each_other():
    older = world(paper_newest=False, paper_kind="correction_order")
    assert allows("paper_replaced", act(A.SERVE_PAPER), outside=older)


def test_nobody_is_punished_on_the_spot_who_is_not_there():
    assert forbids("absent_on_spot", act(A.DECIDE_ON_SPOT, signature="absent"))
    assert allows("absent_on_spot", act(A.DECIDE_ON_SPOT, signature="refused"))


def test_on_the_spot_a_camera_nobody_reviewed_is_no_evidence():
    unreviewed = replace(SOURCE, evidence=(replace(CAMERA, reviewed=None),))
    assert forbids("no_evidence", act(A.DECIDE_ON_SPOT, evidence=None), unreviewed)
    assert allows("no_evidence", act(A.DECIDE_ON_SPOT, evidence=None), replace(SOURCE, evidence=(CAMERA,)))


def test_a_new_notice_is_not_heavier_because_the_party_spoke():
    assert forbids("heavier_without_facts", act(A.CONCLUDE, **MORE), SPOKE)
    heavier = replace(SPOKE, conclusion=replace(FINE, fine_fen=MORE["fine_fen"]))
    assert forbids("heavier_without_facts", act(A.APPROVE_NOTICE), heavier)
    assert allows("heavier_without_facts", act(A.CONCLUDE), SPOKE)


def test_it_may_be_for_evidence_that_came_after():
    found = replace(SPOKE, evidence=(*SPOKE.evidence, NEW))
    assert forbids("heavier_without_facts", act(A.CONCLUDE, **MORE), found)
    assert allows("heavier_without_facts", act(A.CONCLUDE, evidence=[1, 3], **MORE), found)


def test_nobody_stays_away_from_a_hearing_he_was_not_called_to_in_time():
    due = case(A.FORFEIT_HEARING)
    late = Served("hearing_call", 14, "in_person", day("11-13"))
    assert forbids("absent_uncalled", act(A.FORFEIT_HEARING), replace(due, served=()))
    assert forbids("absent_uncalled", act(A.FORFEIT_HEARING), replace(due, served=(late,)))
    assert allows("absent_uncalled", act(A.FORFEIT_HEARING))
    assert allows("absent_uncalled", act(A.FORFEIT_HEARING, forfeit="withdrawn"), replace(due, served=()))


def test_a_chair_is_somebody():
    ghost = {"ghost": {"name": "ghost", "ok": False, "code": "unknown", "why": ""}}
    people = world().known["officers"] | ghost
    assert forbids("chair_unknown", act(A.CALL_HEARING, chair="ghost"), outside=world(officers=people))
    assert allows("chair_unknown", act(A.CALL_HEARING, chair=FANG))


def test_who_reviewed_it_does_not_decide_it():
    both = {**world().known["officers"], XU: person(XU, qualified=True, roles=["legal_reviewer", "approver"])}
    due = world(review_due=["罚款数额较大"], officers=both)
    deciding = replace(case(A.DECIDE), reviews=((14, True, XU),))
    assert forbids("review_missing", act(A.DECIDE), deciding, replace(due, known={**due.known, "actor": XU}))
    assert allows("review_missing", act(A.DECIDE), deciding, replace(due, known={**due.known, "actor": ZHOU}))


def test_a_seizure_nobody_approved_holds_no_case_open():
    assert allows("goods_held", act(A.ASK_CLOSING), holding(asked("seizure"), PAID))
    assert forbids("goods_held", act(A.ASK_CLOSING), holding(asked("hold"), PAID))


def test_the_day_a_hearing_was_called_counts_from_the_call():
    told = act(A.CALL_HEARING, day="2026-11-12", held_at=moment("11-24"))
    assert not forbids("hearing_called_late", told)
    assert forbids("day_before_act", told)
