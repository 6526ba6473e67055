"""矢量文件 (vector files): Shapefile, GeoPackage and KML through GDAL, kept from guessing and from repairing."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

from grids.files import geopackage, kml, shapefile
from grids.files.bundles import Bundle, Form
from grids.files.caps import Caps, too_many_features, too_many_fields
from grids.files.choice import one_of
from grids.files.dbf import Encoding, encoding_of
from grids.files.degrees import expect_few_vertices, in_degrees
from grids.layers import Layer, Row, unreadable
from grids.rules.declared import Declared, UnknownDeclaration
from town.errors import Refused

BROKEN = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, UnicodeDecodeError)
UNDEFINED = "undefined"
UTF8 = Encoding("utf-8", "这种格式规定用它")

pyogrio.set_gdal_config_options({"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING": False, "SHAPE_RESTORE_SHX": False})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said about a file. Anything left out is read from the file, or asked for."""

    declare: str | None = None
    layer: str | None = None
    encoding: str | None = None


def read_vector(bundle: Bundle, asked: Asked, caps: Caps) -> Layer:
    """A layer of a Shapefile, GeoPackage or KML.

    Raises Refused: ``layer_choice`` when there are several and none was said, ``crs_missing`` when neither the file nor
    the person says what its numbers are, otherwise ``file_unreadable``.
    """
    encoding = _examined(bundle, asked, caps)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # half characters at a field's end; they are counted in the encoding's notes
        name, (about, _, wkb, columns) = _taken(bundle, asked, caps, encoding)
    names = [str(field) for field in about["fields"]]
    if len(wkb) > caps.features:
        raise too_many_features(caps)
    properties = list(_properties(bundle.form, names, columns, len(wkb)))
    rows = [Row(row, *_shape(found)) for row, found in zip(properties, wkb, strict=True)]
    expect_few_vertices(rows, caps)
    declared = _declared(bundle, asked.declare, about["crs"], rows)
    notes = (f"有 {encoding.cut} 段文字末尾只剩半个字，已略去那半个字",) if encoding.cut else ()
    shown = name if bundle.form is not Form.SHAPEFILE else ""
    return Layer(bundle.source, bundle.sha256, declared, in_degrees(rows, declared), shown, encoding.words, notes)


def _examined(bundle: Bundle, asked: Asked, caps: Caps) -> Encoding:
    """Look a file through before GDAL does; how its texts are to be read."""
    if bundle.form is Form.SHAPEFILE:
        shapefile.expect_consistent(bundle.parts, caps)
        return encoding_of(bundle.parts[".dbf"], bundle.parts.get(".cpg"), asked.encoding)
    if bundle.form is Form.KML:
        kml.expect_harmless(bundle.data, caps)
    return UTF8


def _taken(bundle: Bundle, asked: Asked, caps: Caps, encoding: Encoding) -> tuple[str, Any]:
    try:
        name = _layer(bundle, asked.layer)
        said = {"encoding": encoding.codec} if bundle.form is Form.SHAPEFILE else {}
        if len(pyogrio.read_info(bundle.path, layer=name, **said)["fields"]) > caps.fields + len(kml.ALWAYS):
            raise too_many_fields(caps)
        most = caps.features + 1
        return name, pyogrio.raw.read(bundle.path, layer=name, force_2d=True, max_features=most, **said)
    except BROKEN:
        raise unreadable(f"{bundle.source} 损坏或不完整，请重新导出") from None


def _layer(bundle: Bundle, wanted: str | None) -> str:
    if bundle.form is Form.SHAPEFILE:
        return bundle.path.stem
    plain = geopackage.tables(bundle.path) if bundle.form is Form.GEOPACKAGE else None
    drawn = [str(name) for name, geometry in pyogrio.list_layers(bundle.path) if geometry is not None]
    names = [name for name in drawn if plain is None or name.lower() in plain]
    if not names:
        raise unreadable(f"{bundle.source} 里没有图形图层")
    return one_of(bundle.source, names, wanted)


def _properties(form: Form, names: list[str], columns: list[NDArray[Any]], count: int) -> Iterator[Mapping[str, Any]]:
    kept = {name: column.tolist() for name, column in zip(names, columns, strict=True)}
    if form is Form.KML:
        kept = {name: values for name, values in kept.items() if name not in kml.BOOKKEEPING and any(values)}
    for number in range(count):
        yield {name: values[number] for name, values in kept.items()}


def _shape(wkb: bytes | None) -> tuple[BaseGeometry | None, str]:
    """A shape in the file's own numbers, or what is wrong with it."""
    if wkb is None:
        return None, ""
    shape = shapely.from_wkb(wkb, on_invalid="ignore")
    if shape is None:
        return None, "图形写法不对"
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return None, "里面有不是有限数的坐标"
    return shape, ""


def _declared(bundle: Bundle, said: str | None, found: str | None, rows: list[Row]) -> str:
    if said:
        return said
    if found and (known := _known(found)):
        return known
    shapes = np.array([row.shape for row in rows if row.shape is not None], dtype=object)
    missing = "没有写明坐标系" + ("（缺少 .prj 文件）" if bundle.form is Form.SHAPEFILE else "")
    raise Refused("crs_missing", why=f"{bundle.source} {missing}。{_looks(shapes)}{ASK}")


ASK = (
    "请向测绘或制图单位问清楚，再用 --declare 写明，例如 --declare EPSG:4490（CGCS2000 经纬度）"
    "或 --declare EPSG:4549（CGCS2000 三度带，中央经线 120 度）。"
)


def _known(found: str) -> str | None:
    """The file's own word, short where it has an EPSG number; None when it says that it does not know."""
    try:
        system = Declared(found)
    except UnknownDeclaration as unknown:
        if UNDEFINED in found.lower():
            return None
        raise unreadable(f"坐标系「{unknown.declared[:80]}」不能用：{unknown.why}") from None
    return None if system.name.lower().startswith(UNDEFINED) else system.epsg or found


def _looks(shapes: NDArray[Any]) -> str:
    west, south, east, north = shapely.total_bounds(shapes).tolist() if len(shapes) else [np.nan] * 4
    if not np.isfinite([west, south, east, north]).all():
        return ""
    degrees = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    like = "经纬度（度）" if degrees else "以米为单位的投影坐标"
    return f"文件里的数横向 {west:.7g} 到 {east:.7g}、纵向 {south:.7g} 到 {north:.7g}，像是{like}，但不能猜。"
