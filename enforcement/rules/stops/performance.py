"""Paying and going to court (缴款、延期分期、催告、申请法院强制执行): not more than is owed, not before its time."""

import datetime as dt

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import COURT_MONTHS, URGE_DAYS, last_day
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.owing import owing
from enforcement.rules.cases.sums import owed_fen, paid_fen, unpaid_part
from enforcement.rules.stops.asking import Guard, date_told, given_day, known
from enforcement.rules.stops.catalogue import Stop, stop
from town.terms import Term, Unit

A = Action


def left_fen(case: Case, act: Act, world: World) -> int:
    """What may still be paid that day, with the additional 3 % a day (72)."""
    if "owed_fen" in world.known:
        return int(world.known["owed_fen"])
    found = owing(case, given_day(act) or world.today, world.calendar)
    return found.left if found else 0


def nothing_paid_in(_case: Case, act: Act, _world: World) -> Stop | None:
    """A sum is more than nothing."""
    amount = act.given.get("amount_fen")
    if amount is None or int(amount) > 0:
        return None
    return stop("nothing_paid_in", "金额要大于零，请填写实际收到的金额。")


def paid_too_much(case: Case, act: Act, world: World) -> Stop | None:
    """What was paid by mistake is given back at the bank, not booked."""
    amount, left = act.given.get("amount_fen"), left_fen(case, act, world)
    if amount is None or int(amount) <= left:
        return None
    return stop("paid_too_much", f"现在最多还应缴 {money.yuan(max(left, 0))}，请核对金额；多缴的请联系银行退回。")


def paid_before_decision(case: Case, act: Act, _world: World) -> Stop | None:
    """No fine is taken before it is decided (67)."""
    day = act.given.get("day")
    if day is None or case.decision is None or dt.date.fromisoformat(str(day)) >= case.decision.day:
        return None
    return stop("paid_before_decision", f"决定是 {case.decision.day} 作出的，缴款日期不能更早，请核对票据。")


def receipt_twice(case: Case, act: Act, _world: World) -> Stop | None:
    """Every receipt is used once (70)."""
    number = act.given.get("receipt_number")
    if number is None or money.receipt_key(number) not in {money.receipt_key(one.receipt) for one in case.payments}:
        return None
    return stop("receipt_twice", "这个票据号码已经登记过，请核对，每笔缴款用自己的票据。")


def receipt_elsewhere(_case: Case, act: Act, world: World) -> Stop | None:
    """And in one case of the town (70, 74)."""
    if act.given.get("receipt_number") is None or (used := known(world, "receipt_used_by")) is None:
        return None
    return stop("receipt_elsewhere", f"这个票据号码在{used}登记过，一张票据只能用一次，请核对票据和案件。")


def cash_over(case: Case, act: Act, _world: World) -> Stop | None:
    """No more goes on than came in (71)."""
    amount = act.given.get("amount_fen")
    came = sum(one.fen for one in case.payments if one.manner == "cash")
    there = came - case.cash_handed_fen if act.action is A.HAND_IN_CASH else case.cash_handed_fen - case.cash_banked_fen
    if amount is None or int(amount) <= there:
        return None
    return stop("cash_over", f"手上还有现金 {money.yuan(there)}，交的不能比收的多，请核对。")


def parts_wrong(case: Case, act: Act, _world: World) -> Stop | None:
    """The instalments are what is left of the fine (66(2))."""
    parts = act.given.get("parts")
    left = max(case.fine_fen - paid_fen(case), 0)
    if parts is None or (parts and sum(int(one["fen"]) for one in parts) == left):
        return None
    return stop("parts_wrong", f"各期合计要等于还没有缴的罚款 {money.yuan(left)}，请调整各期金额。")


def parts_out_of_order(_case: Case, act: Act, world: World) -> Stop | None:
    """Each later than the one before, none in the past, none of nothing."""
    parts = act.given.get("parts") or ()
    days = [dt.date.fromisoformat(str(one["due"])) for one in parts]
    if (
        days == sorted(set(days))
        and all(day >= world.today for day in days)
        and all(int(one["fen"]) > 0 for one in parts)
    ):
        return None
    return stop("parts_out_of_order", "各期日期要依次在后，不能早于今天，每期金额要大于零，请调整。")


def nothing_owed(case: Case, _act: Act, _world: World) -> Stop | None:
    """Delay, urging and court are about a fine that was not paid."""
    if owed_fen(case) > paid_fen(case):
        return None
    return stop("nothing_owed", "本案没有还没缴的款项，不用办理这一步。")


def nothing_to_urge(case: Case, act: Act, world: World) -> Stop | None:
    """Who has paid and done everything is not urged (强制法 54)."""
    return None if _undone(case) else nothing_owed(case, act, world)


