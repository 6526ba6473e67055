"""Published Chinese shapefiles: names in GBK that nothing declares, 9,005 real grids, a metro line that is no grid."""

import csv
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner, Result
from sqlalchemy import select

from grids import services as grids
from grids.models import Area, Grid
from service.cli import main
from town import clock, profile

GRIDS = 9_005
POINTS = 100_000
HOLE_M2 = 249_057
"""One cell is missing inside Shenzhen's map: a reservoir, perhaps. Nothing else is wrong with it."""

DISTRICTS = {"shanghai_shp": (17, "4549", {"浦东新区", "徐汇区", "崇明县"}),
             "chongqing_shp": (38, "4545", {"渝中区", "奉节县", "万州区"})}  # fmt: skip
DISTRICT_FIELDS = ("--code-field", "ADMINCODE", "--area-field", "ADMINCODE", "--name-field", "NAME")
CELL_FIELDS = ("--code-field", "LONCOL+LATCOL", "--area-field", "LONCOL", "--declare", "EPSG:4490")

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def shapes(data_sets: Path) -> Path:
    """The folder of Chinese shapefiles."""
    return data_sets / "cn_shapefiles"


@pytest.fixture
def run(database, tmp_path) -> Run:
    """A command on an empty database."""
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words: object) -> Result:
        return CliRunner().invoke(main, [*map(str, words)], env=environment)

    return command


def found_town(run: Run, epsg: str) -> None:
    facts = {"code": "shi", "name": "市", "timezone": "Asia/Shanghai", "epsg": epsg, "holidays": "CN"}
    words = [word for name, value in facts.items() for word in (f"--{name}", value)]
    founded = run("town", "create", *words, "--commit")
    assert founded.exit_code == 0, founded.output


def must(said: Result) -> str:
    assert said.exit_code == 0, said.output
    return said.output


