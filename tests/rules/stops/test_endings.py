"""How a case ends: nothing is left undone, and no ground is only said."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Contest, CorrectionOrder, Payment
from enforcement.rules.cases.states import State
from tests.rules.stops.cases import (
    FINE,
    HELD,
    INQUIRY,
    ON_SPOT,
    OPENED,
    PAID,
    PERFORMING,
    POWER,
    SEIZED,
    SERVED,
    act,
    allows,
    case,
    day,
    forbids,
    world,
)

A, S = Action, State
CLOSING = [A.ASK_CLOSING, A.CLOSE]
RECONSIDERED = Contest("reconsideration", 15, day("11-19"), "upheld", day("11-22"))
REVOKED = replace(PAID, state=S.REVOKED, decision=replace(SERVED, revoked=day("11-20")))


def test_against_a_penalty_on_the_spot_reconsideration_comes_first():
    assert forbids("reconsider_first", act(A.CONTEST, contest_kind="suit"), ON_SPOT)
    given_up = replace(RECONSIDERED, result="withdrawn")
    assert forbids("reconsider_first", act(A.CONTEST, contest_kind="suit"), replace(ON_SPOT, contests=(given_up,)))


def test_then_the_suit_and_against_an_ordinary_one_at_once():
    assert allows("reconsider_first", act(A.CONTEST, contest_kind="suit"), replace(ON_SPOT, contests=(RECONSIDERED,)))
    assert allows("reconsider_first", act(A.CONTEST, contest_kind="suit"), PERFORMING)


def test_one_remedy_at_a_time():
    under_way = replace(PERFORMING, contests=(Contest("reconsideration", 15, day("11-20")),))
    assert forbids("suit_waits", act(A.CONTEST, contest_kind="suit"), under_way)
    assert allows("suit_waits", act(A.CONTEST, contest_kind="suit"), replace(PERFORMING, contests=(RECONSIDERED,)))


def test_no_result_of_what_was_never_begun():
    assert forbids("no_contest", act(A.CONTEST_RULED), PERFORMING)
    assert forbids("no_contest", act(A.CONTEST_RULED, contest_kind="suit"))
    assert allows("no_contest", act(A.CONTEST_RULED))


def test_no_result_comes_before_what_was_asked_for():
    asked = replace(PERFORMING, contests=(Contest("reconsideration", 15, day("11-20")),))
    ruled = {"contest_kind": "reconsideration", "contest_result": "upheld"}
    assert forbids("ruled_before_asked", act(A.CONTEST_RULED, day="2026-11-19", **ruled), asked)
    assert allows("ruled_before_asked", act(A.CONTEST_RULED, day="2026-11-20", **ruled), asked)


def test_with_two_decisions_contested_a_result_says_which_it_is_about():
    old, new = Contest("suit", 3, day("11-03")), Contest("suit", 15, day("11-20"))
    both = replace(PERFORMING, contests=(old, new))
    upheld = {"contest_kind": "suit", "contest_result": "upheld"}
    assert forbids("contest_unclear", act(A.CONTEST_RULED, **upheld), both)
    for earlier in (True, False):
        assert allows("contest_unclear", act(A.CONTEST_RULED, earlier_decision=earlier, **upheld), both)
    assert allows("contest_unclear", act(A.CONTEST_RULED, **upheld), replace(PERFORMING, contests=(old,)))
    assert forbids(
        "no_contest", act(A.CONTEST_RULED, earlier_decision=True, **upheld), replace(PERFORMING, contests=(new,))
    )


def test_a_change_says_what_is_left_of_every_sum():
    income = replace(FINE, kinds=("fine", "confiscate_income"), confiscate_fen=7_000)
    both = replace(case(A.CONTEST_RULED), decision=replace(SERVED, proposal=income))
    changed = {"contest_result": "changed", "fine_fen": 20_000}
    assert forbids("changed_sum", act(A.CONTEST_RULED, contest_result="changed"))
    assert forbids("changed_sum", act(A.CONTEST_RULED, **changed), both)
    assert allows("changed_sum", act(A.CONTEST_RULED, **changed))
    assert allows("changed_sum", act(A.CONTEST_RULED, **changed, confiscate_fen=0), both)


def test_and_nothing_but_a_change_does():
    assert forbids("changed_sum", act(A.CONTEST_RULED, contest_result="upheld", fine_fen=20_000))
    assert allows("changed_sum", act(A.CONTEST_RULED, contest_result="upheld"))


def test_nobody_is_worse_off_for_having_asked():
    assert forbids("changed_heavier", act(A.CONTEST_RULED, contest_result="changed", fine_fen=50_001))
    assert forbids("changed_heavier", act(A.CONTEST_RULED, contest_result="changed", fine_fen=1, confiscate_fen=1))
    assert allows("changed_heavier", act(A.CONTEST_RULED, contest_result="changed", fine_fen=50_000))


def test_a_contest_of_a_decision_that_was_made_again_holds_up_nothing_of_the_new_one():
    old = (Contest("suit", 3, day("11-03")),)
    assert allows("contest_under_way", act(A.ASK_CLOSING), replace(PAID, contests=old))
    assert allows("suit_waits", act(A.CONTEST, contest_kind="suit"), replace(PERFORMING, contests=old))
    upheld = (Contest("reconsideration", 3, day("11-03"), "upheld", day("11-10")),)
    assert forbids("reconsider_first", act(A.CONTEST, contest_kind="suit"), replace(ON_SPOT, contests=upheld))


def test_a_decision_is_published_once_and_withdrawn_when_it_is_out():
    out = replace(PERFORMING, published=day("11-20"))
    assert forbids("published_before", act(A.PUBLISH), out)
    assert allows("published_before", act(A.PUBLISH), replace(out, unpublished=day("11-21")))
    assert forbids("not_published", act(A.UNPUBLISH), PERFORMING)
    assert allows("not_published", act(A.UNPUBLISH), out)


def test_only_a_decision_that_stands_is_published():
    revoked = replace(PERFORMING, decision=replace(SERVED, revoked=day("11-21")))
    assert forbids("nothing_to_publish", act(A.PUBLISH), revoked)
    assert allows("nothing_to_publish", act(A.PUBLISH), PERFORMING)


@pytest.mark.parametrize("action", [A.CONTEST, A.REVOKE])
def test_a_revoked_decision_is_not_contested_or_revoked_again(action):
    revoked = replace(PERFORMING, decision=replace(SERVED, revoked=day("11-21")))
    assert forbids("no_decision", act(action), revoked)
    assert allows("no_decision", act(action), PERFORMING)


def standing(code):
    return world(power=POWER | {"today": {"in_force": code == "in_force", "code": code, "why": ""}})


@pytest.mark.parametrize(
    ("ground", "code"), [("place", "in_force"), ("handed_back", "suspended"), ("no_power", "in_force")]
)
def test_a_case_is_not_handed_on_for_a_reason_that_is_not_so(ground, code):
    assert forbids("transfer_unfounded", act(A.TRANSFER, transfer_ground=ground), outside=standing(code))


@pytest.mark.parametrize(
    ("ground", "code"), [("handed_back", "handed_back"), ("no_power", "suspended"), ("crime", "in_force")]
)
def test_for_one_that_is_so_it_is(ground, code):
    assert allows("transfer_unfounded", act(A.TRANSFER, transfer_ground=ground), outside=standing(code))
    beyond = replace(INQUIRY, opened=OPENED | {"in_town": False})
    assert allows("transfer_unfounded", act(A.TRANSFER, transfer_ground="place"), beyond)


def test_only_a_case_that_was_filed_comes_back():
    assert forbids("not_filed", act(A.TAKE_BACK), replace(case(A.TAKE_BACK), filed_at=None))
    assert allows("not_filed", act(A.TAKE_BACK))


@pytest.mark.parametrize("action", CLOSING)
def test_no_case_is_closed_whose_decision_nobody_has_received(action):
    assert forbids("not_served", act(action), replace(PAID, decision=replace(SERVED, served=None)))
    assert allows("not_served", act(action))


@pytest.mark.parametrize("action", CLOSING)
def test_no_case_is_closed_while_the_fine_is_not_paid(action):
    assert forbids("not_paid", act(action), PERFORMING)
    less = replace(PAID, payments=(Payment(17, day("11-20"), 49_999, "bank", "1"),))
    assert forbids("not_paid", act(action), less)
    assert forbids("not_paid", act(action), replace(PAID, payments=(Payment(9, day("11-01"), 50_000, "bank", "1"),)))


@pytest.mark.parametrize("action", CLOSING)
def test_paid_refused_by_the_court_or_revoked_it_is(action):
    assert allows("not_paid", act(action), PAID)
    assert allows("not_paid", act(action), replace(PERFORMING, ruling="refused"))
    assert allows("not_paid", act(A.CLOSE), replace(REVOKED, payments=()))


def test_goods_and_licences_take_an_act_of_their_own():
    taken = replace(PAID, decision=replace(SERVED, proposal=replace(FINE, kinds=("fine", "confiscate_goods"))))
    assert forbids("not_performed", act(A.ASK_CLOSING), taken)
    assert allows("not_performed", act(A.ASK_CLOSING), replace(taken, performed=("confiscate_goods",)))


def test_what_was_to_be_put_right_is_looked_at_before_closing():
    unseen = replace(PAID, corrections=(CorrectionOrder(5, day("11-05")),))
    assert forbids("not_rechecked", act(A.ASK_CLOSING), unseen)
    assert allows("not_rechecked", act(A.ASK_CLOSING), replace(unseen, corrections=()))
    assert allows("not_rechecked", act(A.ASK_CLOSING))


@pytest.mark.parametrize("action", [*CLOSING, A.ARCHIVE])
@pytest.mark.parametrize("goods", [HELD, SEIZED])
def test_no_case_ends_with_goods_on_the_shelf(action, goods):
    assert forbids("goods_held", act(action), replace(PAID, measures=(goods,)))
    assert allows("goods_held", act(action), replace(PAID, measures=(replace(goods, ended="returned"),)))


def test_no_case_is_closed_with_cash_in_the_drawer():
    cash = replace(PAID, payments=(Payment(17, day("11-20"), 50_000, "cash", "1"),), cash_handed_fen=50_000)
    assert forbids("cash_not_banked", act(A.ASK_CLOSING), cash)
    assert allows("cash_not_banked", act(A.ASK_CLOSING), replace(cash, cash_banked_fen=50_000))


def test_a_revoked_decision_does_not_stay_public():
    public = replace(REVOKED, published=day("11-19"))
    assert forbids("still_published", act(A.CLOSE), public)
    assert forbids("still_published", act(A.REDECIDE, words="重新调查"), public)
    assert allows("still_published", act(A.CLOSE), replace(public, unpublished=day("11-21")))
