"""Two hundred published decisions: numbers, sums in Chinese numerals, laws and articles, detention beside a fine."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from enforcement.rules import money, numerals, published
from enforcement.rules.numbers import NumberKind
from enforcement.rules.published import Reading

DECISIONS, PREFIXES = 200, 33
FINED, DETAINED, BOTH, WARNED = 129, 141, 77, 7
LOWEST_FEN, HIGHEST_FEN, TOGETHER_FEN = 20_000, 100_000, 5_600_000
CITED, SEVERAL_ARTICLES, SEVERAL_LAWS = 264, 58, 4


@pytest.fixture(scope="module")
def rows(data_sets: Path) -> list[dict[str, str]]:
    with (data_sets / "cn_penalties/decisions_200.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reading(rows: Sequence[dict[str, str]]) -> Reading:
    return published.read(rows)


def test_every_decision_is_read_and_no_number_is_used_twice(reading, record_property):
    record_property("decisions read", len(reading.decisions))
    record_property("repeated numbers", len(reading.findings))
    assert len(reading.decisions) == DECISIONS
    assert reading.findings == ()


def test_every_number_has_its_parts(reading):
    said = [decision.number for decision in reading.decisions]
    assert {number.kind for number in said} == {NumberKind.DECISION}
    assert {number.year for number in said} == {2024}
    assert len({number.prefix for number in said}) == PREFIXES


def test_fines_warnings_and_detentions_are_told_apart(reading, record_property):
    results = [decision.result for decision in reading.decisions]
    fines = [result.fine_fen for result in results if result.fine_fen]
    record_property("fines", len(fines))
    record_property("fines from, to, in all", " ".join(map(money.yuan, (min(fines), max(fines), sum(fines)))))
    assert (len(fines), min(fines), max(fines), sum(fines)) == (FINED, LOWEST_FEN, HIGHEST_FEN, TOGETHER_FEN)
    detained = [result for result in results if result.detention_days]
    assert (len(detained), sum(bool(result.fine_fen) for result in detained)) == (DETAINED, BOTH)
    assert {result.detention_days for result in detained} == {3, 5, 7, 10, 12, 13, 14, 15}
    assert sum(result.warning for result in results) == WARNED
    assert [result.others for result in results if result.others] == [("对其物品予以收缴",)]


def test_a_decision_read_says_again_what_its_publisher_wrote(rows, reading):
    for row, decision in zip(rows, reading.decisions, strict=True):
        result = decision.result
        parts = ["警告"] if result.warning else []
        parts += [f"行政拘留{numerals.words(result.detention_days)}日"] if result.detention_days else []
        parts += [f"罚款{numerals.words(result.fine_fen // 100)}元"] if result.fine_fen else []
        assert "并处".join(parts) + "".join(result.others) == row[published.RESULT].removeprefix("给予").removeprefix(
            "处"
        )


def test_every_law_and_article_of_a_basis_is_named(rows, reading, record_property):
    cited = [decision.basis for decision in reading.decisions]
    record_property("articles cited", sum(map(len, cited)))
    assert sum(map(len, cited)) == CITED
    assert sum(len(basis) > 1 for basis in cited) == SEVERAL_ARTICLES
    assert sum(len({one.law for one in basis}) > 1 for basis in cited) == SEVERAL_LAWS
    assert [len(basis) for basis in cited] == [len(re.split("[、，]", row[published.BASIS])) for row in rows]
    most = Counter((one.law, one.article) for basis in cited for one in basis).most_common(1)
    assert most[0][0] == ("中华人民共和国治安管理处罚法", 43)


def test_a_number_used_again_in_another_writing_is_reported(rows):
    again = dict(rows[3]) | {published.PARTY: "某*"}
    again[published.NUMBER] = again[published.NUMBER].replace("〔", "[").replace("〕00", "]")
    assert again[published.NUMBER] != rows[3][published.NUMBER]
    (finding,) = published.read([*rows, again]).findings
    assert (finding.line, finding.code, finding.refuses) == (DECISIONS, "repeated_number", False)
    assert "第 4 行" in finding.sentence
