"""The map on the wall (墙上的图): whose ground a place is, as anybody can learn it from the public API."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import shapely
from shapely.geometry import shape

from service.demo.client import Api


class Atlas:
    """Grids and squads, asked for once, by somebody who sits at the desk. Raises Problem or Gone."""

    def __init__(self, desk: Api) -> None:
        self._desk = desk

    def squad_at(self, place: Mapping[str, float]) -> str:
        """The code of the all-round squad of the area a place lies in, or next to."""
        tree, areas = self._areas
        area = areas[int(tree.nearest(shapely.Point(place["lon"], place["lat"])))]
        serving = [squad for squad in self._squads if area in squad["areas"]]
        return str(min(serving, key=lambda squad: (bool(squad["fields"]), squad["code"]))["code"])

    @cached_property
    def _areas(self) -> tuple[shapely.STRtree, list[str]]:
        features = self._desk.get("/api/v1/map/grids")["features"]
        codes = [feature["properties"]["area_code"] for feature in features]
        return shapely.STRtree([shape(feature["geometry"]) for feature in features]), codes

    @cached_property
    def _squads(self) -> list[dict[str, Any]]:
        squads: list[dict[str, Any]] = self._desk.get("/api/v1/desk/options")["squads"]
        return squads
