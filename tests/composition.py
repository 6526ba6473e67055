"""What ``docker/`` says, as the tests read it: the services, the image's steps, and what goes into the image."""

import functools
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[1]
DOCKER = PROJECT / "docker"
OURS = "wangge:"
"""How the image of our own processes begins; every other one is somebody else's."""

VARIABLE = re.compile(r"\$\{(\w+)")


@functools.cache
def composed() -> Any:
    """``compose.yaml``, with its anchors resolved."""
    return yaml.safe_load(composed_text())


def composed_text() -> str:
    """``compose.yaml`` as it is written."""
    return (DOCKER / "compose.yaml").read_text()


def services() -> dict[str, Any]:
    """Every service by its name."""
    found: dict[str, Any] = composed()["services"]
    return found


def our_services() -> dict[str, Any]:
    """Those that run our image."""
    return {name: service for name, service in services().items() if service["image"].startswith(OURS)}


def lasting_services() -> dict[str, Any]:
    """Those that are meant to stay up."""
    return {name: service for name, service in services().items() if service["restart"] != "no"}


def environment(service: Mapping[str, Any]) -> dict[str, str]:
    """What the service is given; a variable that is only passed on is left out, as where nobody has set it."""
    return {name: value for name, value in service.get("environment", {}).items() if value is not None}


def secrets(service: Mapping[str, Any]) -> dict[str, Path]:
    """Where the service finds each of its secrets, by the secret's name."""
    asked = [{"source": one} if isinstance(one, str) else one for one in service.get("secrets", ())]
    return {one["source"]: Path(one.get("target", f"/run/secrets/{one['source']}")) for one in asked}


def secret_file(name: str) -> Path:
    """A secret's file, by its place in the folder of secrets."""
    whole: str = composed()["secrets"][name]["file"]
    return Path(whole.partition("}/")[2])


@functools.cache
def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, each with its words on one line."""
    lines = [line for line in (DOCKER / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    text = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def copied() -> Iterator[str]:
    """What the Dockerfile copies out of the repository."""
    for word, rest in steps():
        *sources, _target = shlex.split(rest) if word == "COPY" else ("",)
        yield from () if "--from=" in rest else (source.rstrip("/") for source in sources)


def let_through(path: str) -> bool:
    """Whether ``.dockerignore`` lets a file into the build: of the lines that fit it or a folder above, the last counts."""
    allowed = True
    for line in (PROJECT / ".dockerignore").read_text().splitlines():
        pattern = line.lstrip("!")
        if line and not line.startswith("#") and _fits(pattern, path):
            allowed = line.startswith("!")
    return allowed


def _fits(pattern: str, path: str) -> bool:
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(f"{expression}(?:/.*)?", path) is not None
