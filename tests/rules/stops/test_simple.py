"""The short ways: what may be decided on the spot, when cash may be taken, and what the fast lane is for."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import PartyFact
from enforcement.rules.stops import stops
from tests.rules.stops.cases import (
    BOUNDS,
    FACTS,
    FINE,
    ON_SPOT,
    PERFORMING,
    SERVED,
    TWO,
    act,
    allows,
    case,
    forbids,
    world,
)

A = Action
WIDE = {"bounds": BOUNDS | {"high_fen": 10**6, "low_fen": 0, "statute_high_fen": 10**6, "statute_low_fen": 0}}


def of(kind):
    return replace(case(A.DECIDE_ON_SPOT), party=PartyFact("p", 1, kind, 40 if kind == "person" else None))


def spot(fen, **told):
    return act(A.DECIDE_ON_SPOT, fine_fen=fen, **told)


@pytest.mark.parametrize(("kind", "limit"), [("person", 20_000), ("organisation", 300_000)])
def test_on_the_spot_a_person_pays_200_yuan_at_most_and_an_organisation_3000(kind, limit):
    assert forbids("over_spot_limit", spot(limit + 1), of(kind), world(**WIDE))
    assert allows("over_spot_limit", spot(limit), of(kind), world(**WIDE))


@pytest.mark.parametrize(("counts_as", "limit"), [("person", 20_000), ("organisation", 300_000)])
def test_a_sole_trader_counts_as_the_town_has_ruled(counts_as, limit):
    outside = world(**WIDE, local={"sole_trader_as": counts_as})
    assert forbids("over_spot_limit", spot(limit + 1), of("sole_trader"), outside)
    assert allows("over_spot_limit", spot(limit), of("sole_trader"), outside)


def test_where_the_town_has_not_ruled_nobody_guesses():
    assert forbids("unknown", spot(100), of("sole_trader"), world(**WIDE, local={}))


def test_on_the_spot_nothing_is_confiscated():
    told = spot(20_000, kinds=["fine", "confiscate_goods"])
    assert forbids("not_for_spot", told)
    assert forbids("not_for_spot", spot(20_000, confiscate_fen=1))


def test_on_the_spot_one_is_warned_and_fined():
    assert allows("not_for_spot", spot(20_000, kinds=["warning", "fine"]))
    assert allows("not_for_spot", act(A.DECIDE_ON_SPOT, kinds=["warning"], fine_fen=None))


def test_on_the_spot_too_the_party_is_told_first():
    assert forbids("not_told", spot(20_000, told=False))
    assert allows("not_told", spot(20_000, told=True))


@pytest.mark.parametrize(
    ("fen", "ground", "may"),
    [(10_000, "small", True), (10_001, "small", False), (20_000, "hard_later", True), (20_000, None, False)],
)
def test_cash_is_taken_on_the_spot_up_to_100_yuan_or_where_it_would_be_hard_later(fen, ground, may):
    told = spot(fen, pay_manner="cash", cash_ground=ground)
    assert forbids("cash_not_allowed", told, outside=world(**WIDE)) is not may
    if may:
        assert allows("cash_not_allowed", told, outside=world(**WIDE))


@pytest.mark.parametrize("ground", ["small", "hard_later"])
def test_after_an_ordinary_decision_no_cash_is_taken_for_that(ground):
    small = replace(PERFORMING, decision=replace(SERVED, proposal=replace(FINE, fine_fen=10_000)))
    told = act(A.PAY, amount_fen=10_000, pay_manner="cash", cash_ground=ground, officers=TWO)
    assert forbids("cash_not_allowed", told, small)


def test_but_where_the_bank_is_far_and_the_party_asks():
    told = act(A.PAY, pay_manner="cash", cash_ground="remote", officers=TWO)
    assert allows("cash_not_allowed", told)
    assert allows("cash_not_allowed", replace(told, given={**told.given, "cash_ground": "hard_later"}), ON_SPOT)


def test_cash_is_taken_by_two():
    assert forbids("two_officers", act(A.PAY, pay_manner="cash", cash_ground="remote"))
    assert allows("two_officers", act(A.PAY, pay_manner="cash", cash_ground="hard_later"), ON_SPOT)


def fast(listed=True, *exclusions, **told):
    return world(fast={"listed": listed, "exclusions": list(exclusions)}, **told)


@pytest.mark.parametrize("action", [A.PROPOSE_FAST, A.APPROVE_FAST])
def test_the_fast_lane_is_for_the_matters_on_the_list(action):
    assert forbids("not_fast", act(action), outside=fast(listed=False))
    assert allows("not_fast", act(action), outside=fast())


OBSTRUCTED = ["obstructed", "is", True]


def test_who_obstructs_leaves_it():
    told = act(A.PROPOSE_FAST, factors=FACTS | {"obstructed": True})
    assert forbids("fast_excluded", told, outside=fast(True, OBSTRUCTED))
    assert allows(
        "fast_excluded", act(A.PROPOSE_FAST, factors=FACTS | {"obstructed": False}), outside=fast(True, OBSTRUCTED)
    )


def test_a_fact_that_would_exclude_it_must_be_recorded():
    assert forbids("facts_unrecorded", act(A.PROPOSE_FAST), outside=fast(True, OBSTRUCTED))
    assert allows(
        "facts_unrecorded", act(A.PROPOSE_FAST), outside=fast(True, OBSTRUCTED, factors={"obstructed": False})
    )


def test_who_has_left_the_fast_lane_does_not_come_back():
    assert forbids("fast_left", act(A.PROPOSE_FAST), replace(case(A.PROPOSE_FAST), switched=True))
    assert allows("fast_left", act(A.PROPOSE_FAST))


def test_the_sentence_names_the_limit():
    outside = world(**WIDE, actor="sumin")
    (one,) = [one for one in stops(of("person"), spot(20_001), outside) if one.code == "over_spot_limit"]
    assert "200 元" in one.sentence
    assert one.article == "行政处罚法第五十一条"
