"""The forms up to the end of the investigation: filled from facts, signed by the right ones, naming what is missing."""

import datetime as dt

import pytest

from enforcement.documents import Missing, asked, fill, form
from enforcement.documents.content import Dialogue, Seal, Signatures, Table
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.numbers import KIND_NAMES, NumberKind
from tests.papers import FACTS, LONG_NAME, PERSON
from tests.papers_inquiry import INQUIRED

ALL = {code: FACTS[code] for code in ("filing_approval", "hold_notice", "inspection_record")} | INQUIRED
OF_THE_ORGAN = {
    "sampling_notice",
    "hold_notice",
    "hold_settlement",
    "goods_return",
    "seizure_decision",
    "seizure_extension",
    "lift_notice",
    "correction_order",
    "assistance_letter",
    "on_spot_decision",
}
NUMBERED = {
    "filing_approval": NumberKind.FILING,
    "sampling_notice": NumberKind.SAMPLE,
    "hold_notice": NumberKind.HOLD,
    "hold_settlement": NumberKind.HOLD_HANDLING,
    "seizure_decision": NumberKind.SEIZURE,
    "seizure_extension": NumberKind.SEIZURE_EXTENDED,
    "lift_notice": NumberKind.SEIZURE_LIFTED,
    "correction_order": NumberKind.CORRECTION,
    "delay_approval": NumberKind.EXTENSION,
    "assistance_letter": NumberKind.ASSISTANCE,
    "on_spot_decision": NumberKind.ON_SPOT_DECISION,
}
CONTESTABLE = {"seizure_decision", "seizure_extension", "correction_order"}
ARTICLES = {
    "on_spot_decision": ("第五十一条", "第七十二条第一款第一项"),
    "hold_notice": ("行政处罚法》第五十六条",),
    "hold_settlement": ("行政处罚法》第五十六条",),
    "sampling_notice": ("行政处罚法》第五十六条",),
    "correction_order": ("行政处罚法》第二十八条第一款",),
    "assistance_letter": ("行政处罚法》第二十六条",),
    "seizure_decision": ("行政强制法》第十八条", "第二十五条"),
    "seizure_extension": ("行政强制法》第二十五条第一款、第二款",),
    "lift_notice": ("行政强制法》第二十八条第一款第三项、第二款",),
}


def filled(code, **changes):
    return fill(form(code), ALL[code] | changes)


def said(code, **changes):
    return "".join(sorted_texts(filled(code, **changes)))


def sorted_texts(content):
    for block in content.blocks:
        yield getattr(block, "text", "")
        if isinstance(block, Table):
            yield from (cell.text + "".join(cell.signed) for row in block.rows for cell in row)


def signers(content):
    return [line.who for block in content.blocks if isinstance(block, Signatures) for line in block.lines]


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_form_is_filled_from_the_facts(code):
    content = filled(code)
    assert content.title == form(code).title
    assert content.edition == "2026-11"


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_form_names_in_chinese_what_the_case_does_not_say(code):
    with pytest.raises(Missing) as refusal:
        fill(form(code), {"date": ALL[code]["date"]})
    assert refusal.value.names
    assert all(any("\u4e00" <= one <= "\u9fff" for one in label) for label in refusal.value.names.values())


@pytest.mark.parametrize("code", sorted(ALL))
def test_a_form_that_bears_a_number_has_its_own_kind(code):
    kind = form(code).number_kind
    assert kind == NUMBERED.get(code)
    assert kind is None or NumberKind(kind) in KIND_NAMES


@pytest.mark.parametrize("code", sorted(ALL))
def test_what_goes_out_speaks_for_the_organ_and_is_sealed(code):
    content = filled(code)
    assert form(code).author == ("organ" if code in OF_THE_ORGAN else "office")
    assert any(isinstance(block, Seal) for block in content.blocks) == (code in OF_THE_ORGAN)


@pytest.mark.parametrize("code", sorted(CONTESTABLE))
def test_what_can_be_contested_says_how(code):
    assert "行政复议" in said(code)
    assert "行政诉讼" in said(code)
    assert "remedy_measure" in asked(form(code))


