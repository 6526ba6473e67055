"""位置 (placing): whether a map's numbers are degrees at all, and whether they lie where the town's projection works."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from grids.rules.candidates import Candidate
from grids.rules.declared import Declared
from grids.rules.faults import Fault, Kind, place_words, refuse
from grids.rules.projection import Projection, Shapes
from grids.rules.units import Guess, likely

REACH_DEGREES = 3.0
"""How far outside its area of use a projection still serves a town at its edge."""

Bounds = tuple[float, float, float, float]
RFC7946 = "文件没有声明坐标系，按 GeoJSON 标准（RFC 7946）坐标应是经纬度（度）"
MEND = "请转换成 CGCS2000 经纬度（EPSG:4490，先经度后纬度）再导入"
DECLARE = "或写明原来的坐标系（--declare EPSG:编号）"
SWAPPED = "经度和纬度像是写反了（GeoJSON 先经度后纬度），请对调后再导入。"


def misplaced(polygons: Sequence[Candidate], town: Projection, declared: str) -> Iterator[Fault]:
    """One fault for all polygons whose numbers are no degrees; if there is none, one for a map in the wrong place."""
    shapes = np.array([polygon.shape for polygon in polygons])
    low, high = shapely.bounds(shapes)[:, :2], shapely.bounds(shapes)[:, 2:]
    off = ~np.all((low >= [-180, -90]) & (high <= [180, 90]), axis=1)
    if off.any():
        yield _not_degrees(
            [polygon for polygon, out in zip(polygons, off.tolist(), strict=True) if out], town, declared
        )
    else:
        yield from _elsewhere(shapes, town)


def _not_degrees(off: Sequence[Candidate], town: Projection, declared: str) -> Fault:
    bounds = _bounds(np.array([polygon.shape for polygon in off]))
    west, south, east, north = bounds
    x, y = shapely.get_coordinates(off[0].shape)[0].tolist()
    spans = f"横坐标 {west:.7g} 到 {east:.7g}，纵坐标 {south:.7g} 到 {north:.7g}"
    seen = f"但 {len(off)} 个网格不是：{spans}，从{off[0].label}的（{x:.8g}，{y:.8g}）起"
    sentence = f"{_claim(declared)}，{seen}。{_advice(bounds, town, declared)}"
    return refuse(Kind.NOT_DEGREES, sentence, codes=[one.code for one in off if one.code], amount=len(off))


def _claim(declared: str) -> str:
    if not declared:
        return RFC7946
    system = Declared(declared)
    after = "坐标" if system.is_degrees else "换算后"
    return f"文件声明的坐标系是 {system.name}，{after}应是经纬度（度）"


def _advice(bounds: Bounds, town: Projection, declared: str) -> str:
    west, south, east, north = bounds
    if west >= -90 and east <= 90 and south >= -180 and north <= 180:
        return SWAPPED
    if declared and not Declared(declared).is_degrees:
        return f"声明的坐标系可能不对，请核对；{MEND}。"
    return _reading(likely((west + east) / 2, (south + north) / 2, town))


def _reading(guess: Guess | None) -> str:
    if guess is None:
        return f"这些数像是以米或英尺为单位的投影坐标。{MEND}，{DECLARE}。"
    unit = f"这些数像是以{guess.unit}为单位的投影坐标"
    if guess.epsg is None:
        return f"{unit}（这样读正好落在本镇投影的范围里）。{MEND}，{DECLARE}。"
    declare = f"核实无误的，也可以用 --declare {guess.epsg} 写明后导入"
    return f"{unit}，与 {guess.epsg}（{guess.name}）相符。{MEND}；{declare}。"


def _elsewhere(shapes: Shapes, town: Projection) -> Iterator[Fault]:
    west, south, east, north = _bounds(shapes)
    middle = (west + east) / 2, (south + north) / 2
    if not town.serves(*middle, beyond=REACH_DEGREES):
        where = f"整张图的中心在{place_words(middle)}，不在本镇投影 {town.name} 的适用范围里"
        mend = "请核对经纬度有没有写反、镇的投影设得对不对"
        yield refuse(Kind.WRONG_PROJECTION, f"{where}。{mend}。", where=middle)


def _bounds(shapes: Shapes) -> Bounds:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north
