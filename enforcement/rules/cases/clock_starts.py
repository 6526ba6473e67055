"""When the clocks of a case begin and end (期限的起算和终止): one small function per start. Days local, moments aware."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.reading import day
from enforcement.rules.cases.sums import owed_fen, paid_fen, unpaid_part
from enforcement.rules.local_rules import Absent
from town import terms
from town.days import DAY, Calendar
from town.terms import Term, Unit

DECISION_DAYS, HEARING_REQUEST_DAYS, NOTICE_SERVICE_DAYS = 90, 5, 30
HOLD_DAYS, SEIZURE_DAYS, SERVE_DAYS, PAY_DAYS, CASH_DAYS = 7, 30, 7, 15, 2
PUBLISH_DAYS, UNPUBLISH_DAYS, RECONSIDERATION_DAYS, SUIT_MONTHS, SUIT_AFTER_DAYS = 7, 3, 60, 6, 15
URGE_DAYS, COURT_MONTHS = 10, 3
SECONDS_IN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Begun:
    """One start: from a moment or a local day on, for a term."""

    since: dt.datetime | dt.date
    term: Term


Starts = Callable[[Case, Act, Calendar], Begun | None]
Ends = Callable[[Case, Act], bool]


def moment_of(since: dt.datetime | dt.date, calendar: Calendar) -> dt.datetime:
    """A day counts from its noon: only the day matters to a term of days."""
    if isinstance(since, dt.datetime):
        return since
    return dt.datetime.combine(since, dt.time(12), calendar.zone).astimezone(dt.UTC)


def last_day(since: dt.datetime | dt.date, term: Term, calendar: Calendar) -> dt.date:
    """The last local day of a term."""
    return terms.due(moment_of(since, calendar), term, calendar).last_day


def local(act: Act, name: str, otherwise: int) -> int:
    """A number of days that the town sets, as it stood at the act."""
    value: Any = act.known.get("local", {}).get(name)
    return int(value) if value else otherwise


def defence_term(act: Act) -> Term:
    """How long the party may speak (44, 45): the law gives no length, only the town does. Raises Absent."""
    days = act.known.get("local", {}).get("defence_days")
    if not days:
        raise Absent(("defence_days",))
    return Term(int(days), Unit.WORKING_DAYS)


def always(_case: Case, _act: Act) -> bool:
    """Ended by the act, whatever it says."""
    return True


def from_act(amount: int, unit: Unit) -> Starts:
    """From the moment of the act."""
    return lambda case, act, calendar: Begun(act.at, Term(amount, unit))


def from_day(amount: int, unit: Unit) -> Starts:
    """From the day the act names."""
    return lambda case, act, calendar: Begun(day(act, "day"), Term(amount, unit))


def decide(_case: Case, act: Act, _calendar: Calendar) -> Begun:
    """From filing (立案), as long as the town's rules say; 90 days by law."""
    return Begun(act.at, Term(local(act, "decision_days", DECISION_DAYS), Unit.DAYS))


def seized_until(since: dt.datetime, days: int, calendar: Calendar) -> dt.date:
    """The last day of a seizure, day off or not: a restraint is not made longer by a holiday (行政强制法 25, 69)."""
    return since.astimezone(calendar.zone).date() + days * DAY


def seizure(_case: Case, act: Act, calendar: Calendar) -> Begun:
    """30 days from the day it is decided (行政强制法 25)."""
    return _seizing(act.at, SEIZURE_DAYS, calendar)


