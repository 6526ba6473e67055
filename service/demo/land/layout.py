"""The layout of the town (规划): which cells are the town, which area, village and grid each belongs to."""

import itertools
import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from service.demo.land import growing, mosaic, ways
from service.demo.land.mosaic import Mosaic
from service.demo.land.shapes import AREAS, Area, Side, Spot, Village, remoteness
from service.demo.land.ways import Way

FENCES = {"river": 16.0, "canal": 3.5, "main": 4.0, "street": 2.2, "lane": 1.5}
"""How many times longer the way seems across a line, by its rank."""
LOBES = (2, 3, 5, 7)
"""Waves of the town's outline round it."""
SWELL = 0.055
OUTERMOST = 1.42


@dataclass(frozen=True)
class Plot:
    """网格 before it is drawn: where it belongs, its number in its village, and its cells."""

    area: Area
    village: Village
    number: int
    cells: frozenset[int]


@dataclass(frozen=True)
class Layout:
    """Everything in terms of the mosaic's cells and sides. ``outside``: the land of each neighbouring town, by name."""

    mosaic: Mosaic
    waters: tuple[Way, ...]
    streets: tuple[Way, ...]
    plots: tuple[Plot, ...]
    outside: Mapping[str, frozenset[int]]


NEIGHBOURS = ("北庄镇", "柏塘镇", "新圩镇", "桐里镇")
"""Going round from the north-east."""


def plan(chance: random.Random) -> Layout:
    """A town out of chance."""
    laid = mosaic.lay(chance)
    waters = ways.run(laid, ways.WATERS, (), chance)
    streets = ways.run(laid, ways.STREETS, waters, chance)
    fences = {side: FENCES[way.rank] for way in (*reversed(streets), *waters) for side in way.sides}
    inside = _inside(laid, chance)
    plots = tuple(itertools.chain.from_iterable(_areas(laid, inside, fences, chance)))
    return Layout(laid, tuple(waters), tuple(streets), plots, _outside(laid, inside))


def _inside(laid: Mosaic, chance: random.Random) -> set[int]:
    """The cells of the town, whose edge swells and shrinks."""
    swells = [(lobe, chance.uniform(0.4, 1.0) * SWELL, chance.uniform(0, 2 * math.pi)) for lobe in LOBES]

    def edge(spot: Spot) -> float:
        way = math.atan2(spot[1], spot[0])
        return 1 + sum(size * math.cos(lobe * way + start) for lobe, size, start in swells)

    return {cell for cell, spot in enumerate(laid.spots) if remoteness(spot) < edge(spot)}


def _areas(
    laid: Mosaic, inside: Collection[int], fences: Mapping[Side, float], chance: random.Random
) -> Sequence[list[Plot]]:
    seats = [min(inside, key=lambda cell: math.dist(laid.spots[cell], area.at)) for area in AREAS]
    pieces = growing.spread(laid, inside, seats, [area.pull for area in AREAS], fences)
    return [_villages(laid, area, piece, fences, chance) for area, piece in zip(AREAS, pieces, strict=True)]


def _villages(
    laid: Mosaic, area: Area, cells: Collection[int], fences: Mapping[Side, float], chance: random.Random
) -> list[Plot]:
    """An area's villages; neighbourhoods lie nearest to the old town."""
    shares = [village.grids for village in area.villages]
    pieces = growing.divide(laid, cells, shares, fences, chance)
    by_way = sorted(zip(pieces, shares, strict=True), key=lambda piece: remoteness(growing.centroid(laid, piece[0])))
    urban_first = sorted(area.villages, key=lambda village: not village.urban)
    return [
        plot
        for (piece, _), village in zip(by_way, urban_first, strict=True)
        for plot in _grids(laid, area, village, piece, fences, chance)
    ]


def _grids(
    laid: Mosaic,
    area: Area,
    village: Village,
    cells: Collection[int],
    fences: Mapping[Side, float],
    chance: random.Random,
) -> list[Plot]:
    pieces = growing.divide(laid, cells, [1.0] * village.grids, fences, chance)
    ordered = sorted(pieces, key=lambda piece: reading_order(growing.centroid(laid, piece)))
    return [Plot(area, village, number, frozenset(piece)) for number, piece in enumerate(ordered, 1)]


ROW = 500.0


def reading_order(spot: Spot) -> tuple[float, float]:
    """From north to south in rows, and in a row from west to east."""
    return -math.floor(spot[1] / ROW), spot[0]


def _outside(laid: Mosaic, inside: Collection[int]) -> dict[str, frozenset[int]]:
    """The land round the town, a quarter to each neighbour."""
    ring = [cell for cell, spot in enumerate(laid.spots) if cell not in inside and remoteness(spot) < OUTERMOST]
    found: dict[str, set[int]] = {name: set() for name in NEIGHBOURS}
    for cell in ring:
        found[NEIGHBOURS[_quarter(laid.spots[cell])]].add(cell)
    return {name: frozenset(cells) for name, cells in found.items()}


def _quarter(spot: Spot) -> int:
    return int((math.atan2(spot[0], spot[1]) % (2 * math.pi)) / (math.pi / 2))
