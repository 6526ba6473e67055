"""Sound lives (合法的案件), each written by hand from the law, with every last day counted by hand."""

from typing import Any

from tests.oracle.cast import BOTH, CHEN, COMPANY, PERSON, SU
from tests.oracle.life import CaseFile
from tests.oracle.writing import Writer, moment

STREET = ("SR-01", "擅自占用道路摆摊", "delegated")
DUST = ("GD-02", "运输渣土未密闭造成遗撒", "delegated")
PLAIN = {"conduct_minor": False, "corrected_promptly": True, "harm": "slight"}


def look(case: Writer, day: str) -> None:
    """现场检查和询问, with one record as evidence, verified."""
    case.act(
        "inspect",
        day,
        officers=BOTH,
        begun=moment(day, "09:10"),
        ended=moment(day, "09:40"),
        place_words="河西街路口",
        certificate_shown=True,
        avoidance_told=True,
        findings="占用人行道约四平方米摆摊。",
        signature="signed",
        papers="inspection_record",
    )
    case.act(
        "question",
        day,
        officers=BOTH,
        begun=moment(day, "09:45"),
        ended=moment(day, "10:00"),
        place_words="河西街路口",
        asked_person="当事人",
        relation="本人",
        certificate_shown=True,
        rights_told=True,
        answers=[{"question": "是否办理占道手续？", "answer": "没有。"}],
        signature="signed",
        papers="questioning_record",
    )
    case.evidence(day, "record", "现场检查笔录")
    case.act("verify_evidence", day, officers=BOTH, evidence=[1])


def order_correction(case: Writer, day: str, until: str) -> None:
    """责令改正."""
    case.act(
        "order_correction",
        day,
        SU,
        officers=BOTH,
        facts_found="占道摆摊",
        correction="清理摊位",
        until=until,
        signature="signed",
        papers="correction_order",
    )


def file_it(case: Writer, asked: str, filed: str) -> None:
    """立案."""
    said: dict[str, Any] = {"officers": BOTH, "summary": "占道摆摊", "opinion": "建议立案"}
    case.act("ask_filing", asked, to="filing", papers="report_register", **said)
    case.act("file", filed, CHEN, to="investigating", opinion="同意立案", papers="filing_approval")


def conclude(case: Writer, day: str, fine: int, *, factors: dict[str, Any] | None = None, evidence: Any = (1,)) -> None:
    """调查终结, proposing a fine."""
    case.act(
        "conclude",
        day,
        to="concluded",
        officers=BOTH,
        facts_found="占道摆摊约四平方米",
        evidence=list(evidence),
        factors=factors or PLAIN,
        outcome="penalty",
        kinds=["fine"],
        fine_fen=fine,
        papers="investigation_report",
    )


def tell(case: Writer, approved: str, served: str, until: str) -> None:
    """批准告知 and 送达告知书 in person; ``until``: the last day to defend oneself."""
    case.act("approve_notice", approved, CHEN, to="to_notify", opinion="同意", papers="penalty_notice")
    hand_over(case, "serve_notice", served, "notified", knows={"dates": {"today": served, "defence_until": until}})


def hand_over(case: Writer, action: str, day: str, to: str | None, knows: Any = None, **more: Any) -> None:
    """直接送达."""
    said: dict[str, Any] = {
        "officers": BOTH,
        "manner": "in_person",
        "day": day,
        "receiver": "本人",
        "signature": "signed",
    } | more
    case.act(action, day, SU, to=to, knows=knows, papers="service_receipt", **said)


def decide(case: Writer, submitted: str, decided: str, fine: int, **more: Any) -> None:
    """报请决定 and 作出决定: a fine."""
    said: dict[str, Any] = {"officers": BOTH, "outcome": "penalty", "kinds": ["fine"], "fine_fen": fine}
    case.act("submit_decision", submitted, to="deciding", papers="decision_approval", **said)
    case.act("decide", decided, CHEN, to="decided", opinion="同意", papers="penalty_decision payment_notice", **more)


def pay(case: Writer, day: str, fen: int, receipt: str, manner: str = "bank", **more: Any) -> None:
    """登记缴款."""
    said: dict[str, Any] = {"amount_fen": fen, "day": day, "pay_manner": manner, "receipt_number": receipt} | more
    case.act("pay", day, SU, **said)


def close(case: Writer, asked: str, closed: str, archived: str) -> None:
    """结案、归档."""
    case.act("ask_closing", asked, to="closing", officers=BOTH, summary="已经履行", papers="closing_request")
    case.act("close", closed, CHEN, to="closed", opinion="同意结案", papers="closing_approval")
    case.act("archive", archived, SU, to="archived", archive_number="2026-1")


def recheck(case: Writer, day: str, result: str = "corrected") -> None:
    """复查改正情况."""
    case.act("recheck_correction", day, officers=BOTH, corrected=result, findings="已查看", papers="recheck_record")


