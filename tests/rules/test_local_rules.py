"""Local rules: what the law leaves to the place is never assumed, and a proposal is no rule."""

import pytest

from enforcement.rules import local_rule_checks
from enforcement.rules.cases.fields import PENALTY_KINDS
from enforcement.rules.law_choice import GRAVITY
from enforcement.rules.local_rules import BY_LABEL, CATALOGUE, UNCONFIRMED, Absent, LocalRules, Per, RuleFact
from tests.starter_lists import demo_rules, proposed, there

BASIS = "云溪镇行政执法程序规定"


def rules(*rows):
    return LocalRules.of(RuleFact(*row) if len(row) == 4 else RuleFact(row[0], "", row[1], BASIS) for row in rows)


def test_a_value_nobody_gave_is_asked_for_by_its_chinese_name():
    with pytest.raises(Absent, match="「陈述申辩期限」"):
        LocalRules().require("defence_days")


def test_a_proposal_is_not_given_out():
    proposal = rules(("defence_days", "", 3, f"{UNCONFIRMED}：多数地方三日"))
    assert proposal.given("defence_days") is None
    with pytest.raises(Absent):
        proposal.whole("defence_days")


def test_a_confirmed_value_comes_with_its_basis():
    known = rules(("defence_days", 3))
    assert (known.whole("defence_days"), known.basis("defence_days")) == (3, BASIS)


def test_nothing_in_the_starter_is_in_force_but_what_the_law_gives():
    known = {one.name for one in proposed().by_key.values() if one.confirmed}
    assert known == {"decision_days", "notice_service_days", "seizure_allowed"}
    assert proposed().whole("decision_days") == 90


def test_the_demo_town_has_confirmed_everything():
    assert demo_rules().missing() == ()


def test_seizure_is_forbidden_until_a_rule_allows_it():
    assert not LocalRules().seizure_allowed
    assert not rules(("seizure_allowed", "", True, UNCONFIRMED)).seizure_allowed
    assert rules(("seizure_allowed", True)).seizure_allowed


@pytest.mark.parametrize(
    ("inclusive", "fen", "due"),
    [(True, 300_000, True), (False, 300_000, False), (False, 300_001, True), (True, 299_999, False)],
)
def test_a_hearing_from_the_sum_on_or_above_it(inclusive, fen, due):
    known = rules(("hearing_fine_person_fen", 300_000), ("hearing_inclusive", inclusive))
    assert known.reaches_hearing("fine", "person", fen) is due


def test_a_sole_trader_counts_as_the_town_says():
    known = rules(("sole_trader_as", "organisation"))
    assert known.subject("sole_trader") == known.subject("organisation") == "organisation"
    assert known.subject("person") == "person"
    with pytest.raises(Absent):
        LocalRules().subject("sole_trader")


def test_first_offence_lines_and_fast_matters_are_by_power():
    known = demo_rules()
    line = there(known.first_offence("SR006", "市容环卫"))
    assert (line.months, line.scope, line.field) == (12, "power", "市容环卫")
    assert line.conditions == (("obstructed", "is", False),)
    assert known.first_offence("GD001") is None
    assert there(known.fast_matter("SR006")).exclusions[0] == ("harm", "is", "serious")
    assert known.fast_matter("GD001") is None


def test_papers_of_an_entrusted_power_go_out_in_the_name_of_who_entrusted_it():
    known = demo_rules()
    assert known.organ().organ_name == "云溪镇人民政府"
    assert known.organ("housing").organ_name == "云川县住房和城乡建设局"
    with pytest.raises(Absent, match="（police）"):
        known.organ("police")


def test_which_acts_must_be_filmed():
    assert demo_rules().must_be_filmed("inspect")
    assert not demo_rules().must_be_filmed("close")


def test_every_rule_has_its_own_label_and_every_penalty_kind_a_weight():
    assert len(BY_LABEL) == len(CATALOGUE)
    assert GRAVITY.keys() == PENALTY_KINDS.keys()


def found(*rows):
    return {one.code for one in local_rule_checks.inspect([RuleFact(*row) for row in rows], {"SR006"})} - {"lacking"}


def test_what_is_wrong_with_a_list_is_told():
    assert found(("defence_days", "", 3, BASIS), ("defence_days", "", 5, BASIS)) == {"duplicate_code"}
    assert found(("defence_days", "SR006", 3, BASIS)) == {"key_not_wanted"}
    assert found(("first_offence", "", {"months": 12, "scope": "power", "conditions": []}, BASIS)) == {"no_power"}
    assert found(("first_offence", "XX", {"months": 12, "scope": "power", "conditions": []}, BASIS)) == {
        "unknown_power"
    }
    assert found(("recorded_acts", "", ["fly"], BASIS)) == {"unknown_code"}
    assert found(("review_kinds", "", ["detention"], BASIS)) == {"unknown_code"}
    assert found(("decision_days", "", 120, BASIS)) == {"not_the_laws"}
    assert found(("defence_days", "", 3, UNCONFIRMED)) == {"unconfirmed"}


def test_what_is_lacking_is_told_once():
    told = local_rule_checks.inspect([RuleFact("defence_days", "", 3, BASIS)])
    [lacking] = [one for one in told if one.code == "lacking"]
    assert "机关全称" in lacking.sentence
    assert not lacking.refuses
    told_of = set(lacking.sentence.partition("：")[2].partition("。")[0].split("、"))
    assert told_of == {one.label for one in CATALOGUE.values() if one.per is not Per.POWER} - {"陈述申辩期限"}
