"""The whole service on its stage: web, worker and Mosquitto as processes of their own, killed and started again."""

import itertools
import os
import random
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from service import mosquitto
from tests import own_processes
from tests.faults.clients import Caller, Gone
from tests.ground.broker import Broker, StartBroker
from tests.ground.cast import SQUADS
from tests.ground.processes import Processes, free_port, until, until_up
from town import clock, devices, settings
from town.database import Database

Begin = Callable[[Processes, Sequence[str], Mapping[str, str], Path], "subprocess.Popen[bytes]"]
"""How a process is begun: from nothing, or as a fork of one that has its program loaded."""


class Part(Protocol):
    """Something that can be killed, and is started again by whoever killed it."""

    name: str

    def kill(self) -> None:
        """kill -9. Web and worker fail here when they had ended by themselves before."""

    def start(self) -> None:
        """Start it again, and wait until it is at its work."""


class Web:
    """``wangge web``: a master and its workers, one process group."""

    name = "web"

    def __init__(
        self, processes: Processes, environment: Mapping[str, str], folder: Path, begin: Begin = own_processes.start
    ) -> None:
        self.port = free_port()
        self.log = folder / "web.log"
        self._begin = begin
        self._processes = processes
        self._environment = {**environment, "WANGGE_PORT": str(self.port)}
        self.start()

    def start(self) -> None:
        self._master = self._begin(self._processes, ["web"], self._environment, self.log)
        until_up(self._master, self._healthy, self.log)

    def kill(self) -> None:
        """The master and all its workers at once."""
        assert self._master.poll() is None, _last_words(self.log)
        os.killpg(self._master.pid, signal.SIGKILL)
        self._processes.stop(self._master, signal.SIGKILL)

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid, parent in _parents() if parent == self._master.pid]

    def end(self) -> None:
        """Stop in good order."""
        if self._master.poll() is None:
            self._processes.stop(self._master)

    def _healthy(self) -> bool:
        try:
            return Caller(self.port).ask("GET", "/healthz")[0] == 200
        except Gone:
            return False


class WebWorker:
    """One of the web's workers, any; the master starts another in its place."""

    name = "web worker"

    def __init__(self, web: Web, luck: random.Random) -> None:
        self._web = web
        self._luck = luck
        self._before: set[int] = set()

    def kill(self) -> None:
        standing = self._web.workers()
        struck = self._luck.choice(standing)
        self._before = set(standing)
        os.kill(struck, signal.SIGKILL)

    def start(self) -> None:
        """Only wait: the master does it."""
        until(lambda: bool(set(self._web.workers()) - self._before), "the master to replace its worker")


class Worker:
    """``wangge worker``."""

    name = "worker"
    AT_WORK = (b"journal.leading", b'"duty": "doorbell"', b'"duty": "answers"')

    def __init__(self, processes: Processes, environment: Mapping[str, str], folder: Path) -> None:
        self._processes = processes
        self._environment = environment
        self._folder = folder
        self._starts = itertools.count(1)
        self.start()

    def start(self) -> None:
        self.log = self._folder / f"worker-{next(self._starts)}.log"
        self._process = own_processes.start(self._processes, ["worker"], self._environment, self.log)
        until_up(self._process, lambda: all(word in self.log.read_bytes() for word in self.AT_WORK), self.log)

    def kill(self) -> None:
        assert self._process.poll() is None, _last_words(self.log)
        self._processes.stop(self._process, signal.SIGKILL)

    def end(self) -> int:
        """Stop in good order; gives back how it ended."""
        return self._processes.stop(self._process)


class Mosquitto:
    """The broker."""

    name = "mosquitto"

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def start(self) -> None:
        self._broker.start()

    def kill(self) -> None:
        self._broker.stop(signal.SIGKILL)


class Stage:
    """The service as it runs in production, on the test's database: two web workers, a worker, Mosquitto."""

    def __init__(
        self, processes: Processes, database: Database, start_broker: StartBroker, folder: Path, luck: random.Random
    ) -> None:
        self.secrets = _tablets(database)
        broker = _broker(database, start_broker, folder)
        there = {"WANGGE_MQTT_HOST": broker.host, "WANGGE_MQTT_PORT": str(broker.port), "WANGGE_WEB_PROCESSES": "2"}
        environment = own_processes.environment(database, folder / "data", **there)
        self.mqtt_port = broker.port
        self.web = Web(processes, environment, folder)
        self.worker = Worker(processes, environment, folder)
        self.parts: list[Part] = [self.web, WebWorker(self.web, luck), self.worker, Mosquitto(broker)]
        self.restarts: dict[str, list[float]] = {part.name: [] for part in self.parts}

    def strike(self, part: Part) -> None:
        """kill -9, and start it again at once."""
        part.kill()
        begun = clock.elapsed()
        part.start()
        self.restarts[part.name].append(clock.elapsed() - begun)

    def figures(self) -> dict[str, object]:
        """How often each part was killed, and how long its restarts took at most, in seconds."""
        kills = {f"kills_of_{name}".replace(" ", "_"): len(seconds) for name, seconds in self.restarts.items()}
        slowest = {name: round(max(seconds), 2) for name, seconds in self.restarts.items()}
        return {"kills": sum(kills.values()), **kills, "slowest_restarts": slowest}

    def complaints(self) -> list[str]:
        """What web and workers have said that nobody should ever have to say, whoever is killed."""
        lines = (line for log in self.web.log.parent.glob("w*.log") for line in log.read_text().splitlines())
        return [line for line in lines if "Traceback" in line or '"unexpected"' in line or '"worker.broke"' in line]

    def end(self) -> int:
        """Stop in good order; gives back how the worker ended."""
        self.web.end()
        return self.worker.end()


def _tablets(database: Database) -> dict[str, str]:
    """A tablet for each squad; gives back the secrets by the squads' codes."""
    with database.write() as session:
        return {squad: devices.add(session, squad, tablet(squad), clock.now())[1] for squad in SQUADS}


def tablet(squad: str) -> str:
    """The code of a squad's tablet."""
    return f"{squad.lower()}-1"


def _broker(database: Database, start_broker: StartBroker, folder: Path) -> Broker:
    """Mosquitto with the passwords and rights that the service has written for it."""
    given = settings.read(own_processes.environment(database, folder / "data"))
    with database.read() as session:
        texts = mosquitto.files(session, given, folder, None)
    mosquitto.write(folder, {name: texts[name] for name in ("passwords", "acl")})
    return start_broker(password_file=folder / "passwords", acl_file=folder / "acl")


def _parents() -> Iterator[tuple[int, int]]:
    """Every process of this machine and its parent."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        yield int(status.parent.name), int(words[1])


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
