"""The file of a case over HTTP: for those who work on it, byte for byte, and for nobody else."""

import hashlib
import io
import json
import zipfile

import pytest

from tests.ground.bureau import XU_FEI, ZHOU_ZHENG
from tests.ground.cast import CHEN_JING, SU_MIN, ZHAO_HAI, ZHENG_YAN

SHAPES = ("file.pdf", "case.json", "file.zip")


@pytest.fixture
def life(bureau):
    """A case of 城中片区 that is filed."""
    return bureau.open("SR003").known().filed()


@pytest.mark.parametrize("person", [SU_MIN, ZHOU_ZHENG, XU_FEI], ids=lambda person: person.login)
def test_who_works_on_a_case_takes_its_file(life, door, person):
    inside = door.signed_in(person)
    answers = {shape: inside.get(f"/api/v1/cases/{life.id}/{shape}") for shape in SHAPES}
    assert {shape: one.status_code for shape, one in answers.items()} == dict.fromkeys(SHAPES, 200)
    assert answers["file.pdf"].data.startswith(b"%PDF")
    assert answers["file.pdf"].mimetype == "application/pdf"
    assert answers["case.json"].json["case"]["id"] == str(life.id)
    with zipfile.ZipFile(io.BytesIO(answers["file.zip"].data)) as archive:
        told = json.loads(archive.read("manifest.json"))
        for one in told["entries"]:
            assert hashlib.sha256(archive.read(one["path"])).hexdigest() == one["sha256"]


def test_nobody_else_takes_it(life, door):
    for shape in SHAPES:
        path = f"/api/v1/cases/{life.id}/{shape}"
        assert door.get(path).status_code == 401
        assert door.signed_in(ZHAO_HAI).get(path).status_code == 404
        for person in (CHEN_JING, ZHENG_YAN):
            assert door.signed_in(person).get(path).status_code == 403


def test_a_file_with_a_lost_paper_says_which_one(life, door):
    next(life.bureau.settings.media.glob("documents/??/*")).unlink()
    answer = door.signed_in(SU_MIN).get(f"/api/v1/cases/{life.id}/file.pdf")
    assert (answer.status_code, answer.json["code"]) == (404, "document_lost")
