"""wangge provisions, tiers and procedure: shown before anything is done, done only with --commit."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import select

from enforcement import starter
from enforcement.models import ListEdition
from service.cli import main

GROUPS = ("provisions", "tiers", "procedure")
LINES = {"provisions": 186, "tiers": 435, "procedure": 60}


@pytest.fixture
def run(database, town, tmp_path):
    """``run("tiers", "list")``: the command in the town."""
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        return CliRunner().invoke(main, [*map(str, words)], env=environment)

    return command


def kept(database):
    with database.read() as session:
        return list(session.scalars(select(ListEdition.name)))


@pytest.mark.parametrize("group", GROUPS)
def test_an_import_changes_nothing_until_it_is_committed(run, database, group):
    said = run(group, "import", "--starter")
    assert said.exit_code == 0, said.output
    assert "什么都没有改" in said.output
    assert kept(database) == []
    said = run(group, "import", "--starter", "--name", "起步", "--commit")
    assert f"下一步：wangge {group} confirm" in said.output
    assert kept(database) == ["起步"]


@pytest.mark.parametrize("group", GROUPS)
def test_the_legal_officer_confirms_before_a_list_is_in_force(run, group):
    assert run(group, "import", "--starter", "--name", "起步", "--commit").exit_code == 0
    refused = run(group, "activate", "起步", "--commit")
    assert refused.exit_code == 1
    assert "confirmation_missing" in refused.output
    told = json.loads(run(group, "confirm", "起步", "--by", "许斐", "--commit", "--json").output)
    assert next(iter(told["open"].values())) > 0
    assert run(group, "activate", "起步", "--commit").exit_code == 0
    [edition] = json.loads(run(group, "list", "--json").output)
    assert (edition["name"], edition["state"], edition["confirmed_by"]) == ("起步", "启用中", "许斐")


@pytest.mark.parametrize("group", GROUPS)
def test_a_table_to_go_on_from_can_be_imported_again(run, tmp_path, group):
    assert run(group, "template", tmp_path / "表.xlsx", "--starter").exit_code == 0
    said = run(group, "import", tmp_path / "表.xlsx", "--name", "一版", "--json")
    assert said.exit_code == 0, said.output
    assert json.loads(said.output)["rows"] == LINES[group]


@pytest.mark.parametrize("group", GROUPS)
def test_an_empty_table_explains_every_column(run, tmp_path, group):
    assert run(group, "template", tmp_path / "表.xlsx").exit_code == 0
    notes = load_workbook(tmp_path / "表.xlsx")["说明"]
    explained = [row[0].value for row in notes.iter_rows(min_row=2)]
    assert set(starter.rows(group)[0]) <= set(explained)


def test_tiers_that_overlap_are_not_imported(run, tmp_path):
    light, normal, *_ = [row for row in starter.rows("tiers") if row["权力代码"] == "HJ005"]
    lines = [",".join(light), *(",".join(row.values()) for row in (light, normal | {"条件": light["条件"]}))]
    (tmp_path / "基准.csv").write_text("\n".join(lines))
    said = run("tiers", "import", tmp_path / "基准.csv", "--name", "一版")
    assert said.exit_code == 1
    assert "「从轻」、「一般」同时符合" in said.output


def test_a_printed_benchmark_becomes_a_table_to_go_through(run, tmp_path):
    printed = tmp_path / "印刷.csv"
    printed.write_text(
        "id,seq,tier,condition,standard\nX1,1,较轻,第一次被处罚的,处二千元罚款\nX1,2,严重,第二次及以上被处罚的,处一万元罚款\n"
    )
    assert run("tiers", "from-published", printed, tmp_path / "表.xlsx", "--document", "某基准").exit_code == 0
    table = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    header, *rows = [[cell.value or "" for cell in row] for row in table.iter_rows()]
    told = [dict(zip((one.strip("*") for one in header), row, strict=True)) for row in rows]
    assert [(row["条件"], row["罚款上限"]) for row in told] == [
        ("一年内已受处罚次数 = 0", "2000"),
        ("一年内已受处罚次数 ≥ 1", "10000"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,seq,tier,condition,standard\nX1,1,较轻,情节一般的,处二千元罚款\n", "看不懂「情节一般的」"),
        ("id,seq\nX1,1\n", "缺少 tier 这一列"),
    ],
)
def test_what_is_not_understood_in_a_printed_benchmark_is_told(run, tmp_path, text, said):
    (tmp_path / "印刷.csv").write_text(text)
    refused = run("tiers", "from-published", tmp_path / "印刷.csv", tmp_path / "表.xlsx", "--document", "某基准")
    assert refused.exit_code == 2
    assert said in refused.output
