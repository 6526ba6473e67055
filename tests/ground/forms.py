"""Short and long forms of heavy tests, the figures they note, and the checks that need real data sets."""

import datetime as dt
import json
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from town import clock

ROOT = Path(__file__).parents[2]
REAL_DATA = ROOT / "tests/real_data"
LONGEST_FIRST = ("scenarios", "browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--soak`` and ``--data``."""
    group = parser.getgroup("wangge")
    group.addoption(
        "--soak", type=Path, metavar="FILE", help="run the long forms only, and write their figures to FILE"
    )
    group.addoption("--data", type=Path, metavar="DIR", help="where real data sets lie, for tests/real_data")


def pytest_configure() -> None:
    """A law holds or it does not; how long one example takes on a busy machine says nothing."""
    hypothesis.settings.register_profile("town", deadline=None)
    hypothesis.settings.load_profile("town")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Real data sets are not part of the repository, so their checks run only where somebody says where they are."""
    return True if collection_path == REAL_DATA and not config.getoption("--data") else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what has a long form in a soak, and what has a short one otherwise; what takes long begins first."""
    soaking = config.getoption("--soak") is not None
    unwanted = [item for item in items if not _wanted(item, soaking)]
    config.hook.pytest_deselected(items=unwanted)
    dropped = set(unwanted)
    items[:] = sorted((item for item in items if item not in dropped), key=_turn)


def _turn(item: pytest.Item) -> int:
    """Nobody should wait at the end for the one process that began something long last."""
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def _wanted(item: pytest.Item, soaking: bool) -> bool:
    long_only = item.get_closest_marker("soak") is not None
    scales = "scale" in getattr(item, "fixturenames", ())
    return long_only or scales if soaking else not long_only


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often, or how many: ``scale(20, 200)`` is 20 in ``make test`` and 200 in ``make soak``."""
    soaking = request.config.getoption("--soak") is not None
    return lambda short, long: long if soaking else short


@pytest.fixture(scope="session")
def data_sets(request: pytest.FixtureRequest) -> Path:
    """The folder of real data sets."""
    folder: Path = request.config.getoption("--data")
    return folder.absolute()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """Show the figures that tests noted with ``record_property``; a soak also writes them down."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    figures = {report.nodeid: dict(report.user_properties) for report in reports if report.user_properties}
    if figures:
        terminalreporter.section("figures")
    for test, noted in figures.items():
        terminalreporter.write_line(f"{test}: " + ", ".join(f"{name} {value}" for name, value in noted.items()))
    if target := config.getoption("--soak"):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(_evidence(int(exitstatus), figures), ensure_ascii=False, indent=1, default=str))


def _evidence(exitstatus: int, figures: dict[str, dict[str, object]]) -> dict[str, object]:
    return {
        "commit": _git("rev-parse", "HEAD"),
        "uncommitted": _git("status", "--porcelain").splitlines(),
        "at": clock.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "passed": exitstatus == 0,
        "figures": figures,
    }


def _git(*words: str) -> str:
    asked = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip()
