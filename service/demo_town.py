"""A small town out of a seed (演示小镇): five areas of grids with crooked shared borders, as GeoJSON.

Cells lie round scattered centres; every border between two cells is bent once and used by both, so that the map has
neither gaps nor overlaps. Pure: the same seed gives the same town. Inside, places are metres from the town's centre.
"""

import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import Polygon

Spot = tuple[float, float]
Border = tuple[Spot, Spot]
Cells = Mapping[Spot, tuple[Spot, ...]]
"""Corners of every cell, counter-clockwise and closed, by the spot it lies round."""

CODE = "yunxi"
SEED = 193
CENTRE = (121.07, 31.57)
METRES_PER_DEGREE = 110_900.0
DECIMALS = 7
"""Of a degree: about a centimetre, and one spelling for both sides of a border."""

REACH = (3150.0, 2650.0)
"""Half the town's width and height."""
SPACING = 1150.0
SCATTER = 0.3
CROWDING = 0.3
"""How much closer centres lie in the old town than at its edge."""

WAVES = 6
BEND, RIVER_BEND = 0.10, 0.19
STEP = 25.0
CALMER = (1.0, 0.6, 0.3, 0.0)
"""Tried in turn: bends that would cross a neighbouring one are drawn again, calmer."""


@dataclass(frozen=True)
class Area:
    """片区 before it is drawn: where it lies, and the names of its villages and neighbourhoods."""

    code: str
    name: str
    at: Spot
    grids: tuple[str, ...]


AREAS = (
    Area("CZ", "城中片区", (100.0, 100.0), ("县前社区", "文昌社区", "府学社区", "新桥社区", "西门社区", "水关社区")),
    Area("CD", "城东片区", (2200.0, 200.0), ("朝阳社区", "东盛村", "陈渡村", "花园社区", "杨浜村", "沈巷村")),
    Area("HX", "河西片区", (-2300.0, -100.0), ("渡口村", "柳湾村", "桑园村", "芦浦村", "西郊村", "唐家浜村")),
    Area("BJ", "北街片区", (0.0, 2000.0), ("北街社区", "牌楼社区", "双塔社区", "杨林村", "窑头村", "仓前村")),
    Area("NW", "南圩片区", (300.0, -1900.0), ("南圩村", "塘桥村", "荷塘村", "永丰村", "大圩村", "菱湖村")),
)
BEYOND_THE_RIVER = "HX"


@dataclass(frozen=True)
class Drawn:
    """网格 as drawn: its code, its name, its area, its shape in degrees."""

    code: str
    name: str
    area: Area
    shape: Polygon


def feature_collection(seed: int = SEED) -> dict[str, Any]:
    """The town as GeoJSON: one polygon a grid with code, name, area_code and area_name. Degrees, CGCS2000."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": g.code, "name": g.name, "area_code": g.area.code, "area_name": g.area.name},
            "geometry": shapely.geometry.mapping(g.shape),
        }
        for g in draw(seed)
    ]
    return {"type": "FeatureCollection", "name": CODE, "features": features}


def places(chance: random.Random, seed: int = SEED) -> Iterator[Spot]:
    """Places inside the town for ever, longitude and latitude in degrees: where citizens stand."""
    town = shapely.union_all([grid.shape for grid in draw(seed)])
    west, south, east, north = town.bounds
    while True:
        spot = chance.uniform(west, east), chance.uniform(south, north)
        if shapely.contains_xy(town, *spot):
            yield spot


def draw(seed: int = SEED) -> list[Drawn]:
    """Every grid of the town, area by area."""
    chance = random.Random(seed)
    cells = _cells(_centres(chance))
    owners = _grow(cells)
    winding = {border: [chance.uniform(-1, 1) for _ in range(WAVES)] for border in sorted(_borders(cells))}
    river = _borders(_of(BEYOND_THE_RIVER, cells, owners)) & _borders(_of_others(BEYOND_THE_RIVER, cells, owners))
    maps = (_shapes(cells, owners, winding, river, calm) for calm in CALMER)
    shapes = next(shapes for shapes in maps if _sound(list(shapes.values())))
    return [grid for area in AREAS for grid in _named(area, {s: shapes[s] for s, a in owners.items() if a is area})]


def _centres(chance: random.Random) -> list[Spot]:
    """Scattered centres in rows, closer together in the middle, some way beyond the town's edge too."""
    rows, columns = range(-5, 6), range(-6, 7)
    return [_crowded(_scattered(row, column, chance)) for row, column in itertools.product(rows, columns)]


def _scattered(row: int, column: int, chance: random.Random) -> Spot:
    x, y = (column + row % 2 / 2) * SPACING, row * SPACING * math.sqrt(3) / 2
    return x + chance.uniform(-SCATTER, SCATTER) * SPACING, y + chance.uniform(-SCATTER, SCATTER) * SPACING


