"""Sound lives that go the whole way: hearing and instalments, urging and court, service by notice and revocation."""

from typing import Any

from tests.oracle.cast import BOTH, CHEN, COMPANY, PERSON, SU, WU, ZHENG
from tests.oracle.life import CaseFile
from tests.oracle.lives import (
    DUST,
    PLAIN,
    STREET,
    close,
    conclude,
    decide,
    file_it,
    hand_over,
    look,
    order_correction,
    pay,
    recheck,
    tell,
)
from tests.oracle.writing import Writer, moment


def hearing_held() -> CaseFile:
    """五万元：监控审核、登记保存、电子送达、听证、法制审核、集体讨论、公开、分期."""
    case = Writer(DUST, (10_000_00, 100_000_00), (30_000_00, 60_000_00))
    case.extra = {"hearing_due": True, "review_due": ["fine"], "discussion_due": ["fine"]}
    case.open("2026-05-06", "2026-05-06", "渣土车未密闭遗撒")
    case.name("2026-05-06", COMPANY)
    look(case, "2026-05-06")
    case.evidence("2026-05-06", "audiovisual", "路口监控录像", "camera", "file-1")
    _secure(case)
    file_it(case, "2026-05-08", "2026-05-08")
    case.act("settle_hold", "2026-05-13", officers=BOTH, settlement="returned", words="退还", papers="hold_settlement")
    recheck(case, "2026-05-15")
    conclude(case, "2026-05-18", 50_000_00, evidence=(1, 2))
    case.act(
        "approve_notice", "2026-05-19", CHEN, to="to_notify", opinion="同意", papers="penalty_notice hearing_notice"
    )
    until = {"today": "2026-05-20", "defence_until": "2026-05-27", "hearing_until": "2026-05-27"}
    by_mail: dict[str, Any] = {"manner": "electronic", "channel": "sd@example.cn"}
    hand_over(case, "serve_notice", "2026-05-20", "notified", knows={"dates": until}, **by_mail)
    _hear(case)
    case.act("review", "2026-06-10", WU, passed=True, opinion="事实清楚，程序合法", papers="legal_review_opinion")
    said: dict[str, Any] = {"officers": BOTH, "outcome": "penalty", "kinds": ["fine"], "fine_fen": 50_000_00}
    case.act("submit_decision", "2026-06-11", to="deciding", papers="decision_approval", **said)
    members = [
        {"name": "陈静", "opinion": "同意"},
        {"name": "钱进", "opinion": "同意"},
        {"name": "孙立", "opinion": "同意"},
    ]
    talk: dict[str, Any] = {"members": members, "passed": True, "opinion": "一致同意", "place_words": "镇会议室"}
    case.act("discuss", "2026-06-12", CHEN, begun=moment("2026-06-12", "09:00"), papers="discussion_record", **talk)
    case.act("decide", "2026-06-12", CHEN, to="decided", opinion="同意", publish=True, papers="penalty_decision")
    hand_over(case, "serve_decision", "2026-06-15", "performing", **by_mail)
    case.act("publish", "2026-06-18", SU, day="2026-06-18", place_words="镇政府网站")
    _pay_in_parts(case)
    close(case, "2026-08-26", "2026-08-27", "2026-08-28")
    _clocks_of_the_hearing(case)
    return case.done("2026-08-28", "penalty", 50_000_00)


def _secure(case: Writer) -> None:
    """The picture reviewed, evidence verified, goods held, the address confirmed, correction ordered."""
    case.act("review_evidence", "2026-05-07", WU, number=2, passed=True, marked=True, words="清晰完整，点位已公布")
    case.act("verify_evidence", "2026-05-07", officers=BOTH, evidence=[2])
    goods = [{"name": "篷布", "spec": "6米", "amount": 1, "unit": "张", "state": "破损"}]
    said: dict[str, Any] = {"items": goods, "place_words": "停车场", "custodian": "苏敏", "summary": "可能灭失"}
    case.act("ask_hold", "2026-05-07", SU, officers=BOTH, papers="hold_request", **said)
    case.act("approve_hold", "2026-05-07", CHEN, at="14:00", opinion="同意", papers="hold_notice")
    agreed: dict[str, Any] = {"electronic_consent": True, "channel": "sd@example.cn", "signature": "signed"}
    case.act("confirm_address", "2026-05-07", at="15:00", address="云溪镇工业路 1 号", **agreed)
    case.act(
        "order_correction",
        "2026-05-07",
        at="15:10",
        officers=BOTH,
        facts_found="未密闭",
        correction="修复密闭装置",
        until="2026-05-14",
        signature="signed",
        papers="correction_order",
    )


