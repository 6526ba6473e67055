"""Words for an order (工单): its states, actions, clocks, posts, outcomes, and what must come with a step."""

from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Ground, Lane, Outcome, Post, State

STATES = {
    State.RECEIVED: "待研判",
    State.DISPATCHED: "已派出",
    State.ACCEPTED: "已签收",
    State.ON_SITE: "已到场",
    State.IN_CASE: "立案查处中",
    State.SUSPENDED: "挂账",
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
    Action.GRADE: "定严重程度",
    Action.SUSPEND: "挂账",
    Action.RESUME: "恢复办理",
    Action.ASK_EXTENSION: "申请延期",
    Action.GRANT_EXTENSION: "批准延期",
    Action.DENY_EXTENSION: "不准延期",
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
    Clock.REVIEW: "挂账复查",
}

FACTS = {
    "squad": "派给哪个中队",
    "partner": "移送给哪个单位",
    "ground": "理由",
    "power": "权力清单里的哪一项",
    "words": "情况说明",
    "outcome": "办理结果",
    "case": "案件（请用“转立案”开立）",
    "told": "告知的内容",
    "severity": "严重程度",
    "until": "挂账到哪一天",
    "clock": "哪个时限",
    "amount": "延长多少",
}

GROUNDS = {
    Ground.NOT_OUR_AREA: "不在本中队片区",
    Ground.NOT_OUR_FIELD: "不是本中队的领域",
    Ground.NO_POWER: "本镇没有这项权力",
    Ground.WRONG_KIND: "事项类别不对",
}
"""退回理由."""
