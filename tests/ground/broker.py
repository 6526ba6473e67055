"""A real Mosquitto."""

import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.ground import parts
from tests.ground.processes import Processes, answers, free_port, until_up

StartBroker = Callable[..., "Broker"]


class Broker:
    """A broker on a port of 127.0.0.1; it can be killed and started again on the same port with the same memory."""

    host = "127.0.0.1"

    def __init__(self, processes: Processes, lines: Sequence[str]) -> None:
        self._processes = processes
        self._folder = processes.folder()
        self._log = self._folder / "log"
        self.port = free_port()
        kept = (
            "user root",
            "persistence true",
            f"persistence_location {self._folder}/",
            f"listener {self.port} {self.host}",
        )
        self._configuration = self._folder / "mosquitto.conf"
        self._configuration.write_text("\n".join((*kept, *lines, "")))
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        program = parts.program("mosquitto")
        assert program
        self._server = self._processes.start([program, "-c", str(self._configuration)], self._log)
        until_up(self._server, lambda: answers(self.port), self._log)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop in good order, or with SIGKILL as a fault would."""
        self._processes.stop(self._server, number)

    def end(self) -> None:
        """Stop it if it still runs."""
        if self._server.poll() is None:
            self.stop()

    def reload(self) -> None:
        """Have it read its password and rights files again."""
        self._server.send_signal(signal.SIGHUP)

    def log(self) -> str:
        """What it has said so far."""
        return self._log.read_text(errors="replace")


@pytest.fixture
def start_broker(processes: Processes) -> Iterator[StartBroker]:
    """Start a broker: ``start_broker(password_file=…, acl_file=…, lines=[…])``; without files it is open to anyone."""
    parts.MOSQUITTO.require()
    started: list[Broker] = []

    def start(password_file: Path | None = None, acl_file: Path | None = None, lines: Sequence[str] = ()) -> Broker:
        files = {"password_file": password_file, "acl_file": acl_file}
        rights = [f"{name} {path}" for name, path in files.items() if path]
        anyone = f"allow_anonymous {'false' if password_file else 'true'}"
        started.append(Broker(processes, [anyone, *rights, *lines]))
        return started[-1]

    yield start
    for broker in started:
        broker.end()


@pytest.fixture
def mosquitto(start_broker: StartBroker) -> Broker:
    """A broker that is open to anyone."""
    return start_broker()
