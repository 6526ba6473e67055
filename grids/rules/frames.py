"""底图 (frames): what a map must lie on: the town's outline, or the base map under a professional layer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate
from grids.rules.faults import Fault, Kind, listed, refuse, warn
from grids.rules.measures import Measure, Ruler, filled, square_metres


@dataclass(frozen=True, slots=True)
class Frame:
    """``name``: what it is called in sentences. ``shape``: in degrees. ``to_fill``: whether the map must fill it."""

    name: str
    shape: BaseGeometry = field(repr=False)
    to_fill: bool


def town_outline(shape: BaseGeometry) -> Frame:
    """镇界: the grids must fill it; what reaches beyond it is worth a look."""
    return Frame("镇界", shape, True)


def base_map(shape: BaseGeometry) -> Frame:
    """基础网格: a professional layer lies on it, and need not cover all of it."""
    return Frame("基础网格", shape, False)


def against(frame: Frame, polygons: Sequence[Candidate], union: BaseGeometry, ruler: Ruler) -> Iterator[Fault]:
    """Ground of the frame that no grid covers, and ground outside it that one does; one fault per wide piece.

    Pieces narrower than a sliver come along every border drawn twice; they are counted in one sentence.
    """
    if not shapely.intersects(frame.shape, union):
        yield refuse(Kind.ELSEWHERE, f"整张图都不在{frame.name}以内。请核对坐标系，或者是不是拿错了文件。")
        return
    tree = shapely.STRtree(np.array([polygon.shape for polygon in polygons], dtype=object))
    if frame.to_fill:
        yield from _missing(frame, polygons, tree, filled(union), ruler)
    yield from _beyond(frame, polygons, tree, union, ruler)


def _missing(
    frame: Frame, polygons: Sequence[Candidate], tree: shapely.STRtree, covered: BaseGeometry, ruler: Ruler
) -> Iterator[Fault]:
    accuse = warn if ruler.limits.holes_are_meant else refuse
    pieces = _pieces(shapely.difference(frame.shape, covered), ruler)
    for piece in pieces[: ruler.limits.overlaps]:
        if piece.wide:
            codes = _touching(piece, polygons, tree)
            sentence = f"{frame.name}以内有一块没有网格，{piece.words}{_beside(codes)}。"
            yield accuse(Kind.GAP, sentence, codes=codes, where=piece.where, amount=piece.area_m2, shape=piece.shape)
    yield from _slivers(f"沿{frame.name}有", "没有网格的细条", Kind.GAP, pieces)


def _beyond(
    frame: Frame, polygons: Sequence[Candidate], tree: shapely.STRtree, union: BaseGeometry, ruler: Ruler
) -> Iterator[Fault]:
    pieces = _pieces(shapely.difference(union, frame.shape), ruler)
    for piece in pieces[: ruler.limits.overlaps]:
        if piece.wide:
            codes = _touching(piece, polygons, tree)
            sentence = f"网格「{listed(codes)}」超出{frame.name}，{piece.words}。"
            yield warn(Kind.BEYOND, sentence, codes=codes, where=piece.where, amount=piece.area_m2, shape=piece.shape)
    yield from _slivers(f"沿{frame.name}有", "超出的细条", Kind.BEYOND, pieces)


def _pieces(region: BaseGeometry, ruler: Ruler) -> list[Measure]:
    """Largest first."""
    measured = [piece for part in shapely.get_parts(region) if (piece := ruler.measured(part))]
    return sorted(measured, key=lambda piece: -piece.area_m2)


def _slivers(where: str, what: str, kind: Kind, pieces: Sequence[Measure]) -> Iterator[Fault]:
    if narrow := [piece for piece in pieces if not piece.wide]:
        area = sum(piece.area_m2 for piece in narrow)
        width = f"都不到 {narrow[0].sliver_m:g} 米宽"
        shape = shapely.MultiPolygon([part for piece in narrow for part in shapely.get_parts(piece.shape)])
        sentence = f"{where} {len(narrow)} 处{what}，{width}，共 {square_metres(area)}。"
        yield warn(kind, sentence, where=narrow[0].where, amount=area, shape=shape)


def _touching(piece: Measure, polygons: Sequence[Candidate], tree: shapely.STRtree) -> list[str]:
    return sorted(polygons[index].code for index in np.sort(tree.query(piece.shape, predicate="intersects")))


def _beside(codes: Sequence[str]) -> str:
    return f"，挨着网格「{listed(codes)}」" if codes else ""
