"""地图文件 (map files): a file becomes a layer of candidates, or a refusal that says why; nothing is ever repaired.

GeoJSON is read by our own code, Shapefile, GeoPackage and KML by GDAL. docs/grids.md says what each may hold.
"""

from grids.files.caps import DEFAULT, Caps
from grids.files.geojson import read_geojson
from grids.files.reading import read, read_outline
from grids.layers import Fields, FieldSample, Layer, Row, unreadable

__all__ = [
    "DEFAULT",
    "Caps",
    "FieldSample",
    "Fields",
    "Layer",
    "Row",
    "read",
    "read_geojson",
    "read_outline",
    "unreadable",
]
