"""The live picture over real lines: nothing missed, nothing sent twice, nobody hung, whatever becomes of a line."""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice, takewhile
from pathlib import Path

import pytest

from maps import live
from maps.live import Feed
from tests.faults.clients import Caller, Refusal, Stream
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING
from tests.ground.databases import on_sqlite
from tests.ground.processes import Processes, until
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door
from tests.journals import leading, read_all, running
from tests.own_processes import environment
from town import clock, journal
from town.database import Database

STREAMS = 24
REPORTS = 300
FRESH_PROCESSES = 8

Serve = Callable[..., Caller]


@pytest.fixture
def serve(processes: Processes, mapped: Database, tmp_path: Path) -> Iterator[Serve]:
    """Start ``wangge web`` for real, and somebody who numbers: ``serve(web_processes=2, streams=4)``."""
    started: list[Web] = []

    def start(web_processes: int = 1, streams: int = 32) -> Caller:
        sizes = {"WANGGE_WEB_PROCESSES": str(web_processes), "WANGGE_LIVE_STREAMS": str(streams)}
        started.append(Web(processes, environment(mapped, tmp_path / "data", **sizes), tmp_path))
        return Caller(started[-1].port)

    with leading(mapped):
        yield start
        for web in started:
            web.end()


def report(caller: Caller) -> None:
    """举报."""
    caller.insist("POST", "/api/v1/reports", {"place": IN_THE_MIDDLE_OF_INNER, "words": "三张桌子占了人行道"})


def changes(database: Database) -> list[int]:
    """The positions of everything that happened to orders."""
    return [row.position for row in read_all(database) if row.kind.startswith("order.")]


def positions(stream: Stream, count: int) -> list[int]:
    """The positions of the next changes a screen hears of."""
    heard = (message.id for message in stream.messages() if message.event == "change")
    return [place for place in islice(heard, count) if place is not None]


def refusal(screens: ExitStack, caller: Caller) -> str | None:
    """Why one more screen is not let in; None when it is."""
    try:
        screens.enter_context(Stream(caller))
    except Refusal as refused:
        return f"{refused.status} {refused.said['code']}"
    return None


def test_a_screen_hears_of_a_change_before_the_next_tick_and_of_nothing_once_its_session_was_ended(
    serve, record_property
):
    anybody = serve()
    desk = anybody.signed_in(CHEN_JING)
    with Stream(desk) as stream:
        heard = stream.messages()
        assert next(heard).event == "tick", "a new screen is told at once how far the town is"
        begun = clock.elapsed()
        for _ in range(5):
            report(anybody)
            assert len(list(takewhile(lambda message: message.event == "tick", heard))) <= 1
        record_property("seconds_from_asking_to_the_screen", round((clock.elapsed() - begun) / 5, 3))
        assert desk.ask("DELETE", "/api/v1/sessions/current")[0] == 204
        assert [message.event for message in heard] in ([], ["tick"])
    with pytest.raises(Refusal, match="not_signed_in"):
        Stream(desk)


def test_when_every_screen_that_may_is_open_one_more_is_refused_and_people_are_served(serve):
    desk = serve(streams=STREAMS).signed_in(CHEN_JING)
    for _ in range(2 * STREAMS):
        assert desk.ask("HEAD", "/live")[0] == 200, "which takes nobody's place"
    with ExitStack() as screens, ThreadPoolExecutor(20) as people:
        assert [refusal(screens, desk) for _ in range(STREAMS)] == [None] * STREAMS
        assert refusal(screens, desk) == "503 streams_full"
        asked = [people.submit(desk.ask, "GET", "/api/v1/orders") for _ in range(100)]
        assert {one.result()[0] for one in asked} == {200}
    with ExitStack() as screens:
        until(lambda: refusal(screens, desk) is None, "a place to be given back")


def test_a_screen_that_loses_its_line_misses_nothing_and_gets_nothing_twice(serve, mapped, record_property):
    anybody = serve(web_processes=2)
    desk, luck = anybody.signed_in(CHEN_JING), random.Random(REPORTS)
    heard: list[int] = []
    with ThreadPoolExecutor(3) as citizens:
        sent = [citizens.submit(report, Caller(anybody.port)) for _ in range(REPORTS)]
        lines = 0
        while len(heard) < len(sent):
            resume = luck.choice(["after", "last_event_id"])
            with Stream(desk, **{resume: heard[-1] if heard else 0}) as stream:
                heard += positions(stream, min(luck.randrange(1, 25), len(sent) - len(heard)))
            lines += 1
    assert heard == changes(mapped)
    record_property("lines", lines)


def note(database: Database) -> uuid.UUID:
    """Something happens to an order."""
    with database.write() as session:
        subject, now = f"order:{uuid.uuid4()}", clock.now()
        return journal.append(session, subject=subject, version=1, kind="order.accepted", actor="x", at=now, data={})


def places(sending: Iterator[str]) -> Iterator[int]:
    """The positions of the changes among what is sent."""
    return (int(text.split("\n")[0].removeprefix("id: ")) for text in sending if text.startswith("id: "))


def test_the_first_screen_of_a_fresh_process_misses_nothing_that_happens_while_it_opens(door: Door, mapped: Database):
    authorization = door.signed_in(CHEN_JING).authorization
    for _ in range(FRESH_PROCESSES):
        over = threading.Event()

        def write(over: threading.Event = over) -> None:
            while not over.wait(0.005):
                note(mapped)

        after = len(read_all(mapped))
        with leading(mapped), running(write):
            sending = Feed(mapped, STREAMS).open(after, authorization)
            heard = list(islice(places(sending), 40))
            over.set()
        assert heard == changes(mapped)[-len(read_all(mapped)) + after :][:40]


@on_sqlite
def test_a_screen_that_cannot_keep_up_is_ended_and_comes_back_without_a_gap(door: Door, mapped: Database, monkeypatch):
    monkeypatch.setattr(live, "BACKLOG", 5)
    monkeypatch.setattr(live, "TICK_SECONDS", 3.0)
    feed, authorization = Feed(mapped, STREAMS), door.signed_in(CHEN_JING).authorization
    slow, quick = feed.open(0, authorization), feed.open(0, authorization)
    for screen in (slow, quick):
        assert any("tick" in text for text in islice(screen, 3)), "it has caught up"
    witness = places(quick)

    def happen(count: int) -> list[int]:
        return [next(witness) for _ in range(count) if note(mapped)]

    before = happen(1)
    heard = [next(places(slow))]
    before += happen(7)
    heard.append(next(places(slow)))
    happen(3)
    heard += places(slow)
    assert heard == before[: len(heard)], "up to where it fell behind, and nothing of what came after"
    again = places(feed.open(heard[-1], authorization))
    assert heard + list(islice(again, 11 - len(heard))) == changes(mapped)
