"""Reconsideration and suits as facts of a case: what a change leaves of a decision, and which decision a suit is about."""

import datetime as dt
from dataclasses import replace

import pytest

from enforcement.rules.cases import clocks, contests, folding, owing
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import Clock
from enforcement.rules.cases.facts import Case, Payment, Proposal
from enforcement.rules.cases.states import Lane, State
from tests.rules.stops.cases import (
    FINE,
    HEARD,
    NOTIFIED,
    OVERDUE,
    PERFORMING,
    SEIZED,
    YUNXI,
    act,
    at,
    case,
    day,
    holding,
)

A = Action
DECIDED = 15
"""Sequence of the decision that stands."""
CHANGED = {"contest_result": "changed", "fine_fen": 20_000}


def contested(before: Case = PERFORMING, kind: str = "reconsideration", on: str = "11-20") -> Case:
    """The case after a contest was begun."""
    return folding.after(before, replace(act(A.CONTEST, contest_kind=kind, day=day(on).isoformat()), sequence=31))


def ruled(before: Case, **said: object) -> Case:
    """The case after a result was told."""
    return folding.after(before, replace(act(A.CONTEST_RULED, **said), sequence=32))


def owed(one: Case, on: str = "11-23"):
    return owing.owing(one, day(on), YUNXI)


def wish(one: Case) -> Proposal:
    assert one.decision
    return one.decision.proposal


def test_a_contest_is_about_the_decision_that_stands_when_it_is_begun():
    assert [one.decision for one in contested().contests] == [DECIDED]


def test_a_change_leaves_what_the_organ_of_reconsideration_or_the_court_set():
    less = ruled(contested(), **CHANGED)
    assert (less.fine_fen, owed(less).principal, owed(less).left) == (20_000, 20_000, 20_000)
    assert wish(ruled(contested(), contest_result="upheld")) == FINE


def test_what_is_changed_to_nothing_is_no_penalty_any_more():
    income = replace(FINE, kinds=("fine", "confiscate_income"), confiscate_fen=7_000)
    assert PERFORMING.decision
    both = replace(PERFORMING, decision=replace(PERFORMING.decision, proposal=income))
    less = wish(ruled(contested(both), contest_result="changed", fine_fen=0, confiscate_fen=7_000))
    assert (less.kinds, less.fine_fen, less.confiscate_fen) == (("confiscate_income",), 0, 7_000)


def test_three_per_cent_grow_on_what_is_left_and_stop_there():
    late = contested(replace(OVERDUE, last_at=at("03-20")), on="03-20")
    less = ruled(late, **CHANGED, day="2026-03-30")
    assert owed(less).late_fee == 20_000
    assert owed(less, "03-31").late_fee == 20_000 * 3 // 100 * 2  # 19 March, and the day after the result


def test_a_change_takes_the_instalments_that_fall_due_last():
    parts = ({"due": "2026-12-10", "fen": 15_000}, {"due": "2027-01-10", "fen": 25_000})
    paid = (Payment(17, day("11-19"), 10_000, "bank", "1"),)
    delayed = contested(replace(PERFORMING, schedule=parts, payments=paid))
    assert [one["fen"] for one in ruled(delayed, **CHANGED | {"fine_fen": 30_000}).schedule] == [15_000, 5_000]
    assert [one["fen"] for one in ruled(delayed, **CHANGED | {"fine_fen": 12_000}).schedule] == [2_000]
    settled = ruled(delayed, **CHANGED | {"fine_fen": 8_000})
    assert (settled.schedule, owed(settled).left, owed(settled).excess) == ((), 0, 2_000)


@pytest.mark.parametrize(("fen", "met"), [(20_000, True), (30_000, False)])
def test_who_had_paid_as_much_already_has_paid(fen, met):
    some = contested(replace(PERFORMING, payments=(Payment(17, day("11-19"), 20_000, "bank", "1"),)))
    told = replace(act(A.CONTEST_RULED, **CHANGED | {"fine_fen": fen}), sequence=32)
    changes = clocks.changes(folding.after(some, told), told, YUNXI)
    assert any(one.clock is Clock.PAY and one.what == "met" for one in changes) is met


def decided_anew() -> Case:
    """A suit is pending, the decision was revoked, and a new one was made and served."""
    assert PERFORMING.decision
    sued = contested(replace(PERFORMING, decision=replace(PERFORMING.decision, sequence=3)), "suit", "11-19")
    return replace(sued, decision=PERFORMING.decision)


def test_a_suit_about_the_old_decision_does_not_stop_the_three_per_cent_of_the_new_one():
    assert owed(decided_anew(), "12-20").late_fee > 0
    assert owed(contested(kind="suit"), "12-20").late_fee == 0


@pytest.mark.parametrize("result", ["revoked", "changed"])
def test_what_becomes_of_the_old_decision_leaves_the_new_one_as_it_is(result):
    over = ruled(decided_anew(), contest_kind="suit", contest_result=result)
    assert over.decision == PERFORMING.decision
    assert [(one.decision, one.result) for one in over.contests] == [(3, result)]


def test_nor_does_it_begin_a_clock():
    asked = replace(decided_anew(), published=day("11-20"))
    told = replace(act(A.CONTEST_RULED, contest_kind="suit", contest_result="revoked"), sequence=32)
    begun = [one for one in clocks.changes(folding.after(asked, told), told, YUNXI) if one.what == "begun"]
    assert begun == []


def test_a_result_is_told_of_the_newest_contest_unless_it_says_otherwise():
    both = contested(decided_anew(), "suit")
    for said, decision in (({}, DECIDED), ({"earlier_decision": False}, DECIDED), ({"earlier_decision": True}, 3)):
        found = contests.ruled_on(both, act(A.CONTEST_RULED, contest_kind="suit", **said))
        assert found
        assert found.decision == decision


@pytest.mark.parametrize("action", [A.SEND_BACK, A.RENOTIFY, A.REDECIDE, A.TAKE_BACK])
def test_whoever_inquires_again_has_left_the_fast_lane(action):
    quick = folding.after(replace(case(action), lane=Lane.FAST), act(action))
    assert (quick.state, quick.lane, quick.switched) == (State.INVESTIGATING, Lane.ORDINARY, True)
    slow = folding.after(replace(case(action), lane=Lane.ORDINARY), act(action))
    assert (slow.lane, slow.switched) == (Lane.ORDINARY, False)


def test_who_asks_for_a_hearing_again_is_called_again():
    called = replace(
        HEARD, hearing_called=day("11-12"), hearing_at=at("11-20"), chair="fangning", hearing_over="withdrawn"
    )
    again = folding.after(replace(NOTIFIED, notice=called), act(A.REQUEST_HEARING)).notice
    assert again
    assert (again.hearing_called, again.hearing_at, again.chair, again.hearing_over) == (None, None, None, None)


@pytest.mark.parametrize(("decided", "last"), [("10-22", "11-21"), ("10-23", "11-22"), ("10-24", "11-23")])
def test_a_seizure_ends_on_its_thirtieth_day_weekend_or_not(decided, last):
    told = act(A.APPROVE_SEIZURE, when=at(decided, 16))
    [change] = clocks.changes(holding(replace(SEIZED, since=told.at)), told, YUNXI)
    assert change.begun
    started = dt.datetime.combine(day(decided), dt.time(12), YUNXI.zone)
    assert started + dt.timedelta(hours=change.begun.term.amount) == YUNXI.end_of(day(last))
