"""A fresh migrated database for every test, on both engines: copied from a template, which is migrated once a run."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service import migrate
from tests.ground import cast
from tests.ground.postgresql import LEADER, OWNER, WEB, Cluster
from tests.ground.processes import Processes
from town import journal
from town.database import Database
from town.journal.connection import connect

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database, opened with the rights of a web process; empty unless the test asks for ``cast`` too.

    The test runs once on each engine. ``@on_sqlite`` and ``@on_postgresql`` keep it to one.
    """
    opened: Database = request.getfixturevalue(request.param)
    return opened


@pytest.fixture
def sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The database on SQLite."""
    path = tmp_path / "town.sqlite3"
    shutil.copyfile(request.getfixturevalue(f"{_furnishing(request)}_file"), path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def postgresql(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[Database]:
    """The database on PostgreSQL."""
    name = cluster.create(request.getfixturevalue(f"{_furnishing(request)}_template"))
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


@pytest.fixture(scope="session")
def empty_file(processes: Processes) -> Path:
    """An empty migrated SQLite file."""
    path = processes.folder() / "empty.sqlite3"
    _prepare(f"sqlite:///{path}", migrate.upgrade)
    return path


@pytest.fixture(scope="session")
def peopled_file(empty_file: Path) -> Path:
    """A migrated SQLite file with the town and its people."""
    path = empty_file.with_name("peopled.sqlite3")
    shutil.copyfile(empty_file, path)
    _prepare(f"sqlite:///{path}", cast.settle)
    return path


@pytest.fixture(scope="session")
def empty_template(cluster: Cluster) -> str:
    """The name of an empty migrated PostgreSQL database."""
    name = cluster.create()
    _prepare(cluster.url(name), migrate.upgrade)
    cluster.create_logins()
    return name


@pytest.fixture(scope="session")
def peopled_template(cluster: Cluster, empty_template: str) -> str:
    """The name of a migrated PostgreSQL database with the town and its people, numbered in its journal."""
    name = cluster.create(empty_template)
    _prepare(cluster.url(name, WEB), cast.settle, number)
    return name


def _furnishing(request: pytest.FixtureRequest) -> str:
    return "peopled" if {"town", "cast"} & set(request.fixturenames) else "empty"


def _prepare(url: str, *steps: Callable[[Database], object]) -> None:
    """Nobody may be connected to a template while it is copied, and a SQLite file must hold all of itself."""
    database = Database(url)
    for step in steps:
        step(database)
    database.close()
