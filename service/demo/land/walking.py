"""Where people are (行走): places where citizens stand, and ways along the streets from one place to another."""

import heapq
import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import shapely

from service.demo.land.drawn import land
from service.demo.land.shapes import SEED, Spot, degrees, metres
from service.demo.land.shops import shop_list

AT_SHOPS = 0.45
"""How many of ten reports come from a shopping street."""
INLAND = 0.0012
"""Degrees: more than a phone's accuracy away from another area."""
SHORTEST = 0.002
STROLL = 25.0
PAVEMENT = 20.0
"""Metres between two spots of a way, at most."""


def places(chance: random.Random, seed: int = SEED) -> Iterator[Spot]:
    """Places inside the town for ever, longitude and latitude in degrees: where citizens stand."""
    grids, shops, town = land(seed).grids, shop_list(seed), _town(seed)
    while True:
        spot = (
            _near(chance.choice(shops).shape.centroid, chance)
            if chance.random() < AT_SHOPS
            else _in(chance.choice(grids).shape, chance)
        )
        if shapely.contains_xy(town, *spot):
            yield spot


def walk(start: Spot, end: Spot, seed: int = SEED) -> list[Spot]:
    """The way along the streets, every few steps a spot, degrees: to the street, along it, and from it to the place."""
    ways = _streets(seed)
    here, there = metres(*start), metres(*end)
    first, last = _nearest(ways, here), _nearest(ways, there)
    line = [here, *_along(ways, first, last), there]
    return [degrees(spot) for spot in _paced(line)]


def inside(code: str, chance: random.Random, seed: int = SEED) -> Spot:
    """A place well inside a grid or an area, by its code."""
    mine = shapely.union_all([grid.shape for grid in land(seed).grids if code in (grid.code, grid.area.code)])
    away = (mine.buffer(-distance) for distance in (INLAND, INLAND / 4, 0.0))
    return _in(next(shape for shape in away if not shape.is_empty), chance)


def between_areas(chance: random.Random, seed: int = SEED) -> Spot:
    """A place on the border of two areas."""
    borders = _borders(seed)
    point = chance.choice(borders).interpolate(chance.uniform(0.3, 0.7), normalized=True)
    return round(point.x, 7), round(point.y, 7)


def beyond(chance: random.Random, seed: int = SEED) -> Spot:
    """A place in a neighbouring town, well away from the border."""
    point = chance.choice(land(seed).outside)[1].representative_point()
    return round(point.x, 7), round(point.y, 7)


@lru_cache(maxsize=2)
def _borders(seed: int) -> tuple[shapely.LineString, ...]:
    """Stretches of border between grids of different areas."""
    grids = land(seed).grids
    pairs = shapely.STRtree([grid.shape for grid in grids]).query([grid.shape for grid in grids], predicate="touches")
    shared = [
        shapely.line_merge(grids[a].shape.intersection(grids[b].shape))
        for a, b in pairs.T.tolist()
        if a < b and grids[a].area is not grids[b].area
    ]
    return tuple(line for line in shared if line.geom_type == "LineString" and line.length > SHORTEST)


def area_at(lon: float, lat: float, seed: int = SEED) -> str:
    """The code of the area a place lies in, or next to."""
    grids = land(seed).grids
    return grids[int(_grids(seed).nearest(shapely.Point(lon, lat)))].area.code


@lru_cache(maxsize=2)
def _town(seed: int) -> shapely.Geometry:
    town = shapely.coverage_union_all([grid.shape for grid in land(seed).grids])
    shapely.prepare(town)
    return town


@lru_cache(maxsize=2)
def _grids(seed: int) -> shapely.STRtree:
    return shapely.STRtree([grid.shape for grid in land(seed).grids])


def _near(point: shapely.Point, chance: random.Random) -> Spot:
    x, y = metres(point.x, point.y)
    return degrees((x + chance.gauss(0, STROLL), y + chance.gauss(0, STROLL)))


def _in(shape: shapely.Polygon | shapely.MultiPolygon, chance: random.Random) -> Spot:
    west, south, east, north = shape.bounds
    while True:
        spot = round(chance.uniform(west, east), 7), round(chance.uniform(south, north), 7)
        if shapely.contains_xy(shape, *spot):
            return spot


@lru_cache(maxsize=2)
def _streets(seed: int) -> dict[Spot, list[Spot]]:
    """Spots of the streets, and those one can step to from each."""
    ways: dict[Spot, list[Spot]] = defaultdict(list)
    for street in land(seed).streets:
        for a, b in zip(street.line, street.line[1:], strict=False):
            ways[a].append(b)
            ways[b].append(a)
    return dict(ways)


def _nearest(ways: dict[Spot, list[Spot]], spot: Spot) -> Spot:
    return min(ways, key=lambda step: math.dist(step, spot))


def _along(ways: dict[Spot, list[Spot]], start: Spot, end: Spot) -> list[Spot]:
    """The shortest way (Dijkstra); only its ends where the streets do not meet."""
    best, came, queue = {start: 0.0}, {start: start}, [(0.0, start)]
    while queue:
        cost, here = heapq.heappop(queue)
        if here == end:
            break
        for there in ways[here]:
            reached = cost + math.dist(here, there)
            if reached < best.get(there, math.inf):
                best[there], came[there] = reached, here
                heapq.heappush(queue, (reached, there))
    if end not in came:
        return [start, end]
    walked = [end]
    while walked[-1] != start:
        walked.append(came[walked[-1]])
    return walked[::-1]


def _paced(line: list[Spot]) -> Iterator[Spot]:
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        steps = max(1, math.ceil(math.dist((ax, ay), (bx, by)) / PAVEMENT))
        for step in range(steps):
            yield ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
    yield line[-1]
