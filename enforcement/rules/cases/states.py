"""Where a penalty case can stand, who acts in it, and how it can end (处罚案件的状态、岗位、结果)."""

from enum import StrEnum


class State(StrEnum):
    """案件状态. Up to ``deciding`` nothing has been decided; from ``decided`` on a decision exists."""

    SOURCE = "source"
    FILING = "filing"
    FAST_FILING = "fast_filing"
    INVESTIGATING = "investigating"
    CONCLUDED = "concluded"
    TO_NOTIFY = "to_notify"
    NOTIFIED = "notified"
    HEARING = "hearing"
    DECIDING = "deciding"
    DECIDED = "decided"
    ON_SPOT = "on_spot"
    PERFORMING = "performing"
    COURT = "court"
    CLOSING = "closing"
    CLOSED = "closed"
    REVOKED = "revoked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    ARCHIVED = "archived"


class Lane(StrEnum):
    """程序: on the spot (当场, 行政处罚法 51), fast (简案快办, within the ordinary procedure), ordinary (普通程序, 54)."""

    ON_SPOT = "on_spot"
    FAST = "fast"
    ORDINARY = "ordinary"


class Post(StrEnum):
    """岗位: the post towards one case. ``system`` acts when a clock is due."""

    OFFICER = "officer"
    LEADER = "leader"
    APPROVER = "approver"
    REVIEWER = "legal_reviewer"
    CHAIR = "chair"
    SYSTEM = "system"


class Outcome(StrEnum):
    """处理结果 (行政处罚法 57)."""

    PENALTY = "penalty"
    NO_PENALTY = "no_penalty"
    NOT_PROVEN = "not_proven"
    TRANSFER = "transfer"


BEFORE_FILING = (State.SOURCE, State.FILING, State.FAST_FILING)
INQUIRY = (State.SOURCE, State.INVESTIGATING)
"""Evidence is taken before filing (核查) and while investigating."""
BEFORE_DECISION = (
    State.INVESTIGATING,
    State.CONCLUDED,
    State.TO_NOTIFY,
    State.NOTIFIED,
    State.HEARING,
    State.DECIDING,
)
"""Filed, and nothing decided yet."""
DECISION_STANDS = (State.DECIDED, State.ON_SPOT, State.PERFORMING, State.COURT, State.CLOSING, State.CLOSED)
"""A decision has been made and holds."""
UNDER_WAY = (
    *BEFORE_FILING,
    *BEFORE_DECISION,
    State.DECIDED,
    State.ON_SPOT,
    State.PERFORMING,
    State.COURT,
    State.CLOSING,
    State.REVOKED,
)
ENDED = (State.CLOSED, State.DECLINED, State.WITHDRAWN, State.TRANSFERRED, State.ARCHIVED)
