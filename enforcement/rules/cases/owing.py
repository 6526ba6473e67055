"""What is owed in a case on a day (应缴、欠缴), with instalments and the additional 3 % a day (行政处罚法 66, 67, 72, 73)."""

import datetime as dt

from enforcement.rules import money
from enforcement.rules.cases.clock_starts import PAY_DAYS, last_day, received
from enforcement.rules.cases.facts import Case, Decision
from enforcement.rules.cases.sums import owed_fen, payments_now
from enforcement.rules.money import Instalment, Owed, Payment
from town.days import Calendar
from town.terms import Term, Unit


def owing(case: Case, day: dt.date, calendar: Calendar) -> Owed | None:
    """At the end of a day; None while nothing was decided that asks for money, or nobody has received it."""
    since = received(case)
    if since is None or case.decision is None or not owed_fen(case):
        return None
    by = last_day(since, Term(PAY_DAYS, Unit.DAYS), calendar)
    wish = case.decision.proposal
    return money.owed(
        wish.fine_fen,
        wish.confiscate_fen,
        _plan(case, case.decision, by),
        [Payment(one.day, one.fen) for one in payments_now(case)],
        day,
        [(one.day, one.ended) for one in case.contests_now],
    )


def _plan(case: Case, decision: Decision, by: dt.date) -> list[Instalment]:
    """Approved parts are what was left of the fine then; the rest of it was due within the fifteen days."""
    parts = [Instalment(dt.date.fromisoformat(str(one["due"])), int(one["fen"])) for one in case.schedule]
    rest = decision.proposal.fine_fen - sum(one.fen for one in parts)
    return [Instalment(by, rest), *parts] if rest or not parts else parts
