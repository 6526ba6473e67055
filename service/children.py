"""Processes that live and die together: a parent starts them, restarts none, and none outlives it.

A child holds the reading end of a pipe as its standard input. When the parent is gone, by whatever death, the pipe
ends, and the child ends with it.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from town import clock, settings

GRACE_SECONDS = 4.0
ORPHANS_GRACE_SECONDS = 1.5


@dataclass(frozen=True)
class Child:
    """One child: the command of ours that it runs, and where it writes, if not where the parent does."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path | None

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself or otherwise."""
        return self.process.poll() is not None


def start(name: str, arguments: Sequence[str], changes: Mapping[str, str], log: Path | None = None) -> Child:
    """Run a ``wangge`` command that knows ``--child``, with these changes to the environment.

    It gets a session of its own, so that Ctrl-C reaches the parent alone, which then stops all in good order.
    """
    command = [sys.executable, "-m", "service", *arguments, "--child"]
    environment = settings.child_environment(changes)
    output = None if log is None else log.open("wb")
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, env=environment, start_new_session=True
        )
    finally:
        if output:
            output.close()
    return Child(name, process, log)


def stop(children: Sequence[Child]) -> None:
    """Ask all to end; whoever has not done so after a few seconds is killed, and whatever a child left behind."""
    for child in children:
        child.process.terminate()
    until = clock.elapsed() + GRACE_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, until - clock.elapsed()))
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """To be called by a child: when the parent has gone, end as by this signal, after a grace in any case."""
    threading.Thread(target=_outlive_not, args=(how,), name="parent", daemon=True).start()


def _outlive_not(how: signal.Signals) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), how)
    threading.Event().wait(ORPHANS_GRACE_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)
