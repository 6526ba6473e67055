"""What is printed once it is decided: every paper out of the acts of a real case, and nothing typed for it."""

import datetime as dt

import pytest

from enforcement.documents import content as blocks
from enforcement.models import PenaltyCase
from enforcement.rules.parties import PartyKind
from enforcement.services.cases import papers
from tests.ground.bureau import RESTAURANT, ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import LIN_XIAOFENG
from tests.ground.databases import on_sqlite
from tests.usual_acts import FACTORS, receipt

pytestmark = on_sqlite
PRINTED = {"text", "who", "organ", "day", "printed"}


def paper(life: Life, kind: str) -> blocks.Content:
    """The newest paper of a kind."""
    with life.bureau.database.read() as session:
        row = session.get_one(PenaltyCase, life.id)
        found = [one for one in papers.of_case(session, row.id) if one.kind == kind]
        return papers.content_of(life.bureau.settings, found[-1])


def said(life: Life, kind: str) -> str:
    """Everything that paper says, in one line."""
    return "".join(_texts(paper(life, kind).as_data()["blocks"]))


def _texts(data):
    if isinstance(data, dict):
        for name, value in data.items():
            yield from [value] if name in PRINTED and isinstance(value, str) else _texts(value)
    elif isinstance(data, list | tuple):
        for one in data:
            yield from [one] if isinstance(one, str) else _texts(one)


@pytest.fixture
def decided(bureau: Bureau) -> Life:
    """A fine of 150 yuan, served."""
    return bureau.open("SR003").known().filed().told().heard().decided()


def overdue(life: Life) -> Life:
    """Nobody paid, and the time to sue has run out."""
    life.bureau.later(days=200)
    return life.do("urge")


def urged(life: Life) -> Life:
    """The letter that urges has been served, and its term is over."""
    overdue(life).do("serve_paper", paper=life.paper("urging_letter"))
    life.bureau.later(days=20)
    return life


def test_the_receipt_of_a_notice_names_the_notice_and_that_of_a_decision_what_came_with_it(decided):
    life = decided
    assert "《行政处罚决定书》（云综执罚决字〔2026〕第001号）1份" in said(life, "service_receipt")
    assert "《缴款通知书》" in said(life, "service_receipt")
    assert paper(life, "service_receipt").number == "云综执送字〔2026〕第002号"


def test_a_notice_of_a_hearing_is_received_with_the_notice_it_belongs_to(bureau):
    life = bureau.open("HJ001").known(RESTAURANT, PartyKind.ORGANISATION).filed()
    life.told(fine_fen=3_000_000, factors=FACTORS | {"harm": "some", "corrected": False})
    named = said(life, "service_receipt")
    assert "事先告知书》" in named
    assert "听证告知书》" in named


def test_any_other_paper_is_received_alone(decided):
    named = said(overdue(decided).do("serve_paper", paper=decided.paper("urging_letter")), "service_receipt")
    assert "《履行行政处罚决定催告书》" in named
    assert "《行政处罚决定书》" not in named


def test_who_refuses_a_paper_is_served_by_leaving_it_and_the_receipt_says_how(bureau):
    life = bureau.open("SR003").known().filed().do("conclude").do("approve_notice", ZHOU_ZHENG)
    life.do(
        "serve_notice",
        manner="left",
        witness="张主任",
        words="当事人看后拒绝签收。",
        signature="refused",
        receiver=None,
    )
    told = said(life, "service_receipt")
    assert "■留置送达" in told
    assert "当事人看后拒绝签收。" in told
    assert "张主任" in told


def test_a_publication_tells_the_decision_its_thirty_days_and_the_remedies(bureau):
    life = bureau.open("SR003").known().filed().told().heard()
    life.do("submit_decision").do("decide", ZHOU_ZHENG)
    life.do("announce", paper=life.paper("penalty_decision"), words="住所无人，邮件退回")
    told = said(life, "service_notice")
    assert "因住所无人，邮件退回。" in told
    assert "《行政处罚决定书》（云综执罚决字〔2026〕第001号）" in told
    assert "罚款人民币壹佰伍拾元整" in told
    assert "2026年11月2日起经过30日，至2026年12月2日届满" in told
    assert "六十日内" in told
    assert "11010519491231002X" not in told


