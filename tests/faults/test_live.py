"""The live picture over real lines: nothing missed, nothing sent twice, nobody hung, whatever becomes of a line."""

import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest

from tests import own_processes
from tests.faults.clients import Caller, Gone, Refusal, Stream
from tests.ground.cast import CHEN_JING, WU_YUE
from tests.ground.processes import Processes, free_port, until, until_up
from tests.ground.web import IN_THE_MIDDLE_OF_INNER
from tests.journals import leading, read_all
from town import clock
from town.database import Database

STREAMS = 4
"""At most so many in one process, in these tests."""

Serve = Callable[..., Caller]


@pytest.fixture
def serve(processes: Processes, mapped: Database, tmp_path: Path) -> Iterator[Serve]:
    """Start ``wangge web`` for real, with a leader who numbers: ``serve(processes=2, streams=32)``."""
    started = []

    def start(web_processes: int = 1, streams: int = STREAMS) -> Caller:
        port, log = free_port(), tmp_path / "web.log"
        sizes = {"WANGGE_WEB_PROCESSES": str(web_processes), "WANGGE_LIVE_STREAMS": str(streams)}
        environment = own_processes.environment(mapped, tmp_path / "data", WANGGE_PORT=str(port), **sizes)
        started.append(own_processes.start(processes, ["web"], environment, log))
        anybody = Caller(port)
        until_up(started[-1], lambda: _answers(anybody), log)
        return anybody

    with leading(mapped):
        yield start
    for web in started:
        processes.stop(web)


def _answers(caller: Caller) -> bool:
    try:
        return caller.ask("GET", "/healthz")[0] == 200
    except Gone:
        return False


def report(caller: Caller) -> None:
    """举报."""
    caller.insist("POST", "/api/v1/reports", {"place": IN_THE_MIDDLE_OF_INNER, "words": "三张桌子占了人行道"})


def changed(database: Database) -> list[int]:
    """The positions of everything that happened to orders."""
    return [row.position for row in read_all(database) if row.kind.startswith("order.")]


def test_a_change_is_on_the_screen_before_the_next_tick(serve, mapped, record_property):
    anybody = serve()
    with Stream(anybody.signed_in(CHEN_JING), after=0) as stream:
        heard = stream.messages()
        assert next(heard).event == "tick", "a new screen is told at once how far the town is"
        begun = clock.elapsed()
        for _ in range(5):
            report(anybody)
            assert next(heard).event == "change"
        record_property("seconds_from_asking_to_the_screen", round((clock.elapsed() - begun) / 5, 3))
