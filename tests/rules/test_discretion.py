"""The tier follows from recorded facts and is never picked; so do the range, the reasons, and who is not punished."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules import conditions, factors, tier_checks
from enforcement.rules.discretion import (
    DecidedFact,
    FirstOffenceLine,
    Outcome,
    PastCase,
    TierFact,
    bounds,
    compare,
    first_offence,
    may_not_punish,
    mitigating,
    must_not_punish,
    prior_penalties,
    reasons,
    tier_for,
)
from enforcement.rules.factors import FACTORS, Kind, Value
from enforcement.rules.law_choice import Stage
from tests.starter_lists import provisions, provisions_of, there, tiers, tiers_of

ACTED = dt.date(2026, 11, 2)
MILD: dict[str, Value] = {"prior_penalties": 0, "harm": "slight", "corrected": True, "obstructed": False}
YUAN = 100


def barbecue(law="生态环境法典", stage=Stage.BASE):
    [one] = [row for row in provisions_of("HJ003") if row.law == law and row.stage == stage]
    return one


def found(given_facts, power="HJ003", subject="person", stage=Stage.BASE, provision=None):
    return tier_for(tiers_of(power), given_facts, subject, stage, provision)


# ---- tiers


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({}, "从轻"),
        ({"harm": "none"}, "从轻"),
        ({"corrected": False}, "一般"),
        ({"harm": "some"}, "一般"),
        ({"harm": "serious"}, "从重"),
        ({"prior_penalties": 1}, "从重"),
        ({"obstructed": True, "corrected": False}, "从重"),
    ],
)
def test_the_tier_follows_from_the_facts(changed, name):
    assert found(MILD | changed).tier.name == name


def test_a_missing_fact_is_asked_for_and_never_taken_for_no():
    result = found({key: value for key, value in MILD.items() if key != "corrected"})
    assert (result.tier, result.outcome, result.missing) == (None, Outcome.MISSING, ("corrected",))
    assert "「已经改正」" in result.why


def test_a_fact_that_could_not_change_the_tier_is_not_asked_for():
    assert found({"prior_penalties": 3}).tier.name == "从重"


def test_every_tier_that_was_not_chosen_says_which_condition_failed():
    considered = {one.tier.name: one for one in found(MILD).considered}
    assert considered["从轻"].holds
    assert considered["从重"].failed == ("一年内已受处罚次数达到 1 次，或者危害后果严重，或者阻挠执法",)
    assert considered["一般"].failed == ("尚未改正，或者有一定危害后果",)


def test_tiers_that_overlap_are_refused_by_name():
    first = tiers_of("HJ003")[0]
    same = replace(first, code="z", name="也从轻")
    result = tier_for([first, same], MILD, "person", Stage.BASE)
    assert (result.tier, result.outcome) == (None, Outcome.OVERLAP)
    assert "「从轻」、「也从轻」" in result.why


def test_facts_that_no_tier_is_for_are_refused():
    result = tier_for(tiers_of("HJ003")[:1], MILD | {"harm": "serious"}, "person", Stage.BASE)
    assert (result.tier, result.outcome) == (None, Outcome.GAP)


def test_a_power_without_tiers_is_weighed_within_the_statute():
    result = tier_for((), MILD, "person", Stage.BASE)
    assert result.outcome is Outcome.NONE
    assert "法定幅度" in result.why


def test_a_refusal_has_its_own_tiers_and_an_old_provision_too():
    assert found(MILD, stage=Stage.REFUSAL).tier.low_fen == 5_000 * YUAN
    old = barbecue("大气污染防治法")
    assert found(MILD, provision=old.code).tier.high_fen == 6_350 * YUAN
    assert found(MILD, provision=barbecue().code).tier.high_fen == 1_850 * YUAN


def test_a_refusal_without_tiers_of_its_own_uses_the_ordinary_ones():
    assert found(MILD, "GD001", "organisation", Stage.REFUSAL).tier.low_fen == 10_000 * YUAN


def test_tiers_for_organisations_are_not_for_persons():
    assert found(MILD, "HW006", "person").outcome is Outcome.NONE


def test_no_starter_tiers_overlap_or_leave_a_gap_or_leave_their_provision():
    by_power = {one.power_code: provisions_of(one.power_code) for one in provisions()}
    told = tier_checks.inspect(tiers(), (), by_power)
    assert {one.code for one in told} == {"not_published"}


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "prior_penalties": st.integers(0, 4),
        "harm": st.sampled_from(list(factors.HARMS)),
        "corrected": st.booleans(),
        "obstructed": st.booleans(),
    },
)


@given(FACTS, st.sampled_from(["HJ003", "HJ005", "GH001", "SR006"]), st.sampled_from(["person", "organisation"]))
def test_facts_lead_to_one_tier_or_to_a_question(facts, power, subject):
    stage = tiers_of(power)[0].stage
    result = found(facts, power, subject, stage, tiers_of(power)[0].provision)
    assert result.outcome in {Outcome.FOUND, Outcome.MISSING}
    assert (result.outcome is Outcome.FOUND) is (result.tier is not None)
    assert set(result.missing).isdisjoint(facts)


@given(FACTS, FACTS)
def test_more_facts_never_change_a_tier_that_was_found(facts, more):
    result = found(facts)
    if result.tier:
        assert found({**more, **facts}).tier == result.tier


# ---- conditions


@pytest.mark.parametrize(
    "text",
    [
        "一年内已受处罚次数 = 0；危害后果 属于 没有危害后果、危害后果轻微；已经改正 = 是",
        "面积 ≤ 10；体积 > 1.5；货值 ≥ 5,000 元",
        "一年内已受处罚次数 ≥ 2 或 阻挠执法 = 是 或 危害后果 ≠ 没有危害后果",
    ],
)
def test_conditions_are_read_back_as_they_are_written(text):
    assert conditions.written(conditions.parsed(text)) == text


def test_conditions_may_be_typed_carelessly():
    typed = conditions.parsed("面积>=10平方米; 面积 <= 20 ；阻挠执法＝否")
    assert typed == [["area_m2", "at_least", 10], ["area_m2", "at_most", 20], ["obstructed", "is", False]]
    assert conditions.parsed("货值 < 1.5万元") == [["amount_fen", "below", 1_500_000]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("心情 = 好", "看不懂条件"),
        ("已经改正 = 也许", "「已经改正」不能是「也许」"),
        ("已经改正 ≥ 是", "不能这样比较"),
        ("一年内已受处罚次数 = 1.5", "不能是「1.5」"),
        ("危害后果 属于 轻轻", "不能是「轻轻」"),
    ],
)
def test_conditions_that_make_no_sense_say_why(text, why):
    with pytest.raises(ValueError, match=why):
        conditions.parsed(text)


@pytest.mark.parametrize(
    "condition",
    [
        ["area_m2", "is"],
        ["nothing", "is", 1],
        ["harm", "below", "none"],
        ["any", "of", []],
        ["any", "of", [["x", "is", 1]]],
    ],
)
def test_what_is_no_condition_is_told(condition):
    assert conditions.wrong(condition)


def test_a_condition_reads_as_a_benchmark_would_put_it():
    assert conditions.worded(["area_m2", "at_most", 12.5]) == "面积不超过 12.5 平方米"
    assert conditions.worded(["harm", "is_not", "serious"]) == "不是危害后果严重"
    assert conditions.worded(["corrected", "is_not", True]) == "尚未改正"
    assert conditions.worded(["amount_fen", "above", 500_000]) == "货值超过 5,000 元"


@st.composite
def comparisons(draw):
    factor = draw(st.sampled_from(list(FACTORS.values())))
    match factor.kind:
        case Kind.FLAG:
            return [factor.code, draw(st.sampled_from(["is", "is_not"])), draw(st.booleans())]
        case Kind.CHOICE:
            if draw(st.booleans()):
                return [
                    factor.code,
                    "among",
                    draw(st.lists(st.sampled_from(list(factor.choices)), min_size=1, unique=True)),
                ]
            return [factor.code, draw(st.sampled_from(["is", "is_not"])), draw(st.sampled_from(list(factor.choices)))]
        case _:
            sign = draw(st.sampled_from(["is", "is_not", "below", "at_most", "at_least", "above"]))
            return [factor.code, sign, draw(st.integers(0, 10**6))]


@given(
    st.lists(
        comparisons() | st.lists(comparisons(), min_size=2, max_size=3).map(lambda some: ["any", "of", some]),
        max_size=4,
    )
)
def test_every_condition_survives_being_written_and_read(some):
    assert all(conditions.wrong(one) is None for one in some)
    assert conditions.parsed(conditions.written(some)) == some


@given(comparisons())
def test_a_comparison_holds_exactly_when_its_opposite_does_not(comparison):
    tried = tier_checks.cases([comparison])
    assert tried is not None
    for facts in tried:
        assert conditions.holds(conditions.negated(comparison), facts) is not conditions.holds(comparison, facts)


def test_every_fact_has_its_own_code_and_label():
    assert len(factors.BY_LABEL) == len(FACTORS)
    assert [one.label for one in FACTORS.values() if " 或" in one.label or "；" in one.label] == []


def test_facts_of_the_wrong_kind_are_told():
    assert factors.wrong({"harm": "some", "corrected": True, "area_m2": 1.5, "count": 2}) == ()
    assert (
        len(factors.wrong({"harm": "big", "corrected": 1, "count": 1.5, "amount_fen": -1, "mood": 1, "area_m2": True}))
        == 6
    )


def test_elements_follow_from_recorded_facts():
    given_facts: dict[str, Value] = {"harm": "serious", "earthwork": True, "populated_area": False}
    assert factors.elements_of(given_facts) == {"harm_serious", "earthwork"}
    assert factors.unanswered({"harm_serious", "populated_area", "household_waste"}, given_facts) == (
        "household_waste",
    )


# ---- range


def test_the_range_is_what_tier_and_provision_both_allow():
    one = bounds(barbecue(), found(MILD).tier, MILD)
    assert (one.low_fen, one.high_fen) == (500 * YUAN, 1_850 * YUAN)
    assert (one.statute_low_fen, one.statute_high_fen) == (500 * YUAN, 5_000 * YUAN)
    assert (one.floor_may_be_left, one.ground, one.told) == (False, "", "500 元以上 1,850 元以下")


def test_a_tier_outside_the_provision_leaves_the_provisions_own_range():
    tier = replace(found(MILD).tier, low_fen=6_000 * YUAN, high_fen=7_000 * YUAN)
    one = bounds(barbecue(), tier, MILD)
    assert (one.fits, one.low_fen, one.high_fen) == (False, 500 * YUAN, 5_000 * YUAN)


@pytest.mark.parametrize("ground", ["harm_removed", "coerced", "confessed", "merit", "minor"])
def test_only_with_a_ground_of_articles_30_to_32_the_lowest_may_be_left(ground):
    one = bounds(barbecue(), None, {ground: True})
    assert one.floor_may_be_left
    assert one.grounds == (ground,)
    assert "行政处罚法第三十" in one.ground
    assert not bounds(barbecue(), None, {ground: False}).floor_may_be_left


def test_restoring_nature_counts_under_the_code_only():
    assert bounds(barbecue(), None, {"restored": True}).floor_may_be_left
    assert not bounds(barbecue("大气污染防治法"), None, {"restored": True}).floor_may_be_left


def test_the_age_alone_makes_it_lighter():
    assert [one.ground for one in mitigating({}, 17)] == ["minor"]
    assert mitigating({}, 18) == ()


def test_a_share_of_the_cost_is_counted_from_the_recorded_cost():
    [one] = [row for row in provisions_of("GH001") if row.elements == ("correctable",)]
    assert bounds(one, None, {}).missing == ("cost_fen",)
    at = bounds(one, None, {"cost_fen": 200_001})
    assert (at.low_fen, at.high_fen) == (10_001, 20_000)
    tier = found(MILD, "GH001", provision=one.code).tier
    assert bounds(one, tier, {"cost_fen": 1_000_000_00}).high_fen == 65_000_00


def test_a_fine_for_each_square_metre_is_counted_by_the_area():
    one = replace(barbecue(), measure="area_m2", low_fen=1_000 * YUAN, high_fen=1_000 * YUAN)
    assert bounds(one, None, {"area_m2": 2.5}).high_fen == 2_500 * YUAN
    assert bounds(one, None, {}).missing == ("area_m2",)


def test_where_only_a_warning_is_provided_there_is_no_fine():
    [one] = [row for row in provisions_of("PS001") if row.kinds == ("warning",)]
    assert bounds(one, None, {}).high_fen is None


@given(FACTS, st.sampled_from(sorted({one.power_code for one in provisions() if one.measure is None})))
def test_no_range_ever_leaves_the_provision(facts, power):
    for provision in provisions_of(power):
        tier = tier_for(tiers_of(power), facts, provision.subject, provision.stage, provision.code).tier
        one = bounds(provision, tier, facts)
        if one.high_fen is not None:
            assert (provision.low_fen or 0) <= there(one.low_fen) <= one.high_fen <= there(provision.high_fen)


# ---- reasons


def test_reasons_are_written_from_the_facts_that_decided():
    facts = MILD | {"harm_removed": True, "area_m2": 12}
    result = found(facts)
    text = reasons(result, facts, bounds(barbecue(), result.tier, facts))
    assert text == (
        "经查，当事人一年内已受处罚次数为 0 次，危害后果轻微，已经改正，没有阻挠执法。"
        "依据设计默认，待本镇公布基准，属于「从轻」档次（一年内没有受过同一事项的处罚，没有危害后果或者危害后果轻微，已经改正，没有阻挠执法），"
        "裁量幅度为500 元以上 1,850 元以下。"
        "当事人另有下列情节：主动消除或者减轻违法行为危害后果（行政处罚法第三十二条第一项），依法从轻或者减轻。"
    )


def test_nothing_is_argued_for_while_a_fact_is_missing():
    assert reasons(found({}), {}) == ""


def test_without_a_benchmark_the_recorded_facts_are_the_reasons():
    text = reasons(tier_for((), MILD, "person", Stage.BASE), {"harm": "slight", "obstructed": False})
    assert text == "经查，当事人危害后果轻微。这一项没有裁量基准，在法定幅度内裁量并说明理由。"


# ---- who is not punished


@pytest.mark.parametrize(
    ("facts", "age", "ground", "article"),
    [
        ({}, 13, "under_14", "第三十条"),
        ({"mental": "unable"}, None, "mental", "第三十一条"),
        (
            {"conduct_minor": True, "corrected_promptly": True, "harm": "none"},
            40,
            "minor_corrected",
            "第三十三条第一款",
        ),
        ({"subjective_fault_absent": True}, None, "no_fault", "第三十三条第二款"),
    ],
)
def test_who_must_not_be_punished(facts, age, ground, article):
    one = there(must_not_punish(facts, age))
    assert one.ground == ground
    assert one.must
    assert article in one.article


@pytest.mark.parametrize(
    ("facts", "age"),
    [
        ({}, 14),
        ({"mental": "partly"}, None),
        ({"conduct_minor": True, "corrected_promptly": True, "harm": "slight"}, None),
        ({"conduct_minor": True, "harm": "none"}, None),
    ],
)
def test_who_may_be_punished(facts, age):
    assert must_not_punish(facts, age) is None


LINE = FirstOffenceLine("HJ003", 12, "power", (("obstructed", "is", False),))
LENIENT: dict[str, Value] = {"harm": "slight", "corrected_promptly": True, "obstructed": False}


def past(case="前案", power="HJ003", field="环境", decided=ACTED - dt.timedelta(days=30), first=False):
    return PastCase(case, power, field, decided, first)


def test_a_first_offence_with_slight_harm_and_prompt_correction_may_go_free():
    one = there(may_not_punish(LENIENT, LINE, first_offence(LINE, (), ACTED)))
    assert (one.ground, one.must) == ("first_offence", False)
    assert "2025-11-02 至 2026-11-02" in one.sentence


@pytest.mark.parametrize("changed", [{"harm": "some"}, {"corrected_promptly": False}, {"obstructed": True}])
def test_a_first_offence_alone_is_not_enough(changed):
    assert may_not_punish(LENIENT | changed, LINE, first_offence(LINE, (), ACTED)) is None


def test_a_power_that_is_not_on_the_list_has_no_first_offence():
    assert not first_offence(None, (), ACTED).first
    assert may_not_punish(LENIENT, None, first_offence(None, (), ACTED)) is None


@pytest.mark.parametrize(
    ("decided", "first"),
    [
        (dt.date(2025, 11, 1), True),
        (dt.date(2025, 11, 2), False),
        (ACTED, False),
        (ACTED + dt.timedelta(days=1), True),
    ],
)
def test_the_months_count_back_from_the_act(decided, first):
    assert first_offence(LINE, [past(decided=decided)], ACTED).first is first


def test_an_earlier_exemption_counts_as_well_and_is_named():
    offence = first_offence(LINE, [past("云综执不罚字〔2026〕第3号", first=True)], ACTED)
    assert not offence.first
    assert "云综执不罚字〔2026〕第3号" in offence.why


@pytest.mark.parametrize(
    ("scope", "power", "field", "first"),
    [
        ("power", "HJ004", "环境", True),
        ("field", "HJ004", "环境", False),
        ("field", "SR001", "市容环卫", True),
        ("any", "SR001", "市容环卫", False),
    ],
)
def test_the_scope_says_what_counts_as_the_same(scope, power, field, first):
    line = replace(LINE, scope=scope, field="环境")
    assert first_offence(line, [past(power=power, field=field)], ACTED).first is first


def test_prior_penalties_are_counted_and_exemptions_are_not():
    history = [
        past("甲"),
        past("乙"),
        past("丙", first=True),
        past("丁", power="SR001"),
        past("戊", decided=dt.date(2024, 1, 1)),
    ]
    assert prior_penalties(history, ACTED, power_code="HJ003") == 2


def test_a_year_back_from_the_last_of_february():
    line = replace(LINE, months=12)
    assert not first_offence(line, [past(decided=dt.date(2027, 2, 28))], dt.date(2028, 2, 29)).first


# ---- like cases


def decided(*sums, tier="person-base-1", subject="person"):
    days = (ACTED + dt.timedelta(days=number) for number in range(len(sums)))
    return [
        DecidedFact(f"案{number}", one, tier, day, subject)
        for number, (one, day) in enumerate(zip(sums, days, strict=True))
    ]


def beside(fine, cases, band=30):
    return compare(fine, cases, tier="person-base-1", subject="person", band_percent=band)


def test_the_five_latest_like_cases_and_the_deviation_from_their_median():
    one = beside(1_300, decided(9_000, 1_000, 1_000, 1_000, 1_200, 900))
    assert [case.case for case in one.nearest] == ["案5", "案4", "案3", "案2", "案1"]
    assert (one.median_fen, one.deviation_percent, one.beyond_band) == (1_000, 30.0, False)


def test_beyond_the_band_a_reason_is_asked_for():
    one = beside(1_301, decided(1_000))
    assert one.beyond_band
    assert "请说明理由" in one.why
    assert beside(699, decided(1_000)).beyond_band


def test_other_tiers_and_other_parties_are_not_alike():
    others = [*decided(1, tier="person-base-2"), *decided(1, subject="organisation")]
    assert beside(1_000, others) == compare(1_000, (), tier="person-base-1", subject="person", band_percent=30)
    assert not beside(1_000, others).beyond_band


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), st.integers(0, 10**6), st.integers(0, 100))
def test_a_fine_at_the_median_is_never_beyond_the_band(sums, fine, band):
    cases = decided(*sums)
    one = beside(fine, cases, band)
    assert not beside(one.median_fen, cases, band).beyond_band
    assert min(sums) <= one.median_fen <= max(sums)
    assert one.beyond_band is (abs(fine - one.median_fen) * 100 > band * one.median_fen)


def test_a_tier_and_a_finding_are_plain_data():
    facts = found(MILD).facts()
    assert facts["code"] == "any-base-1"
    assert [one["holds"] for one in facts["considered"]] == [True, False, False]
    assert isinstance(TierFact(**tiers_of("HJ003")[0].facts()), TierFact)
