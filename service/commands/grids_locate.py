"""wangge grids locate: one place, or a file of places, in the active edition."""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
HEADER = ("key", "outcome", "lon", "lat", "grid", "grid_name", "area", "area_name")

Line = tuple[Any, ...]


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lon", type=float, help="Longitude in degrees of --crs.")
@click.option("--lat", type=float, help="Latitude in degrees of --crs.")
@click.option("--crs", required=True, type=click.Choice(coordinates.KNOWN), help="What the numbers are.")
@click.option("--accuracy", type=float, help="Radius in metres that the place is known to.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Column of the CSV for key, lon or lat.")
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
        return _one(_locator(), lon, lat, crs, accuracy, as_json)
    if file is None or out is None:
        raise click.UsageError("请写明 --lon 和 --lat，或者一个 CSV 文件和 --out。")
    columns = _columns(mapped)
    counted = _many(_locator(), file, columns, crs, out)
    if as_json:
        return print_json(counted)
    table([("在网格里", counted["in_grid"]), ("在镇外", counted["outside"]), ("坐标不对", counted["invalid"])])
    click.echo(f"每一行的结果在 {out}。")


def _locator() -> Locator:
    with opened() as (_, database), database.read() as session:
        return maps.locator(session, profile.current(session))


def _one(locator: Locator, x: float, y: float, crs: str, accuracy: float | None, as_json: bool) -> None:
    try:
        lon, lat = coordinates.to_cgcs2000(x, y, crs)
        found = locator.locate(lon, lat, accuracy)
    except (BadPlace, BadAccuracy) as wrong:
        raise Refused("place_invalid", why=str(wrong)) from None
    if as_json:
        return print_json(_as_json(lon, lat, found))
    click.echo(f"CGCS2000：{lon:.7f}，{lat:.7f}")
    table([("网格", _named(found.grid) if found.grid else "在镇外")])
    if accuracy is not None:
        table([("够得着", f"{near.distance_m:.1f} 米", _named(near.grid)) for near in found.nearby])
    if found.nearest:
        table([("最近的网格", f"{found.nearest.distance_m:.1f} 米", _named(found.nearest.grid))])
    if found.near_border:
        click.echo("离片区边界很近，最好问清楚。")


def _many(locator: Locator, file: Path, columns: Columns, crs: str, out: Path) -> dict[str, int]:
    total = sum(1 for _ in rows(file, columns))
    left = iter(rows(file, columns))
    counted = Counter(in_grid=0, outside=0, invalid=0)
    with _written(out) as writer, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("定位", total=total)
        while batch := list(islice(left, BATCH)):
            lines = _answers(locator, batch, crs)
            writer.writerows(lines)
            counted.update(line[1] for line in lines)
            progress.advance(task, len(batch))
    return dict(counted)


def _answers(locator: Locator, batch: Sequence[Row], crs: str) -> list[Line]:
    places = [_place(row, crs) for row in batch]
    good = [place for place in places if place]
    facts = {grid.code: grid for grid in locator.grids}
    codes = iter(locator.locate_many([lon for lon, _ in good], [lat for _, lat in good]))
    return [
        _answer(row.key, place, facts[code] if (code := next(codes)) else None) if place else (row.key, "invalid")
        for row, place in zip(batch, places, strict=True)
    ]


def _answer(key: str, place: tuple[float, float], grid: GridFact | None) -> Line:
    if grid is None:
        return (key, "outside", *place)
    return (key, "in_grid", *place, grid.code, grid.name, grid.area_code, grid.area_name)


def _place(row: Row, crs: str) -> tuple[float, float] | None:
    try:
        return coordinates.to_cgcs2000(float(row.cells["lon"]), float(row.cells["lat"]), crs)
    except (KeyError, ValueError):
        return None


def _columns(mapped: Sequence[str]) -> Columns:
    said = dict(text.split("=", 1) for text in mapped if "=" in text)
    if len(said) < len(mapped) or set(said) - set(NEEDED):
        raise click.UsageError(f"--map 要写成 项目=列名，项目是 {'、'.join(NEEDED)}，各写一次。")
    return {name: [said.get(name, name)] for name in NEEDED}


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
        "grid": _grid(found.grid) if found.grid else None,
        "nearby": [_near(near) for near in found.nearby],
        "near_border": found.near_border,
        "nearest": _near(found.nearest) if found.nearest else None,
    }


def _near(near: Near) -> dict[str, Any]:
    return {**_grid(near.grid), "distance_m": near.distance_m}


def _grid(grid: GridFact) -> dict[str, Any]:
    return {"code": grid.code, "name": grid.name, "area_code": grid.area_code, "area_name": grid.area_name}
