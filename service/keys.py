"""Secrets of an installation (密钥文件): made once, random, readable for their owner only. None has a default."""

import os
from pathlib import Path

from town import ids

FILES = ("master_key", "mqtt_password")


def ensure(data: Path) -> list[Path]:
    """Make the secrets that are missing under the data folder; gives back the new files. Existing ones stay."""
    folder = data / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [path for name in FILES if (path := folder / name) and keep(path, ids.new_secret())]


def keep(path: Path, secret: str) -> bool:
    """Write a secret to a new file; False, and nothing changed, when there is one already."""
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(opened, "w") as file:
        file.write(secret + "\n")
    return True
