"""A process that has our programs loaded, and becomes one of them whenever it is asked: without loading it anew.

A program of its own. Each line on stdin asks for one: its words, environment, folder and log. Lines on the first
descriptor given say what became of them: ``born 123``, ``ended 123 0``. It ends when stdin does; its children do not.
"""

import gc
import importlib
import json
import os
import selectors
import signal
import sys
from typing import Any

LOADED = ("service.cli", "service.commands.web", "service.commands.worker")

Asked = dict[str, Any]


class Nest:
    """Waits for what is asked and for children that end."""

    def __init__(self, told: int) -> None:
        self._told = told
        self._half = b""
        self._bell, ring = os.pipe()
        os.set_blocking(ring, False)
        signal.set_wakeup_fd(ring)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._ears = selectors.DefaultSelector()
        self._ears.register(0, selectors.EVENT_READ)
        self._ears.register(self._bell, selectors.EVENT_READ)

    def brood(self) -> Asked | None:
        """Comes back in every child with what was asked of it, and in the parent with None at the end."""
        while True:
            for key, _ in self._ears.select():
                if key.fd == self._bell:
                    os.read(self._bell, 4096)
                    self._bury()
                    continue
                if not (read := os.read(0, 65536)):
                    return None
                *lines, self._half = (self._half + read).split(b"\n")
                for line in lines:
                    if self._hatch():
                        return dict(json.loads(line))

    def _hatch(self) -> bool:
        """Whether this is the child."""
        if pid := os.fork():
            self._tell(f"born {pid}")
            return False
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._ears.close()
        os.close(self._told)
        return True

    def _bury(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            self._tell(f"ended {pid} {os.waitstatus_to_exitcode(status)}")

    def _tell(self, line: str) -> None:
        os.write(self._told, f"{line}\n".encode())


def become(asked: Asked) -> None:
    """The program with these words, as if it had just been started."""
    os.setsid()
    os.chdir(asked["folder"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    for number, put in enumerate((os.open(os.devnull, os.O_RDONLY), log, log)):
        os.dup2(put, number)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["wangge", *asked["words"]]
    importlib.import_module("service.cli").main()


if __name__ == "__main__":
    for loaded in LOADED:
        importlib.import_module(loaded)
    gc.freeze()
    if wanted := Nest(int(sys.argv[1])).brood():
        become(wanted)
