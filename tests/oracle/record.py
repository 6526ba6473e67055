"""The record itself (全过程记录, 行政处罚法 47): nothing missing, nothing out of order, nothing that contradicts itself."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.oracle import remedies
from tests.oracle.life import LAW, Breach, Life, moment

RECORD = f"{LAW}第四十七条"
FORMAT = "wangge-case/1"
LEADS_TO = {
    "open": "source",
    "decline": "declined",
    "ask_filing": "filing",
    "refuse_filing": "source",
    "file": "investigating",
    "decide_on_spot": "on_spot",
    "report_on_spot": "performing",
    "propose_fast": "fast_filing",
    "approve_fast": "to_notify",
    "refuse_fast": "source",
    "conclude": "concluded",
    "send_back": "investigating",
    "approve_notice": "to_notify",
    "serve_notice": "notified",
    "request_hearing": "hearing",
    "hold_hearing": "notified",
    "forfeit_hearing": "notified",
    "renotify": "investigating",
    "submit_decision": "deciding",
    "return_decision": "concluded",
    "decide": "decided",
    "serve_decision": "performing",
    "apply_to_court": "court",
    "court_ruled": "performing",
    "revoke": "revoked",
    "redecide": "investigating",
    "transfer": "transferred",
    "take_back": "investigating",
    "withdraw": "withdrawn",
    "ask_closing": "closing",
    "refuse_closing": "performing",
    "close": "closed",
    "archive": "archived",
}
"""Where an act that moves the case leads; every other act leaves it where it is."""
LANES = {"open": "ordinary", "decide_on_spot": "on_spot", "propose_fast": "fast", "refuse_fast": "ordinary"}
LANES |= dict.fromkeys(("switch_to_ordinary", "send_back", "renotify", "redecide", "take_back"), "ordinary")
"""Who inquires again has left the fast lane, whose facts were clear (事实清楚): it is the ordinary procedure (54)."""
SWITCHED = {"fast_filing": {"source"}, "hearing": {"hearing"}}


def envelope(life: Life) -> Iterator[Breach]:
    """The file is of a format that is known, and has a beginning."""
    if life.told.get("format") != FORMAT:
        yield Breach("format", RECORD, f"卷宗格式不是 {FORMAT}。")
    if not life.deeds or life.deeds[0].action != "open":
        yield Breach("no_beginning", RECORD, "卷宗没有从登记线索开始。")


def sequence(life: Life) -> Iterator[Breach]:
    """Acts are numbered from 1 without a gap."""
    for deed in life.deeds:
        if deed.sequence != deed.place + 1:
            yield deed.breach("sequence_gap", RECORD, f"序号应当是 {deed.place + 1}。")


def moments(life: Life) -> Iterator[Breach]:
    """Nothing is recorded before it was done, and acts stand in the order they were done."""
    acts: list[dict[str, Any]] = life.told["acts"]
    for deed, told in zip(life.deeds, acts, strict=True):
        if moment(told["recorded_at"]) < deed.at:
            yield deed.breach("recorded_before_done", RECORD, "登记时间早于办理时间。")
    for (earlier, before), (later, now) in pairwise(zip(life.deeds, acts, strict=True)):
        backwards = moment(now["recorded_at"]) < moment(before["recorded_at"])
        if later.at < earlier.at or backwards:
            yield later.breach("time_backwards", RECORD, "时间早于前一步。")
    if life.deeds and life.deeds[-1].at > life.exported:
        yield life.deeds[-1].breach("after_export", RECORD, "办理时间晚于卷宗导出时间。")


def days_named(life: Life) -> Iterator[Breach]:
    """A day on which something is said to have been done is not after the act that says so."""
    for deed in life.deeds:
        named = deed.date("day")
        if named and named > deed.day and deed.action != "call_hearing":
            yield deed.breach("future_day", RECORD, f"所载日期 {named} 晚于登记。")
        begun, ended = deed.moment("begun"), deed.moment("ended")
        if begun and ended and ended < begun:
            yield deed.breach("ended_before_begun", RECORD, "结束时间早于开始时间。")
        if any(one and one > deed.at for one in (begun, ended, deed.moment("taken_at"))):
            yield deed.breach("future_moment", RECORD, "所载时间晚于登记。")


def chain(life: Life) -> Iterator[Breach]:
    """Each act begins where the one before it ended, and leads where such an act leads."""
    state, lane = "source", "ordinary"
    for deed, told in zip(life.deeds, life.told["acts"], strict=True):
        if deed.place and told.get("from") != state:
            yield deed.breach("chain_broken", RECORD, f"起始状态应当是 {state}，卷宗记为 {told.get('from')}。")
        state = str(told.get("to"))
        if state not in _targets(deed.action, str(told.get("from"))):
            yield deed.breach("wrong_state", RECORD, f"这一步不能使案件成为 {state}。")
        lane = LANES.get(deed.action, lane)
        if told.get("lane") != lane:
            yield deed.breach("wrong_lane", RECORD, f"适用程序应当是 {lane}，卷宗记为 {told.get('lane')}。")
    if life.deeds and life.opening["state"] != state:
        yield Breach("state_differs", RECORD, f"案件状态记为 {life.opening['state']}，办案步骤到 {state}。")
    if life.deeds and life.opening["lane"] != lane:
        yield Breach("state_differs", RECORD, f"案件程序记为 {life.opening['lane']}，办案步骤为 {lane}。")


def _targets(action: str, source: str) -> set[str]:
    if action == "switch_to_ordinary":
        return SWITCHED.get(source, {"investigating"})
    return {LEADS_TO.get(action, source)}


def result(life: Life) -> Iterator[Breach]:
    """What the cover says was decided is what was decided."""
    ruling = life.standing
    if ruling is None or remedies.revoked(life, ruling):
        if life.opening.get("fine_fen"):
            yield Breach("result_differs", RECORD, "案件没有有效的决定，却记有罚款。")
        return
    if life.opening.get("outcome") != ruling.outcome:
        yield Breach("result_differs", RECORD, f"处理结果记为 {life.opening.get('outcome')}，决定是 {ruling.outcome}。")
    fine = remedies.fine(life, ruling)
    if int(life.opening.get("fine_fen") or 0) != fine:
        yield Breach("result_differs", RECORD, f"罚款记为 {life.opening.get('fine_fen')} 分，决定是 {fine} 分。")


RULES = (envelope, sequence, moments, days_named, chain, result)
