"""What the tests use from the system. A test whose part is missing is left out, and the end of the run says so."""

import functools
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

LEFT_OUT = "left out: "


@dataclass(frozen=True)
class Part:
    """One part of the system, and how to tell that it is there."""

    name: str
    found: Callable[[], bool]

    def require(self) -> None:
        """Leave the asking test out where the part is missing. In CI nothing may be left out."""
        if self.found():
            return
        if os.environ.get("CI") == "true":
            pytest.fail(f"{self.name} is missing; `make system-packages` installs it", pytrace=False)
        pytest.skip(LEFT_OUT + self.name)


def program(name: str) -> str | None:
    """Where a program lies; servers are often outside an ordinary user's PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@functools.cache
def postgresql_programs() -> Path | None:
    """The newest PostgreSQL server's programs, which Debian keeps out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).parent if found else None


@functools.cache
def _has_postgis() -> bool:
    programs = postgresql_programs()
    if programs is None:
        return False
    version = subprocess.check_output([programs / "postgres", "--version"], text=True).split()[2].split(".")[0]
    shared = Path(f"/usr/share/postgresql/{version}"), programs.parent / "share", programs.parent / "share/postgresql"
    return any((folder / "extension/postgis.control").exists() for folder in shared)


@functools.cache
def _has_chinese_font() -> bool:
    asked = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False) if program("fc-list") else None
    return bool(asked and asked.stdout.strip())


def chromium_program() -> str | None:
    """The browser, under any of its names."""
    return program("chromium") or program("chromium-browser") or program("google-chrome")


POSTGIS = Part("PostGIS", _has_postgis)
MOSQUITTO = Part("Mosquitto", lambda: program("mosquitto") is not None)
MOSQUITTO_CLIENTS = Part("Mosquitto's clients", lambda: program("mosquitto_sub") is not None)
NGINX = Part("nginx", lambda: program("nginx") is not None)
CHROMIUM = Part("Chromium", lambda: chromium_program() is not None)
CHINESE_FONT = Part("a Chinese font", _has_chinese_font)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and how to get it."""
    reasons = (report.longrepr[2] for report in terminalreporter.stats.get("skipped", ()))
    missing = Counter(reason.split(LEFT_OUT)[1] for reason in reasons if LEFT_OUT in reason)
    if not missing:
        return
    terminalreporter.section("left out", yellow=True)
    for part, tests in missing.items():
        terminalreporter.write_line(f"{tests} tests: {part} is missing")
    terminalreporter.write_line("`make system-packages` installs what is missing (Debian, Ubuntu).")
