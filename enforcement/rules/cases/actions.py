"""What can be done in a penalty case (办案行为), and what each act must say, by whom, under which article."""

from dataclasses import dataclass
from enum import StrEnum

from enforcement.rules.cases.states import Post


class Action(StrEnum):
    """办案行为."""

    OPEN = "open"
    NAME_PARTY = "name_party"
    ASSIGN = "assign"
    DECLINE = "decline"
    ASK_FILING = "ask_filing"
    REFUSE_FILING = "refuse_filing"
    FILE = "file"
    DECIDE_ON_SPOT = "decide_on_spot"
    REPORT_ON_SPOT = "report_on_spot"
    PROPOSE_FAST = "propose_fast"
    APPROVE_FAST = "approve_fast"
    REFUSE_FAST = "refuse_fast"
    SWITCH_TO_ORDINARY = "switch_to_ordinary"
    INSPECT = "inspect"
    QUESTION = "question"
    ADD_EVIDENCE = "add_evidence"
    REVIEW_EVIDENCE = "review_evidence"
    VERIFY_EVIDENCE = "verify_evidence"
    EXCLUDE_EVIDENCE = "exclude_evidence"
    SAMPLE = "sample"
    ASK_HOLD = "ask_hold"
    APPROVE_HOLD = "approve_hold"
    SETTLE_HOLD = "settle_hold"
    LAPSE_HOLD = "lapse_hold"
    RETURN_GOODS = "return_goods"
    ASK_SEIZURE = "ask_seizure"
    APPROVE_SEIZURE = "approve_seizure"
    EXTEND_SEIZURE = "extend_seizure"
    LIFT_SEIZURE = "lift_seizure"
    LAPSE_SEIZURE = "lapse_seizure"
    ORDER_CORRECTION = "order_correction"
    NO_CORRECTION = "no_correction"
    RECHECK_CORRECTION = "recheck_correction"
    CONFIRM_ADDRESS = "confirm_address"
    APPOINT_AGENT = "appoint_agent"
    CHALLENGE = "challenge"
    RULE_CHALLENGE = "rule_challenge"
    ASK_ASSISTANCE = "ask_assistance"
    APPROVE_REASON = "approve_reason"
    CONCLUDE = "conclude"
    SEND_BACK = "send_back"
    REVIEW = "review"
    DISCUSS = "discuss"
    APPROVE_NOTICE = "approve_notice"
    SERVE_NOTICE = "serve_notice"
    HEAR_DEFENCE = "hear_defence"
    WAIVE_DEFENCE = "waive_defence"
    WAIVE_HEARING = "waive_hearing"
    REQUEST_HEARING = "request_hearing"
    CALL_HEARING = "call_hearing"
    HOLD_HEARING = "hold_hearing"
    FORFEIT_HEARING = "forfeit_hearing"
    RENOTIFY = "renotify"
    SUBMIT_DECISION = "submit_decision"
    RETURN_DECISION = "return_decision"
    DECIDE = "decide"
    ANNOUNCE = "announce"
    SERVE_DECISION = "serve_decision"
    SERVE_PAPER = "serve_paper"
    PAY = "pay"
    HAND_IN_CASH = "hand_in_cash"
    BANK_CASH = "bank_cash"
    APPROVE_DELAY = "approve_delay"
    DISPOSE_GOODS = "dispose_goods"
    PERFORM = "perform"
    URGE = "urge"
    APPLY_TO_COURT = "apply_to_court"
    COURT_RULED = "court_ruled"
    CONTEST = "contest"
    CONTEST_RULED = "contest_ruled"
    REVOKE = "revoke"
    REDECIDE = "redecide"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    TELL_CREDIT_REPAIR = "tell_credit_repair"
    TRANSFER = "transfer"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    ASK_CLOSING = "ask_closing"
    REFUSE_CLOSING = "refuse_closing"
    CLOSE = "close"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Deed:
    """One action: its Chinese name, the article behind it, who may do it, what it must and may say, what it prints.

    Which of the ``papers`` are printed may depend on the case (``papers.due``).
    """

    name: str
    article: str
    by: frozenset[Post]
    requires: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def deed(name: str, article: str, *by: Post, requires: str = "", takes: str = "", papers: str = "") -> Deed:
    """One line of the table; lists are written with blanks between."""
    return Deed(name, article, frozenset(by), tuple(requires.split()), tuple(takes.split()), tuple(papers.split()))


LAW, FORCE, CIVIL = "行政处罚法", "行政强制法", "民事诉讼法"
SERVICE = "manner day"
SERVICE_TAKES = "officers place_words receiver relation signature witness device tracking channel words"
PROPOSAL_TAKES = "ground kinds fine_fen confiscate_fen lighter deviation_reason education higher_excluded words"
