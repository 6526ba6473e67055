"""Breaches on the spot, with cash, and in service (当场处罚、收缴、送达违法)."""

from tests.oracle.life import CaseFile
from tests.oracle.planting import (
    Planted,
    acts,
    drop,
    first,
    last,
    later,
    local_day,
    need,
    penal,
    planter,
    wish,
)

SERVICE: list[Planted] = []
plants = planter(SERVICE)


@plants("当场处罚超过限额", "on_spot_too_much")
def on_spot_too_much(case: CaseFile) -> None:
    told = last(case, "decide_on_spot")["given"]
    told["fine_fen"] = case["case"]["fine_fen"] = 3_000_01
    told["kinds"] = ["fine"]


@plants("当场没收违法所得", "on_spot_kind")
def on_spot_kind(case: CaseFile) -> None:
    last(case, "decide_on_spot")["given"] |= {"kinds": ["confiscate_income"], "confiscate_fen": 100}


@plants("当场处罚没有告知", "not_told")
def on_spot_untold(case: CaseFile) -> None:
    last(case, "decide_on_spot")["given"]["told"] = False


@plants("当事人不在场的当场处罚", "not_on_the_spot")
def nobody_there(case: CaseFile) -> None:
    last(case, "decide_on_spot")["given"]["signature"] = "absent"


@plants("当场处罚没有备案", "not_reported")
def unreported(case: CaseFile) -> None:
    first(case, "ask_closing")
    drop(case, "report_on_spot")


@plants("违法自行收现金", "cash_not_allowed")
def cash(case: CaseFile) -> None:
    told = first(case, "pay")["given"]
    told |= {"pay_manner": "cash", "cash_ground": "small"}
    need(penal(case)["action"] == "decide" or wish(case)["given"]["fine_fen"] > 100_00)


@plants("一百元以上以小额为由收现金", "cash_not_allowed")
def not_small(case: CaseFile) -> None:
    need(first(case, "pay")["given"]["pay_manner"] == "cash")
    told = last(case, "decide_on_spot")["given"]
    told["fine_fen"] = case["case"]["fine_fen"] = 150_00
    first(case, "pay")["given"]["cash_ground"] = told["cash_ground"] = "small"


@plants("收款不开票据", "no_receipt")
def no_receipt(case: CaseFile) -> None:
    first(case, "pay")["given"]["receipt_number"] = ""


@plants("票据号码重复", "receipt_twice")
def receipt_twice(case: CaseFile) -> None:
    need(len(acts(case, "pay")) > 1)
    last(case, "pay")["given"]["receipt_number"] = first(case, "pay")["given"]["receipt_number"]


@plants("现金没有交给银行", "cash_kept")
def cash_kept(case: CaseFile) -> None:
    first(case, "close")
    drop(case, "bank_cash")


@plants("交回的现金多于收到的", "cash_differs")
def cash_grows(case: CaseFile) -> None:
    first(case, "hand_in_cash")["given"]["amount_fen"] += 1


@plants("没有同意就电子送达", "no_consent")
def no_consent(case: CaseFile) -> None:
    told = last(case, "serve_notice", "serve_decision", "serve_paper")["given"]
    told |= {"manner": "electronic", "channel": "a@example.cn"}
    if acts(case, "confirm_address"):
        drop(case, "confirm_address")


@plants("电子送达到别的邮箱", "other_channel")
def other_channel(case: CaseFile) -> None:
    served = [one for one in acts(case, "serve_notice", "serve_decision") if one["given"]["manner"] == "electronic"]
    need(served and last(case, "confirm_address")["given"].get("channel"))
    served[0]["given"]["channel"] = "elsewhere@example.cn"


@plants("留置送达没有见证", "service_unproven")
def unwitnessed(case: CaseFile) -> None:
    told = last(case, "serve_notice", "serve_decision", "serve_paper")["given"]
    told |= {"manner": "left", "signature": "refused", "witness": "", "words": "", "device": ""}


@plants("邮寄没有邮件号码", "service_unproven")
def untracked(case: CaseFile) -> None:
    last(case, "serve_notice", "serve_decision", "serve_paper")["given"] |= {"manner": "post", "tracking": ""}


@plants("没有公告就公告送达", "not_announced")
def unannounced(case: CaseFile) -> None:
    need(not acts(case, "announce"))
    last(case, "serve_notice", "serve_decision")["given"]["manner"] = "by_notice"


@plants("公告不满三十日", "announced_too_short")
def announced_short(case: CaseFile) -> None:
    served = [one for one in acts(case, "serve_notice", "serve_decision") if one["given"]["manner"] == "by_notice"]
    need(served)
    for one in acts(case, "announce"):
        one["given"]["day"] = later(served[0]["given"]["day"], -29)


@plants("公告送达没有说明原因", "notice_without_reason")
def unexplained(case: CaseFile) -> None:
    first(case, "announce")["given"]["words"] = ""


@plants("决定之前就送达", "served_before_made")
def served_before(case: CaseFile) -> None:
    made = last(case, "decide")
    need(last(case, "serve_decision")["sequence"] > made["sequence"])
    last(case, "serve_decision")["given"]["day"] = later(local_day(case, made), -2)
