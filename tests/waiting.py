"""Whether somebody waits: for tests in which two transactions meet on PostgreSQL."""

from sqlalchemy import text

from town.database import Database


def waiting(database: Database) -> bool:
    """Whether a transaction waits for another one's lock."""
    with database.read() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
