"""wangge grids: the administrator checks a map, sees what would be done, and does it with --commit."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from grids import services as grids
from grids.models import Edition
from service.cli import main
from tests.tilings import feature_collection, tiling
from town import journal

CELLS = tiling(6, 4, seed=11)
FIELDS = ("--code-field", "code", "--area-field", "area", "--name-field", "name", "--area-name-field", "area_name")


@pytest.fixture
def run(database, town, tmp_path):
    """``run("grids", "list")``: the command in a town with its map beside it."""
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words, typed=None):
        return CliRunner().invoke(main, ["grids", *map(str, words)], env=environment, input=typed)

    return command


@pytest.fixture
def map_file(tmp_path):
    path = tmp_path / "网格.geojson"
    path.write_bytes(feature_collection(CELLS))
    return path


@pytest.fixture
def broken_file(tmp_path):
    path = tmp_path / "坏网格.geojson"
    path.write_bytes(feature_collection([*CELLS, CELLS[0]]))
    return path


@pytest.fixture
def in_force(run, map_file):
    assert run("import", map_file, *FIELDS, "--name", "一版", "--commit").exit_code == 0
    assert run("activate", "一版", "--commit").exit_code == 0


def editions(database):
    with database.read() as session:
        return [(edition.name, edition.active) for edition in session.scalars(select(Edition))]


def place_in(cell):
    point = cell.shape.representative_point()
    return ["--lon", point.x, "--lat", point.y, "--crs", "cgcs2000"]


def test_a_good_map_passes_the_check(run, map_file):
    said = run("check", map_file, *FIELDS)
    assert said.exit_code == 0
    assert "24 个要素" in said.output
    assert "通过检查，可以导入" in said.output


def test_a_bad_map_fails_the_check_with_every_fault(run, broken_file):
    said = run("check", broken_file, *FIELDS)
    assert said.exit_code == 1
    assert "网格代码「0000」用了 2 次" in said.output
    facts = json.loads(run("check", broken_file, *FIELDS, "--json").stdout)
    assert facts["refused"]
    assert {fault["kind"] for fault in facts["faults"]} == {"code_duplicate", "overlap"}


def test_fields_are_listed_and_asked_for_when_they_were_not_said(run, map_file):
    said = run("check", map_file, typed="没有\ncode\narea\n")
    assert said.exit_code == 0
    assert "area_name\t24\t2\tP0 片区、P1 片区" in said.output
    assert "网格代码在哪个字段" in said.output


def test_a_script_must_say_the_fields(run, map_file):
    said = run("check", map_file, "--json")
    assert said.exit_code == 2
    assert "--code-field" in said.stderr


def test_an_import_shows_what_it_would_do_and_does_nothing(run, database, map_file):
    said = run("import", map_file, *FIELDS, "--name", "一版")
    assert "新的一版「一版」：2 个片区，24 个网格" in said.output
    assert "什么都没有改" in said.output
    assert editions(database) == []


def test_an_import_with_commit_keeps_the_map_but_not_in_force(run, database, map_file):
    said = run("import", map_file, *FIELDS, "--name", "一版", "--commit")
    assert "下一步：wangge grids activate" in said.output
    assert editions(database) == [("一版", False)]


def test_a_refused_map_is_not_imported(run, database, broken_file):
    assert run("import", broken_file, *FIELDS, "--name", "一版", "--commit").exit_code == 1
    facts = json.loads(run("import", broken_file, *FIELDS, "--name", "一版", "--commit", "--json").stdout)
    assert facts["refused"]
    assert editions(database) == []


def test_an_activation_shows_what_changes_and_does_nothing(run, database, map_file, in_force, tmp_path):
    redrawn = tmp_path / "新网格.geojson"
    redrawn.write_bytes(feature_collection(tiling(6, 5, seed=12)))
    second = json.loads(run("import", redrawn, *FIELDS, "--name", "二版", "--commit", "--json").stdout)["edition"]
    said = run("activate", second)
    assert "停用\t一版" in said.output
    assert "新增网格\t6 个：0004、0104" in said.output
    assert sorted(editions(database)) == [("一版", True), ("二版", False)]
    assert json.loads(run("activate", second, "--commit", "--json").stdout)["former"] == "一版"
    assert sorted(editions(database)) == [("一版", False), ("二版", True)]


def test_editions_are_listed_with_their_state(run, in_force):
    assert "一版\t启用中\t2\t24\t" in run("list").output
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["name"], row["grids"], row["valid_to"]) == ("一版", 24, None)


def test_an_unknown_edition_is_refused(run, in_force):
    assert run("activate", "没有这一版").exit_code == 1


def test_one_place_is_found(run, in_force):
    said = run("locate", *place_in(CELLS[5]))
    assert f"网格\t{CELLS[5].code} {CELLS[5].code} 网格（P0 片区）" in said.output
    facts = json.loads(run("locate", *place_in(CELLS[5]), "--accuracy", 150, "--json").stdout)
    assert facts["grid"]["code"] == CELLS[5].code
    assert len(facts["nearby"]) > 1


def test_a_place_outside_knows_its_neighbour(run, in_force):
    said = run("locate", "--lon", 121.045, "--lat", 31.555, "--crs", "wgs84")
    assert "在镇外" in said.output
    assert "最近的网格" in said.output


@pytest.mark.parametrize("options", [("--lon", "121"), ("--lon", "121", "--lat", "31"), ("--crs", "wgs84")])
def test_a_place_without_its_numbers_or_system_is_a_usage_error(run, options):
    assert run("locate", *options).exit_code == 2


@pytest.mark.parametrize("options", [("--lat", "95"), ("--lat", "nan"), ("--lat", "31", "--accuracy", "-1")])
def test_what_is_no_place_is_refused(run, in_force, options):
    said = run("locate", "--lon", "121", "--crs", "wgs84", *options)
    assert said.exit_code == 1
    assert "place_invalid" in said.output


def test_a_file_of_places_is_answered_row_by_row(run, in_force, tmp_path):
    places, out = tmp_path / "places.csv", tmp_path / "answers.csv"
    inside = CELLS[9].shape.representative_point()
    places.write_text(f"编号,x,y\n甲,{inside.x},{inside.y}\n乙,120,31\n丙,没有,31\n")
    columns = ("--map", "key=编号", "--map", "lon=x", "--map", "lat=y")
    said = run("locate", places, "--crs", "cgcs2000", *columns, "--out", out, "--json")
    assert json.loads(said.stdout) == {"in_grid": 1, "outside": 1, "invalid": 1}
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(out.read_text()))}
    assert [rows[key]["outcome"] for key in "甲乙丙"] == ["in_grid", "outside", "invalid"]
    assert (rows["甲"]["grid"], rows["甲"]["area"]) == (CELLS[9].code, CELLS[9].area)


def test_a_broken_file_of_places_leaves_no_answers(run, in_force, tmp_path):
    places, out = tmp_path / "places.csv", tmp_path / "answers.csv"
    places.write_bytes("编号,x\n".encode("gbk"))
    assert run("locate", places, "--crs", "wgs84", "--out", out).exit_code == 1
    assert not out.exists()


def test_commands_leave_the_journal_telling_what_was_done(database, in_force):
    with database.read() as session:
        edition = grids.active(session)
        assert edition is not None
        events = journal.events_of(session, f"grid_edition:{edition.id}")
    assert [(event.kind, event.actor) for event in events] == [
        ("grids.imported", "system:cli"),
        ("grids.activated", "system:cli"),
    ]
