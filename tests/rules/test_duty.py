"""Who is on duty, who answers for the squad, and which rosters cannot be."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from town.duty import LeaveFact, ShiftFact, Trouble, answering, clashes, covers, duty_leader, on_duty

SHANGHAI = ZoneInfo("Asia/Shanghai")
INNER, EAST = "CZ", "CD"
MONDAY = dt.datetime(2026, 11, 23, tzinfo=SHANGHAI)


def hour(count: float) -> dt.datetime:
    """So many hours into Monday, as the roster keeps it: in UTC."""
    return (MONDAY + dt.timedelta(hours=count)).astimezone(dt.UTC)


def shift(login: str, start: float, end: float, *, squad: str = INNER, leads: bool = False, answers: bool = True):
    return ShiftFact(squad, login, hour(start), hour(end), leads, answers)


def logins(shifts, leaves, at):
    return [one.login for one in on_duty(shifts, leaves, hour(at))]


def leader(shifts, leaves, at, squad=INNER):
    return duty_leader(shifts, leaves, squad, hour(at))


DAY = shift("linxiaofeng", 8, 20, leads=True)
NIGHT = shift("sumin", 20, 32, leads=True)


def test_who_takes_over_at_eight_takes_over_at_eight():
    roster = [DAY, NIGHT]
    assert logins(roster, [], 7.99) == []
    assert logins(roster, [], 8) == ["linxiaofeng"]
    assert logins(roster, [], 20) == ["sumin"]
    assert logins(roster, [], 32) == []


def test_a_night_shift_runs_past_midnight():
    assert logins([NIGHT], [], 23.9) == logins([NIGHT], [], 24) == logins([NIGHT], [], 31.9) == ["sumin"]


def test_leave_takes_one_off_duty_whatever_the_roster_says():
    away = [LeaveFact("linxiaofeng", hour(10), hour(12))]
    assert logins([DAY], away, 9.9) == ["linxiaofeng"]
    assert logins([DAY], away, 10) == []
    assert logins([DAY], away, 12) == ["linxiaofeng"]


def test_overlapping_leaves_are_one_absence():
    away = [LeaveFact("linxiaofeng", hour(9), hour(11)), LeaveFact("linxiaofeng", hour(10), hour(13))]
    assert [logins([DAY], away, at) for at in (8.5, 9, 10.5, 12, 13)] == [
        ["linxiaofeng"],
        [],
        [],
        [],
        ["linxiaofeng"],
    ]


def test_the_duty_leader_answers_for_the_squad():
    assert leader([shift("anan", 8, 20), DAY], [], 9) == "linxiaofeng"


def test_while_the_duty_leader_is_on_leave_the_officer_with_the_lowest_login_answers():
    roster = [DAY, shift("sumin", 8, 20), shift("anan", 8, 20)]
    assert leader(roster, [LeaveFact("linxiaofeng", hour(8), hour(20))], 9) == "anan"


def test_an_auxiliary_on_duty_answers_for_nobody():
    assert leader([shift("aaa", 8, 20, answers=False)], [], 9) is None
    assert leader([shift("aaa", 8, 20, leads=True, answers=False), shift("sumin", 8, 20)], [], 9) == "sumin"


def test_nobody_on_duty_leaves_it_to_the_stand_in():
    assert leader([DAY], [], 21) is None
    assert leader([DAY], [], 9, squad=EAST) is None


def test_a_squad_has_one_leader_at_a_time():
    second = shift("sumin", 19, 22, leads=True)
    (clash,) = clashes([second, DAY])
    assert (clash.trouble, clash.earlier, clash.later) == (Trouble.TWO_LEADERS, DAY, second)


def test_nobody_serves_twice_at_once_not_even_in_two_squads():
    other = shift("linxiaofeng", 12, 14, squad=EAST)
    (clash,) = clashes([DAY, other])
    assert (clash.trouble, clash.later) == (Trouble.TWICE, other)


def test_a_short_shift_does_not_hide_a_long_one_before_it():
    short, late = shift("linxiaofeng", 9, 10), shift("linxiaofeng", 15, 16)
    assert [clash.later for clash in clashes([DAY, short, late])] == [short, late]


def test_shifts_that_follow_each_other_do_not_clash():
    assert clashes([DAY, NIGHT, shift("linxiaofeng", 20, 21, squad=EAST)]) == ()


HOURS = st.integers(0, 96)
SPANS = st.tuples(HOURS, HOURS).filter(lambda span: span[0] < span[1])
LOGINS = st.sampled_from(["anan", "linxiaofeng", "sumin", "zhaohai"])
SHIFTS = st.builds(
    lambda login, span, squad, leads, answers: shift(login, *span, squad=squad, leads=leads, answers=answers),
    LOGINS,
    SPANS,
    st.sampled_from([INNER, EAST]),
    st.booleans(),
    st.booleans(),
)
ROSTERS = st.lists(SHIFTS, max_size=12)
LEAVES = st.lists(st.builds(lambda login, span: LeaveFact(login, *map(hour, span)), LOGINS, SPANS), max_size=5)
MOMENTS = HOURS.map(hour)


@given(ROSTERS, MOMENTS)
def test_a_roster_without_clashes_never_has_two_leaders_or_one_person_twice(roster, at):
    sound: list[ShiftFact] = []
    for one in roster:
        if not clashes([*sound, one]):
            sound.append(one)
    running = [one for one in sound if covers(one, at)]
    leading = [one.squad for one in running if one.leads]
    assert len(leading) == len(set(leading))
    assert len(running) == len({one.login for one in running})


@given(ROSTERS, MOMENTS)
def test_what_goes_wrong_at_some_moment_is_found_as_a_clash(roster, at):
    running = [one for one in roster if covers(one, at)]
    leading = [one.squad for one in running if one.leads]
    if len(leading) > len(set(leading)) or len(running) > len({one.login for one in running}):
        assert clashes(roster)


@given(ROSTERS, LEAVES, MOMENTS)
def test_somebody_on_leave_is_never_on_duty_and_never_answers(roster, leaves, at):
    away = {leave.login for leave in leaves if covers(leave, at)}
    assert away.isdisjoint(one.login for one in on_duty(roster, leaves, at))
    assert away.isdisjoint(duty_leader(roster, leaves, squad, at) for squad in (INNER, EAST))


@given(ROSTERS, LEAVES, MOMENTS, st.randoms())
def test_the_order_of_the_rows_decides_nothing(roster, leaves, at, chance):
    mixed = chance.sample(roster, len(roster))
    assert duty_leader(roster, leaves, INNER, at) == duty_leader(mixed, leaves, INNER, at)
    assert bool(clashes(roster)) == bool(clashes(mixed))


@given(ROSTERS, LEAVES, MOMENTS)
def test_an_officer_on_duty_means_somebody_answers(roster, leaves, at):
    able = {one.squad for one in on_duty(roster, leaves, at) if one.answers}
    assert {squad for squad in (INNER, EAST) if duty_leader(roster, leaves, squad, at)} == able


def test_after_the_duty_leader_the_others_answer_by_login():
    roster = [shift("sumin", 8, 20), shift("wuyong", 8, 20, answers=False), shift("anan", 8, 20), DAY]
    assert answering(roster, [], INNER, hour(9)) == ("linxiaofeng", "anan", "sumin")
