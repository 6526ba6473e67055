"""The guards bite: each breach planted on purpose is reported."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT
from town.settings import child_environment

BANNED = {
    "dt.datetime.now(dt.UTC)": "import datetime as dt",
    "dt.datetime.utcnow()": "import datetime as dt",
    "dt.datetime.today()": "import datetime as dt",
    "dt.date.today()": "import datetime as dt",
    "time.time()": "import time",
    "time.monotonic()": "import time",
    "os.environ": "import os",
    "os.getenv('HOME')": "import os",
}
BREACHES = {
    "town/ids.py": "import grids.models",
    "dispatch/models.py": "import dispatch.services.intake",
    "grids/rules/coordinates.py": "import sqlalchemy",
    "town/clock.py": "import town.database",
}
CONTRACTS = ("One direction", "Inside a room", "Rules are pure", "No circles")


@pytest.mark.parametrize("call", BANNED)
def test_reading_clock_or_environment_is_refused_outside_its_module(call: str, tmp_path: Path):
    breach = tmp_path / "breach.py"
    breach.write_text(f'"""A breach."""\n\n{BANNED[call]}\n\nHERE = {call}\n')
    said = _run("ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(breach))
    assert "TID251" in said


def test_a_breach_of_each_contract_is_reported(tmp_path: Path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for module, breach in BREACHES.items():
        with (tmp_path / module).open("a") as source:
            source.write(f"\n{breach}\n")
    said = _run("lint-imports", "--no-cache", folder=tmp_path)
    assert [name for name in CONTRACTS if not _broken(name, said)] == []


def _broken(contract: str, said: str) -> bool:
    return any(line.startswith(contract) and line.endswith("BROKEN") for line in said.splitlines())


def _run(program: str, *words: str, folder: Path = ROOT) -> str:
    command = [str(Path(sys.executable).parent / program), *words]
    environment = child_environment({"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"})
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout
