"""The real pages in a real browser, asked of a real ``wangge web``."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from service.pages import DIST
from tests import own_processes
from tests.faults.stage import Web
from tests.ground.processes import Processes, free_port
from town.database import Database

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session", autouse=True)
def built_pages() -> None:
    """The pages as ``make setup`` builds them; without them no test of theirs can say anything."""
    if not (DIST / "index.html").is_file():
        pytest.fail("web/dist is missing: the pages are not built. `make setup` builds them.", pytrace=False)


@pytest.fixture
def start_web(processes: Processes, mapped: Database, tmp_path: Path) -> Iterator[Callable[..., Web]]:
    """Start ``wangge web`` on the mapped town: ``start_web(WANGGE_DEMO="1")``."""
    started: list[Web] = []

    def start(**settings: str) -> Web:
        given = {"WANGGE_WEB_PROCESSES": "1", **settings}
        started.append(Web(processes, own_processes.environment(mapped, tmp_path / "data", **given), tmp_path))
        return started[-1]

    yield start
    for web in started:
        web.end()


@pytest.fixture
def web(start_web: Callable[..., Web]) -> Web:
    """The town's web process."""
    return start_web()
