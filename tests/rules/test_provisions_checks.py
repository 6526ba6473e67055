"""What may not be imported into the lists a fine follows from, and what somebody should look at."""

from dataclasses import replace

import pytest

from enforcement.rules import provision_checks, tier_checks
from tests.starter_lists import provisions, provisions_of, tiers_of

OLD, NEW, REFUSED = provisions_of("HJ003")
LIGHT, NORMAL, HEAVY = [one for one in tiers_of("HJ003") if one.stage == "base" and not one.provision]
POWERS = {"HJ003"}


def provision_faults(*lines, powers=POWERS):
    return {(one.code, one.refuses) for one in provision_checks.inspect(lines, powers)} - {("unverified", False)}


def tier_faults(*lines):
    told = tier_checks.inspect(lines, POWERS, {"HJ003": (NEW, REFUSED)})
    return {(one.code, one.refuses) for one in told} - {("not_published", False), ("gap", False)}


def test_the_starter_has_no_faults():
    told = provision_checks.inspect(provisions(), {one.power_code for one in provisions()})
    assert {one.code for one in told} == {"unverified"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"power_code": "XX"}, "unknown_power"),
        ({"kinds": ("fine", "detention")}, "unknown_kind"),
        ({"kinds": ()}, "no_kind"),
        ({"elements": ("moonlight",)}, "unknown_element"),
        ({"low_fen": 9_999_999}, "fine_range"),
        ({"high_fen": None}, "no_upper_limit"),
        ({"kinds": ("warning",)}, "fine_is_missing"),
        ({"measure": "mood"}, "unknown_measure"),
        ({"high_bp": 500}, "no_measure"),
        ({"effective_to": NEW.effective_from.replace(year=2020)}, "ends_before_start"),
        ({"law": "大气污染防治法"}, "repealed_law"),
    ],
)
def test_a_provision_that_cannot_be_kept(changed, code):
    assert (code, True) in provision_faults(replace(NEW, **changed))


def test_two_provisions_for_the_same_on_one_day_are_refused():
    assert ("two_at_once", True) in provision_faults(NEW, replace(NEW, code="again"))
    assert ("duplicate_code", True) in provision_faults(NEW, NEW)
    assert provision_faults(OLD, NEW, REFUSED) == set()
    assert provision_faults(NEW, replace(NEW, code="again", elements=("obstructed",))) == set()


def test_a_provision_that_ends_without_successor_is_told():
    assert provision_faults(OLD) == {("no_successor", False)}
    assert provision_faults(OLD, NEW) == set()


def test_without_a_power_list_no_power_is_unknown():
    assert provision_faults(NEW, powers=()) == set()


def test_tiers_as_they_come_are_fine():
    assert tier_faults(LIGHT, NORMAL, HEAVY) == set()


def test_tiers_that_overlap_are_refused_with_the_facts():
    again = replace(LIGHT, code="again", name="也从轻")
    told = tier_checks.inspect([LIGHT, again])
    [overlap] = [one for one in told if one.code == "overlap"]
    assert overlap.refuses
    assert "「从轻」、「也从轻」同时符合" in overlap.sentence
    assert "一年内已受处罚次数为 0 次" in overlap.sentence


def test_a_gap_between_tiers_is_told_with_the_facts():
    [gap] = [one for one in tier_checks.inspect([LIGHT, HEAVY]) if one.code == "gap"]
    assert not gap.refuses
    assert "尚未改正" in gap.sentence


def test_measures_are_tried_on_both_sides_of_every_limit_and_between():
    small = replace(LIGHT, conditions=(("area_m2", "below", 10),))
    large = replace(HEAVY, conditions=(("area_m2", "at_least", 10),))
    assert tier_faults(small, large) == set()
    assert {one.code for one in tier_checks.inspect([small, large])} == {"not_published"}
    assert ("overlap", True) in tier_faults(replace(small, conditions=(("area_m2", "at_most", 10),)), large)
    gap = tier_checks.inspect([small, replace(large, conditions=(("area_m2", "above", 11),))])
    assert "gap" in {one.code for one in gap}


@pytest.mark.parametrize(
    ("changed", "code", "refuses"),
    [
        ({"power_code": "XX"}, "unknown_power", True),
        ({"conditions": (("mood", "is", True),)}, "wrong_condition", True),
        ({"low_fen": 9_999_999}, "fine_range", True),
        ({"high_fen": 500_001}, "outside_provision", True),
        ({"low_fen": 49_999}, "outside_provision", True),
        ({"provision": "2018-any-base"}, "no_provision", False),
        ({"no_penalty": True}, "fine_without_penalty", True),
    ],
)
def test_a_tier_that_cannot_be_kept(changed, code, refuses):
    assert (code, refuses) in tier_faults(replace(LIGHT, **changed))


def test_too_many_facts_to_try_are_told():
    conditions = tuple(("count", "at_least", number) for number in range(9))
    many = tuple(
        (code, "at_least", number) for code in ("area_m2", "volume_m3", "length_m", "weight_kg") for number in range(9)
    )
    told = tier_checks.inspect([replace(LIGHT, conditions=conditions + many)])
    assert "too_many_cases" in {one.code for one in told}