def nothing_to_enforce(case: Case, act: Act, world: World) -> Stop | None:
    """Nobody is taken to court who owes nothing any more, the additional 3 % included (强制法 53)."""
    if _undone(case) or left_fen(case, act, world) > 0:
        return None
    return stop("nothing_owed", "当事人已经全部履行，没有可以申请强制执行的内容，请报请结案。")


def _undone(case: Case) -> set[str]:
    """Penalties that take an act of performance nobody has recorded."""
    made = case.decision
    return set(made.proposal.kinds) - DONE_BY_ITSELF - set(case.performed) if made and not made.revoked else set()


DONE_BY_ITSELF = frozenset({"fine", "confiscate_income", "warning", "criticism"})
"""Kinds that are paid, or done once they are told."""


def urged_too_soon(case: Case, _act: Act, world: World) -> Stop | None:
    """Who may still pay in time is not urged (处罚法 67)."""
    if owed_fen(case) <= paid_fen(case):
        return None
    due = unpaid_part(case) or date_told(world, "pay_until")
    if world.today > due:
        return None
    return stop("urged_too_soon", f"缴款期限到 {due}，届满以后仍没有缴清的再催告。")


def not_urged(case: Case, _act: Act, _world: World) -> Stop | None:
    """事先催告 (强制法 54)."""
    if case.urged:
        return None
    return stop("not_urged", "还没有送达催告书，请先催告，送达十个工作日后仍不履行的再申请法院。")


def urging_term_open(case: Case, act: Act, world: World) -> Stop | None:
    """催告书送达十日后 (强制法 54, 69)."""
    if case.urged is None:
        return None
    last = last_day(case.urged.day, Term(URGE_DAYS, Unit.WORKING_DAYS), world.calendar)
    if _asked_on(act, world) > last:
        return None
    return stop("urging_term_open", f"催告后的十个工作日到 {last} 届满，请届满以后再申请。")


def suit_term_open(case: Case, act: Act, world: World) -> Stop | None:
    """当事人在法定期限内不申请复议或者起诉 (强制法 53), and an approved delay is over (处罚法 72(2))."""
    if _judged(case) or _asked_on(act, world) > (until := _waits_until(case, world)):
        return None
    return stop("suit_term_open", f"复议、起诉或者延期缴纳的期限到 {until} 届满，请届满以后再申请法院强制执行。")


def court_term_over(case: Case, act: Act, world: World) -> Stop | None:
    """自期限届满之日起三个月内 (强制法 53)."""
    if _judged(case):
        return None
    until = last_day(_waits_until(case, world), Term(COURT_MONTHS, Unit.MONTHS), world.calendar)
    if _asked_on(act, world) <= until:
        return None
    return stop("court_term_over", f"申请法院强制执行的期限到 {until} 为止，已经超过，请负责人研究处理并记录。")


def _waits_until(case: Case, world: World) -> dt.date:
    parts = [dt.date.fromisoformat(str(one["due"])) for one in case.schedule]
    return max([date_told(world, "suit_until"), *parts])


def _judged(case: Case) -> bool:
    """A judgment is executed under other terms."""
    return any(one.kind == "suit" and one.result for one in case.contests_now)


def _asked_on(act: Act, world: World) -> dt.date:
    return given_day(act) or world.today


def contest_under_way(case: Case, _act: Act, _world: World) -> Stop | None:
    """What is being reviewed is not yet executed by the court, nor closed."""
    if all(one.result for one in case.contests_now):
        return None
    return stop("contest_under_way", "行政复议或者行政诉讼还没有结果，请等结果登记以后再办。")


TO_COURT = frozenset({A.APPLY_TO_COURT})
CASH = frozenset({A.HAND_IN_CASH, A.BANK_CASH})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (nothing_paid_in, CASH | {A.PAY}),
    (paid_too_much, frozenset({A.PAY})),
    (paid_before_decision, frozenset({A.PAY})),
    (receipt_twice, frozenset({A.PAY})),
    (receipt_elsewhere, frozenset({A.PAY})),
    (cash_over, CASH),
    (parts_wrong, frozenset({A.APPROVE_DELAY})),
    (parts_out_of_order, frozenset({A.APPROVE_DELAY})),
    (nothing_owed, frozenset({A.APPROVE_DELAY})),
    (nothing_to_urge, frozenset({A.URGE})),
    (urged_too_soon, frozenset({A.URGE})),
    (nothing_to_enforce, TO_COURT),
    (not_urged, TO_COURT),
    (urging_term_open, TO_COURT),
    (suit_term_open, TO_COURT),
    (court_term_over, TO_COURT),
    (contest_under_way, TO_COURT | {A.ASK_CLOSING, A.CLOSE}),
)
