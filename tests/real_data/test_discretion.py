"""Shenzhen's published benchmark of 2023, in part: 18 rows whose printed words choose the tier a person would choose."""

import csv
import datetime as dt

import pytest

from enforcement import starter
from enforcement.files import published_tiers, tier_rows
from enforcement.files.tier_rows import TierRow
from enforcement.rules import tier_checks
from enforcement.rules.discretion import Outcome, PastCase, bounds, prior_penalties, reasons, tier_for
from enforcement.rules.factors import Factors
from enforcement.rules.law_choice import ProvisionFact
from tests.starter_lists import there
from town.sheets import collect

ACTED = dt.date(2023, 6, 1)
DOCUMENT = "深圳市城市管理和综合执法局行政处罚裁量权实施标准（2023）"
CALM = {"obstructed": False, "grave_impact": False, "conduct_minor": False, "corrected_promptly": False}
MINOR = {"conduct_minor": True, "corrected_promptly": True}
OWNER, SHOP, STALL, CABLES, OBJECTS, BALCONY = (f"sz_cg_2023_00{number}" for number in (1, 2, 3, 4, 5, 9))

# what an officer recorded, and the row somebody who reads the benchmark would point at
CASES: list[tuple[str, Factors, str, int | None]] = [
    (OWNER, {"prior_penalties": 0}, "情节较轻", 2_000),
    (OWNER, {"prior_penalties": 1}, "情节较重", 10_000),
    (OWNER, {"prior_penalties": 2}, "情节严重", 20_000),
    (OWNER, {"prior_penalties": 7}, "情节严重", 20_000),
    (SHOP, MINOR | {"prior_penalties": 0}, "情节轻微", None),
    (SHOP, MINOR | {"prior_penalties": 4}, "情节轻微", None),
    (SHOP, {"prior_penalties": 0}, "情节较轻", 1_000),
    (SHOP, {"prior_penalties": 0, "conduct_minor": True}, "情节较轻", 1_000),
    (SHOP, {"prior_penalties": 0, "corrected_promptly": True}, "情节较轻", 1_000),
    (SHOP, {"prior_penalties": 1}, "情节较重", 3_000),
    (SHOP, {"prior_penalties": 2}, "情节严重", 5_000),
    (SHOP, {"prior_penalties": 0, "obstructed": True}, "情节严重", 5_000),
    (SHOP, MINOR | {"prior_penalties": 0, "obstructed": True}, "情节严重", 5_000),
    (SHOP, {"prior_penalties": 1, "grave_impact": True}, "情节严重", 5_000),
    (STALL, {"prior_penalties": 2, "area_m2": 3}, "情节严重", 3_000),
    (STALL, {"prior_penalties": 0, "obstructed": True, "area_m2": 1.5}, "情节严重", 1_500),
    (CABLES, {"prior_penalties": 0}, "情节较轻", 500),
    (CABLES, {"prior_penalties": 1}, "情节较重", 700),
    (CABLES, {"prior_penalties": 3}, "情节严重", 1_000),
    (OBJECTS, {"prior_penalties": 0, "count": 2}, "情节较轻", 10_000),
    (OBJECTS, {"prior_penalties": 1, "count": 1}, "情节较重", 10_000),
    (OBJECTS, {"prior_penalties": 2, "count": 3}, "情节严重", 60_000),
    (BALCONY, MINOR | {"prior_penalties": 0}, "情节轻微", None),
    (BALCONY, {"prior_penalties": 0}, "情节较轻", 100),
    (BALCONY, {"prior_penalties": 1}, "情节较重", 300),
    (BALCONY, {"prior_penalties": 2}, "情节严重", 500),
]


@pytest.fixture
def printed(data_sets):
    with (data_sets / "cn_discretion/sz_discretion_2023_excerpt.csv").open(encoding="utf-8-sig") as file:
        return published_tiers.read(csv.DictReader(file))


@pytest.fixture
def benchmark(printed):
    """The rows as a town would import them."""
    sheets = starter.as_sheets(published_tiers.table_rows(printed, DOCUMENT), "深圳裁量基准.csv")
    records, complaints = collect(sheets.sheets[0], TierRow, tier_rows.NAMES)
    assert complaints == ()
    return [record.value.fact() for record in records]


def test_every_row_becomes_a_tier_and_none_overlap(benchmark):
    assert len(benchmark) == 18
    told = tier_checks.inspect(benchmark)
    assert [one for one in told if one.refuses] == []
    assert {benchmark[one.line].power_code for one in told} == {STALL}, "of this one the excerpt has a single row"


@pytest.mark.parametrize(("matter", "facts", "name", "yuan"), CASES)
def test_the_recorded_facts_choose_the_row_a_person_would(benchmark, printed, matter, facts, name, yuan):
    recorded = CALM | facts
    found = tier_for([one for one in benchmark if one.power_code == matter], recorded, "person", "base")
    assert found.tier, found.why
    assert (found.tier.name, found.tier.no_penalty) == (name, yuan is None)
    each = next(one.each for one in printed if (one.matter, one.seq) == (matter, found.tier.seq))
    if yuan:
        assert bounds(provision(matter, each), found.tier, recorded).high_fen == yuan * 100
    assert found.tier.words in reasons(found, recorded)


def test_every_row_is_chosen_by_some_case(benchmark):
    chosen = {
        matter
        + there(
            tier_for([one for one in benchmark if one.power_code == matter], {**CALM, **facts}, "person", "base").tier
        ).code
        for matter, facts, _, _ in CASES
    }
    assert len(chosen) == 18


def test_without_the_number_of_penalties_nothing_is_chosen(benchmark):
    found = tier_for([one for one in benchmark if one.power_code == SHOP], CALM, "person", "base")
    assert (found.outcome, found.missing) == (Outcome.MISSING, ("prior_penalties",))


@pytest.mark.parametrize(
    ("decided", "name"),
    [(dt.date(2022, 5, 31), "情节较轻"), (dt.date(2022, 6, 1), "情节较重"), (dt.date(2023, 5, 1), "情节较重")],
)
def test_earlier_penalties_count_back_one_year_from_the_act(benchmark, decided, name):
    times = prior_penalties([PastCase("前案", OWNER, "", decided)], ACTED, power_code=OWNER)
    rows = [one for one in benchmark if one.power_code == OWNER]
    assert there(tier_for(rows, {"prior_penalties": times}, "person", "base").tier).name == name


def test_words_nobody_taught_are_refused(printed):
    [first, *_] = printed
    with pytest.raises(ValueError, match="看不懂"):
        published_tiers.table_rows([type(first)(first.matter, 1, "一般", "情节一般的", "处二千元罚款")], DOCUMENT)


def provision(matter, each):
    return ProvisionFact(
        power_code=matter,
        code="x",
        matter="",
        law="深圳经济特区市容和环境卫生管理条例",
        article="",
        effective_from=dt.date(2020, 1, 1),
        effective_to=None,
        subject="any",
        stage="base",
        kinds=("fine",),
        low_fen=0,
        high_fen=10_000_000,
        measure=each,
    )
