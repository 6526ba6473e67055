"""单位 (units): what the numbers of a map may be that should be degrees and are not."""

import math
from dataclasses import dataclass

import pyproj
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import ProjError

from grids.rules.projection import Projection

FOOT = 0.3048
SURVEY_FOOT = 1200 / 3937
ZONE = 1_000_000.0
"""国家坐标 often carries the zone number in the millions of the easting."""

READINGS = (("米", 1.0, False), ("米（带带号）", 1.0, True), ("英尺", SURVEY_FOOT, False), ("英尺", FOOT, False))
SAME_PLACE_M = 1.0
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading of the numbers that lands in the town: their unit, and the EPSG code and name if one fits."""

    unit: str
    epsg: str | None
    name: str


def likely(x: float, y: float, town: Projection) -> Guess | None:
    """The likeliest reading of a projected point, judged by where the town's own projection would put it."""
    landed = [
        (unit, place)
        for unit, metres, zoned in READINGS
        if town.serves(*(place := town.degrees((x % ZONE if zoned else x) * metres, y * metres)))
    ]
    named = [Guess(unit, *system) for unit, place in landed if (system := _system(x, y, place))]
    return next(iter(named), Guess(landed[0][0], None, "") if landed else None)


def _system(x: float, y: float, place: tuple[float, float]) -> tuple[str, str] | None:
    lon, lat = place
    here = AreaOfInterest(lon, lat, lon, lat)
    systems = query_crs_info("EPSG", PJType.PROJECTED_CRS, here, contains=True)
    fitting = [info for info in systems if _puts(info.code, x, y, place)]
    best = min(fitting, key=lambda info: int(info.code), default=None)
    return best and (f"EPSG:{best.code}", best.name)


def _puts(code: str, x: float, y: float, place: tuple[float, float]) -> bool:
    crs = pyproj.CRS.from_epsg(code)
    try:
        lon, lat = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True).transform(x, y)
    except ProjError:
        return False
    east = (lon - place[0]) * math.cos(math.radians(place[1]))
    return math.hypot(east, lat - place[1]) * METRES_PER_DEGREE < SAME_PLACE_M
