"""Checks of a whole list before it is kept: what may not be imported, and what somebody should look at."""

import datetime as dt
from dataclasses import replace

import pytest

from enforcement.rules import checks, event_checks, repealed
from enforcement.rules.checks import Known, Line
from enforcement.rules.events import EventLine, Nature

TODAY = dt.date(2026, 11, 23)
GOOD = Line(
    code="SR006",
    name="擅自占用人行道设摊经营",
    basis="《某省市容和环境卫生管理条例》第16条",
    penalty="责令改正；拒不改正可处50元以下罚款",
    mode="delegated",
    effective_from=dt.date(2026, 1, 10),
    events=("09006",),
    fine_min=0,
    fine_max=50,
    document="云政发〔2025〕118号",
    list_entry="第 6 项",
    grantor="urban",
    published_on=dt.date(2026, 1, 5),
    verified=True,
)
LETTER = replace(
    GOOD, mode="entrusted", document="云建委〔2026〕3号", list_entry=None, effective_to=dt.date(2026, 12, 31)
)
KNOWN = Known(TODAY, events={"09006", "06001"}, partners={"urban", "eco"})


def found(*lines, known=KNOWN):
    return [(one.line, one.field, one.code, one.refuses) for one in checks.inspect(lines, known)]


@pytest.mark.parametrize("line", [GOOD, LETTER])
def test_a_line_with_everything_it_needs_passes(line):
    assert found(line) == []


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (replace(GOOD, events=("09006", "88888")), "events", "unknown_event"),
        (replace(GOOD, document=None), "document", "delegated_without_decision"),
        (replace(GOOD, list_entry=None), "list_entry", "delegated_without_list_entry"),
        (replace(LETTER, document=None), "document", "entrusted_without_letter"),
        (replace(LETTER, effective_to=None), "effective_to", "entrusted_without_term"),
        (replace(LETTER, effective_to=dt.date(2026, 6, 30)), "effective_to", "entrustment_expired"),
        (replace(LETTER, published_on=None), "published_on", "entrusted_unpublished"),
        (replace(GOOD, fine_min=51), "fine_min", "fine_range"),
        (replace(GOOD, effective_to=dt.date(2026, 1, 9)), "effective_to", "ends_before_start"),
        (replace(GOOD, basis="《大气污染防治法》第118条"), "basis", "repealed_basis"),
        (replace(GOOD, penalty="罚款，情节严重的行政拘留"), "penalty", "police_only"),
        (replace(GOOD, superseded_by="SR006"), "superseded_by", "superseded_by_itself"),
        (replace(GOOD, superseded_by="SR999"), "superseded_by", "superseded_by_nothing"),
    ],
)
def test_each_of_these_faults_forbids_the_import(line, field, code):
    assert found(line) == [(0, field, code, True)]


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (replace(GOOD, events=()), "events", "no_event"),
        (replace(GOOD, document=None, list_entry=None), "document", "not_conferred"),
        (replace(GOOD, published_on=None), "published_on", "unpublished"),
        (replace(GOOD, published_on=dt.date(2026, 2, 1)), "published_on", "published_late"),
        (replace(GOOD, grantor=None), "grantor", "no_grantor"),
        (replace(GOOD, grantor="nobody"), "grantor", "unknown_partner"),
        (replace(GOOD, penalty="吊销许可证"), "penalty", "licence"),
        (replace(GOOD, verified=False), "verified", "unverified"),
        (replace(GOOD, basis="原《大气污染防治法》第118条；《生态环境法典》第1132条"), "basis", "repealed_basis"),
    ],
)
def test_each_of_these_doubts_is_told_and_lets_the_list_in(line, field, code):
    assert found(line) == [(0, field, code, False)]


def test_every_line_but_the_first_with_a_code_is_told():
    assert found(GOOD, GOOD, GOOD) == [(1, "code", "duplicate_code", True), (2, "code", "duplicate_code", True)]


def test_without_any_list_of_events_or_partners_nothing_is_called_unknown():
    assert found(GOOD, known=Known(TODAY)) == []


def test_a_power_that_ended_before_the_code_may_cite_the_law_of_its_time():
    assert found(replace(GOOD, basis="《噪声污染防治法》第82条", effective_to=dt.date(2026, 8, 14))) == []


@pytest.mark.parametrize("law", repealed.LAWS)
def test_each_of_the_ten_repealed_laws_is_recognised(law):
    for basis in (f"《{law}》第9条", f"《中华人民共和国{law}》（2018修正）第9条", f"{law}第9条"):
        assert repealed.cited(basis) == law


@pytest.mark.parametrize(
    "basis",
    ["《环境保护税法》第5条", "《江苏省大气污染防治条例》第40条", "《水污染防治法实施细则》第8条", "《水法》第66条"],
)
def test_laws_that_only_sound_alike_are_left_alone(basis):
    assert repealed.cited(basis) is None


def test_the_complaint_names_the_article_that_took_the_place():
    [finding] = checks.inspect([replace(GOOD, basis="《大气污染防治法》（2018修正）第118条第1款")], KNOWN)
    assert "《生态环境法典》第1132条" in finding.sentence


STALL = EventLine("09006", "占道经营", "街面秩序类", Nature.ENFORCEMENT, "市容环卫", holder="urban", offered="占道经营")


@pytest.mark.parametrize(
    ("line", "code", "refuses"),
    [
        (replace(STALL, emergency=True, small=True), "emergency_is_not_small", True),
        (replace(STALL, holder=None), "no_holder", False),
        (replace(STALL, nature=Nature.FACILITY), "no_unit", False),
        (replace(STALL, holder="nobody"), "unknown_partner", False),
        (replace(STALL, nature=Nature.SERVICE, unit="urban", small=True), "small_facility", False),
    ],
)
def test_kinds_of_matter_are_checked_too(line, code, refuses):
    assert [(one.code, one.refuses) for one in event_checks.inspect([line], {"urban"})] == [(code, refuses)]


def test_two_kinds_of_matter_are_not_offered_under_the_same_words():
    other = replace(STALL, code="09005")
    assert [(one.line, one.code) for one in event_checks.inspect([STALL, other], {"urban"})] == [(1, "offered_twice")]
