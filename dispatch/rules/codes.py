"""Codes of an order's life (工单): states, lanes, actions, posts, outcomes, and the grounds of a return."""

from enum import StrEnum


class State(StrEnum):
    """工单状态. ``closed`` is settled, ``answered`` is told to the reporter."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    IN_CASE = "in_case"
    SUSPENDED = "suspended"
    HANDLED = "handled"
    CHECKED = "checked"
    RETURNED = "returned"
    ARBITRATION = "arbitration"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    ANSWERED = "answered"


class Lane(StrEnum):
    """在谁手里: the desk, a squad, a 网格员, a unit of the town's partners, or a body it was transferred to."""

    DESK = "desk"
    SQUAD = "squad"
    GRID = "grid"
    UNIT = "unit"
    TRANSFER = "transfer"


class Action(StrEnum):
    """What can be done to an order."""

    DISPATCH = "dispatch"
    REJECT = "reject"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    TO_CASE = "to_case"
    TELL = "tell"
    CASE_ENDED = "case_ended"
    CHECK = "check"
    REWORK = "rework"
    CLOSE = "close"
    ANSWER = "answer"
    RETURN = "return"
    DISPUTE = "dispute"
    ARBITRATE = "arbitrate"
    TRANSFER = "transfer"
    TAKEN_OVER = "taken_over"
    SENT_BACK = "sent_back"
    SETTLE = "settle"
    ESCALATE = "escalate"
    GRADE = "grade"
    SUSPEND = "suspend"
    RESUME = "resume"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    DENY_EXTENSION = "deny_extension"


class Post(StrEnum):
    """The post that may act: a role, or the system itself."""

    DISPATCHER = "dispatcher"
    SQUAD = "squad"
    GRID_WORKER = "grid_worker"
    UNIT = "unit"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Outcome(StrEnum):
    """办理结果, told honestly: closed is not the same as fixed."""

    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    PERSUADED = "persuaded"
    NOT_FOUND = "not_found"
    NO_VIOLATION = "no_violation"
    NOT_OURS = "not_ours"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    PENALISED = "penalised"
    NO_PENALTY = "no_penalty"
    NOT_PROVEN = "not_proven"


class Ground(StrEnum):
    """退回理由: why a squad gives an order back."""

    NOT_OUR_AREA = "not_our_area"
    NOT_OUR_FIELD = "not_our_field"
    NO_POWER = "no_power"
    WRONG_KIND = "wrong_kind"


NEEDS_POWER_LINE = frozenset({Ground.NO_POWER, Ground.NOT_OUR_FIELD})
"""These are said about a line of the power list, so the line must be named."""
