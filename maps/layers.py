"""Layers (图层): pure GeoJSON out of plain facts. Degrees, CGCS2000 (taken as WGS 84), longitude first, RFC 7946."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping

from grids.rules.locate import GridFact

DECIMALS = 6
"""About a decimetre: finer than any screen."""


def grids(facts: Iterable[GridFact], squads: Mapping[str, str]) -> dict[str, Any]:
    """Grids as a FeatureCollection with its bbox; ``squads`` names the squad of each area code."""
    listed = list(facts)
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": [_feature(fact, squads) for fact in listed]}
    if listed:
        collection["bbox"] = shapely.total_bounds([fact.shape for fact in listed]).tolist()
    return collection


def _feature(fact: GridFact, squads: Mapping[str, str]) -> dict[str, Any]:
    properties = {
        "code": fact.code,
        "name": fact.name,
        "area_code": fact.area_code,
        "area_name": fact.area_name,
        "squad": squads.get(fact.area_code),
    }
    shape = shapely.set_precision(fact.shape, 10**-DECIMALS, mode="pointwise")
    return {"type": "Feature", "id": fact.code, "properties": properties, "geometry": mapping(shape)}