def _hear(case: Writer) -> None:
    case.act("request_hearing", "2026-05-25", to="hearing", day="2026-05-25", words="要求听证")
    said: dict[str, Any] = {
        "held_at": moment("2026-06-08", "09:00"),
        "place_words": "镇会议室",
        "chair": ZHENG,
        "open_hearing": True,
    }
    case.act("call_hearing", "2026-05-26", ZHENG, day="2026-05-26", papers="hearing_call", **said)
    case.act(
        "hold_hearing",
        "2026-06-08",
        ZHENG,
        at="11:30",
        to="notified",
        begun=moment("2026-06-08", "09:00"),
        ended=moment("2026-06-08", "11:00"),
        place_words="镇会议室",
        present="何勇",
        answers=[{"question": "有无新证据？", "answer": "没有。"}],
        opinion="维持拟处罚意见",
        signature="signed",
        papers="hearing_record hearing_report",
    )


def _pay_in_parts(case: Writer) -> None:
    parts = [{"due": "2026-07-31", "fen": 25_000_00}, {"due": "2026-08-31", "fen": 25_000_00}]
    case.act("approve_delay", "2026-06-26", CHEN, words="当事人申请，资金困难", parts=parts, papers="payment_approval")
    pay(case, "2026-07-20", 25_000_00, "苏财0101")
    pay(case, "2026-08-25", 25_000_00, "苏财0102")


def _clocks_of_the_hearing(case: Writer) -> None:
    case.clock("hold", "2026-05-07", "2026-05-15", met="2026-05-13")  # Saturday the 9th works
    case.clock("correction", "2026-05-07", "2026-05-14", "missed", met="2026-05-15")
    case.clock("decide", "2026-05-08", "2026-08-06", met="2026-06-12")
    case.clock("defence", "2026-05-20", "2026-05-27", "missed")
    case.clock("hearing_request", "2026-05-20", "2026-05-27", met="2026-05-25")
    case.clock("serve_decision", "2026-06-12", "2026-06-24", met="2026-06-15")  # 19 June is a holiday
    case.clock("publish", "2026-06-12", "2026-06-24", met="2026-06-18")
    case.clock("pay", "2026-06-15", "2026-06-30", "dropped")
    case.clock("pay", "2026-06-26", "2026-07-31", met="2026-07-20")
    case.clock("pay", "2026-07-20", "2026-08-31", met="2026-08-25")
    case.clock("reconsideration", "2026-06-15", "2026-08-14", "missed")
    case.clock("suit", "2026-06-15", "2026-12-15")
    case.clock("court", "2026-12-15", "2027-03-15", "dropped")


