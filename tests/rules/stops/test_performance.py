"""Paying and going to court: not more than is owed, not before its time."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Contest, Payment, Served
from enforcement.rules.stops import stops
from tests.rules.stops.cases import KNOWN, OVERDUE, PAID, PERFORMING, SERVED, act, allows, day, forbids, world

A = Action


def until(**dates):
    return world(dates=KNOWN["dates"] | dates)


def test_nobody_pays_more_than_the_fine_in_time():
    assert forbids("paid_too_much", act(A.PAY, amount_fen=50_001))
    assert allows("paid_too_much", act(A.PAY, amount_fen=50_000))


LATE = replace(PERFORMING, decision=replace(SERVED, served=Served("penalty_decision", 16, "in_person", day("11-04"))))
"""Received on 4 November, so due on the 19th; on the 23rd four days late."""


def test_who_is_late_pays_three_percent_a_day_and_no_fen_more():
    assert forbids("paid_too_much", act(A.PAY, amount_fen=56_001), LATE)
    assert allows("paid_too_much", act(A.PAY, amount_fen=56_000), LATE)
    assert forbids("paid_too_much", act(A.PAY, amount_fen=54_501, day="2026-11-22"), LATE)


def test_never_more_than_the_fine_on_top_and_nothing_while_it_is_contested():
    assert forbids("paid_too_much", act(A.PAY, amount_fen=100_001), OVERDUE)
    assert allows("paid_too_much", act(A.PAY, amount_fen=100_000), OVERDUE)
    contested = replace(LATE, contests=(Contest("reconsideration", 15, day("11-10")),))
    assert forbids("paid_too_much", act(A.PAY, amount_fen=50_001), contested)


def test_under_approved_instalments_what_was_paid_before_counts():
    parts = ({"due": "2026-12-10", "fen": 20_000}, {"due": "2027-01-10", "fen": 20_000})
    some = replace(PERFORMING, schedule=parts, payments=(Payment(17, day("11-20"), 10_000, "bank", "1"),))
    assert forbids("paid_too_much", act(A.PAY, amount_fen=40_001), some)
    assert allows("paid_too_much", act(A.PAY, amount_fen=40_000), some)


def test_what_was_paid_for_a_revoked_decision_pays_no_new_one():
    again = replace(PERFORMING, payments=(Payment(9, day("11-02"), 50_000, "bank", "1"),))
    assert allows("paid_too_much", act(A.PAY, amount_fen=50_000), again)


def test_each_payment_has_a_receipt_of_its_own():
    some = replace(PERFORMING, payments=(Payment(17, day("11-20"), 10_000, "bank", "001"),))
    assert forbids("receipt_twice", act(A.PAY, amount_fen=40_000, receipt_number="001"), some)
    assert allows("receipt_twice", act(A.PAY, amount_fen=40_000, receipt_number="002"), some)


@pytest.mark.parametrize("same", ["苏财00ab1", "苏财 00AB1", "苏财００ＡＢ１"])
def test_a_receipt_is_the_same_however_its_number_is_typed(same):
    some = replace(PERFORMING, payments=(Payment(17, day("11-20"), 10_000, "bank", "苏财 00AB1"),))
    assert forbids("receipt_twice", act(A.PAY, amount_fen=40_000, receipt_number=same), some)


def test_no_receipt_pays_in_two_cases():
    elsewhere = world(receipt_used_by="案件 云综执立字〔2026〕第001号 ")
    assert forbids("receipt_elsewhere", act(A.PAY), outside=elsewhere)
    assert allows("receipt_elsewhere", act(A.PAY))
    (found,) = stops(PERFORMING, act(A.PAY), replace(elsewhere, known={"actor": "sumin", **elsewhere.known}))
    assert "云综执立字〔2026〕第001号" in found.sentence


def test_who_still_has_time_to_pay_is_not_urged():
    assert forbids("urged_too_soon", act(A.URGE), outside=until(pay_until="2026-11-23"))
    assert allows("urged_too_soon", act(A.URGE), outside=until(pay_until="2026-11-22"))


def test_nor_who_was_given_longer():
    parts = ({"due": "2026-11-23", "fen": 50_000},)
    assert forbids("urged_too_soon", act(A.URGE), replace(OVERDUE, schedule=parts))
    assert allows("urged_too_soon", act(A.URGE), replace(OVERDUE, schedule=({"due": "2026-11-20", "fen": 50_000},)))


def test_nor_more_than_is_worked_out_for_the_day():
    assert forbids("paid_too_much", act(A.PAY, amount_fen=51_501), outside=world(owed_fen=51_500))
    assert allows("paid_too_much", act(A.PAY, amount_fen=51_500), outside=world(owed_fen=51_500))


@pytest.mark.parametrize("fen", [0, -100])
def test_nothing_is_no_payment(fen):
    assert forbids("nothing_paid_in", act(A.PAY, amount_fen=fen))
    assert allows("nothing_paid_in", act(A.PAY, amount_fen=1))


def test_no_fine_is_taken_before_it_is_decided():
    assert forbids("paid_before_decision", act(A.PAY, day="2026-11-17"))
    assert allows("paid_before_decision", act(A.PAY, day="2026-11-18"))


def test_no_more_cash_goes_on_than_came_in():
    assert forbids("cash_over", act(A.HAND_IN_CASH, amount_fen=10_001))
    assert forbids("cash_over", act(A.BANK_CASH, amount_fen=10_001))
    assert allows("cash_over", act(A.HAND_IN_CASH))
    assert allows("cash_over", act(A.BANK_CASH))


PARTS = [{"due": "2026-12-10", "fen": 20_000}, {"due": "2027-01-10", "fen": 20_000}]


def test_instalments_come_to_what_is_left():
    assert forbids("parts_wrong", act(A.APPROVE_DELAY, parts=PARTS))
    assert forbids("parts_wrong", act(A.APPROVE_DELAY, parts=[]))
    some = replace(PERFORMING, payments=(Payment(17, day("11-20"), 10_000, "bank", "1"),))
    assert allows("parts_wrong", act(A.APPROVE_DELAY, parts=PARTS), some)


@pytest.mark.parametrize("due", ["2026-11-20", "2027-02-10"])
def test_instalments_follow_each_other_from_today_on(due):
    parts = [{"due": due, "fen": 20_000}, {"due": "2027-01-10", "fen": 30_000}]
    assert forbids("parts_out_of_order", act(A.APPROVE_DELAY, parts=parts))


def test_in_order_they_are_approved():
    assert allows("parts_out_of_order", act(A.APPROVE_DELAY))


def test_who_has_paid_gets_no_delay():
    assert forbids("nothing_owed", act(A.APPROVE_DELAY), PAID)
    assert allows("nothing_owed", act(A.APPROVE_DELAY), PERFORMING)


def test_who_has_paid_is_not_urged():
    assert forbids("nothing_owed", act(A.URGE), PAID)
    assert allows("nothing_owed", act(A.URGE), PERFORMING)


def test_who_has_done_everything_is_not_taken_to_court():
    paid = replace(OVERDUE, payments=(Payment(21, day("11-06"), 100_000, "bank", "1"),))
    assert forbids("nothing_owed", act(A.APPLY_TO_COURT), paid)
    assert allows(
        "nothing_owed", act(A.APPLY_TO_COURT), replace(paid, payments=(replace(paid.payments[0], fen=99_999),))
    )


def test_before_the_court_comes_the_urging_letter():
    assert forbids("not_urged", act(A.APPLY_TO_COURT), replace(OVERDUE, urged=None))
    assert allows("not_urged", act(A.APPLY_TO_COURT))


@pytest.mark.parametrize(("received", "may"), [("11-09", False), ("11-06", True)])
def test_and_ten_working_days(received, may):
    urged = replace(OVERDUE, urged=Served("urging_letter", 20, "in_person", day(received)))
    if may:
        assert allows("urging_term_open", act(A.APPLY_TO_COURT), urged)
    else:
        assert forbids("urging_term_open", act(A.APPLY_TO_COURT), urged)


def test_no_court_while_the_party_may_still_sue():
    assert forbids("suit_term_open", act(A.APPLY_TO_COURT), outside=until(suit_until="2026-11-23"))
    assert allows("suit_term_open", act(A.APPLY_TO_COURT), outside=until(suit_until="2026-11-22"))


def test_three_months_later_it_is_too_late_for_the_court():
    assert forbids("court_term_over", act(A.APPLY_TO_COURT), outside=until(suit_until="2026-08-20"))
    assert allows("court_term_over", act(A.APPLY_TO_COURT), outside=until(suit_until="2026-08-23"))


def test_after_an_approved_delay_the_months_begin_with_its_end():
    delayed = replace(OVERDUE, schedule=({"due": "2026-10-30", "fen": 50_000},))
    assert allows("court_term_over", act(A.APPLY_TO_COURT), delayed, until(suit_until="2026-08-20"))
    waiting = replace(OVERDUE, schedule=({"due": "2026-11-23", "fen": 50_000},))
    assert forbids("suit_term_open", act(A.APPLY_TO_COURT), waiting)


def test_a_judgment_is_executed_under_other_terms():
    judged = replace(OVERDUE, contests=(Contest("suit", 15, day("04-01"), "upheld", day("06-01")),))
    assert allows("suit_term_open", act(A.APPLY_TO_COURT), judged, until(suit_until="2026-12-01"))


@pytest.mark.parametrize("action", [A.APPLY_TO_COURT, A.ASK_CLOSING, A.CLOSE])
def test_what_is_being_reviewed_goes_to_no_court_and_is_not_closed(action):
    before = OVERDUE if action is A.APPLY_TO_COURT else PAID
    contested = replace(before, contests=(Contest("reconsideration", 15, day("04-01")),))
    assert forbids("contest_under_way", act(action), contested)
    upheld = Contest("reconsideration", 15, day("04-01"), "upheld", day("05-01"))
    assert allows("contest_under_way", act(action), replace(before, contests=(upheld,)))
