"""A case on its way to the conclusion prints its papers: filled from what was done, and numbered where they go out."""

import datetime as dt

import pytest

from enforcement import starter
from enforcement.services import editions, local_rules
from enforcement.services.cases import papers
from tests.ground.bureau import XU_FEI, ZHOU_ZHENG
from tests.ground.cast import ACTOR
from tests.ground.databases import on_sqlite
from town.errors import Refused

pytestmark = on_sqlite
PROVINCE = "《云川省综合行政执法条例》第九条（虚构）"


def contents(life, kind):
    """What the documents of a kind say, oldest first."""
    with life.bureau.database.read() as session:
        found = [one for one in papers.of_case(session, life.id) if one.kind == kind]
        return [papers.content_of(life.bureau.settings, one) for one in found]


def text(life, kind):
    return contents(life, kind)[-1].canonical().decode()


@pytest.fixture
def found(bureau):
    life = bureau.open("SR003")
    for action in ("name_party", "inspect", "question", "add_evidence", "verify_evidence"):
        life.do(action)
    return life


@pytest.fixture
def filed(found):
    return found.do("ask_filing").do("file", ZHOU_ZHENG)


def allow_seizure(bureau):
    """The province lets the town seize, from tomorrow on."""
    day = bureau.today + dt.timedelta(days=1)
    lines = [
        {**one, "值": "是", "依据": PROVINCE} if one["项目"] == "可以查封扣押" else one
        for one in starter.demo_procedure_rows()
    ]
    with bureau.database.write() as session:
        previewed = local_rules.preview(session, starter.as_sheets(lines, "程序规定.csv"), day)
        edition = local_rules.import_edition(session, previewed, "准许查封扣押", actor=ACTOR, now=bureau.now)
        editions.confirm(session, edition, XU_FEI.name, actor=ACTOR, now=bureau.now)
        local_rules.activate(session, edition, day, actor=ACTOR, now=bureau.now)
    bureau.later(days=1)


def test_the_record_of_an_inspection_says_who_where_and_what(found):
    said = text(found, "inspection_record")
    assert "污水流向路边雨水口" in said
    assert "云溪镇人民路 88 号门前人行道" in said


def test_the_party_who_is_asked_himself_is_written_down_with_his_papers(found):
    assert "11010519491231002X" in text(found, "questioning_record")


def test_a_witness_who_is_asked_writes_his_papers_by_hand(found):
    found.do("question", asked_person="张大爷", relation="证人")
    assert "11010519491231002X" not in text(found, "questioning_record")


def test_filing_shows_the_officers_and_the_head_of_the_organ(filed):
    said = text(filed, "filing_approval")
    assert "签名：苏敏" in said
    assert "签名：林晓峰" in said
    assert "签名：周正" in said
    assert contents(filed, "filing_approval")[0].number.endswith("立字〔2026〕第001号")


def test_the_register_of_sources_has_the_first_words(filed):
    assert "巡查时发现当事人" in text(filed, "report_register")


def test_goods_are_held_until_the_seventh_working_day_and_settled_under_their_number(filed):
    filed.do("ask_hold").do("approve_hold", ZHOU_ZHENG)
    number = contents(filed, "hold_notice")[0].number
    assert "2026年11月11日止" in text(filed, "hold_notice")
    assert "签名：周正" in text(filed, "hold_request")
    assert "三轮车" in text(filed, "hold_notice")
    filed.do("settle_hold")
    assert number in text(filed, "hold_settlement")
    assert "退还当事人" in text(filed, "hold_settlement")


def test_goods_whose_hold_was_not_approved_go_back_with_a_list(filed):
    filed.do("ask_hold").do("return_goods")
    assert "未经批准保存" in text(filed, "goods_return")


def test_samples_are_told_with_a_list(filed):
    filed.do("sample")
    assert "抽样取证物品清单" in text(filed, "sampling_notice")


def test_an_order_to_correct_and_its_check_stand_on_two_papers(filed):
    filed.do("order_correction")
    number = contents(filed, "correction_order")[0].number
    assert "2026年11月4日以前（含当日）" in text(filed, "correction_order")
    filed.bureau.later(days=3)
    filed.do("recheck_correction")
    assert number in text(filed, "recheck_record")
    assert "■已改正" in text(filed, "recheck_record")


def test_address_agent_and_help_from_elsewhere_are_papers_too(filed):
    filed.do("confirm_address").do("appoint_agent").do("ask_assistance")
    assert "□同意　■不同意" in text(filed, "address_confirmation")
    assert "周大伟" in text(filed, "authorisation")
    assert "云川县公安局云溪派出所：" in text(filed, "assistance_letter")
    assert contents(filed, "assistance_letter")[0].organ != "云川县公安局云溪派出所"


def test_a_reason_for_being_late_names_the_term_and_its_last_day(filed):
    filed.do("approve_reason", ZHOU_ZHENG)
    said = text(filed, "delay_approval")
    assert "行政处罚法第六十条" in said
    assert "2027年2月1日" in said


def test_a_penalty_on_the_spot_is_one_paper_with_reconsideration_first(bureau):
    life = bureau.open("SR003")
    for action in ("name_party", "inspect", "question", "add_evidence", "verify_evidence", "order_correction"):
        life.do(action)
    life.do("decide_on_spot")
    (content,) = contents(life, "on_spot_decision")
    said = text(life, "on_spot_decision")
    assert content.number.endswith("当罚字〔2026〕第001号")
    assert "罚款人民币壹佰伍拾元整（150 元）" in said
    assert "应当先" in said
    assert "现场照片" in said


def test_who_is_not_there_cannot_be_penalised_on_the_spot(bureau):
    life = bureau.open("SR003")
    for action in ("name_party", "inspect", "question", "add_evidence", "verify_evidence", "order_correction"):
        life.do(action)
    with pytest.raises(Refused):
        life.do("decide_on_spot", signature="absent")


def test_a_seizure_is_asked_decided_extended_and_lifted_under_one_number(filed):
    allow_seizure(filed.bureau)
    filed.do("ask_seizure").do("approve_seizure", ZHOU_ZHENG)
    number, decided = contents(filed, "seizure_decision")[0].number, text(filed, "seizure_decision")
    assert PROVINCE in decided
    assert "扣押物品清单" in decided
    assert "2026年12月3日止" in decided
    assert "行政复议" in decided
    assert "签名：周正" in text(filed, "seizure_request")
    filed.do("extend_seizure", ZHOU_ZHENG)
    assert number in text(filed, "seizure_extension")
    assert "2027年1月2日" in text(filed, "seizure_extension")
    [clock] = [one for one in filed.detail().clocks if (one.kind, one.state) == ("seizure", "running")]
    assert clock.explanation == "从2026年11月3日起60日，到2027年1月2日24时截止，不因放假顺延。"
    filed.do("lift_seizure")
    assert number in text(filed, "lift_notice")
    assert "第二十八条第一款第三项" in text(filed, "lift_notice")


def test_the_fast_lane_files_and_approves_on_one_paper(found):
    found.do("order_correction").do("propose_fast").do("approve_fast", ZHOU_ZHENG)
    assert "简案快办" in text(found, "filing_approval")
    assert "签名：周正" in text(found, "filing_approval")


def test_a_waiver_names_the_notice_it_was_told_by(found):
    found.do("order_correction").do("propose_fast").do("approve_fast", ZHOU_ZHENG).do("serve_notice")
    found.do("waive_defence")
    assert contents(found, "penalty_notice")[0].number in text(found, "waiver")
    with pytest.raises(Refused):
        found.do("waive_defence", signature="refused")
