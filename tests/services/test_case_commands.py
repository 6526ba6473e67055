"""wangge cases and wangge numbers: looked at, handed over, and written down."""

import json
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from enforcement.models import DocumentNumber, NumberSeries
from service.cli import main
from tests.ground.bureau import Bureau, Life
from town import journal

NAME, ID_CARD = "周国英", "11010519491231002X"


@pytest.fixture
def life(bureau: Bureau) -> Life:
    """A case that is filed."""
    return bureau.open("SR003").known().filed()


@pytest.fixture
def run(life: Life):
    """``run("cases", "list")``: the command in the bureau's town."""
    given = life.bureau.settings
    environment = {
        "WANGGE_DATA": str(given.data),
        "WANGGE_DATABASE_URL": given.database_url,
        "WANGGE_MASTER_KEY": given.master_key,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        return CliRunner().invoke(main, [*map(str, words)], env=environment)

    return command


def test_cases_are_listed_and_shown_without_whom_they_are_about(life, run):
    listed, shown = run("cases", "list", "--state", "investigating"), run("cases", "show", life.id)
    assert "云综执立字〔2026〕第001号" in listed.output
    assert "立案审批表" in shown.output
    told = [*(run("cases", *words, "--json") for words in (["list"], ["show", life.id])), listed, shown]
    assert [one.exit_code for one in told] == [0] * 4
    for one in told:
        assert NAME not in one.output
        assert ID_CARD not in one.output


def test_no_case_is_said_to_be_none(run):
    assert "没有符合条件的案件" in run("cases", "list", "--state", "archived").output


@pytest.mark.parametrize("written", ["云综执立字〔2026〕第001号", "云综执立[2026]1号", "云综执立（2026）001号"])
def test_a_case_is_found_by_its_number_however_it_is_written(life, run, written):
    assert str(life.id) in run("cases", "show", written).output


@pytest.mark.parametrize("written", ["云综执立字〔2026〕第002号", "随便什么", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_case_is_refused(run, written):
    refused = run("cases", "show", written)
    assert refused.exit_code == 1
    assert "not_found" in refused.output


def test_a_case_is_handed_over_as_one_file_and_the_journal_keeps_it(life, run, tmp_path):
    said = run("cases", "export", life.id, "--to", tmp_path / "out")
    assert said.exit_code == 0, said.output
    (made,) = (tmp_path / "out").iterdir()
    assert made.name == "案卷 云综执立字〔2026〕第001号.zip"
    assert made.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(made) as archive:
        assert {"卷宗.pdf", "case.json", "manifest.json"} < set(archive.namelist())
        assert NAME in json.loads(archive.read("case.json"))["party"]["name"]
    with life.bureau.database.read() as session:
        (event,) = journal.events_of(session, f"case_file:{life.id}")
    assert event.kind == "case.exported"
    assert event.data["version"] == life.row.version
    assert NAME not in json.dumps(event.data, ensure_ascii=False)


def test_an_export_overwrites_nothing(life, run, tmp_path):
    assert run("cases", "export", life.id, "--to", tmp_path).exit_code == 0
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.zip")}
    again = run("cases", "export", life.id, "--to", tmp_path)
    assert again.exit_code == 1
    assert "not_empty" in again.output
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.zip")} == before


def test_an_export_that_fails_leaves_nothing_behind(life, run, tmp_path):
    next(life.bureau.settings.media.glob("documents/??/*")).unlink()
    refused = run("cases", "export", life.id, "--to", tmp_path / "out")
    assert "document_lost" in refused.output
    assert list((tmp_path / "out").iterdir()) == []
    with life.bureau.database.read() as session:
        assert journal.events_of(session, f"case_file:{life.id}") == []


def test_the_register_names_every_number_and_has_no_gap(run):
    told = json.loads(run("numbers", "register", "--kind", "立", "--year", "2026", "--json").output)
    assert [(one["number"], one["state"]) for one in told] == [("云综执立字〔2026〕第001号", "已出文")]
    fine = run("numbers", "gaps")
    assert (fine.exit_code, "没有缺号" in fine.output) == (0, True)


def test_a_gap_is_named_and_a_script_is_told(life, run):
    with life.bureau.database.write() as session:
        session.scalars(select(NumberSeries).where(NumberSeries.kind == "立")).one().last = 2
    told = run("numbers", "gaps")
    assert told.exit_code == 1
    assert "缺第 2 号" in told.output
    assert json.loads(run("numbers", "gaps", "--json").output)[0]["sequence"] == 2


def test_a_number_is_void_with_a_reason_once_it_is_committed(life, run):
    words = ("numbers", "void", "云综执立字〔2026〕第001号", "--reason", "打印错误")
    assert "什么都没有改" in run(*words).output
    assert _state(life) == "issued"
    assert run(*words, "--commit").exit_code == 0
    assert _state(life) == "void"
    assert "打印错误" in run("numbers", "register").output


def _state(life: Life) -> str:
    with life.bureau.database.read() as session:
        return session.get_one(DocumentNumber, "云综执立字〔2026〕第001号").state
