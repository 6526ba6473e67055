"""The bell: wakes a reader when rows have been numbered. Only a bell: what there is to read stands in the journal."""

import time
from typing import Any

import psycopg
import structlog

from town import clock
from town.database import Database
from town.journal.connection import connect
from town.journal.readers import head

POLL = 0.1
RETRY_PAUSE = 1.0

log = structlog.get_logger()


class Bell:
    """Hang it before the first reading; then wait, read until nothing comes, wait again. One thread per bell."""

    def __init__(self, database: Database) -> None:
        """Raises psycopg.Error when PostgreSQL cannot be reached."""
        self._ringer = _Polling(database) if database.sqlite else _Listening(database)

    def wait(self, seconds: float) -> None:
        """Come back when rows have been numbered since the last waiting, at the latest after ``seconds``."""
        self._ringer.wait(seconds)

    def close(self) -> None:
        """Give back what the bell holds."""
        self._ringer.close()


class _Polling:
    """SQLite: looks at the head."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = self._newest()

    def wait(self, seconds: float) -> None:
        until = clock.elapsed() + seconds
        while (newest := self._newest()) == self._seen and (left := until - clock.elapsed()) > 0:
            time.sleep(min(POLL, left))
        self._seen = newest

    def close(self) -> None:
        pass

    def _newest(self) -> int:
        with self._database.read() as session:
            return head(session)[0]


class _Listening:
    """PostgreSQL: LISTEN on a connection of its own, begun again when it is lost."""

    def __init__(self, database: Database) -> None:
        self._url = database.url.render_as_string(hide_password=False)
        self._connection: psycopg.Connection[Any] | None = None
        self._listen()

    def wait(self, seconds: float) -> None:
        try:
            if self._connection is None:
                return self._listen()  # what rang meanwhile is unknown, so the reader looks at once
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error as error:
            log.warning("journal.bell_lost", error=str(error).strip())
            self.close()
            time.sleep(min(RETRY_PAUSE, seconds))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listen(self) -> None:
        self._connection = connect(self._url, name="wangge-reader")
        self._connection.execute("LISTEN journal")
