"""The life of a penalty case (处罚程序) as one table: (from, action) -> to. What is not in it cannot be done.

Who may do an action and what it must say stands in ``actions``; what the law forbids besides, in ``rules.stops``.
"""

from dataclasses import dataclass
from typing import Any

from enforcement.rules.cases.actions import Action, Deed
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.states import (
    BEFORE_DECISION,
    BEFORE_FILING,
    DECISION_STANDS,
    INQUIRY,
    UNDER_WAY,
    Lane,
    Post,
    State,
)

S, A = State, Action
FILED_INQUIRY = (S.INVESTIGATING,)
CAN_REVIEW = (S.CONCLUDED, S.NOTIFIED, S.DECIDING)
AFTER_SERVICE = (S.PERFORMING, S.COURT)
ORDINARY = (Lane.ORDINARY,)
FAST = (Lane.FAST,)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge. ``lanes``: in which procedures it exists; ``lane``: what the case's procedure is afterwards, if it changes."""

    source: State
    action: Action
    target: State
    lanes: tuple[Lane, ...] = tuple(Lane)
    lane: Lane | None = None

    @property
    def deed(self) -> Deed:
        """Who, under which article, saying what."""
        return DEEDS[self.action]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step may not be taken; ``code`` stands in the catalogue of problems."""

    code: str
    facts: dict[str, Any]


def _stay(action: Action, *states: State) -> tuple[Step, ...]:
    return tuple(Step(state, action, state) for state in states)


def _move(action: Action, target: State, *sources: State, lanes: tuple[Lane, ...] = tuple(Lane)) -> tuple[Step, ...]:
    return tuple(Step(source, action, target, lanes) for source in sources)


STEPS: tuple[Step, ...] = (
    # before filing
    *_stay(A.NAME_PARTY, S.SOURCE, S.INVESTIGATING, S.CONCLUDED),
    *_stay(A.ASSIGN, *UNDER_WAY),
    *_move(A.DECLINE, S.DECLINED, S.SOURCE, S.FILING),
    *_move(A.ASK_FILING, S.FILING, S.SOURCE),
    *_move(A.REFUSE_FILING, S.SOURCE, S.FILING),
    *_move(A.FILE, S.INVESTIGATING, S.FILING),
    # on the spot
    Step(S.SOURCE, A.DECIDE_ON_SPOT, S.ON_SPOT, lane=Lane.ON_SPOT),
    *_move(A.REPORT_ON_SPOT, S.PERFORMING, S.ON_SPOT, lanes=(Lane.ON_SPOT,)),
    # fast lane
    Step(S.SOURCE, A.PROPOSE_FAST, S.FAST_FILING, lane=Lane.FAST),
    Step(S.FAST_FILING, A.REFUSE_FAST, S.SOURCE, FAST, lane=Lane.ORDINARY),
    *_move(A.APPROVE_FAST, S.TO_NOTIFY, S.FAST_FILING, lanes=FAST),
    *(
        Step(state, A.SWITCH_TO_ORDINARY, S.INVESTIGATING, FAST, lane=Lane.ORDINARY)
        for state in (S.CONCLUDED, S.TO_NOTIFY, S.NOTIFIED, S.DECIDING)
    ),
    Step(S.FAST_FILING, A.SWITCH_TO_ORDINARY, S.SOURCE, FAST, lane=Lane.ORDINARY),
    Step(S.HEARING, A.SWITCH_TO_ORDINARY, S.HEARING, FAST, lane=Lane.ORDINARY),
    # inquiry
    *(
        step
        for action in (
            A.INSPECT,
            A.QUESTION,
            A.ADD_EVIDENCE,
            A.VERIFY_EVIDENCE,
            A.SAMPLE,
            A.ASK_HOLD,
            A.APPROVE_HOLD,
            A.ORDER_CORRECTION,
            A.NO_CORRECTION,
        )
        for step in _stay(action, *INQUIRY)
    ),
    *_stay(A.REVIEW_EVIDENCE, *INQUIRY, S.CONCLUDED),
    *_stay(A.EXCLUDE_EVIDENCE, *INQUIRY, S.CONCLUDED, S.NOTIFIED, S.DECIDING),
    *(
        step
        for action in (A.SETTLE_HOLD, A.LAPSE_HOLD, A.RETURN_GOODS, A.LIFT_SEIZURE, A.LAPSE_SEIZURE)
        for step in _stay(action, *UNDER_WAY, S.CLOSED, S.TRANSFERRED, S.WITHDRAWN, S.DECLINED)
    ),
    *(step for action in (A.ASK_SEIZURE, A.APPROVE_SEIZURE) for step in _stay(action, *FILED_INQUIRY)),
    *_stay(A.EXTEND_SEIZURE, *BEFORE_DECISION),
    *_stay(A.RECHECK_CORRECTION, S.SOURCE, *BEFORE_DECISION, *DECISION_STANDS, S.REVOKED),
    *_stay(A.CONFIRM_ADDRESS, *UNDER_WAY),
    *_stay(A.APPOINT_AGENT, *UNDER_WAY),
    *_stay(A.CHALLENGE, *BEFORE_FILING, *BEFORE_DECISION),
    *_stay(A.RULE_CHALLENGE, *BEFORE_FILING, *BEFORE_DECISION),
    *_stay(A.ASK_ASSISTANCE, *UNDER_WAY),
    *_stay(A.APPROVE_REASON, *UNDER_WAY, S.CLOSED),
    # from the facts to the notice
    *_move(A.CONCLUDE, S.CONCLUDED, S.INVESTIGATING),
    Step(S.CONCLUDED, A.SEND_BACK, S.INVESTIGATING, lane=Lane.ORDINARY),
    *_stay(A.REVIEW, *CAN_REVIEW),
    *_stay(A.DISCUSS, *CAN_REVIEW),
    *_move(A.APPROVE_NOTICE, S.TO_NOTIFY, S.CONCLUDED),
    *_move(A.SERVE_NOTICE, S.NOTIFIED, S.TO_NOTIFY),
    # defence and hearing
    *_stay(A.HEAR_DEFENCE, S.NOTIFIED),
    *_stay(A.WAIVE_DEFENCE, S.NOTIFIED),
    *_stay(A.WAIVE_HEARING, S.NOTIFIED),
    *_move(A.REQUEST_HEARING, S.HEARING, S.NOTIFIED),
    *_stay(A.CALL_HEARING, S.HEARING),
    *_move(A.HOLD_HEARING, S.NOTIFIED, S.HEARING),
    *_move(A.FORFEIT_HEARING, S.NOTIFIED, S.HEARING),
    Step(S.NOTIFIED, A.RENOTIFY, S.INVESTIGATING, lane=Lane.ORDINARY),
    # the decision
    *_move(A.SUBMIT_DECISION, S.DECIDING, S.CONCLUDED, S.NOTIFIED),
    *_move(A.RETURN_DECISION, S.CONCLUDED, S.DECIDING),
    *_move(A.DECIDE, S.DECIDED, S.DECIDING),
    # service
    *_stay(A.ANNOUNCE, S.TO_NOTIFY, S.DECIDED, S.PERFORMING),
    *_move(A.SERVE_DECISION, S.PERFORMING, S.DECIDED),
    *_stay(A.SERVE_PAPER, *UNDER_WAY),
    # performance
    *_stay(A.PAY, S.ON_SPOT, *AFTER_SERVICE),
    *_stay(A.HAND_IN_CASH, S.ON_SPOT, *AFTER_SERVICE, S.CLOSING, S.REVOKED),
    *_stay(A.BANK_CASH, S.ON_SPOT, *AFTER_SERVICE, S.CLOSING, S.REVOKED),
    *_stay(A.APPROVE_DELAY, S.PERFORMING),
    *_stay(A.DISPOSE_GOODS, *AFTER_SERVICE),
    *_stay(A.PERFORM, *AFTER_SERVICE),
    *_stay(A.URGE, S.PERFORMING),
    *_move(A.APPLY_TO_COURT, S.COURT, S.PERFORMING),
    *_move(A.COURT_RULED, S.PERFORMING, S.COURT),
    # remedies and second thoughts
    *_stay(A.CONTEST, *DECISION_STANDS),
    *_stay(A.CONTEST_RULED, *DECISION_STANDS, S.REVOKED),
    *_move(A.REVOKE, S.REVOKED, *DECISION_STANDS),
    Step(S.REVOKED, A.REDECIDE, S.INVESTIGATING, lane=Lane.ORDINARY),
    *_stay(A.PUBLISH, *DECISION_STANDS),
    *_stay(A.UNPUBLISH, *DECISION_STANDS, S.REVOKED),
    *_stay(A.TELL_CREDIT_REPAIR, S.PERFORMING, S.CLOSING, S.CLOSED),
    # other ends
    *_move(A.TRANSFER, S.TRANSFERRED, *BEFORE_FILING, *BEFORE_DECISION),
    Step(S.TRANSFERRED, A.TAKE_BACK, S.INVESTIGATING, lane=Lane.ORDINARY),
    *_move(A.WITHDRAW, S.WITHDRAWN, *BEFORE_DECISION),
    *_move(A.ASK_CLOSING, S.CLOSING, S.PERFORMING),
    *_move(A.REFUSE_CLOSING, S.PERFORMING, S.CLOSING),
    *_move(A.CLOSE, S.CLOSED, S.CLOSING, S.REVOKED),
    *_move(A.ARCHIVE, S.ARCHIVED, S.CLOSED, S.DECLINED, S.WITHDRAWN, S.TRANSFERRED),
)
TABLE = {(step.source, step.action): step for step in STEPS}
FROM = {state: tuple(step for step in STEPS if step.source is state) for state in State}


def edge(state: State, lane: Lane, action: Action, posts: frozenset[Post], given: frozenset[str]) -> Step | Refusal:
    """The edge that may be walked, or the first reason why not: illegal_step, forbidden, missing_fact."""
    step = TABLE.get((state, action))
    if step is None or lane not in step.lanes:
        return Refusal("illegal_step", {"state": state, "action": action})
    if not step.deed.by & posts:
        return Refusal("forbidden", {"posts": sorted(step.deed.by)})
    if missing := [name for name in step.deed.requires if name not in given]:
        return Refusal("missing_fact", {"action": action, "missing": missing})
    return step


def open_to(state: State, lane: Lane, posts: frozenset[Post]) -> list[Step]:
    """Every step these posts could take from here, in the order of the table."""
    return [step for step in FROM[state] if lane in step.lanes and step.deed.by & posts]


def as_data() -> list[dict[str, Any]]:
    """The table as plain data, so that a tablet without network applies the same one."""
    return [
        {
            "from": step.source.value,
            "action": step.action.value,
            "to": step.target.value,
            "name": step.deed.name,
            "article": step.deed.article,
            "by": sorted(step.deed.by),
            "requires": list(step.deed.requires),
            "takes": list(step.deed.takes),
            "papers": list(step.deed.papers),
            "lanes": [lane.value for lane in step.lanes],
            "lane": step.lane.value if step.lane else None,
        }
        for step in STEPS
    ]
