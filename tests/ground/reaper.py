"""Ends what the tests started, when they end in whatever way: their end of the pipe closes even on kill -9.

A program of its own. Each line on stdin says what came to be or went: ``process 123``, ``gone 123``, ``folder /…``.
"""

import contextlib
import os
import shutil
import signal
import sys
import time

PATIENCE = 10.0
PAUSE = 0.05


def main() -> None:
    """Take notes until the pipe closes; then stop every process, and take every folder away."""
    processes: list[int] = []
    folders: list[str] = []
    for line in sys.stdin:
        match line.rstrip("\n").split(" ", 1):
            case ["process", pid]:
                processes.append(int(pid))
            case ["gone", pid]:
                processes.remove(int(pid))
            case ["folder", path]:
                folders.append(path)
    stop(processes)
    for path in folders:
        shutil.rmtree(path, ignore_errors=True)


def stop(processes: list[int]) -> None:
    """Ask each process group to end; after a while, make it."""
    for pid in reversed(processes):
        send(pid, signal.SIGINT)
    end = time.monotonic() + PATIENCE
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(PAUSE)
    for pid in processes:
        send(pid, signal.SIGKILL)


def send(group: int, number: signal.Signals) -> None:
    """Signal a process group that may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def alive(pid: int) -> bool:
    """True while the process runs; one that only waits to be fetched by its parent does not."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return False


if __name__ == "__main__":
    main()
