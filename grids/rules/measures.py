"""量度 (measures): how large and how wide a piece of ground is, and where the empty places of a map are."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from grids.rules.faults import Place, place_words
from grids.rules.projection import Projection, Shapes


@dataclass(frozen=True, slots=True)
class Limits:
    """Widths in metres. ``holes_are_meant``: lakes and enclaves were left out on purpose, so wide gaps only warn.

    ``rounding_m``: narrower pieces pass in silence. ``sliver_m``: narrower ones are warned of, wider ones refused.
    ``overlaps``: after so many the search ends, since such a map needs redrawing, not a longer list.
    """

    rounding_m: float = 0.001
    sliver_m: float = 1.0
    holes_are_meant: bool = False
    overlaps: int = 500


@dataclass(frozen=True, slots=True)
class Measure:
    """A piece of an overlap, a gap or a grid: its area in m², whether it is wider than a sliver, a place inside.

    ``shape``: the piece in degrees, without what is only rounding. ``sliver_m``: how wide a sliver may be.
    """

    area_m2: float
    wide: bool
    where: Place
    shape: BaseGeometry = field(repr=False, compare=False)
    sliver_m: float = 1.0

    @property
    def words(self) -> str:
        """Area, width class and place, for a sentence."""
        width = "" if self.wide else f"，不到 {self.sliver_m:g} 米宽"
        return f"面积 {square_metres(self.area_m2)}{width}，在{place_words(self.where)}一带"


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures ground given in degrees, in metres of ``plane``."""

    plane: Projection
    limits: Limits

    def measured(self, region: BaseGeometry) -> Measure | None:
        """The polygons of a region in degrees; None when all of it is rounding."""
        parts = np.array(
            [part for part in shapely.get_parts(region) if isinstance(part, shapely.Polygon)], dtype=object
        )
        flat = self.plane.flatten(parts) if len(parts) else parts
        kept = ~narrower(flat, self.limits.rounding_m)
        if not kept.any():
            return None
        areas = shapely.area(flat[kept])
        widest = shapely.point_on_surface(parts[kept][areas.argmax()])
        wide = not narrower(flat[kept], self.limits.sliver_m).all()
        shape = shapely.MultiPolygon(parts[kept].tolist())
        return Measure(float(areas.sum()), wide, (widest.x, widest.y), shape, self.limits.sliver_m)


def narrower(flat: Shapes, width_m: float) -> NDArray[np.bool_]:
    """Whether nothing is left of shapes in metres after taking half the width off every side."""
    length = shapely.length(flat)
    narrow = 2 * shapely.area(flat) <= width_m * length  # a polygon always holds a circle of radius area / perimeter
    narrow[narrow] = shapely.is_empty(shapely.buffer(flat[narrow], -width_m / 2, quad_segs=2, join_style="mitre"))
    return narrow


def holes(union: BaseGeometry) -> Iterator[BaseGeometry]:
    """The empty places inside a union of polygons, without the islands that lie in them."""
    parts = shapely.get_parts(union)
    tree = shapely.STRtree(parts)
    for part in parts:
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            islands = parts[tree.query(hole, predicate="contains")]
            yield shapely.difference(hole, shapely.union_all(islands)) if len(islands) else hole


def filled(union: BaseGeometry) -> BaseGeometry:
    """A union of polygons without its holes."""
    return shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(union)])


def square_metres(area_m2: float) -> str:
    """``1234 平方米``, with more digits for the small ones."""
    return f"{area_m2:.0f} 平方米" if area_m2 >= 10 else f"{area_m2:.2g} 平方米"
