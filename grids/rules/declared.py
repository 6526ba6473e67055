"""声明的坐标系 (declared systems): what a map file says its numbers are, and how they become degrees."""

import re
import warnings

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest

from grids.rules.projection import Shapes, through

DEGREES = frozenset({4326, 4490})
"""WGS 84 and CGCS2000: taken as equal, so their degrees are used as they are."""

WGS84 = 4326
CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:[\d.]*:)?CRS84", re.IGNORECASE)
EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE)

ACCEPTABLE_M = 5.0
"""A worse datum shift would put borders in the next yard; the surveying office must convert such maps itself."""


class UnknownDeclaration(ValueError):
    """A declared system that cannot be turned into degrees well enough. Carries it and ``why`` in words."""

    def __init__(self, declared: str, why: str) -> None:
        super().__init__(declared, why)
        self.declared, self.why = declared, why


class Declared:
    """What a file's numbers are. ``name`` is how it is spoken of; ``is_degrees`` when nothing need be converted."""

    def __init__(self, declared: str) -> None:
        """Read ``EPSG:2249``, ``urn:ogc:def:crs:EPSG::4490``, ``urn:ogc:def:crs:OGC:1.3:CRS84``.

        Raises UnknownDeclaration for anything else and for systems that are neither geographic nor projected.
        """
        self.name = declared
        self._crs = _system(declared)
        self.is_degrees = self._crs.to_epsg() in DEGREES

    def to_degrees(self, shapes: Shapes) -> Shapes:
        """Shapes in the declared system as CGCS2000 degrees, longitude first; not finite where that is impossible.

        Raises UnknownDeclaration when the change of datum is unknown or worse than five metres.
        """
        if self.is_degrees or not len(shapes):
            return shapes
        plain = through(pyproj.Transformer.from_crs(self._crs, self._base, always_xy=True), shapes)
        reach = shapely.total_bounds(plain)
        if self._base.to_epsg() in DEGREES or not np.isfinite(reach).all():
            return plain
        return through(self._datum_step(AreaOfInterest(*reach)), plain)

    @property
    def _base(self) -> pyproj.CRS:
        base = self._crs.geodetic_crs
        assert base is not None
        return base

    def _datum_step(self, area: AreaOfInterest) -> pyproj.Transformer:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # better grids that are not installed; the accuracy is asked for below
                return pyproj.Transformer.from_crs(
                    self._base,
                    WGS84,
                    always_xy=True,
                    allow_ballpark=False,
                    accuracy=ACCEPTABLE_M,
                    area_of_interest=area,
                )
        except ProjError:
            why = f"{self._crs.name} 到 CGCS2000 没有误差在 {ACCEPTABLE_M:.0f} 米以内的公开转换，请测绘部门转换成 CGCS2000 后再导入"
            raise UnknownDeclaration(self.name, why) from None


def _system(declared: str) -> pyproj.CRS:
    code = WGS84 if CRS84.fullmatch(declared.strip()) else _code(declared)
    try:
        crs = pyproj.CRS.from_epsg(code)
    except CRSError:
        raise UnknownDeclaration(declared, f"EPSG 没有 {code} 这个编号") from None
    if crs.geodetic_crs is None or len(crs.axis_info) != 2 or not (crs.is_geographic or crs.is_projected):
        raise UnknownDeclaration(declared, f"{crs.name} 不是平面上的坐标系")
    return crs


def _code(declared: str) -> int:
    if found := EPSG.fullmatch(declared.strip()):
        return int(found[1])
    raise UnknownDeclaration(declared, "只认 CRS84 和 EPSG 编号，例如 EPSG:4490")
