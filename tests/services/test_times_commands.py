"""wangge times: the table of handling times is looked at, kept and put in force; show says what counts and whose it is."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import func, select

from dispatch.models import HandlingTimeRow
from service.cli import main
from tests.ground.hands import HEAD
from tests.ground.lists import STALLS


@pytest.fixture
def run(listed, tmp_path):
    """``run("times", "list")``: the command in the listed town."""
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": listed.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        return CliRunner().invoke(main, ["times", *map(str, words)], env=environment)

    return command


@pytest.fixture
def filed(tmp_path):
    """A table as the office's Excel saves it."""
    path = tmp_path / "时限.csv"
    path.write_bytes((HEAD + "09,,处置,4,工作时,2,1,镇规〔2026〕3号\n,紧急,处置,8,小时,,,\n").encode("gb18030"))
    return path


def kept(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(HandlingTimeRow))


def test_without_commit_nothing_is_kept(run, filed, listed):
    said = run("import", filed, "--name", "一版")
    assert said.exit_code == 0, said.output
    assert "什么都没有改" in said.output
    assert kept(listed) == 0


def test_a_table_is_kept_and_put_in_force_and_then_it_counts(run, filed, listed):
    assert run("import", filed, "--name", "一版", "--commit").exit_code == 0
    assert kept(listed) == 2
    assert "没有启用的办理时限表" in run("show").output
    said = run("activate", "一版", "--commit")
    assert said.exit_code == 0, said.output
    assert "启用中" in run("list").output
    shown = json.loads(run("show", STALLS, "--json").stdout)
    rows = {(row["stage"], row["severity"]): row for row in shown["rows"]}
    handle = rows["handle", "urgent"]
    assert (handle["amount"], handle["unit"], handle["own"]) == (4, "working_hours", True)
    assert (handle["longest"], handle["times"], handle["source"]) == (2, 1, "镇规〔2026〕3号")
    assert (rows["accept", "major"]["amount"], rows["accept", "major"]["own"]) == (30, False)
    assert "占道经营" in run("show", STALLS).output


def test_a_table_is_checked_without_a_name_and_nothing_is_kept(run, filed, listed):
    assert run("check", filed).exit_code == 0
    filed.write_text(HEAD + "09,,处置,4,星期,,,\n")
    said = run("check", filed, "--json")
    assert (said.exit_code, json.loads(said.stdout)["refused"]) == (1, True)
    assert kept(listed) == 0


def test_an_unknown_kind_of_matter_is_said_to_be_unknown(run):
    said = run("show", "77777")
    assert (said.exit_code, "not_found" in said.output) == (1, True)


def test_the_starter_table_comes_with_its_sources_and_a_warning(run, listed):
    said = run("import", "--starter", "--commit")
    assert said.exit_code == 0, said.output
    assert "逐行核对" in said.output
    assert kept(listed) > 30


def test_a_template_can_be_filled_in_and_comes_with_the_starter(run, tmp_path):
    assert run("template", tmp_path / "空.xlsx").exit_code == 0
    assert run("template", tmp_path / "起步.xlsx", "--starter").exit_code == 0
    book = load_workbook(tmp_path / "起步.xlsx")
    assert book.worksheets[0].max_row > 30
    assert run("import", tmp_path / "起步.xlsx", "--name", "填好的").exit_code == 0
