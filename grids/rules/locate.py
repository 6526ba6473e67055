"""定位 (locating): which grid a place lies in, and which ones its accuracy reaches.

Cover is decided in degrees, on the numbers as stored, so that it equals ST_Covers over the stored shapes; a place on a
border belongs to the lowest grid code. Distances are metres in the town's projection, rounded to the millimetre.
"""

import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from grids.rules.coordinates import BadPlace, on_earth
from grids.rules.projection import Projection

Indices = NDArray[np.intp]
Flat = tuple[float, float]
"""East and north in metres."""

NEAR_BORDER_M = 15.0
"""Without a stated accuracy a place this near another area is marked: a phone in the street is that far off."""

PROJECTION_SLACK_M = 1.0
"""A straight line in degrees is not quite straight in metres; neighbours are looked for this much further out."""


FAR_DEGREES = 5.0
"""A place this far outside the projection's area of use is simply outside; its distance would be a made-up number."""


OUTSIDE = -1


class BadAccuracy(ValueError):
    """An accuracy that is no length. Carries ``accuracy_m`` as given."""

    def __init__(self, accuracy_m: float) -> None:
        super().__init__(accuracy_m)
        self.accuracy_m = accuracy_m

    def __str__(self) -> str:
        return f"定位精度应是不小于 0 的米数，收到的是 {self.accuracy_m}。"


