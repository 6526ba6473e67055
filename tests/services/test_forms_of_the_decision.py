"""From the conclusion to the decision: every paper of a real life says what the case knows, and refuses what it does not."""

import datetime as dt
import uuid
from collections import Counter

import pytest

from enforcement import starter
from enforcement.documents import Missing, fill, form
from enforcement.documents.content import Dialogue, Table, Text
from enforcement.models import Document
from enforcement.rules.cases.actions import Action
from enforcement.rules.parties import PartyKind
from enforcement.services import editions, local_rules
from enforcement.services.cases import papers
from tests.ground.bureau import FANG_NING, RESTAURANT, XU_FEI, ZHOU_ZHENG
from tests.ground.cast import ACTOR
from tests.ground.databases import on_sqlite
from tests.papers_decision import DECISION_FACTS
from tests.usual_acts import FACTORS, GOODS
from town.errors import Refused

A = Action
COOKING_FUMES, DUMPING, BARBECUE, GAS_PIPE, HOUSEHOLD_WASTE = "HJ001", "SR003", "HJ003", "RQ005", "HW005"
PRINTED_ONCE = DECISION_FACTS.keys() - {"no_penalty_decision"}
HARMLESS = FACTORS | {"harm": "none", "conduct_minor": True, "corrected_promptly": True}


def investigated(bureau, power=DUMPING, **changes):
    life = bureau.open(power, **changes)
    life.do(A.NAME_PARTY).do(A.ADD_EVIDENCE).do(A.VERIFY_EVIDENCE)
    life.do(A.ASK_FILING).do(A.FILE, ZHOU_ZHENG)
    return life.do(A.NO_CORRECTION)


def notified(life, **wish):
    life.do(A.CONCLUDE, **wish).do(A.APPROVE_NOTICE, ZHOU_ZHENG)
    return life.do(A.SERVE_NOTICE)


def decided(life, **submitted):
    life.do(A.SUBMIT_DECISION, **submitted)
    return life.do(A.DECIDE, ZHOU_ZHENG)


def penalised(life, **wish):
    return decided(notified(life, **wish).do(A.WAIVE_DEFENCE))


def content(life, kind):
    with life.bureau.database.read() as session:
        document = session.get_one(Document, uuid.UUID(life.paper(kind)))
        return papers.content_of(life.bureau.settings, document)


def words(life, kind):
    return "\n".join(said(content(life, kind)))


def said(told):
    for block in told.blocks:
        if isinstance(block, Text):
            yield block.text
        elif isinstance(block, Table):
            yield from (f"{cell.text}{''.join(cell.signed)}" for row in block.rows for cell in row)
        elif isinstance(block, Dialogue):
            yield from (f"{asked}{answered}" for asked, answered in block.pairs)


@pytest.fixture
def heard(bureau):
    """A case with everything in it: a defence, a hearing, a review, a discussion, and the decision."""
    life = notified(investigated(bureau, COOKING_FUMES), fine_fen=600_000)
    life.do(A.HEAR_DEFENCE).do(A.REQUEST_HEARING).do(A.CALL_HEARING, XU_FEI)
    bureau.later(days=14, hours=2)
    life.do(A.HOLD_HEARING, FANG_NING)
    life.do(A.REVIEW, XU_FEI).do(A.DISCUSS, ZHOU_ZHENG)
    return decided(life)


@on_sqlite
def test_a_heavy_case_prints_every_paper_once_and_numbers_what_goes_out(heard):
    made = [one for one in heard.detail().documents if one.kind in {*PRINTED_ONCE, "no_penalty_decision"}]
    assert Counter(one.kind for one in made) == dict.fromkeys(PRINTED_ONCE, 1)
    assert {one.kind: one.number.split("字")[0] for one in made if one.number} == {
        "penalty_notice": "云综执罚告",
        "hearing_notice": "云综执听告",
        "hearing_call": "云综执听通",
        "legal_review_opinion": "云综执法审",
        "penalty_decision": "云综执罚决",
    }


@on_sqlite
def test_the_notices_tell_facts_reasons_basis_the_sum_in_capitals_and_both_terms(heard):
    told, hearing = words(heard, "penalty_notice"), content(heard, "hearing_notice")
    assert "《生态环境法典》第一千一百三十二条第一款" in told
    assert "罚款人民币陆仟元整（6,000 元）" in told
    assert "属于“从轻”档次" in told
    assert "之日起3个工作日内" in told
    assert "不会因为陈述、申辩而给予更重的处罚" in told
    assert "联系电话：0512-55500000" in told
    assert str(hearing.number) in told
    assert "之日起五个工作日内" in "\n".join(said(hearing))