def test_a_publication_of_a_notice_tells_what_is_proposed_and_how_to_answer(bureau):
    life = bureau.open("SR003").known().filed().do("conclude").do("approve_notice", ZHOU_ZHENG)
    life.do("announce", paper=life.paper("penalty_notice"))
    told = said(life, "service_notice")
    assert "拟对你（单位）作出下列处理：罚款人民币壹佰伍拾元整" in told
    assert "个工作日内向本机关陈述、申辩" in told


def test_parts_that_were_approved_stand_in_the_table_one_by_one(decided):
    life = decided
    days = [(life.bureau.today + dt.timedelta(days=add)).isoformat() for add in (30, 60)]
    life.do("approve_delay", ZHOU_ZHENG, parts=[{"due": days[0], "fen": 10_000}, {"due": days[1], "fen": 5_000}])
    told = said(life, "payment_approval")
    assert "第一期2026年12月2日人民币壹佰元整（100 元）" in told
    assert "第二期2027年1月1日人民币伍拾元整（50 元）" in told
    assert "尚未缴纳" in told


def test_what_was_paid_before_the_parts_is_told(decided):
    life = decided.do("pay", amount_fen=5_000)
    life.do("approve_delay", ZHOU_ZHENG, parts=[{"due": life.bureau.today.isoformat(), "fen": 10_000}])
    assert "人民币伍拾元整（50 元）" in said(life, "payment_approval")
    life.do("pay", amount_fen=10_000, receipt_number="苏财 00012346")
    assert life.detail().owed.left_fen == 0


def test_the_letter_that_urges_tells_sum_late_fee_term_and_rights(decided):
    told = said(overdue(decided), "urging_letter")
    assert "加处罚款人民币壹佰伍拾元整（150 元）" in told
    assert "应缴数额合计人民币叁佰元整（300 元）" in told
    assert "十日（工作日）内" in told
    assert "有权进行陈述和申辩" in told
    assert "继续计算" not in told, "the late fee has reached the fine"


def test_a_late_fee_that_still_grows_is_told_so(decided):
    decided.bureau.later(days=20)
    assert "逐日继续计算" in said(decided.do("urge"), "urging_letter")


def test_the_court_is_told_everything_article_55_asks_for(decided):
    life = urged(decided).do("apply_to_court", ZHOU_ZHENG)
    told = said(life, "court_application")
    for part in (
        "申请人：云溪镇人民政府",
        "被申请人：周国英",
        "罚款人民币壹佰伍拾元整",
        "当事人于当日在人民路 88 号门前人行道倾倒厨余垃圾一桶",
        "被申请人在告知以后没有提出陈述、申辩意见",
        "云综执催字〔2027〕第001号",
        "尚欠人民币叁佰元整",
        "申请人负责人（签名）",
        "云川县人民法院",
    ):
        assert part in told
    assert paper(life, "court_application").number == "云综执强申字〔2027〕第001号"


def test_what_the_party_answered_is_told_to_the_court(bureau):
    life = bureau.open("SR003").known().filed().told().do("hear_defence")
    bureau.later(days=8)
    life = urged(life.decided()).do("apply_to_court", ZHOU_ZHENG)
    assert "被申请人提出：家里没有分类桶，一时糊涂。申请人不予采纳。" in said(life, "court_application")


def test_a_revoked_decision_is_named_with_what_is_given_back(decided):
    life = decided.do("pay").do("publish").do("revoke", ZHOU_ZHENG, words="处罚对象错误")
    told = said(life, "revocation_decision")
    assert "处罚对象错误。" in told
    assert "《行政处罚决定书》（云综执罚决字〔2026〕第001号）" in told
    assert "已经缴纳的人民币壹佰伍拾元整（150 元）" in told
    assert "撤回公开" in told


