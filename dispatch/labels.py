"""Every Chinese word the dispatch room shows, in one place."""

from typing import Any

from dispatch.rules.handing_back import Rule
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Ground, Lane, Outcome, Post, State

STATES = {
    State.RECEIVED: "待研判",
    State.DISPATCHED: "已派出",
    State.ACCEPTED: "已签收",
    State.ON_SITE: "已到场",
    State.IN_CASE: "立案查处中",
    State.HANDLED: "已处置",
    State.CHECKED: "已核查",
    State.RETURNED: "已退回待研判",
    State.ARBITRATION: "待裁定",
    State.TRANSFERRED: "已移送",
    State.CLOSED: "已办结",
    State.ANSWERED: "已答复",
}

ACTIONS = {
    Action.DISPATCH: "派单",
    Action.REJECT: "不予受理",
    Action.ACCEPT: "签收",
    Action.ARRIVE: "到场",
    Action.HANDLE: "处置",
    Action.TO_CASE: "转立案",
    Action.TELL: "告知立案",
    Action.CASE_ENDED: "案件办结",
    Action.CHECK: "核查通过",
    Action.REWORK: "退回重办",
    Action.CLOSE: "办结",
    Action.ANSWER: "答复",
    Action.RETURN: "退回",
    Action.DISPUTE: "再次退回",
    Action.ARBITRATE: "裁定",
    Action.TRANSFER: "移送",
    Action.TAKEN_OVER: "对方已接收",
    Action.SENT_BACK: "对方退回",
    Action.SETTLE: "网格处置",
    Action.ESCALATE: "上报指挥中心",
}

LANES = {
    Lane.DESK: "指挥中心",
    Lane.SQUAD: "中队",
    Lane.GRID: "网格员",
    Lane.UNIT: "责任单位",
    Lane.TRANSFER: "移送外单位",
}

POSTS = {
    Post.DISPATCHER: "指挥中心",
    Post.SQUAD: "本中队人员",
    Post.GRID_WORKER: "本网格网格员",
    Post.UNIT: "责任单位",
    Post.CHECKER: "核查员",
    Post.SUPERVISOR: "督办",
    Post.SYSTEM: "系统",
}

OUTCOMES = {
    Outcome.FIXED: "已整改",
    Outcome.PARTLY_FIXED: "部分整改",
    Outcome.PERSUADED: "已劝导",
    Outcome.NOT_FOUND: "现场未发现",
    Outcome.NO_VIOLATION: "不构成违法",
    Outcome.NOT_OURS: "不归本镇管",
    Outcome.TRANSFERRED: "已移送有权单位",
    Outcome.DUPLICATE: "与已办的是同一件事",
    Outcome.PENALISED: "已处罚",
    Outcome.NO_PENALTY: "依法不予处罚",
    Outcome.NOT_PROVEN: "违法事实不成立",
}

CLOCKS = {
    Clock.DECIDE: "研判",
    Clock.ACCEPT: "签收",
    Clock.ARRIVE: "到场",
    Clock.HANDLE: "处置",
    Clock.SETTLE: "网格处置",
    Clock.CHECK: "核查",
    Clock.ARBITRATE: "裁定",
    Clock.REPLY: "对方回复",
    Clock.ANSWER: "答复",
    Clock.RESULT: "告知结果",
}

FACTS = {
    "squad": "派给哪个中队",
    "partner": "移送给哪个单位",
    "ground": "退回理由",
    "power": "权力清单里的哪一项",
    "words": "情况说明",
    "outcome": "办理结果",
    "case": "案件（请用“转立案”开立）",
    "told": "告知的内容",
}

GROUNDS = {
    Ground.NOT_OUR_AREA: "不在本中队片区",
    Ground.NOT_OUR_FIELD: "不是本中队的领域",
    Ground.NO_POWER: "本镇没有这项权力",
    Ground.WRONG_KIND: "事项类别不对",
}
"""退回理由."""

NATURES = {"enforcement": "执法", "facility": "设施", "service": "服务"}

ROWS = {
    "emergency": "紧急情况",
    "outside": "地点在镇外",
    "no_power_list": "没有权力清单",
    "no_power": "本镇当日没有这项权力",
    "ambiguous": "位置不清",
    "facility": "设施或服务，找责任单位",
    "small": "小事由网格员处置",
    "unserved": "片区没有中队",
    "unclassified": "未归类，先由中队核实",
    "squad": "有权，派片区中队",
    "by_hand": "人工派单",
    "arbitrated": "裁定",
    "transferred_by_hand": "人工移送",
    "handed_back": "权力退回后移交",
}
"""派单规则 by row of the table, and what stands beside it."""

WAYS = {
    "table": "按规则自动决定",
    "corrected": "更正后重新决定",
    "by_hand": "人工改派",
    "arbitrated": "督办裁定",
    "transferred_by_hand": "人工移送",
    "handed_back": "权力退回",
}

STANDINGS = {
    "in_force": "有效",
    "not_published": "未公布",
    "not_yet": "未到生效日",
    "expired": "已到期",
    "suspended": "已暂停",
    "handed_back": "已退回",
    "no_letter": "委托手续不全",
    "no_decision": "赋权文件不全",
}

TRANSFER_RULES = {
    **{row: ROWS[row] for row in ("outside", "no_power", "transferred_by_hand")},
    Rule.NOT_BEGUN: "权力退回：尚未开始，移送",
    Rule.UNDER_WAY: "权力退回：已到场未处理，连同材料移送",
    Rule.DONE: "权力退回：已处理，由本镇办完",
    Rule.IN_CASE: "权力退回：已转立案，按案件所处阶段处理",
    Rule.OTHER_POWER: "权力退回：另有有效依据，继续办理",
    Rule.ALREADY_THERE: "权力退回：已在移送中",
}

