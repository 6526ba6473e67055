"""地图文件 (map files): a file becomes a layer of candidates, or a refusal that says why. GeoJSON for now (RFC 7946).

Sizes and nesting are counted on the bytes before anything is parsed; nothing is ever repaired.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate
from grids.rules.declared import Declared, UnknownDeclaration
from grids.rules.outlines import Flaw, outline
from town.errors import Refused

STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NOT_BRACKETS = re.compile(rb"[^\[\]{}]++")
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Caps:
    """What a map file may hold at most."""

    bytes: int = 100_000_000
    depth: int = 32
    features: int = 50_000
    vertices: int = 2_000_000


DEFAULT = Caps()


@dataclass(frozen=True, slots=True)
class Fields:
    """Which properties of the file hold what. ``area_name`` falls back on the area's code, ``name`` on the grid's."""

    code: str
    area: str
    name: str | None = None
    area_name: str | None = None


@dataclass(frozen=True, slots=True)
class FieldSample:
    """A property of the file: in how many features it stands, how many different values it has, a few of them."""

    name: str
    filled: int
    distinct: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One feature: its properties and its shape in degrees, or why that could not be read."""

    properties: Mapping[str, Any]
    shape: BaseGeometry | None = field(repr=False)
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """图层: a file's features in degrees (CGCS2000, longitude first). ``declared`` is empty when it declares nothing."""

    source: str
    sha256: str
    declared: str
    rows: tuple[Row, ...] = field(repr=False)

    def fields(self) -> list[FieldSample]:
        """The properties to choose from, as they first appear."""
        return [_sample(name, [_text(row.properties.get(name)) for row in self.rows]) for name in self._names()]

    def candidates(self, fields: Fields) -> tuple[Candidate, ...]:
        """The features as grids to be checked.

        Raises Refused("file_unreadable") for a field the file does not have, and for control characters in one.
        """
        asked = [name for name in (fields.code, fields.area, fields.name, fields.area_name) if name is not None]
        if missing := [name for name in asked if name not in self._names()]:
            there = "、".join(map(_shown, self._names())) or "（一个也没有）"
            raise unreadable(f"文件里没有字段 {'、'.join(missing)}；有的是 {there}")
        for number, row in enumerate(self.rows, 1):
            if unclean := [name for name in asked if not _text(row.properties.get(name)).isprintable()]:
                raise unreadable(f"第 {number} 个要素的字段 {'、'.join(unclean)} 里有看不见的控制字符")
        return tuple(_candidate(number, row, fields) for number, row in enumerate(self.rows, 1))

    def _names(self) -> Sequence[str]:
        return tuple(dict.fromkeys(name for row in self.rows for name in row.properties))


def unreadable(why: str) -> Refused:
    """The refusal of a whole file."""
    return Refused("file_unreadable", why=f"{why}。")


def read(path: Path, *, declare: str | None = None, caps: Caps = DEFAULT) -> Layer:
    """Read a map file. ``declare`` names its coordinate system in place of what the file itself says.

    Raises Refused("file_unreadable") for a file that is missing, over a cap, in a broken encoding, no GeoJSON
    FeatureCollection, or in a system that cannot be converted.
    """
    return read_geojson(_bytes(path, caps), path.name, declare=declare, caps=caps)


def read_geojson(data: bytes, source: str, *, declare: str | None = None, caps: Caps = DEFAULT) -> Layer:
    """GeoJSON bytes as a layer. ``source`` is the file's name. Raises Refused("file_unreadable")."""
    _count(data, caps)
    collection = _parse(data)
    features = _features(collection, caps)
    named = declare or _declared(collection)
    rows = _in_degrees([_row(feature) for feature in features], named)
    if sum(int(shapely.get_num_coordinates(row.shape)) for row in rows) > caps.vertices:
        raise _too_many_vertices(caps)
    return Layer(source, hashlib.sha256(data).hexdigest(), named, rows)


def _bytes(path: Path, caps: Caps) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(caps.bytes + 1)
    except OSError as error:
        raise unreadable(f"打不开 {path.name}：{error.strerror}") from None
    if len(data) > caps.bytes:
        raise unreadable(f"文件超过 {caps.bytes} 字节")
    return data


def _count(data: bytes, caps: Caps) -> None:
    """Nesting and number of brackets outside strings; each vertex is a bracket, so they bound the vertices."""
    brackets = np.frombuffer(NOT_BRACKETS.sub(b"", STRINGS.sub(b"", data)), dtype=np.uint8)
    opens = (brackets == ord("[")) | (brackets == ord("{"))
    depth = np.cumsum(np.where(opens, 1, -1), dtype=np.int32)
    if len(depth) and depth.max() > caps.depth:
        raise unreadable(f"嵌套超过 {caps.depth} 层")
    if (brackets == ord("[")).sum() > 2 * caps.vertices:
        raise _too_many_vertices(caps)


def _too_many_vertices(caps: Caps) -> Refused:
    return unreadable(f"顶点超过 {caps.vertices} 个，请先简化边界")


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
        raise unreadable(f"要素超过 {caps.features} 个")
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


def _in_degrees(rows: Sequence[Row], declared: str) -> tuple[Row, ...]:
    if not declared:
        return tuple(rows)
    try:
        converted = iter(
            Declared(declared).to_degrees(np.array([row.shape for row in rows if row.shape is not None], dtype=object))
        )
    except UnknownDeclaration as unknown:
        raise unreadable(f"坐标系「{unknown.declared[:80]}」不能用：{unknown.why}") from None
    return tuple(row if row.shape is None else Row(row.properties, next(converted)) for row in rows)


def _candidate(number: int, row: Row, fields: Fields) -> Candidate:
    def text(name: str | None) -> str:
        return _text(row.properties.get(name)) if name else ""

    code, area = text(fields.code), text(fields.area)
    return Candidate(number, code, text(fields.name) or code, area, text(fields.area_name) or area, row.shape, row.flaw)


def _text(value: Any) -> str:
    """A property as people would write it: 5 and 5.0 are ``5``; lists, objects and truth values are nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if plain else ""


def _sample(name: str, texts: Sequence[str]) -> FieldSample:
    counted = Counter(text for text in texts if text)
    return FieldSample(
        _shown(name), counted.total(), len(counted), tuple(_shown(text) for text in list(counted)[:SAMPLES])
    )


def _shown(text: str) -> str:
    return text[:40] if text.isprintable() else ascii(text)[:40]
