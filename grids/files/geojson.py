"""GeoJSON (RFC 7946). Sizes and nesting are counted on the bytes before anything is parsed; nothing is ever repaired."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from grids.files.caps import DEFAULT, Caps, too_many_features, too_many_fields, too_many_vertices
from grids.files.degrees import expect_few_vertices, in_degrees
from grids.layers import Layer, Row, unreadable
from grids.rules.outlines import Flaw, outline

STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NOT_BRACKETS = re.compile(rb"[^\[\]{}]++")


def read_geojson(data: bytes, source: str, *, declare: str | None = None, caps: Caps = DEFAULT) -> Layer:
    """GeoJSON bytes as a layer. ``source`` is the file's name. Raises Refused("file_unreadable")."""
    _count(data, caps)
    collection = _parse(data)
    features = _features(collection, caps)
    named = declare or _declared(collection)
    rows = in_degrees([_row(feature) for feature in features], named)
    if len({name for row in rows for name in row.properties}) > caps.fields:
        raise too_many_fields(caps)
    expect_few_vertices(rows, caps)
    return Layer(source, hashlib.sha256(data).hexdigest(), named, rows)


def _count(data: bytes, caps: Caps) -> None:
    """Nesting and number of brackets outside strings; each vertex is a bracket, so they bound the vertices."""
    brackets = np.frombuffer(NOT_BRACKETS.sub(b"", STRINGS.sub(b"", data)), dtype=np.uint8)
    opens = (brackets == ord("[")) | (brackets == ord("{"))
    depth = np.cumsum(np.where(opens, 1, -1), dtype=np.int32)
    if len(depth) and depth.max() > caps.depth:
        raise unreadable(f"嵌套超过 {caps.depth} 层")
    if (brackets == ord("[")).sum() > 2 * caps.vertices:
        raise too_many_vertices(caps)


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise unreadable(
            f"文件不是 UTF-8 编码（第 {error.start + 1} 个字节读不了{_maybe_gbk(data)}），请另存为 UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        raise unreadable(f"文件不是完整的 JSON：第 {error.lineno} 行第 {error.colno} 列处写法不对") from None
    except ValueError:
        raise unreadable("文件里有长得不像话的数") from None


def _no_constant(name: str) -> None:
    raise unreadable(f"文件里有 {name}，这不是数")


def _maybe_gbk(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，像是 GBK"


def _features(collection: Any, caps: Caps) -> list[Any]:
    kind = collection.get("type") if isinstance(collection, dict) else None
    features = collection.get("features") if isinstance(collection, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise unreadable(
            f"只读 GeoJSON 的 FeatureCollection，这个文件是 {kind if isinstance(kind, str) else '别的内容'}"[:200]
        )
    if len(features) > caps.features:
        raise too_many_features(caps)
    return features


def _declared(collection: Mapping[str, Any]) -> str:
    """The name in the old ``crs`` member; empty without one, which means degrees (RFC 7946 §4)."""
    if "crs" not in collection:
        return ""
    crs = collection["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if isinstance(properties, dict) and isinstance(name := properties.get("name"), str) and name:
        return name
    if isinstance(properties, dict) and isinstance(code := properties.get("code"), int):
        return f"EPSG:{code}"
    raise unreadable("文件的 crs 写法不认识；请写成 EPSG 编号，或用 --declare EPSG:编号 写明")


def _row(feature: Any) -> Row:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Row({}, None, "不是 GeoJSON 要素（Feature）")
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    try:
        return Row(properties, outline(feature.get("geometry")))
    except Flaw as flaw:
        return Row(properties, None, str(flaw))