def on_spot_paid() -> CaseFile:
    """当场处罚五十元，当场收缴."""
    case = Writer(STREET, (0, 500_00), (0, 200_00))
    case.open("2026-03-10", "2026-03-10", "占道摆摊")
    case.name("2026-03-10", PERSON, 76)
    case.act(
        "decide_on_spot",
        "2026-03-10",
        to="on_spot",
        lane="on_spot",
        officers=BOTH,
        facts_found="占道摆摊约一平方米",
        factors=PLAIN,
        kinds=["fine"],
        fine_fen=50_00,
        told=True,
        certificate_shown=True,
        pay_manner="cash",
        cash_ground="small",
        signature="signed",
        place_words="河西街路口",
        no_correction_because="已当场清理完毕",
        papers="on_spot_decision",
    )
    pay(case, "2026-03-10", 50_00, "苏财0001", "cash", cash_ground="small", officers=BOTH)
    case.act("report_on_spot", "2026-03-11", to="performing", words="报备")
    case.act("hand_in_cash", "2026-03-11", officers=BOTH, amount_fen=50_00, day="2026-03-11")
    case.act("bank_cash", "2026-03-12", CHEN, amount_fen=50_00, day="2026-03-12", receipt_number="银0001")
    close(case, "2026-03-12", "2026-03-13", "2026-03-16")
    case.clock("pay", "2026-03-10", "2026-03-25", met="2026-03-10")
    case.clock("hand_in_cash", "2026-03-10", "2026-03-12", met="2026-03-11")
    case.clock("bank_cash", "2026-03-11", "2026-03-13", met="2026-03-12")
    case.clock("reconsideration", "2026-03-10", "2026-05-09")  # a Saturday that works
    case.clock("court", "2026-05-09", "2026-08-10", "dropped")  # the 9th is a Sunday
    return case.done("2026-03-16", "penalty", 50_00)


def fast_lane() -> CaseFile:
    """简案快办三百元，当事人书面放弃陈述申辩."""
    case = Writer(STREET, (100_00, 500_00), (200_00, 400_00))
    case.open("2026-03-03", "2026-03-02", "占道摆摊")
    case.name("2026-03-03", PERSON, 76)
    look(case, "2026-03-03")
    order_correction(case, "2026-03-03", "2026-03-10")
    said: dict[str, Any] = {"outcome": "penalty", "kinds": ["fine"], "fine_fen": 300_00}
    found: dict[str, Any] = {"facts_found": "占道摆摊约四平方米", "evidence": [1], "factors": PLAIN}
    papers = "report_register investigation_report"
    wish: dict[str, Any] = {"officers": BOTH, "summary": "事实清楚", **found, **said}
    case.act("propose_fast", "2026-03-03", to="fast_filing", lane="fast", papers=papers, **wish)
    case.act(
        "approve_fast", "2026-03-03", CHEN, to="to_notify", opinion="同意", papers="filing_approval penalty_notice"
    )
    knows: dict[str, Any] = {"dates": {"today": "2026-03-03", "defence_until": "2026-03-10"}}
    hand_over(case, "serve_notice", "2026-03-03", "notified", knows=knows)
    case.act("waive_defence", "2026-03-03", officers=BOTH, day="2026-03-03", signature="signed", papers="waiver")
    decide(case, "2026-03-04", "2026-03-04", 300_00)
    hand_over(case, "serve_decision", "2026-03-04", "performing")
    pay(case, "2026-03-05", 300_00, "苏财0002", "electronic")
    recheck(case, "2026-03-10")
    close(case, "2026-03-10", "2026-03-11", "2026-03-12")
    case.clock("correction", "2026-03-03", "2026-03-10", met="2026-03-10")
    case.clock("decide", "2026-03-03", "2026-06-01", met="2026-03-04")
    case.clock("defence", "2026-03-03", "2026-03-10", met="2026-03-03")
    case.clock("serve_decision", "2026-03-04", "2026-03-13", met="2026-03-04")
    case.clock("pay", "2026-03-04", "2026-03-19", met="2026-03-05")
    case.clock("reconsideration", "2026-03-04", "2026-05-06")  # 3 May lies in the holidays
    case.clock("suit", "2026-03-04", "2026-09-04")
    case.clock("court", "2026-09-04", "2026-12-04", "dropped")
    return case.done("2026-03-12", "penalty", 300_00)


