"""待检要素 (candidates): features of a map before it is accepted, and what is asked of their codes and names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from grids.rules.faults import Fault, Kind, listed, refuse, warn

CODE_LENGTH = 40
NAME_LENGTH = 120

SHAPE_NAMES = {
    "Point": "点",
    "MultiPoint": "点",
    "LineString": "线",
    "LinearRing": "线",
    "MultiLineString": "线",
    "GeometryCollection": "混合图形",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One feature of a map. ``number`` is its place in the file, from 1; ``shape`` is in degrees, longitude first.

    ``flaw`` says in words why the file's own geometry could not even be read; ``shape`` is then None.
    """

    number: int
    code: str
    name: str
    area_code: str
    area_name: str
    shape: BaseGeometry | None = field(repr=False, compare=False)
    flaw: str = ""

    @property
    def label(self) -> str:
        """What people call it: its code, or its place in the file while it has none."""
        return f"网格「{self.code}」" if self.code else f"第 {self.number} 个要素"

    @property
    def is_polygon(self) -> bool:
        """Whether there is an area to look at."""
        return isinstance(self.shape, shapely.Polygon | shapely.MultiPolygon) and not self.shape.is_empty


def listing_faults(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    """What is wrong before any border is looked at: codes, names, areas, and features that are no polygons."""
    if not candidates:
        yield refuse(Kind.NO_FEATURES, "文件里一个网格也没有。")
    yield from _missing(candidates)
    yield from _duplicates(candidates)
    yield from _too_long(candidates)
    yield from _area_names(candidates)
    yield from _no_polygons(candidates)


def _missing(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    if nameless := [candidate.label for candidate in candidates if not candidate.code]:
        yield refuse(
            Kind.CODE_MISSING, f"{listed(nameless)}没有网格代码。请补上，或换一个代码字段。", amount=len(nameless)
        )
    if homeless := [candidate for candidate in candidates if not candidate.area_code]:
        labels = listed([candidate.label for candidate in homeless])
        yield refuse(
            Kind.AREA_MISSING,
            f"{labels}没有片区代码。每个网格都要归一个片区。",
            codes=_codes(homeless),
            amount=len(homeless),
        )


def _duplicates(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    for code, numbers in _grouped((c.code, str(c.number)) for c in candidates if c.code):
        if len(numbers) > 1:
            sentence = f"网格代码「{code}」用了 {len(numbers)} 次（要素 {listed(numbers)}）。每个网格的代码必须唯一。"
            yield refuse(Kind.CODE_DUPLICATE, sentence, codes=[code], amount=len(numbers))


def _too_long(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    for candidate in candidates:
        codes, names = (candidate.code, candidate.area_code), (candidate.name, candidate.area_name)
        if max(map(len, codes)) > CODE_LENGTH or max(map(len, names)) > NAME_LENGTH:
            most = f"代码最多 {CODE_LENGTH} 个字，名称最多 {NAME_LENGTH} 个字"
            yield refuse(Kind.TOO_LONG, f"第 {candidate.number} 个要素的代码或名称太长：{most}。")


def _area_names(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    for code, names in _grouped((c.area_code, c.area_name) for c in candidates if c.area_code):
        if len(distinct := list(dict.fromkeys(names))) > 1:
            yield warn(
                Kind.AREA_NAMES,
                f"片区「{code}」有 {len(distinct)} 个名称：{listed(distinct)}。采用第一个。",
                amount=len(distinct),
            )


def _no_polygons(candidates: Sequence[Candidate]) -> Iterator[Fault]:
    for candidate in candidates:
        if candidate.flaw:
            yield refuse(
                Kind.BROKEN_SHAPE, f"{candidate.label}的图形读不了：{candidate.flaw}。", codes=_codes([candidate])
            )
        elif candidate.shape is None or shapely.is_empty(candidate.shape):
            yield refuse(Kind.NO_SHAPE, f"{candidate.label}没有图形。", codes=_codes([candidate]))
        elif not candidate.is_polygon:
            yield _not_polygon(candidate, candidate.shape)


def _not_polygon(candidate: Candidate, shape: BaseGeometry) -> Fault:
    first = shapely.get_coordinates(shape)[0]
    sentence = f"{candidate.label}是{SHAPE_NAMES[type(shape).__name__]}（{type(shape).__name__}），网格必须是面。"
    where = (float(first[0]), float(first[1]))
    return refuse(Kind.NOT_POLYGON, sentence, codes=_codes([candidate]), where=where, shape=shape)


def _codes(candidates: Iterable[Candidate]) -> list[str]:
    return [candidate.code for candidate in candidates if candidate.code]


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups.items()
