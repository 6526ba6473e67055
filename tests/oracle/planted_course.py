"""Breaches in the course of a case: evidence, notice, defence, hearing (程序违法)."""

import copy

from tests.oracle.life import CaseFile, moment
from tests.oracle.planting import (
    Act,
    Planted,
    acts,
    drop,
    first,
    insert,
    last,
    later,
    local_day,
    need,
    ordinary,
    planter,
    wish,
)

COURSE: list[Planted] = []
plants = planter(COURSE)


def _found(case: CaseFile) -> Act:
    """The conclusion an ordinary decision rests on. Raises Unfit."""
    ordinary(case)
    return last(case, "conclude", "propose_fast")


@plants("法外的证据种类", "evidence_kind")
def other_kind(case: CaseFile) -> None:
    first(case, "add_evidence")["given"]["evidence_kind"] = "hearsay"


@plants("证据文件丢失", "evidence_lost")
def lost_file(case: CaseFile) -> None:
    need(any(act["given"].get("file") for act in acts(case, "add_evidence")))
    case["evidence_files"] = []


@plants("引用不存在的证据", "evidence_unknown")
def no_such_evidence(case: CaseFile) -> None:
    _found(case)["given"]["evidence"] = [99]


@plants("引用已排除的证据", "evidence_excluded")
def excluded(case: CaseFile) -> None:
    found = _found(case)
    number = found["given"]["evidence"][0]
    insert(case, found, ("exclude_evidence", "head", {"number": number, "words": "取证违法"}))


@plants("没有核实证据", "evidence_unverified")
def unverified(case: CaseFile) -> None:
    _found(case)
    drop(case, "verify_evidence")


@plants("监控证据没有审核", "evidence_unreviewed")
def unreviewed(case: CaseFile) -> None:
    number = int(_found(case)["given"]["evidence"][-1])
    acts(case, "add_evidence")[number - 1]["given"]["origin"] = "sensor"
    for review in acts(case, "review_evidence"):
        review["given"]["passed"] = False


@plants("没有证据就处罚", "no_evidence")
def no_evidence(case: CaseFile) -> None:
    _found(case)["given"]["evidence"] = []


@plants("没有出示执法证", "certificate_not_shown")
def not_shown(case: CaseFile) -> None:
    first(case, "inspect", "question", "decide_on_spot")["given"]["certificate_shown"] = False


@plants("没有告知权利就询问", "rights_not_told")
def rights_untold(case: CaseFile) -> None:
    first(case, "question")["given"]["rights_told"] = False


@plants("没有告知就处罚", "no_notice")
def untold(case: CaseFile) -> None:
    ordinary(case)
    drop(case, "serve_notice")


@plants("重新调查后没有再次告知", "notice_outdated")
def outdated(case: CaseFile) -> None:
    found = copy.deepcopy(_found(case))
    insert(case, last(case, "submit_decision"), ("conclude", "", found["given"]))


@plants("因申辩加重处罚", "heavier_than_told")
def heavier(case: CaseFile) -> None:
    found = _found(case)
    need("fine" in wish(case)["given"].get("kinds", ()))
    wish(case)["given"]["fine_fen"] = int(found["given"].get("fine_fen") or 0) + 1


@plants("决定了没有告知的处罚种类", "heavier_than_told")
def other_penalty(case: CaseFile) -> None:
    ordinary(case)
    wish(case)["given"]["kinds"] = [*wish(case)["given"]["kinds"], "stop_business"]


@plants("陈述申辩期没有届满", "defence_cut_short")
def cut_short(case: CaseFile) -> None:
    need(not _heard(case))
    _running(case)


@plants("听了一次申辩，期限没有届满就决定", "defence_time_running")
def heard_once(case: CaseFile) -> None:
    need(_heard(case))
    _running(case)


def _heard(case: CaseFile) -> list[Act]:
    told = last(case, "serve_notice")
    return [one for one in acts(case, "hear_defence") if one["sequence"] > told["sequence"]]


def _running(case: CaseFile) -> None:
    """The time to defend oneself runs until the day after the decision, and nobody waived it."""
    until = later(local_day(case, ordinary(case)), 1)
    for waiver in acts(case, "waive_defence"):
        waiver["given"]["signature"] = "refused"
    last(case, "serve_notice")["known"].setdefault("dates", {})["defence_until"] = until


@plants("没有签字就算放弃申辩", "waiver_unsigned")
def waived_for_him(case: CaseFile) -> None:
    first(case, "waive_defence", "waive_hearing")["given"]["signature"] = "refused"


@plants("不复核申辩", "defence_unchecked")
def not_listened_to(case: CaseFile) -> None:
    first(case, "hear_defence")["given"]["defence_review"] = " "


@plants("没有告知听证权", "hearing_right_untold")
def hearing_untold(case: CaseFile) -> None:
    found = _found(case)
    found["given"]["kinds"] = [*found["given"]["kinds"], "stop_business"]
    last(case, "approve_notice", "approve_fast")["known"]["hearing_due"] = False


@plants("要求听证的期限没有届满", "hearing_cut_short")
def hearing_cut_short(case: CaseFile) -> None:
    ruling = ordinary(case)
    need(not acts(case, "request_hearing"))
    last(case, "approve_notice", "approve_fast")["known"]["hearing_due"] = True
    last(case, "serve_notice")["given"]["day"] = local_day(case, ruling).isoformat()
    for waiver in acts(case, "waive_hearing"):
        waiver["given"]["signature"] = "refused"


@plants("要求听证却没有举行", "no_hearing")
def hearing_refused(case: CaseFile) -> None:
    ordinary(case)
    first(case, "request_hearing")
    drop(case, "hold_hearing", "forfeit_hearing")


@plants("听证通知不足七个工作日", "hearing_too_soon")
def called_late(case: CaseFile) -> None:
    call = first(case, "call_hearing")
    call["given"]["held_at"] = moment(call["at"]).isoformat()
