"""读图 (reading): a path becomes a layer, whatever the format."""

from pathlib import Path

import numpy as np
import shapely

from grids.files import bundles
from grids.files.bundles import Form
from grids.files.caps import DEFAULT, Caps
from grids.files.geojson import read_geojson
from grids.files.vectors import Asked, read_vector
from grids.layers import Layer, unreadable

Area = shapely.Polygon | shapely.MultiPolygon


def read(
    path: Path,
    *,
    declare: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> Layer:
    """Read a map: GeoJSON, a Shapefile with its parts beside it, GeoPackage or KML, or a folder or zip with one of them.

    ``declare`` names its coordinate system in place of what the file itself says; ``layer`` which one of several;
    ``encoding`` how the texts of a Shapefile are written.
    Raises Refused: ``crs_missing``, ``layer_choice``, or ``file_unreadable`` for a file that is missing, over a cap,
    in a broken encoding, of no known format, or in a system that cannot be converted.
    """
    with bundles.opened(path, layer, caps) as (bundle, inside):
        if bundle.form is Form.GEOJSON:
            return read_geojson(bundle.data, bundle.source, declare=declare, caps=caps)
        return read_vector(bundle, Asked(declare, inside, encoding), caps)


def read_outline(path: Path, *, declare: str | None = None, layer: str | None = None, caps: Caps = DEFAULT) -> Area:
    """镇界: the town's outline as one shape in degrees. Raises as ``read`` does, and for what is no sound polygon."""
    rows = read(path, declare=declare, layer=layer, caps=caps).rows
    shapes = np.array([row.shape for row in rows], dtype=object)
    if not len(shapes) or not all(isinstance(shape, Area) for shape in shapes):
        raise unreadable(f"{path.name} 里应只有面，才能当镇界用")
    if not shapely.is_valid(shapes).all():
        raise unreadable(f"{path.name} 里的面边界自己交叉，请改好再当镇界用")
    whole = shapely.union_all(shapes)
    assert isinstance(whole, Area)
    return whole
