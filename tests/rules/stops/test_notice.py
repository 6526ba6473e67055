"""Notice before decision: told, served, heard, and never heavier for having spoken."""

from dataclasses import replace
from typing import Any

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    CONCLUDED,
    DECIDING,
    FACTS,
    FINE,
    NOTICE_MADE,
    NOTIFIED,
    TOLD,
    act,
    allows,
    case,
    day,
    empty,
    forbids,
    world,
)

A = Action
SPARED = {"outcome": "no_penalty", "ground": "first_offence", "kinds": None, "fine_fen": None, "education": "讲解"}
BOTH = [A.SUBMIT_DECISION, A.DECIDE]


def told(action, **changes):
    return replace(case(action), notice=replace(TOLD, **changes))


def test_who_is_let_off_needs_no_notice():
    spared = replace(CONCLUDED, conclusion=replace(FINE, outcome="no_penalty"))
    assert forbids("nothing_to_tell", act(A.APPROVE_NOTICE), spared)
    assert allows("nothing_to_tell", act(A.APPROVE_NOTICE))


@pytest.mark.parametrize("action", BOTH)
def test_nobody_is_punished_without_notice_served(action):
    assert forbids("not_notified", act(action), replace(case(action), notice=None))
    assert forbids("not_notified", act(action), replace(case(action), notice=NOTICE_MADE.notice))


@pytest.mark.parametrize("action", BOTH)
def test_with_notice_served_he_is(action):
    assert allows("not_notified", act(action))


def test_who_is_let_off_is_let_off_without_notice():
    assert allows("not_notified", act(A.SUBMIT_DECISION, **SPARED), CONCLUDED)


@pytest.mark.parametrize("action", BOTH)
def test_facts_found_after_the_notice_are_told_anew(action):
    later = replace(case(action), conclusion=replace(FINE, sequence=13))
    assert forbids("notice_outdated", act(action), later)


@pytest.mark.parametrize("action", BOTH)
def test_told_anew_they_may_be_decided_on(action):
    later = told(action, approved=14)
    assert allows("notice_outdated", act(action), replace(later, conclusion=replace(FINE, sequence=13)))


HEAVIER: list[dict[str, Any]] = [
    {"fine_fen": 50_001},
    {"kinds": ["fine", "warning"]},
    {"confiscate_fen": 1, "kinds": ["fine", "confiscate_income"]},
]


@pytest.mark.parametrize("more", HEAVIER)
def test_nobody_is_punished_more_heavily_than_he_was_told(more):
    assert forbids("heavier_than_notified", act(A.SUBMIT_DECISION, **more))
    more = {name: tuple(one) if isinstance(one, list) else one for name, one in more.items()}
    wish = replace(FINE, **more)
    assert forbids("heavier_than_notified", act(A.DECIDE), replace(DECIDING, submitted=wish))


@pytest.mark.parametrize("fen", [50_000, 20_000])
def test_the_same_or_less_may_be_imposed(fen):
    assert allows("heavier_than_notified", act(A.SUBMIT_DECISION, fine_fen=fen))


@pytest.mark.parametrize("action", BOTH)
def test_while_the_party_may_still_speak_nothing_is_decided(action):
    assert forbids("defence_open", act(action), told(action, defence_until=day("11-23")))


@pytest.mark.parametrize("action", BOTH)
@pytest.mark.parametrize(
    "changes",
    [{"defence_until": day("11-22")}, {"defence_waived": True}],
    ids=["term over", "waived"],
)
def test_when_he_has_waived_it_or_let_it_pass_it_is(action, changes):
    assert allows("defence_open", act(action), told(action, **{"defence_until": day("11-30"), **changes}))


def test_to_have_spoken_once_does_not_cut_his_time_short():
    spoken = told(A.DECIDE, defence_until=day("11-23"), defences=("not",), defended=13)
    assert forbids("defence_open", act(A.DECIDE), spoken)


@pytest.mark.parametrize("action", [A.WAIVE_DEFENCE, A.WAIVE_HEARING])
def test_a_right_is_given_up_by_signature_or_not_at_all(action):
    assert forbids("waiver_unsigned", act(action, signature="absent"))
    assert allows("waiver_unsigned", act(action))


def test_the_button_says_so_before_the_form_is_filled():
    assert forbids("defence_open", empty(A.SUBMIT_DECISION), told(A.SUBMIT_DECISION, defence_until=day("11-23")))
    assert allows("defence_open", empty(A.SUBMIT_DECISION))


def test_a_notice_without_the_last_day_of_its_term_is_unknown():
    assert forbids("unknown", act(A.DECIDE), told(A.DECIDE, defence_until=None))


def test_a_defence_is_weighed_and_the_answer_written_down():
    assert forbids("defence_unreviewed", act(A.HEAR_DEFENCE, defence_review=" "))
    assert forbids("defence_unreviewed", act(A.DECIDE_ON_SPOT, defence="我马上走"))


def test_then_it_counts_as_heard():
    assert allows("defence_unreviewed", act(A.HEAR_DEFENCE))
    answered = act(A.DECIDE_ON_SPOT, defence="我马上走", defence_review="已经考虑", accepted="not")
    assert allows("defence_unreviewed", answered)
    assert allows("defence_unreviewed", act(A.DECIDE_ON_SPOT))


def test_what_one_party_was_told_is_not_decided_against_another():
    returned = replace(CONCLUDED, notice=TOLD)
    assert forbids("party_was_told", act(A.NAME_PARTY, party="party-2"), returned)
    assert allows("party_was_told", act(A.NAME_PARTY, party="party-1"), returned)
    assert allows("party_was_told", act(A.NAME_PARTY, party="party-2"), CONCLUDED)


def test_a_defence_that_is_taken_up_makes_the_fine_smaller():
    heard = replace(NOTIFIED, notice=replace(TOLD, defences=("accepted",)))
    milder = replace(FINE, factors=FACTS | {"harm_removed": True})
    assert allows(
        "heavier_than_notified",
        act(A.SUBMIT_DECISION, fine_fen=20_000, lighter="harm_removed"),
        replace(heard, conclusion=milder),
        world(),
    )
