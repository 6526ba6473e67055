"""What a case owes: fine, confiscated sums and the 3 % a day, with parts that were approved and reviews that pause it."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from enforcement.rules.cases import owing
from enforcement.rules.cases.facts import Case, Contest, Decision, Payment, Proposal, Served
from enforcement.rules.cases.states import Lane, State
from town.days import Calendar

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), ((dt.time(9), dt.time(17)),), {}, range(2000, 2100))
RECEIVED = dt.date(2026, 11, 2)
BY = dt.date(2026, 11, 17)
AT = dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)


def case(fine: int = 10_000, confiscated: int = 0, **more) -> Case:
    """Decided and received on 2 November."""
    wish = Proposal(1, "penalty", None, ("fine",), fine, confiscated, None, None, None)
    served = Served("penalty_decision", 2, "in_person", RECEIVED)
    decision = Decision(wish, 1, AT, RECEIVED, on_spot=False, served=served)
    begun = Case(State.PERFORMING, Lane.ORDINARY, 2, {}, "SR003", ("sumin",), AT, decision=decision)
    return replace(begun, **more)


def paid(day: dt.date, fen: int) -> Payment:
    return Payment(3, day, fen, "bank", "1")


def owed(one: Case, day: dt.date):
    return owing.owing(one, day, CALENDAR)


def test_nothing_is_late_on_the_fifteenth_day():
    assert owed(case(), BY).late_fee == 0
    assert owed(case(), BY + dt.timedelta(days=1)).late_fee == 300


def test_a_confiscated_sum_is_owed_with_the_fine_and_bears_no_late_fee():
    told = owed(case(confiscated=50_000), BY + dt.timedelta(days=1))
    assert (told.principal, told.late_fee, told.left) == (60_000, 300, 60_300)


def test_a_confiscated_sum_alone_is_owed_too():
    assert owed(case(fine=0, confiscated=50_000), BY + dt.timedelta(days=99)).left == 50_000


def test_parts_take_the_place_of_the_one_day():
    parts = ({"due": "2026-12-02", "fen": 6_000}, {"due": "2027-01-01", "fen": 4_000})
    assert owed(case(schedule=parts), dt.date(2026, 12, 2)).late_fee == 0
    assert owed(case(schedule=parts), dt.date(2026, 12, 3)).late_fee == 180


def test_what_was_paid_before_the_parts_were_approved_belongs_to_the_fine():
    parts = ({"due": "2026-12-02", "fen": 7_000},)
    told = owed(case(schedule=parts, payments=(paid(BY, 3_000),)), dt.date(2026, 12, 2))
    assert (told.left, told.late_fee) == (7_000, 0)


def test_days_of_a_review_do_not_count():
    under_way = (Contest("reconsideration", 1, BY + dt.timedelta(days=1)),)
    assert owed(case(contests=under_way), BY + dt.timedelta(days=30)).late_fee == 0


@pytest.mark.parametrize("day", [RECEIVED, BY, dt.date(2027, 5, 1)])
def test_nothing_is_reckoned_without_a_decision_that_stands_and_was_received(day):
    decided = case()
    assert decided.decision
    assert owed(replace(decided, decision=None), day) is None
    assert owed(replace(decided, decision=replace(decided.decision, revoked=BY)), day) is None
    assert owed(replace(decided, decision=replace(decided.decision, served=None)), day) is None
    assert owed(case(fine=0), day) is None
