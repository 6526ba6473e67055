"""wangge grids locate: one place, or a file of places, in the active edition."""

import csv
import math
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from grids import services as maps
from grids.rules import coordinates
from grids.rules.coordinates import BadPlace
from grids.rules.locate import BadAccuracy, GridFact, Location, Locator, Near
from service.commands.common import json_option, opened, print_json, table
from service.replay_rows import Columns, Row, rows
from town import profile
from town.errors import Refused

BATCH = 5000
NEEDED = ("key", "lon", "lat")
OPTIONAL = ("accuracy",)
HEADER = ("key", "outcome", "lon", "lat", "grid", "grid_name", "area", "area_name", "nearby", "why")
NAMES = {"in_grid": "在网格里", "ambiguous": "说不准", "outside": "在镇外", "invalid": "坐标不对"}
TOLD = 10
"""Bad rows named on the screen; the file of answers names all of them."""

Line = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in degrees, CGCS2000, with the radius in metres that it is known to, if the row says it."""

    lon: float
    lat: float
    accuracy_m: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows ended how, and the first of those that could not be answered."""

    counted: Counter[str]
    bad: list[str]


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lon", type=float, help="Longitude in degrees of --crs.")
@click.option("--lat", type=float, help="Latitude in degrees of --crs.")
@click.option("--crs", required=True, type=click.Choice(coordinates.KNOWN), help="What the numbers are.")
@click.option("--accuracy", type=float, help="Radius in metres that the place is known to.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Column for key, lon, lat or accuracy.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the answers to FILE.")
@json_option
def locate(
    file: Path | None,
    lon: float | None,
    lat: float | None,
    crs: str,
    accuracy: float | None,
    mapped: Sequence[str],
    out: Path | None,
    as_json: bool,
) -> None:
    """Which grid a place lies in: one place by --lon and --lat, or every row of a CSV FILE (plain or gzipped)."""
    if file is None and lon is not None and lat is not None:
        return _one(lon, lat, crs, accuracy, as_json)
    if file is None or out is None:
        raise click.UsageError("请写明 --lon 和 --lat，或者一个 CSV 文件和 --out。")
    columns = _columns(mapped)
    told = _many(_locator(), file, columns, crs, out)
    if as_json:
        return print_json(dict(told.counted))
    table([(NAMES[outcome], count) for outcome, count in told.counted.items()])
    for sentence in told.bad:
        click.echo(sentence)
    click.echo(f"每一行的结果在 {out}。")


def _locator() -> Locator:
    with opened() as (_, database), database.read() as session:
        return maps.locator(session, profile.current(session))


def _one(x: float, y: float, crs: str, accuracy: float | None, as_json: bool) -> None:
    with opened() as (_, database), database.read() as session:
        town = profile.current(session)
        try:
            lon, lat = coordinates.to_cgcs2000(x, y, crs)
            found = maps.locator(session, town).locate(lon, lat, accuracy)
        except (BadPlace, BadAccuracy) as wrong:
            raise Refused("place_invalid", why=str(wrong)) from None
        layers = maps.layers_at(session, town, lon, lat)
    if as_json:
        return print_json({**_as_json(lon, lat, found), "layers": {on.layer: _grid_or_none(on.grid) for on in layers}})
    click.echo(f"CGCS2000：{lon:.7f}，{lat:.7f}")
    table([("网格", _named(found.grid) if found.grid else "在镇外")])
    if accuracy is not None:
        table([("够得着", f"{near.distance_m:.1f} 米", _named(near.grid)) for near in found.nearby])
    if found.nearest:
        table([("最近的网格", f"{found.nearest.distance_m:.1f} 米", _named(found.nearest.grid))])
    table([(f"专业网格「{on.layer}」", _named(on.grid) if on.grid else "没有") for on in layers])
    if found.near_border:
        click.echo("离片区边界很近，最好问清楚。")


def _many(locator: Locator, file: Path, columns: Columns, crs: str, out: Path) -> Told:
    total = sum(1 for _ in rows(file, columns))
    left = iter(rows(file, columns))
    told = Told(Counter(in_grid=0, outside=0, invalid=0), [])
    with _written(out) as writer, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("定位", total=total)
        while batch := list(islice(left, BATCH)):
            lines = _answers(locator, batch, crs)
            writer.writerows(lines)
            told.counted.update(line[1] for line in lines)
            told.bad.extend(_sentences(batch, lines)[: TOLD - len(told.bad)])
            progress.advance(task, len(batch))
    return told


