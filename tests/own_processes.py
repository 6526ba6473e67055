"""Our own processes, started for real: web, worker, broker, serve."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.ground.databases import url_as
from tests.ground.postgresql import LEADER
from tests.ground.processes import Processes
from town.database import Database

PROJECT = Path(__file__).parents[1]
MASTER_KEY = "only-for-tests-only-for-tests-only-for-tests"


def start(
    processes: Processes, words: Sequence[str], environment: Mapping[str, str], log: Path
) -> "subprocess.Popen[bytes]":
    """``wangge`` with these words, from this checkout."""
    found = {"PYTHONPATH": str(PROJECT), **environment}
    return processes.start([sys.executable, "-m", "service", *words], log, environment=found)


def fork(
    processes: Processes, words: Sequence[str], environment: Mapping[str, str], log: Path
) -> "subprocess.Popen[bytes]":
    """The same at once, where how it comes up is not what is proved (``tests.ground.nursery``)."""
    return processes.fork(words, log, {"PYTHONPATH": str(PROJECT), **environment})


def environment(database: Database, data: Path, **more: str) -> dict[str, str]:
    """What a process needs to run on the test's database."""
    return {
        "WANGGE_DATA": str(data),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_NUMBERER_URL": url_as(database, LEADER),
        "WANGGE_MASTER_KEY": MASTER_KEY,
        "WANGGE_MQTT_PASSWORD": "only-for-tests",
        **more,
    }
