"""Every Chinese word that indicators and appraisal show, in one place."""

import datetime as dt
from zoneinfo import ZoneInfo

from oversight.rules.appeals import AppealGround
from oversight.rules.counting import Part
from oversight.rules.formula import DifficultyBy
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import Ground, Holder, OrderFact

HOLDERS = {
    Holder.DESK: "指挥中心（尚未派出或已退回）",
    Holder.GRID: "网格员",
    Holder.UNIT: "责任单位",
    Holder.TRANSFER: "移送外单位",
}
OUTSIDE = "地图以外"

GROUNDS = {
    Ground.NOT_OURS: "不属于本镇职责",
    Ground.UNREASONABLE: "诉求不合理",
    Ground.REPEAT: "没有新情况的重复来件",
    Ground.FORCE_MAJEURE: "不可抗力",
}
"""剔除理由."""

APPEAL_GROUNDS = {
    **{AppealGround(ground): name for ground, name in GROUNDS.items()},
    AppealGround.WRONG_FIGURES: "数据有误",
}
STATES = {"asked": "待审核", "approved": "同意", "denied": "不同意"}
PARTS = {Part.NUMERATOR: "计入分子", Part.MISSING: "未达到", Part.EXCLUDED: "已剔除"}
DIFFICULTY = {DifficultyBy.SEVERITY: "严重程度", DifficultyBy.KIND: "事项大类"}


def why(fact: OrderFact, code: Indicator, part: Part, zone: ZoneInfo) -> str:
    """Why an order is what it is to an indicator, in one sentence with local times."""
    if fact.excluded:
        return f"已剔除：{GROUNDS[fact.excluded]}"
    if code in TIMED:
        due, done, what = TIMED[code]
        return _timed(getattr(fact, due), getattr(fact, done), what, zone)
    return SAID[code][part is Part.MISSING]


TIMED = {
    Indicator.HANDLING: ("handling_due_at", "handled_at", "处置"),
    Indicator.ON_TIME_HANDLING: ("handling_due_at", "handled_at", "处置"),
    Indicator.CLOSING: ("closing_due_at", "closed_at", "办结"),
    Indicator.ON_TIME_CLOSING: ("closing_due_at", "closed_at", "办结"),
    Indicator.RESPONSE: ("response_due_at", "responded_at", "签收"),
}
"""Of each indicator that is about time: when it was due, when it was done, and what it is called."""
SAID = {
    Indicator.FILING: ("已派给本镇办理", "到期末没有派给本镇办理，或已移送、不予受理"),
    Indicator.REWORK: ("核查没有通过，退回重办过", "没有返工"),
    Indicator.EXTENSION: ("批准过延期", "没有延期"),
    Indicator.SOLVED: ("评价人都说已解决", "有评价人说没有解决或只解决了一部分"),
    Indicator.SATISFIED: ("评价人都表示满意", "有评价人不满意或觉得一般"),
}


def _timed(due: dt.datetime | None, done: dt.datetime | None, what: str, zone: ZoneInfo) -> str:
    limit = f"期限 {_local(due, zone)}" if due else "没有期限"
    if done is None:
        return f"{limit}，到期末没有{what}"
    late = "，晚了" if due and done >= due else ""
    return f"{limit}，{_local(done, zone)} {what}{late}"


def _local(moment: dt.datetime, zone: ZoneInfo) -> str:
    """As people write it: midnight is 24:00 of the day before."""
    local = moment.astimezone(zone)
    if local.time() == dt.time():
        return f"{local - dt.timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"
