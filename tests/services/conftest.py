"""What the tests of backup and restore share: a town, an empty place, and the town's backup."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service import backup
from tests.ground.databases import number, url_as
from tests.ground.postgresql import OWNER, WEB, Cluster
from tests.kept_town import KEY, NAME, NOW, PHONE, REASON, REPORT, note, place, silent
from tests.photographs import jpeg, keep, png
from town import journal, vault
from town.settings import Settings


@pytest.fixture
def here(database, cast, tmp_path) -> Settings:
    """云溪镇 with a report, its reporter, two photos, and a journal whose head is written down."""
    given = place(tmp_path / "here", url_as(database, WEB), url_as(database, OWNER))
    with database.write() as session:
        vault.keep(session, KEY, REPORT, NAME, PHONE, NOW)
        for sent in (jpeg(), png(seed=2)):
            keep(session, given, REPORT, "report", sent, "reporter", NOW)
        note(session, 1, "门口堆了很多东西")
        vault.read(session, KEY, REPORT, "account:陈静", REASON, NOW)
    number(database)
    with database.read() as session:
        journal.write_head(session, given.data / journal.HEADS_FILE, NOW)
    return given


@pytest.fixture
def there(database, tmp_path, request) -> Iterator[Settings]:
    """An empty place on the same engine."""
    if database.sqlite:
        yield place(tmp_path / "there", f"sqlite:///{tmp_path}/there/town.sqlite3")
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield place(tmp_path / "there", cluster.url(name, WEB), cluster.url(name, OWNER))
    cluster.drop(name)


@pytest.fixture
def fresh_cluster(processes) -> Iterator[Cluster]:
    """A server that has never heard of the town."""
    cluster = Cluster(processes)
    yield cluster
    cluster.stop()


@pytest.fixture
def made(here, tmp_path) -> Path:
    return backup.make(here, tmp_path / "town.tar", NOW, silent).path
