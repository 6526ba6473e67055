"""图形检查 (the coverage gate): whether a set of grids may become the town's map. Never repairs, only says what is wrong.

Refused whatever the measure: missing or doubled codes, what is no polygon, numbers that are no degrees, a map outside
the town's projection, invalid rings. Overlaps and gaps are judged by their width. Up to a millimetre they are rounding
and pass silently. Up to one metre they are slivers and warned of with their measure: no phone knows its place that
well, and a place in one still gets the same answer every time. Wider ones are refused.

Gaps are the holes of the union; a gap that opens to the outside is only seen against the town's outline. They are
looked for once every shape is sound, because a broken polygon would leave a hole of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate, listing_faults
from grids.rules.faults import Fault, Kind, Place, place_words, refuse, warn
from grids.rules.placing import misplaced
from grids.rules.projection import Projection, Shapes
from grids.rules.rings import diagnosis

STEPS = ("代码和字段", "位置", "边界", "重叠", "缺口")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Widths in metres. ``holes_are_meant``: lakes and enclaves were left out on purpose, so wide gaps only warn.

    ``overlaps``: after so many the search ends, since such a map needs redrawing, not a longer list.
    """

    rounding_m: float = 0.001
    sliver_m: float = 1.0
    holes_are_meant: bool = False
    overlaps: int = 500


DEFAULT = Limits()


def inspect(
    candidates: Sequence[Candidate],
    town: Projection,
    declared: str = "",
    limits: Limits = DEFAULT,
    progress: Progress = lambda _step: None,
) -> tuple[Fault, ...]:
    """Everything wrong with a map, in the order a person would mend it; empty when there is nothing to say.

    ``town`` is the town's projection, in which widths and areas are taken.
    ``declared`` names the system the file declares, for the sentences. ``progress`` hears of each of ``STEPS``.
    """
    progress(STEPS[0])
    faults = [*listing_faults(candidates)]
    polygons = [candidate for candidate in candidates if candidate.is_polygon]
    if not polygons:
        return tuple(faults)
    progress(STEPS[1])
    if elsewhere := [*misplaced(polygons, town, declared)]:
        return (*faults, *elsewhere)
    sheet = Sheet(polygons, town, limits)
    progress(STEPS[2])
    faults += sheet.borders()
    progress(STEPS[3])
    faults += sheet.overlaps()
    progress(STEPS[4])
    whole = len(sheet.polygons) == len(candidates)
    faults += sheet.gaps() if whole else [warn(Kind.NOT_CHECKED, "缺口要等每个网格的图形都改好后才能检查。")]
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class Measure:
    """A piece of an overlap, a gap or a grid: its area in m², whether it is wider than a sliver, a place inside."""

    area_m2: float
    wide: bool
    where: Place

    @property
    def words(self) -> str:
        """Area, width class and place, for a sentence."""
        width = "" if self.wide else "，不到 1 米宽"
        return f"面积 {square_metres(self.area_m2)}{width}，在{place_words(self.where)}一带"


