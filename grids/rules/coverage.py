"""图形检查 (the coverage gate): whether a set of grids may become the town's map. Never repairs, only says what is wrong.

Refused whatever the measure: missing or doubled codes, what is no polygon, numbers that are no degrees, a map outside
the town's projection, invalid rings. Overlaps and gaps are judged by their width. Up to a millimetre they are rounding
and pass silently. Up to one metre they are slivers and warned of with their measure: no phone knows its place that
well, and a place in one still gets the same answer every time. Wider ones are refused.

Gaps are the holes of the union; a gap that opens to the outside is only seen against the town's outline, when one is
given. They are looked for once every shape is sound, because a broken polygon would leave a hole of its own.
A professional layer lies on the base map: it may leave gaps, and what reaches beyond the base is worth a look.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate, listing_faults
from grids.rules.faults import Fault, Kind, place_words, refuse, warn
from grids.rules.frames import Frame, against
from grids.rules.measures import Limits, Measure, Ruler, holes, narrower, square_metres
from grids.rules.placing import misplaced
from grids.rules.projection import Projection, Shapes
from grids.rules.rings import diagnosis

STEPS = ("代码和字段", "位置", "边界", "重叠", "缺口")
Progress = Callable[[str], None]


DEFAULT = Limits()


def inspect(
    candidates: Sequence[Candidate],
    town: Projection,
    declared: str = "",
    limits: Limits = DEFAULT,
    progress: Progress = lambda _step: None,
    frame: Frame | None = None,
) -> tuple[Fault, ...]:
    """Everything wrong with a map, in the order a person would mend it; empty when there is nothing to say.

    ``town`` is the town's projection, in which widths and areas are taken.
    ``declared`` names the system the file declares, for the sentences. ``progress`` hears of each of ``STEPS``.
    ``frame``: what the map must lie on, if anything.
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
    faults += sheet.gaps(frame) if whole else [warn(Kind.NOT_CHECKED, "缺口要等每个网格的图形都改好后才能检查。")]
    return tuple(faults)


class Sheet:
    """A map's polygons (in degrees) as arrays, with the plane they are measured in."""

    def __init__(self, polygons: Sequence[Candidate], plane: Projection, limits: Limits) -> None:
        self.plane, self.limits = plane, limits
        self.ruler = Ruler(plane, limits)
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
                if shared := self.ruler.measured(shapely.intersection(self.shapes[one], self.shapes[other])):
                    yield self._overlap(self.polygons[one], self.polygons[other], shared)
                    told += 1
                if told >= self.limits.overlaps:
                    yield refuse(Kind.NOT_CHECKED, f"重叠已超过 {told} 处，后面的没有再查。")
                    return

    def gaps(self, frame: Frame | None) -> Iterator[Fault]:
        """Ground inside the map that no grid covers, one fault per gap; then where it and its frame part."""
        union = shapely.union_all(self.shapes)
        for gap in holes(union):
            if missing := self.ruler.measured(gap):
                yield self._gap(gap, missing)
        if frame is not None:
            yield from against(frame, self.polygons, union, self.ruler)

    def _gap(self, gap: BaseGeometry, missing: Measure) -> Fault:
        accuse = refuse if missing.wide and not self.limits.holes_are_meant else warn
        codes = sorted(self.polygons[index].code for index in self.tree.query(gap, predicate="intersects"))
        sentence = f"网格「{'」「'.join(codes)}」之间有缺口，{missing.words}。"
        return accuse(Kind.GAP, sentence, codes=codes, where=missing.where, amount=missing.area_m2, shape=missing.shape)

    def _overlap(self, one: Candidate, other: Candidate, shared: Measure) -> Fault:
        accuse = refuse if shared.wide else warn
        sentence = f"{one.label}与{other.label}重叠，{shared.words}。"
        codes, area = [one.code, other.code], shared.area_m2
        return accuse(Kind.OVERLAP, sentence, codes=codes, where=shared.where, amount=area, shape=shared.shape)

    def _thin_parts(self) -> Iterator[Fault]:
        parts, owner = shapely.get_parts(self.shapes, return_index=True)
        flat = self.plane.flatten(parts)
        for index in np.flatnonzero(narrower(flat, self.limits.sliver_m)):
            polygon, inside = self.polygons[owner[index]], shapely.point_on_surface(parts[index])
            where, area = (inside.x, inside.y), float(shapely.area(flat[index]))
            width = f"不到 {self.limits.sliver_m:g} 米宽"
            sentence = f"{polygon.label}有一块细条，面积 {square_metres(area)}，{width}，在{place_words(where)}一带。"
            yield warn(Kind.THIN, sentence, codes=[polygon.code], where=where, amount=area, shape=parts[index])
