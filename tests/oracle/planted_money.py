"""Breaches in performance: payment, force, goods, closing (执行违法)."""

from tests.oracle.life import CaseFile
from tests.oracle.planting import (
    Planted,
    acts,
    drop,
    first,
    insert,
    last,
    later,
    local_day,
    need,
    penal,
    planter,
    shift,
    wish,
)

MONEY: list[Planted] = []
plants = planter(MONEY)


@plants("多收罚款", "paid_too_much")
def paid_too_much(case: CaseFile) -> None:
    told = wish(case)["given"]
    penal(case)
    last(case, "pay")["given"]["amount_fen"] = 2 * (told.get("fine_fen") or 0) + (told.get("confiscate_fen") or 0) + 1


@plants("加处罚款超过本金", "late_fee_too_high")
def fee_above_cap(case: CaseFile) -> None:
    told = wish(case)["given"]
    penal(case, fined=True)
    last(case, "pay", "ask_closing")["known"]["owed"] = {"late_fee_fen": told["fine_fen"] + 1}


@plants("复议期间加处罚款", "late_fee_too_high")
def fee_while_contested(case: CaseFile) -> None:
    penal(case, fined=True)
    need(not acts(case, "contest"))
    act = last(case, "pay")
    day = later(local_day(case, first(case, "serve_decision", "decide_on_spot")), 1)
    need(day < act["given"]["day"])
    told = {"contest_kind": "reconsideration", "day": day, "organ": "云川县人民政府"}
    served = case["acts"].index(first(case, "serve_decision", "decide_on_spot"))
    act["known"]["owed"] = {"late_fee_fen": 1}
    need(served + 1 < len(case["acts"]))
    insert(case, case["acts"][served + 1], ("contest", "", told))


@plants("分期合计与罚款不符", "parts_differ")
def parts_differ(case: CaseFile) -> None:
    first(case, "approve_delay")["given"]["parts"][0]["fen"] += 1


@plants("诉讼期没有届满就申请法院", "court_too_soon")
def court_too_soon(case: CaseFile) -> None:
    served = first(case, "serve_decision", "decide_on_spot")
    last(case, "apply_to_court")["given"]["day"] = later(local_day(case, served), 30)
    need(not acts(case, "contest_ruled"))


@plants("超过三个月才申请法院", "court_too_late")
def court_too_late(case: CaseFile) -> None:
    need(not acts(case, "contest_ruled") and not acts(case, "approve_delay"))
    act = last(case, "apply_to_court")
    served = first(case, "serve_decision", "decide_on_spot")
    act["given"]["day"] = later(local_day(case, served), 400)


@plants("催告不满十个工作日", "urged_too_short")
def urged_short(case: CaseFile) -> None:
    asked = last(case, "apply_to_court")
    urged = [one for one in acts(case, "serve_paper") if one["known"].get("paper_kind") == "urging_letter"]
    urged = [one for one in urged if one["sequence"] < asked["sequence"]]
    need(urged)
    urged[-1]["given"]["day"] = later(asked["given"]["day"], -10)


@plants("没有催告就申请法院", "not_urged")
def not_urged(case: CaseFile) -> None:
    first(case, "apply_to_court")
    drop(case, "urge")


@plants("缴清之后还催告", "nothing_owed")
def urged_for_nothing(case: CaseFile) -> None:
    ruling, urge = wish(case)["given"], first(case, "urge")
    need(len(acts(case, "decide", "decide_on_spot")) == 1 and penal(case, fined=True))
    told = {"amount_fen": 2 * ruling["fine_fen"] + (ruling.get("confiscate_fen") or 0), "day": None}
    insert(case, urge, ("pay", "", told | {"pay_manner": "bank", "receipt_number": "苏财9999"}))


@plants("复议撤销后还催告", "decision_revoked")
def urged_after_revocation(case: CaseFile) -> None:
    penal(case)
    need(len(acts(case, "decide", "decide_on_spot")) == 1)
    asked = {"contest_kind": "reconsideration", "day": None, "organ": "云川县人民政府"}
    told = {"contest_kind": "reconsideration", "contest_result": "revoked", "day": None, "words": "撤销"}
    insert(case, first(case, "urge"), ("contest", "", asked), ("contest_ruled", "", told))


@plants("复议变更加重处罚", "changed_heavier")
def changed_heavier(case: CaseFile) -> None:
    penal(case, fined=True)
    ruled = last(case, "contest_ruled")
    sums = {name: wish(case)["given"].get(name) for name in ("fine_fen", "confiscate_fen")}
    ruled["given"] |= {"contest_result": "changed", "confiscate_fen": sums["confiscate_fen"]}
    ruled["given"]["fine_fen"] = sums["fine_fen"] + 1