def defence_accepted() -> CaseFile:
    """普通程序，部分采纳申辩，一千元减为八百元，邮寄送达."""
    case = Writer(STREET, (500_00, 5_000_00), (500_00, 2_000_00))
    case.open("2026-03-09", "2026-03-08", "占道摆摊")
    case.name("2026-03-09", PERSON, 76)
    look(case, "2026-03-09")
    order_correction(case, "2026-03-10", "2026-03-17")
    file_it(case, "2026-03-10", "2026-03-11")
    recheck(case, "2026-03-17")
    conclude(case, "2026-03-18", 1_000_00)
    tell(case, "2026-03-19", "2026-03-20", "2026-03-27")
    said: dict[str, Any] = {"defence": "第一次，生活困难", "accepted": "partly", "defence_review": "情况属实，酌情考虑"}
    case.act("hear_defence", "2026-03-24", officers=BOTH, day="2026-03-24", papers="defence_record", **said)
    decide(case, "2026-03-30", "2026-03-30", 800_00)
    by_post: dict[str, Any] = {"manner": "post", "tracking": "XA001", "signature": "signed"}
    hand_over(case, "serve_decision", "2026-04-02", "performing", **by_post)
    pay(case, "2026-04-16", 800_00, "苏财0003")
    close(case, "2026-04-17", "2026-04-17", "2026-04-20")
    case.clock("correction", "2026-03-10", "2026-03-17", met="2026-03-17")
    case.clock("decide", "2026-03-11", "2026-06-09", met="2026-03-30")
    case.clock("defence", "2026-03-20", "2026-03-27", "missed")
    case.clock("serve_decision", "2026-03-30", "2026-04-09", met="2026-04-02")  # 6 April is a holiday
    case.clock("pay", "2026-04-02", "2026-04-17", met="2026-04-16")
    case.clock("reconsideration", "2026-04-02", "2026-06-01")
    case.clock("suit", "2026-04-02", "2026-10-08")  # 2 October lies in the holidays
    case.clock("court", "2026-10-08", "2027-01-08", "dropped")
    return case.done("2026-04-20", "penalty", 800_00)


def first_offence() -> CaseFile:
    """首违不罚."""
    case = Writer(STREET, (500_00, 5_000_00), (500_00, 2_000_00))
    case.extra = {"first_offence": {"listed": True, "first": True, "why": "没有处罚记录"}}
    case.open("2026-04-07", "2026-04-07", "占道摆摊")
    case.name("2026-04-07", PERSON, 76)
    look(case, "2026-04-07")
    order_correction(case, "2026-04-07", "2026-04-10")
    file_it(case, "2026-04-08", "2026-04-08")
    recheck(case, "2026-04-10")
    said: dict[str, Any] = {"outcome": "no_penalty", "ground": "first_offence", "education": "当面讲解条例"}
    found: dict[str, Any] = {"facts_found": "占道摆摊，已当日清理", "evidence": [1], "factors": PLAIN}
    case.act("conclude", "2026-04-13", to="concluded", officers=BOTH, papers="investigation_report", **found, **said)
    case.act("submit_decision", "2026-04-14", to="deciding", officers=BOTH, papers="decision_approval", **said)
    case.act("decide", "2026-04-14", CHEN, to="decided", opinion="同意", papers="no_penalty_decision")
    hand_over(case, "serve_decision", "2026-04-15", "performing")
    close(case, "2026-04-16", "2026-04-16", "2026-04-17")
    case.clock("correction", "2026-04-07", "2026-04-10", met="2026-04-10")
    case.clock("decide", "2026-04-08", "2026-07-07", met="2026-04-14")
    case.clock("serve_decision", "2026-04-14", "2026-04-23", met="2026-04-15")
    case.clock("reconsideration", "2026-04-15", "2026-06-15")  # the 14th is a Sunday
    case.clock("suit", "2026-04-15", "2026-10-15")
    return case.done("2026-04-17", "no_penalty", None)


def transferred() -> CaseFile:
    """登记保存期满失效、退还物品，涉嫌犯罪移送公安."""
    case = Writer(DUST, (2_000_00, 20_000_00), (5_000_00, 10_000_00))
    case.open("2026-06-22", "2026-06-21", "倾倒不明工业废物")
    case.name("2026-06-22", COMPANY)
    look(case, "2026-06-22")
    goods = [{"name": "铁桶", "spec": "200升", "amount": 3, "unit": "只", "state": "完好"}]
    said: dict[str, Any] = {"items": goods, "place_words": "镇仓库", "custodian": "苏敏", "summary": "可能灭失"}
    case.act("ask_hold", "2026-06-22", SU, officers=BOTH, papers="hold_request", **said)
    case.act("approve_hold", "2026-06-22", CHEN, at="14:00", opinion="同意", papers="hold_notice")
    file_it(case, "2026-06-23", "2026-06-23")
    case.act("lapse_hold", "2026-07-02", "", at="00:01")
    case.act("return_goods", "2026-07-02", SU, officers=BOTH, items=goods, signature="signed", papers="goods_return")
    said = {"organ": "云川县公安局", "transfer_ground": "crime", "materials": "全卷", "words": "涉嫌污染环境罪"}
    case.act("transfer", "2026-07-06", CHEN, to="transferred", papers="transfer_letter", **said)
    case.act("archive", "2026-07-07", SU, to="archived", archive_number="2026-9")
    case.clock("hold", "2026-06-22", "2026-07-01", "missed", met="2026-07-02")
    case.clock("decide", "2026-06-23", "2026-09-21", "dropped")
    return case.done("2026-07-07", "transfer", None)
