"""How a roster writes its times, and what a line of it means in the town's zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from town.people_file.comparing import compare
from town.people_file.pattern import PatternRow
from town.people_file.rows import LeaveRow, ShiftRow
from town.staff import ShiftEntry

SHANGHAI = ZoneInfo("Asia/Shanghai")


def typed(row, **cells):
    """A line as it stands in a table: text in every cell."""
    return row(**cells)


def shift(starts_at, ends_at):
    entry = typed(ShiftRow, squad="CZ", login="sumin", starts_at=starts_at, ends_at=ends_at).entry(SHANGHAI)
    return tuple(f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" for at in (entry.starts_at, entry.ends_at))


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "meant"),
    [
        ("2026-11-23 08:00", "2026-11-23 20:00", ("11-23 08:00", "11-23 20:00")),
        ("2026/11/23 8:00", "20:00:00", ("11-23 08:00", "11-23 20:00")),
        ("2026年11月23日 20：00", "08:00", ("11-23 20:00", "11-24 08:00")),
        ("2026-11-23T08:00", "08:00", ("11-23 08:00", "11-24 08:00")),
        ("2026-11-23 16:00", "24:00", ("11-23 16:00", "11-24 00:00")),
        ("2026-11-23", "2026-11-24", ("11-23 00:00", "11-24 00:00")),
        ("2026-12-31 20:00", "08:00", ("12-31 20:00", "01-01 08:00")),
    ],
)
def test_a_shift_is_meant_as_people_write_it(starts_at, ends_at, meant):
    assert shift(starts_at, ends_at) == meant


def test_leave_that_ends_on_a_day_ends_with_it():
    leave = typed(LeaveRow, login="sumin", starts_at="2026-11-24", ends_at="2026-11-25", ground="事假").entry(SHANGHAI)
    assert leave.ends_at - leave.starts_at == dt.timedelta(days=2)


@pytest.mark.parametrize(
    "wrong", ["", "昨天", "2026-02-30 08:00", "2026-11-23 25:00", "2026-11-23 24:01", "8点", "08:60"]
)
def test_a_time_that_is_none_is_refused(wrong):
    with pytest.raises(ValidationError):
        typed(ShiftRow, squad="CZ", login="sumin", starts_at="2026-11-23 08:00", ends_at=wrong)


def test_a_beginning_needs_its_day():
    with pytest.raises(ValidationError, match="开始要写明日期"):
        typed(ShiftRow, squad="CZ", login="sumin", starts_at="08:00", ends_at="20:00")


MINUTES = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda count: dt.datetime(2026, 1, 1, tzinfo=SHANGHAI) + dt.timedelta(minutes=count)
)


@given(MINUTES, st.integers(1, 24 * 60))
def test_an_end_written_as_a_time_alone_is_the_next_such_time(begins, minutes):
    ends = begins + dt.timedelta(minutes=minutes)
    row = typed(ShiftRow, squad="CZ", login="sumin", starts_at=f"{begins:%Y-%m-%d %H:%M}", ends_at=f"{ends:%H:%M}")
    entry = row.entry(SHANGHAI)
    assert entry.ends_at - entry.starts_at == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("周一至周五", (0, 1, 2, 3, 4)),
        ("星期六、周日", (5, 6)),
        ("一、三、五", (0, 2, 4)),
        ("每天", (0, 1, 2, 3, 4, 5, 6)),
        ("周天", (6,)),
        ("周一到周三、周日", (0, 1, 2, 6)),
    ],
)
def test_weekdays_are_read_as_people_write_them(written, days):
    row = typed(PatternRow, squad="CZ", weekdays=written, login="sumin", starts_at="08:00", ends_at="20:00")
    assert row.weekdays == days


NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
ENTRIES = st.lists(
    st.builds(
        lambda squad, login, hour, leads: ShiftEntry(squad, login, NOON, NOON + dt.timedelta(hours=hour), leads),
        st.sampled_from(["CZ", "CD"]),
        st.sampled_from(["anan", "sumin", "zhaohai"]),
        st.integers(1, 3),
        st.booleans(),
    ),
    unique_by=lambda entry: entry.key,
)


@given(ENTRIES, ENTRIES)
def test_doing_what_a_comparison_says_leaves_nothing_to_do(wanted, standing):
    found = compare(wanted, standing)
    assert len(found.added) + len(found.changed) + found.unchanged == len(wanted)
    after = {entry.key: entry for entry in standing} | {entry.key: entry for entry in found.kept}
    again = compare(wanted, after.values())
    assert again.idle
    assert again.missing == found.missing
    without = [entry for entry in after.values() if entry not in again.missing]
    assert compare(wanted, without).missing == ()
