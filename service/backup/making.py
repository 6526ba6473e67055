"""Making a backup (备份): everything in it is as of one moment, and the town goes on working."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from service import kept_files
from service.backup import archive
from service.backup.archive import Progress, Writer
from service.backup.engines import Engine
from service.backup.manifest import Inventory, Manifest, take_inventory
from service.backup.postgresql import PostgresqlTown
from service.backup.sqlite import SqliteTown
from town import journal, sealing
from town.clock import Instant
from town.media import files, stores
from town.settings import Settings


@dataclass(frozen=True)
class Made:
    """A finished backup. ``missing`` names files that rows name and that were lost or damaged before."""

    path: Path
    size: int
    inventory: Inventory
    files: int
    missing: tuple[str, ...]


def engine_of(settings: Settings) -> Engine:
    """The engine of the town's database, with its owner's rights."""
    url = make_url(settings.owner_url)
    return SqliteTown(url) if url.get_backend_name() == "sqlite" else PostgresqlTown(url)


def make(settings: Settings, target: Path, now: Instant, progress: Progress) -> Made:
    """Write a backup of the whole town but its secrets to ``target``.

    Raises Refused("not_empty") when the file exists, "file_unreadable" without a database, "backup_tool" without pg_dump.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    engine = engine_of(settings)
    with archive.written(target) as writer, tempfile.TemporaryDirectory(dir=target.parent, prefix=".wangge-") as folder:
        _add_heads(settings, writer)
        progress("复制数据库", 0, 1)
        with engine.copy(Path(folder)) as copy:
            inventory, paths = (
                take_inventory(copy.session),
                list(stores.named(copy.session, kept_files.stores(settings))),
            )
        writer.add_file(engine.member, copy.file)
        progress("复制数据库", 1, 1)
        missing = _add_files(paths, writer, progress)
        key = sealing.fingerprint(settings.master_key)
        writer.finish(Manifest(now, engine.name, copy.owner, key, inventory, missing, dict(writer.members)))
    return Made(target, target.stat().st_size, inventory, len(paths) - len(missing), missing)


def _add_heads(settings: Settings, writer: Writer) -> None:
    """Before the database is copied: a head written later would look like a tail cut off when it is restored."""
    path = settings.data / journal.HEADS_FILE
    if path.is_file():
        writer.add_bytes(journal.HEADS_FILE, path.read_bytes())


def _add_files(paths: Sequence[Path], writer: Writer, progress: Progress) -> tuple[str, ...]:
    """Every file that a row names; what is not there, or not what its name says, is told and left out."""
    missing = []
    for done, path in enumerate(paths):
        name = f"{path.parent.parent.name}/{path.name}"
        data = path.read_bytes() if path.is_file() else b""
        if files.digest(data) == path.name:
            writer.add_bytes(name, data)
        else:
            missing.append(name)
        progress("文件", done + 1, len(paths))
    return tuple(missing)