def _seizing(since: dt.datetime, days: int, calendar: Calendar) -> Begun:
    """In hours, which run on whatever the day: a term of days would move to a working day."""
    begins = since.astimezone(calendar.zone).date()
    span = calendar.end_of(seized_until(since, days, calendar)) - moment_of(begins, calendar)
    return Begun(begins, Term(int(span.total_seconds()) // SECONDS_IN_HOUR, Unit.HOURS))


def seizure_longer(case: Case, _act: Act, calendar: Calendar) -> Begun | None:
    """30 days and at most 30 more (行政强制法 25), both from the day it was decided."""
    running = [one for one in case.measures if one.kind == "seizure" and one.since and not one.ended]
    since = running[-1].since if running else None
    return _seizing(since, 2 * SEIZURE_DAYS, calendar) if since else None


def correction(case: Case, act: Act, calendar: Calendar) -> Begun:
    """Until the day the order names."""
    began = act.at.astimezone(calendar.zone).date()
    return Begun(act.at, Term(max((case.corrections[-1].until - began).days, 1), Unit.DAYS))


def defence(_case: Case, act: Act, _calendar: Calendar) -> Begun:
    """From receipt of the notice."""
    return Begun(day(act, "day"), defence_term(act))


def hearing(case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """From receipt of a notice that told of the right to a hearing."""
    told = case.notice and case.notice.hearing
    return Begun(day(act, "day"), Term(HEARING_REQUEST_DAYS, Unit.WORKING_DAYS)) if told else None


def by_notice(_case: Case, act: Act, _calendar: Calendar) -> Begun:
    """From publication."""
    days = max(local(act, "notice_service_days", NOTICE_SERVICE_DAYS), NOTICE_SERVICE_DAYS)
    return Begun(day(act, "day"), Term(days, Unit.DAYS))


def received(case: Case) -> dt.date | None:
    """The day the decision counts as received."""
    return case.decision.served.day if case.decision and case.decision.served else None


def from_receipt(amount: int, unit: Unit, *, ordinary_only: bool = False) -> Starts:
    """From receipt of the decision. ``ordinary_only``: not after a penalty on the spot, where reconsideration comes first."""

    def starts(case: Case, _act: Act, _calendar: Calendar) -> Begun | None:
        since = received(case)
        on_spot = bool(case.decision and case.decision.on_spot)
        return Begun(since, Term(amount, unit)) if since and not (ordinary_only and on_spot) else None

    return starts


def pay(case: Case, _act: Act, _calendar: Calendar) -> Begun | None:
    """From receipt, as long as something is owed."""
    since = received(case)
    return Begun(since, Term(PAY_DAYS, Unit.DAYS)) if since and owed_fen(case) > paid_fen(case) else None


def next_part(case: Case, act: Act, calendar: Calendar) -> Begun | None:
    """Until the first instalment that is not covered falls due; one that is paid in part keeps its clock."""
    due = unpaid_part(case)
    if due is None or (act.action is Action.PAY and not _covered_a_part(case, act)):
        return None
    today = act.at.astimezone(calendar.zone).date()
    return Begun(act.at, Term(max((due - today).days, 1), Unit.DAYS))


def paid_up(case: Case, act: Act) -> bool:
    """All of it, or under a schedule the part that was waited for."""
    return _covered_a_part(case, act) if case.schedule else paid_fen(case) >= owed_fen(case)


def _covered_a_part(case: Case, act: Act) -> bool:
    return unpaid_part(case) != unpaid_part(case, without=int(act.given["amount_fen"]))


def cash(_case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """From the day money was taken on the spot."""
    return Begun(day(act, "day"), Term(CASH_DAYS, Unit.WORKING_DAYS)) if act.given["pay_manner"] == "cash" else None


def cash_in(case: Case, _act: Act) -> bool:
    """All the cash was handed in."""
    return case.cash_handed_fen >= sum(one.fen for one in case.payments if one.manner == "cash")


def cash_banked(case: Case, _act: Act) -> bool:
    """All that was handed in is at the bank."""
    return case.cash_banked_fen >= case.cash_handed_fen


def publish(_case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """From a decision that is to be published."""
    days = Term(local(act, "publish_days", PUBLISH_DAYS), Unit.WORKING_DAYS)
    return Begun(act.at, days) if act.given.get("publish") else None


def unpublish(case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """From when a published decision was changed or revoked."""
    if not case.published or case.unpublished:
        return None
    changed = act.action is Action.REVOKE or (
        _about_it(case, act) and act.given["contest_result"] in ("changed", "revoked")
    )
    since = act.at if act.action is Action.REVOKE else day(act, "day")
    return Begun(since, Term(UNPUBLISH_DAYS, Unit.WORKING_DAYS)) if changed else None


def _about_it(case: Case, act: Act) -> bool:
    """Whether a result is of a contest of the newest decision."""
    return any(one.ruled == act.sequence for one in case.contests_now)


def settled(case: Case, act: Act) -> bool:
    """By a change to a sum that was paid already."""
    changed = act.given["contest_result"] == "changed" and _about_it(case, act)
    return changed and paid_fen(case) >= owed_fen(case)


def suit_after_reconsideration(case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """15 days from receipt of the reconsideration decision (行政诉讼法 45)."""
    asked, result = act.given["contest_kind"], act.given["contest_result"]
    ruled = asked == "reconsideration" and result in DECIDED_ANEW and _about_it(case, act)
    return Begun(day(act, "day"), Term(SUIT_AFTER_DAYS, Unit.DAYS)) if ruled else None


DECIDED_ANEW = frozenset({"upheld", "changed"})
"""An application that was withdrawn leaves the old term as it was."""


def urge(_case: Case, act: Act, _calendar: Calendar) -> Begun | None:
    """From receipt of the letter that urges."""
    urging = act.known.get("paper_kind") == "urging_letter"
    return Begun(day(act, "day"), Term(URGE_DAYS, Unit.WORKING_DAYS)) if urging else None


def court_after_delay(case: Case, _act: Act, calendar: Calendar) -> Begun | None:
    """Three months from the end of an approved delay (行政处罚法 72(2)), if the time to sue is over before."""
    since = received(case)
    if since is None or not case.schedule:
        return None
    last = max(dt.date.fromisoformat(str(part["due"])) for part in case.schedule)
    over = suit_until(case, since, calendar)
    return Begun(last, Term(COURT_MONTHS, Unit.MONTHS)) if last > over else None


def suit_until(case: Case, since: dt.date, calendar: Calendar) -> dt.date:
    """The last day to sue after receipt; after a penalty on the spot, to ask for reconsideration (行政强制法 53)."""
    ruled = [one.ended for one in case.contests_now if one.kind == "reconsideration" and one.result in DECIDED_ANEW]
    if ruled and ruled[-1]:
        return last_day(ruled[-1], Term(SUIT_AFTER_DAYS, Unit.DAYS), calendar)
    on_spot = case.decision is not None and case.decision.on_spot
    term = Term(RECONSIDERATION_DAYS, Unit.DAYS) if on_spot else Term(SUIT_MONTHS, Unit.MONTHS)
    return last_day(since, term, calendar)


def court(case: Case, act: Act, calendar: Calendar) -> Begun | None:
    """Three months from the end of the time to sue, or of an approved delay (行政强制法 53; 行政处罚法 72(2))."""
    since = received(case)
    if since is None or owed_fen(case) <= paid_fen(case):
        return None
    if act.action is Action.CONTEST_RULED and suit_after_reconsideration(case, act, calendar) is None:
        return None
    parts = [dt.date.fromisoformat(str(part["due"])) for part in case.schedule]
    return Begun(max([suit_until(case, since, calendar), *parts]), Term(COURT_MONTHS, Unit.MONTHS))
