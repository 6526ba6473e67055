"""People and the roster from the command line: nothing happens without --commit, and faults are told in plain words."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from service.cli import main
from tests.ground.cast import INNER
from tests.ground.databases import on_sqlite
from town import staff

pytestmark = on_sqlite

PEOPLE = "账号,姓名,岗位,中队,协同单位\nanan,安安,执法队员,CZ,\n"
PATTERN = (
    "中队,星期,账号,开始,结束,带班\nCZ,周一至周五,sumin,08:00,20:00,是\nCZ,周六、周日,linxiaofeng,20:00,08:00,是\n"
)
WEEK = ("--from", "2031-01-06", "--to", "2031-01-12")
"""A week from Monday on, still to come."""


@pytest.fixture
def wangge(mapped, tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": mapped.url.render_as_string(),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], env=environment)


@pytest.fixture
def table(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
        return tmp_path / name

    return write


def logins(database):
    with database.read() as session:
        return {card.entry.login for card in staff.people(session)}


def test_people_are_shown_then_asked_for_a_file_of_passwords_then_taken_in(wangge, mapped, table, tmp_path):
    file = table("人员.csv", PEOPLE)
    preview = wangge("people", "import", file)
    assert preview.exit_code == 0, preview.output
    assert "人员：新增 1，变更 0，不变 0，文件里没有，不动 7" in preview.output
    assert "+ anan　姓名 安安，岗位 执法队员，中队 CZ" in preview.output
    assert "什么都没有改" in preview.output
    unsaid = wangge("people", "import", file, "--commit")
    assert unsaid.exit_code == 2
    assert "--passwords" in unsaid.output
    assert "anan" not in logins(mapped)
    done = wangge("people", "import", file, "--commit", "--passwords", tmp_path / "first.csv")
    assert done.exit_code == 0, done.output
    assert "已全部写入" in done.output
    assert "anan" in logins(mapped)
    password = (tmp_path / "first.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")[2]
    assert password not in done.output
    assert "没有要改的" in wangge("people", "import", file, "--commit").output


def test_a_fault_is_told_with_its_place_and_nothing_is_taken_in(wangge, mapped, table, tmp_path):
    file = table("人员.csv", PEOPLE + "lost,小迷,执法队员,QQ,\n")
    said = wangge("people", "import", file, "--commit", "--passwords", tmp_path / "first.csv")
    assert said.exit_code == 1
    assert "必须改　「人员」第 3 行 D 列（中队）：没有中队「QQ」" in said.output
    assert "anan" not in logins(mapped)
    assert not (tmp_path / "first.csv").exists()


def test_a_script_reads_the_plan_as_json(wangge, table):
    said = wangge("people", "import", table("人员.csv", PEOPLE), "--json")
    plan = json.loads(said.output)
    assert (plan["refused"], plan["committed"], plan["new_accounts"]) == (False, False, ["anan"])
    assert plan["lists"]["人员"]["added"][0]["squad"] == INNER


def test_the_empty_tables_explain_themselves_and_import_as_nothing(wangge, tmp_path):
    assert wangge("people", "template", tmp_path / "tables").exit_code == 0
    assert len(list((tmp_path / "tables").iterdir())) == 8
    squads = load_workbook(tmp_path / "tables" / "中队.xlsx")
    assert [cell.value for cell in squads["中队"][1]] == ["代码*", "名称*", "领域", "备班账号", "片区"]
    said = wangge("people", "import", tmp_path / "tables", "--commit")
    assert said.exit_code == 0, said.output
    assert "没有要改的" in said.output
    assert "没有覆盖" in wangge("people", "template", tmp_path / "tables").output


def test_a_weeks_pattern_is_written_out_day_by_day(wangge, table):
    file = table("周排班.csv", PATTERN)
    preview = wangge("roster", "fill", *WEEK, "--pattern", file)
    assert "值班：新增 7" in preview.output, preview.output
    assert json.loads(wangge("roster", "list", "--day", "2031-01-06", "--json").output) == []
    assert wangge("roster", "fill", *WEEK, "--pattern", file, "--commit").exit_code == 0
    monday = json.loads(wangge("roster", "list", "--day", "2031-01-06", "--json").output)
    assert [(one["login"], one["leads"]) for one in monday] == [("sumin", True)]
    saturday = wangge("roster", "list", "--day", "2031-01-11").output
    assert "01-11 20:00\t01-12 08:00\tlinxiaofeng\t林晓峰\t带班" in saturday
    again = wangge("roster", "fill", *WEEK, "--pattern", file, "--commit")
    assert "没有要改的" in again.output


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("CZ,工作日,sumin,08:00,20:00,是", "星期要写成"),
        ("CZ,周五至周一,sumin,08:00,20:00,是", "星期要写成"),
        ("CZ,周一,sumin,2031-01-06 08:00,20:00,是", "只写钟点"),
        ("CZ,每天,sumin,08:00,08:00,是\nCZ,周三,sumin,12:00,13:00,否", "不能同时上两个班"),
        ("CZ,每天,zhaohai,08:00,20:00,是", "不是这个中队的人"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(wangge, table, line, says):
    said = wangge("roster", "fill", *WEEK, "--pattern", table("周排班.csv", PATTERN.splitlines()[0] + f"\n{line}\n"))
    assert said.exit_code == 1
    assert says in said.output


def test_a_pattern_is_not_written_out_for_ever(wangge, table):
    file = table("周排班.csv", PATTERN)
    assert wangge("roster", "fill", "--from", "2031-01-06", "--to", "2041-01-06", "--pattern", file).exit_code == 2
    assert wangge("roster", "fill", "--from", "2031-01-06", "--to", "2031-01-05", "--pattern", file).exit_code == 2


def test_at_this_moment_the_stand_in_is_named_where_nobody_is_on_duty(wangge, table):
    file = table("中队.csv", "代码,名称,备班账号\nCZ,城中片区中队,linxiaofeng\n")
    assert wangge("people", "import", file, "--commit").exit_code == 0
    said = wangge("roster", "now")
    assert "CZ\t\tlinxiaofeng\t" in said.output
    assert json.loads(wangge("roster", "now", "--json").output)["stand_in"] == {"CD": None, "CZ": "linxiaofeng"}


def test_partners_are_listed_with_their_kind(wangge, table):
    file = table("协同单位.csv", "代码,名称,类别,电话\ngas,云川燃气,公用事业,0512-5550001\n")
    assert wangge("people", "import", file, "--commit").exit_code == 0
    assert "gas\t云川燃气\t公用事业\t0512-5550001" in wangge("partners", "list").output
    assert json.loads(wangge("partners", "list", "--json").output)[0]["active"] is True