REPLIES = {"accepted": "已接收", "refused": "已退回"}
LINKS = {"suggested": "疑似重复", "linked": "同一件事", "dismissed": "不是同一件事"}

REASONS = {
    "outside": "地点不在本镇任何网格内",
    "outside_near": "地点不在本镇任何网格内，离网格 {grid} 最近，约 {distance_m} 米",
    "ambiguous": "定位误差 {accuracy_m} 米，可能属于不同中队的网格：{candidates}",
    "unserved": "{area}还没有中队负责",
    "in_grid": "地点在网格 {grid}（{area}）",
    "served_by": "{area}由{squad}负责",
    "near_border": "离别的片区很近，没有给出定位误差",
    "by_hand": "指挥中心人工派单",
    "arbitrated": "督办裁定",
    "transferred_by_hand": "指挥中心人工移送",
    "handed_back": "权力 {power} 自 {day} 起退回，{rule}",
    "emergency": "紧急情况：已提示拨打 110、119、120，指挥中心要马上看",
    "no_power_list": "当日没有启用的权力清单，不能确定本镇有没有权",
    "no_power": "本镇当日没有办理这类事项的有效权力{lines}",
    "no_partner": "没有登记可以移送的单位，请指挥中心决定",
    "handed_to": "移送{partner}",
    "facility": "这是设施或服务问题，不是执法事项",
    "no_unit": "没有登记这类设施的责任单位，请指挥中心决定",
    "small": "小事：由网格员{worker}劝导、拍照",
    "unclassified": "还没有归类，先由中队到现场核实",
    "by_power": "依据权力清单 {power}",
    "on_duty": "当班：{login}",
    "conflict": "{login}应当回避",
    "all_in_conflict": "当班人员都应当回避",
    "nobody_on_duty": "当班表上这时没有人",
    "nobody": "当班表上这时没有人，也没有指定替补，请指挥中心马上安排",
    "nobody_certified": "当班人员没有有效的执法证",
    "stand_in": "由指定替补{login}负责",
    "duplicate": "附近有 {count} 件同类工单，可能是同一件事",
}

TIMELINE = {
    "report.received": "收到举报",
    "order.waiting": "等指挥中心研判",
    "order.dispatched": "已派给{squad}",
    "order.rejected": "不予受理",
    "order.transferred": "移送有权办理的单位",
    "order.taken_over": "对方单位已接收",
    "order.sent_back": "对方单位退回",
    "order.returned": "{squad}退回",
    "order.disputed": "{squad}再次退回，等督办裁定",
    "order.arbitrated": "督办裁定，派给{squad}",
    "order.settled": "网格员处置完毕",
    "order.escalated": "网格员上报指挥中心",
    "order.corrected": "更正了地点或类别，重新派单",
    "order.moved": "权力退回，按规则移交",
    "order.suggested": "附近有同类工单，可能重复",
    "order.linked": "确认与另一件是同一件事",
    "order.accepted": "签收",
    "order.arrived": "到场查看",
    "order.handled": "现场处置完毕",
    "order.case_opened": "转立案",
    "order.told": "告知举报人：{told}",
    "order.case_ended": "案件办结",
    "order.checked": "已核查，由没办过此件的人",
    "order.reworked": "核查没有通过，退回重办",
    "order.closed": "办结",
    "order.answered": "已答复举报人",
    "report.told": "办理进展已告知",
    "report.answered": "答复已送达",
    "report.rated": "举报人作了评价",
}
TO_THE_REPORTER = {
    "report.received": "收到您的举报",
    "order.waiting": "工作人员正在核对",
    "order.transferred": "不归本镇办理，已移送有权的单位",
    "order.case_opened": "转入案件查处",
    "order.told": "{told}",
    "order.answered": "答复您",
    "report.rated": "您作了评价",
}
"""The same lines, said to the person they are about."""

TOLD = {
    "filed": "已立案调查，办结后告知结果",
    "on_spot": "已当场作出处理决定，办结后告知结果",
}
"""中间答复: what the reporter is told while the case is under way."""

NEXT = ("中队签收", "到现场查看", "依法处理", "换一个人去核查", "答复您，由您评价")

EMERGENCY = "着火、漏气、有人受伤或正在打斗，请先打 119、120、110。"


INSIDE = frozenset(
    {
        "order.suggested",
        "order.linked",
        "order.corrected",
        "order.returned",
        "order.disputed",
        "order.escalated",
        "report.answered",
        "report.told",
    }
)
"""What colleagues must know and the reporter need not."""


def reason(code: str, facts: dict[str, Any]) -> str:
    """A routing reason as a sentence."""
    if code == "outside" and facts.get("grid"):
        return REASONS["outside_near"].format(**facts)
    if code == "ambiguous":
        candidates = "、".join(f"{near['grid']}（{near['distance_m']} 米）" for near in facts["candidates"])
        return REASONS[code].format(accuracy_m=facts["accuracy_m"], candidates=candidates)
    if code == "handed_back":
        facts = {**facts, "rule": TRANSFER_RULES[facts["rule"]]}
    if code == "no_power":
        lines = "、".join(
            f"{line['power']} {STANDINGS.get(line['standing'], line['standing'])}" for line in facts["lines"]
        )
        return REASONS[code].format(lines=f"（{lines}）" if lines else "")
    return REASONS[code].format(**facts)


def happened(kind: str, *, to_the_reporter: bool) -> str:
    """A line of the timeline, for staff or for the reporter; ``{squad}`` is left to be filled."""
    return (TO_THE_REPORTER if to_the_reporter else {}).get(kind, TIMELINE[kind])


def missed(clock: str) -> str:
    """The line of an honest timeline when a clock ran out."""
    return f"{CLOCKS[Clock(clock)]}晚了"
