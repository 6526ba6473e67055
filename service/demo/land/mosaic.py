"""The mosaic: some thousand small cells, finer in the old town, that river, streets and grids are all put together from.

Whatever runs along the cells' sides is shared by both its neighbours, so that no border is ever drawn twice.
"""

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import shapely

from service.demo.land.shapes import Side, Spot, remoteness

SPACING = 118.0
SCATTER = 0.33
CROWDING = 0.58
"""How much closer cells lie in the old town than at the town's edge."""
OLD_TOWN = 0.55
"""How far the crowding reaches, as a part of the way to the edge."""
TURNED = math.radians(11)
"""The old town's lanes do not run due north."""
BEYOND = 1.5
ROUGH = 0.1
"""Corners closer than this, in metres, are one."""


@dataclass(frozen=True)
class Mosaic:
    """Cells by number: the spot each lies round, and its corners, counter-clockwise, by their numbers."""

    spots: tuple[Spot, ...]
    rings: tuple[tuple[int, ...], ...]
    corners: tuple[Spot, ...]

    @cached_property
    def sides(self) -> dict[Side, list[int]]:
        """The cells on both sides of every side; one cell at the mosaic's own edge."""
        found: dict[Side, list[int]] = defaultdict(list)
        for cell, ring in enumerate(self.rings):
            for side in around(ring):
                found[same(side)].append(cell)
        return dict(found)

    @cached_property
    def beside(self) -> dict[int, list[tuple[int, Side]]]:
        """The neighbours of every cell, with the side between."""
        found: dict[int, list[tuple[int, Side]]] = defaultdict(list)
        for side, cells in self.sides.items():
            for here, there in itertools.permutations(cells, 2):
                found[here].append((there, side))
        return found

    @cached_property
    def ways(self) -> dict[int, list[int]]:
        """The corners one can walk to from every corner."""
        found: dict[int, list[int]] = defaultdict(list)
        for a, b in self.sides:
            found[a].append(b)
            found[b].append(a)
        return found

    def length(self, side: Side) -> float:
        """Of a side, in metres."""
        return math.dist(self.corners[side[0]], self.corners[side[1]])

    def nearest_corner(self, spot: Spot) -> int:
        """The number of the corner that lies closest."""
        return min(self.ways, key=lambda corner: math.dist(self.corners[corner], spot))


def around(ring: Iterable[int]) -> list[Side]:
    """The directed sides of a ring that does not repeat its first corner."""
    corners = list(ring)
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def same(side: Side) -> Side:
    """One name for a side, whichever way it is walked."""
    return (side[0], side[1]) if side[0] < side[1] else (side[1], side[0])


def lay(chance: random.Random) -> Mosaic:
    """A new mosaic."""
    spots = _spots(chance)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(spots), ordered=True)
    numbers: dict[Spot, int] = {}
    rings = tuple(_ring(cell, numbers) for cell in cells.geoms)
    return Mosaic(tuple(spots), rings, tuple(numbers))


def _spots(chance: random.Random) -> list[Spot]:
    """Scattered in turned rows, some way beyond the town's edge too."""
    reach = range(-48, 49)
    laid = (_scattered(row, column, chance) for row, column in itertools.product(reach, reach))
    return [spot for spot in map(_crowded, laid) if remoteness(spot) < BEYOND]


def _scattered(row: int, column: int, chance: random.Random) -> Spot:
    x = (column + chance.uniform(-SCATTER, SCATTER)) * SPACING
    y = (row + chance.uniform(-SCATTER, SCATTER)) * SPACING
    return x * math.cos(TURNED) - y * math.sin(TURNED), x * math.sin(TURNED) + y * math.cos(TURNED)


def _crowded(spot: Spot) -> Spot:
    pull = 1 - CROWDING * math.exp(-((remoteness(spot) / OLD_TOWN) ** 2))
    return spot[0] * pull, spot[1] * pull


def _ring(cell: shapely.Polygon, numbers: dict[Spot, int]) -> tuple[int, ...]:
    """The corners' numbers, counter-clockwise; corners that fall together are one."""
    coordinates = shapely.get_coordinates(shapely.normalize(cell))[::-1]
    spots = [(round(x / ROUGH) * ROUGH, round(y / ROUGH) * ROUGH) for x, y in coordinates[:-1]]
    ring = [numbers.setdefault(spot, len(numbers)) for spot in spots]
    return tuple(corner for corner, _ in itertools.groupby(ring))
