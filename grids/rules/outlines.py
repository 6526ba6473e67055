"""图形 (outlines): GeoJSON geometry members as shapely shapes, strictly: what does not fit the standard is a flaw."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Positions = NDArray[np.float64]


class Flaw(ValueError):
    """Why a geometry cannot be read, in words."""


def outline(geometry: Any) -> BaseGeometry | None:
    """A geometry member of RFC 7946 as a shape in the file's own numbers; None for null. Heights are dropped.

    Raises Flaw. Validity is not asked for here: a ring may cross itself.
    """
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        return shapely.GeometryCollection(
            [part for part in map(outline, _list(geometry.get("geometries"))) if part is not None]
        )
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise Flaw("没有写明图形种类" if kind is None else f"图形种类「{str(kind)[:40]}」不认识")
    return reader(_list(geometry.get("coordinates")))


def _polygon(rings: Sequence[Any]) -> shapely.Polygon:
    if not rings:
        return shapely.Polygon()
    shell, *holes = (_ring(ring, number) for number, ring in enumerate(rings))
    return shapely.Polygon(shell, holes)


def _multi_polygon(parts: Sequence[Any]) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([_polygon(_list(part)) for part in parts])


def _line(positions: Sequence[Any]) -> shapely.LineString:
    if len(positions) < 2:
        raise Flaw("线至少要两个点")
    return shapely.LineString(_positions(positions, "线"))


def _multi_line(lines: Sequence[Any]) -> shapely.MultiLineString:
    return shapely.MultiLineString([_line(_list(line)) for line in lines])


def _point(position: Sequence[Any]) -> shapely.Point:
    return shapely.Point(_positions([position], "点")[0]) if position else shapely.Point()


def _multi_point(positions: Sequence[Any]) -> shapely.MultiPoint:
    return shapely.MultiPoint(_positions(positions, "点") if positions else None)


READERS = {
    "Polygon": _polygon,
    "MultiPolygon": _multi_polygon,
    "LineString": _line,
    "MultiLineString": _multi_line,
    "Point": _point,
    "MultiPoint": _multi_point,
}


def _ring(ring: Any, number: int) -> Positions:
    name = f"第 {number} 个内环" if number else "外环"
    positions = _positions(_list(ring), name)
    if len(positions) < 4:
        raise Flaw(f"{name}只有 {len(positions)} 个点，至少要 4 个（首尾相同）")
    if (positions[0] != positions[-1]).any():
        raise Flaw(f"{name}没有闭合，最后一个点要与第一个点相同")
    return positions


def _positions(positions: Sequence[Any], name: str) -> Positions:
    """Longitude and latitude (or whatever the file holds) as an array of shape (n, 2)."""
    try:
        read = np.array(positions)
    except ValueError:
        read = _pairs(positions, name)
    if read.ndim != 2 or read.shape[1] < 2 or read.dtype.kind not in "iuf":
        raise Flaw(f"{name}的坐标写法不对，每个点应是两个数 [经度, 纬度]")
    if not np.isfinite(read).all():
        raise Flaw(f"{name}里有不是有限数的坐标")
    plain: Positions = read[:, :2].astype(np.float64)
    return plain


def _pairs(positions: Sequence[Any], name: str) -> Any:
    """Some positions have a height and some have none; then only the first two numbers count."""
    try:
        return np.array([position[:2] for position in positions])
    except (TypeError, ValueError, LookupError):
        raise Flaw(f"{name}的坐标写法不对，每个点应是两个数 [经度, 纬度]") from None


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise Flaw("坐标应是数组")
    return value