def _sentences(batch: Sequence[Row], lines: Sequence[Line]) -> list[str]:
    wrong = [(row, line) for row, line in zip(batch, lines, strict=True) if line[1] == "invalid"]
    return [f"第 {row.line} 行（{row.key[:40]}）：{line[-1]}" for row, line in wrong]


def _answers(locator: Locator, batch: Sequence[Row], crs: str) -> list[Line]:
    places = [_place(row, crs) for row in batch]
    good = [place for place in places if isinstance(place, Place)]
    facts = {grid.code: grid for grid in locator.grids}
    codes = iter(locator.locate_many([place.lon for place in good], [place.lat for place in good]))
    return [
        _refusal(row.key, place)
        if isinstance(place, str)
        else _answer(locator, row.key, place, facts[code] if (code := next(codes)) else None)
        for row, place in zip(batch, places, strict=True)
    ]


def _answer(locator: Locator, key: str, place: Place, grid: GridFact | None) -> Line:
    near = locator.locate(place.lon, place.lat, place.accuracy_m).nearby if place.accuracy_m is not None else ()
    reached = {one.grid.area_code for one in near} | ({"outside"} if grid is None else set())
    nearby = " ".join(one.grid.code for one in near)
    outcome = "ambiguous" if len(reached) > 1 else "in_grid" if grid else "outside"
    named = (grid.code, grid.name, grid.area_code, grid.area_name) if grid else ("", "", "", "")
    return (key, outcome, place.lon, place.lat, *named, nearby, "")


def _refusal(key: str, why: str) -> Line:
    return (key, "invalid", "", "", "", "", "", "", "", why)


def _place(row: Row, crs: str) -> Place | str:
    """Where the row is, or why that cannot be said."""
    if row.flaw:
        return row.flaw
    numbers = {}
    for field, name in (("lon", "经度"), ("lat", "纬度"), ("accuracy", "精度")):
        text = row.cells.get(field, "")
        try:
            numbers[field] = float(text) if text or field != "accuracy" else None
        except ValueError:
            return f"{name}「{text[:40]}」不是数"
    x, y, accuracy = numbers["lon"], numbers["lat"], numbers["accuracy"]
    assert x is not None
    assert y is not None
    if accuracy is not None and not 0 <= accuracy < math.inf:
        return str(BadAccuracy(accuracy))
    try:
        return Place(*coordinates.to_cgcs2000(x, y, crs), accuracy)
    except BadPlace as wrong:
        return str(wrong)


def _columns(mapped: Sequence[str]) -> Columns:
    said = dict(text.split("=", 1) for text in mapped if "=" in text)
    if len(said) < len(mapped) or set(said) - {*NEEDED, *OPTIONAL}:
        raise click.UsageError(f"--map 要写成 项目=列名，项目是 {'、'.join((*NEEDED, *OPTIONAL))}，各写一次。")
    return {name: [said.get(name, name)] for name in (*NEEDED, *OPTIONAL) if name in NEEDED or name in said}


@contextmanager
def _written(path: Path) -> Iterator[Any]:
    """A CSV writer; the file is there whole when the block ends well, untouched when it does not."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            yield writer
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _named(grid: GridFact) -> str:
    return f"{grid.code} {grid.name}（{grid.area_name}）"


def _as_json(lon: float, lat: float, found: Location) -> dict[str, Any]:
    return {
        "lon": lon,
        "lat": lat,
        "grid": _grid_or_none(found.grid),
        "nearby": [_near(near) for near in found.nearby],
        "near_border": found.near_border,
        "nearest": _near(found.nearest) if found.nearest else None,
    }


def _near(near: Near) -> dict[str, Any]:
    return {**_grid(near.grid), "distance_m": near.distance_m}


def _grid_or_none(grid: GridFact | None) -> dict[str, Any] | None:
    return _grid(grid) if grid else None


def _grid(grid: GridFact) -> dict[str, Any]:
    return {"code": grid.code, "name": grid.name, "area_code": grid.area_code, "area_name": grid.area_name}