def forced_by_court() -> CaseFile:
    """逾期不缴，加处罚款到顶，催告、申请法院强制执行."""
    case = Writer(STREET, (500_00, 5_000_00), (500_00, 2_000_00))
    case.open("2026-03-02", "2026-03-01", "占道摆摊")
    case.name("2026-03-02", PERSON, 76)
    look(case, "2026-03-02")
    order_correction(case, "2026-03-02", "2026-03-09")
    file_it(case, "2026-03-03", "2026-03-03")
    conclude(case, "2026-03-05", 2_000_00)
    tell(case, "2026-03-05", "2026-03-06", "2026-03-13")
    recheck(case, "2026-03-10", "not")
    decide(case, "2026-03-16", "2026-03-16", 2_000_00)
    hand_over(case, "serve_decision", "2026-03-17", "performing")
    case.act("urge", "2026-09-18", officers=BOTH, papers="urging_letter")
    knows: dict[str, Any] = {"paper_kind": "urging_letter", "paper_made": "2026-09-18"}
    left: dict[str, Any] = {"paper": "d-20", "manner": "left", "witness": "居委会 王兰", "signature": "refused"}
    hand_over(case, "serve_paper", "2026-09-21", None, knows=knows, **left)
    said: dict[str, Any] = {"day": "2026-10-15", "organ": "云川县人民法院", "opinion": "同意申请"}
    case.act("apply_to_court", "2026-10-15", CHEN, to="court", papers="court_application", **said)
    case.act("court_ruled", "2026-10-28", to="performing", ruling="granted", day="2026-10-28", words="准予执行")
    pay(case, "2026-11-10", 4_000_00, "苏财0201")
    close(case, "2026-11-11", "2026-11-12", "2026-11-13")
    case.clock("correction", "2026-03-02", "2026-03-09", "missed", met="2026-03-10")
    case.clock("decide", "2026-03-03", "2026-06-01", met="2026-03-16")
    case.clock("defence", "2026-03-06", "2026-03-13", "missed")
    case.clock("serve_decision", "2026-03-16", "2026-03-25", met="2026-03-17")
    case.clock("pay", "2026-03-17", "2026-04-01", "missed", met="2026-11-10")
    case.clock("reconsideration", "2026-03-17", "2026-05-18", "missed")  # the 16th is a Saturday
    case.clock("suit", "2026-03-17", "2026-09-17", "missed")
    case.clock("urge", "2026-09-21", "2026-10-12", "missed")  # over Mid-Autumn and the National Day
    case.clock("court", "2026-09-17", "2026-12-17", met="2026-10-15")
    return case.done("2026-11-13", "penalty", 2_000_00)


def revoked() -> CaseFile:
    """公告送达、公开，发现错误自行撤销，三个工作日内撤回公开."""
    case = Writer(STREET, (500_00, 5_000_00), (500_00, 2_000_00))
    case.open("2026-03-09", "2026-03-08", "占道摆摊")
    case.name("2026-03-09", PERSON, 76)
    look(case, "2026-03-09")
    case.act("no_correction", "2026-03-09", officers=BOTH, no_correction_because="已自行离开")
    file_it(case, "2026-03-10", "2026-03-11")
    conclude(case, "2026-03-18", 1_000_00, factors=PLAIN)
    tell(case, "2026-03-19", "2026-03-20", "2026-03-27")
    decide(case, "2026-03-30", "2026-03-30", 1_000_00, publish=True)
    case.act(
        "announce",
        "2026-04-01",
        officers=BOTH,
        paper="d-15",
        day="2026-04-01",
        place_words="镇政府公告栏、网站",
        words="邮寄退回，电话不通，下落不明",
        papers="service_notice",
        knows={"paper_kind": "penalty_decision", "paper_made": "2026-03-30"},
    )
    case.act("publish", "2026-04-08", SU, day="2026-04-08", place_words="镇政府网站")
    by_notice: dict[str, Any] = {"manner": "by_notice", "signature": "absent", "receiver": ""}
    hand_over(case, "serve_decision", "2026-05-06", "performing", **by_notice)
    case.act("revoke", "2026-06-03", CHEN, to="revoked", words="当事人身份认定错误", papers="revocation_decision")
    case.act("unpublish", "2026-06-05", SU, day="2026-06-05", words="决定已撤销")
    case.act("close", "2026-06-10", CHEN, to="closed", opinion="同意结案", papers="closing_approval")
    case.act("archive", "2026-06-11", SU, to="archived", archive_number="2026-5")
    case.clock("decide", "2026-03-11", "2026-06-09", met="2026-03-30")
    case.clock("defence", "2026-03-20", "2026-03-27", "missed")
    case.clock("serve_decision", "2026-03-30", "2026-04-09", "missed", met="2026-05-06")
    case.clock("publish", "2026-03-30", "2026-04-09", met="2026-04-08")
    case.clock("by_notice", "2026-04-01", "2026-05-01", "missed")
    case.clock("pay", "2026-05-06", "2026-05-21", "missed", met="2026-06-03")
    case.clock("reconsideration", "2026-05-06", "2026-07-06", "dropped")  # the 5th is a Sunday
    case.clock("suit", "2026-05-06", "2026-11-06", "dropped")
    case.clock("court", "2026-11-06", "2027-02-08", "dropped")  # the 6th is a Saturday
    case.clock("unpublish", "2026-06-03", "2026-06-08", met="2026-06-05")
    return case.done("2026-06-11", "revoked", None)


