"""Backup and restore: the same rows, chain head and photos in an empty place."""

import shutil
import subprocess
import tarfile
import threading

import pytest
from sqlalchemy import text

from service import backup
from service.commands.backup import backup as backup_command
from service.commands.backup import restore as restore_command
from tests.ground.databases import number, on_postgresql, on_sqlite
from tests.ground.postgresql import OWNER, WEB
from tests.kept_town import KEY, NAME, NOW, PHONE, REASON, REPORT, note, photos, place, rows, silent, told
from town import journal, vault
from town.database import Database
from town.errors import Refused


def test_an_empty_place_gets_the_same_rows_chain_head_and_photos(here, there, made):
    restored = backup.restore(there, made, silent)
    assert restored.findings == ()
    assert rows(there) == rows(here)
    assert photos(there) == photos(here)
    assert len(photos(there)) == restored.files == 4
    assert all(name == digest for name, digest in photos(there).items())
    assert (there.data / journal.HEADS_FILE).read_bytes() == (here.data / journal.HEADS_FILE).read_bytes()


def test_the_restored_town_goes_on(there, made):
    backup.restore(there, made, silent)
    database = Database(there.database_url)
    with database.write() as session:
        note(session, 2, "恢复后的第一件事")
        assert vault.read(session, KEY, REPORT, "account:陈静", REASON, NOW).phone == PHONE
    number(database)
    with database.read() as session:
        assert journal.verify(session, journal.read_heads(there.data / journal.HEADS_FILE)).sound
        assert journal.lag(session) == 0
    database.close()


def test_what_is_not_numbered_yet_is_numbered_after_the_restore(database, here, there, tmp_path):
    with database.write() as session:
        note(session, 2, "还没有编号")
    backup.restore(there, backup.make(here, tmp_path / "late.tar", NOW, silent).path, silent)
    restored = Database(there.database_url)
    number(restored)
    with restored.read() as session:
        events = journal.read_after(session, 0)
    restored.close()
    assert [event.version for event in events if event.subject == "order:1"] == [1, 2]


def test_a_backup_taken_while_people_work_is_of_one_moment(database, here, there, tmp_path):
    stop, before = threading.Event(), rows(here)

    def work() -> None:
        version = 1
        while not stop.is_set():
            version += 1
            with database.write() as session:
                note(session, version, f"第 {version} 次")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        made = backup.make(here, tmp_path / "busy.tar", NOW, silent)
    finally:
        stop.set()
        worker.join()
    restored = backup.restore(there, made.path, silent)
    assert restored.findings == ()
    new = {name: count - len(before[name]) for name, count in restored.inventory.tables.items()}
    assert new["journal"] == new["journal_words"]


def test_a_backup_never_overwrites_a_file(here, made):
    before = made.read_bytes()
    with pytest.raises(Refused, match="not_empty"):
        backup.make(here, made, NOW, silent)
    assert made.read_bytes() == before


def test_lost_and_rotten_photos_are_named_and_the_rest_is_kept(here, there, tmp_path):
    lost, rotten, *_ = sorted(here.media.glob("originals/??/*"))
    lost.unlink()
    rotten.chmod(0o600)
    rotten.write_bytes(b"rotten")
    made = backup.make(here, tmp_path / "town.tar", NOW, silent)
    assert set(made.missing) == {f"originals/{lost.name}", f"originals/{rotten.name}"}
    restored = backup.restore(there, made.path, silent)
    assert len(restored.findings) == 2
    assert len(photos(there)) == 2


def test_a_backup_holds_neither_key_nor_reporter_in_the_clear(here, made, tmp_path):
    with tarfile.open(made) as tar:
        tar.extractall(tmp_path / "opened", filter="data")
    dump = tmp_path / "opened/database.dump"
    if dump.exists():
        subprocess.run([shutil.which("pg_restore") or "", f"--file={dump}.sql", str(dump)], check=True)
    opened = [file for file in (tmp_path / "opened").rglob("*") if file.is_file() and file.parent.name != "originals"]
    assert {"manifest.json", journal.HEADS_FILE} < {file.name for file in opened}
    for file in opened:
        assert not any(canary.encode() in file.read_bytes() for canary in (NAME, PHONE, KEY))


@on_sqlite
def test_what_was_erased_is_not_in_the_backup_either(database, here, tmp_path):
    with database.write() as session:
        journal.erase_words(session, "order:1", NOW)
    made = backup.make(here, tmp_path / "erased.tar", NOW, silent)
    assert "门口堆了很多东西".encode() not in made.path.read_bytes()


def test_only_the_owner_may_read_a_backup(made):
    assert made.stat().st_mode & 0o777 == 0o600


@on_postgresql
def test_a_server_that_knows_no_roles_gets_them_and_the_rights_hold(made, tmp_path, fresh_cluster):
    name = fresh_cluster.create()
    there = place(tmp_path / "there", fresh_cluster.url(name, OWNER))
    assert backup.restore(there, made, silent).findings == ()
    fresh_cluster.create_logins()
    database = Database(fresh_cluster.url(name, WEB))
    for statement in ("UPDATE journal SET kind = 'x'", "DELETE FROM journal_position", "DROP TABLE photo"):
        with pytest.raises(Exception, match=r"permission denied|must be owner"), database.write() as session:
            session.execute(text(statement))
    database.close()


@on_postgresql
def test_programs_older_than_the_server_are_refused_before_they_fail(here, tmp_path, monkeypatch):
    old = tmp_path / "bin/pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    with pytest.raises(Refused, match="9 版"):
        backup.make(here, tmp_path / "second.tar", NOW, silent)


def test_the_commands_say_what_they_did_and_that_the_key_is_kept_elsewhere(here, there, tmp_path):
    saved = told(backup_command, tmp_path / "town.tar", here)
    assert saved.exit_code == 0
    assert "照片、文书和证据文件 4 个" in saved.output
    assert "密钥不在备份里" in saved.output
    back = told(restore_command, tmp_path / "town.tar", there)
    assert back.exit_code == 0
    assert "逐项相符" in back.output
