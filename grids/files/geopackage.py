"""GeoPackage: an SQLite file, so it is looked through before anything asks it for shapes."""

import sqlite3
from contextlib import closing
from pathlib import Path

from grids.layers import unreadable

VIRTUAL = "SELECT count(*) FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '%USING rtree%'"
TABLES = "SELECT lower(name) FROM sqlite_master WHERE type = 'table'"


def tables(path: Path) -> set[str]:
    """The plain tables of a whole file, in lower case: a view could make any number of shapes out of a few.

    Raises Refused("file_unreadable") for a torn file and for one that reaches outside itself.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
            file.execute("PRAGMA trusted_schema = OFF")
            sound = file.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            reaching = file.execute(VIRTUAL).fetchone()[0]
            names = {name for (name,) in file.execute(TABLES)}
    except sqlite3.DatabaseError:
        sound, reaching, names = False, 0, set()
    if not sound:
        raise unreadable("GeoPackage 损坏或不完整，请重新导出")
    if reaching:
        raise unreadable("GeoPackage 里有虚拟表，请只导出网格图层")
    return names
