"""wangge events and wangge powers: every command shows what it would do, and does it only with --commit."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import func, select

from enforcement.models import ListEdition, Power, PowerChange
from service.cli import main
from town import ids
from town.partners import Partner

HEADER = (
    "代码,名称,领域,法律依据,处罚,事项代码,行使方式,文号,县清单条目,来源机关,公布日期,生效日期,已核对,罚款下限,罚款上限"
)
GOOD = "{code},设摊经营,市容环卫,《某省条例》第16条,罚款,09006,赋权,某政发1号,12,urban,2026-01-05,2026-01-10,是,0,50"


@pytest.fixture
def run(database, town, tmp_path):
    """``run("powers", "list")``: the command in a town that knows one partner."""
    with database.write() as session:
        session.add(Partner(id=ids.new_id(), code="urban", name="县综合行政执法局", kind="department"))
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        return CliRunner().invoke(main, [*map(str, words)], env=environment)

    return command


@pytest.fixture
def filed(tmp_path):
    """``filed("A", "B")``: a file with these powers, as the office's Excel saves it."""

    def write(*codes, lines=()):
        path = tmp_path / "清单.csv"
        rows = [HEADER, *(GOOD.format(code=code) for code in codes), *lines]
        path.write_bytes("\r\n".join(rows).encode("gb18030"))
        return path

    return write


@pytest.fixture
def in_force(run, filed):
    for words in (
        ("import", filed("A", "B"), "--name", "一版"),
        ("confirm", "一版", "--by", "周正"),
        ("activate", "一版"),
    ):
        said = run("powers", *words, "--commit")
        assert said.exit_code == 0, said.output


def count(database, table):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_without_commit_nothing_is_imported(run, filed, database):
    said = run("powers", "import", filed("A", "B"), "--name", "一版")
    assert said.exit_code == 0, said.output
    assert "2 行可以读，编码 gb18030" in said.output
    assert "--commit" in said.output
    assert (count(database, ListEdition), count(database, Power)) == (0, 0)


def test_a_file_with_faults_names_them_and_exits_with_one(run, filed, database):
    bad = GOOD.format(code="B").replace(",0,50", ",500,50")
    path = filed("A", lines=[bad, GOOD.format(code="A")])
    said = run("powers", "import", path, "--name", "一版", "--commit")
    assert said.exit_code == 1
    assert "第 3 行 N 列（罚款下限）\t罚款下限 500 元高于上限 50 元。" in said.output
    assert "第 4 行 A 列（代码）" in said.output
    assert count(database, Power) == 0
    told = json.loads(run("powers", "import", path, "--name", "一版", "--json").output)
    assert told["refused"] is True
    assert [one["code"] for one in told["complaints"]] == ["fine_range", "duplicate_code"]


def test_a_list_goes_from_file_to_force(run, in_force):
    said = run("powers", "list")
    assert "一版\t启用中" in said.output
    assert "周正" in said.output
    rows = json.loads(run("powers", "list", "一版", "--json").output)
    assert [(row["code"], row["standing"]) for row in rows] == [("A", "in_force"), ("B", "in_force")]
    earlier = json.loads(run("powers", "list", "一版", "--on", "2026-01-09", "--json").output)
    assert {row["standing"] for row in earlier} == {"not_yet"}


def test_without_confirmation_the_command_says_what_to_do(run, filed):
    assert run("powers", "import", filed("A"), "--name", "一版", "--commit").exit_code == 0
    said = run("powers", "activate", "一版", "--commit")
    assert said.exit_code == 1
    assert "wangge powers confirm" in said.output


def test_confirming_shows_which_powers_cannot_be_used_yet(run, database):
    assert run("events", "import", "--starter", "--commit").exit_code == 0
    imported = json.loads(run("powers", "import", "--starter", "--commit", "--json").output)
    assert (imported["rows"], imported["refused"]) == (101, False)
    said = json.loads(run("powers", "confirm", imported["edition"], "--by", "周正", "--json").output)
    assert (said["unverified"], len(said["unusable"])) == (37, 101)
    assert "赋权没有依据" in said["unusable"]["SR006"]


def test_the_starter_of_events_is_put_in_force(run):
    imported = json.loads(run("events", "import", "--starter", "--commit", "--json").output)
    told = json.loads(run("events", "activate", imported["edition"], "--commit", "--json").output)
    assert (len(told["added"]), told["former"]) == (264, None)
    assert "启用中" in run("events", "list").output


@pytest.mark.parametrize("group", ["events", "powers"])
def test_an_empty_table_is_written_once_and_never_over_another(run, tmp_path, group):
    path = tmp_path / "空表.xlsx"
    assert run(group, "template", path).exit_code == 0
    book = load_workbook(path)
    assert book.worksheets[0]["A1"].value == "代码*"
    assert book.worksheets[0]["A2"].value.startswith("示例")
    assert book.sheetnames[1] == "说明"
    assert run(group, "template", path).exit_code == 2
    assert "没有内容" in run(group, "import", path, "--name", "空").output


def test_the_starter_can_be_filled_in_as_a_table_and_imported(run, tmp_path):
    path = tmp_path / "起步.xlsx"
    assert run("events", "import", "--starter", "--commit").exit_code == 0
    assert run("powers", "template", path, "--starter").exit_code == 0
    told = json.loads(run("powers", "import", path, "--name", "起步", "--json").output)
    assert (told["rows"], told["refused"]) == (101, False)
    said = run("powers", "import", path, "--name", "起步")
    assert "100 处，如「权力清单」第 2 行 L 列（文号）" in said.output


def test_suspending_shows_first_and_acts_with_commit(run, in_force, database):
    words = ("powers", "suspend", "A", "--on", "2026-11-01", "--document", "某政函7号")
    assert "--commit" in run(*words).output
    assert count(database, PowerChange) == 0
    assert run(*words, "--commit").exit_code == 0
    rows = json.loads(run("powers", "list", "一版", "--on", "2026-11-02", "--json").output)
    assert [row["standing"] for row in rows] == ["suspended", "in_force"]
    assert run("powers", "resume", "A", "--on", "2026-11-03", "--document", "某政函8号", "--commit").exit_code == 0


def test_powers_are_handed_back_from_a_file_of_codes(run, in_force, database, tmp_path):
    path = tmp_path / "退回.csv"
    path.write_text("退回清单\n序号,权力代码\n1,A\n2,B\n", encoding="utf-8")
    words = ("powers", "hand-back", path, "--on", "2026-11-01", "--to", "urban", "--document", "某政函9号")
    said = run(*words)
    assert said.exit_code == 0, said.output
    assert "退回\t2 个：A、B" in said.output
    assert count(database, PowerChange) == 0
    told = json.loads(run(*words, "--commit", "--json").output)
    assert (told["codes"], told["recorded"], told["orders"]) == (["A", "B"], 2, [])
    again = json.loads(run(*words, "--commit", "--json").output)
    assert again["recorded"] == 0


def test_a_power_or_partner_nobody_knows_is_refused_in_words(run, in_force):
    said = run("powers", "hand-back", "A,Z", "--on", "2026-11-01", "--to", "urban", "--document", "某政函9号")
    assert said.exit_code == 1
    assert "没有 Z" in said.output
    said = run("powers", "hand-back", "A", "--on", "2026-11-01", "--to", "nobody", "--document", "某政函9号")
    assert "nobody" in said.output


def test_either_a_file_or_the_starter(run):
    for words in ((), ("x.csv", "--starter"), ("x.csv",)):
        assert run("powers", "import", *words).exit_code == 2
