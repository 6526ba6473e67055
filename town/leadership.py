"""Leadership (主进程): of all processes that could do a piece of work, the one that does it now.

PostgreSQL: an advisory lock on a connection of its own, so whoever loses the connection has lost the lead. The connection
must be direct: a transaction pooler would hand the lock to several. SQLite: a locked file, freed when the process ends.
Leadership saves work; what must happen once is guarded by the rows themselves.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import URL, make_url

LOCK = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ':' || %s, 0))"
KEEPALIVES: dict[str, Any] = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
SERVER_KEEPALIVES = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
"""So that a machine that loses its power gives up the lead in seconds, not in the two hours TCP would wait."""


class Lock(Protocol):
    """What both kinds of leadership can do."""

    def try_acquire(self) -> bool:
        """Whether this process leads now; ask again before each piece of work, for a lead can be lost."""

    def release(self) -> None:
        """Let another one lead."""


def leadership(url: str | URL, name: str, data: Path) -> Lock:
    """Candidate for the lead called ``name`` in the town whose database is at ``url``; ``data``: the town's folder."""
    parsed = make_url(url)
    return FileLock(data / f"{name}.lock") if parsed.get_backend_name() == "sqlite" else AdvisoryLock(parsed, name)


@contextmanager
def candidate(url: str | URL, name: str, data: Path) -> Iterator[Lock]:
    """A candidate that gives up the lead at the end, however it ends."""
    lock = leadership(url, name, data)
    try:
        yield lock
    finally:
        lock.release()


class AdvisoryLock:
    """The lead as a session's advisory lock on PostgreSQL."""

    def __init__(self, url: URL, name: str) -> None:
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._name = name
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._leads = False

    def try_acquire(self) -> bool:
        """Whether this process leads now. A lost connection or a database that is away means no."""
        try:
            self._leads = self._ask()
        except psycopg.Error:
            self.release()
        return self._leads

    def release(self) -> None:
        """Close the connection, and the lock with it."""
        self._leads = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self) -> bool:
        if self._connection is None:
            self._connection = self._connect()
        if self._leads:
            self._connection.execute("SELECT 1")
            return True
        answer = self._connection.execute(LOCK, (self._name,)).fetchone()
        return answer is not None and bool(answer[0])

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        named = f"wangge lead {self._name}"
        return psycopg.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=5,
            application_name=named,
            options=SERVER_KEEPALIVES,
            **KEEPALIVES,
        )


class FileLock:
    """The lead as a locked file, for the processes of one machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def try_acquire(self) -> bool:
        """Whether this process leads now."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
