"""换算 (into degrees): rows in a declared system become rows in CGCS2000 degrees, or the file is refused."""

from collections.abc import Sequence

import numpy as np
import shapely

from grids.files.caps import Caps, too_many_vertices
from grids.layers import Row, unreadable
from grids.rules.declared import Declared, UnknownDeclaration


def in_degrees(rows: Sequence[Row], declared: str) -> tuple[Row, ...]:
    """The same rows with their shapes in degrees; as they are when nothing is declared.

    Raises Refused("file_unreadable") for a system that cannot be converted well enough.
    """
    if not declared:
        return tuple(rows)
    try:
        shapes = np.array([row.shape for row in rows if row.shape is not None], dtype=object)
        converted = iter(Declared(declared).to_degrees(shapes))
    except UnknownDeclaration as unknown:
        raise unreadable(f"坐标系「{unknown.declared[:80]}」不能用：{unknown.why}") from None
    return tuple(row if row.shape is None else Row(row.properties, next(converted)) for row in rows)


def expect_few_vertices(rows: Sequence[Row], caps: Caps) -> None:
    """Raises Refused("file_unreadable") when all shapes together have too many."""
    if sum(int(shapely.get_num_coordinates(row.shape)) for row in rows) > caps.vertices:
        raise too_many_vertices(caps)
