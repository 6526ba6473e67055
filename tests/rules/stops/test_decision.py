"""What may be imposed: kinds and sums the law gives, the tier the facts give, review and discussion where due."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    BOUNDS,
    DECIDING,
    FACTS,
    FINE,
    HEARD,
    INQUIRY,
    LIN,
    PROVISION,
    XU,
    act,
    allows,
    codes,
    forbids,
    world,
)

A = Action
CLASSES = {"outcome": "no_penalty", "ground": "first_offence", "education": "讲解"}
WIDE_TIER = BOUNDS | {"low_fen": 0, "high_fen": 10**7}


def concluding(**told):
    return act(A.CONCLUDE, **told)


def deciding(wish=FINE, **changes):
    """Told of what is decided, so that only the sum itself is asked about."""
    notice = replace(HEARD, proposal=wish, hearing_over="absent", heard=13)
    return replace(DECIDING, submitted=wish, notice=notice, **changes)


def test_a_penalty_is_of_some_kind():
    assert forbids("kinds_missing", concluding(kinds=[], fine_fen=None))
    assert allows("kinds_missing", concluding(kinds=["warning"], fine_fen=None))


def test_unlawful_income_is_confiscated_whatever_the_provision_says():
    plain = world(law={"provision": PROVISION | {"kinds": ["fine"]}, "why": "", "lawful_now": False})
    both = concluding(kinds=["fine", "confiscate_income"], confiscate_fen=100)
    assert allows("kind_not_allowed", both, outside=plain)


def test_only_kinds_the_provision_gives_are_imposed():
    assert forbids("kind_not_allowed", concluding(kinds=["fine", "revoke_licence"]))
    assert allows("kind_not_allowed", concluding(kinds=["fine", "warning"]))


@pytest.mark.parametrize(
    "told",
    [
        {"kinds": ["fine"], "fine_fen": None},
        {"kinds": ["warning"], "fine_fen": 50_000},
        {"kinds": ["fine", "confiscate_income"]},
        {"confiscate_fen": 100},
    ],
)
def test_a_sum_has_its_kind_and_a_kind_its_sum(told):
    assert forbids("sum_without_kind", concluding(**told))


def test_fine_and_confiscated_income_go_together():
    assert allows("sum_without_kind", concluding(kinds=["fine", "confiscate_income"], confiscate_fen=100))


@pytest.mark.parametrize("told", [{"kinds": ["warning"], "fine_fen": None}, {"kinds": None}])
def test_who_is_let_off_pays_nothing(told):
    assert forbids("penalty_in_no_penalty", concluding(**CLASSES, **told))
    assert allows("penalty_in_no_penalty", concluding(**CLASSES, kinds=None, fine_fen=None))


def test_a_fine_never_goes_above_the_statute():
    above = world(bounds=WIDE_TIER)
    assert forbids("above_provision", concluding(fine_fen=100_001), outside=above)
    assert forbids("above_provision", act(A.DECIDE), deciding(replace(FINE, fine_fen=100_001)), above)
    assert allows("above_provision", concluding(fine_fen=100_000), outside=above)


def test_an_upper_limit_nobody_knows_is_no_upper_limit_kept():
    assert codes(concluding(), outside=world(bounds=BOUNDS | {"statute_high_fen": None})) == ["unknown"]


LOW = {"bounds": WIDE_TIER | {"floor_may_be_left": False}}
MERIT = FACTS | {"merit": True}


def test_below_the_statute_only_with_a_ground_of_the_law():
    assert forbids("below_provision", concluding(fine_fen=4_999), outside=world(**LOW))
    unfounded = concluding(fine_fen=4_999, lighter="merit")
    assert forbids("below_provision", unfounded, outside=world(**LOW))


def test_with_one_it_may_be_less():
    left = world(bounds=WIDE_TIER | {"floor_may_be_left": True})
    assert allows("below_provision", concluding(fine_fen=4_999, lighter="merit", factors=MERIT), outside=left)
    assert allows("below_provision", concluding(fine_fen=5_000), outside=world(**LOW))


def test_a_share_of_the_cost_needs_the_cost():
    asked = world(bounds=BOUNDS | {"missing": ["cost_fen"], "high_fen": None, "statute_high_fen": None})
    assert forbids("facts_unrecorded", concluding(), outside=asked)


@pytest.mark.parametrize("outcome", ["missing", "overlap", "gap"])
def test_while_the_facts_give_no_tier_nothing_is_weighed(outcome):
    open_tier = world(tier=None, tier_outcome=outcome, tier_why="还缺裁量事实：「面积」。")
    assert forbids("tier_open", concluding(), outside=open_tier)


def test_in_a_tier_or_where_the_town_has_none_it_is():
    assert allows("tier_open", concluding())
    assert allows("tier_open", concluding(fine_fen=100_000), outside=world(tier=None, tier_outcome="none"))


@pytest.mark.parametrize("fen", [19_999, 60_001])
def test_out_of_the_tier_only_for_a_reason(fen):
    assert forbids("outside_tier", concluding(fine_fen=fen))
    assert allows("outside_tier", concluding(fine_fen=fen, deviation_reason="多次劝导仍占道"))


def test_a_ground_for_less_takes_a_fine_below_the_tier_never_above():
    left = world(bounds=BOUNDS | {"floor_may_be_left": True})
    assert allows("outside_tier", concluding(fine_fen=19_999, lighter="merit", factors=MERIT), outside=left)
    assert forbids("outside_tier", concluding(fine_fen=60_001, lighter="merit", factors=MERIT), outside=left)


def test_on_the_spot_never_out_of_the_tier():
    told = act(A.DECIDE_ON_SPOT, fine_fen=10_000, deviation_reason="态度好")
    assert forbids("outside_tier", told)


def test_where_the_tier_lets_off_a_fine_needs_a_reason_too():
    free = world(tier={"code": "free", "name": "免罚", "no_penalty": True})
    assert forbids("outside_tier", concluding(), outside=free)


def test_a_fine_far_from_like_cases_is_explained():
    far = world(nearest={"count": 5, "beyond_band": True})
    assert forbids("deviation_unexplained", concluding(), outside=far)
    assert allows("deviation_unexplained", concluding(deviation_reason="面积大"), outside=far)


@pytest.mark.parametrize("action", [A.APPROVE_NOTICE, A.SUBMIT_DECISION, A.DECIDE])
def test_a_threshold_the_town_has_not_confirmed_is_asked_for(action):
    open_one = world(unknown=["hearing_fine_person_fen"])
    assert forbids("threshold_unconfirmed", act(action), outside=open_one)
    assert allows("threshold_unconfirmed", act(action), outside=world(unknown=[]))


REVIEW = world(review_due=["罚款数额较大"])


def test_where_legal_review_is_due_there_is_no_decision_without():
    assert forbids("review_missing", act(A.DECIDE), deciding(), REVIEW)


def test_nor_one_that_failed_or_came_before_the_hearing_or_from_a_handler():
    assert forbids("review_missing", act(A.DECIDE), deciding(reviews=((14, False, XU),)), REVIEW)
    assert forbids("review_missing", act(A.DECIDE), deciding(reviews=((14, True, XU), (15, False, XU))), REVIEW)
    assert forbids("review_missing", act(A.DECIDE), deciding(reviews=((13, True, XU),)), REVIEW)
    assert forbids("review_missing", act(A.DECIDE), deciding(reviews=((14, True, LIN),)), REVIEW)


def test_passed_after_the_hearing_by_somebody_else_it_will_do():
    assert allows("review_missing", act(A.DECIDE), deciding(reviews=((14, True, XU),)), REVIEW)


def test_after_a_hearing_legal_review_is_always_due():
    held = replace(deciding(), notice=replace(HEARD, hearing_over="held", heard=13))
    assert forbids("review_missing", act(A.DECIDE), held)
    assert allows("review_missing", act(A.DECIDE), replace(held, reviews=((14, True, XU),)))


def test_far_from_like_cases_legal_review_is_due():
    far = world(nearest={"count": 5, "beyond_band": True})
    explained = replace(FINE, deviation_reason="面积大")
    assert forbids("review_missing", act(A.DECIDE), deciding(explained), far)
    assert allows("review_missing", act(A.DECIDE), deciding(explained, reviews=((14, True, XU),)), far)


DISCUSSION = world(discussion_due=["罚款数额较大"])


def test_a_grave_matter_is_discussed_by_the_heads_together():
    assert forbids("discussion_missing", act(A.DECIDE), deciding(), DISCUSSION)
    assert forbids("discussion_missing", act(A.DECIDE), deciding(discussions=((14, False),)), DISCUSSION)
    assert forbids("discussion_missing", act(A.DECIDE), deciding(discussions=((12, True),)), DISCUSSION)


def test_discussed_and_agreed_it_is_decided():
    assert allows("discussion_missing", act(A.DECIDE), deciding(discussions=((14, True),)), DISCUSSION)


def test_so_is_a_fine_out_of_the_tier():
    outside_tier = replace(FINE, fine_fen=70_000, deviation_reason="多次")
    assert forbids("discussion_missing", act(A.DECIDE), deciding(outside_tier))
    assert allows("discussion_missing", act(A.DECIDE), deciding(outside_tier, discussions=((14, True),)))


def test_a_discussion_before_the_party_spoke_is_held_again():
    spoke = replace(HEARD, defences=("partly",), defended=14)
    early = replace(DECIDING, notice=spoke, discussions=((13, True),))
    assert forbids("discussion_missing", act(A.DECIDE), early)
    assert allows("discussion_missing", act(A.DECIDE), replace(early, discussions=((13, True), (15, True))))
    assert allows("discussion_missing", act(A.DECIDE), replace(early, discussions=((9, False),)))


def test_to_hand_a_case_on_is_no_decision():
    told = act(A.SUBMIT_DECISION, outcome="transfer", kinds=None, fine_fen=None)
    assert forbids("transfer_is_no_decision", told)
    assert allows("transfer_is_no_decision", act(A.TRANSFER))


def test_one_head_alone_is_no_discussion():
    assert forbids("discussed_alone", act(A.DISCUSS, members=[{"name": "周正"}, {"name": "周正"}]))
    assert allows("discussed_alone", act(A.DISCUSS))


def test_where_the_provision_gives_no_fine_none_is_imposed():
    warned = world(law={"provision": PROVISION | {"kinds": ["warning"]}, "why": "", "lawful_now": False})
    assert codes(concluding(), INQUIRY, warned) == ["kind_not_allowed"]
