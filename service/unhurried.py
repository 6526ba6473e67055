"""Commits that do not wait for the disk, for long work that can simply be run again.

A power cut then costs the last rows and nothing else: commits reach the disk in their order, on both engines.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from town.database import Database


@contextmanager
def unhurried(database: Database) -> Iterator[None]:
    """From the first connection on, commits do not wait; when the block ends, everything has reached the disk.

    The database must not have been used yet.
    """
    event.listen(database.engine, "connect", _ease_sqlite if database.sqlite else _ease_postgresql)
    try:
        yield
    finally:
        (_settle_sqlite if database.sqlite else _settle_postgresql)(database)


def _ease_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")


def _ease_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # inside a transaction the setting would fall with it
    connection.execute("SET synchronous_commit = off")
    connection.autocommit = False


def _settle_sqlite(database: Database) -> None:
    connection = database.engine.raw_connection()  # SQLAlchemy would begin a transaction, and none may be open
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(FULL)")
    finally:
        connection.close()


def _settle_postgresql(database: Database) -> None:
    """A commit that waits, waits for all before it; only one that has an id is written at all."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL synchronous_commit = on"))
        connection.execute(text("SELECT pg_current_xact_id()"))
