"""Processes and folders that end with the tests, also when the tests are killed (see ``reaper``)."""

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.ground.nursery import Nursery
from town import clock
from town.settings import child_environment

REAPER = Path(__file__).with_name("reaper.py")
PAUSE = 0.02
PORTS = iter(random.SystemRandom().sample(range(20_000, 32_000), 12_000))
"""Below those that Linux lends to outgoing calls, of which hundreds are under way; each is given out once."""
MEMORY, ENOUGH = Path("/dev/shm"), 6 * 2**30
"""Where Linux keeps files in memory, and how many bytes must be free there for the tests to do so too."""


def pytest_configure() -> None:
    """What a test writes is gone soon: in memory, a database is copied ten times as fast as on a busy disk."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


class Processes:
    """Everything one test run has started."""

    def __init__(self) -> None:
        self._reaper = subprocess.Popen(
            [sys.executable, "-I", str(REAPER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self._running: set[subprocess.Popen[bytes]] = set()
        self._nursery: Nursery | None = None

    def folder(self, owner: str | None = None) -> Path:
        """A new empty folder that only its owner can read."""
        path = Path(tempfile.mkdtemp(prefix="wangge-tests-"))
        self._tell(f"folder {path}")
        if owner:
            shutil.chown(path, owner)
        return path

    def start(
        self,
        command: Sequence[str],
        log: Path,
        *,
        user: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own; what it says is appended to ``log``."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=log.parent,
                env=child_environment(environment or {}),
                start_new_session=True,
                **as_user(user),
            )
        return self._known(process)

    def fork(self, words: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start ``wangge`` with these words as a fork of a process that has it loaded; else as ``start`` does."""
        self._nursery = self._nursery or Nursery()
        return self._known(self._nursery.start(words, log, environment))

    def stop(self, process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
        """Signal one process, SIGKILL for a fault, and wait for its end. Gives back how it ended."""
        process.send_signal(number)
        ended = process.wait(timeout=30)
        self._running.discard(process)
        self._tell(f"gone {process.pid}")
        return ended

    def close(self) -> None:
        """End everything that still runs and take the folders away."""
        self._reaper.communicate(timeout=60)
        for process in self._running:
            process.wait(timeout=1)
        if self._nursery:
            self._nursery.close()

    def _known(self, process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        self._running.add(process)
        self._tell(f"process {process.pid}")
        return process

    def _tell(self, line: str) -> None:
        assert self._reaper.stdin
        self._reaper.stdin.write(line + "\n")
        self._reaper.stdin.flush()


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Where this run starts its servers."""
    started = Processes()
    yield started
    started.close()


def as_user(name: str | None) -> dict[str, Any]:
    """The arguments of ``subprocess`` that make a process run as another user; as ourselves without a name."""
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and that no caller is lent before somebody does."""
    for port in PORTS:
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port was given out")


def answers(port: int) -> bool:
    """True when somebody listens on this port of 127.0.0.1."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def until(true: Callable[[], bool], what: str, *, seconds: float = 30, pause: float = PAUSE) -> None:
    """Wait for something to become true; fail with ``what`` when it does not. Whoever looks closely asks less often."""
    end = clock.elapsed() + seconds
    while not true():
        assert clock.elapsed() < end, f"still waiting after {seconds:g} s: {what}"
        time.sleep(pause)


def until_up(process: subprocess.Popen[bytes], up: Callable[[], bool], log: Path) -> None:
    """Wait for a server to answer; fail with the end of its log when it ends first."""

    def up_or_ended() -> bool:
        return process.poll() is not None or up()

    until(up_or_ended, f"{process.args!r} to answer")
    assert process.poll() is None, log.read_text(errors="replace")[-2000:]
