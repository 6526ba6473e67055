"""投影 (projection): metres for distances, widths and areas. Degrees stay the form in which everything is stored."""

import math
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

Shapes = NDArray[Any]
"""A one-dimensional array of shapely geometries."""


class NoProjection(ValueError):
    """Not a projection in metres. Carries the ``epsg`` code that was asked for."""

    def __init__(self, epsg: int) -> None:
        super().__init__(epsg)
        self.epsg = epsg


class Projection:
    """A plane in metres over longitude and latitude in degrees.

    The datum is not shifted: CGCS2000, WGS 84 and the projection's own datum are taken as equal.
    """

    def __init__(self, epsg: int) -> None:
        """Raises NoProjection unless the EPSG code is a projected system in metres."""
        crs = _projected(epsg)
        self.name = f"EPSG:{epsg}"
        self._use = crs.area_of_use
        self._plane = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)

    def metres(self, lon: float, lat: float) -> tuple[float, float]:
        """East and north in metres of one place; infinite where the projection cannot reach."""
        east, north = self._plane.transform(lon, lat)
        return float(east), float(north)

    def degrees(self, east: float, north: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the plane; infinite where there is none."""
        lon, lat = self._plane.transform(east, north, direction="INVERSE")
        return float(lon), float(lat)

    def flatten(self, shapes: Shapes) -> Shapes:
        """The same shapes in metres."""
        return through(self._plane, shapes)

    def serves(self, lon: float, lat: float, beyond: float = 0.0) -> bool:
        """Whether the projection is meant for this place, or for one at most ``beyond`` degrees away."""
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return False
        if (use := self._use) is None:
            return True
        eastward = (lon - use.west + beyond) % 360
        width = (use.east - use.west) % 360 or 360
        return use.south - beyond <= lat <= use.north + beyond and eastward <= width + 2 * beyond


def through(change: pyproj.Transformer, shapes: Shapes) -> Shapes:
    """The same shapes with every vertex moved by ``change``; infinite where it cannot reach."""
    moved: Shapes = shapely.transform(
        shapes, lambda places: np.column_stack(change.transform(places[:, 0], places[:, 1]))
    )
    return moved


def _projected(epsg: int) -> pyproj.CRS:
    try:
        found = pyproj.CRS.from_epsg(epsg)
    except CRSError:
        raise NoProjection(epsg) from None
    if not found.is_projected or found.geodetic_crs is None or {a.unit_name for a in found.axis_info} != {"metre"}:
        raise NoProjection(epsg)
    return found
