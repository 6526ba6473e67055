"""Papers and evidence of cases are saved, restored, swept and watched like photos: by their hash."""

import datetime as dt
import os
from dataclasses import replace

import pytest

from enforcement.models import PenaltyCase
from enforcement.services.cases import bundle, evidence, papers
from service import backup, kept_files
from service.doctor import affairs
from service.doctor.findings import Level, Patient
from tests.ground.bureau import Bureau, Life
from tests.ground.cast import SU_MIN
from tests.ground.databases import url_as
from tests.ground.postgresql import OWNER
from tests.ground.web import MASTER_KEY
from tests.kept_town import NOW, photos, silent
from town.database import Database
from town.media import files, stores
from town.settings import Settings


@pytest.fixture
def here(bureau: Bureau) -> Settings:
    """The place of the bureau, which its owner may copy."""
    bureau.settings = replace(bureau.settings, owner_url=url_as(bureau.database, OWNER))
    return bureau.settings


@pytest.fixture
def life(bureau: Bureau, here: Settings) -> Life:
    """A case that is filed, with a piece of evidence."""
    begun = bureau.open("SR003")
    with bureau.database.write() as session:
        row = session.get_one(PenaltyCase, begun.id)
        ready = evidence.admit(here, row, "现场.jpg", b"the bytes of a photograph")()
        evidence.add(session, row, ready, bureau.actor(SU_MIN).name, bureau.now)
    return begun.known().filed()


def packed(life: Life, given: Settings, database: Database) -> bytes:
    with database.read() as session:
        return bundle.bundle(session, given, session.get_one(PenaltyCase, life.id), life.bureau.now)


def of_cases(given: Settings) -> dict[str, str]:
    kept = photos(given)
    assert all(name == digest for name, digest in kept.items())
    return kept


def test_papers_and_evidence_come_back_byte_for_byte(life, here, there, tmp_path):
    there = replace(there, master_key=MASTER_KEY)
    made = backup.make(here, tmp_path / "town.tar", NOW, silent)
    restored = backup.restore(there, made.path, silent)
    assert (made.missing, restored.findings) == ((), ())
    assert of_cases(there) == of_cases(here) != {}
    assert made.files == restored.files == len(of_cases(here))
    database = Database(there.database_url)
    assert packed(life, there, database) == packed(life, here, life.bureau.database)
    database.close()


def test_a_lost_paper_is_named_by_the_backup(life, here, there, tmp_path):
    lost = sorted((here.media / "documents").glob("??/*"))[0]
    lost.unlink()
    made = backup.make(here, tmp_path / "town.tar", NOW, silent)
    assert made.missing == (f"documents/{lost.name}",)
    restored = backup.restore(replace(there, master_key=MASTER_KEY), made.path, silent)
    assert restored.findings == (f"文件 documents/{lost.name} 备份时就已缺失或损坏。",)


def test_the_sweep_takes_what_nobody_owns_and_leaves_every_paper_and_piece_of_evidence(life, here):
    before = of_cases(here)
    nobodys = files.keep(papers.store(here), b"printed, and then rolled back")
    for path in here.media.glob("*/??/*"):
        os.utime(path, (0, 0))
    with life.bureau.database.read() as session:
        swept = stores.sweep(session, kept_files.stores(here), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert (swept.removed, swept.lost) == ([nobodys], [])
    assert of_cases(here) == before


@pytest.mark.parametrize(("folder", "called"), [("documents", "文书"), ("evidence", "证据")])
def test_the_doctor_says_which_kind_of_file_is_gone(life, here, folder, called):
    assert _seen(life, here).level == Level.GOOD
    next(here.media.glob(f"{folder}/??/*")).unlink()
    seen = _seen(life, here)
    assert seen.level == Level.BAD
    assert f"1 个文件（{called}）不见了" in seen.saw


def _seen(life: Life, given: Settings):
    with life.bureau.database.read() as session:
        (seen,) = affairs.kept_files(Patient(given, life.bureau.database, session, life.bureau.now))
        return seen
