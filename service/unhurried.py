"""Commits that do not wait for the disk, for long work that can simply be run again.

A power cut then costs the last rows and nothing else: commits reach the disk in their order, on both engines.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import event, text

from town.database import Database


@contextmanager
def unhurried(database: Database) -> Iterator[None]:
    """Inside the block commits do not wait; when it ends, everything has reached the disk, and later ones wait again."""
    ease = _ease_sqlite if database.sqlite else _ease_postgresql
    database.close()  # connections made before know nothing of it
    event.listen(database.engine, "connect", ease)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", ease)
        database.close()
        (_settle_sqlite if database.sqlite else _settle_postgresql)(database)


def _ease_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")


def _ease_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # inside a transaction the setting would fall with it
    connection.execute("SET synchronous_commit = off")
    connection.autocommit = False


def _settle_sqlite(database: Database) -> None:
    with closing(
        database.engine.raw_connection()
    ) as connection:  # SQLAlchemy would begin a transaction, which may not be
        connection.cursor().execute("PRAGMA wal_checkpoint(FULL)")


def _settle_postgresql(database: Database) -> None:
    """A commit that waits, waits for all before it; but only one that wrote something waits at all."""
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_logical_emit_message(true, 'wangge', 'settled')"))
