"""Words for what happened (办理经过), to colleagues and to the reporter."""

from dispatch.labels.joint import JOINT_CLOCKS, JOINT_TIMELINE
from dispatch.labels.orders import CLOCKS
from dispatch.rules.handling_times import Clock
from dispatch.rules.joint_times import Clock as JointClock
from dispatch.rules.workflow import State

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
    "order.graded": "定为{severity}",
    "order.suspended": "挂账（{ground}），{until}前复查",
    "order.resumed": "恢复办理",
    "order.extension_asked": "申请延长{clock}{amount}（{ground}）",
    "order.extension_granted": "批准延长{clock}{amount}",
    "order.extension_denied": "不准延长{clock}",
    "order.extension_lapsed": "延期申请作废，不再需要",
    **JOINT_TIMELINE,
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
    "order.suspended": "暂缓办理（{ground}），{until}前再看",
    "order.resumed": "恢复办理，办完告知您结果",
    "order.answered": "答复您",
    "report.rated": "您作了评价",
}
"""The same lines, said to the person they are about."""

STATES_TO_THE_REPORTER = {State.SUSPENDED: "暂缓办理"}
"""Where the office's word says nothing to somebody outside."""

TOLD = {
    "filed": "已立案调查，办结后告知结果",
    "on_spot": "已当场作出处理决定，办结后告知结果",
}
"""中间答复: what the reporter is told while the case is under way."""
READ_BY_REPORTERS = frozenset({"order.suspended"})
"""Events whose words are written for the reporter."""
GROUND_IN_THE_LINE = frozenset(
    {"order.suspended", *(f"order.extension_{done}" for done in ("asked", "granted", "denied"))}
)
"""Events whose line names the ground itself."""

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
        "order.graded",
        "order.extension_asked",
        "order.extension_granted",
        "order.extension_denied",
        "order.extension_lapsed",
        *JOINT_TIMELINE,
        "report.answered",
        "report.told",
    }
)
"""What colleagues must know and the reporter need not."""


def happened(kind: str, *, to_the_reporter: bool) -> str:
    """A line of the timeline, for staff or for the reporter; ``{squad}`` is left to be filled."""
    return (TO_THE_REPORTER if to_the_reporter else {}).get(kind, TIMELINE[kind])


def missed(clock: str, subject: str) -> str:
    """The line of an honest timeline when a clock of a subject ran out."""
    name = JOINT_CLOCKS[JointClock(clock)] if subject.startswith("joint:") else CLOCKS[Clock(clock)]
    return f"{name}晚了"
