"""The watch is not fooled when the machine's clock is set wrong."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from town import trusted_time
from town.clock import Look

NOON = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
JUMPS = st.sampled_from(
    [dt.timedelta(hours=-1), dt.timedelta(hours=1), dt.timedelta(days=30), dt.timedelta(minutes=-5)]
)


def look(steady: float, off: dt.timedelta = dt.timedelta(), boot: str = "one") -> Look:
    return Look(NOON + dt.timedelta(seconds=steady) + off, steady, boot)


@given(st.lists(st.tuples(st.floats(0.1, 600), st.one_of(st.none(), JUMPS)), min_size=1, max_size=30))
def test_however_the_wall_jumps_and_comes_back_the_time_believed_is_the_true_one(walk):
    believed, steady = trusted_time.first(look(0), None), 0.0
    for seconds, jump in walk:
        steady += seconds
        believed = trusted_time.then(look(steady, jump or dt.timedelta()), believed)
        assert abs(believed.at - look(steady).wall) < dt.timedelta(milliseconds=1)
        assert believed.jumped == bool(jump)


@given(JUMPS, st.floats(0, 10_000))
def test_a_worker_started_again_after_a_jump_is_not_fooled(jump, later):
    before = trusted_time.first(look(100), None)
    believed = trusted_time.first(look(100 + later, jump), before)
    assert abs(believed.at - look(100 + later).wall) < dt.timedelta(milliseconds=1)


def test_small_corrections_are_followed_however_many():
    believed = trusted_time.first(look(0), None)
    for second in range(1, 200):
        believed = trusted_time.then(look(second, dt.timedelta(seconds=second * 0.2)), believed)
        assert not believed.jumped
    assert believed.at == look(199, dt.timedelta(seconds=199 * 0.2)).wall


def test_after_a_restart_of_the_machine_its_clock_is_all_there_is():
    before = trusted_time.first(look(5000), None)
    later = look(10, dt.timedelta(days=2), boot="two")
    assert trusted_time.first(later, before).at == later.wall


def test_a_jump_that_another_machine_confirms_is_believed():
    before = trusted_time.first(look(0), None)
    jumped = look(10, dt.timedelta(hours=1))
    assert trusted_time.then(jumped, before, lambda: jumped.wall + dt.timedelta(seconds=2)).at == jumped.wall
    assert trusted_time.then(jumped, before, lambda: NOON).at == look(10).wall
