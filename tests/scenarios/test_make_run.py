"""`make run`, as somebody sees it who has just cloned the repository: the demo town comes up, lives, stays and ends."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from service.demo import land
from service.demo.client import DIRECT
from tests import own_processes
from tests.ground.processes import Processes, answers, free_port, until
from town import clock

PACE = "25"
UP = "Ctrl-C"


class Demo:
    """The demo town in a folder of its own, started and ended as often as a test likes."""

    def __init__(self, processes: Processes, folder: Path) -> None:
        self._processes = processes
        self._folder = folder
        self.port = free_port()
        self.environment = {
            "WANGGE_DATA": str(folder / "data"),
            "WANGGE_PORT": str(self.port),
            "WANGGE_MQTT_PORT": str(free_port()),
        }
        self._starts = 0
        self.log = folder
        self.parent: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, and wait until the terminal says that it is up. Gives back how many seconds that took."""
        begun = clock.elapsed()
        self.parent = self._run()
        parent = self.parent
        until(lambda: UP in self.said() or parent.poll() is not None, "the demo to come up", seconds=100)
        assert parent.poll() is None, self.said()
        return clock.elapsed() - begun

    def start_again_beside(self) -> str:
        """A second start on the same port, which must end by itself; gives back what it said."""
        kept, beside = self.log, self._run()
        assert beside.wait(60) == 1
        said = self.said()
        self.log = kept
        return said

    def end(self, how: signal.Signals) -> int:
        """Signal the parent, and wait for its end."""
        assert self.parent
        ended = self._processes.stop(self.parent, how)
        self.parent = None
        return ended

    def children(self) -> list[int]:
        """The processes that the parent has started."""
        assert self.parent
        return [pid for pid, parent in _parents() if parent == self.parent.pid]

    def said(self) -> str:
        """What the terminal shows."""
        return self.log.read_text(errors="replace")

    def ask(self, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> Any:
        """Ask the public API."""
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, given)
        with DIRECT.open(request, timeout=20) as response:
            return json.load(response)

    def mine(self, receipt: str) -> Any:
        """What the holder of a receipt reads."""
        return self.ask("/api/v1/report", Authorization=f"Receipt {receipt}")

    def _run(self) -> "subprocess.Popen[bytes]":
        self._starts += 1
        self.log = self._folder / f"terminal-{self._starts}"
        return own_processes.start(self._processes, ["serve", "--demo", "--pace", PACE], self.environment, self.log)


def _parents() -> Iterator[tuple[int, int]]:
    """Every process and its parent."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, after_name = status.read_text().rpartition(")")
        except OSError:
            continue
        yield int(status.parent.name), int(after_name.split()[1])


def gone(pids: list[int]) -> bool:
    running = {pid for pid, _ in _parents()}
    return not running & set(pids)


@pytest.fixture
def demo(processes: Processes) -> Iterator[Demo]:
    made = Demo(processes, processes.folder())
    yield made
    if made.parent and made.parent.poll() is None:
        made.end(signal.SIGTERM)


@pytest.mark.timeout(300)
def test_the_demo_town_comes_up_answers_a_report_and_keeps_it(demo: Demo, record_property):
    record_property("first_start_seconds", round(demo.start(), 1))
    lon, lat = land.CENTRE
    place = {"lon": lon, "lat": lat, "crs": "wgs84", "accuracy_m": 10}
    sent = {"place": place, "words": "夜市摊位占了半条路"}
    receipt = demo.ask("/api/v1/reports", sent, Idempotency_Key="a report of the test")["receipt"]
    begun = clock.elapsed()
    until(lambda: demo.mine(receipt)["answer"] is not None, "the crew's answer", seconds=100)
    record_property("answered_after_seconds", round(clock.elapsed() - begun, 1))
    assert demo.mine(receipt)["answer"]["words"]

    town = demo.ask("/api/v1/town")
    assert town["demo"]
    assert all(
        f"{login['login']} " in demo.said() and login["password"] in demo.said() for login in town["demo_logins"]
    )
    assert "WANGGE_PORT" in demo.start_again_beside()

    children = demo.children()
    begun = clock.elapsed()
    assert demo.end(signal.SIGINT) == 0
    record_property("stopped_after_seconds", round(clock.elapsed() - begun, 1))
    assert gone(children)
    assert not answers(demo.port)

    record_property("second_start_seconds", round(demo.start(), 1))
    assert demo.mine(receipt)["answer"]["words"]


@pytest.mark.timeout(300)
def test_parent_and_children_end_together(demo: Demo, record_property):
    demo.start()
    children = demo.children()
    assert len(children) == 4, "broker, worker, web and crew"
    begun = clock.elapsed()
    demo.end(signal.SIGKILL)
    until(lambda: gone(children), "the orphans to end")
    until(lambda: not answers(demo.port), "the port to be free")
    record_property("orphans_gone_after_seconds", round(clock.elapsed() - begun, 1))

    demo.start()
    children = demo.children()
    assert demo.parent
    worker = next(pid for pid in children if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    assert demo.parent.wait(30) == 1
    assert "worker" in demo.said()
    assert gone(children)
