"""案卷: what was issued comes out as it was issued, in order, with everything anybody needs to check it."""

import datetime as dt
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader

from enforcement.models import EvidenceFile, PenaltyCase
from enforcement.services.cases import bundle, case_file, evidence, papers
from tests.ground.bureau import ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import SU_MIN
from tests.ground.databases import on_sqlite
from town.errors import Refused
from town.media import files

pytestmark = on_sqlite
PHOTO = b"\x89PNG not a picture, but bytes that must not change"


def with_photo(life: Life, name: str = "现场/照片 1.png", data: bytes = PHOTO) -> Life:
    """A file of evidence."""
    bureau = life.bureau
    with bureau.database.write() as session:
        row = session.get_one(PenaltyCase, life.id)
        ready = evidence.admit(bureau.settings, row, name, data)()
        file = evidence.add(session, row, ready, bureau.actor(SU_MIN).name, bureau.now)
        identifier = str(file.id)
    return life.do("add_evidence", file=identifier)


@pytest.fixture
def life(bureau: Bureau) -> Life:
    """A fast case, decided, served, paid and archived, with a photograph."""
    begun = with_photo(bureau.open("SR003").known()).do("verify_evidence", evidence=[2])
    begun.do("propose_fast").do("approve_fast", ZHOU_ZHENG).do("serve_notice").do("waive_defence")
    return begun.decided().do("pay").closed()


def book(life: Life) -> bytes:
    with life.bureau.database.read() as session:
        row = session.get_one(PenaltyCase, life.id)
        return case_file.bound(session, life.bureau.settings, row, life.bureau.now).data


def packed(life: Life) -> bytes:
    with life.bureau.database.read() as session:
        row = session.get_one(PenaltyCase, life.id)
        return bundle.bundle(session, life.bureau.settings, row, life.bureau.now)


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def titles(life: Life) -> list[str]:
    with life.bureau.database.read() as session:
        return [one.title for one in case_file.leaves(session, session.get_one(PenaltyCase, life.id))]


def test_the_decision_and_its_service_come_first_and_the_rest_by_time(life):
    found = titles(life)
    assert found[0] == "行政处罚决定书"
    assert found[1:3] == ["缴款通知书", "送达回证（决定书）"]
    rest = found[3:]
    assert rest.index("现场检查（勘验）笔录") < rest.index("立案审批表") < rest.index("送达回证（告知书）")
    assert rest[-1] == "结案审批表"


def test_the_book_has_every_document_a_bookmark_for_each_and_running_pages(life):
    reader = PdfReader(io.BytesIO(book(life)))
    outline: Any = reader.outline
    marks = [str(one["/Title"]) for one in outline]
    assert marks == ["卷宗封面", "卷内目录", *titles(life)]
    pages = sum(one.pages for one in life.detail().documents)
    front = reader.get_destination_page_number(outline[2]) or 0
    assert len(reader.pages) == front + pages
    directory = "".join(page.extract_text() for page in reader.pages[1:front])
    for mark, title in zip(outline[2:], titles(life), strict=True):
        assert str((reader.get_destination_page_number(mark) or 0) - front + 1) in directory
        assert title[:6] in directory.replace("\n", "")


def test_the_cover_says_what_the_case_came_to(life):
    said = PdfReader(io.BytesIO(book(life))).pages[0].extract_text().replace("\n", "")
    assert "行政处罚案卷" in said
    assert "周国英" in said
    assert "壹佰伍拾元整" in said
    assert "2026-001" in said


def test_the_same_case_gives_the_same_book_whenever_it_is_asked_for(life):
    first = book(life)
    life.bureau.later(days=400)
    assert book(life) == first


def test_every_paper_in_the_bundle_is_byte_for_byte_what_was_issued(life):
    held = {hashlib.sha256(data).hexdigest() for name, data in opened(packed(life)).items() if "documents/" in name}
    issued = {one.sha256 for one in life.detail().documents}
    assert held == issued
    store = papers.store(life.bureau.settings)
    assert all(files.place(store, one).is_file() for one in issued)


def test_the_photograph_in_the_bundle_is_the_photograph_that_was_taken(life):
    found = {name: data for name, data in opened(packed(life)).items() if name.startswith("evidence/")}
    assert found == {"evidence/001-现场_照片 1.png": PHOTO}


def test_the_manifest_names_every_entry_with_size_and_hash(life):
    entries = opened(packed(life))
    told = json.loads(entries.pop("manifest.json"))
    assert told["format"] == bundle.FORMAT
    assert dt.datetime.fromisoformat(told["made_at"]) == life.bureau.now
    named = {one["path"]: (one["size"], one["sha256"]) for one in told["entries"]}
    assert named == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in entries.items()}
    assert {"卷宗.pdf", "case.json"} < set(named)


def test_the_data_in_the_bundle_is_the_case(life):
    assert json.loads(opened(packed(life))["case.json"]) == life.json()


def test_two_bundles_of_one_moment_are_the_same_bytes(life):
    assert packed(life) == packed(life)


def test_a_paper_that_was_changed_on_the_disk_is_not_bound(life):
    one = life.detail().documents[0]
    path = files.place(papers.store(life.bureau.settings), one.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(Refused, match="document_lost"):
        book(life)


def test_evidence_that_is_gone_is_named_and_nothing_is_packed(life):
    with life.bureau.database.read() as session:
        sha256 = session.query(EvidenceFile.sha256).scalar()
    files.place(evidence.store(life.bureau.settings), sha256).unlink()
    with pytest.raises(Refused, match="evidence_lost"):
        packed(life)


def test_a_case_without_any_paper_has_a_file_too(bureau):
    life = bureau.open("SR003")
    assert titles(life) == []
    assert len(PdfReader(io.BytesIO(book(life))).pages) == 2
    assert set(opened(packed(life))) == {"卷宗.pdf", "case.json", "manifest.json"}


def test_a_case_decided_on_the_spot_begins_with_that_decision(bureau):
    life = bureau.open("SR001").known().do("decide_on_spot", fine_fen=2_500)
    assert titles(life)[0] == "当场行政处罚决定书"


def test_after_a_revocation_both_decisions_stand_in_front(bureau):
    life = bureau.open("SR003").known().filed().told().heard().decided()
    life.do("revoke", ZHOU_ZHENG).do("redecide", ZHOU_ZHENG)
    bureau.later(hours=1)
    life.told().heard().decided()
    found = titles(life)
    assert found[:2] == ["行政处罚决定书"] * 2
    assert found.count("撤销行政处罚决定书") == 1
