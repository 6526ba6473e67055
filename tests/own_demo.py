"""The demo town as ``wangge serve --demo`` runs it, in a folder of its own."""

import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from service import keys
from service.demo.client import DIRECT
from service.demo.people import PASSWORD
from tests import own_processes
from tests.ground.processes import Processes, free_port, until
from town import clock

PACE = "3000"
UP = "Ctrl-C"


class Demo:
    """The demo town in a folder of its own, started and ended as often as a test likes."""

    def __init__(self, processes: Processes, folder: Path) -> None:
        self._processes = processes
        self._folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.environment = {
            "WANGGE_DATA": str(self.data),
            "WANGGE_PORT": str(self.port),
            "WANGGE_MQTT_PORT": str(free_port()),
        }
        self._starts = 0
        self.log = folder
        self.parent: subprocess.Popen[bytes] | None = None

    def found(self, days: int) -> None:
        """Make the town beforehand, with a past of so many days."""
        keys.ensure(self.data)
        self.order("demo", "--days", str(days))

    def order(self, *words: str) -> None:
        """Run ``wangge`` with these words."""
        log = self.data / "orders.log"
        given = self.environment | {"WANGGE_DEMO": "1"}
        ordered = own_processes.start(self._processes, list(words), given, log)
        assert ordered.wait(100) == 0, log.read_text()

    def start(self) -> float:
        """Start, and wait until the terminal says that it is up. Gives back how many seconds that took."""
        begun = clock.elapsed()
        self.parent = self._run()
        parent = self.parent
        until(lambda: UP in self.said() or parent.poll() is not None, "the demo to come up", seconds=150)
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

    def end_if_running(self) -> None:
        """Signal the parent, if it is there."""
        if self.parent and self.parent.poll() is None:
            self.end(signal.SIGTERM)

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

    def sign_in(self, login: str) -> str:
        """The token of one of its people."""
        return str(self.ask("/api/v1/sessions", {"login": login, "password": PASSWORD})["token"])

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
