"""kill -9 of web, worker and Mosquitto while the town works: nothing lost, nothing made up, nobody told twice."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.faults.clients import Caller
from tests.faults.people import SENDERS, Citizens, Colleague, Doorbell, Eyes, Wall, checker_plan, squad_plan
from tests.faults.reckoning import Truth
from tests.faults.stage import SEED, Part, Stage, tablet
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, WU_YUE, ZHAO_HAI
from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from town import clock

RATE = 20
"""Reports a second."""
LULL = 1.5
"""At most so long everything is left in peace after a restart, in seconds."""
OF_EACH = 3
CATCH_UP_SECONDS = 5


@pytest.fixture
def stage(processes, mapped, start_broker, tmp_path):
    standing = Stage(processes, mapped, start_broker, tmp_path)
    yield standing
    assert standing.end() == 0


class Evening:
    """Everybody who is there."""

    def __init__(self, stage: Stage) -> None:
        anybody = Caller(stage.web.port)
        self.squads = {
            INNER: Colleague(anybody.signed_in(LIN_XIAOFENG), squad_plan),
            EAST: Colleague(anybody.signed_in(ZHAO_HAI), squad_plan),
        }
        self.checker = Colleague(anybody.signed_in(WU_YUE), checker_plan)
        self.wall = Wall(anybody.signed_in(CHEN_JING))
        self.doorbells = [
            Doorbell(stage.mqtt_port, tablet(squad), stage.secrets[squad], colleague.rung)
            for squad, colleague in self.squads.items()
        ]
        self.citizens = Citizens(stage.web.port, RATE)

    def eyes(self) -> dict[str | None, Eyes]:
        """Who has seen what, by the squad whose orders he may see; the wall sees all."""
        return {None: self.wall.eyes, **{squad: colleague.eyes for squad, colleague in self.squads.items()}}

    def everybody_knows(self, truth: Truth) -> bool:
        """Whether wall and squads know every order that there is."""
        return all(eyes.orders() >= truth.orders(squad) for squad, eyes in self.eyes().items())

    def has_seen_all(self, truth: Truth) -> bool:
        """Whether wall and squads were told as often as something happened."""
        return all(len(eyes.shown) >= len(truth.events(squad)) for squad, eyes in self.eyes().items())

    def wrongly_seen(self, truth: Truth) -> list[str]:
        """Whose eyes have seen anything but what happened, once and in its order."""
        return [
            f"squad {squad}: {eyes.told_twice()}"
            for squad, eyes in self.eyes().items()
            if [change["event"] for change in eyes.shown] != truth.events(squad) or eyes.told_twice()
        ]

    def wrongly_read(self, stage: Stage) -> list[str]:
        """The words of reports whose timeline tells a line twice, or is not answered once it says so."""
        anybody = Caller(stage.web.port)
        found = []
        for words, receipt in self.citizens.receipts.items():
            mine = anybody.with_receipt(receipt).insist("GET", "/api/v1/report")
            lines = Counter(line["kind"] for line in mine["timeline"])
            told = (mine["answer"] is not None, mine["state"] == "answered", lines["order.answered"] == 1)
            if mine["words"] != words or max(lines.values()) > 1 or len(set(told)) > 1:
                found.append(words)
        return found

    def figures(self) -> dict[str, object]:
        """What the evening was like, for the evidence."""
        return {
            "reports": len(self.citizens.receipts),
            "repeated_by_phones": self.citizens.tries,
            "lines_of_the_wall": self.wall.lines,
            "repeated_on_the_wall_s_lines": self.wall.eyes.repeated,
            "rings": sum(sum(doorbell.heard.values()) for doorbell in self.doorbells),
            "repeated_rings": sum(sum(doorbell.heard.values()) - len(doorbell.heard) for doorbell in self.doorbells),
            "repeated_in_pulls": sum(colleague.eyes.repeated for colleague in self.squads.values()),
        }

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Squads, checker and wall."""
        colleagues = [*self.squads.values(), self.checker]
        with busy([self.wall.watch, *(task for one in colleagues for task in (one.look, one.work))]) as over:
            yield
            over.set()
            self.wall.switch_off()
        for doorbell in self.doorbells:
            doorbell.close()


@contextmanager
def busy(tasks: list[Callable[[threading.Event], None]]) -> Iterator[threading.Event]:
    """Every task on a thread of its own until it is over; what breaks one of them, breaks the test."""
    over = threading.Event()
    with ThreadPoolExecutor(len(tasks)) as people:
        working = [people.submit(task, over) for task in tasks]
        try:
            yield over
        finally:
            over.set()
    for one in working:
        one.result()


def strikes(parts: list[Part], luck: random.Random, kills: int) -> list[Part]:
    """Whom it hits, in random order: each at least a few times."""
    hit = [*parts * OF_EACH, *luck.choices(parts, k=kills - OF_EACH * len(parts))]
    luck.shuffle(hit)
    return hit


@on_postgresql
@pytest.mark.timeout(3600)
def test_whatever_is_killed_nothing_is_lost_and_nobody_is_told_twice(stage, mapped, scale, record_property):
    evening = Evening(stage)
    with evening.at_work():
        with busy([evening.citizens.report] * SENDERS):
            begun = clock.elapsed()
            for part in strikes(stage.parts, stage.luck, scale(20, 200)):
                threading.Event().wait(stage.luck.uniform(0, LULL))
                stage.strike(part)
            restarted = clock.elapsed()
        reported = Truth(mapped)
        until(lambda: evening.everybody_knows(reported), "wall and squads to know every order")
        caught_up = clock.elapsed() - restarted
        until(lambda: Truth(mapped).settled(), "everybody to have done his work", seconds=120)
        print("settled after", clock.elapsed()-restarted)
        truth = Truth(mapped)
        until(lambda: evening.has_seen_all(truth), "wall and squads to know the end of it")
    print("all seen after", clock.elapsed()-restarted)
    record_property("seed", SEED)
    record_property("minutes_of_load", round((restarted - begun) / 60, 2))
    for name, figure in [*stage.figures().items(), *evening.figures().items()]:
        record_property(name, figure)
    record_property("seconds_to_catch_up_after_the_last_restart", round(caught_up, 2))

    assert truth.words() == Counter(evening.citizens.receipts.keys()), "nothing lost, nothing made up, nothing twice"
    assert truth.reports_by_order() == Counter(truth.orders())
    assert evening.wrongly_seen(truth) == []
    assert truth.wrong_clocks() == {}
    closed, answered = truth.answers()
    assert closed == answered
    assert set(closed.values()) == {1}
    print("before read", clock.elapsed()-restarted)
    assert evening.wrongly_read(stage) == []
    print("after read", clock.elapsed()-restarted)
    assert truth.unnumbered() == 0
    assert truth.damages() == []
    assert stage.complaints() == []
    assert caught_up <= CATCH_UP_SECONDS