def _crowded(spot: Spot) -> Spot:
    pull = 1 - CROWDING * math.exp(-(_remoteness(spot) ** 2) * 2)
    return spot[0] * pull, spot[1] * pull


def _remoteness(spot: Spot) -> float:
    """0 in the middle, 1 at the town's edge."""
    return math.hypot(spot[0] / REACH[0], spot[1] / REACH[1])


def _cells(centres: list[Spot]) -> Cells:
    """The cells that lie in the town, by their centres."""
    around = shapely.voronoi_polygons(shapely.MultiPoint(centres), ordered=True)
    return {
        centre: tuple((round(x, 3), round(y, 3)) for x, y in shapely.get_coordinates(shapely.normalize(cell))[::-1])
        for centre, cell in zip(centres, around.geoms, strict=True)
        if _remoteness(centre) < 1
    }


def _sides(corners: tuple[Spot, ...]) -> list[Border]:
    return list(itertools.pairwise(corners))


def _same(side: Border) -> Border:
    """One name for a border, whichever way it is walked."""
    return min(side), max(side)


def _borders(cells: Cells) -> set[Border]:
    return {_same(side) for corners in cells.values() for side in _sides(corners)}


def _of(code: str, cells: Cells, owners: Mapping[Spot, Area]) -> Cells:
    return {spot: corners for spot, corners in cells.items() if owners[spot].code == code}


def _of_others(code: str, cells: Cells, owners: Mapping[Spot, Area]) -> Cells:
    return {spot: corners for spot, corners in cells.items() if owners[spot].code != code}


def _grow(cells: Cells) -> dict[Spot, Area]:
    """Which area each cell belongs to: areas grow from their seats, cell by adjoining cell, so none is in two pieces."""
    owners: dict[Spot, Area] = {}
    for area in AREAS:
        owners[min(cells.keys() - owners.keys(), key=lambda spot: math.dist(spot, area.at))] = area
    while free := cells.keys() - owners.keys():
        _, spot, area = min(_steps(cells, free, owners), key=lambda step: step[:2])
        owners[spot] = area
    return owners


def _steps(cells: Cells, free: set[Spot], owners: Mapping[Spot, Area]) -> Iterator[tuple[float, Spot, Area]]:
    """Every adjoining cell an area could take next, with how little it wants it."""
    sizes = {area.code: sum(owner is area for owner in owners.values()) for area in AREAS}
    for spot in free:
        mine = _borders({spot: cells[spot]})
        for held, area in owners.items():
            if mine & _borders({held: cells[held]}):
                crowded = 1e6 * (sizes[area.code] >= len(area.grids))
                yield math.dist(spot, area.at) + crowded, spot, area


def _shapes(
    cells: Cells, owners: Mapping[Spot, Area], winding: Mapping[Border, list[float]], river: set[Border], calm: float
) -> dict[Spot, Polygon]:
    bends = {b: _bend(b, waves, calm * (RIVER_BEND if b in river else BEND)) for b, waves in winding.items()}
    return {spot: _outline(corners, bends) for spot, corners in cells.items()}


def _bend(border: Border, waves: list[float], size: float) -> list[Spot]:
    """The border as a line of degrees that swings to both sides and still ends where it did."""
    (ax, ay), (bx, by) = border
    pieces = max(1, round(math.dist(*border) / STEP))
    line = []
    for part in (piece / pieces for piece in range(pieces + 1)):
        swing = size * sum(wave * math.sin(n * math.pi * part) / n for n, wave in enumerate(waves, 1))
        line.append(_degrees(ax + (bx - ax) * part - (by - ay) * swing, ay + (by - ay) * part + (bx - ax) * swing))
    return line


def _outline(corners: tuple[Spot, ...], bends: Mapping[Border, list[Spot]]) -> Polygon:
    walked = [bends[_same(side)][:: 1 if side == _same(side) else -1] for side in _sides(corners)]
    return Polygon(list(itertools.chain.from_iterable(line[:-1] for line in walked)))


def _degrees(x: float, y: float) -> Spot:
    """Metres from the centre as longitude and latitude."""
    across = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return round(CENTRE[0] + x / across, DECIMALS), round(CENTRE[1] + y / METRES_PER_DEGREE, DECIMALS)


def _sound(shapes: list[Polygon]) -> bool:
    return bool(shapely.is_valid(shapes).all()) and bool(shapely.coverage_is_valid(shapes))


def _named(area: Area, shapes: Mapping[Spot, Polygon]) -> list[Drawn]:
    """The area's grids from north to south; a grid beyond the known names goes by its number."""
    ordered = sorted(shapes, key=lambda spot: (-spot[1], spot[0]))
    names = itertools.chain(
        area.grids, (f"{area.name[:2]}第{number}网格" for number in itertools.count(len(area.grids) + 1))
    )
    return [
        Drawn(f"{area.code}-{number:02}", name, area, shapes[spot])
        for number, (spot, name) in enumerate(zip(ordered, names, strict=False), 1)
    ]