def names_as_the_bytes_say(table: Path) -> dict[str, str]:
    """Code to name, read from the .dbf by hand: 32 bytes of head, 32 a column, then rows of fixed width in GBK."""
    data = table.read_bytes()
    rows, start, width = (int.from_bytes(data[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    columns, place = {}, 1
    for at in range(32, start - 1, 32):
        name, length = data[at : at + 11].split(b"\x00")[0].decode("ascii"), data[at + 16]
        columns[name], place = (place, place + length), place + length
    cells = [data[start + n * width : start + (n + 1) * width] for n in range(rows)]
    told = {
        name: [cell[slice(*columns[name])].decode("gb18030").strip() for cell in cells]
        for name in ("ADMINCODE", "NAME")
    }
    return dict(zip(told["ADMINCODE"], told["NAME"], strict=True))


@pytest.mark.parametrize("folder", DISTRICTS)
def test_gbk_shapefiles_of_two_cities_import_with_right_names(run, database, shapes, folder):
    count, epsg, known = DISTRICTS[folder]
    found_town(run, epsg)
    said = must(run("grids", "check", shapes / folder, *DISTRICT_FIELDS))
    assert "GB18030（含 GBK），按 .dbf 的语言标记 0x4D" in said
    must(run("grids", "import", shapes / folder, *DISTRICT_FIELDS, "--name", "区县", "--commit"))
    with database.read() as session:
        kept = dict(session.execute(select(Grid.code, Grid.name)).all())
        assert dict(session.execute(select(Area.code, Area.name)).all()).keys() == kept.keys()
    assert len(kept) == count
    assert kept == names_as_the_bytes_say(shapes / folder / "区县界_area.dbf")
    assert known <= set(kept.values())


@pytest.fixture
def shenzhen(run, shapes) -> Mapping[str, Any]:
    """Shenzhen's cells imported and in force, with what the commands said and how long they took."""
    found_town(run, "4547")
    cells = shapes / "grid" / "grid.shp"
    began = clock.elapsed()
    imported = must(
        run("grids", "import", cells, *CELL_FIELDS, "--holes-are-meant", "--name", "一版", "--commit", "--json")
    )
    activated = must(run("grids", "activate", "一版", "--commit", "--json"))
    return {"import": json.loads(imported), "activate": json.loads(activated), "seconds": clock.elapsed() - began}


def test_shenzhens_grids_come_into_force_and_find_places_as_the_exact_predicate_does(
    shenzhen, run, database, shapes, tmp_path, record_property
):
    record_property("import and activation, seconds", round(shenzhen["seconds"], 1))
    assert (shenzhen["import"]["grids"], len(shenzhen["activate"]["added"])) == (GRIDS, GRIDS)
    lons, lats, exact = points_and_their_cells(shapes / "grid" / "grid.shp")
    with database.read() as session:
        locator = grids.locator(session, profile.current(session))
    began = clock.elapsed()
    found = locator.locate_many(lons, lats)
    record_property("points located, seconds", round(clock.elapsed() - began, 2))
    record_property("points", len(found))
    record_property("points in a cell", sum(code is not None for code in found))
    record_property("points on a border", int((exact.owners > 1).sum()))
    assert len(found) == POINTS
    assert [n for n in range(POINTS) if found[n] != exact.codes[n]] == []
    assert answered(run, lons[:2_000], lats[:2_000], tmp_path) == exact.codes[:2_000]


class Exact:
    """The lowest code of the cells that cover each point, and how many cover it; asked cell by cell, unprepared."""

    def __init__(self, codes: list[str], cells: np.ndarray, places: np.ndarray) -> None:
        order = np.argsort(np.array(codes))
        ranked, names = cells[order], [codes[n] for n in order]
        near, cell = shapely.STRtree(ranked).query(places)
        covered = np.array([shapely.covers(a, b) for a, b in zip(ranked[cell], places[near], strict=True)])
        lowest = np.full(len(places), len(names))
        np.minimum.at(lowest, near[covered], cell[covered])
        self.owners = np.bincount(near[covered], minlength=len(places))
        self.codes = [names[n] if n < len(names) else None for n in lowest.tolist()]


def points_and_their_cells(path: Path) -> tuple[list[float], list[float], Exact]:
    """Corners and midpoints of edges, and places in and around the city."""
    about, _, wkb, columns = pyogrio.raw.read(path)
    told = dict(zip(about["fields"], columns, strict=True))
    codes = [f"{east}-{north}" for east, north in zip(told["LONCOL"], told["LATCOL"], strict=True)]
    cells = shapely.from_wkb(wkb)
    corners = shapely.get_coordinates(cells)
    chance = random.Random(4)
    borders = [corners[chance.randrange(len(corners))] for _ in range(POINTS // 5)]
    middles = [
        (corners[n] + corners[n + 1]) / 2 for n in (5 * chance.randrange(GRIDS) + chance.randrange(4) for _ in borders)
    ]
    west, south, east, north = shapely.total_bounds(cells).tolist()
    left = POINTS - len(borders) - len(middles)
    anywhere = [
        (chance.uniform(west - 0.01, east + 0.01), chance.uniform(south - 0.01, north + 0.01)) for _ in range(left)
    ]
    places = np.array([*borders, *middles, *anywhere])
    return places[:, 0].tolist(), places[:, 1].tolist(), Exact(codes, cells, np.array(shapely.points(places)))


def answered(run: Run, lons: list[float], lats: list[float], folder: Path) -> list[str | None]:
    """What ``wangge grids locate`` writes for a file of places."""
    asked, out = folder / "places.csv", folder / "answers.csv"
    lines = [f"{n},{lon!r},{lat!r}" for n, (lon, lat) in enumerate(zip(lons, lats, strict=True))]
    asked.write_text("\n".join(["key,lon,lat", *lines]))
    must(run("grids", "locate", asked, "--crs", "cgcs2000", "--out", out))
    with out.open(newline="") as file:
        return [row["grid"] or None for row in csv.DictReader(file)]


def test_the_one_hole_in_shenzhens_map_is_named_and_somebody_must_mean_it(run, shapes, tmp_path):
    found_town(run, "4547")
    cells, report = shapes / "grid" / "grid.shp", tmp_path / "report.json"
    assert run("grids", "check", cells, *CELL_FIELDS, "--report", report).exit_code == 1
    (fault,) = json.loads(report.read_text())["faults"]
    assert (fault["kind"], fault["severity"], round(fault["amount"])) == ("gap", "refuse", HOLE_M2)
    assert len(fault["codes"]) == 8


@pytest.mark.parametrize("name", ["grid", "metroline2", "sz.shp"])
def test_a_file_that_does_not_say_what_its_numbers_are_is_asked(run, shapes, name):
    found_town(run, "4547")
    said = run("grids", "check", shapes / name, "--code-field", "x", "--area-field", "x")
    assert said.exit_code == 1
    assert "没有写明坐标系（缺少 .prj 文件）" in said.output
    assert "像是经纬度（度），但不能猜" in said.output
    assert "用 --declare 写明" in said.output


def test_a_metro_line_is_no_grid(run, shapes):
    found_town(run, "4549")
    line = ("--code-field", "linename", "--area-field", "city", "--declare", "EPSG:4490")
    said = run("grids", "check", shapes / "metroline2", *line)
    assert said.exit_code == 1
    assert "网格「地铁2号线(徐泾东-浦东国际机场)」是线（LineString），网格必须是面" in said.output


def test_a_wrong_system_is_refused_in_plain_words(run, shapes):
    found_town(run, "4547")
    cells = shapes / "grid" / "grid.shp"
    as_metres = run(
        "grids", "check", cells, "--code-field", "LONCOL+LATCOL", "--area-field", "LONCOL", "--declare", "EPSG:4547"
    )
    assert as_metres.exit_code == 1
    assert "不在本镇投影 EPSG:4547 的适用范围里" in as_metres.output


def test_a_map_of_a_city_far_away_is_refused_in_plain_words(run, shapes):
    found_town(run, "4549")
    said = run("grids", "check", shapes / "chongqing_shp", *DISTRICT_FIELDS)
    assert said.exit_code == 1
    assert "不在本镇投影 EPSG:4549 的适用范围里" in said.output
