"""A fresh migrated database for every test, on both engines: copied from a template (``furnishing``)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ground.postgresql import LEADER, OWNER, WEB, Cluster
from town import journal
from town.database import Database
from town.journal.connection import connect

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database, opened with the rights of a web process; holds what the test asks for, else nothing.

    The test runs once on each engine. ``@on_sqlite`` and ``@on_postgresql`` keep it to one.
    """
    opened: Database = request.getfixturevalue(request.param)
    return opened


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """The database on SQLite."""
    path = tmp_path / "town.sqlite3"
    shutil.copyfile(sqlite_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def postgresql(postgresql_template: str, cluster: Cluster) -> Iterator[Database]:
    """The database on PostgreSQL."""
    name = cluster.create(postgresql_template)
    opened = Database(cluster.url(name, WEB))
    yield opened
    opened.close()
    cluster.drop(name)


@pytest.fixture
def owner() -> Iterator[Callable[[Database], Database]]:
    """The same database, opened as the owner of its tables: ``owner(database)``. On SQLite there is nobody else."""
    opened: list[Database] = []

    def open_as_owner(database: Database) -> Database:
        opened.append(Database(url_as(database, OWNER)))
        return opened[-1]

    yield open_as_owner
    for one in opened:
        one.close()


def number(database: Database) -> int:
    """Number what waits in the journal, as the leader would, and say how much it was. SQLite's writer has done it."""
    if database.sqlite:
        return 0
    with connect(url_as(database, LEADER), name="tests-numbering") as connection:
        return sum(iter(lambda: journal.number_once(connection), 0))


def url_as(database: Database, user: str) -> str:
    """The database's URL for another login role; SQLite knows none."""
    url = database.url if database.sqlite else database.url.set(username=user)
    return url.render_as_string(hide_password=False)


def prepare(url: str, *steps: Callable[[Database], object]) -> None:
    """Take these steps in a database that is to be copied.

    Nobody may be connected to a template while it is copied, and a SQLite file must hold all of itself.
    """
    database = Database(url)
    for step in steps:
        step(database)
    database.close()