@plants("变更没有写明数额", "changed_unsaid")
def changed_unsaid(case: CaseFile) -> None:
    penal(case, fined=True)
    ruled = last(case, "contest_ruled")
    ruled["given"]["contest_result"] = "changed"
    ruled["given"].pop("fine_fen", None)


@plants("变更以后还按原来的数额收款", "paid_too_much")
def paid_as_before(case: CaseFile) -> None:
    penal(case, fined=True)
    fine, ruled, paid = wish(case)["given"]["fine_fen"], last(case, "contest_ruled"), last(case, "pay")
    need(paid["sequence"] > ruled["sequence"] and ruled["given"]["contest_result"] == "upheld" and fine > 1)
    ruled["given"] |= {"contest_result": "changed", "fine_fen": 1, "confiscate_fen": 0}


@plants("缴款期没有届满就催告", "urged_too_soon")
def urged_soon(case: CaseFile) -> None:
    penal(case, fined=True)
    need(len(acts(case, "decide", "decide_on_spot")) == 1 and not acts(case, "approve_delay"))
    urge, served = first(case, "urge"), first(case, "serve_decision")
    served["given"]["day"] = later(local_day(case, urge), -3)


@plants("复议没有结果就结案", "contest_pending")
def closed_while_contested(case: CaseFile) -> None:
    penal(case)
    day = later(local_day(case, first(case, "close")), -1)
    told = {"contest_kind": "suit", "day": day, "organ": "云川县人民法院"}
    insert(case, first(case, "close"), ("contest", "", told))


@plants("没有缴清就结案", "closed_unpaid")
def closed_unpaid(case: CaseFile) -> None:
    penal(case, fined=True)
    first(case, "close")
    need(not any(one["given"].get("ruling") == "refused" for one in acts(case, "court_ruled")))
    drop(case, "pay")


@plants("没有送达决定就结案", "not_served")
def closed_unserved(case: CaseFile) -> None:
    penal(case)
    first(case, "close")
    drop(case, "serve_decision")


@plants("没有复查改正就结案", "correction_unchecked")
def unchecked(case: CaseFile) -> None:
    penal(case)
    first(case, "close")
    first(case, "order_correction")
    drop(case, "recheck_correction")


@plants("登记保存期满还作处理", "hold_lapsed")
def held_too_long(case: CaseFile) -> None:
    settled = first(case, "settle_hold")
    settled["given"]["settlement"] = "testing"
    approved = first(case, "approve_hold")
    approved["at"] = shift(settled["at"], -30)


@plants("登记保存没有期满就失效", "lapsed_early")
def lapsed_early(case: CaseFile) -> None:
    after = case["acts"].index(first(case, "approve_hold")) + 1
    need(after < len(case["acts"]))
    insert(case, case["acts"][after], ("lapse_hold", "", {}))


@plants("物品没有处理就结案", "goods_kept")
def goods_kept(case: CaseFile) -> None:
    need(last(case, "close")["sequence"] > first(case, "approve_hold")["sequence"])
    drop(case, "settle_hold", "return_goods")


@plants("委托的事项查封", "seizure_entrusted")
def seizure_entrusted(case: CaseFile) -> None:
    first(case, "approve_seizure")
    case["case"]["power"]["mode"] = "entrusted"


@plants("查封延长两次", "extended_twice")
def extended_twice(case: CaseFile) -> None:
    longer = first(case, "extend_seizure")
    insert(case, longer, ("extend_seizure", "head", longer["given"]))


@plants("查封超过六十日", "seizure_lapsed")
def seized_too_long(case: CaseFile) -> None:
    lifted, approved = first(case, "lift_seizure"), first(case, "approve_seizure")
    lifted["given"]["release_ground"] = "other"
    approved["at"] = shift(lifted["at"], -70)


@plants("查封的物品没有处理就结案", "goods_kept")
def seized_goods_kept(case: CaseFile) -> None:
    need(last(case, "close")["sequence"] > first(case, "approve_seizure")["sequence"])
    drop(case, "lift_seizure")


@plants("没有批准就登记保存", "no_hold")
def hold_unapproved(case: CaseFile) -> None:
    first(case, "settle_hold", "lapse_hold")
    drop(case, "approve_hold")


@plants("撤销后不撤回公开", "left_published")
def left_published(case: CaseFile) -> None:
    need(local_day(case, last(case, "close", "archive")).isoformat() > later(local_day(case, last(case, "revoke")), 5))
    drop(case, "unpublish")
