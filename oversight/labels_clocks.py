"""Words of a clock's card (时限卡)."""

from dispatch.labels import EXTENSION_GROUNDS, SUSPENSION_GROUNDS
from town.watch import Deadline, State

STATES = {
    State.RUNNING: "计时中",
    State.PAUSED: "已停表",
    State.MET: "按期完成",
    State.MISSED: "已超时",
    State.PAST: "登记时已过",
    State.DROPPED: "不再计时",
}
LATE_BUT_DONE = "超时后完成"
PAUSED: dict[str, str] = {ground.value: name for ground, name in SUSPENSION_GROUNDS.items()}
EXTENDED: dict[str, str] = {ground.value: name for ground, name in EXTENSION_GROUNDS.items()}
"""Why a clock was paused or extended; a reason that has no name of its own is shown as it was written."""


def state(clock: Deadline) -> str:
    """Where a clock stands."""
    late_but_done = clock.state == State.MISSED and clock.met_at is not None
    return LATE_BUT_DONE if late_but_done else STATES[State(clock.state)]


def paused(reason: str) -> str:
    """暂停理由."""
    return PAUSED.get(reason, reason)


def extended(reason: str) -> str:
    """延期理由."""
    return EXTENDED.get(reason, reason)
