"""Words for joint tasks (吹哨报到)."""

from dispatch.rules.joint import Action, Ground, Outcome, Post, State
from dispatch.rules.joint_times import Clock

JOINT_CALL = "呼叫协办"

JOINT_STATES = {
    State.CALLED: "已呼叫，未报到",
    State.REPORTED: "已报到，未办完",
    State.DONE: "已协办",
    State.REFUSED: "已推辞，等呼叫人答复",
    State.ARBITRATION: "再次推辞，待裁定",
    State.RELEASED: "不再需要",
}

JOINT_ACTIONS = {
    Action.REPORT_IN: "报到",
    Action.FINISH: "办完",
    Action.REFUSE: "推辞",
    Action.INSIST: "坚持呼叫",
    Action.RELEASE: "不再需要",
    Action.MUST_COME: "裁定必须到场",
    Action.OTHER_BODY: "裁定改由别的单位",
    Action.LAST_RESORT: "裁定由兜底单位承担",
    Action.FALL_BACK: "逾期未裁定，兜底单位承担",
    Action.LAPSE: "随工单结束",
}

JOINT_POSTS = {
    Post.BODY: "被呼叫的中队或单位",
    Post.CALLER: "主办中队的中队长或指挥中心",
    Post.SUPERVISOR: "督办",
    Post.SYSTEM: "系统",
}

JOINT_GROUNDS = {
    Ground.NOT_OUR_AREA: "不在本单位片区",
    Ground.NOT_OUR_FIELD: "不是本单位的领域",
    Ground.NO_POWER: "没有这项权力",
    Ground.ENGAGED: "正在处理更急的事",
}
"""推辞理由."""

JOINT_OUTCOMES = {Outcome.HELPED: "已协助处理", Outcome.NOT_NEEDED: "到场后不需要协助"}

JOINT_CLOCKS = {
    Clock.REPORT_IN: "协办报到",
    Clock.ASSIST: "协办",
    Clock.RESPOND: "答复协办单位",
    Clock.ARBITRATE: "协办裁定",
}

JOINT_FACTS = {
    "body": "中队或协同单位",
    "ground": "推辞理由",
    "power": "权力清单里的哪一项",
    "words": "情况说明",
    "outcome": "协办结果",
}

JOINT_KINDS = {"squad": "中队", "partner": "协同单位"}

JOINT_TIMELINE = {
    "joint.called": "呼叫{squad}协办",
    "joint.reported": "{squad}报到",
    "joint.done": "{squad}协办完毕",
    "joint.refused": "{squad}推辞协办",
    "joint.insisted": "坚持呼叫{squad}",
    "joint.released": "不再需要{squad}协办",
    "joint.disputed": "{squad}再次推辞，等督办裁定",
    "joint.must_come": "督办裁定{squad}必须到场",
    "joint.other_body": "督办裁定改由{squad}协办",
    "joint.last_resort": "督办裁定由兜底单位{squad}承担",
    "joint.fell_back": "逾期没有裁定，由兜底单位{squad}承担",
    "joint.lapsed": "{squad}的协办随工单结束",
}