class Sheet:
    """A map's polygons (in degrees) as arrays, with the plane they are measured in."""

    def __init__(self, polygons: Sequence[Candidate], plane: Projection, limits: Limits) -> None:
        self.plane, self.limits = plane, limits
        shapes = np.array([polygon.shape for polygon in polygons])
        sound = shapely.is_valid(shapes)
        self.unsound = [polygon for polygon, valid in zip(polygons, sound, strict=True) if not valid]
        self.polygons = [polygon for polygon, valid in zip(polygons, sound, strict=True) if valid]
        self.shapes: Shapes = shapes[sound]
        self.tree = shapely.STRtree(self.shapes)

    def borders(self) -> Iterator[Fault]:
        """Invalid rings, each with the ring and the place; then parts too thin to stand in."""
        for polygon in self.unsound:
            assert polygon.shape is not None
            words, where = diagnosis(polygon.shape)
            at = f"，在{place_words(where)}" if where else ""
            sentence = f"{polygon.label}的{words}{at}。请在制图软件里改好这一处。"
            yield refuse(Kind.INVALID_RING, sentence, codes=[polygon.code], where=where)
        yield from self._thin_parts()

    def overlaps(self) -> Iterator[Fault]:
        """Pairs of grids that share ground, one fault per pair."""
        edges = shapely.coverage_invalid_edges(self.shapes)
        suspect = ~shapely.is_empty(edges)
        told = 0
        for one in np.flatnonzero(suspect):
            for other in np.sort(self.tree.query(self.shapes[one], predicate="intersects")):
                if other == one or (suspect[other] and other < one):
                    continue
                if shared := self.measured(shapely.intersection(self.shapes[one], self.shapes[other])):
                    yield self._overlap(self.polygons[one], self.polygons[other], shared)
                    told += 1
                if told >= self.limits.overlaps:
                    yield refuse(Kind.NOT_CHECKED, f"重叠已超过 {told} 处，后面的没有再查。")
                    return

    def gaps(self) -> Iterator[Fault]:
        """Ground inside the map that no grid covers, one fault per gap."""
        for gap in holes(shapely.union_all(self.shapes)):
            if missing := self.measured(gap):
                accuse = refuse if missing.wide and not self.limits.holes_are_meant else warn
                codes = sorted(self.polygons[index].code for index in self.tree.query(gap, predicate="intersects"))
                sentence = f"网格「{'」「'.join(codes)}」之间有缺口，{missing.words}。"
                yield accuse(Kind.GAP, sentence, codes=codes, where=missing.where, amount=missing.area_m2)

    def measured(self, region: BaseGeometry) -> Measure | None:
        """The polygons of a region in degrees, measured in metres; None when all of it is rounding."""
        parts = np.array(
            [part for part in shapely.get_parts(region) if isinstance(part, shapely.Polygon)], dtype=object
        )
        flat = self.plane.flatten(parts) if len(parts) else parts
        kept = ~self._narrower(flat, self.limits.rounding_m)
        if not kept.any():
            return None
        areas = shapely.area(flat[kept])
        widest = shapely.point_on_surface(parts[kept][areas.argmax()])
        wide = not self._narrower(flat[kept], self.limits.sliver_m).all()
        return Measure(float(areas.sum()), wide, (widest.x, widest.y))

    def _overlap(self, one: Candidate, other: Candidate, shared: Measure) -> Fault:
        accuse = refuse if shared.wide else warn
        sentence = f"{one.label}与{other.label}重叠，{shared.words}。"
        return accuse(Kind.OVERLAP, sentence, codes=[one.code, other.code], where=shared.where, amount=shared.area_m2)

    def _thin_parts(self) -> Iterator[Fault]:
        parts, owner = shapely.get_parts(self.shapes, return_index=True)
        flat = self.plane.flatten(parts)
        for index in np.flatnonzero(self._narrower(flat, self.limits.sliver_m)):
            polygon, inside = self.polygons[owner[index]], shapely.point_on_surface(parts[index])
            where, area = (inside.x, inside.y), float(shapely.area(flat[index]))
            sentence = (
                f"{polygon.label}有一块细条，面积 {square_metres(area)}，不到 1 米宽，在{place_words(where)}一带。"
            )
            yield warn(Kind.THIN, sentence, codes=[polygon.code], where=where, amount=area)

    @staticmethod
    def _narrower(flat: Shapes, width_m: float) -> NDArray[np.bool_]:
        """Whether nothing is left after taking half the width off every side."""
        length = shapely.length(flat)
        narrow = (
            2 * shapely.area(flat) <= width_m * length
        )  # a polygon always holds a circle of radius area / perimeter
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


def square_metres(area_m2: float) -> str:
    """``1234 平方米``, with more digits for the small ones."""
    return f"{area_m2:.0f} 平方米" if area_m2 >= 10 else f"{area_m2:.2g} 平方米"