@pytest.mark.parametrize("code", sorted(ARTICLES))
def test_every_decision_and_notice_names_its_article(code):
    assert all(article in said(code) for article in ARTICLES[code])


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_form_is_printed_by_some_act(code):
    assert any(code in deed.papers for deed in DEEDS.values())


def test_whoever_reported_is_named_nowhere_in_the_register():
    assert not {name for name in asked(form("report_register")) if "reporter" in name}
    assert "身份信息已密封" in said("report_register")
    assert "身份信息已密封" not in said("report_register", reported=False)


def test_a_case_whose_party_is_not_known_yet_can_be_filed():
    assert "尚未查明" in said("filing_approval", party=None)
    assert LONG_NAME in said("filing_approval")


def test_a_party_without_a_paper_is_still_a_party():
    nobody = PERSON | {"number_kind": "未出示证件", "number": None}
    assert "未出示证件" in said("filing_approval", party=nobody)


def test_the_penalty_on_the_spot_says_all_that_article_52_asks_for():
    text = said("on_spot_decision")
    for part in ("违法事实", "150 元", "地点：", "作出决定的时间", "应当先", "行政复议", "百分之三", "执法证号"):
        assert part in text
    assert "当事人签收（签名或盖章）" in signers(filled("on_spot_decision"))


def test_who_refuses_a_penalty_on_the_spot_is_noted_and_does_not_sign():
    refused = filled(
        "on_spot_decision", signature_code="refused", handed_over="本决定书已当场宣告并交付，当事人拒绝签收，特此注明。"
    )
    assert not any("当事人" in who for who in signers(refused))
    assert any("拒绝签收" in text for text in sorted_texts(refused))


def test_a_penalty_that_was_not_handed_over_on_the_spot_is_none():
    with pytest.raises(Missing, match="当场交付的情况"):
        filled("on_spot_decision", handed_over=None)


def test_cash_on_the_spot_promises_the_receipt_of_the_treasury_and_no_surcharge():
    text = said("on_spot_decision", pay_manner_code="cash", cash_ground="一百元以下罚款（第六十八条第一项）")
    assert "专用票据" in text
    assert "百分之三" not in text


def test_questions_and_answers_stand_word_by_word():
    (dialogue,) = (block for block in filled("questioning_record").blocks if isinstance(block, Dialogue))
    assert len(dialogue.pairs) == len(INQUIRED["questioning_record"]["answers"])


def test_who_will_not_sign_a_record_is_replaced_by_a_witness():
    content = filled("questioning_record", signature_code="refused", words="阅后不签。")
    assert any("见证人" in who for who in signers(content))
    assert any("拒绝签名。阅后不签。" in text for text in sorted_texts(content))


def test_rights_are_told_in_the_record_only_where_they_were_told():
    assert "申请回避" in said("questioning_record")
    assert "申请回避" not in said("questioning_record", rights_told=False)


def test_goods_that_were_never_held_go_back_without_a_notice_number():
    assert "未经批准保存" in said("goods_return", held_number=None, held_on=None)
    assert "自行解除" in said("goods_return")


def test_an_order_to_correct_names_the_last_day_and_what_comes_after_it():
    text = said("correction_order", until=dt.date(2026, 11, 25))
    assert "2026年11月25日以前（含当日）" in text
    assert "复查" in text


def test_who_did_not_sign_has_waived_nothing():
    with pytest.raises(Missing, match="声明人的签名"):
        filled("waiver", declarants=[])


def test_a_waiver_of_the_defence_speaks_of_another_notice_than_one_of_the_hearing():
    assert "《行政处罚听证告知书》" in said("waiver")
    assert "《行政处罚事先告知书》" in said("waiver", hearing=False, waived="陈述、申辩")


def test_the_wish_for_electronic_service_is_a_ticked_box():
    assert "■同意　□不同意" in said("address_confirmation")
    assert "□同意　■不同意" in said("address_confirmation", consent="no", channel=None)
