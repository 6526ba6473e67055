"""A restore is refused whole: what is broken, foreign or not empty leaves no trace in the place it was meant for."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from service import backup
from service.backup import archive
from service.commands.backup import restore as restore_command
from tests.ground.databases import on_postgresql, on_sqlite
from tests.ground.postgresql import LEADER, OWNER, Cluster
from tests.kept_town import NOW, place, rows, silent, told
from town import journal
from town.database import Database
from town.errors import Refused
from town.settings import Settings

Change = Callable[[str, bytes], bytes | None]


def refusals(given: Settings, sources: Iterable[Path]) -> set[str]:
    """Why each restore was refused; nothing may have been written."""
    before, codes = untouched(given), set()
    for source in sources:
        with pytest.raises(Refused) as refused:
            backup.restore(given, source, silent)
        codes.add(refused.value.problem.code)
    assert untouched(given) == before
    return codes


def refusal(given: Settings, source: Path) -> str:
    (code,) = refusals(given, [source])
    return code


def untouched(given: Settings) -> object:
    lying = sorted(given.data.rglob("*"))
    return lying, None if given.owner_url.startswith("sqlite") else rows(given)


def spoilt(folder: Path, changes: Iterable[bytes]) -> Iterator[Path]:
    for changed in changes:
        (folder / "spoilt.tar").write_bytes(changed)
        yield folder / "spoilt.tar"


def test_a_hundred_flipped_bits_are_a_hundred_refusals(there, made, tmp_path):
    chance, whole = random.Random(28), made.read_bytes()
    flips = ((chance.randrange(len(whole)), chance.randrange(8)) for _ in range(100))
    flipped = (whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for at, bit in flips)
    assert refusals(there, spoilt(tmp_path, flipped)) == {"backup_broken"}


def test_a_cut_or_lengthened_backup_is_refused(there, made, tmp_path):
    chance, whole = random.Random(27), made.read_bytes()
    lengths = (0, 1, 87, 88, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(40)))
    changed = (*(whole[:length] for length in lengths), whole + b"\n", whole + whole, whole[512:])
    assert refusals(there, spoilt(tmp_path, changed)) == {"backup_broken"}


def sealed_anew(source: Path, target: Path, change: Change, rename: Callable[[str], str] = str) -> Path:
    """The backup as somebody would write it who knows how it is sealed."""
    with archive.written(target) as writer:
        for name, file in archive.members(source):
            if (data := change(name, file.read())) is not None:
                writer.add_bytes(rename(name), data)
    return target


@on_sqlite
def test_a_well_sealed_file_that_does_not_keep_its_manifest_is_refused(there, made, tmp_path):
    lacking = sealed_anew(
        made, tmp_path / "lacking.tar", lambda name, data: None if name.startswith("views/") else data
    )
    other = sealed_anew(
        made, tmp_path / "other.tar", lambda name, data: data[::-1] if name.startswith("views/") else data
    )
    silent_one = sealed_anew(
        made, tmp_path / "silent.tar", lambda name, data: None if name == archive.MANIFEST else data
    )
    assert refusals(there, [lacking, other, silent_one]) == {"backup_broken"}


@on_sqlite
def test_a_member_that_would_land_elsewhere_is_left_alone(there, made, tmp_path):
    def moved(_: str, data: bytes) -> bytes:
        return data.replace(journal.HEADS_FILE.encode(), b"../" + journal.HEADS_FILE.encode())

    def rename(name: str) -> str:
        return f"../{name}" if name == journal.HEADS_FILE else name

    backup.restore(there, sealed_anew(made, tmp_path / "sly.tar", moved, rename), silent)
    assert not (there.data.parent / journal.HEADS_FILE).exists()
    assert not (there.data / journal.HEADS_FILE).exists()


def test_a_backup_that_is_not_there_is_said_so(there, tmp_path):
    assert refusal(there, tmp_path / "nowhere.tar") == "file_unreadable"


def test_only_an_empty_place_is_restored_into(here, there, made):
    assert refusal(here, made) == "not_empty"
    backup.restore(there, made, silent)
    assert refusal(there, made) == "not_empty"


@pytest.mark.parametrize("lying", ["media/originals/ab/abcdef", journal.HEADS_FILE])
@on_sqlite
def test_files_of_another_town_are_not_mixed_in(there, made, lying):
    (there.data / lying).parent.mkdir(parents=True)
    (there.data / lying).write_text("of another town")
    assert refusal(there, made) == "not_empty"


def test_another_master_key_is_refused_before_anything_is_written(there, made):
    assert refusal(replace(there, master_key="somebody else's key, just as long as ours"), made) == "wrong_key"


def test_a_backup_of_one_engine_does_not_go_into_the_other(database, made, tmp_path, request):
    if database.sqlite:
        cluster: Cluster = request.getfixturevalue("cluster")
        other = place(tmp_path / "other", cluster.url("postgres", OWNER))
    else:
        other = place(tmp_path / "other", f"sqlite:///{tmp_path}/other/town.sqlite3")
    assert refusal(other, made) == "backup_other"


@on_postgresql
def test_without_postgresql_programs_the_refusal_says_what_to_install(here, made, there, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="postgresql-client"):
        backup.make(here, tmp_path / "second.tar", NOW, silent)
    assert refusal(there, made) == "backup_tool"
    assert [path.name for path in tmp_path.glob("*second*")] == []


@on_postgresql
def test_tables_of_one_role_are_not_given_to_another(made, there, cluster):
    name = make_url(there.owner_url).database or ""
    assert refusal(replace(there, owner_url=cluster.url(name, LEADER)), made) == "backup_other"


@on_postgresql
def test_a_restore_that_fails_half_way_takes_everything_back(made, there):
    database = Database(there.owner_url)
    with database.write() as session:
        session.execute(text("CREATE FUNCTION journal_ring() RETURNS int LANGUAGE sql AS 'SELECT 1'"))
    database.close()
    with pytest.raises(Refused, match="journal_ring"):
        backup.restore(there, made, silent)
    assert rows(there) == {}
    assert [path for path in there.data.rglob("*") if path.is_file()] == []


@on_sqlite
def test_a_script_tells_refusals_apart_by_exit_code(here, there, made, tmp_path):
    (tmp_path / "cut.tar").write_bytes(made.read_bytes()[:-1])
    assert told(restore_command, tmp_path / "cut.tar", there).exit_code == 3
    assert (
        told(restore_command, made, replace(there, master_key="another key, just as long as the first")).exit_code == 4
    )
    assert told(restore_command, made, here).exit_code == 5
    assert told(restore_command, made, there, "--json").exit_code == 0
