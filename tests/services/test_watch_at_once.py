"""A person and the watch reach for one clock at the same time: whoever has the row first decides, the other sees what is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from tests.waiting import waiting
from tests.watched import TEN, Clocks, at
from town import watch
from town.errors import Refused
from town.watch import State

NOON = at("2026-11-20 12:00")


@pytest.fixture
def clocks(database, town):
    return Clocks(database, town)


@on_postgresql
def test_a_clock_that_is_being_paused_is_not_rung(database, clocks):
    clock = clocks.start()
    with database.write() as session:
        facts = {"reason": "weather", "at": TEN, "actor": "account:chenjing", "now": NOON}
        watch.pause(session, "order:1", ["handle"], **facts)
        session.flush()
        assert clocks.tick(NOON) == 0
    assert (clocks.again(clock).state, clocks.bells.due, clocks.tick(NOON)) == (State.PAUSED, [], 0)


@on_postgresql
def test_a_clock_that_is_being_missed_is_not_paused(database, clocks):
    clock, claimed = clocks.start(), Event()

    def take_long(_session, _deadline, _now):
        claimed.set()
        until(lambda: waiting(database), "the person to wait for the watch")

    with ThreadPoolExecutor(1) as aside:
        ticked = aside.submit(clocks.tick, NOON, on_due={"handle": take_long})
        claimed.wait(30)
        paused = clocks.pause(TEN, now=NOON)
        assert (ticked.result(), paused) == (1, [])
    assert (clocks.again(clock).state, clocks.pauses(clock)) == (State.MISSED, [])


@on_postgresql
def test_two_people_who_grant_the_last_extension_at_once_grant_it_once(clocks):
    clock = clocks.start()

    def grant(_number):
        try:
            clocks.extend(clock, 1, times=1)
        except Refused as refused:
            return refused.problem.code
        return "granted"

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(grant, range(4)))
    assert answers == ["extension_spent"] * 3 + ["granted"]
    assert (clocks.again(clock).extended, len(clocks.events(clock))) == (1, 1)
