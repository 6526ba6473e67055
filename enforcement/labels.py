"""Every Chinese word the enforcement room shows beside its tables (用语), in one place."""

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.cases.states import Lane, Post, State

STATES = {
    State.SOURCE: "待立案",
    State.FILING: "立案审批中",
    State.FAST_FILING: "简案快办审批中",
    State.INVESTIGATING: "调查取证中",
    State.CONCLUDED: "调查终结",
    State.TO_NOTIFY: "待送达告知书",
    State.NOTIFIED: "已告知",
    State.HEARING: "听证中",
    State.DECIDING: "决定审批中",
    State.DECIDED: "已决定待送达",
    State.ON_SPOT: "当场处罚待备案",
    State.PERFORMING: "履行中",
    State.COURT: "法院强制执行中",
    State.CLOSING: "结案审批中",
    State.CLOSED: "已结案",
    State.REVOKED: "决定已撤销",
    State.DECLINED: "不予立案",
    State.WITHDRAWN: "已撤案",
    State.TRANSFERRED: "已移送",
    State.ARCHIVED: "已归档",
}
LANES = {Lane.ON_SPOT: "当场处罚", Lane.FAST: "简案快办", Lane.ORDINARY: "普通程序"}
POSTS = {
    Post.OFFICER: "本中队执法人员",
    Post.LEADER: "本中队负责人",
    Post.APPROVER: "审批人",
    Post.REVIEWER: "法制审核人员",
    Post.CHAIR: "听证主持人",
    Post.SYSTEM: "系统",
}
OUTCOMES = {
    "penalty": "行政处罚",
    "no_penalty": "不予行政处罚",
    "not_proven": "违法事实不能成立",
    "transfer": "移送",
    "declined": "不予立案",
    "withdrawn": "撤销立案",
    "revoked": "决定已撤销",
}
CLOCK_STATES = {"running": "计时中", "met": "按期完成", "missed": "已逾期", "past": "登记时已过", "dropped": "不再计时"}


def action(one: Action) -> str:
    """办案行为."""
    return DEEDS[one].name


def field(name: str) -> str:
    """要素."""
    return FIELDS[name].label


def clock(kind: str) -> str:
    """期限."""
    return BY_KIND[Clock(kind)].name