def contested() -> CaseFile:
    """查封、延长、解除，复议维持，复议期间不加处罚款，其后四日加处百分之十二."""
    case = Writer(DUST, (2_000_00, 20_000_00), (5_000_00, 15_000_00))
    case.open("2026-07-06", "2026-07-06", "渣土车未密闭遗撒")
    case.name("2026-07-06", COMPANY)
    look(case, "2026-07-06")
    file_it(case, "2026-07-07", "2026-07-07")
    _seize(case)
    order_correction(case, "2026-07-08", "2026-07-14")
    recheck(case, "2026-07-14")
    conclude(case, "2026-07-15", 10_000_00)
    tell(case, "2026-07-16", "2026-07-17", "2026-07-24")
    decide(case, "2026-07-27", "2026-07-27", 10_000_00)
    hand_over(case, "serve_decision", "2026-07-28", "performing")
    case.act("contest", "2026-08-03", contest_kind="reconsideration", day="2026-08-03", organ="云川县人民政府")
    said: dict[str, Any] = {"release_ground": "decided", "signature": "signed", "officers": BOTH}
    case.act("lift_seizure", "2026-08-05", papers="lift_notice", **said)
    ruled: dict[str, Any] = {"contest_kind": "reconsideration", "contest_result": "upheld", "words": "维持"}
    case.act("contest_ruled", "2026-09-14", day="2026-09-14", **ruled)
    pay(case, "2026-09-18", 11_200_00, "苏财0301")
    close(case, "2026-09-30", "2026-09-30", "2026-09-30")
    case.clock("seizure", "2026-07-07", "2026-08-06", "dropped")
    case.clock("seizure", "2026-07-07", "2026-09-05", met="2026-08-05")  # a Saturday, and still the last day
    case.clock("correction", "2026-07-08", "2026-07-14", met="2026-07-14")
    case.clock("decide", "2026-07-07", "2026-10-08", met="2026-07-27")  # 5 October lies in the holidays
    case.clock("defence", "2026-07-17", "2026-07-24", "missed")
    case.clock("serve_decision", "2026-07-27", "2026-08-05", met="2026-07-28")
    case.clock("pay", "2026-07-28", "2026-08-12", "missed", met="2026-09-18")
    case.clock("reconsideration", "2026-07-28", "2026-09-28", "missed")  # the 26th lies in the holidays
    case.clock("suit", "2026-07-28", "2027-01-28", "dropped")
    case.clock("court", "2027-01-28", "2027-04-28", "dropped")
    case.clock("suit", "2026-09-14", "2026-09-29", "missed")
    case.clock("court", "2026-09-29", "2026-12-29", "dropped")
    return case.done("2026-09-30", "penalty", 10_000_00)


def _seize(case: Writer) -> None:
    goods = [{"name": "渣土车", "spec": "重型", "amount": 1, "unit": "辆", "state": "完好"}]
    said: dict[str, Any] = {"items": goods, "place_words": "停车场", "custodian": "苏敏", "summary": "可能逃逸"}
    case.act("ask_seizure", "2026-07-07", officers=BOTH, papers="seizure_request", **said)
    case.act("approve_seizure", "2026-07-07", CHEN, at="14:00", opinion="同意", papers="seizure_decision")
    case.act("extend_seizure", "2026-07-07", CHEN, at="15:00", words="案情复杂", papers="seizure_extension")
