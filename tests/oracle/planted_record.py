"""Breaches in the record: clocks, papers, numbers, the file itself (期限、文书、案卷违法)."""

import copy

from tests.oracle.life import CaseFile
from tests.oracle.planting import (
    Act,
    Planted,
    acts,
    append,
    clocks,
    first,
    last,
    need,
    papers,
    planter,
    shift,
)

RECORD: list[Planted] = []
plants = planter(RECORD)
DUTIES = ("decide", "hold", "serve_decision", "hand_in_cash", "bank_cash", "unpublish", "pay", "reconsideration")
DECISIONS = ("penalty_decision", "no_penalty_decision", "on_spot_decision")


def _duty(case: CaseFile, *states: str) -> Act:
    """A clock the law asks for. Raises Unfit."""
    found = [one for one in clocks(case, *DUTIES) if not states or one["state"] in states]
    need(found)
    return found[0]


@plants("漏记期限", "clock_missing")
def clock_missing(case: CaseFile) -> None:
    gone = _duty(case)["kind"]
    case["clocks"] = [one for one in case["clocks"] if one["kind"] != gone]


@plants("期限多算十二日", "clock_due")
def clock_due(case: CaseFile) -> None:
    clock = _duty(case)
    clock["due_at"] = shift(clock["due_at"], 12)


@plants("期限少算十二日", "clock_due")
def clock_short(case: CaseFile) -> None:
    clock = _duty(case)
    clock["due_at"] = shift(clock["due_at"], -12)


@plants("期限起算日错误", "clock_start")
def clock_start(case: CaseFile) -> None:
    clock = _duty(case)
    clock["started_at"] = shift(clock["started_at"], 2)


@plants("逾期记为按期", "clock_lies")
def late_as_met(case: CaseFile) -> None:
    found = [one for one in clocks(case, *DUTIES, "correction") if one["state"] == "missed" and one["met_at"]]
    found = [one for one in found if one["met_at"] >= one["due_at"] and not _pointless(case, one)]
    need(found)
    found[0]["state"] = "met"


def _pointless(case: CaseFile, clock: Act) -> bool:
    """Nobody waited for it any more when it was written off."""
    return bool(acts(case, "revoke", "approve_delay", "transfer", "withdraw"))


@plants("按期记为逾期", "clock_lies")
def met_as_late(case: CaseFile) -> None:
    _duty(case, "met")["state"] = "missed"


@plants("办了仍记为进行中", "clock_lies")
def still_running(case: CaseFile) -> None:
    _duty(case, "met").update(state="running", met_at=None)


@plants("没有办就停了办案期限", "clock_dropped")
def dropped(case: CaseFile) -> None:
    found = [one for one in clocks(case, "decide", "hold", "hand_in_cash", "bank_cash") if one["state"] == "met"]
    need(found)
    need(not acts(case, "withdraw", "transfer", "close") or found[0]["kind"] != "decide")
    found[0].update(state="dropped", met_at=None)


@plants("凭空的期限", "clock_unfounded")
def invented_clock(case: CaseFile) -> None:
    clock = copy.deepcopy(_duty(case))
    clock |= {"kind": "seizure", "state": "running"}
    need(not acts(case, "approve_seizure"))
    case["clocks"].append(clock)


@plants("当场处罚直接起算起诉期", "clock_unfounded")
def sued_at_once(case: CaseFile) -> None:
    last(case, "decide_on_spot")
    need(not acts(case, "contest_ruled", "redecide"))
    clock = copy.deepcopy(clocks(case, "reconsideration")[-1]) | {"kind": "suit"}
    case["clocks"].append(clock)


@plants("序号断开", "sequence_gap")
def gap(case: CaseFile) -> None:
    case["acts"][-1]["sequence"] += 1


@plants("状态不连续", "chain_broken")
def broken(case: CaseFile) -> None:
    last(case, "archive", "close", "serve_decision", "file")["from"] = "source"


@plants("状态与步骤不符", "wrong_state")
def wrong_state(case: CaseFile) -> None:
    act = case["acts"][-1]
    need(act["action"] not in ("propose_fast", "switch_to_ordinary") and act["to"] != "fast_filing")
    act["to"] = case["case"]["state"] = "fast_filing"


