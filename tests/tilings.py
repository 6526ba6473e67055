"""Made-up maps: a rectangle cut into crooked grids that share every border, vertex for vertex."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import shapely

Point = tuple[float, float]
Edge = tuple[Point, ...]


@dataclass(frozen=True)
class Cell:
    """One grid of a made-up map: row and column from the south-west, and its outline in degrees."""

    row: int
    column: int
    shape: shapely.Polygon

    @property
    def code(self) -> str:
        """Codes that sort by row, then by column."""
        return f"{self.row:02d}{self.column:02d}"

    @property
    def area(self) -> str:
        """Three rows to an area, the southern ones first."""
        return f"P{self.row // 3}"


def tiling(
    rows: int,
    columns: int,
    seed: int = 0,
    *,
    west: float = 121.05,
    south: float = 31.55,
    step: float = 0.002,
    bends: int = 5,
) -> list[Cell]:
    """``rows`` × ``columns`` grids of about ``step`` degrees, every shared border bent ``bends`` times the same way."""
    chance = random.Random(seed)

    def jitter(span: float) -> float:
        return chance.uniform(-span, span) * step

    corners = {
        (row, column): (west + column * step + jitter(0.12), south + row * step + jitter(0.12))
        for row in range(rows + 1)
        for column in range(columns + 1)
    }

    def crooked(start: Point, end: Point) -> Edge:
        (x0, y0), (x1, y1) = start, end
        parts = [n / (bends + 1) for n in range(1, bends + 1)]
        aside = [chance.uniform(-0.3, 0.3) * min(t, 1 - t) for t in parts]
        bent = [
            (x0 + (x1 - x0) * t - (y1 - y0) * a, y0 + (y1 - y0) * t + (x1 - x0) * a)
            for t, a in zip(parts, aside, strict=True)
        ]
        return (start, *bent, end)

    flat = {(r, c): crooked(corners[r, c], corners[r, c + 1]) for r in range(rows + 1) for c in range(columns)}
    upright = {(r, c): crooked(corners[r, c], corners[r + 1, c]) for r in range(rows) for c in range(columns + 1)}
    return [
        Cell(r, c, shapely.Polygon([*flat[r, c], *upright[r, c + 1], *flat[r + 1, c][::-1], *upright[r, c][::-1]]))
        for r in range(rows)
        for c in range(columns)
    ]


def feature(cell: Cell) -> dict[str, Any]:
    """A grid as a GeoJSON feature."""
    properties = {"code": cell.code, "name": f"{cell.code} 网格", "area": cell.area, "area_name": f"{cell.area} 片区"}
    ring = [list(place) for place in cell.shape.exterior.coords]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def feature_collection(cells: Iterable[Cell]) -> bytes:
    """A map as a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": [feature(cell) for cell in cells]}).encode()


def shuffled(cells: list[Cell], seed: int) -> list[Cell]:
    """The same map, told in another order and with every ring begun elsewhere."""
    chance = random.Random(seed)
    turned = [replace(cell, shape=_turned(cell.shape, chance)) for cell in cells]
    return chance.sample(turned, len(turned))


def _turned(shape: shapely.Polygon, chance: random.Random) -> shapely.Polygon:
    ring = list(shape.exterior.coords)[:-1]
    start = chance.randrange(len(ring))
    ring = ring[start:] + ring[:start]
    return shapely.Polygon(ring[::-1] if chance.random() < 0.5 else ring)
