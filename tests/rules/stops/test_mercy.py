"""Who may not be punished, and for whom it must be less."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import PartyFact
from tests.rules.stops.cases import BOUNDS, DECIDING, FACTS, FINE, INQUIRY, act, allows, case, codes, forbids, world

A = Action
SPARED = {"outcome": "no_penalty", "kinds": None, "fine_fen": None}


def aged(age, action=A.CONCLUDE):
    return replace(case(action), party=PartyFact("p", 1, "person", age))


def concluding(**told):
    factors = FACTS | told.pop("factors", {})
    return act(A.CONCLUDE, factors=factors, **told)


def sparing(ground, factors=None, action=A.CONCLUDE, **told):
    return act(action, factors=FACTS | (factors or {}), ground=ground, **SPARED, **told)


@pytest.mark.parametrize("action", [A.CONCLUDE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.DECIDE])
def test_a_child_under_14_is_not_punished(action):
    assert forbids("under_14", act(action), aged(13, action))


def test_a_grown_up_is():
    assert allows("under_14", act(A.CONCLUDE), aged(18))


def test_a_person_whose_age_nobody_knows_is_not_punished_yet():
    assert codes(act(A.CONCLUDE), aged(None)) == ["unknown"]
    company = replace(INQUIRY, party=PartyFact("p", 1, "organisation", None))
    assert allows("unknown", act(A.CONCLUDE), company)


def test_who_could_not_know_what_he_did_is_not_punished():
    assert forbids("mental", concluding(factors={"mental": "unable"}))


def test_who_could_is():
    assert allows("mental", concluding(factors={"mental": "able"}))


HARMLESS = {"conduct_minor": True, "corrected_promptly": True, "harm": "none"}


def test_what_was_minor_put_right_at_once_and_harmless_is_not_punished():
    assert forbids("minor_corrected", concluding(factors=HARMLESS))
    spared = replace(DECIDING, submitted=replace(FINE, factors=FACTS | HARMLESS))
    assert forbids("minor_corrected", act(A.DECIDE), spared)


@pytest.mark.parametrize("told", [{"conduct_minor": False}, {"corrected_promptly": False}, {"harm": "slight"}])
def test_what_was_not_may_be(told):
    assert allows("minor_corrected", concluding(factors=HARMLESS | told))


def test_who_proves_that_he_had_no_fault_is_not_punished():
    assert forbids("no_fault", concluding(factors={"subjective_fault_absent": True}))


def test_who_does_not_is():
    assert allows("no_fault", concluding(factors={"subjective_fault_absent": False}))


def test_a_fact_nobody_recorded_is_not_taken_for_no():
    told = act(A.CONCLUDE, factors={"corrected_promptly": True, "harm": "none"})
    assert forbids("facts_unrecorded", told)
    assert forbids("facts_unrecorded", act(A.CONCLUDE, factors={}))


def test_one_fact_against_it_settles_that_it_was_not_harmless():
    assert allows("facts_unrecorded", act(A.CONCLUDE, factors={"harm": "serious"}))


@pytest.mark.parametrize("fact", ["harm_removed", "coerced", "confessed", "merit"])
def test_who_made_it_good_was_forced_confessed_or_helped_gets_less(fact):
    assert forbids("must_be_lighter", concluding(factors={fact: True}))
    assert allows("must_be_lighter", concluding(factors={fact: True}, lighter=fact))


def test_a_youth_of_16_gets_less():
    assert forbids("must_be_lighter", act(A.CONCLUDE), aged(16))
    assert allows("must_be_lighter", act(A.CONCLUDE, lighter="minor"), aged(16))


def test_the_highest_fine_is_not_less():
    assert forbids("not_lighter", act(A.CONCLUDE, lighter="minor", fine_fen=60_000), aged(16))


def test_a_lower_one_is():
    assert allows("not_lighter", act(A.CONCLUDE, lighter="minor", fine_fen=20_000), aged(16))
    fixed = world(bounds=BOUNDS | {"low_fen": 60_000})
    assert allows("not_lighter", act(A.CONCLUDE, lighter="minor", fine_fen=60_000), aged(16), fixed)


def test_a_ground_for_less_without_its_fact_does_not_count():
    assert forbids("lighter_unfounded", concluding(lighter="merit"))
    assert forbids("lighter_unfounded", act(A.CONCLUDE, lighter="minor"), aged(18))


def test_with_its_fact_it_does():
    assert allows("lighter_unfounded", concluding(lighter="merit", factors={"merit": True}))
    assert allows("lighter_unfounded", concluding(lighter="mental_partly", factors={"mental": "partly"}))


def test_nobody_is_let_off_without_a_ground():
    assert forbids("ground_missing", sparing(None))
    assert forbids("ground_missing", sparing("not_proven"))


def test_with_a_ground_he_is():
    assert allows("ground_missing", sparing("minor_corrected", HARMLESS))
    assert allows("ground_missing", act(A.CONCLUDE, outcome="not_proven", kinds=None, fine_fen=None))


@pytest.mark.parametrize("ground", ["under_14", "mental", "no_fault", "minor_corrected", "lapsed", "lawful_now"])
def test_a_ground_that_the_facts_do_not_bear_out_lets_nobody_off(ground):
    assert forbids("ground_unfounded", sparing(ground))


def test_one_that_they_bear_out_does():
    assert allows("ground_unfounded", sparing("under_14"), aged(13))
    assert allows("ground_unfounded", sparing("mental", {"mental": "unable"}))
    assert allows("ground_unfounded", sparing("no_fault", {"subjective_fault_absent": True}))
    assert allows("ground_unfounded", sparing("minor_corrected", HARMLESS))
    old = replace(INQUIRY, opened={**INQUIRY.opened, "acted_from": "2024-01-01", "acted_on": "2024-01-01"})
    assert allows("ground_unfounded", sparing("lapsed"), old)
    free = world(law={"provision": None, "why": "", "lawful_now": True})
    assert allows("ground_unfounded", sparing("lawful_now"), outside=free)


@pytest.mark.parametrize("told", [{"listed": False, "first": True}, {"listed": True, "first": False}])
def test_only_a_first_offence_on_the_list_is_let_off_as_one(told):
    assert forbids(
        "not_first_offence", sparing("first_offence"), outside=world(first_offence=told | {"why": "已有一件。"})
    )


def test_nor_one_that_did_harm_or_was_not_put_right():
    assert forbids("not_first_offence", sparing("first_offence", {"harm": "some"}))
    assert forbids("not_first_offence", sparing("first_offence", {"corrected_promptly": False}))


def test_a_first_slight_offence_put_right_is():
    assert allows("not_first_offence", sparing("first_offence"))


def test_who_is_let_off_is_told_why_it_was_wrong():
    harmless = replace(case(A.SUBMIT_DECISION), conclusion=replace(FINE, factors=FACTS | HARMLESS))
    told = {"outcome": "no_penalty", "ground": "minor_corrected", "kinds": None, "fine_fen": None}
    assert forbids("education_missing", act(A.SUBMIT_DECISION, **told), harmless)
    assert forbids("education_missing", act(A.SUBMIT_DECISION, **told, education="  "), harmless)
    assert allows("education_missing", act(A.SUBMIT_DECISION, **told, education="当面讲解条例"), harmless)
