"""The demo's tablets (演示平板): their secrets, kept so that the crew can play them. Only a demo town has this file."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from town.errors import Refused
from town.settings import Settings


def path(settings: Settings) -> Path:
    """Where they are kept, readable for their owner only."""
    return settings.data / "secrets" / "demo_tablets.json"


def keep(settings: Settings, secrets: Mapping[str, str]) -> None:
    """Code and secret of every tablet."""
    path(settings).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path(settings), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w") as file:
        json.dump(dict(secrets), file)


def recall(settings: Settings) -> dict[str, str]:
    """Secret by code. Raises Refused("demo_only") where no demo town was made."""
    if not path(settings).is_file():
        raise Refused("demo_only", why="这里没有演示小镇；请先运行 wangge serve --demo。")
    secrets: dict[str, str] = json.loads(path(settings).read_text())
    return secrets
