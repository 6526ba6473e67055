"""坐标 (coordinates): whatever system a point was sent in, it is stored as CGCS2000 longitude and latitude.

CGCS2000 and WGS 84 are taken as equal. GCJ-02 (高德, 腾讯, WeChat) and BD-09 (百度) are undone with the well-known
public approximations, iterated until they stand still. Survey data must come in CGCS2000 already; a town that has the
official converter passes it in place of ``CONVERTERS``.
"""

import math
from collections.abc import Callable, Mapping

Converter = Callable[[float, float], tuple[float, float]]
"""From longitude and latitude in one system to longitude and latitude in CGCS2000, all in degrees."""

SEMI_MAJOR = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the box in which GCJ-02 differs from WGS 84."""

BAIDU_TURN = math.pi * 3000.0 / 180.0
STEPS = 30
STILL = 1e-12


class BadPlace(ValueError):
    """A pair of numbers that is no place on earth. Carries ``x`` and ``y`` as they were given."""

    def __init__(self, x: float, y: float) -> None:
        super().__init__(x, y)
        self.x, self.y = x, y

    def __str__(self) -> str:
        return f"经度应在 ±180 度以内、纬度在 ±90 度以内，收到的是经度 {self.x}、纬度 {self.y}。"


class UnknownCrs(ValueError):
    """A coordinate system nobody can convert. Carries ``crs`` as given and the ``known`` ones."""

    def __init__(self, crs: str, known: tuple[str, ...]) -> None:
        super().__init__(crs, known)
        self.crs, self.known = crs, known

    def __str__(self) -> str:
        return f"坐标系必须是 {'、'.join(self.known)} 之一，收到的是「{self.crs}」。"


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 as Chinese map services show it; unchanged outside China's box. Degrees."""
    if not _in_china(lon, lat):
        return lon, lat
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """The point whose GCJ-02 position is the given one, to less than a millimetre; unchanged outside China's box."""
    return _undo(_shifted, lon, lat) if _in_china(lon, lat) else (lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 as 百度 shows it. Degrees."""
    radius = math.hypot(lon, lat) + 2e-5 * math.sin(lat * BAIDU_TURN)
    angle = math.atan2(lat, lon) + 3e-6 * math.cos(lon * BAIDU_TURN)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """The point whose BD-09 position is the given one, to less than a millimetre. Degrees."""
    return _undo(gcj02_to_bd09, lon, lat)


def wgs84_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 as 百度 shows it. Degrees."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """The point whose BD-09 position is the given one. Degrees."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _unchanged(lon: float, lat: float) -> tuple[float, float]:
    return lon, lat


CONVERTERS: Mapping[str, Converter] = {
    "wgs84": _unchanged,
    "gcj02": gcj02_to_wgs84,
    "bd09": bd09_to_wgs84,
    "cgcs2000": _unchanged,
}

KNOWN = tuple(CONVERTERS)
"""The names a point's ``crs`` may have."""


def to_cgcs2000(x: float, y: float, crs: str, converters: Mapping[str, Converter] = CONVERTERS) -> tuple[float, float]:
    """Longitude and latitude in degrees, CGCS2000, of the point ``x`` (longitude), ``y`` (latitude) given in ``crs``.

    Raises UnknownCrs when no converter bears that name, BadPlace when the numbers are not finite or not on earth.
    """
    if crs not in converters:
        raise UnknownCrs(crs, tuple(converters))
    if not on_earth(x, y):
        raise BadPlace(x, y)
    lon, lat = converters[crs](x, y)
    if not on_earth(lon, lat):
        raise BadPlace(x, y)
    return lon, lat


def on_earth(lon: float, lat: float) -> bool:
    """Whether these degrees can be a longitude and a latitude; false for NaN and infinity."""
    return -180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0


def _in_china(lon: float, lat: float) -> bool:
    west, south, east, north = CHINA
    return west <= lon <= east and south <= lat <= north


def _undo(there: Converter, lon: float, lat: float) -> tuple[float, float]:
    x, y = lon, lat
    for _ in range(STEPS):
        seen_lon, seen_lat = there(x, y)
        off_lon, off_lat = lon - seen_lon, lat - seen_lat
        x, y = x + off_lon, y + off_lat
        if abs(off_lon) < STILL and abs(off_lat) < STILL:
            break
    return x, y


def _shifted(lon: float, lat: float) -> tuple[float, float]:
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def _shift(lon: float, lat: float) -> tuple[float, float]:
    east, north = _metres(lon - 105.0, lat - 35.0)
    radians = math.radians(lat)
    bulge = 1.0 - ECCENTRICITY_SQUARED * math.sin(radians) ** 2
    parallel = SEMI_MAJOR / math.sqrt(bulge) * math.cos(radians)
    meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (bulge * math.sqrt(bulge))
    return math.degrees(east / parallel), math.degrees(north / meridian)


def _metres(x: float, y: float) -> tuple[float, float]:
    ripple = _waves(x, (20.0, 6.0), (20.0, 2.0))
    root = math.sqrt(abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += ripple + _waves(y, (20.0, 1.0), (40.0, 1 / 3)) + _waves(y, (160.0, 1 / 12), (320.0, 1 / 30))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += ripple + _waves(x, (20.0, 1.0), (40.0, 1 / 3)) + _waves(x, (150.0, 1 / 12), (300.0, 1 / 30))
    return east, north


def _waves(along: float, *parts: tuple[float, float]) -> float:
    return sum(height * math.sin(pace * math.pi * along) for height, pace in parts) * 2.0 / 3.0
