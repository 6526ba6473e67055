"""Published decisions: results and bases as neighbours write them; what cannot be read is said, not guessed."""

import datetime as dt

import pytest

from enforcement.rules import published
from enforcement.rules.numbers import Number, NumberKind
from enforcement.rules.published import Citation, Result

ROW = {
    published.NUMBER: "云综执罚决字〔2026〕第001号",
    published.PARTY: "周*英",
    published.MATTER: "擅自占道经营",
    published.BASIS: "《某县市容条例》第十条第二款、第三项",
    published.RESULT: "警告，并处罚款二百元",
    published.ORGAN: "云溪镇人民政府",
    published.DAY: "2026-03-02",
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("罚款四百元", Result(fine_fen=40_000)),
        ("行政拘留十五日并处罚款一千元", Result(fine_fen=100_000, detention_days=15)),
        ("处行政拘留三日", Result(detention_days=3)),
        ("给予警告", Result(warning=True)),
        ("给予警告、罚款人民币壹仟贰佰伍拾元整的行政处罚", Result(warning=True, fine_fen=125_000)),
        ("处以1.5万元罚款", Result(fine_fen=1_500_000)),
        ("处2,000元的罚款", Result(fine_fen=200_000)),
        ("没收违法所得1,200.50元，并处罚款：5000元。", Result(fine_fen=500_000, confiscated_fen=120_050)),
        ("罚款二百元、罚款三百元，合并执行罚款五百元", Result(fine_fen=50_000)),
        ("决定不予行政处罚", Result(no_penalty=True)),
        (
            "行政拘留五日并处罚款二百元对其物品予以收缴",
            Result(fine_fen=20_000, detention_days=5, others=("对其物品予以收缴",)),
        ),
        ("责令停产停业；吊销许可证", Result(others=("责令停产停业", "吊销许可证"))),
    ],
)
def test_what_was_imposed_is_read(text, read):
    assert published.result(text) == read


@pytest.mark.parametrize(
    "text", ["罚款若干元", "罚款二万五元", "罚款二百元、罚款三百元", "行政拘留数日", "罚款", "罚款200-500元"]
)
def test_a_fine_that_cannot_be_read_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"处罚结果|not a"):
        published.result(text)


CODE = "中华人民共和国治安管理处罚法"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"《{CODE}》第七十条", [Citation(CODE, 70)]),
        (f"《{CODE}》第四十三条第一款，第十一条第一款", [Citation(CODE, 43, None, 1), Citation(CODE, 11, None, 1)]),
        (
            f"《{CODE}》第四十三条第二款第一项、第二款第（二）项、第三项",
            [Citation(CODE, 43, None, 2, 1), Citation(CODE, 43, None, 2, 2), Citation(CODE, 43, None, 2, 3)],
        ),
        (f"《{CODE}》第一百六十条之一第五项", [Citation(CODE, 160, 1, None, 5)]),
        ("《甲法》第10条、《乙条例》第2条第1款", [Citation("甲法", 10), Citation("乙条例", 2, None, 1)]),
    ],
)
def test_every_law_and_article_is_read(text, read):
    assert list(published.citations(text)) == read


@pytest.mark.parametrize(
    "text", ["", "治安管理处罚法第七十条", "《甲法》", "《甲法》第二款", "《甲法》第某条", "《甲法》第一条、第某款"]
)
def test_a_basis_that_names_no_article_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        published.citations(text)


def test_a_row_is_a_decision():
    (decision,) = published.read([ROW]).decisions
    assert decision.number == Number("云综执", NumberKind.DECISION, 2026, 1)
    assert decision.basis == (Citation("某县市容条例", 10, None, 2), Citation("某县市容条例", 10, None, 2, 3))
    assert (decision.day, decision.result.fine_fen) == (dt.date(2026, 3, 2), 20_000)


def test_what_cannot_be_read_is_left_out_and_said():
    rows = [
        ROW,
        ROW | {published.RESULT: "罚款若干元"},
        ROW | {published.ORGAN: ""},
        ROW | {published.DAY: "2026-02-30"},
    ]
    reading = published.read(rows)
    assert len(reading.decisions) == 1
    assert [(one.line, one.code, one.refuses) for one in reading.findings] == [
        (line, "unreadable", True) for line in (1, 2, 3)
    ]


def test_a_number_used_again_is_reported_in_whatever_writing():
    other = ROW | {published.NUMBER: "云综执罚决字[2026]1号", published.PARTY: "李*"}
    reading = published.read([ROW, other, ROW])
    assert [(one.line, one.code) for one in reading.findings] == [(1, "repeated_number"), (2, "repeated_row")]
    assert len(reading.decisions) == 3
