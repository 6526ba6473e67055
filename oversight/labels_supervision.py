"""Every Chinese word that supervision shows, in one place."""

from collections.abc import Mapping

from dispatch import labels as orders
from enforcement.rules.cases.clocks import BY_KIND
from oversight.rules.seats import Seat, Why
from oversight.rules.supervision import Action, Clock, Outcome, Post, State
from town.ladders import ANY, Level

LEVELS = {
    Level.REMIND: "提醒",
    Level.URGE: "催办",
    Level.YELLOW: "黄色预警",
    Level.RED: "红色预警",
    Level.SUPERVISE: "督办单",
    Level.ACCOUNT: "问责",
}
"""预警级别."""

SEATS = {
    Seat.HOLDER: "承办人",
    Seat.DUTY_LEADER: "带班人员",
    Seat.STAND_IN: "备班人员",
    Seat.SQUAD_LEADER: "中队长",
    Seat.DISPATCHER: "指挥中心",
    Seat.SUPERVISOR: "督办",
    Seat.APPROVER: "审批人",
    Seat.FALLBACK: "兜底人",
    Seat.DESK: "无人可找，留在指挥中心",
}

WHYS = {
    Why.NO_SUCH_POST: "没有这个岗位的人",
    Why.NOBODY_ON_DUTY: "没有人值班",
    Why.ON_LEAVE: "请假",
    Why.BLOCKED: "账号已停用",
    Why.LATE_HIMSELF: "超时的正是本人",
}

CLOSED = {"met": "已有结果", "dropped": "不再计时", "paused": "已暂停计时", "moved": "时限已顺延"}
"""Why an alarm asks for nothing any more."""

STATES = {State.ISSUED: "待回复", State.REPLIED: "待审结", State.RETURNED: "退回重报", State.CLOSED: "已办结"}
ACTIONS = {Action.REPLY: "回复", Action.RETURN: "退回重报", Action.CLOSE: "办结"}
POSTS = {Post.ADDRESSEE: "被督办的中队或单位", Post.SUPERVISOR: "督办"}
OUTCOMES = {Outcome.JUSTIFIED: "延误有正当理由", Outcome.NOT_JUSTIFIED: "延误没有正当理由"}
FACTS = {"words": "说明", "outcome": "结论"}
OWN_CLOCKS: Mapping[str, str] = {Clock.REPLY: "回复督办", Clock.CLOSE: "审结督办"}

HAPPENED = {
    "supervision.issued": "发出督办单",
    "supervision.replied": "书面回复",
    "supervision.returned": "退回重报",
    "supervision.closed": "办结",
    "supervision.accountable": "逾期未回复，到达问责线",
}
KINDS = {"order": "工单", "case": "案件", "joint": "协办任务", "supervision": "督办单"}

CLOCKS: Mapping[str, str] = {
    **{f"order.{clock.value}": name for clock, name in orders.CLOCKS.items()},
    **{f"case.{clock.value}": row.name for clock, row in BY_KIND.items()},
    **{f"joint.{clock}": name for clock, name in orders.JOINT_CLOCKS.items()},
    **{f"supervision.{clock}": name for clock, name in OWN_CLOCKS.items()},
    ANY: "其他时限",
}
"""Clocks as the ladders name them: the kind of subject and the kind of clock."""


def clock(subject: str, kind: str) -> str:
    """A clock by its Chinese name."""
    return CLOCKS.get(f"{subject.partition(':')[0]}.{kind}", kind)


def told_by_itself(matter: str, clock_name: str, percent: int) -> str:
    """What a 督办单 says that nobody wrote by hand."""
    return f"{matter}的「{clock_name}」时限已用到 {percent}%，仍没有办到。请书面说明原因、目前进展和下一步安排。"
