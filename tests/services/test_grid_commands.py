"""wangge grids: the administrator checks a map, sees what would be done, and does it with --commit."""

import csv
import datetime as dt
import io
import json

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from sqlalchemy import select

from dispatch.models import Order
from grids import services as grids
from grids.models import Edition, Grid
from grids.rules.projection import Projection
from service.cli import main
from tests.map_files import gbk_shapefile, name_of, written, written_shapes
from tests.tilings import Cell, feature_collection, tiling
from town import geometry, ids, journal

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


GBK_FIELDS = ("--code-field", "代码", "--area-field", "片区", "--name-field", "名称")


def test_a_gbk_shapefile_is_previewed_with_its_names(run, tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    said = run("check", path, *GBK_FIELDS)
    assert said.exit_code == 0
    assert "文字\tGB18030（含 GBK），按 .dbf 的语言标记 0x4D" in said.output
    assert f"0000\t{name_of(CELLS[0])}\tP0" in said.output


def test_a_map_without_a_coordinate_system_asks_for_one(run, tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS, crs=None)
    said = run("check", path, *GBK_FIELDS)
    assert said.exit_code == 1
    assert "crs_missing" in said.output
    assert "--declare EPSG:4490" in said.output
    assert run("check", path, *GBK_FIELDS, "--declare", "EPSG:4490").exit_code == 0


def test_metres_declared_as_degrees_are_refused_in_words(run, tmp_path):
    said = run("check", metres_file(tmp_path), *GBK_FIELDS, "--declare", "EPSG:4490")
    assert said.exit_code == 1
    assert "坐标应是经纬度（度）" in said.output
    assert "以米为单位的投影坐标，与 EPSG:4549" in said.output
    assert run("check", metres_file(tmp_path), *GBK_FIELDS, "--declare", "EPSG:4549").exit_code == 0


def metres_file(folder):
    flat = Projection(4549).flatten(np.array([cell.shape for cell in CELLS]))
    rows = [(cell.code, cell.code, cell.area) for cell in CELLS]
    return written_shapes(folder / "米.shp", shapely.to_wkb(flat), rows, crs=None)


def test_the_result_is_written_as_json_and_as_a_map(run, broken_file, tmp_path):
    report, picture = tmp_path / "结果.json", tmp_path / "结果.html"
    said = run("check", broken_file, *FIELDS, "--report", report, "--map", picture)
    assert said.exit_code == 1
    assert f"已写到 {picture}" in said.output
    assert json.loads(report.read_text())["counts"] == {"code_duplicate": 1, "overlap": 1}
    assert "云溪镇网格检查图" in picture.read_text()


def test_areas_that_nobody_serves_are_worth_a_look(run, map_file):
    said = json.loads(run("check", map_file, *FIELDS, "--json").stdout)
    (fault,) = said["faults"]
    assert (fault["kind"], fault["severity"], fault["amount"]) == ("no_squad", "warn", 2)
    assert "P0、P1还没有中队，其中 24 个网格的事会没有人接" in fault["sentence"]


def test_a_map_is_checked_without_a_town_when_the_projection_is_said(map_file):
    said = CliRunner().invoke(main, ["grids", "check", str(map_file), *FIELDS, "--epsg", "4549", "--json"], env={})
    assert json.loads(said.stdout)["faults"] == []


def test_the_towns_outline_is_held_against_the_map(run, map_file, tmp_path):
    outline = written(tmp_path / "镇界.shp", [*CELLS, Cell(7, 7, shapely.box(121.058, 31.555, 121.0605, 31.556))])
    said = run("check", map_file, *FIELDS, "--outline", outline)
    assert said.exit_code == 1
    assert "镇界以内有一块没有网格" in said.output


def test_a_map_is_scheduled_for_a_day_in_the_towns_time(run, database, map_file, in_force, tmp_path):
    redrawn = tmp_path / "新网格.geojson"
    redrawn.write_bytes(feature_collection(tiling(6, 5, seed=12)))
    run("import", redrawn, *FIELDS, "--name", "二版", "--commit")
    assert "定于\t2036-12-01 00:00（本镇时间）" in run("activate", "二版", "--at", "2036-12-01T00:00").output
    assert json.loads(run("list", "--json").stdout)[0]["starts_at"] is None
    said = run("activate", "二版", "--at", "2036-12-01T00:00", "--commit")
    assert "已定时，到时自动启用" in said.output
    assert "二版\t定时启用" in run("list").output
    assert json.loads(run("list", "--json").stdout)[0]["starts_at"].startswith("2036-11-30 16:00")
    assert run("unschedule", "二版", "--commit").exit_code == 0
    assert "二版\t未启用" in run("list").output
    assert "已经过去" in run("activate", "二版", "--at", "2026-01-01", "--commit").output


def test_open_orders_on_changed_ground_are_told_before_an_activation(run, database, town, in_force, tmp_path):
    with database.write() as session:
        open_order(session, grids.active(session), CELLS[3])
    without = [cell for cell in tiling(6, 4, seed=11) if cell.code != CELLS[3].code]
    path = tmp_path / "新网格.geojson"
    path.write_bytes(feature_collection(without))
    run("import", path, *FIELDS, "--name", "二版", "--commit")
    said = run("activate", "二版")
    assert "1 件没办完的工单落在有变化的网格里，启用后仍按原来的一版办" in said.output
    assert json.loads(run("activate", "二版", "--json").stdout)["open_orders"] == {CELLS[3].code: 1}


def open_order(session, edition, cell):
    """An order that lies in a grid, as the preview counts it."""
    grid = session.scalar(select(Grid).where(Grid.edition_id == edition.id, Grid.code == cell.code))
    place = cell.shape.representative_point()
    moment = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    session.add(
        Order(
            id=ids.new_id(),
            version=1,
            state="received",
            category="street_stall",
            place=geometry.point(place.x, place.y),
            edition_id=edition.id,
            grid_id=grid.id,
            reasons=[],
            received_at=moment,
            changed_at=moment,
        )
    )


def test_a_professional_layer_is_imported_listed_and_asked(run, map_file, in_force, tmp_path):
    layer = tmp_path / "安监.geojson"
    layer.write_bytes(feature_collection(CELLS[:2]))
    words = ("--code-field", "code", "--layer-name", "安监")
    said = run("import", layer, *words, "--name", "安监一版", "--commit")
    assert said.exit_code == 0, said.output
    assert run("activate", "安监一版", "--commit").exit_code == 0
    (row,) = json.loads(run("list", "--layer-name", "安监", "--json").stdout)
    assert (row["layer"], row["state"], row["grids"], row["areas"]) == ("安监", "启用中", 2, 1)
    assert "专业网格「安监」\t0000" in run("locate", *place_in(CELLS[0])).output
    assert json.loads(run("locate", *place_in(CELLS[9]), "--json").stdout)["layers"] == {"安监": None}


def test_each_bad_row_of_places_is_told_by_its_line(run, in_force, tmp_path):
    places, out = tmp_path / "places.csv", tmp_path / "answers.csv"
    inside = CELLS[9].shape.representative_point()
    places.write_text(
        f"key,lon,lat,m\n甲,{inside.x},{inside.y},5\n乙,没有,31,5\n丙,121,95,\n丁,121,31,-1\n戊,{inside.x},{inside.y},400\n"
    )
    said = run("locate", places, "--crs", "cgcs2000", "--map", "accuracy=m", "--out", out)
    assert "第 3 行（乙）：经度「没有」不是数" in said.output
    assert "第 4 行（丙）：经度应在 ±180 度以内" in said.output
    assert "第 5 行（丁）：定位精度应是不小于 0 的米数" in said.output
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(out.read_text()))}
    assert [rows[key]["outcome"] for key in "甲乙丙丁戊"] == ["in_grid", "invalid", "invalid", "invalid", "ambiguous"]
    assert rows["甲"]["nearby"] == CELLS[9].code
    assert len(rows["戊"]["nearby"].split()) > 4
    assert rows["乙"]["why"] == "经度「没有」不是数"
