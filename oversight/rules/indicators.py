"""Indicators (指标) as a table: what is counted, out of what, over the facts of one order. Shares of orders, nothing else.

A numerator is always counted among its denominator (``counting``).
Names: GB/T 30428.4, 北京市接诉即办工作条例; how each is counted here stands in docs/indicators.md.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span

EDITION = 1
"""Of this table; a frozen month says by which it was counted."""


class Indicator(StrEnum):
    """指标."""

    FILING = "filing_rate"
    HANDLING = "handling_rate"
    ON_TIME_HANDLING = "on_time_handling_rate"
    CLOSING = "closing_rate"
    ON_TIME_CLOSING = "on_time_closing_rate"
    REWORK = "rework_rate"
    EXTENSION = "extension_rate"
    RESPONSE = "response_rate"
    SOLVED = "solved_rate"
    SATISFIED = "satisfied_rate"


Asked = Callable[[OrderFact, Span], bool]


@dataclass(frozen=True, slots=True)
class Definition:
    """口径: ``among`` says which orders answer for a period, ``met`` which of those count.

    ``less_is_better``: a share to keep low.
    """

    code: Indicator
    name: str
    numerator: str
    denominator: str
    among: Asked
    met: Asked
    less_is_better: bool = False


def _received(fact: OrderFact, span: Span) -> bool:
    return span.holds(fact.received_at)


def _filed(fact: OrderFact, _span: Span) -> bool:
    return fact.filed


def _to_be_handled(fact: OrderFact, span: Span) -> bool:
    return _stands(fact, fact.handling_due_at) and _owed(fact.handling_due_at, fact.handled_at, span)


def _handled(fact: OrderFact, _span: Span) -> bool:
    return fact.handled_at is not None


def _handled_in_time(fact: OrderFact, _span: Span) -> bool:
    return _before(fact.handled_at, fact.handling_due_at)


def _to_be_closed(fact: OrderFact, span: Span) -> bool:
    return _stands(fact, fact.closing_due_at) and _owed(fact.closing_due_at, fact.closed_at, span)


def _closed(fact: OrderFact, _span: Span) -> bool:
    return fact.closed_at is not None


def _closed_in_time(fact: OrderFact, _span: Span) -> bool:
    return _before(fact.closed_at, fact.closing_due_at)


def _closed_in_the_period(fact: OrderFact, span: Span) -> bool:
    return fact.filed and span.holds(fact.closed_at)


def _reworked(fact: OrderFact, _span: Span) -> bool:
    return fact.reworked


def _handling_falls_due(fact: OrderFact, span: Span) -> bool:
    return _stands(fact, fact.handling_due_at) and span.holds(fact.handling_due_at)


def _extended(fact: OrderFact, _span: Span) -> bool:
    return fact.extended


def _response_falls_due(fact: OrderFact, span: Span) -> bool:
    return fact.filed and span.holds(fact.response_due_at)


def _responded_in_time(fact: OrderFact, _span: Span) -> bool:
    return _before(fact.responded_at, fact.response_due_at)


def _rated(fact: OrderFact, _span: Span) -> bool:
    return fact.filed and fact.solved is not None


def _solved(fact: OrderFact, _span: Span) -> bool:
    return fact.solved is True


def _satisfied(fact: OrderFact, _span: Span) -> bool:
    return fact.satisfied is True


def _stands(fact: OrderFact, due: dt.datetime | None) -> bool:
    """缓办 (suspended) orders are not due while they are put aside; what was late by then stays late."""
    late_before = fact.suspended_at is not None and due is not None and due <= fact.suspended_at
    return fact.filed and (fact.suspended_at is None or late_before)


def _owed(due: dt.datetime | None, done: dt.datetime | None, span: Span) -> bool:
    """It falls due in the period, or fell due before and was still not done when the period began."""
    carried_in = due is not None and due < span.since and (done is None or done >= span.since)
    return span.holds(due) or carried_in


def _before(done: dt.datetime | None, due: dt.datetime | None) -> bool:
    return done is not None and due is not None and done < due


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        Indicator.FILING,
        "立案率",
        "立案数：其中到期末已派给本镇中队、网格员或责任单位，且没有转为不予受理或移送的",
        "受理数：本期收到的工单",
        _received,
        _filed,
    ),
    Definition(
        Indicator.HANDLING,
        "处置率",
        "处置数：其中到期末已处置或已转立案的",
        "应处置数：处置期限落在本期的立案工单，加以前逾期、期初仍未处置的，减期末挂账（缓办）、挂账前没有逾期的",
        _to_be_handled,
        _handled,
    ),
    Definition(
        Indicator.ON_TIME_HANDLING,
        "按期处置率",
        "按期处置数：其中第一次处置早于期限的",
        "应处置数：处置期限落在本期的立案工单，加以前逾期、期初仍未处置的，减期末挂账（缓办）、挂账前没有逾期的",
        _to_be_handled,
        _handled_in_time,
    ),
    Definition(
        Indicator.CLOSING,
        "结案率",
        "结案数：其中到期末已办结的",
        "应结案数：答复期限落在本期的立案工单，加以前逾期、期初仍未办结的，减期末挂账（缓办）、挂账前没有逾期的",
        _to_be_closed,
        _closed,
    ),
    Definition(
        Indicator.ON_TIME_CLOSING,
        "按期结案率",
        "按期结案数：其中办结早于期限的",
        "应结案数：答复期限落在本期的立案工单，加以前逾期、期初仍未办结的，减期末挂账（缓办）、挂账前没有逾期的",
        _to_be_closed,
        _closed_in_time,
    ),
    Definition(
        Indicator.REWORK,
        "返工率",
        "返工数：其中核查没有通过、退回重办过的",
        "结案数：本期办结的立案工单",
        _closed_in_the_period,
        _reworked,
        less_is_better=True,
    ),
    Definition(
        Indicator.EXTENSION,
        "延期率",
        "延期数：其中批准过延期的",
        "立案数：处置期限（含已批准的延期）落在本期的立案工单，减期末挂账（缓办）、挂账前没有逾期的",
        _handling_falls_due,
        _extended,
        less_is_better=True,
    ),
    Definition(
        Indicator.RESPONSE,
        "响应率",
        "按时响应数：其中在签收期限之前签收的",
        "应响应数：签收期限落在本期的立案工单",
        _response_falls_due,
        _responded_in_time,
    ),
    Definition(
        Indicator.SOLVED,
        "解决率",
        "解决数：其中所有评价人都说已解决的（部分解决不算）",
        "有效回访数：本期有举报人作了评价的立案工单（没有评价的不计）",
        _rated,
        _solved,
    ),
    Definition(
        Indicator.SATISFIED,
        "满意率",
        "满意数：其中所有评价人都表示满意的（一般不算）",
        "有效回访数：本期有举报人作了评价的立案工单（没有评价的不计）",
        _rated,
        _satisfied,
    ),
)
BY_CODE: Mapping[Indicator, Definition] = {one.code: one for one in DEFINITIONS}
