"""The clocks of a penalty case (办案期限) as one table: what starts and ends each, how long it is, and by which article.

Lengths and starts follow the statute's own words; what it leaves open comes from the town's local rules. ``window``: the
party's time, whose end is no miss. ``stops``: when it is over, something is no longer allowed. Everything else that is
late raises an alarm and asks for an approved reason. ``nominal``: it ends on its own day, holiday or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from enforcement.rules.cases import clock_starts as starts
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import Begun, Ends, Starts
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.states import ENDED
from town.days import Calendar
from town.terms import Unit


class Clock(StrEnum):
    """期限."""

    DECIDE = "decide"
    HOLD = "hold"
    SEIZURE = "seizure"
    CORRECTION = "correction"
    DEFENCE = "defence"
    HEARING_REQUEST = "hearing_request"
    BY_NOTICE = "by_notice"
    SERVE_DECISION = "serve_decision"
    PAY = "pay"
    HAND_IN_CASH = "hand_in_cash"
    BANK_CASH = "bank_cash"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    RECONSIDERATION = "reconsideration"
    SUIT = "suit"
    URGE = "urge"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One row. ``begins`` and ``met`` see the case after the act."""

    clock: Clock
    name: str
    article: str
    begins: Mapping[Action, Starts]
    met: Mapping[Action, Ends]
    dropped: frozenset[Action] = frozenset()
    window: bool = False
    stops: bool = False
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What an act does to one clock: met, dropped, or begun."""

    clock: Clock
    what: str
    begun: Begun | None = None


def changes(after: Case, act: Act, calendar: Calendar) -> Iterator[Change]:
    """What an act does to the clocks: first what stops, then what starts. ``after``: the case with the act."""
    begun = {row.clock: one for row in TABLE if (one := _begun(row, after, act, calendar))}
    for row in TABLE:
        ends = row.met.get(act.action)
        if ends and ends(after, act):
            yield Change(row.clock, "met")
        elif _dropped(row, after, act, row.clock in begun):
            yield Change(row.clock, "dropped")
    for clock, one in begun.items():
        yield Change(clock, "begun", one)


def _begun(row: ClockRule, after: Case, act: Act, calendar: Calendar) -> Begun | None:
    begins = row.begins.get(act.action)
    return begins(after, act, calendar) if begins else None


def _dropped(row: ClockRule, after: Case, act: Act, begins_anew: bool) -> bool:
    """An act that may begin a clock anew drops the old one only when it does."""
    if after.state in ENDED and not row.stops and not row.window and row.clock not in OUTLIVE:
        return True
    return act.action in row.dropped and (begins_anew or act.action not in row.begins)


A, C = Action, Clock
OUTLIVE = frozenset({C.PUBLISH, C.UNPUBLISH})
"""A case may be closed while its decision waits to be published or withdrawn."""
WITHOUT_DECISION = frozenset({A.TRANSFER, A.WITHDRAW})
REVOKED = frozenset({A.REVOKE})
TABLE: tuple[ClockRule, ...] = (
    ClockRule(
        C.DECIDE,
        "作出决定",
        "行政处罚法第六十条",
        {A.FILE: starts.decide, A.APPROVE_FAST: starts.decide, A.REDECIDE: starts.decide, A.TAKE_BACK: starts.decide},
        {A.DECIDE: starts.always},
        WITHOUT_DECISION,
    ),
    ClockRule(
        C.HOLD,
        "处理登记保存物品",
        "行政处罚法第五十六条、第八十五条",
        {A.APPROVE_HOLD: starts.from_act(starts.HOLD_DAYS, Unit.WORKING_DAYS)},
        {A.SETTLE_HOLD: starts.always, A.RETURN_GOODS: starts.always},
        stops=True,
    ),
    ClockRule(
        C.SEIZURE,
        "查封、扣押期限",
        "行政强制法第二十五条",
        {A.APPROVE_SEIZURE: starts.seizure, A.EXTEND_SEIZURE: starts.seizure_longer},
        {A.LIFT_SEIZURE: starts.always},
        frozenset({A.EXTEND_SEIZURE}),
        stops=True,
        nominal=True,
    ),
    ClockRule(
        C.CORRECTION,
        "改正期限",
        "行政处罚法第二十八条",
        {A.ORDER_CORRECTION: starts.correction},
        {A.RECHECK_CORRECTION: starts.always},
    ),
    ClockRule(
        C.DEFENCE,
        "陈述、申辩期",
        "行政处罚法第四十四条、第四十五条",
        {A.SERVE_NOTICE: starts.defence},
        {A.WAIVE_DEFENCE: starts.always},
        WITHOUT_DECISION | {A.RENOTIFY},
        window=True,
    ),
    ClockRule(
        C.HEARING_REQUEST,
        "要求听证期",
        "行政处罚法第六十四条第一项、第八十五条",
        {A.SERVE_NOTICE: starts.hearing},
        {A.REQUEST_HEARING: starts.always, A.WAIVE_HEARING: starts.always},
        WITHOUT_DECISION | {A.RENOTIFY},
        window=True,
    ),
    ClockRule(
        C.BY_NOTICE,
        "公告送达期",
        "民事诉讼法第九十五条",
        {A.ANNOUNCE: starts.by_notice},
        {A.SERVE_NOTICE: starts.always, A.SERVE_DECISION: starts.always, A.SERVE_PAPER: starts.always},
        window=True,
    ),
    ClockRule(
        C.SERVE_DECISION,
        "送达决定书",
        "行政处罚法第六十一条、第八十五条",
        {A.DECIDE: starts.from_act(starts.SERVE_DAYS, Unit.WORKING_DAYS)},
        {A.SERVE_DECISION: starts.always},
        REVOKED,
    ),
    ClockRule(
        C.PAY,
        "缴纳罚款",
        "行政处罚法第六十七条",
        {
            A.SERVE_DECISION: starts.pay,
            A.DECIDE_ON_SPOT: starts.pay,
            A.APPROVE_DELAY: starts.next_part,
            A.PAY: starts.next_part,
        },
        {A.PAY: starts.paid_up, A.CONTEST_RULED: starts.settled},
        REVOKED | {A.APPROVE_DELAY},
    ),
    ClockRule(
        C.HAND_IN_CASH,
        "现金交回机关",
        "行政处罚法第七十一条、第八十五条",
        {A.PAY: starts.cash},
        {A.HAND_IN_CASH: starts.cash_in},
    ),
    ClockRule(
        C.BANK_CASH,
        "机关缴付银行",
        "行政处罚法第七十一条、第八十五条",
        {A.HAND_IN_CASH: starts.from_day(starts.CASH_DAYS, Unit.WORKING_DAYS)},
        {A.BANK_CASH: starts.cash_banked},
    ),
    ClockRule(
        C.PUBLISH, "公开决定", "行政处罚法第四十八条", {A.DECIDE: starts.publish}, {A.PUBLISH: starts.always}, REVOKED
    ),
    ClockRule(
        C.UNPUBLISH,
        "撤回公开的决定",
        "行政处罚法第四十八条第二款、第八十五条",
        {A.REVOKE: starts.unpublish, A.CONTEST_RULED: starts.unpublish},
        {A.UNPUBLISH: starts.always},
    ),
    ClockRule(
        C.RECONSIDERATION,
        "申请行政复议期",
        "行政复议法第二十条",
        {
            A.SERVE_DECISION: starts.from_receipt(starts.RECONSIDERATION_DAYS, Unit.DAYS),
            A.DECIDE_ON_SPOT: starts.from_receipt(starts.RECONSIDERATION_DAYS, Unit.DAYS),
        },
        {},
        REVOKED,
        window=True,
    ),
    ClockRule(
        C.SUIT,
        "提起行政诉讼期",
        "行政诉讼法第四十五条、第四十六条",
        {
            A.SERVE_DECISION: starts.from_receipt(starts.SUIT_MONTHS, Unit.MONTHS, ordinary_only=True),
            A.CONTEST_RULED: starts.suit_after_reconsideration,
        },
        {},
        REVOKED | {A.CONTEST_RULED},
        window=True,
    ),
    ClockRule(
        C.URGE,
        "催告期",
        "行政强制法第五十四条、第六十九条",
        {A.SERVE_PAPER: starts.urge},
        {},
        REVOKED,
        window=True,
    ),
    ClockRule(
        C.COURT,
        "申请法院强制执行",
        "行政强制法第五十三条、行政处罚法第七十二条第二款",
        {
            A.SERVE_DECISION: starts.court,
            A.DECIDE_ON_SPOT: starts.court,
            A.CONTEST_RULED: starts.court,
            A.APPROVE_DELAY: starts.court_after_delay,
        },
        {A.APPLY_TO_COURT: starts.always},
        REVOKED | {A.CONTEST_RULED, A.APPROVE_DELAY, A.CLOSE},
        stops=True,
    ),
)
BY_KIND = {row.clock: row for row in TABLE}
