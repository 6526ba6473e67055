"""Made-up map files in the formats that mapping programs write, GBK without a word about it included."""

import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from tests.tilings import Cell

LANGUAGE_BYTE = 29
GBK_LANGUAGE = 0x4D
DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".kml": "LIBKML"}
FIELDS = ("代码", "名称", "片区")


def written(path: Path, cells: Iterable[Cell], *, crs: str | None = "EPSG:4490", **options: str) -> Path:
    """Cells as a Shapefile, GeoPackage or KML, by the path's suffix, with their codes, Chinese names and areas."""
    told = list(cells)
    shapes = np.array([shapely.to_wkb(cell.shape) for cell in told], dtype=object)
    return written_shapes(path, shapes, [(cell.code, name_of(cell), cell.area) for cell in told], crs=crs, **options)


def written_shapes(path, shapes, rows, *, crs="EPSG:4490", kind="Polygon", fields=FIELDS, **options):
    """Any shapes (WKB), with a row of texts each."""
    columns = [np.array([row[place] for row in rows], dtype=object) for place in range(len(fields))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file without a coordinate system is meant
        driver = DRIVERS[path.suffix.lower()]
        pyogrio.raw.write(path, shapes, columns, list(fields), geometry_type=kind, crs=crs, driver=driver, **options)
    return path


def name_of(cell: Cell) -> str:
    """A grid's name, in characters that GBK and UTF-8 write differently."""
    return f"东街{cell.code}号网格"


def gbk_shapefile(path: Path, cells: Iterable[Cell], *, language: int = GBK_LANGUAGE, **options: str | None) -> Path:
    """A Shapefile as Chinese offices hand it over: GBK, no .cpg, at most a language byte that hints at it."""
    written(path, cells, encoding="GB18030", **options)  # type: ignore[arg-type]
    path.with_suffix(".cpg").unlink()
    return with_language(path, language)


def with_language(path: Path, language: int) -> Path:
    """The same Shapefile with another language byte in its table."""
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[LANGUAGE_BYTE] = language
    path.with_suffix(".dbf").write_bytes(table)
    return path


def zipped(archive: Path, folder: Path, *, inside: str = "") -> Path:
    """Everything in a folder as a zip, with names in GBK that nothing marks, as Windows makes them."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.writestr(MadeOnWindows(f"{inside}{file.name}"), file.read_bytes())
    return archive


class MadeOnWindows(zipfile.ZipInfo):
    """Python would write the name in UTF-8 and mark it so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits
