"""Every Chinese word the dispatch room shows, in one place."""

from typing import Any

from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Outcome, Post, State

STATES = {
    State.RECEIVED: "待指挥中心确认",
    State.DISPATCHED: "已派出",
    State.ACCEPTED: "已签收",
    State.ON_SITE: "已到场",
    State.HANDLED: "已处置",
    State.CHECKED: "已核查",
    State.CLOSED: "已办结",
    State.ANSWERED: "已答复",
}

ACTIONS = {
    Action.DISPATCH: "派单",
    Action.REJECT: "不予受理",
    Action.ACCEPT: "签收",
    Action.ARRIVE: "到场",
    Action.HANDLE: "处置",
    Action.CHECK: "核查通过",
    Action.REWORK: "退回重办",
    Action.CLOSE: "办结",
    Action.ANSWER: "答复",
}

POSTS = {
    Post.DISPATCHER: "指挥中心",
    Post.SQUAD: "本中队人员",
    Post.CHECKER: "核查员",
    Post.SYSTEM: "系统",
}

OUTCOMES = {
    Outcome.FIXED: "已整改",
    Outcome.PARTLY_FIXED: "部分整改",
    Outcome.NOT_FOUND: "现场未发现",
    Outcome.NO_VIOLATION: "不构成违法",
    Outcome.NOT_OURS: "不归本镇管",
    Outcome.DUPLICATE: "与已办的是同一件事",
}

CLOCKS = {
    Clock.ACCEPT: "签收",
    Clock.ARRIVE: "到场",
    Clock.HANDLE: "处置",
    Clock.CHECK: "核查",
    Clock.ANSWER: "答复",
}

FACTS = {"squad": "派给哪个中队", "words": "情况说明", "outcome": "办理结果"}

REASONS = {
    "outside": "地点不在本镇任何网格内",
    "outside_near": "地点不在本镇任何网格内，离网格 {grid} 最近，约 {distance_m} 米",
    "ambiguous": "定位误差 {accuracy_m} 米，可能属于不同中队的网格：{candidates}",
    "unserved": "{area}还没有中队负责",
    "in_grid": "地点在网格 {grid}（{area}）",
    "served_by": "{area}由{squad}负责",
    "near_border": "离别的片区很近，没有给出定位误差",
    "by_hand": "指挥中心人工派单",
}

TIMELINE = {
    "report.received": "收到举报",
    "order.waiting": "地点需要指挥中心确认",
    "order.dispatched": "已派给{squad}",
    "order.rejected": "不予受理",
    "order.accepted": "中队签收",
    "order.arrived": "到场查看",
    "order.handled": "现场处置完毕",
    "order.checked": "已核查，由没办过此件的人",
    "order.reworked": "核查没有通过，退回重办",
    "order.closed": "办结",
    "order.answered": "已答复举报人",
    "report.rated": "举报人作了评价",
}
TO_THE_REPORTER = {
    "report.received": "收到您的举报",
    "order.answered": "答复您",
    "report.rated": "您作了评价",
}
"""The same lines, said to the person they are about."""

NEXT = ("中队签收", "到现场查看", "依法处理", "换一个人去核查", "答复您，由您评价")

EMERGENCY = "着火、漏气、有人受伤或正在打斗，请先打 119、120、110。"


def reason(code: str, facts: dict[str, Any]) -> str:
    """A routing reason as a sentence."""
    if code == "outside" and facts.get("grid"):
        return REASONS["outside_near"].format(**facts)
    if code == "ambiguous":
        candidates = "、".join(f"{near['grid']}（{near['distance_m']} 米）" for near in facts["candidates"])
        return REASONS[code].format(accuracy_m=facts["accuracy_m"], candidates=candidates)
    return REASONS[code].format(**facts)


def happened(kind: str, *, to_the_reporter: bool) -> str:
    """A line of the timeline, for staff or for the reporter; ``{squad}`` is left to be filled."""
    return (TO_THE_REPORTER if to_the_reporter else {}).get(kind, TIMELINE[kind])


def missed(clock: str) -> str:
    """The line of an honest timeline when a clock ran out."""
    return f"{CLOCKS[Clock(clock)]}晚了"
