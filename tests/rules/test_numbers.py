"""Document numbers: written in one way, read in any; a series tells what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules import numbers
from enforcement.rules.numbers import Given, Number, NumberKind, NumberState

DECISION = "云综执罚决字〔2026〕第001号"


def test_a_number_is_written_as_the_town_writes_it():
    assert numbers.text("云综执", NumberKind.DECISION, 2026, 1) == DECISION
    assert "\u3014" in DECISION
    assert "\u3015" in DECISION


def test_the_thousandth_number_has_four_digits():
    assert numbers.text("云综执", "立", 2026, 1000) == "云综执立字〔2026〕第1000号"


@pytest.mark.parametrize(
    "parts", [("", "立", 2026, 1), ("云综执", "立", 26, 1), ("云综执", "立", 2026, 0), ("云综执", "随便", 2026, 1)]
)
def test_nonsense_is_not_written(parts):
    with pytest.raises(ValueError, match=r"."):
        numbers.text(*parts)


@pytest.mark.parametrize(
    "written",
    [
        DECISION,
        "云综执罚决字[2026]第001号",
        "云综执罚决字［2026］第1号",
        "云综执罚决字（2026）00001号",
        "云综执罚决字(2026)001号",
        "云综执罚决字【2026】第001号",
        "云综执罚决〔2026〕1号",
        "云综执罚决字﹝２０２６﹞第００１号",
        " 云综执 罚决字〔2026年〕 第 001 号 ",
    ],
)
def test_a_number_is_read_however_others_write_it(written):
    assert numbers.parse(written) == Number("云综执", NumberKind.DECISION, 2026, 1)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("沪公轨交(迪)行罚决字〔2024〕00235号", Number("沪公轨交(迪)行", NumberKind.DECISION, 2024, 235)),
        ("沪公(治)行罚决字〔2024〕12号", Number("沪公(治)行", NumberKind.DECISION, 2024, 12)),
        ("苏锡新市监处罚〔2023〕00123号", Number("苏锡新市监处罚", None, 2023, 123)),
        ("张综执听告字〔2024〕第3号", Number("张综执", NumberKind.HEARING_NOTICE, 2024, 3)),
        ("张综执撤案字〔2024〕第3号", Number("张综执", NumberKind.WITHDRAWAL, 2024, 3)),
    ],
)
def test_the_mark_is_the_longest_that_fits_and_may_be_nobodys(written, parts):
    assert numbers.parse(written) == parts


@pytest.mark.parametrize(
    "written",
    [
        "",
        "罚决",
        "云综执罚决字〔26〕第001号",
        "云综执罚决字〔2026〕第号",
        "〔2026〕第1号",
        "云综执罚决字2026第1号",
        "（2024）沪0101行初12号",
    ],
)
def test_what_is_no_document_number_is_refused(written):
    with pytest.raises(ValueError, match="no document number"):
        numbers.parse(written)


@given(
    st.sampled_from(["云综执", "云川(城)综执", "沪公"]),
    st.sampled_from(NumberKind),
    st.integers(1949, 2099),
    st.integers(1, 10**6),
)
def test_what_is_written_is_read_back(prefix, kind, year, sequence):
    assert numbers.parse(numbers.text(prefix, kind, year, sequence)) == Number(prefix, kind, year, sequence)


def test_every_kind_and_state_has_a_name_and_no_two_share_one():
    assert set(numbers.KIND_NAMES) == set(NumberKind)
    assert len(set(numbers.KIND_NAMES.values())) == len(NumberKind)
    assert set(numbers.STATE_NAMES) == set(NumberState)


def given_(sequence, state=NumberState.OUTSTANDING, documented=False, explained=False):
    return Given(f"第{sequence}号", sequence, state, documented, explained)


def test_a_whole_series_has_no_fault():
    whole = [
        given_(1, "issued", documented=True),
        given_(2, "void", explained=True),
        given_(3),
        given_(4, "void", True, True),
    ]
    assert list(numbers.faults(4, whole)) == []


@pytest.mark.parametrize(
    ("series", "found"),
    [
        ([given_(1), given_(3)], [(2, "missing")]),
        ([given_(1), given_(2)], [(3, "missing")]),
        ([given_(1), given_(2), given_(2), given_(3)], [(2, "twice")]),
        ([given_(1), given_(2), given_(3), given_(4)], [(4, "beyond")]),
        ([given_(1), given_(2, "issued"), given_(3, "void")], [(2, "unaccounted"), (3, "unaccounted")]),
        ([given_(1), given_(2, documented=True), given_(3, "lost")], [(2, "unaccounted"), (3, "unaccounted")]),
    ],
)
def test_every_fault_of_a_series_is_named(series, found):
    assert [(fault.sequence, fault.code) for fault in numbers.faults(3, series)] == found
