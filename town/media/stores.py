"""Folders of files that rows name by their hash (文件库): what should lie there, what is lost, and what nobody owns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from town.clock import Instant
from town.media import files

PAGE = 10_000
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
    """Where every file that a row names should lie, each once."""
    return (files.place(one.root, sha256) for one in stores for sha256 in _every(session, one.column))


def lost(session: Session, stores: Iterable[Store]) -> list[Path]:
    """Every file that a row names and that is not on the disk."""
    return [path for path in named(session, stores) if not path.is_file()]


def kept(stores: Iterable[Store]) -> Iterator[Path]:
    """Every file that lies there."""
    return (path for one in stores for prefix in PREFIXES for path in files.lying(one.root, prefix))


def unowned(session: Session, stores: Iterable[Store], older_than: Instant) -> list[Path]:
    """Files last touched before ``older_than`` that no row names; nothing is taken away."""
    return [path for one in stores for path in _unowned(session, one, older_than)]


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


def _unowned(session: Session, one: Store, older_than: Instant) -> Iterator[Path]:
    """Names are read in one stream, so that no more than one prefix of them is held at a time."""
    left = set(PREFIXES)
    for prefix, names in groupby(_every(session, one.column), key=lambda sha256: sha256[:2]):
        left.discard(prefix)
        yield from files.find_old(one.root, prefix, set(names), older_than)
    for prefix in sorted(left):
        yield from files.find_old(one.root, prefix, set(), older_than)


def _every(session: Session, column: InstrumentedAttribute[str]) -> Iterator[str]:
    return iter(session.scalars(select(column).distinct().order_by(column), execution_options={"yield_per": PAGE}))


def _named(session: Session, column: InstrumentedAttribute[str], prefix: str) -> set[str]:
    return set(session.scalars(select(column).where(column.between(prefix, prefix + "g"))))