@plants("封面状态不符", "state_differs")
def cover_differs(case: CaseFile) -> None:
    case["case"]["state"] = "hearing" if case["case"]["state"] != "hearing" else "source"


@plants("先登记后办理", "recorded_before_done")
def recorded_early(case: CaseFile) -> None:
    act = case["acts"][-1]
    act["recorded_at"] = shift(act["at"], -1)


@plants("时间倒流", "time_backwards")
def backwards(case: CaseFile) -> None:
    act = last(case, "decide", "decide_on_spot", "close", "file", "transfer")
    act["at"] = shift(case["acts"][0]["at"], -1)


@plants("日期写到将来", "future_day")
def future(case: CaseFile) -> None:
    found = [one for one in case["acts"] if one["given"].get("day") and one["action"] != "call_hearing"]
    need(found)
    found[-1]["given"]["day"] = "2099-01-01"


@plants("封面罚款不符", "result_differs")
def other_fine(case: CaseFile) -> None:
    case["case"]["fine_fen"] = (case["case"]["fine_fen"] or 0) + 100


@plants("归档后继续办案", "after_the_end")
def goes_on(case: CaseFile) -> None:
    need(case["case"]["state"] == "archived")
    append(case, "ask_assistance", {"organ": "县局", "words": "协助"})


@plants("没有决定书", "paper_missing")
def no_decision_paper(case: CaseFile) -> None:
    gone = papers(case, DECISIONS)[-1]
    case["documents"].remove(gone)


@plants("没有送达回证", "paper_missing")
def no_receipt_paper(case: CaseFile) -> None:
    case["documents"].remove(papers(case, ["service_receipt"])[-1])


@plants("文书不属于任何一步", "paper_without_act")
def stray(case: CaseFile) -> None:
    paper = papers(case, [one["kind"] for one in case["documents"]])[-1]
    paper["sequence"] = 999


@plants("多出一份决定书", "paper_without_act")
def second_decision(case: CaseFile) -> None:
    other = copy.deepcopy(papers(case, DECISIONS)[-1])
    other |= {"sequence": 1, "number": None}
    case["documents"].append(other)


@plants("文书没有校验值", "no_hash")
def no_hash(case: CaseFile) -> None:
    need(case["documents"])
    case["documents"][0]["sha256"] = ""


@plants("文号重复", "number_twice")
def number_twice(case: CaseFile) -> None:
    found = [one for one in case["documents"] if one["number"]]
    need(len(found) > 1)
    found[1]["number"] = found[0]["number"]


@plants("决定书没有文号", "number_missing")
def number_missing(case: CaseFile) -> None:
    papers(case, DECISIONS)[-1]["number"] = None


@plants("决定书用了别的文号", "number_kind")
def number_kind(case: CaseFile) -> None:
    paper = papers(case, DECISIONS)[-1]
    paper["number"] = str(paper["number"]).replace("罚", "立").replace("不", "")


@plants("文号没有登记", "number_unregistered")
def unregistered(case: CaseFile) -> None:
    papers(case, DECISIONS)
    case["numbers"] = []


@plants("作废文号没有理由", "number_lost")
def void(case: CaseFile) -> None:
    row = {"text": "云综执罚决字〔2026〕第999号", "kind": "罚决", "year": 2026, "sequence": 999}
    case["numbers"].append(row | {"state": "void", "reason": None})


@plants("笔录没有内容", "content_missing")
def empty_record(case: CaseFile) -> None:
    first(case, "inspect", "question", "conclude", "propose_fast", "decide_on_spot")["given"].update(
        findings="", answers=[], facts_found=""
    )


@plants("决定书没有当事人", "content_missing")
def nameless(case: CaseFile) -> None:
    first(case, "decide", "decide_on_spot")
    need(case["party"])
    case["party"]["name"] = ""


@plants("拒绝签字没有注明", "refusal_unnoted")
def refusal(case: CaseFile) -> None:
    first(case, "inspect", "order_correction", "sample")["given"].update(signature="refused", witness="", words="")
