"""What a fresh database already holds, layer upon layer: each is laid once a run, and copied for every test that asks."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from service import migrate
from tests.ground import bureau, cast, lists, web
from tests.ground.databases import number, prepare
from tests.ground.postgresql import OWNER, WEB, Cluster
from tests.ground.processes import Processes
from town.database import Database

Step = Callable[[Database], object]


@dataclass(frozen=True)
class Layer:
    """``below``: what it stands on. ``steps``: what it adds. ``asked_by``: the fixtures that need it."""

    name: str
    below: "Layer | None"
    steps: tuple[Step, ...]
    asked_by: frozenset[str] = frozenset()


EMPTY = Layer("empty", None, (migrate.upgrade,))
PEOPLED = Layer("peopled", EMPTY, (cast.settle, number), frozenset({"town", "cast"}))
MAPPED = Layer("mapped", PEOPLED, (web.draw,), frozenset({"mapped"}))
STAFFED = Layer("staffed", MAPPED, (cast.take_up_posts,), frozenset({"staffed"}))
LISTED = Layer("listed", STAFFED, (lists.put_in_force,), frozenset({"listed"}))
ENFORCING = Layer("enforcing", EMPTY, (bureau.settle, number), frozenset({"bureau"}))
RICHEST_FIRST = (ENFORCING, LISTED, STAFFED, MAPPED, PEOPLED)


class Files:
    """Layers as SQLite files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Path] = {}

    def up_to(self, layer: Layer) -> Path:
        """A file with this layer and all below it."""
        if layer.name not in self._made:
            path = self._folder / f"{layer.name}.sqlite3"
            if layer.below:
                shutil.copyfile(self.up_to(layer.below), path)
            prepare(f"sqlite:///{path}", *layer.steps)
            self._made[layer.name] = path
        return self._made[layer.name]


class Templates:
    """Layers as databases of PostgreSQL."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._made = {EMPTY.name: cluster.create()}
        prepare(cluster.url(self._made[EMPTY.name], OWNER), *EMPTY.steps)
        cluster.create_logins()

    def up_to(self, layer: Layer) -> str:
        """The name of a database with this layer and all below it."""
        if layer.name not in self._made:
            name = self._cluster.create(self.up_to(layer.below or EMPTY))
            prepare(self._cluster.url(name, WEB), *layer.steps)
            self._made[layer.name] = name
        return self._made[layer.name]


@pytest.fixture(scope="session")
def files(processes: Processes) -> Files:
    """What SQLite's databases are copied from."""
    return Files(processes.folder())


@pytest.fixture(scope="session")
def templates(cluster: Cluster) -> Templates:
    """What PostgreSQL's databases are copied from."""
    return Templates(cluster)


@pytest.fixture
def sqlite_template(files: Files, request: pytest.FixtureRequest) -> Path:
    """The file with what the test asks for."""
    return files.up_to(_asked(request))


@pytest.fixture
def postgresql_template(templates: Templates, request: pytest.FixtureRequest) -> str:
    """The database with what the test asks for."""
    return templates.up_to(_asked(request))


@pytest.fixture(scope="session")
def empty_file(files: Files) -> Path:
    """An empty migrated SQLite file."""
    return files.up_to(EMPTY)


@pytest.fixture(scope="session")
def empty_template(templates: Templates) -> str:
    """The name of an empty migrated PostgreSQL database."""
    return templates.up_to(EMPTY)


def _asked(request: pytest.FixtureRequest) -> Layer:
    asked = set(request.fixturenames)
    return next((layer for layer in RICHEST_FIRST if layer.asked_by & asked), EMPTY)
