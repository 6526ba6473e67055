"""Never nobody: over every combination of people who are absent, somebody real is told, or the desk knows that nobody is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules import seats
from oversight.rules.seats import CHAINS, OVER_HIS_HEAD, Found, Passed, Seat, Sitting, Why
from town.ladders import Level

ABSENCES = ("there", "away", "blocked", "nobody")
SQUAD = (Seat.HOLDER, Seat.DUTY_LEADER, Seat.STAND_IN, Seat.SQUAD_LEADER)
CENTRE = (Seat.DISPATCHER, Seat.SUPERVISOR, Seat.APPROVER)


def sitting(absences, *, late=(), fallback="there", successors=()):
    """A town where each seat has one person, called after it, who is as the test says."""
    everybody = {seat: seat.value for seat, how in absences.items() if how != "nobody"}
    absent = {seat.value: how for seat, how in absences.items()} | {"named": fallback}
    return Sitting(
        seats={seat: (login,) for seat, login in everybody.items()},
        active={login for login, how in absent.items() if how in ("there", "away")} | set(successors),
        away={login for login, how in absent.items() if how == "away"},
        late=late,
        fallback=None if fallback == "nobody" else "named",
        successors=tuple(successors),
    )


def test_every_level_of_a_ladder_has_a_chain():
    assert set(CHAINS) == set(Level)


@pytest.mark.parametrize("level", list(Level))
def test_in_every_combination_of_absences_somebody_is_told_who_is_really_there(level):
    for combination in itertools.product(ABSENCES, repeat=len(SQUAD) + len(CENTRE)):
        town = sitting(dict(zip((*SQUAD, *CENTRE), combination, strict=True)))
        found = seats.find(level, town)
        assert found.login in town.active
        assert found.login not in town.away
        _the_passed_ones_were_absent(found, town, level)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("named", ABSENCES)
def test_when_the_whole_chain_is_away_the_fallback_is_told_and_below_him_whoever_is_left(level, named):
    for combination in itertools.product(("away", "blocked", "nobody"), repeat=len(SQUAD) + len(CENTRE)):
        absences = dict(zip((*SQUAD, *CENTRE), combination, strict=True))
        town = sitting(absences, fallback=named, successors=("clerk",))
        found = seats.find(level, town)
        assert found.fallback
        assert (found.seat, found.login) == (Seat.FALLBACK, "named" if named == "there" else "clerk")


def test_somebody_on_leave_is_told_before_nobody_at_all():
    town = sitting(dict.fromkeys(CENTRE, "blocked"), fallback="away")
    assert seats.find("red", town).login == "named"


def test_a_town_where_nobody_can_sign_in_leaves_it_at_the_desk():
    town = sitting(dict.fromkeys((*SQUAD, *CENTRE), "blocked"), fallback="blocked")
    found = seats.find("red", town)
    assert (found.seat, found.login, found.fallback) == (Seat.DESK, None, True)


logins = st.sampled_from("abcdefgh")
people = st.frozensets(logins)
levels = st.sampled_from(sorted(CHAINS))


@given(
    st.dictionaries(st.sampled_from(list(Seat)), st.lists(logins, unique=True, max_size=3).map(tuple)),
    people,
    people,
    people,
    st.none() | logins,
    st.lists(logins, unique=True).map(tuple),
    levels,
)
def test_whatever_the_town_looks_like_nobody_is_found_only_where_nobody_is(
    sat, active, away, late, fallback, successors, level
):
    town = Sitting(sat, active, away, late, fallback, successors)
    found = seats.find(level, town)
    reachable = {login for seat in CHAINS[level] for login in sat.get(seat, ())} | {fallback} | set(successors)
    if found.login is None:
        assert not ({fallback} | set(successors)) & active
        assert not {one for one in reachable & active - away if level not in OVER_HIS_HEAD or one not in late}
    else:
        assert found.login in active
    _the_passed_ones_were_absent(found, town, level)


@given(st.sampled_from(sorted(OVER_HIS_HEAD)), st.sampled_from(CENTRE))
def test_who_is_late_himself_is_not_asked_to_press_himself(level, seat):
    town = sitting(dict.fromkeys((*SQUAD, *CENTRE), "there"), late=(seat.value,))
    found = seats.find(level, town)
    assert found.login != seat.value
    if seat in CHAINS[level][: CHAINS[level].index(found.seat)]:
        assert Passed(seat, Why.LATE_HIMSELF, seat.value) in found.passed


@pytest.mark.parametrize(
    ("level", "told", "too"),
    [
        ("remind", "holder", ()),
        ("urge", "holder", ()),
        ("yellow", "squad_leader", ("holder",)),
        ("red", "dispatcher", ("holder",)),
        ("supervise", "supervisor", ()),
        ("account", "supervisor", ("named",)),
    ],
)
def test_on_a_good_day_each_level_goes_one_post_further_up_and_leaves_nobody_out(level, told, too):
    town = sitting(dict.fromkeys((*SQUAD, *CENTRE), "there"))
    found = seats.find(level, town)
    assert (found.login, found.passed) == (told, ())
    assert seats.told_too(level, town, found) == too


def test_nobody_is_told_the_same_thing_twice():
    town = sitting({Seat.HOLDER: "there"}, fallback="nobody", successors=("holder",))
    found = seats.find("account", town)
    assert seats.told_too("account", town, found) == ()


def _the_passed_ones_were_absent(found: Found, town: Sitting, level: str) -> None:
    for one in found.passed:
        match one.why:
            case Why.BLOCKED:
                assert one.login not in town.active
            case Why.ON_LEAVE:
                assert one.login in town.away
            case Why.LATE_HIMSELF:
                assert one.login in town.late
                assert level in OVER_HIS_HEAD
            case Why.NO_SUCH_POST | Why.NOBODY_ON_DUTY:
                assert one.login is None