@dataclass(frozen=True, slots=True)
class GridFact:
    """网格: what locating and routing need to know of one. ``shape`` is in degrees, CGCS2000, longitude first."""

    id: uuid.UUID
    code: str
    name: str
    area_code: str
    area_name: str
    shape: shapely.Polygon | shapely.MultiPolygon = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """A grid and how far it is from the place, in metres; 0 when the place lies in it or on its border."""

    grid: GridFact
    distance_m: float


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is.

    ``grid``: the covering one, None outside the town. ``nearby``: every grid that the circle of the stated accuracy
    touches: the covering one first, then nearest first, then by code; without accuracy the covering one alone.
    ``near_border``: no accuracy was stated and another area (for a place outside: any grid) lies within 15 m.
    ``nearest``: for a place outside, the closest grid; None when it is too far away to say.
    """

    grid: GridFact | None
    nearby: tuple[Near, ...]
    near_border: bool
    nearest: Near | None


class Locator:
    """定位器: one edition of the map held in memory, safe to share between threads.

    ``edition`` is the edition's id; ``bounds`` are west, south, east, north in degrees.
    """

    def __init__(self, edition: uuid.UUID, grids: Iterable[GridFact], projection: Projection) -> None:
        """``grids``: at least one, in degrees. ``projection``: the town's."""
        self.edition = edition
        self.grids = tuple(sorted(grids, key=lambda grid: grid.code))
        self._projection = projection
        self._shapes = np.array([grid.shape for grid in self.grids], dtype=object)
        self._flat = projection.flatten(self._shapes)
        shapely.prepare(self._shapes)
        shapely.prepare(self._flat)
        self._tree = shapely.STRtree(self._shapes)
        self._flat_tree = shapely.STRtree(self._flat)
        self._foreign = self._foreign_neighbours()
        self._alone = [_alone(grid) for grid in self.grids]
        self.bounds: tuple[float, float, float, float] = tuple(shapely.total_bounds(self._shapes).tolist())

    def locate(self, lon: float, lat: float, accuracy_m: float | None = None) -> Location:
        """Find a place given in degrees, CGCS2000, with its accuracy (radius in metres) when there is one.

        Raises BadPlace for numbers that are no place on earth, BadAccuracy for an accuracy that is no length.
        """
        if not on_earth(lon, lat):
            raise BadPlace(lon, lat)
        covering = self._covering(lon, lat)
        if accuracy_m is not None:
            return self._with_accuracy(covering, lon, lat, accuracy_m)
        if covering == OUTSIDE:
            return self._outside(lon, lat)
        return self._alone[covering][self._touches_foreign(covering, lon, lat)]

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> list[str | None]:
        """Grid codes of many places in degrees, CGCS2000; None outside, and for numbers that are no place."""
        positions = np.column_stack([lons, lats]).astype(np.float64)
        lowest = np.full(len(positions), len(self.grids), dtype=np.intp)
        place, grid = self._tree.query(shapely.points(positions), predicate="covered_by")
        np.minimum.at(lowest, place, grid)
        codes = [*(grid.code for grid in self.grids), None]
        return [codes[index] for index in lowest]

    def metres(self, lon: float, lat: float) -> Flat | None:
        """A place in degrees as east and north in metres; None so far away that the projection means nothing."""
        return self._flat_place(lon, lat)

    def _covering(self, lon: float, lat: float) -> int:
        candidates = self._tree.query(shapely.points((lon, lat)))
        covering = candidates[shapely.intersects_xy(self._shapes[candidates], lon, lat)]
        return int(covering.min()) if len(covering) else OUTSIDE

    def _with_accuracy(self, covering: int, lon: float, lat: float, accuracy_m: float) -> Location:
        if not 0.0 <= accuracy_m < math.inf:
            raise BadAccuracy(accuracy_m)
        others = self._others_within(covering, lon, lat, accuracy_m)
        if covering == OUTSIDE:
            return Location(None, others, False, self._nearest(lon, lat))
        alone = self._alone[covering][False]
        return Location(alone.grid, (*alone.nearby, *others), False, None) if others else alone

    def _outside(self, lon: float, lat: float) -> Location:
        nearest = self._nearest(lon, lat)
        return Location(None, (), nearest is not None and nearest.distance_m <= NEAR_BORDER_M, nearest)

    def _others_within(self, covering: int, lon: float, lat: float, radius_m: float) -> tuple[Near, ...]:
        place = self._flat_place(lon, lat)
        if place is None:
            return ()
        found = self._flat_tree.query(_square_around(place, radius_m))
        found = found[found != covering]
        return self._ranked(found[shapely.dwithin(self._flat[found], shapely.points(place), radius_m)], place)

    def _nearest(self, lon: float, lat: float) -> Near | None:
        place = self._flat_place(lon, lat)
        if place is None:
            return None
        return self._ranked(self._flat_tree.query_nearest(shapely.points(place)), place)[0]

    def _touches_foreign(self, covering: int, lon: float, lat: float) -> bool:
        foreign = self._foreign[covering]
        if foreign is None:
            return False
        place = shapely.points(self._projection.metres(lon, lat))
        return bool(shapely.dwithin(foreign, place, NEAR_BORDER_M).any())

    def _foreign_neighbours(self) -> list[NDArray[np.object_] | None]:
        areas = np.array([grid.area_code for grid in self.grids])
        reach = NEAR_BORDER_M + PROJECTION_SLACK_M
        here, there = self._flat_tree.query(self._flat, predicate="dwithin", distance=reach)
        foreign = areas[here] != areas[there]
        order = np.argsort(here[foreign], kind="stable")
        ends = np.searchsorted(here[foreign][order], np.arange(1, len(self.grids)))
        return [self._flat[group] if len(group) else None for group in np.split(there[foreign][order], ends)]

    def _flat_place(self, lon: float, lat: float) -> Flat | None:
        """The place in metres; None so far away that the projection's metres mean nothing."""
        return self._projection.metres(lon, lat) if self._projection.serves(lon, lat, FAR_DEGREES) else None

    def _ranked(self, found: Indices, place: Flat) -> tuple[Near, ...]:
        """Nearest first, then by code."""
        if not len(found):
            return ()
        distances = np.round(shapely.distance(self._flat[found], shapely.points(place)), 3).tolist()
        return tuple(
            Near(self.grids[index], distance) for distance, index in sorted(zip(distances, found, strict=True))
        )


def _alone(grid: GridFact) -> tuple[Location, Location]:
    """The two answers without accuracy, away from a border and near one; made beforehand, because they never differ."""
    near = (Near(grid, 0.0),)
    return Location(grid, near, False, None), Location(grid, near, True, None)


def _square_around(place: Flat, radius_m: float) -> shapely.Polygon:
    east, north = place
    return shapely.box(east - radius_m, north - radius_m, east + radius_m, north + radius_m)
