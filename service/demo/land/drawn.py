"""The town as drawn (成图): grids with their codes and names, streets, waters and neighbours, in degrees."""

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely import LineString, Polygon

from service.demo.land import growing, layout, lines
from service.demo.land.layout import Layout
from service.demo.land.lines import Drawing, Pinched
from service.demo.land.shapes import CODE, COUNTY_TOWN, SEED, Area, Side, Spot, degrees
from service.demo.land.ways import Way

TRIES = 20
"""A seed whose borders come out tangled is drawn again, from its next chance."""
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Drawn:
    """网格 as drawn: its code, its name, its village, its area, its shape in degrees."""

    code: str
    name: str
    village: str
    area: Area
    shape: Polygon


@dataclass(frozen=True)
class Street:
    """A street or a water as drawn, in metres: its name, its rank, its line."""

    name: str
    rank: str
    line: tuple[Spot, ...]


@dataclass(frozen=True)
class Land:
    """A whole town."""

    grids: tuple[Drawn, ...]
    streets: tuple[Street, ...]
    waters: tuple[Street, ...]
    outside: tuple[tuple[str, Polygon], ...]


@lru_cache(maxsize=4)
def land(seed: int) -> Land:
    """The town of a seed."""
    tries = (_try(random.Random(f"{seed}/{turn}")) for turn in range(TRIES))
    return next(found for found in tries if found)


def draw(seed: int = SEED) -> list[Drawn]:
    """Every grid of the town, area by area."""
    return list(land(seed).grids)


def feature_collection(seed: int = SEED) -> dict[str, Any]:
    """The town as GeoJSON: one polygon a grid with code, name, village, area_code and area_name. Degrees, CGCS2000."""
    return _collection(
        CODE,
        (
            (
                grid.shape,
                {
                    "code": grid.code,
                    "name": grid.name,
                    "area_code": grid.area.code,
                    "area_name": grid.area.name,
                    "village": grid.village,
                },
            )
            for grid in land(seed).grids
        ),
    )


def streets(seed: int = SEED) -> dict[str, Any]:
    """The streets as GeoJSON lines with name and rank: main, street or lane."""
    return _lines("streets", land(seed).streets)


def waters(seed: int = SEED) -> dict[str, Any]:
    """The river and the canal as GeoJSON lines with name and rank: river or canal."""
    return _lines("waters", land(seed).waters)


def neighbours(seed: int = SEED) -> dict[str, Any]:
    """The neighbouring towns as GeoJSON polygons with their names, as far as they are drawn."""
    return _collection("neighbours", ((shape, {"name": name}) for name, shape in land(seed).outside))


def _lines(name: str, drawn: Iterable[Street]) -> dict[str, Any]:
    in_degrees = ((LineString([degrees(spot) for spot in one.line]), one) for one in drawn)
    return _collection(name, ((line, {"name": one.name, "rank": one.rank}) for line, one in in_degrees))


def _collection(name: str, features: Iterable[tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    found = [
        {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}
        for shape, properties in features
    ]
    return {"type": "FeatureCollection", "name": name, "features": found}


def _try(chance: random.Random) -> Land | None:
    """One town, or None where it came out tangled."""
    laid = layout.plan(chance)
    outlines = [growing.outline(laid.mosaic, plot.cells) for plot in laid.plots]
    beyond = {name: growing.outline(laid.mosaic, cells) for name, cells in laid.outside.items()}
    drawing = _drawing(laid, itertools.chain.from_iterable((*outlines, *beyond.values())), chance)
    try:
        shapes = [_polygon(drawing, sides) for sides in outlines]
        outside = tuple((name, _polygon(drawing, sides)) for name, sides in beyond.items())
    except Pinched:
        return None
    if not _sound(shapes) or not _sound([shape for _, shape in outside]):
        return None
    grids = tuple(_named(laid, shapes))
    return Land(grids, _streets(drawing, laid.streets), _streets(drawing, laid.waters), outside)


def _drawing(laid: Layout, borders: Iterable[Side], chance: random.Random) -> Drawing:
    every_way = (*laid.streets, *laid.waters)
    roads = itertools.chain.from_iterable(way.sides for way in every_way)
    ends = itertools.chain.from_iterable((way.corners[0], way.corners[-1]) for way in every_way)
    return lines.draw(laid.mosaic, lines.undirected((*borders, *roads)), ends, chance)


def _polygon(drawing: Drawing, sides: Iterable[Side]) -> Polygon:
    return Polygon([degrees(spot) for spot in drawing.ring(list(sides))])


def _sound(shapes: Sequence[Polygon]) -> bool:
    return bool(shapely.is_valid(shapes).all()) and bool(shapely.coverage_is_valid(shapes))


def _streets(drawing: Drawing, drawn: Sequence[Way]) -> tuple[Street, ...]:
    return tuple(Street(way.name, way.rank, tuple(drawing.along(way.corners))) for way in drawn)


def _named(laid: Layout, shapes: Sequence[Polygon]) -> Iterator[Drawn]:
    codes = _village_codes(laid)
    for plot, shape in zip(laid.plots, shapes, strict=True):
        name = f"{plot.village.name}第{NUMERALS[plot.number - 1]}网格"
        yield Drawn(f"{codes[plot.village.name]}{plot.number:03}", name, plot.village.name, plot.area, shape)


def _village_codes(laid: Layout) -> dict[str, str]:
    """Neighbourhoods from 001, villages from 201, each from west to east and from north to south."""
    land_of: dict[str, set[int]] = {}
    for plot in laid.plots:
        land_of.setdefault(plot.village.name, set()).update(plot.cells)
    ordered = sorted(land_of, key=lambda name: layout.reading_order(growing.centroid(laid.mosaic, land_of[name])))
    urban = [name for name in ordered if name.endswith("社区")]
    rural = [name for name in ordered if name not in urban]
    return {
        name: f"{COUNTY_TOWN}{number:03}"
        for number, name in itertools.chain(enumerate(urban, 1), enumerate(rural, 201))
    }
