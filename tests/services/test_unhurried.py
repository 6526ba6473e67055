"""Commits that do not wait for the disk: only inside the block, and nothing is left to wait for when it ends."""

import shutil

from sqlalchemy import text

from service.unhurried import unhurried
from tests.ground.databases import on_postgresql, on_sqlite
from tests.journals import entry
from town import journal
from town.database import Database

EASED = {"sqlite": 1, "postgresql": "off"}


def asked(database, question: str) -> object:
    with database.read() as session:
        return session.scalar(text(question))


def commits_wait(database) -> bool:
    setting = asked(database, "PRAGMA synchronous" if database.sqlite else "SHOW synchronous_commit")
    return setting != EASED[database.url.get_backend_name()]


def write_one(database) -> None:
    with database.write() as session:
        journal.append_many(session, [entry(0)])


def test_commits_wait_again_when_the_block_ends(database):
    assert commits_wait(database)
    with unhurried(database):
        assert not commits_wait(database)
    assert commits_wait(database)


@on_sqlite
def test_everything_has_reached_the_file_of_the_database(database, tmp_path):
    with unhurried(database):
        write_one(database)
    alone = Database(f"sqlite:///{shutil.copy(database.url.database, tmp_path / 'alone.sqlite3')}")
    assert asked(alone, "SELECT count(*) FROM journal") == 1
    alone.close()


@on_postgresql
def test_everything_has_reached_the_disk(database):
    with unhurried(database):
        write_one(database)
        written = asked(database, "SELECT pg_current_wal_insert_lsn()")
    assert asked(database, f"SELECT pg_current_wal_flush_lsn() >= '{written}'")
