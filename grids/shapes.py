"""Shapes as the database keeps them: bit for bit the numbers that were read, on both engines."""

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from town.geometry import SRID


def stored(shape: BaseGeometry) -> str:
    """A polygon or multipolygon in degrees as EWKT MULTIPOLYGON. Every number is written in full, unlike shapely's WKT."""
    return f"SRID={SRID};MULTIPOLYGON({','.join(_polygon(part) for part in shapely.get_parts(shape))})"


def restored(element: Any) -> shapely.MultiPolygon:
    """What the database gave back, as a shape in degrees."""
    shape: shapely.MultiPolygon = shapely.from_wkb(element.data)
    return shape


def _polygon(part: shapely.Polygon) -> str:
    return f"({','.join(_ring(ring) for ring in shapely.get_rings(part))})"


def _ring(ring: shapely.LinearRing) -> str:
    return f"({','.join(f'{lon!r} {lat!r}' for lon, lat in shapely.get_coordinates(ring).tolist())})"
