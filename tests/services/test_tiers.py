"""Discretion tiers: imported with every fault named, and what the recorded facts of a case lead to."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from enforcement import starter
from enforcement.models import Tier
from enforcement.rules.discretion import Outcome
from enforcement.rules.factors import Factors
from enforcement.services import editions, powers, provisions, tiers
from tests.starter_lists import there
from town.errors import Refused
from town.reference import Kind

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
ACTOR = "account:陈静"
MILD: Factors = {"prior_penalties": 0, "harm": "slight", "corrected": True, "obstructed": False}


@pytest.fixture
def law(database, town):
    """Powers and provisions of the starter, imported and not in force."""
    with database.write() as session:
        for service, sheets in ((powers, starter.demo_powers()), (provisions, starter.provisions())):
            previewed = service.preview(session, sheets, TODAY)
            service.import_edition(session, previewed, "一版", actor=ACTOR, now=NOW)
    return database


@pytest.fixture
def ruled(law):
    """Provisions and the demo town's tiers in force."""
    with law.write() as session:
        benchmark = tiers.preview(session, starter.demo_tiers(), TODAY)
        tiers.import_edition(session, benchmark, "一版", actor=ACTOR, now=NOW)
        for kind in (Kind.PROVISIONS, Kind.TIERS):
            edition = editions.find(session, kind, "一版")
            editions.confirm(session, edition, "许斐", actor=ACTOR, now=NOW)
            editions.activate(session, edition, TODAY, actor=ACTOR, now=NOW)
    return law


def previewed(database, *rows):
    with database.read() as session:
        return tiers.preview(session, starter.as_sheets(rows, "基准.csv"), TODAY)


def rows_of(power):
    return [row for row in starter.rows("tiers") if row["权力代码"] == power]


def test_the_starter_fits_its_provisions_and_says_it_is_nobodys_benchmark(law):
    told = previewed(law, *starter.rows("tiers"))
    assert told.refusing == ()
    assert {one.code for one in told.warnings} == {"not_published"}


def test_every_row_comes_back_as_it_was_typed(law):
    with law.write() as session:
        kept = tiers.import_edition(
            session, tiers.preview(session, starter.demo_tiers(), TODAY), "一版", actor=ACTOR, now=NOW
        )
        assert session.scalar(select(func.count()).select_from(Tier)) == 435
        editions.confirm(session, kept, "许斐", actor=ACTOR, now=NOW)
        tiers.activate(session, kept, TODAY, actor=ACTOR, now=NOW)
        again = tiers.preview(session, starter.demo_tiers(), TODAY).difference
    assert (again.added, again.removed, dict(again.changed)) == ((), (), {})


def test_nothing_is_in_force_that_nobody_answers_for(law):
    with law.write() as session:
        kept = tiers.import_edition(
            session, tiers.preview(session, starter.tiers(), TODAY), "一版", actor=ACTOR, now=NOW
        )
        with pytest.raises(Refused, match="confirmation_missing"):
            tiers.activate(session, kept, TODAY, actor=ACTOR, now=NOW)


def test_a_tier_beyond_its_provision_is_refused_with_its_cell(law):
    light, *others = rows_of("HJ005")
    told = previewed(law, light | {"罚款上限": "2001"}, *others)
    assert [(one.code, one.header, one.row) for one in told.refusing] == [("outside_provision", "罚款上限", 2)]


def test_tiers_that_overlap_are_refused_and_a_gap_is_told(law):
    light, normal, heavy, *_ = rows_of("HJ005")
    overlapping = previewed(law, light, normal, heavy | {"条件": "阻挠执法 = 否"})
    assert "overlap" in {one.code for one in overlapping.refusing}
    gaping = previewed(law, light, heavy)
    assert gaping.refusing == ()
    assert "gap" in {one.code for one in gaping.warnings}


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("条件", "心情 = 好", "看不懂条件「心情 = 好」"),
        ("条件", "已经改正 = 大概", "「已经改正」不能是「大概」"),
        ("顺序", "第一", "要填整数"),
        ("阶段", "二审", "只能填 一般、拒不改正"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(law, cell, value, said):
    told = previewed(law, rows_of("HJ005")[0] | {cell: value})
    assert said in told.refusing[0].sentence
    assert told.refusing[0].header == cell


def test_facts_lead_to_a_tier_under_the_provision_that_applies(ruled):
    with ruled.read() as session:
        catalogue = there(tiers.on(session, TODAY))
        by_code = {one.code: one for one in provisions.of_power(session, "HJ003", TODAY)}
        assert tiers.of_power(session, "HJ003", TODAY) == catalogue.of("HJ003")
    high = {
        code: there(there(catalogue.for_("HJ003", one, MILD, "person").tier).high_fen) // 100
        for code, one in by_code.items()
    }
    assert high == {"2018-any-base": 6_350, "2026-any-base": 1_850, "2026-any-refusal": 9_500}
    assert catalogue.asked("HJ003") == MILD.keys()
    assert catalogue.for_("HJ003", by_code["2026-any-base"], {}, "person").outcome is Outcome.MISSING


def test_conditions_are_the_same_after_the_database(ruled):
    with ruled.read() as session:
        kept = tiers.of_power(session, "HJ003", TODAY)
    normal = next(one for one in kept if one.code == "any-base-2")
    assert normal.conditions[-1] == ("any", "of", [["corrected", "is", False], ["harm", "is", "some"]])
