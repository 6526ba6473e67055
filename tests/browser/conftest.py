"""The real pages in a real browser, asked of a real ``wangge web`` that stands on the test's own database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from service import demo
from service.pages import DIST
from tests import own_processes
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.processes import Processes, free_port
from town import settings
from town.database import Database

PATIENCE_MS = 30_000
"""How long a page may take to show something. A test waits so long only when it is about to fail."""

StartWeb = Callable[..., Web]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session", autouse=True)
def built_pages() -> None:
    """The pages as ``make setup`` builds them; without them no test of theirs can say anything."""
    if not (DIST / "index.html").is_file():
        pytest.fail("web/dist is missing: the pages are not built. `make setup` builds them.", pytrace=False)


@pytest.fixture
def start_web(processes: Processes, database: Database, tmp_path: Path) -> Iterator[StartWeb]:
    """Start ``wangge web``: ``start_web(WANGGE_DEMO="1")``. At the end it must still stand, however it was treated."""
    started: list[Web] = []

    def start(**given: str) -> Web:
        environment = own_processes.environment(database, tmp_path / "data", WANGGE_WEB_PROCESSES="1", **given)
        started.append(Web(processes, environment, tmp_path, own_processes.fork))
        return started[-1]

    yield start
    for web in started:
        web.kill()


@pytest.fixture
def web(mapped: Database, start_web: StartWeb) -> Web:
    """The pages of 云溪镇 with its two areas."""
    return start_web()


@pytest.fixture
def worker(processes: Processes, mapped: Database, tmp_path: Path) -> Iterator[None]:
    """``wangge worker``: numbers the journal on PostgreSQL, and answers reporters. Its broker is away all the time."""
    environment = own_processes.environment(mapped, tmp_path / "data", WANGGE_MQTT_PORT=str(free_port()))
    started = own_processes.fork(processes, ["worker"], environment, tmp_path / "worker.log")
    yield
    assert processes.stop(started) == 0


@pytest.fixture
def demo_town(database: Database, tmp_path: Path) -> Database:
    """The demo town as ``make run`` draws it: five areas with crooked borders, and nothing reported yet."""
    given = settings.read(own_processes.environment(database, tmp_path / "data", WANGGE_DEMO="1"))
    demo.prepare(database, given, lambda _said: None, days=0)
    return database


@pytest.fixture
def demo_web(demo_town: Database, start_web: StartWeb) -> Web:
    """The pages of the demo town, which show who may sign in."""
    return start_web(WANGGE_DEMO="1")


@pytest.fixture
def anybody(web: Web) -> Caller:
    """The service, asked over HTTP by somebody without an account."""
    return Caller(web.port)
