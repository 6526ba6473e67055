"""The small parent (一键启动): web, worker, and where there is no other broker its own; in the demo the crew too.

It restarts nothing. When a child ends, it stops the others and says so; restarts come from systemd, compose or whoever
started it.
"""

import signal
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service import children
from service.children import Child
from town import clock
from town.errors import Refused
from town.settings import DEFAULT_MQTT_PORT, Settings

LOOK_SECONDS = 0.2
START_SECONDS = 60.0
PORTS_TO_TRY = 20
LAST_WORDS = 1500


@dataclass(frozen=True)
class Ended:
    """Which child ended though nobody asked it to, and the last of what it said, if that went to a file."""

    name: str
    words: str


def run(settings: Settings, say: Callable[[], None], *, pace: float) -> Ended | None:
    """Run until SIGTERM or SIGINT (None), or until a child ends. ``say`` is called once when all is up.

    Raises Refused("port_taken").
    """
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    running: list[Child] = []
    try:
        running.extend(_started(settings, pace))
        return _watch(running, settings, say, ending)
    finally:
        children.stop(running)


def with_free_ports(settings: Settings) -> Settings:
    """The settings with a broker's port that is free: the default one may belong to a Mosquitto of the system.

    Raises Refused("port_taken") when the web's port, or a broker's port that was asked for, is taken.
    """
    if not _free(settings.host, settings.port):
        raise Refused("port_taken", host=settings.host, port=settings.port, setting="WANGGE_PORT")
    if not settings.own_broker:
        return settings
    wanted = settings.mqtt_port
    choice = range(wanted, wanted + PORTS_TO_TRY) if wanted == DEFAULT_MQTT_PORT else (wanted,)
    for port in choice:
        if port != settings.port and _free(settings.mqtt_host, port):
            return replace(settings, mqtt_port=port)
    raise Refused("port_taken", host=settings.mqtt_host, port=wanted, setting="WANGGE_MQTT_PORT")


def _free(host: str, port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True


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
    try:
        with urllib.request.urlopen(f"{address(settings)}/healthz", timeout=LOOK_SECONDS * 5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the pages."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host
    return f"http://{host}:{settings.port}"


def _last_words(child: Child) -> str:
    return child.log.read_bytes()[-LAST_WORDS:].decode(errors="replace").strip() if child.log else ""
