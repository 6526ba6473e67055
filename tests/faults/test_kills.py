"""kill -9 of web, worker and Mosquitto while the town works: nothing lost, nothing made up, nobody told twice."""

import random
import threading
from collections.abc import Iterator

import pytest

from tests.faults.evening import Evening
from tests.faults.reckoning import Orders, Truth
from tests.faults.stage import Part, Stage
from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from town import clock
from town.database import Database

SEED = 20261122
RATE = 20
"""Reports a second."""
LULL = 1.5
"""At most so many seconds everything is left in peace after a restart."""
OF_EACH = 3
CATCH_UP_SECONDS = 5


@pytest.fixture
def stage(processes, mapped, start_broker, tmp_path) -> Iterator[Stage]:
    standing = Stage(processes, mapped, start_broker, tmp_path, random.Random(SEED))
    yield standing
    standing.end()


def victims(parts: list[Part], luck: random.Random, kills: int) -> list[Part]:
    """Whom it hits, in random order: each at least a few times."""
    hit = [*parts * OF_EACH, *luck.choices(parts, k=kills - OF_EACH * len(parts))]
    luck.shuffle(hit)
    return hit


def at_rest(database: Database) -> bool:
    """Whether nothing is left to do, asked in no haste, for those who still do it need the machine."""
    threading.Event().wait(1)
    return Orders(database).settled()


@on_postgresql
@pytest.mark.timeout(3600)
def test_whatever_is_killed_nothing_is_lost_and_nobody_is_told_twice(stage, mapped, scale, record_property):
    luck, evening = random.Random(SEED), Evening(stage, RATE)
    with evening.colleagues_at_work():
        with evening.citizens_reporting():
            begun = clock.elapsed()
            for part in victims(stage.parts, luck, scale(20, 200)):
                threading.Event().wait(luck.uniform(0, LULL))
                stage.strike(part)
            restarted = clock.elapsed()
        reported = Orders(mapped)
        until(lambda: evening.everybody_knows(reported), "wall and squads to know every order")
        caught_up = clock.elapsed() - restarted
        until(lambda: at_rest(mapped), "everybody to have done his work", seconds=scale(120, 1800))
        truth = Truth(mapped)
        until(lambda: evening.has_seen_all(truth), "wall and squads to know the end of it")

    figures = {"seed": SEED, "seconds_of_load": round(restarted - begun, 1), **stage.figures(), **evening.figures()}
    found = {
        "lost": truth.lost(evening.citizens.receipts),
        "made_up": truth.made_up(evening.citizens.receipts),
        "orders_without_one_report": truth.without_one_report(),
        "seen_twice": evening.told_twice(),
        "wrongly_shown": evening.wrongly_shown(truth),
        "wrongly_drawn_on_the_wall": evening.wrongly_drawn(truth),
        "wrongly_read_by_reporters": evening.wrongly_read(truth, luck),
        "orders_with_wrong_clocks": truth.with_wrong_clocks(),
        "closed_and_not_answered_once": truth.not_answered_once(),
        "unnumbered": [None] * truth.unnumbered,
        "damages_of_the_journal": truth.damages,
        "complaints_in_the_logs": stage.complaints(),
    }
    for name, value in figures.items():
        record_property(name, value)
    for name, wrong in found.items():
        record_property(name, len(wrong))
    record_property("seconds_to_catch_up_after_the_last_restart", round(caught_up, 2))
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert caught_up <= CATCH_UP_SECONDS
