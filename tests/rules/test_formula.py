"""考核办法: what it may hold, and what it makes of facts."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oversight.rules import formula, periods
from oversight.rules.appraisal import Names, appraise, names_in, span_in
from oversight.rules.canonical import digest
from oversight.rules.counting import in_hundredths
from oversight.rules.formula import STARTER, Weighed
from oversight.rules.indicators import Indicator
from tests.rules.some_facts import NOON, any_fact, fact

SPAN = periods.span(periods.parse("2026-11"), ZoneInfo("Asia/Shanghai"))
HOUR = dt.timedelta(hours=1)
GOOD = STARTER.as_data()
NAMES = Names("云溪镇", {"CZ": "城中片区中队", "CD": "城东片区中队"})


def test_a_formula_survives_being_kept():
    assert formula.read(GOOD) == STARTER
    assert formula.read(GOOD).digest == digest(GOOD)


@pytest.mark.parametrize(
    "smuggled",
    [
        {"indicator": "fine_total", "weight": 100},
        {"indicator": "cases_filed", "weight": 100},
        {"indicator": "reports_found", "weight": 100},
        {"indicator": "officer_rank", "weight": 100},
        {"indicator": "response_rate", "weight": 100, "by": "officer"},
        {"indicator": ["response_rate"], "weight": 100},
        {"indicator": "response_rate", "weight": 100.0},
        {"indicator": "response_rate", "weight": True},
        {"formula": "fines / officers", "weight": 100},
    ],
)
def test_a_part_can_be_nothing_but_an_indicator(smuggled):
    with pytest.raises(ValueError, match=r".+"):
        formula.read({**GOOD, "parts": [smuggled]})


@pytest.mark.parametrize(
    "changes",
    [
        {"bonus": {"per_case": 5}},
        {"parts": []},
        {"parts": [{"indicator": "response_rate", "weight": 99}]},
        {"parts": [{"indicator": "response_rate", "weight": 50}] * 2},
        {"difficulty": {"by": "account", "weights": {}}},
        {"difficulty": {"by": "squad", "weights": {"CZ": 120}}},
        {"difficulty": {"by": "kind", "weights": {"penalised": 120}}},
        {"difficulty": {"by": "severity", "weights": {"urgent": 100_000}}},
        {"difficulty": {"by": "severity", "weights": {"urgent": 1.5}}},
        {"difficulty": {"by": "severity", "weights": {"urgent": 120}, "fine": 1}},
        {"digits": 9},
        {"digits": "2"},
        {"valid_from": "soon"},
        {"valid_from": None},
        {"name": ""},
    ],
)
def test_what_has_no_place_in_a_formula_is_refused(changes):
    with pytest.raises(ValueError, match=r".+"):
        formula.read({**GOOD, **changes})


@pytest.mark.parametrize("odd", [None, [], "x", 1, {}, {"name": "x"}])
def test_what_is_no_formula_is_refused(odd):
    with pytest.raises(ValueError, match="要有"):
        formula.read(odd)


def test_a_harder_order_weighs_more():
    due = {"response_due_at": NOON + HOUR}
    easy, hard = fact(**due, responded_at=NOON), fact(**due, severity="urgent")
    [response, *_] = formula.weigh(STARTER, [easy, hard], SPAN)
    assert (response.numerator, response.denominator, response.orders) == (100, 250, 2)


def test_a_part_with_nothing_to_do_is_left_out_of_the_mean():
    parts = [Weighed(Indicator.RESPONSE, 20, 100, 200, 2), Weighed(Indicator.SOLVED, 80, 0, 0, 0)]
    assert formula.result(STARTER, parts) == "50.00"
    assert formula.result(STARTER, parts[1:]) == "n/a"


def test_what_is_to_be_kept_low_counts_the_other_way_round():
    [rework] = [Weighed(Indicator.REWORK, 100, 100, 400, 4)]
    assert formula.result(STARTER, [rework]) == "75.00"


def test_an_excluded_order_weighs_nothing():
    facts = [fact(response_due_at=NOON + HOUR, excluded="not_ours")]
    assert all(part.denominator == 0 for part in formula.weigh(STARTER, facts, SPAN))


@given(some.lists(any_fact, max_size=20))
def test_a_result_stands_between_nothing_and_all_and_does_not_depend_on_the_order_of_facts(facts):
    there, back = (appraise(STARTER, told, SPAN, NAMES) for told in (facts, facts[::-1]))
    assert there == back
    for row in [there["town"], *there["squads"]]:
        assert row["result"] == "n/a" or 0 <= float(row["result"]) <= 100
    assert digest(there)


@given(some.lists(any_fact, max_size=10))
def test_results_tell_what_they_were_made_with(facts):
    results = appraise(STARTER, facts, SPAN, NAMES)
    assert (names_in(results), span_in(results)) == (NAMES, SPAN)
    assert appraise(STARTER, facts, span_in(results), names_in(results)) == results


def test_squads_stand_by_their_code_and_not_by_their_result():
    good = fact(holder="CZ", response_due_at=NOON + HOUR, responded_at=NOON)
    bad = fact(holder="CD", response_due_at=NOON + HOUR)
    for facts in ([good, bad], [bad, good]):
        assert [row["key"] for row in appraise(STARTER, facts, SPAN, NAMES)["squads"]] == ["CD", "CZ"]


@given(some.fractions(0, 1), some.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_step(share, digits):
    rounded = float(in_hundredths(share, digits))
    assert abs(rounded - 100 * float(share)) <= 0.5 * 10**-digits + 1e-9
