"""Restoring a backup (恢复) into an empty place, and proving that all of it is there again."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from alembic.script import ScriptDirectory

from service import kept_files, migrate
from service.backup import archive
from service.backup.archive import Progress
from service.backup.engines import Engine
from service.backup.making import engine_of
from service.backup.manifest import Inventory, Manifest, take_inventory
from town import journal, sealing
from town.database import Database
from town.errors import Refused
from town.media import files, stores
from town.settings import Settings

FILE = re.compile(r"(originals|views|documents|evidence)/([0-9a-f]{64})")


@dataclass(frozen=True)
class Restored:
    """A finished restore. ``findings`` are sentences about whatever is not as the backup said; none is the rule."""

    manifest: Manifest
    inventory: Inventory
    files: int
    findings: tuple[str, ...]


def restore(settings: Settings, source: Path, progress: Progress) -> Restored:
    """Put a backup into an empty place. Nothing is touched before all of the file is proved.

    Raises Refused("backup_broken" | "file_unreadable" | "backup_other" | "wrong_key" | "not_empty" | "backup_tool").
    """
    manifest = archive.verified(source, progress)
    engine = engine_of(settings)
    _require_fit(settings, engine, manifest)
    _require_empty(settings)
    engine.require_empty(manifest.owner)
    settings.data.mkdir(parents=True, exist_ok=True)
    with _taken_back_on_failure(settings), tempfile.TemporaryDirectory(dir=settings.data, prefix=".wangge-") as folder:
        dump = Path(folder) / engine.member
        for done, (name, file) in enumerate(archive.members(source)):
            _put(settings, dump, name, file)
            progress("写回文件", done, len(manifest.members))
        os.sync()  # once for all files: a hundred thousand single ones would take an hour
        progress("写回数据库", 0, 1)
        engine.load(dump)
        progress("写回数据库", 1, 1)
    return _proved(settings, manifest, progress)


def _require_fit(settings: Settings, engine: Engine, manifest: Manifest) -> None:
    if manifest.engine != engine.name:
        raise Refused(
            "backup_other",
            why=f"备份来自 {manifest.engine}，这里的数据库是 {engine.name}。请核对 WANGGE_DATABASE_URL。",
        )
    if manifest.key != sealing.fingerprint(settings.master_key):
        raise Refused("wrong_key")
    known = {script.revision for script in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()}
    if manifest.inventory.revision not in known:
        raise Refused(
            "backup_other", why=f"备份的数据库版本 {manifest.inventory.revision} 比本程序新。请先升级程序再恢复。"
        )


def _require_empty(settings: Settings) -> None:
    lying = [path for path in settings.media.rglob("*") if path.is_file() and path.name != files.LOCK]
    if (head := settings.data / journal.HEADS_FILE).exists():
        lying.append(head)
    if lying:
        raise Refused("not_empty", why=f"{lying[0]} 已经存在。恢复只写进空的地方：请先把它移走，或换一个 WANGGE_DATA。")


@contextmanager
def _taken_back_on_failure(settings: Settings) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(settings.media, ignore_errors=True)
        (settings.data / journal.HEADS_FILE).unlink(missing_ok=True)
        raise


def _put(settings: Settings, dump: Path, name: str, file: IO[bytes]) -> None:
    """Each member to its place; its bytes were proved already, and a name that we did not write is left alone."""
    if name == dump.name:
        _write(dump, file, archive.OWNER_ONLY)
    elif name == journal.HEADS_FILE:
        _write(settings.data / journal.HEADS_FILE, file, archive.OWNER_ONLY)
    elif kept := FILE.fullmatch(name):
        _write(files.place(settings.media / kept[1], kept[2]), file, files.READ_ONLY)


def _write(target: Path, source: IO[bytes], mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("xb") as file:
        os.fchmod(file.fileno(), mode)
        archive.copied(source, file)


def _proved(settings: Settings, manifest: Manifest, progress: Progress) -> Restored:
    """Compare what is there now with what the backup said, and verify the journal against its heads."""
    written = journal.read_heads(settings.data / journal.HEADS_FILE)
    database = Database(settings.owner_url)
    try:
        with database.read() as session:
            verdict = journal.verify(session, written, lambda rows: progress("核验轨迹", rows, 0))
            inventory = take_inventory(session)
            paths = list(stores.named(session, kept_files.stores(settings)))
    finally:
        database.close()
    findings = [*manifest.inventory.differences(inventory), *(finding.sentence for finding in verdict.findings)]
    findings += _wrong_files(paths, manifest, progress)
    return Restored(manifest, inventory, len(paths), tuple(findings))


def _wrong_files(paths: list[Path], manifest: Manifest, progress: Progress) -> Iterator[str]:
    for done, path in enumerate(paths):
        progress("核对文件", done + 1, len(paths))
        name = f"{path.parent.parent.name}/{path.name}"
        if name in manifest.missing:
            yield f"文件 {name} 备份时就已缺失或损坏。"
        elif not path.is_file() or files.digest(path.read_bytes()) != path.name:
            yield f"文件 {name} 没有恢复。"
