"""What every act is told of the world (外部事实): local rules, and the days that terms run to. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from enforcement.rules.cases import clock_starts
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.owing import owing
from enforcement.rules.local_rules import LocalRules
from town.days import Calendar
from town.terms import Term, Unit

LOCAL = (
    "defence_days",
    "decision_days",
    "publish_days",
    "notice_service_days",
    "sole_trader_as",
    "seizure_allowed",
    "band_percent",
    "recorded_acts",
    "hearing_inclusive",
    *(
        f"{what}_{subject}_fen"
        for what in ("hearing_fine", "hearing_confiscation", "review_fine", "collective_fine")
        for subject in ("person", "organisation")
    ),
)
A = Action
STANDING = frozenset(
    {A.ASK_FILING, A.FILE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.APPROVE_FAST, A.CONCLUDE, A.APPROVE_NOTICE}
    | {A.SUBMIT_DECISION, A.DECIDE, A.APPROVE_HOLD, A.ASK_SEIZURE, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE, A.TRANSFER}
)
"""Acts for which it matters whether the power is in force, and what else the party did."""


def local(rules: LocalRules) -> dict[str, Any]:
    """The confirmed values that acts look at."""
    return {name: value for name in LOCAL if (value := rules.given(name)) is not None}


def dates(case: Case, act: Act, calendar: Calendar) -> dict[str, str]:
    """Last days of terms that begin with this act, or that the next steps must wait for. Raises Absent."""
    found: dict[str, dt.date] = {}
    if act.action is A.SERVE_NOTICE:
        since = dt.date.fromisoformat(str(act.given["day"]))
        found["defence_until"] = clock_starts.last_day(since, clock_starts.defence_term(act), calendar)
        if case.notice and case.notice.hearing:
            asked = Term(clock_starts.HEARING_REQUEST_DAYS, Unit.WORKING_DAYS)
            found["hearing_until"] = clock_starts.last_day(since, asked, calendar)
    if received := clock_starts.received(case):
        found |= _remedies(case, received, calendar)
    return {name: day.isoformat() for name, day in found.items()}


def sums(case: Case, act: Act, today: dt.date, calendar: Calendar) -> dict[str, int]:
    """What is still owed that day, with the additional 3 % a day, where an act is about money."""
    told = owing(case, today, calendar) if act.action in ABOUT_MONEY else None
    return {"owed_fen": told.left, "late_fee_fen": told.late_fee} if told else {}


ABOUT_MONEY = frozenset({A.PAY, A.URGE, A.APPROVE_DELAY, A.APPLY_TO_COURT, A.ASK_CLOSING, A.CLOSE})


def _remedies(case: Case, received: dt.date, calendar: Calendar) -> Mapping[str, dt.date]:
    """Until when the party may ask for reconsideration and sue, and the organ go to court (行政强制法 53)."""
    reconsideration = clock_starts.last_day(received, Term(clock_starts.RECONSIDERATION_DAYS, Unit.DAYS), calendar)
    suit = clock_starts.suit_until(case, received, calendar)
    parts = [dt.date.fromisoformat(str(part["due"])) for part in case.schedule]
    court = clock_starts.last_day(max([suit, *parts]), Term(clock_starts.COURT_MONTHS, Unit.MONTHS), calendar)
    pay = clock_starts.last_day(received, Term(clock_starts.PAY_DAYS, Unit.DAYS), calendar)
    return {"reconsideration_until": reconsideration, "suit_until": suit, "court_until": court, "pay_until": pay}
