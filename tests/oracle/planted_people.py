"""Breaches by people and of ground: who acted, where, under which power (主体违法)."""

import copy

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
    later,
    learn,
    need,
    ordinary,
    penal,
    planter,
    wish,
)

PEOPLE: list[Planted] = []
plants = planter(PEOPLE)


def _inquiring(case: CaseFile) -> Act:
    return first(case, "inspect", "question", "add_evidence", "conclude", "propose_fast", "decide_on_spot")


@plants("一人执法", "one_officer")
def alone(case: CaseFile) -> None:
    act = _inquiring(case)
    act["given"]["officers"] = act["given"]["officers"][:1]


@plants("一人写成两人", "one_officer")
def twice_the_same(case: CaseFile) -> None:
    act = _inquiring(case)
    act["given"]["officers"] = act["given"]["officers"][:1] * 2


@plants("执法证过期", "no_certificate")
def expired(case: CaseFile) -> None:
    act = _inquiring(case)
    act["known"]["officers"][act["given"]["officers"][0]] |= {"ok": False, "code": "expired"}


@plants("两人同一张执法证", "same_certificate")
def one_certificate(case: CaseFile) -> None:
    act = _inquiring(case)
    one, other = act["given"]["officers"][:2]
    act["known"]["officers"][other]["number"] = act["known"]["officers"][one]["number"]


@plants("网格员参加调查", "not_an_officer")
def grid_worker(case: CaseFile) -> None:
    act = _inquiring(case)
    act["known"]["officers"][act["given"]["officers"][1]]["roles"] = ["grid_worker"]


@plants("辅助人员送达告知书", "not_an_officer")
def auxiliary(case: CaseFile) -> None:
    act = first(case, "serve_notice")
    act["known"]["officers"][act["given"]["officers"][1]]["roles"] = ["auxiliary", "officer"]


@plants("有利害关系不回避", "conflict")
def interested(case: CaseFile) -> None:
    act = _inquiring(case)
    act["known"]["conflicts"] = [{"login": act["given"]["officers"][0], "about": "party:1"}]


@plants("决定回避后继续办案", "stood_aside")
def stays_on(case: CaseFile) -> None:
    act = last(case, "conclude", "propose_fast", "decide_on_spot")
    who = act["given"]["officers"][0]
    ruled = {"challenged": who, "passed": True, "words": "应当回避"}
    insert(case, act, ("challenge", who, {"challenged": who, "words": "亲属"}), ("rule_challenge", "head", ruled))


@plants("回避申请未决就处罚", "challenge_open")
def challenge_left_open(case: CaseFile) -> None:
    ruling = penal(case)
    who = first(case, "open")["given"]["officers"][0]
    insert(case, ruling, ("challenge", "desk", {"challenged": who, "words": "亲属"}))


@plants("自己决定自己的回避", "own_judge")
def own_judge(case: CaseFile) -> None:
    told = {"challenged": "head", "passed": False, "words": "不需要"}
    asked = ("challenge", "desk", {"challenged": "head", "words": "亲属"})
    insert(case, case["acts"][1], asked, ("rule_challenge", "head", told))


@plants("承办人审批立案", "handler_approves")
def approves_himself(case: CaseFile) -> None:
    act = first(case, "file", "approve_fast", "approve_hold")
    act["known"]["actor"] = first(case, "open")["given"]["officers"][0]


@plants("承办人作出决定", "handler_approves")
def decides_himself(case: CaseFile) -> None:
    first(case, "decide")["known"]["actor"] = first(case, "open")["given"]["officers"][1]


@plants("承办人法制审核", "handler_reviews")
def reviews_himself(case: CaseFile) -> None:
    first(case, "review")["known"]["actor"] = first(case, "open")["given"]["officers"][0]


@plants("调查人员主持听证", "handler_chairs")
def chairs_himself(case: CaseFile) -> None:
    who = first(case, "open")["given"]["officers"][0]
    first(case, "call_hearing")["given"]["chair"] = who
    first(case, "hold_hearing")["known"]["actor"] = who


@plants("听证换了主持人", "wrong_chair")
def other_chair(case: CaseFile) -> None:
    first(case, "hold_hearing")["known"]["actor"] = "somebody"


@plants("审核人员没有法律职业资格", "unqualified_review")
def unqualified(case: CaseFile) -> None:
    act = first(case, "review")
    act["known"]["officers"][act["known"]["actor"]]["qualified"] = False


