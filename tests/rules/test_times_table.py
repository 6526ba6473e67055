"""Which row of the table of handling times counts, and what may stand in it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import labels, starter
from dispatch.files import time_rows
from dispatch.files.time_rows import TimeRow
from dispatch.rules import handling_times, time_checks, times_table
from dispatch.rules.handling_times import Clock, Limits
from dispatch.rules.severity import Severity, after_correction, at_intake
from dispatch.rules.times_table import ANY, TimeLine
from town import sheets
from town.sheets import collect
from town.terms import Term, Unit

CODES = st.sampled_from((ANY, "0", "06", "060", "06010", "0601", "09", "09006", "99", "99101"))
LINES = st.lists(
    st.builds(
        TimeLine,
        event_code=CODES,
        severity=st.sampled_from((ANY, *Severity)),
        stage=st.just("handle"),
        amount=st.integers(1, 9),
        unit=st.just("working_days"),
    ),
    unique_by=lambda line: line.key,
    max_size=14,
)


def line(code: str = ANY, severity: str = ANY, stage: str = "handle", amount: int = 3, **more: Any) -> TimeLine:
    return TimeLine(code, severity, stage, amount, **{"unit": "working_days", **more})


@given(LINES, st.sampled_from(("06010", "06099", "09006", "99101", "other")), st.sampled_from(list(Severity)))
def test_the_closest_row_counts_and_it_does_not_matter_in_which_order_they_stand(lines, code, severity):
    picked = times_table.pick(lines, code, severity)
    assert picked == times_table.pick(reversed(lines), code, severity)
    by_hand = [
        one
        for front in (code, *(code[:length] for length in range(len(code) - 1, 0, -1)), ANY)
        for graded in (severity, ANY)
        for one in lines
        if (one.event_code, one.severity) == (front, graded)
    ]
    assert picked == (by_hand[0] if by_hand else None)


def test_the_kind_itself_comes_before_its_class_and_the_kind_before_the_severity():
    table = [line(amount=1), line(severity="urgent", amount=2), line("06", amount=3), line("06010", amount=4)]
    assert times_table.pick(table, "06010", "urgent") == table[3]
    assert times_table.pick(table, "06011", "urgent") == table[2]
    assert times_table.pick(table, "09006", "urgent") == table[1]
    assert times_table.pick(table, "09006", "major") == table[0]


def test_an_emergency_is_urgent_at_once_and_a_correction_never_makes_it_milder():
    assert (at_intake(True), at_intake(False)) == (Severity.URGENT, Severity.ORDINARY)
    assert after_correction(Severity.MAJOR, emergency=False) is Severity.MAJOR
    assert after_correction(Severity.MAJOR, emergency=True) is Severity.URGENT


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ([line(), line(amount=4)], "duplicate_row"),
        ([line(amount=999)], "too_long"),
        ([line(stage="accept", longest=2, times=1)], "not_extendable"),
        ([line(longest=2)], "half_an_extension"),
        ([line(longest=9, times=1)], "extension_is_longer"),
        ([line(severity="ordinary"), line(severity="urgent", amount=4)], "worse_is_slower"),
        ([line("07099")], "unknown_event"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_line_by_line(wrong, code):
    found = time_checks.inspect(wrong, {"06010", "09006"})
    assert [(one.line, one.code) for one in found] == [(len(wrong) - 1, code)]
    assert found[0].refuses == (code not in {"extension_is_longer", "worse_is_slower", "unknown_event"})


def test_people_write_a_table_in_their_own_words():
    rows = rows_of("全部,紧急,处置,8,紧急工作时,8,1,某地规定\n6010,,签收,30,分钟,,,\n06,一般,协办,2,工作日,,,\n")
    assert [row.line() for row in rows] == [
        TimeLine(ANY, "urgent", "handle", 8, "hours", 8, 1, "某地规定"),
        TimeLine("06010", ANY, "accept", 30, "minutes"),
        TimeLine("06", "ordinary", "joint_assist", 2, "working_days"),
    ]


def test_every_stage_and_unit_has_a_word_and_every_clock_of_a_table_is_a_stage():
    assert set(labels.STAGES) == set(times_table.STAGES)
    assert set(labels.UNITS.values()) == set(Unit)
    assert set(labels.SEVERITIES) == set(Severity)
    named = {row.named for row in (*handling_times.TABLE, handling_times.AT_ONCE)}
    assert named - {Clock.REVIEW} <= set(times_table.STAGES)


def test_the_starter_table_passes_its_own_checks_and_says_where_each_row_comes_from():
    (sheet,) = starter.times().sheets
    records, complaints = collect(sheet, TimeRow, time_rows.NAMES)
    lines = [record.value.line() for record in records]
    assert complaints == ()
    assert time_checks.inspect(lines) == ()
    assert all(one.source for one in lines)
    general = {one.stage: one for one in lines if (one.event_code, one.severity) == (ANY, ANY)}
    assert set(general) == set(times_table.STAGES)
    for default in times_table.DEFAULTS:
        assert (general[default.stage].term, general[default.stage].limits) == (default.term, default.limits)


def test_the_published_examples_stand_in_the_starter_table():
    lines = [TimeRow.model_validate(_cells(row)).line() for row in starter.rows()]
    handle = [one for one in lines if one.stage == "handle"]
    assert term(handle, "06010") == Term(4, Unit.WORKING_HOURS)
    assert term(handle, "06011") == Term(2, Unit.WORKING_DAYS)
    assert term(handle, "09009") == Term(3, Unit.HOURS)
    assert term(handle, "99101", "urgent") == Term(8, Unit.HOURS)
    assert term(handle, "09006") == Term(3, Unit.WORKING_DAYS)
    picked = times_table.pick(handle, "06010", "ordinary")
    assert picked is not None
    assert picked.limits == Limits(4, 1)


def _cells(row: dict[str, str]) -> dict[str, str]:
    return {time_rows.NAMES[name]: cell for name, cell in row.items() if cell}


def term(lines, code, severity="ordinary"):
    picked = times_table.pick(lines, code, severity)
    return picked.term if picked else None


def rows_of(text: str) -> list[TimeRow]:
    head = ",".join(time_rows.NAMES)
    (sheet,) = sheets.read(f"{head}\n{text}".encode(), "时限.csv").sheets
    records, complaints = collect(sheet, TimeRow, time_rows.NAMES)
    assert complaints == ()
    return [record.value for record in records]