def test_the_way_back_to_credit_is_free_of_charge(decided):
    told = said(decided.do("publish").do("tell_credit_repair"), "credit_repair_notice")
    assert "不收取任何费用" in told
    assert "已于2026年11月2日依法公开" in told


def test_a_suspected_crime_goes_to_the_police_with_a_list_and_a_slip_to_sign(bureau):
    life = bureau.open("SR003").known().filed().do("transfer", ZHOU_ZHENG)
    told = said(life, "transfer_letter")
    assert "第二十七条第一款" in told
    assert "案卷一册，证据清单一份" in told
    assert "回　执" in told
    assert paper(life, "transfer_letter").number == "云综执移字〔2026〕第001号"


def test_a_case_that_nobody_is_known_in_is_handed_on_all_the_same(bureau):
    life = bureau.open("SR003").do("transfer", ZHOU_ZHENG)
    assert "当事人尚未查明" in said(life, "transfer_letter")


def test_a_filing_is_withdrawn_with_a_reason(bureau):
    life = bureau.open("SR003").known().filed().do("withdraw", ZHOU_ZHENG, words="同一行为已由县局立案。")
    told = said(life, "withdrawal_approval")
    assert "同一行为已由县局立案。" in told
    assert "同意撤销立案" in told


def test_the_closing_report_tells_outcome_receipts_and_what_became_of_the_violation(decided):
    life = decided.do("pay").do("ask_closing")
    told = said(life, "closing_request")
    assert "罚款人民币壹佰伍拾元整" in told
    assert receipt(life) in told
    assert "已经缴清" in told
    assert "垃圾已由当事人当场清除" in told
    assert "没有收到行政复议、行政诉讼的通知" in told
    life.do("close", ZHOU_ZHENG)
    approved = said(life, "closing_approval")
    assert f"票据号码：{receipt(life)}" in approved
    assert "周正" in approved
    assert paper(life, "closing_approval").number == "云综执结字〔2026〕第001号"


def test_a_correction_is_told_with_its_re_check(bureau):
    life = bureau.open("SR003").do("name_party").do("inspect").do("question").do("add_evidence").do("verify_evidence")
    life.do("order_correction").filed().told().heard().decided().do("pay")
    bureau.later(days=3)
    life.do("recheck_correction").do("ask_closing")
    assert "复查，已改正" in said(life, "closing_request")


def test_a_cash_fine_is_closed_with_the_cash_at_the_bank(bureau):
    life = bureau.open("SR001").known()
    life.do("decide_on_spot", fine_fen=2_500, pay_manner="cash", cash_ground="small")
    life.do("pay", pay_manner="cash", cash_ground="small", officers=["sumin", "linxiaofeng"]).do("report_on_spot")
    life.do("hand_in_cash").do("bank_cash", LIN_XIAOFENG).do("ask_closing")
    told = said(life, "closing_request")
    assert "现金25 元已经交回机关并缴付银行" in told
    assert "当场交付" in told


def test_a_revoked_case_is_closed_without_asking_and_says_so(decided):
    life = decided.do("revoke", ZHOU_ZHENG).do("close", ZHOU_ZHENG)
    told = said(life, "closing_approval")
    assert "原决定已经撤销，不再履行" in told


def test_goods_that_were_confiscated_are_disposed_of_before_a_witness(bureau):
    life = bureau.open("HJ003").known().filed()
    life.do("ask_hold").do("approve_hold", ZHOU_ZHENG)
    life.told(kinds=["fine", "confiscate_goods"], fine_fen=100_000).heard()
    life.decided().do("settle_hold", settlement="confiscate")
    life.do("dispose_goods", words="移交县垃圾焚烧厂销毁")
    told = said(life, "goods_disposal")
    assert "三轮车" in told
    assert "河东村委会 张主任" in told
    assert "移交县垃圾焚烧厂销毁。" in told
