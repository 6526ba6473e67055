"""Our own processes without the second and a half in which each would load its program: forked from one that has it.

What loading itself does is proved where a process is started from nothing: in the scenarios and under faults.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from town.settings import child_environment

NEST = "tests.ground.nest"
PROJECT = Path(__file__).parents[2]
PATIENCE = 60


class Fledgling(subprocess.Popen[bytes]):
    """A forked process, held like any other."""

    def __init__(self, pid: int) -> None:
        self._child_created = False  # by Popen, that is: there is nothing for it to reap
        self.pid, self.args, self.returncode = pid, [NEST], None
        self._over = threading.Event()

    def ended(self, code: int) -> None:
        """It has ended, with this."""
        self.returncode = code
        self._over.set()

    def poll(self) -> int | None:
        """How it ended, if it has."""
        return self.returncode if self._over.is_set() else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        if not self._over.wait(timeout):
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return int(self.returncode)

    def send_signal(self, number: int) -> None:
        """Signal it, unless it has ended; that may not have been told yet."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Nursery:
    """One process that has everything loaded, and those that came from it. One asks at a time."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._nest = subprocess.Popen(
            [sys.executable, "-m", NEST, str(writing)],
            stdin=subprocess.PIPE,
            cwd=PROJECT,
            pass_fds=[writing],
            start_new_session=True,
        )
        os.close(writing)
        self._born: queue.Queue[Fledgling] = queue.Queue()
        self._known: dict[int, Fledgling] = {}
        self._asking = threading.Lock()
        self._listener = threading.Thread(target=self._listen, args=(reading,), daemon=True)
        self._listener.start()

    def start(self, words: Sequence[str], log: Path, environment: Mapping[str, str]) -> Fledgling:
        """``wangge`` with these words; what it says is appended to ``log``."""
        asked = {
            "words": list(words),
            "folder": str(log.parent),
            "log": str(log),
            "environment": child_environment(environment),
        }
        log.touch()  # whoever waits for its words may look for them at once
        with self._asking:
            assert self._nest.stdin
            self._nest.stdin.write(json.dumps(asked).encode() + b"\n")
            self._nest.stdin.flush()
            return self._born.get(timeout=PATIENCE)

    def close(self) -> None:
        """No more will come. Those that are there stay."""
        self._nest.communicate(timeout=PATIENCE)
        self._listener.join(PATIENCE)

    def _listen(self, reading: int) -> None:
        with os.fdopen(reading) as told:
            for line in told:
                match line.split():
                    case ["born", pid]:
                        self._known[int(pid)] = Fledgling(int(pid))
                        self._born.put(self._known[int(pid)])
                    case ["ended", pid, code]:
                        self._known.pop(int(pid)).ended(int(code))