@on_sqlite
def test_the_decision_says_how_the_party_was_heard_and_all_that_article_59_asks_for(heard):
    told, paper = words(heard, "penalty_decision"), content(heard, "penalty_decision")
    assert paper.organ == "云溪镇人民政府"
    assert f"（{content(heard, 'penalty_notice').number}）" in told
    for asked in (
        "周国英",
        "云溪镇河东村 12 号",
        "现场照片，证明人行道上有当事人倾倒的厨余垃圾",
        "云政发〔2025〕118号",
        "家里没有分类桶，一时糊涂。经复核，不影响违法事实的认定。对上述意见不予采纳。",
        "本机关于2026年11月16日举行听证。听证主持人的意见：事实清楚",
        "十五日内",
        "百分之三",
        "六十日内向云川县人民政府申请行政复议",
        "六个月内依法向云川县人民法院提起行政诉讼",
    ):
        assert asked in told
    assert "互联网" not in told
    due = words(heard, "payment_notice")
    assert str(paper.number) in due
    assert "人民币陆仟元整（6,000 元）" in due
    assert "云川农村商业银行云溪支行" in due
    assert "「" not in told + due


@on_sqlite
def test_hearing_review_and_discussion_are_told_by_who_led_them_and_stand_before_the_head(heard):
    assert "方宁" in words(heard, "hearing_call")
    assert "这桶厨余垃圾是你倒的吗？是我倒的，图方便。" in words(heard, "hearing_record")
    assert "签名：方宁" in words(heard, "hearing_report")
    review = words(heard, "legal_review_opinion")
    assert "罚款数额较大" in review
    assert "已取得" in review
    assert "■审核通过" in review
    table = words(heard, "decision_approval")
    for told in ("许斐审核通过", "讨论通过", "举行听证", "负责人\n审批意见"):
        assert told in table
    signers = [line.who for block in content(heard, "discussion_record").blocks for line in getattr(block, "lines", ())]
    assert signers == ["主持人（签名）", "参加人许斐（签名）", "参加人方宁（签名）", "记录人（签名）"]


@on_sqlite
def test_the_fast_lane_reports_first_and_tells_with_its_approval(bureau):
    life = bureau.open(DUMPING).do(A.NAME_PARTY).do(A.ADD_EVIDENCE).do(A.VERIFY_EVIDENCE).do(A.NO_CORRECTION)
    life.do(A.PROPOSE_FAST)
    assert "立案和处理意见合并报批" in words(life, "investigation_report")
    life.do(A.APPROVE_FAST, ZHOU_ZHENG)
    assert "罚款人民币壹佰伍拾元整（150 元）" in words(life, "penalty_notice")


@on_sqlite
def test_who_waived_and_who_said_nothing_is_told_so(bureau):
    told = words(penalised(investigated(bureau)), "penalty_decision")
    assert "当事人书面放弃陈述、申辩。" in told
    assert "听证" not in told
    silent = notified(investigated(bureau, acted_from=dt.date(2026, 11, 1), acted_on=dt.date(2026, 11, 1)))
    bureau.later(days=10)
    assert "没有提出陈述、申辩意见" in words(decided(silent), "penalty_decision")


@on_sqlite
def test_nobody_is_punished_without_ground_article_education_and_remedies(bureau):
    life = investigated(bureau)
    spared = {"outcome": "no_penalty", "ground": "minor_corrected", "kinds": None, "fine_fen": None}
    life.do(A.CONCLUDE, **spared, factors=HARMLESS)
    decided(life, education="讲解了垃圾分类的规定，当事人表示今后按规定投放。")
    assert "裁量幅度" not in words(life, "decision_approval")
    told = words(life, "no_penalty_decision")
    assert "违法行为轻微并及时改正，没有造成危害后果，依据《中华人民共和国行政处罚法》第三十三条第一款" in told
    assert "已依法进行教育：讲解了垃圾分类的规定" in told
    assert "不予行政处罚" in told
    assert "申请行政复议" in told
    assert content(life, "no_penalty_decision").number.startswith("云综执不罚字")
    assert not {"penalty_decision", "payment_notice"} & {one.kind for one in life.detail().documents}


@on_sqlite
def test_what_is_not_proven_is_said_to_break_nothing(bureau):
    life = investigated(bureau)
    nothing = {"outcome": "not_proven", "kinds": None, "fine_fen": None}
    life.do(A.CONCLUDE, **nothing, facts_found="现场垃圾的来源无法查明。")
    decided(life)
    told = words(life, "no_penalty_decision")
    assert "鉴于违法事实不能成立，依据《中华人民共和国行政处罚法》第四十条、第五十七条第一款第三项" in told
    assert "违反了" not in told


@on_sqlite
def test_an_act_before_the_law_changed_is_told_which_law_applies_and_why(bureau):
    before = dt.date(2026, 8, 1)
    life = investigated(bureau, HOUSEHOLD_WASTE, acted_from=before, acted_on=before)
    life = penalised(life, factors=FACTORS | {"household_waste": True})
    told = words(life, "penalty_decision")
    assert "违反了《固体废物污染环境防治法》第一百一十一条第一款第一项的规定" in told
    assert "作出决定时的《生态环境法典》第一千一百六十九条第三款不比它轻，不适用" in told
    assert "（行政处罚法第三十七条、生态环境法典第一千零五十七条）" in told
    assert "依据《固体废物污染环境防治法》第一百一十一条第一款第一项的规定，本机关决定" in told


