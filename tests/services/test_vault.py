"""The vault: a reporter's name and telephone are read through one door, and every reading is written down."""

import ast
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from tests.architecture import source
from tests.ground.databases import on_sqlite
from town import journal, vault
from town.errors import Refused

KEY = "a master key of the tests, long enough to be one"
NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
REPORT = "report:周阿姨"
NAME, PHONE = "周阿姨", "13800000001"
CHEN = "account:陈静"
REASON = "回访核实占道情况"


@pytest.fixture
def kept(database):
    with database.write() as session:
        vault.keep(session, KEY, REPORT, NAME, PHONE, NOW)
    return database


def read(database, *, key=KEY, subject=REPORT, reason=REASON):
    with database.write() as session:
        return vault.read(session, key, subject, CHEN, reason, NOW)


def trail(database, subject=REPORT):
    with database.read() as session:
        return journal.events_of(session, f"vault:{subject}")


def test_the_command_centre_reads_who_reported_with_a_reason(kept):
    reporter = read(kept)
    assert (reporter.name, reporter.phone) == (NAME, PHONE)


def test_every_reading_stands_in_the_journal_with_its_reason(kept):
    for _ in range(3):
        read(kept)
    events = trail(kept)
    assert [(event.version, event.kind, event.actor) for event in events] == [
        (n, "vault.read", CHEN) for n in (1, 2, 3)
    ]
    with kept.read() as session:
        assert {journal.words_by_cite(session, event.data["reason"]) for event in events} == {REASON}


@pytest.mark.parametrize("reason", ["", "   ", "看看", "\n\t \n"])
def test_nobody_reads_without_a_reason(kept, reason):
    with pytest.raises(Refused, match="vault_reason"):
        read(kept, reason=reason)
    assert trail(kept) == []


def test_a_wrong_master_key_is_refused_in_words_and_reads_nothing(kept):
    with pytest.raises(Refused, match="WANGGE_MASTER_KEY"):
        read(kept, key="somebody else's key")
    assert trail(kept) == []


def test_a_sealed_identity_moved_under_another_report_does_not_open(kept):
    with kept.write() as session:
        vault.keep(session, KEY, "report:other", "赵海", None, NOW)
        session.execute(
            text("UPDATE vault_key SET wrapped = (SELECT wrapped FROM vault_key WHERE subject = :s)"), {"s": REPORT}
        )
        session.execute(
            text("UPDATE vault_identity SET sealed = (SELECT sealed FROM vault_identity WHERE subject = :s)"),
            {"s": REPORT},
        )
    with pytest.raises(Refused, match="wrong_key"):
        read(kept, subject="report:other")


def test_a_reporter_who_told_nothing_leaves_nothing(database):
    with database.write() as session:
        vault.keep(session, KEY, REPORT, None, "", NOW)
    with pytest.raises(Refused, match="not_found"):
        read(database)


def test_a_forgotten_reporter_cannot_be_read_by_anybody_again(kept):
    with kept.write() as session:
        assert vault.forget(session, REPORT, NOW, "system:retention")
    with pytest.raises(Refused, match="not_found"):
        read(kept)
    assert [event.kind for event in trail(kept)] == ["vault.forgotten"]
    with kept.write() as session:
        assert not vault.forget(session, REPORT, NOW, "system:retention")


@on_sqlite
def test_a_destroyed_key_leaves_no_bytes_in_the_file(kept):
    with kept.read() as session:
        wrapped = session.scalars(select(vault.ReporterKey.wrapped)).one()
    with kept.write() as session:
        vault.forget(session, REPORT, NOW, "system:retention")
    kept.close()
    assert wrapped not in Path(kept.url.database).read_bytes()


def test_simultaneous_readers_are_all_written_down(kept):
    threads = [threading.Thread(target=read, args=(kept,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.version for event in trail(kept)] == list(range(1, 9))


def test_name_and_telephone_stand_in_no_table_in_the_clear(kept):
    read(kept)
    dumped = everything(kept)
    for canary in (NAME, PHONE):
        assert canary.encode() not in dumped.replace(REPORT.encode(), b"")
        assert canary.encode().hex().encode() not in dumped


def test_what_was_read_does_not_show_itself_in_a_log_line(kept):
    shown = repr(read(kept)) + str(read(kept))
    assert NAME not in shown
    assert PHONE not in shown


PARTIES = {"enforcement/services/parties.py", "enforcement/services/cases/papers.py"}
"""Whom a case is about, and what was printed about him: under purposes of their own, never a reporter."""


def test_only_the_vault_opens_identities():
    allowed = {
        "unseal": {"town/sealing.py", "town/vault.py", "town/idempotency.py", *PARTIES},
        "unseal_under": {"town/sealing.py", "town/vault.py"},
    }
    for name, modules in allowed.items():
        assert {path for path, tree in modules_of_the_house() if names(tree, name)} == modules
    for table in ("ReporterKey", "SealedIdentity"):
        assert {path for path, tree in modules_of_the_house() if names(tree, table)} == {"town/vault.py"}


def everything(database) -> bytes:
    with database.read() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = [
            row
            for table in tables
            if table != "spatial_ref_sys"
            for row in session.execute(text(f'SELECT * FROM "{table}"'))
        ]
    return b"\n".join(
        bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for row in rows for cell in row
    )


def modules_of_the_house() -> Iterator[tuple[str, ast.Module]]:
    for path in source.MODULES:
        yield source.named(path), source.tree(path)


def names(tree: ast.AST, name: str) -> bool:
    return any(
        name in (getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "name", None))
        for node in ast.walk(tree)
    )
