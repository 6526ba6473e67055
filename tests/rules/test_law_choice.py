"""The law at the time of the act, or the newer one where that is lighter: every row of the crosswalk of 2026-08-15."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules.factors import unanswered
from enforcement.rules.law_choice import Because, ProvisionFact, Stage, asked, choose, lighter
from tests.starter_lists import provisions_of, there

CHANGE = dt.date(2026, 8, 15)
BEFORE, AFTER, LATER = dt.date(2026, 7, 1), dt.date(2026, 9, 1), dt.date(2026, 11, 23)
STILL_BEFORE = dt.date(2026, 8, 10)
ONE = dt.timedelta(days=1)
YUAN = 100
PERSON, ORG = "person", "organisation"
BASE, REFUSAL = Stage.BASE, Stage.REFUSAL


def chosen(power, *, acted=BEFORE, decided=LATER, subject=ORG, stage=BASE, elements=(), since=None):
    return choose(
        provisions_of(power),
        acted_from=since or acted,
        acted_on=acted,
        decided_on=decided,
        subject=subject,
        stage=stage,
        elements=elements,
    )


def told(choice):
    """Article's law and the fine in yuan; nothing where there is no penalty."""
    one = choice.provision
    return one and (one.law, (one.low_fen or 0) // YUAN, (one.high_fen or 0) // YUAN)


AIR, NOISE, WASTE, CODE = "大气污染防治法", "噪声污染防治法", "固体废物污染环境防治法", "生态环境法典"
# (power, subject, stage, elements, decided before the change, act before and decided after, act after)
CROSSWALK = [
    ("GD001", ORG, BASE, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("GD001", ORG, REFUSAL, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("GD001", PERSON, BASE, (), None, None, None),
    ("GD002", ORG, BASE, ("earthwork",), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("GD002", ORG, BASE, ("construction_waste",), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 100_000, 1_000_000)),
    ("GD003", ORG, BASE, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("GD004", PERSON, BASE, ("unsealed_vehicle",), (AIR, 2_000, 20_000), (AIR, 2_000, 20_000), (CODE, 2_000, 20_000)),
    ("GD004", ORG, BASE, ("unsealed_vehicle",), (AIR, 2_000, 20_000), (AIR, 2_000, 20_000), (CODE, 2_000, 20_000)),
    ("GD004", ORG, BASE, (), None, None, (CODE, 2_000, 20_000)),
    ("GD005", ORG, BASE, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("HJ001", PERSON, BASE, (), (AIR, 5_000, 50_000), (AIR, 5_000, 50_000), (CODE, 5_000, 50_000)),
    ("HJ001", ORG, REFUSAL, (), (AIR, 5_000, 50_000), (AIR, 5_000, 50_000), (CODE, 5_000, 50_000)),
    ("HJ002", ORG, BASE, (), None, None, None),
    ("HJ002", PERSON, REFUSAL, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("HJ003", PERSON, BASE, (), (AIR, 500, 20_000), (CODE, 500, 5_000), (CODE, 500, 5_000)),
    ("HJ003", ORG, BASE, (), (AIR, 500, 20_000), (CODE, 500, 5_000), (CODE, 500, 5_000)),
    ("HJ003", ORG, REFUSAL, (), (AIR, 500, 20_000), (AIR, 500, 20_000), (CODE, 5_000, 20_000)),
    ("HJ004", PERSON, BASE, ("populated_area",), (AIR, 500, 2_000), None, None),
    ("HJ004", PERSON, BASE, ("banned_area_and_time",), None, None, (CODE, 500, 2_000)),
    ("HJ004", ORG, BASE, ("populated_area", "banned_area_and_time"), (AIR, 500, 2_000), (AIR, 500, 2_000), (CODE, 500, 2_000)),
    ("HJ005", PERSON, BASE, (), (AIR, 500, 2_000), (AIR, 500, 2_000), (CODE, 500, 2_000)),
    ("HJ005", ORG, BASE, (), (AIR, 10_000, 100_000), (AIR, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("HJ008", PERSON, BASE, ("affects_surroundings",), (AIR, 2_000, 20_000), (AIR, 2_000, 20_000), (CODE, 2_000, 20_000)),
    ("HJ008", PERSON, BASE, (), None, None, (CODE, 2_000, 20_000)),
    ("GD013", ORG, BASE, (), (NOISE, 10_000, 100_000), (NOISE, 10_000, 100_000), (CODE, 10_000, 100_000)),
    ("HJ006", PERSON, BASE, (), (NOISE, 5_000, 50_000), (NOISE, 5_000, 50_000), (CODE, 5_000, 50_000)),
    ("HJ006", ORG, REFUSAL, (), (NOISE, 50_000, 200_000), (NOISE, 50_000, 200_000), (CODE, 50_000, 200_000)),
    ("HJ007", PERSON, BASE, (), None, None, None),
    ("HJ007", PERSON, REFUSAL, (), (NOISE, 200, 1_000), (NOISE, 200, 1_000), (CODE, 200, 1_000)),
    ("HJ007", ORG, REFUSAL, (), (NOISE, 2_000, 20_000), (NOISE, 2_000, 20_000), (CODE, 2_000, 20_000)),
    ("HW005", PERSON, BASE, ("household_waste",), (WASTE, 100, 500), (WASTE, 100, 500), (CODE, 100, 1_000)),
    ("HW005", PERSON, BASE, (), None, None, (CODE, 100, 1_000)),
    ("HW006", ORG, BASE, ("household_waste",), (WASTE, 50_000, 500_000), (WASTE, 50_000, 500_000), (CODE, 100_000, 1_000_000)),
    ("HW003", ORG, BASE, ("serious_circumstances",), (WASTE, 50_000, 500_000), None, None),
    ("HW003", ORG, REFUSAL, (), None, None, (CODE, 50_000, 500_000)),
    ("HW003", ORG, REFUSAL, ("serious_circumstances",), (WASTE, 50_000, 500_000), (WASTE, 50_000, 500_000), (CODE, 50_000, 500_000)),
    ("HW004", PERSON, REFUSAL, ("serious_circumstances",), (WASTE, 200, 2_000), (WASTE, 200, 2_000), (CODE, 200, 2_000)),
]  # fmt: skip


@pytest.mark.parametrize(("power", "subject", "stage", "elements", "before", "across", "after"), CROSSWALK)
def test_every_row_of_the_crosswalk(power, subject, stage, elements, before, across, after):
    facts = {"subject": subject, "stage": stage, "elements": elements}
    assert told(chosen(power, acted=BEFORE, decided=STILL_BEFORE, **facts)) == before
    assert told(chosen(power, acted=BEFORE, decided=LATER, **facts)) == across
    assert told(chosen(power, acted=AFTER, decided=LATER, **facts)) == after


def test_an_open_barbecue_of_july_is_fined_by_the_code_because_it_is_lighter():
    choice = chosen("HJ003", subject=PERSON)
    assert choice.because is Because.LIGHTER
    assert "罚款上限较低" in choice.why
    assert choice.article == "行政处罚法第三十七条、生态环境法典第一千零五十七条"
    assert (choice.old.law, choice.new.law) == (AIR, CODE)


def test_waste_thrown_away_in_july_is_fined_by_the_old_law_because_the_code_is_heavier():
    choice = chosen("HW005", subject=PERSON, elements=("household_waste",))
    assert choice.because is Because.NOT_LIGHTER
    assert "不比它轻" in choice.why


def test_what_the_code_no_longer_covers_is_not_fined():
    choice = chosen("HJ004", subject=PERSON, elements=("populated_area",))
    assert (choice.provision, choice.because) == (None, Because.LAWFUL_NOW)
    assert "不再处罚" in choice.why


def test_what_no_article_covered_then_is_not_fined_and_the_missing_elements_are_named():
    choice = chosen("HJ008", subject=PERSON)
    assert (choice.provision, choice.because, choice.article) == (None, Because.NO_BASIS, "行政处罚法第三十八条")
    assert "「影响周边环境」" in choice.why


def test_before_a_refusal_there_is_nothing_to_fine_where_the_article_asks_for_one():
    choice = chosen("HJ007", acted=AFTER, subject=PERSON)
    assert choice.because is Because.NO_BASIS
    assert "「拒不改正」" in choice.why


def test_elements_not_given_as_met_are_open_and_must_have_been_recorded():
    choice = chosen("HJ004", subject=PERSON, elements=("populated_area",))
    assert choice.open == ("banned_area_and_time",)
    assert unanswered(choice.open, {"populated_area": True}) == ("banned_area_and_time",)
    assert unanswered(choice.open, {"populated_area": True, "banned_area_and_time": False}) == ()
    assert chosen("HJ004", acted=AFTER, subject=PERSON).open == ("banned_area_and_time",)


def test_an_act_that_lasts_over_the_change_falls_under_the_law_at_its_end():
    choice = chosen("HW005", since=BEFORE, acted=AFTER, subject=PERSON, elements=("household_waste",))
    assert told(choice) == (CODE, 100, 1_000)
    assert "持续" in choice.why


@pytest.mark.parametrize(("acted", "law"), [(CHANGE - ONE, WASTE), (CHANGE, CODE)])
def test_the_last_day_of_the_old_law_and_the_first_of_the_code(acted, law):
    assert told(chosen("HW006", acted=acted, elements=("household_waste",)))[0] == law


def test_serious_circumstances_bring_the_graver_row():
    plain, serious = (chosen("HW006", acted=AFTER, elements=one) for one in ((), ("serious_circumstances",)))
    assert "stop_business" in serious.provision.kinds
    assert "stop_business" not in plain.provision.kinds


def test_a_graver_kind_outweighs_a_lower_fine():
    [old] = [one for one in provisions_of("HJ003") if one.law == AIR]
    closing = replace(old, kinds=(*old.kinds, "close_business"), high_fen=100_00)
    assert lighter(closing, old) is None
    assert lighter(old, closing) == "处罚种类较轻"


def test_of_equal_ranges_the_one_that_asks_for_more_is_lighter():
    [old] = [one for one in provisions_of("HJ003") if one.law == AIR]
    assert lighter(replace(old, elements=("affects_surroundings",)), old) == "构成要件更严"
    assert lighter(old, old) is None


def test_shares_of_different_things_are_not_compared():
    [old] = [one for one in provisions_of("GH003") if one.measure == "cost"]
    assert lighter(replace(old, measure="value", high_bp=1), old) is None
    assert lighter(replace(old, high_bp=1), old) == "罚款上限较低"


def test_an_act_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        chosen("HJ003", since=AFTER, acted=BEFORE)


def test_what_an_article_asks_for_is_known_beforehand():
    assert asked(provisions_of("HJ004")) == {"populated_area", "banned_area_and_time"}


def test_a_choice_is_plain_data():
    facts = chosen("HJ003", subject=PERSON).facts()
    assert facts["provision"]["effective_from"] == "2026-08-15"
    assert facts["because"] == "lighter"


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ELEMENTS = ("affects_surroundings", "populated_area", "earthwork")
KINDS = ("warning", "fine", "confiscate_goods", "stop_business", "close_business")


@st.composite
def rows(draw):
    starts = draw(DAYS)
    ends = draw(st.none() | st.dates(starts, dt.date(2027, 6, 1)))
    low = draw(st.integers(0, 50))
    return ProvisionFact(
        power_code="X",
        code=f"{draw(st.integers(0, 9))}",
        matter="",
        law=draw(st.sampled_from([AIR, CODE])),
        article="第一条",
        effective_from=starts,
        effective_to=ends,
        subject=draw(st.sampled_from(["person", "organisation", "any"])),
        stage=draw(st.sampled_from(["base", "refusal"])),
        kinds=tuple(draw(st.sets(st.sampled_from(KINDS), min_size=1))),
        elements=tuple(sorted(draw(st.sets(st.sampled_from(ELEMENTS))))),
        low_fen=low,
        high_fen=low + draw(st.integers(0, 50)),
    )


@st.composite
def acts(draw):
    acted_from, acted_on = sorted((draw(DAYS), draw(DAYS)))
    return {
        "acted_from": acted_from,
        "acted_on": acted_on,
        "decided_on": draw(st.dates(acted_on, dt.date(2027, 1, 1))),
        "subject": draw(st.sampled_from(["person", "organisation"])),
        "stage": draw(st.sampled_from(["base", "refusal"])),
        "elements": draw(st.sets(st.sampled_from(ELEMENTS))),
    }


LAWS = st.lists(rows(), max_size=8)


@given(LAWS, acts())
def test_never_heavier_than_the_law_at_the_time_of_the_act(law, act):
    choice = choose(law, **act)
    then = choose(law, **{**act, "decided_on": act["acted_on"]})
    assert choice.old == then.provision
    if choice.provision and choice.provision != choice.old:
        assert lighter(choice.provision, there(choice.old))
        assert lighter(there(choice.old), choice.provision) is None
    if choice.old is None:
        assert choice.provision is None


@given(LAWS, acts())
def test_what_is_chosen_was_in_force_for_this_party_with_every_element_met(law, act):
    one = choose(law, **act).provision
    if one:
        assert one.holds_on(act["acted_on"]) or one.holds_on(act["decided_on"])
        assert one.subject in {act["subject"], "any"}
        assert set(one.elements) <= act["elements"]
        assert one.stage in {"base", act["stage"]}


@given(LAWS, acts(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(law, act, random):
    shuffled = list(law)
    random.shuffle(shuffled)
    assert choose(shuffled, **act) == choose(law, **act)


@given(LAWS, acts())
def test_nothing_is_ever_lighter_both_ways(law, act):
    for one in law:
        for other in law:
            assert not (lighter(one, other) and lighter(other, one))


@given(LAWS, acts())
def test_a_decision_on_the_day_of_the_act_knows_one_law_only(law, act):
    choice = choose(law, **{**act, "decided_on": act["acted_on"]})
    assert choice.because in {Because.UNCHANGED, Because.NO_BASIS}
