"""Shapefile: .shp, .shx and .dbf that belong together, with .prj and .cpg when they are there."""

from collections.abc import Mapping

import numpy as np

from grids.files.caps import Caps, too_many_features, too_many_fields
from grids.files.dbf import read_head
from grids.layers import unreadable

HEADER = 100
"""Bytes before the first record, in .shp and .shx alike."""


def expect_consistent(parts: Mapping[str, bytes], caps: Caps) -> None:
    """Raises Refused("file_unreadable") unless each shape has one row, the index names each record once, and there are
    no more of them and of fields than the caps allow.
    """
    shp, shx = parts[".shp"], parts[".shx"]
    if len(shx) < HEADER or len(shp) < HEADER:
        raise unreadable("Shapefile 不完整，请重新导出")
    index = np.frombuffer(shx, dtype=">i4", offset=HEADER, count=(len(shx) - HEADER) // 8 * 2).reshape(-1, 2)
    table = read_head(parts[".dbf"])
    if len(index) != table.rows:
        raise unreadable(f"图形有 {len(index)} 个，属性表有 {table.rows} 行，对不上，请重新导出")
    if table.rows > caps.features:
        raise too_many_features(caps)
    if len(table.columns) > caps.fields:
        raise too_many_fields(caps)
    if not _names_each_once(shp, index.astype(np.int64)):
        raise unreadable("索引 .shx 与 .shp 对不上，请在制图软件里重新导出")


def _names_each_once(shp: bytes, index: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> bool:
    """Otherwise a small file could make the reader build the same large shape any number of times."""
    starts, lengths = index[:, 0] * 2, index[:, 1]
    if not len(index):
        return True
    if starts.min() < HEADER or lengths.min() < 0 or (starts + 8 + lengths * 2).max() > len(shp):
        return False
    order = np.argsort(starts)
    apart = starts[order][1:] >= (starts + 8 + lengths * 2)[order][:-1]
    words = np.frombuffer(shp, dtype=np.uint8)
    told = words[starts[:, None] + np.arange(4, 8)].astype(np.int64) @ (1 << np.array([24, 16, 8, 0]))
    return bool(apart.all() and (told == lengths).all())
