"""Documents: filled from the facts of the case and nothing else; what is missing is named, and nothing is printed."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.documents import Content, Missing, asked, codes, fill, form
from enforcement.documents.content import Cell, Seal, Signatures, Table, Text
from enforcement.documents.grammar import Form
from tests.papers import COMMON, DAY, DECIDED, FACTS, FILED, HELD, INSPECTED, LONG_NAME, OFFICERS, PERSON
from tests.papers_decision import DECISION_FACTS
from tests.papers_inquiry import INQUIRED
from tests.papers_later import LATER

EVERY = {**FACTS, **DECISION_FACTS, **INQUIRED, **LATER}
ABOUT = {"code": "try", "title": "试用书", "edition": "2026-11", "layout": "letter"}
LABELS = {"organ": "行政机关名称", "date": "文书日期", "fine": "罚款金额", "things": "物品", "things.name": "名称"}


def written(*blocks, **more):
    return Form.model_validate({**ABOUT, "labels": LABELS, "blocks": blocks, **more})


def filled(*blocks, more=None, **slots):
    return fill(written(*blocks, **(more or {})), {"organ": "云溪镇人民政府", "date": DAY, **slots})


def texts(content):
    return [block.text for block in content.blocks if isinstance(block, Text)]


@pytest.mark.parametrize("code", codes())
def test_every_slot_of_every_form_has_a_chinese_name(code):
    asking = form(code)
    unnamed = {name for name in asked(asking) if name not in asking.labels and f"*.{_field(name)}" not in asking.labels}
    assert unnamed == set()


@pytest.mark.parametrize("code", codes())
def test_every_form_says_of_which_month_it_is_and_lies_under_its_own_code(code):
    assert form(code).code == code
    assert dt.date.fromisoformat(f"{form(code).edition}-01")


def test_every_form_has_facts_to_be_tried_with():
    assert set(EVERY) == set(codes())


def test_a_decision_without_facts_names_everything_it_still_needs():
    with pytest.raises(Missing) as refusal:
        fill(form("penalty_decision"), {"date": DAY, "party": PERSON})
    assert {"organ", "number", "facts_found", "evidence", "remedy", "penalties"} <= set(refusal.value.names)
    assert "认定的违法事实" in str(refusal.value)
    assert "文号" in str(refusal.value)


def test_a_row_that_lacks_a_field_is_named_with_its_number():
    with pytest.raises(Missing, match="物品第2项的数量"):
        fill(form("hold_notice"), HELD | {"items": [HELD["items"][0], {"name": "冷藏柜", "state": "完好"}]})


@pytest.mark.parametrize("empty", [None, "", [], (), False, "  ", "\u200b"])
def test_an_empty_slot_is_a_missing_one(empty):
    with pytest.raises(Missing, match="罚款金额"):
        filled({"text": "罚款{fine}。"}, fine=empty)


def test_a_document_without_a_day_is_none():
    with pytest.raises(Missing, match="文书日期"):
        fill(written({"text": "一"}), {"organ": "云溪镇人民政府", "date": "昨天"})


def test_days_moments_and_lists_are_printed_as_people_write_them():
    moment = dt.datetime(2026, 11, 2, 9, 5)  # noqa: DTZ001  a local moment, as documents print it
    content = filled({"text": "{day}；{moment}；{names}"}, day=DAY, moment=moment, names=["苏敏", "林晓峰"])
    assert texts(content) == ["2026年11月22日；2026年11月2日9时05分；苏敏、林晓峰"]


def test_a_block_is_shown_when_its_slot_says_something():
    blocks = [
        {"text": "有", "when": "hearing"},
        {"text": "无", "unless": "hearing"},
        {"text": "快", "when": "lane=fast"},
    ]
    assert texts(filled(*blocks, hearing="已听证")) == ["有"]
    assert texts(filled(*blocks, hearing=False, lane="fast")) == ["无", "快"]


def test_a_paragraph_is_repeated_over_a_list_and_numbered():
    things = [{"name": "货架"}, {"name": "冷藏柜"}]
    assert texts(filled({"each": "things", "text": "{#一}、{.name}"}, things=things)) == ["一、货架", "二、冷藏柜"]


def test_an_optional_slot_leaves_room_or_its_other_word():
    assert texts(filled({"text": "电话{phone?/}，传真{fax?}。"})) == ["电话/，传真。"]


def test_phrases_stand_inside_a_sentence():
    phrases = {
        "who": {"each": "officers", "text": "{.name}（{.certificate}）"},
        "how": {"of": "method", "boxes": {"direct": "直接", "posted": "邮寄"}},
        "late": {"when": "late", "text": "逾期", "otherwise": "按期"},
    }
    content = filled({"text": "{who}{how}{late}"}, more={"phrases": phrases}, officers=OFFICERS, method="posted")
    assert texts(content) == ["苏敏（10050724001）、林晓峰（10050724002）□直接　■邮寄按期"]


def test_what_nobody_can_see_is_not_printed():
    assert texts(filled({"text": "{fine}"}, fine="一\u200b百\ufeff\t元\r\n整")) == ["一百 元", "整"]


def test_braces_in_a_fact_stay_what_they_are():
    assert texts(filled({"text": "{fine}"}, fine="{organ}{date}{#}")) == ["{organ}{date}{#}"]


def test_labels_and_values_take_turns_and_the_last_cell_stretches():
    table = {"widths": [2, 3, 2, 3], "table": [["案由", "{fine}"], ["姓名", "甲", "性别", "乙"]]}
    rows = only(filled(table, fine="占道"), Table).rows
    assert rows[0] == (Cell(text="案由", label=True), Cell(text="占道", columns=3))
    assert [cell.label for cell in rows[1]] == [True, False, True, False]


def test_one_label_stands_before_all_rows_of_a_group():
    group = {"group": "当事人", "rows": [["姓名", "甲"], {"cells": ["电话", "{fine}"], "when": "fine"}, ["住址", "乙"]]}
    rows = only(filled({"widths": [1, 2, 3], "table": [group]}), Table).rows
    assert rows[0][0] == Cell(text="当事人", label=True, rows=2)
    assert [len(row) for row in rows] == [3, 2]


def test_two_handlers_with_one_opinion_sign_under_it_once_each():
    rows = only(fill(form("filing_approval"), FILED), Table).rows
    opinion = next(row[1] for row in rows if row[0].text.startswith("承办人"))
    assert opinion.text == "建议立案调查。"
    assert [line[:5] for line in opinion.signed] == ["签名：苏敏", "签名：林晓"]
    assert all("2026年11月22日" in line for line in opinion.signed)


def test_an_opinion_by_hand_leaves_its_box_empty():
    blank = {"widths": [1, 4], "table": [{"opinion": "意见", "of": "opinion", "blank": True}]}
    cell = only(filled(blank), Table).rows[0][1]
    assert (cell.text, len(cell.signed)) == ("", 1)
    with pytest.raises(Missing):
        filled({"widths": [1, 4], "table": [{"opinion": "意见", "of": "opinion"}]})


def test_a_list_of_things_is_closed_and_its_head_comes_again():
    table = only(fill(form("hold_notice"), HELD), Table)
    assert (table.head, len(table.rows)) == (1, 42)
    assert table.rows[-1][0].text == "（以下空白）"


def test_who_refuses_to_sign_is_recorded_and_a_witness_signs_in_his_place():
    refused = {"signature_code": "refused", "words": "阅后不签。", "witness": "周阿姨"}
    content = fill(form("inspection_record"), INSPECTED | refused)
    signers = [line for block in content.blocks if isinstance(block, Signatures) for line in block.lines]
    assert not any("被检查人" in line.who for line in signers)
    assert any("拒绝签名。阅后不签。" in text for text in texts(content))
    assert [line.printed for line in signers if "见证人" in line.who] == ["周阿姨"]


def test_what_was_not_done_is_not_claimed():
    told = "\n".join(texts(fill(form("inspection_record"), INSPECTED | {"certificate_shown": False})))
    assert "出示" not in told


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_at_least_two_lines_stay_with_the_seal(lengths):
    content = filled(*({"text": "字" * length} for length in lengths), {"seal": "{organ}"})
    kept = [len(block.text) for block in content.blocks if isinstance(block, Text) and block.keep]
    assert isinstance(content.blocks[-1], Seal)
    assert sum(kept) >= min(60, sum(lengths))
    assert sum(kept[1:]) < 60


def test_the_organ_of_the_power_is_the_author_or_the_office_of_an_inner_form():
    assert fill(form("hold_notice"), HELD).organ == COMMON["organ"]
    assert fill(form("filing_approval"), FILED).organ == COMMON["office"]


@pytest.mark.parametrize(("code", "facts"), EVERY.items())
def test_content_survives_as_json_with_the_same_hash(code, facts):
    content = fill(form(code), facts)
    again = Content.from_data(json.loads(json.dumps(content.as_data())))
    assert again == content
    assert again.sha256 == content.sha256


def test_the_hash_changes_with_every_word():
    content = fill(form("hold_notice"), HELD)
    other = fill(form("hold_notice"), HELD | {"custodian": "别处"})
    assert content.sha256 != other.sha256


def test_a_form_written_wrongly_is_refused_when_it_is_read():
    with pytest.raises(ValueError, match="txt"):
        written({"txt": "一"})
    with pytest.raises(KeyError):
        form("../shared")


def test_a_party_is_shown_with_what_tells_it_from_its_namesakes():
    company = "\n".join(texts(fill(form("penalty_decision"), DECIDED)))
    person = "\n".join(texts(fill(form("penalty_decision"), DECIDED | {"party": PERSON})))
    assert LONG_NAME in company
    assert "法定代表人" in company
    assert "法定代表人" not in person
    assert "11010519491231002X" in person


def only(content, kind):
    (block,) = [block for block in content.blocks if isinstance(block, kind)]
    return block


def _field(name):
    return name.rpartition(".")[2]