@on_sqlite
def test_an_entrusted_power_speaks_in_the_name_of_who_entrusted_it(bureau):
    life = investigated(bureau, GAS_PIPE)
    notified(life, fine_fen=600_000)
    paper = content(life, "penalty_notice")
    assert paper.organ == "云川县住房和城乡建设局"
    assert paper.number.startswith("云建罚告字")
    told = "\n".join(said(paper))
    assert "云溪镇人民政府受本机关委托" in told
    assert "云建委〔2026〕3号" in told


@on_sqlite
def test_who_agreed_to_electronic_service_may_also_contest_over_the_internet(bureau):
    life = investigated(bureau)
    life.do(A.CONFIRM_ADDRESS, electronic_consent=True, channel="13800000077")
    assert "通过互联网渠道提交行政复议申请" in words(penalised(life), "penalty_decision")


@on_sqlite
def test_goods_to_be_taken_are_listed_and_without_a_list_nothing_is_told(bureau):
    wish = {"kinds": ["fine", "confiscate_goods"], "fine_fen": 60_000}
    life = investigated(bureau, BARBECUE)
    with pytest.raises(Refused) as refusal:
        notified(life, **wish)
    assert refusal.value.problem.code == "document_incomplete"
    assert "拟没收的物品" in refusal.value.facts["missing"]
    life.do(A.SEND_BACK, ZHOU_ZHENG).do(A.ASK_HOLD).do(A.APPROVE_HOLD, ZHOU_ZHENG)
    notified(life, **wish)
    assert GOODS[0]["name"] in words(life, "penalty_notice")


@on_sqlite
def test_a_closing_down_without_its_length_is_not_proposed(bureau):
    life = bureau.open("HW006")
    life.do(A.NAME_PARTY, party=bureau.party(RESTAURANT, PartyKind.ORGANISATION))
    life.do(A.ADD_EVIDENCE).do(A.VERIFY_EVIDENCE).do(A.ASK_FILING).do(A.FILE, ZHOU_ZHENG).do(A.NO_CORRECTION)
    wish = {
        "kinds": ["fine", "stop_business"],
        "fine_fen": 20_000_000,
        "factors": FACTORS | {"serious_circumstances": True},
    }
    with pytest.raises(Refused) as refusal:
        life.do(A.CONCLUDE, **wish)
    assert refusal.value.problem.code == "document_incomplete"
    assert "处罚的期限和范围" in refusal.value.facts["missing"]
    life.do(A.CONCLUDE, **wish, words="责令停产停业十日")
    assert "责令停产停业十日。" in words(life, "investigation_report")


@on_sqlite
def test_a_hearing_behind_closed_doors_tells_why(bureau):
    life = notified(investigated(bureau, COOKING_FUMES), fine_fen=600_000).do(A.REQUEST_HEARING)
    life.do(A.CALL_HEARING, XU_FEI, open_hearing=False, words="涉及当事人的商业秘密")
    assert "不公开举行\n不公开的理由\n涉及当事人的商业秘密。" in words(life, "hearing_call")


@on_sqlite
def test_a_town_that_has_not_said_how_long_the_defence_has_cannot_give_notice(bureau):
    rows = [one for one in starter.demo_procedure_rows() if one["项目"] != "陈述申辩期限"]
    without, day = starter.as_sheets(rows, "程序规定.csv"), dt.date(2026, 11, 2)
    with bureau.database.write() as session:
        shown = local_rules.preview(session, without, day)
        edition = local_rules.import_edition(session, shown, "程序规定 2026 下半年", actor=ACTOR, now=bureau.now)
        editions.confirm(session, edition, XU_FEI.name, actor=ACTOR, now=bureau.now)
        local_rules.activate(session, edition, day, actor=ACTOR, now=bureau.now)
    with pytest.raises(Refused, match="陈述申辩期限") as refusal:
        notified(investigated(bureau))
    assert refusal.value.problem.code == "local_rule_missing"


@on_sqlite
def test_a_case_for_others_is_reported_as_one(bureau):
    life = investigated(bureau)
    life.do(A.CONCLUDE, outcome="transfer", kinds=None, fine_fen=None)
    told = words(life, "investigation_report")
    assert "本案应当移送有权处理的机关。" in told
    assert "违反了" not in told


@pytest.mark.parametrize("code", DECISION_FACTS)
def test_a_paper_without_its_facts_names_each_of_them_in_chinese(code):
    with pytest.raises(Missing) as refusal:
        fill(form(code), {"party": DECISION_FACTS[code]["party"]})
    assert {"date", form(code).author} <= set(refusal.value.names)
    assert not any(name.isascii() for name in refusal.value.names.values())
