"""Breaches of the decision: review, discussion, fine, grounds (决定违法)."""

import copy
from typing import Any

from tests.oracle.life import CaseFile
from tests.oracle.planting import (
    Act,
    Planted,
    acts,
    drop,
    factors,
    first,
    insert,
    last,
    learn,
    need,
    ordinary,
    penal,
    planter,
    wish,
)

DECISION: list[Planted] = []
plants = planter(DECISION)


@plants("没有法制审核", "no_review")
def no_review(case: CaseFile) -> None:
    ordinary(case)
    if acts(case, "review"):
        drop(case, "review")
    learn(case, review_due=["fine"])


@plants("听证之后没有审核", "no_review")
def reviewed_before_hearing(case: CaseFile) -> None:
    ordinary(case)
    review, hearing = last(case, "review"), last(case, "hold_hearing")
    need(review["sequence"] > hearing["sequence"])
    drop(case, "review")
    insert(case, last(case, "request_hearing"), ("review", review["known"]["actor"], review["given"]))


@plants("法制审核没有通过仍决定", "review_failed")
def review_failed(case: CaseFile) -> None:
    ordinary(case)
    last(case, "review")["given"]["passed"] = False
    learn(case, review_due=["fine"])
    need(last(case, "review")["sequence"] > last(case, "conclude", "propose_fast")["sequence"])


@plants("没有集体讨论", "no_discussion")
def no_discussion(case: CaseFile) -> None:
    ordinary(case)
    if acts(case, "discuss"):
        drop(case, "discuss")
    learn(case, discussion_due=["fine"])


@plants("一个人集体讨论", "not_collective")
def alone_together(case: CaseFile) -> None:
    talk = first(case, "discuss")
    talk["given"]["members"] = talk["given"]["members"][:1]


@plants("讨论在听证之前", "discussed_too_soon")
def discussed_first(case: CaseFile) -> None:
    ordinary(case)
    talk = last(case, "discuss")
    heard = last(case, "hold_hearing", "hear_defence")
    need(talk["sequence"] > heard["sequence"] > last(case, "conclude", "propose_fast")["sequence"])
    drop(case, "discuss")
    insert(case, last(case, "hold_hearing", "hear_defence"), ("discuss", talk["known"]["actor"], talk["given"]))


def _provision(case: CaseFile, **limits: Any) -> None:
    for act in (penal(case), wish(case), *acts(case, "conclude", "propose_fast")):
        told = act["known"].get("law") or {}
        if told.get("provision"):
            told["provision"] |= limits | {"measure": None}
            act["known"]["law"] = told


@plants("罚款超过法定上限", "fine_above_law")
def above(case: CaseFile) -> None:
    penal(case, fined=True)
    _provision(case, low_fen=0, high_fen=wish(case)["given"]["fine_fen"] - 1)


@plants("罚款低于法定下限", "fine_below_law")
def below(case: CaseFile) -> None:
    penal(case, fined=True)
    _mercy_forgotten(case)
    fine = wish(case)["given"]["fine_fen"]
    _provision(case, low_fen=fine + 1, high_fen=fine * 2)


def _mercy_forgotten(case: CaseFile) -> None:
    factors(case, merit=False, harm_removed=False, coerced=False, confessed=False, minor=False, mental="able")
    last(case, "name_party")["known"]["party"]["age"] = 40


@plants("罚款超出裁量档次", "fine_outside_tier")
def outside_tier(case: CaseFile) -> None:
    penal(case, fined=True)
    fine = wish(case)["given"]["fine_fen"]
    need(not acts(case, "discuss") or not _deviation(case))
    _provision(case, low_fen=0, high_fen=fine * 2)
    learn(case, tier={"code": "t", "name": "从轻", "low_fen": 0, "high_fen": fine - 1, "no_penalty": False})


def _deviation(case: CaseFile) -> bool:
    return any(act["given"].get("deviation_reason") for act in weighing_acts(case))


def weighing_acts(case: CaseFile) -> list[Act]:
    """Acts that may give a reason to deviate."""
    return acts(case, "conclude", "propose_fast", "submit_decision", "decide_on_spot")


@plants("与同类案件悬殊不说明理由", "unlike_others")
def unlike(case: CaseFile) -> None:
    penal(case, fined=True)
    for act in weighing_acts(case):
        act["given"].pop("deviation_reason", None)
    learn(case, nearest={"count": 5, "median_fen": 1, "deviation_percent": 900, "beyond_band": True, "cases": []})


@plants("罚款没有金额", "fine_without_sum")
def no_sum(case: CaseFile) -> None:
    penal(case, fined=True)
    wish(case)["given"]["fine_fen"] = 0
    case["case"]["fine_fen"] = 0


@plants("法外的处罚种类", "penalty_kind")
def detention(case: CaseFile) -> None:
    penal(case)
    wish(case)["given"]["kinds"] = [*wish(case)["given"]["kinds"], "detention"]


@plants("没有责令改正", "no_correction_order")
def no_correction(case: CaseFile) -> None:
    penal(case)
    wish(case)["given"].pop("no_correction_because", None)
    if acts(case, "order_correction", "no_correction"):
        drop(case, "order_correction", "no_correction")


@plants("不是初次违法却首违不罚", "no_ground")
def not_the_first(case: CaseFile) -> None:
    need(case["case"]["outcome"] == "no_penalty")
    need(wish(case)["given"].get("ground") == "first_offence")
    learn(case, first_offence={"listed": True, "first": False, "why": "一年内已受处罚"})


@plants("不予处罚没有教育", "no_education")
def uneducated(case: CaseFile) -> None:
    need(case["case"]["outcome"] == "no_penalty")
    need(wish(case)["given"].get("ground") in ("first_offence", "minor_corrected", "no_fault"))
    for act in weighing_acts(case):
        act["given"].pop("education", None)


@plants("捏造从轻理由", "false_ground")
def invented(case: CaseFile) -> None:
    penal(case, fined=True)
    _mercy_forgotten(case)
    wish(case)["given"]["lighter"] = "merit"


@plants("决定两次", "decided_twice")
def decided_twice(case: CaseFile) -> None:
    ruling = copy.deepcopy(penal(case))
    place = case["acts"].index(penal(case)) + 1
    need(place < len(case["acts"]))
    insert(case, case["acts"][place], (ruling["action"], "", ruling["given"]))


@plants("转为普通程序后又用简案快办", "back_to_fast")
def back_to_fast(case: CaseFile) -> None:
    insert(case, first(case, "propose_fast"), ("switch_to_ordinary", "", {"words": "案情复杂"}))
