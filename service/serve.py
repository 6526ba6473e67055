"""The small parent (一键启动): web, worker, and where there is no other broker its own; in the demo the crew too.

It restarts nothing. When a child ends, it stops the others and says so; restarts come from systemd, compose or whoever
started it.
"""

import http.client
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service import children
from service.children import Child
from town import clock
from town.settings import Settings

LOOK_SECONDS = 0.2
HEALTH_SECONDS = 2.0
START_SECONDS = 120.0
EVERYWHERE = ("0.0.0.0", "::", "")
LAST_WORDS = 1500


@dataclass(frozen=True)
class Ended:
    """Which child ended though nobody asked it to, and the last of what it said, if that went to a file."""

    name: str
    words: str


def run(settings: Settings, say: Callable[[], None], *, pace: float) -> Ended | None:
    """Run until SIGTERM or SIGINT (None), or until a child ends. ``say`` is called once, when all is up."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    running: list[Child] = []
    try:
        running.extend(_started(settings, pace))
        return _watch(running, settings, say, ending)
    finally:
        children.stop(running)


def _started(settings: Settings, pace: float) -> Iterator[Child]:
    changes = {"WANGGE_MQTT_HOST": settings.mqtt_host, "WANGGE_MQTT_PORT": str(settings.mqtt_port)}
    changes["WANGGE_DEMO"] = "1" if settings.demo else ""
    for name, arguments in _programs(settings, pace):
        yield children.start(name, arguments, changes, _log(settings, name))


def _programs(settings: Settings, pace: float) -> Iterator[tuple[str, Sequence[str]]]:
    if settings.own_broker:
        yield "broker", ["broker"]
    yield "worker", ["worker"]
    yield "web", ["web"]
    if settings.demo:
        yield "crew", ["crew", "--pace", str(pace)]


def _log(settings: Settings, name: str) -> Path | None:
    """The demo keeps the terminal for people; otherwise lines go to where the parent's go."""
    if not settings.demo:
        return None
    folder = settings.data / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def _watch(
    running: Sequence[Child], settings: Settings, say: Callable[[], None], ending: threading.Event
) -> Ended | None:
    up, begun = False, clock.elapsed()
    while not ending.wait(LOOK_SECONDS):
        if ended := next((child for child in running if child.ended), None):
            return Ended(ended.name, _last_words(ended))
        if not up and (up := _healthy(settings)):
            say()
        if not up and clock.elapsed() - begun > START_SECONDS:
            return Ended("web", f"{START_SECONDS:.0f} 秒内没有启动完成。")
    return None


def _healthy(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_host(settings), settings.port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the pages."""
    return f"http://{_host(settings)}:{settings.port}"


def _host(settings: Settings) -> str:
    return "127.0.0.1" if settings.host in EVERYWHERE else settings.host


def _last_words(child: Child) -> str:
    return child.log.read_bytes()[-LAST_WORDS:].decode(errors="replace").strip() if child.log else ""
