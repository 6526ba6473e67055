"""Files under their own hash: written whole or not at all, never changed, found again by what they hold."""

import errno
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from town.clock import Instant, from_microseconds
from town.errors import Refused

READ_ONLY = 0o400
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
UNFINISHED = ".unfinished-"
LOCK = ".lock"


def digest(data: bytes) -> str:
    """The SHA-256 of ``data``, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def place(root: Path, sha256: str) -> Path:
    """Where the file with this hash lies: ``ab/ab12…`` below ``root``."""
    return root / sha256[:2] / sha256


def keep(root: Path, data: bytes) -> str:
    """Write ``data`` under its SHA-256 (64 hex digits), safe on the disk when this returns. The same bytes lie there once.

    Raises Refused("storage_full") when the disk is; nothing is left behind then.
    """
    sha256 = digest(data)
    target = place(root, sha256)
    with _refused_when_full(), _held(root, fcntl.LOCK_SH):
        if target.is_file() and target.stat().st_size == len(data):
            os.utime(target)  # young again, so that no sweep takes it before its row is committed
        else:
            _write(target, data)
    return sha256


def remove_old(root: Path, prefix: str, kept: set[str], older_than: Instant) -> list[str]:
    """Remove files last touched before ``older_than`` whose names are not ``kept``; the names of those that went."""
    gone = []
    for path in lying(root, prefix):
        if path.name not in kept and _remove_if_old(root, path, older_than):
            gone.append(path.name)
    return gone


def find_old(root: Path, prefix: str, kept: set[str], older_than: Instant) -> list[Path]:
    """Files last touched before ``older_than`` whose names are not ``kept``."""
    return [path for path in lying(root, prefix) if path.name not in kept and _touched(path) < older_than]


def lying(root: Path, prefix: str) -> list[Path]:
    """The files of a prefix, by name."""
    folder = root / prefix
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _touched(path: Path) -> Instant:
    return from_microseconds(path.stat().st_mtime_ns // 1000)


def _remove_if_old(root: Path, path: Path, older_than: Instant) -> bool:
    with _held(root, fcntl.LOCK_EX):
        old = _touched(path) < older_than
        if old:
            path.unlink()
        return old


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), READ_ONLY)
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent):
        sync(folder)


def sync(folder: Path) -> None:
    """Make the names in a folder safe on the disk: a rename alone may be lost when the power fails."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _held(root: Path, mode: int) -> Iterator[None]:
    """Writers share the folder, a sweep has it alone: no file goes between being found again and being touched."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(root / LOCK, "w") as lock:
        fcntl.flock(lock, mode)
        yield


@contextmanager
def _refused_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused("storage_full") from error
        raise
