"""Words for a decision (派单决定): rows, reasons, transfers, duplicates."""

from typing import Any

from dispatch.rules.handing_back import Rule

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
