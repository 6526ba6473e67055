"""GeoAlchemy2 on SQLite without an extension: the few spatial functions it calls, answered by shapely.

Storage is EWKB on both engines, which is what GeoAlchemy2 reads back. The functions that Alembic's helpers call
keep a ``geometry_columns`` table in SpatiaLite's layout, so that reflection and ``alembic check`` work.
"""

from sqlite3 import Connection
from typing import Any

import shapely

SRID = 4490
"""CGCS2000, longitude before latitude, degrees; taken as equal to WGS 84."""


GEOMETRY_COLUMNS = """CREATE TABLE IF NOT EXISTS geometry_columns (
    f_table_name TEXT, f_geometry_column TEXT, type TEXT, coord_dimension INTEGER, srid INTEGER, spatial_index_enabled INTEGER,
    PRIMARY KEY (f_table_name, f_geometry_column))"""


def point(lon: float, lat: float) -> str:
    """A point as EWKT, the form both engines bind fastest. Degrees, CGCS2000."""
    return f"SRID={SRID};POINT({lon!r} {lat!r})"


def lonlat(element: Any) -> tuple[float, float]:
    """Longitude and latitude in degrees of a stored point."""
    stored = shapely.from_wkb(bytes(element.data) if not isinstance(element.data, str) else element.data)
    return float(shapely.get_x(stored)), float(shapely.get_y(stored))


def register(connection: Connection) -> None:
    """Teach a SQLite connection what GeoAlchemy2 and its Alembic helpers call."""

    def recover(table: str, column: str, srid: int, kind: str, dimension: int) -> int:
        connection.execute(GEOMETRY_COLUMNS)
        connection.execute(
            "INSERT OR REPLACE INTO geometry_columns VALUES (?, ?, ?, ?, ?, 0)", (table, column, kind, dimension, srid)
        )
        return 1

    def discard(table: str, column: str) -> int:
        connection.execute(
            "DELETE FROM geometry_columns WHERE f_table_name = ? AND f_geometry_column = ?", (table, column)
        )
        return 1

    def rename(_database: None, old: str, new: str) -> int:
        connection.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"')
        connection.execute("UPDATE geometry_columns SET f_table_name = ? WHERE f_table_name = ?", (new, old))
        return 1

    def drop(_database: None, table: str) -> int:
        connection.execute(f'DROP TABLE "{table}"')
        connection.execute("DELETE FROM geometry_columns WHERE f_table_name = ?", (table,))
        return 1

    functions: list[tuple[str, int, Any]] = [
        ("GeomFromEWKT", 1, ewkt_to_ewkb),
        ("AsEWKB", 1, lambda blob: blob),
        ("RecoverGeometryColumn", 5, recover),
        ("DiscardGeometryColumn", 2, discard),
        ("RenameTable", 3, rename),
        ("DropTable", 2, drop),
        ("CheckSpatialIndex", 2, lambda *_: None),
    ]
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function)


def ewkt_to_ewkb(text: str | None) -> bytes | None:
    """``SRID=4490;POINT(120.9 31.2)`` as EWKB with its SRID; None stays None."""
    if text is None:
        return None
    head, _, wkt = text.rpartition(";")
    shape = shapely.set_srid(shapely.from_wkt(wkt), int(head[5:] or 0))
    return bytes(shapely.to_wkb(shape, include_srid=bool(head)))
