"""Folders of files that rows name by their hash (文件库): what should lie there, what is lost, and what nobody owns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from town.clock import Instant
from town.media import files

PREFIXES = tuple(f"{number:02x}" for number in range(256))


@dataclass(frozen=True)
class Store:
    """A folder and the column whose hashes name its files."""

    root: Path
    column: InstrumentedAttribute[str]


@dataclass(frozen=True)
class Swept:
    """What a sweep found: files without rows that went, rows without files that somebody must look into."""

    removed: list[str]
    lost: list[Path]


def named(session: Session, stores: Iterable[Store]) -> Iterator[Path]:
    """Where every file that a row names should lie."""
    for one in stores:
        for prefix in PREFIXES:
            yield from (files.place(one.root, sha256) for sha256 in sorted(_named(session, one.column, prefix)))


def lost(session: Session, stores: Iterable[Store]) -> list[Path]:
    """Every file that a row names and that is not on the disk."""
    return [path for path in named(session, stores) if not path.is_file()]


def sweep(session: Session, stores: Iterable[Store], older_than: Instant) -> Swept:
    """Compare rows and files both ways: files older than ``older_than`` without a row go, rows without a file are told."""
    swept = tuple(stores)
    removed = [
        sha256
        for one in swept
        for prefix in PREFIXES
        for sha256 in files.remove_old(one.root, prefix, _named(session, one.column, prefix), older_than)
    ]
    return Swept(removed, lost(session, swept))


def _named(session: Session, column: InstrumentedAttribute[str], prefix: str) -> set[str]:
    return set(session.scalars(select(column).where(column.between(prefix, prefix + "g"))))
