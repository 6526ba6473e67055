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

DATUMS = frozenset({"China 2000", "World Geodetic System 1984", "World Geodetic System 1984 ensemble"})

WGS84 = 4326
CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:[\d.]*:)?CRS84", re.IGNORECASE)
EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE)

WKT = re.compile(r"\s*(?:GEO|PROJ|BOUND|LOCAL|ENG|COMP|VERT)[A-Z]*\s*\[", re.IGNORECASE)

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
        """Read ``EPSG:2249``, ``urn:ogc:def:crs:EPSG::4490``, ``urn:ogc:def:crs:OGC:1.3:CRS84``, or a .prj's WKT.

        Raises UnknownDeclaration for anything else and for systems that are neither geographic nor projected.
        """
        self._crs = _system(declared)
        self.name = self._crs.name if WKT.match(declared) else declared
        self.is_degrees = self._crs.is_geographic and _in_our_degrees(self._crs)

    @property
    def epsg(self) -> str | None:
        """``EPSG:4549`` where the system has a number."""
        code = self._crs.to_epsg()
        return f"EPSG:{code}" if code else None

    def to_degrees(self, shapes: Shapes) -> Shapes:
        """Shapes in the declared system as CGCS2000 degrees, longitude first; not finite where that is impossible.

        Raises UnknownDeclaration when the change of datum is unknown or worse than five metres.
        """
        if self.is_degrees or not len(shapes):
            return shapes
        plain = through(pyproj.Transformer.from_crs(self._crs, self._base, always_xy=True), shapes)
        reach = shapely.total_bounds(plain)
        if _in_our_degrees(self._base) or not np.isfinite(reach).all():
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
    crs = _written_out(declared) if WKT.match(declared) else _numbered(declared)
    if crs.geodetic_crs is None or len(crs.axis_info) != 2 or not (crs.is_geographic or crs.is_projected):
        raise UnknownDeclaration(declared, f"{crs.name} 不是平面上的坐标系")
    return crs


def _in_our_degrees(system: pyproj.CRS) -> bool:
    """Whether a geographic system is CGCS2000 or WGS 84, by number or, as mapping programs spell it, by its datum."""
    if system.to_epsg() in DEGREES:
        return True
    assert system.datum is not None
    assert system.prime_meridian is not None
    degrees = all(axis.unit_name.lower() == "degree" for axis in system.axis_info)
    return system.datum.name in DATUMS and system.prime_meridian.longitude == 0 and degrees


def _numbered(declared: str) -> pyproj.CRS:
    code = WGS84 if CRS84.fullmatch(declared.strip()) else _code(declared)
    try:
        return pyproj.CRS.from_epsg(code)
    except CRSError:
        raise UnknownDeclaration(declared, f"EPSG 没有 {code} 这个编号") from None


def _written_out(wkt: str) -> pyproj.CRS:
    """A system spelled out; the numbered one where both are the same, so that the same name is used for it."""
    try:
        spelled = pyproj.CRS.from_wkt(wkt)
    except CRSError:
        raise UnknownDeclaration(wkt, "写法读不懂") from None
    code = spelled.to_epsg()
    return pyproj.CRS.from_epsg(code) if code else spelled


def _code(declared: str) -> int:
    if found := EPSG.fullmatch(declared.strip()):
        return int(found[1])
    raise UnknownDeclaration(declared, "只认 CRS84 和 EPSG 编号，例如 EPSG:4490")
