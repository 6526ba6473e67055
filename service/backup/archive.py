"""The backup's file: a tar of members, its manifest last, and after the tar one line with the SHA-256 of all before it."""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from service.backup.manifest import Manifest, Member
from town.database import canonical
from town.errors import Refused
from town.media.files import sync

MANIFEST = "manifest.json"
SEAL = re.compile(rb"wangge-backup-1 sha256 ([0-9a-f]{64})\n")
SEAL_LENGTH = 88
CHUNK = 1 << 20
OWNER_ONLY = 0o600

Progress = Callable[[str, int, int], object]
"""Told the name of a step, how much of it is done, and how much there is."""


class Writer:
    """An open backup: files go in one after the other, hashed on the way."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, Member] = {}

    def add_file(self, name: str, path: Path) -> None:
        """A file as it lies on the disk."""
        with path.open("rb") as file:
            self._add(name, file, path.stat().st_size)

    def add_bytes(self, name: str, data: bytes) -> None:
        """A member from memory."""
        self._add(name, io.BytesIO(data), len(data))

    def finish(self, manifest: Manifest) -> None:
        """The manifest, after everything it tells of."""
        self.add_bytes(MANIFEST, canonical(manifest.as_json()).encode())

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        entry, source = tarfile.TarInfo(name), _Hashed(file)
        entry.size, entry.mode = size, OWNER_ONLY
        self._tar.addfile(entry, source)
        self.members[name] = Member(source.hash.hexdigest(), size)


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed as they pass."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.hash = file, hashlib.sha256()

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        return data


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """A new backup at ``target``, which appears whole or not at all. Raises Refused("not_empty") when it exists."""
    if target.exists():
        raise Refused("not_empty", why=f"{target} 已经存在，请换一个文件名；备份从不覆盖旧文件。")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with open(unfinished, "wb", opener=_for_the_owner) as file:
            hashed = _Hashed(file)
            with tarfile.open(fileobj=hashed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.write(f"wangge-backup-1 sha256 {hashed.hash.hexdigest()}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
        sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


def verified(path: Path, progress: Progress) -> Manifest:
    """The manifest of a backup whose seal and every member have been checked.

    Raises Refused("backup_broken" | "file_unreadable"); nothing has been written then.
    """
    try:
        _check_seal(path, progress)
        return _check_members(path, progress)
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as error:
        raise broken("里面的结构读不出来") from error
    except OSError as error:
        raise Refused("file_unreadable", why=f"{path} 打不开：{error.strerror}。") from error


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member's name and its bytes, to be read in this order."""
    with tarfile.open(path, mode="r:") as tar:
        for entry in tar:
            if file := tar.extractfile(entry):
                yield entry.name, file


def copied(source: IO[bytes], target: IO[bytes] | None = None) -> Member:
    """Read ``source`` to its end, write it to ``target`` if there is one, and say what it was."""
    counted, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        counted.update(chunk)
        size += len(chunk)
        if target:
            target.write(chunk)
    return Member(counted.hexdigest(), size)


def broken(why: str) -> Refused:
    """The refusal of a backup that is not what was written."""
    return Refused("backup_broken", why=f"备份文件不完整或被改动过（{why}），没有写入任何内容。请换一份备份。")


def _check_seal(path: Path, progress: Progress) -> None:
    sealed_length = path.stat().st_size - SEAL_LENGTH
    counted = hashlib.sha256()
    with path.open("rb") as file:
        for done in range(0, sealed_length, CHUNK):
            counted.update(file.read(min(CHUNK, sealed_length - done)))
            progress("检查封签", done, sealed_length)
        seal = SEAL.fullmatch(file.read())
    if seal is None:
        raise broken("末尾的封签不在")
    if seal[1].decode() != counted.hexdigest():
        raise broken("内容与封签不符")


def _check_members(path: Path, progress: Progress) -> Manifest:
    found: dict[str, Member] = {}
    for name, file in members(path):
        if name == MANIFEST:
            manifest = Manifest.from_json(json.loads(file.read()))
            break
        found[name] = copied(file)
        progress("检查内容", len(found), len(found))
    else:
        raise broken("没有清单")
    if found != manifest.members:
        raise broken("内容与清单不符")
    return manifest
