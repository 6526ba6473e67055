"""环 (rings): what is wrong with an invalid polygon, on which ring and where, in words."""

import re

import shapely
from shapely.geometry.base import BaseGeometry

REASONS = {
    "Self-intersection": "边界自己交叉",
    "Ring Self-intersection": "边界碰到自己",
    "Hole lies outside shell": "内环落在外环之外",
    "Holes are nested": "内环套着内环",
    "Nested shells": "面套着面",
    "Interior is disconnected": "内部被截成几块",
    "Duplicate Rings": "同一个环画了两遍",
    "Too few points in geometry component": "环的点太少，围不成面",
    "Invalid Coordinate": "坐标不是数",
    "Ring Not Closed": "环没有闭合",
}

REASON = re.compile(r"(?P<reason>[^\[]+)(?:\[(?P<x>\S+) (?P<y>\S+)\])?")


def diagnosis(shape: BaseGeometry) -> tuple[str, tuple[float, float] | None]:
    """Why an invalid polygon is invalid: words that name the ring, and the place in the shape's own coordinates."""
    found = REASON.fullmatch(shapely.is_valid_reason(shape))
    if found is None or found["x"] is None:
        return REASONS.get(found["reason"] if found else "", "边界不合格"), None
    where = float(found["x"]), float(found["y"])
    return f"{ring_words(shape, where)}{REASONS.get(found['reason'], '不合格')}", where


def ring_words(shape: BaseGeometry, where: tuple[float, float]) -> str:
    """``第 2 个面的第 1 个内环``: the ring that passes through the place."""
    place = shapely.Point(where)
    rings = [
        (shapely.distance(ring, place), part_number, ring_number)
        for part_number, part in enumerate(shapely.get_parts(shape), 1)
        for ring_number, ring in enumerate(shapely.get_rings(part))
    ]
    _, part, ring = min(rings)
    ring_name = f"第 {ring} 个内环" if ring else "外环"
    return ring_name if shapely.get_num_geometries(shape) == 1 else f"第 {part} 个面的{ring_name}"
