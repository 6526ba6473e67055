"""What is owed and paid in a case (应缴、已缴), without the additional 3 % a day, which ``rules.money`` works out. In fen."""

import datetime as dt

from enforcement.rules.cases.facts import Case, Payment


def owed_fen(case: Case) -> int:
    """Fine and confiscated income of the decision that stands."""
    if case.decision is None or case.decision.revoked:
        return 0
    wish = case.decision.proposal
    return wish.fine_fen + wish.confiscate_fen if wish.outcome == "penalty" else 0


def payments_now(case: Case) -> tuple[Payment, ...]:
    """What came in for the newest decision; what was paid for one that was revoked is given back."""
    since = case.decision.sequence if case.decision else 0
    return tuple(payment for payment in case.payments if payment.sequence > since)


def paid_fen(case: Case) -> int:
    """Everything that was paid for it so far."""
    return sum(payment.fen for payment in payments_now(case))


def unpaid_part(case: Case, without: int = 0) -> dt.date | None:
    """分期: the day the first instalment that is not covered yet falls due. ``without``: so much of the payments left out.

    The parts are what was owed when they were approved; what had come in before covers none of them.
    """
    covered = paid_fen(case) - without - (owed_fen(case) - sum(int(part["fen"]) for part in case.schedule))
    for part in case.schedule:
        covered -= int(part["fen"])
        if covered < 0:
            return dt.date.fromisoformat(str(part["due"]))
    return None
