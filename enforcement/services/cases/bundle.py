"""案卷包: the bound file, every paper and piece of evidence byte for byte, case.json, and a manifest with every hash.

The same case at the same moment gives the same bytes.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.services.cases import case_file, evidence, export, papers
from town.clock import Instant
from town.settings import Settings

FORMAT = "wangge-file/1"
BOOK, DATA, MANIFEST = "卷宗.pdf", "case.json", "manifest.json"
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP can say: the entries bear no time of their own."""
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_NAME = 80
CHUNK = 1 << 20

Progress = Callable[[int, int], object]
"""Told how many entries are in, of how many."""


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Packed:
    """One entry as the manifest names it; ``size`` in bytes."""

    path: str
    size: int
    sha256: str


def bundle(session: Session, settings: Settings, row: PenaltyCase, now: Instant) -> bytes:
    """The whole file as one ZIP. Raises Refused("document_lost" | "evidence_lost" | "fonts_missing")."""
    stream = io.BytesIO()
    pack(session, settings, row, now, stream)
    return stream.getvalue()


def pack(
    session: Session, settings: Settings, row: PenaltyCase, now: Instant, target: IO[bytes], progress: Progress = silent
) -> tuple[Packed, ...]:
    """The same into an open file, a piece at a time: films of evidence are long."""
    sources = list(_sources(session, settings, row, now))
    with zipfile.ZipFile(target, "w") as archive:
        packed = []
        for done, (path, source) in enumerate(sources, 1):
            packed.append(_add(archive, path, source))
            progress(done, len(sources))
        _add(archive, MANIFEST, manifest(row, now, packed))
    return tuple(packed)


def manifest(row: PenaltyCase, now: Instant, packed: Iterable[Packed]) -> bytes:
    """清单: every other entry with its size and SHA-256."""
    told = {
        "format": FORMAT,
        "case": str(row.id),
        "made_at": now.isoformat(),
        "entries": [asdict(one) for one in packed],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _sources(
    session: Session, settings: Settings, row: PenaltyCase, now: Instant
) -> Iterable[tuple[str, bytes | Path]]:
    yield BOOK, case_file.bound(session, settings, row, now).data
    yield DATA, case_file.data(session, settings, row, now)
    for number, leaf in enumerate(case_file.leaves(session, row), 1):
        yield f"documents/{number:03}-{safe(leaf.title)}.pdf", papers.path(settings, leaf.document)
    for number, file in enumerate(export.files_of(session, row), 1):
        yield f"evidence/{number:03}-{safe(file.name)}", evidence.path(settings, file)


def safe(name: str) -> str:
    """A name that every system takes and that leads nowhere else."""
    bare = NOT_IN_NAMES.sub("_", name).strip(" .") or "_"
    stem, dot, ending = bare.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) < LONGEST_NAME // 4 else ""
    return bare.removesuffix(ending)[: LONGEST_NAME - len(ending)] + ending


def _add(archive: zipfile.ZipFile, path: str, source: bytes | Path) -> Packed:
    entry = zipfile.ZipInfo(path, FIRST_MOMENT)
    entry.create_system, entry.external_attr = 3, 0o100600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if isinstance(source, bytes) else zipfile.ZIP_STORED
    with _opened(source) as file, archive.open(entry, "w", force_zip64=True) as into:
        return _copied(path, file, into)


def _copied(path: str, source: IO[bytes], into: IO[bytes]) -> Packed:
    counted, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        counted.update(chunk)
        size += into.write(chunk)
    return Packed(path, size, counted.hexdigest())


def _opened(source: bytes | Path) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