@plants("没有审批权的人批准", "no_authority")
def no_authority(case: CaseFile) -> None:
    act = first(case, "file", "approve_fast", "decide", "close")
    act["known"]["officers"][act["known"]["actor"]]["roles"] = ["dispatcher"]


@plants("镇外的违法行为", "outside_town")
def outside(case: CaseFile) -> None:
    first(case, "file", "approve_fast", "decide_on_spot")
    case["case"]["in_town"] = first(case, "open")["given"]["in_town"] = False


@plants("行为发生时没有职权", "no_power")
def no_power_then(case: CaseFile) -> None:
    penal(case)["known"]["power"]["on_act"] = {"in_force": False, "code": "not_yet", "why": "还没有承接"}


@plants("权力退回后仍处罚", "no_power")
def handed_back(case: CaseFile) -> None:
    penal(case)["known"]["power"]["today"] = {"in_force": False, "code": "returned", "why": "已经退回"}


@plants("依据没有公布", "unpublished_power")
def unpublished(case: CaseFile) -> None:
    penal(case)["known"]["power"]["published_on"] = None


@plants("行为之后才公布依据", "unpublished_power")
def published_late(case: CaseFile) -> None:
    penal(case)["known"]["power"]["published_on"] = later(case["case"]["acted_on"], 1)


@plants("超过追责期限", "out_of_time")
def too_late(case: CaseFile) -> None:
    penal(case)
    acted = later(case["case"]["discovered_on"], -6 * 366)
    for told in (case["case"], first(case, "open")["given"]):
        told["acted_from"] = told["acted_on"] = acted


@plants("一事二罚", "fined_twice")
def fined_before(case: CaseFile) -> None:
    penal(case, fined=True)
    opened = case["case"]
    other = {
        "case": "other",
        "power": opened["power"]["code"],
        "event": None,
        "acted_from": opened["acted_from"],
        "acted_on": opened["acted_on"],
        "fine_fen": 100_00,
        "outcome": "penalty",
        "state": "closed",
        "same_place": True,
    }
    learn(case, same_party=[other])


@plants("没有适用罚款高的规定", "higher_rule_left")
def lower_rule(case: CaseFile) -> None:
    penal(case, fined=True)
    need(not any(act["given"].get("higher_excluded") for act in case["acts"]))
    learn(case, higher={"code": "X", "name": "另一规定", "high_fen": 10**12})


@plants("没有处罚依据", "no_provision")
def no_provision(case: CaseFile) -> None:
    penal(case)
    learn(case, law={"provision": None, "why": "没有条文", "article": None, "lawful_now": False})


@plants("新规定不再处罚仍处罚", "lawful_now")
def lawful_now(case: CaseFile) -> None:
    for act in (penal(case), wish(case)):
        act["known"]["law"] = copy.deepcopy(act["known"].get("law") or {}) | {"lawful_now": True}


def _person(case: CaseFile, age: int) -> None:
    """The party was a person of this age. Raises Unfit."""
    penal(case, fined=True)
    told = last(case, "name_party")["known"]["party"]
    need(told["kind"] != "organisation")
    told |= {"age": age, "minor": age < 18}
    for act in acts(case, "conclude", "propose_fast", "submit_decision", "decide_on_spot"):
        act["given"].pop("lighter", None)


@plants("处罚不满十四周岁的人", "under_14")
def child(case: CaseFile) -> None:
    _person(case, 13)


@plants("未成年人没有从轻", "minor_not_lighter")
def youth(case: CaseFile) -> None:
    _person(case, 15)


@plants("处罚没有辨认能力的人", "not_capable")
def unable(case: CaseFile) -> None:
    penal(case)
    factors(case, mental="unable")


@plants("轻微及时改正没有后果仍处罚", "must_be_excused")
def petty(case: CaseFile) -> None:
    penal(case)
    factors(case, conduct_minor=True, corrected_promptly=True, harm="none")


@plants("没有主观过错仍处罚", "must_be_excused")
def blameless(case: CaseFile) -> None:
    penal(case)
    factors(case, subjective_fault_absent=True)


@plants("应当从轻没有从轻", "not_lighter")
def merciless(case: CaseFile) -> None:
    penal(case, fined=True)
    factors(case, merit=True)
    for act in acts(case, "conclude", "propose_fast", "submit_decision", "decide_on_spot"):
        act["given"].pop("lighter", None)


@plants("没有立案就决定", "no_filing")
def unfiled(case: CaseFile) -> None:
    ordinary(case)
    drop(case, "file", "approve_fast")
