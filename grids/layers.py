"""图层 (layers): what a map file holds, in degrees, before anything is checked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate
from town.errors import Refused

SAMPLES = 3
JOINED = "+"
WHOLE = "全部"
"""The one area of a professional layer that knows no areas."""

EXACT = 2**53
"""Whole numbers beyond it lose their last digits in a float."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which properties of the file hold what. ``area_name`` falls back on the area's code, ``name`` on the grid's.

    Several properties joined by ``+`` make one code: ``街道+序号`` is ``01-7``. Without ``area`` all is one area.
    """

    code: str
    area: str | None = None
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
    """图层: a file's features in degrees (CGCS2000, longitude first). ``declared`` is empty when it declares nothing.

    ``name``: of the layer in a file that holds several. ``encoding``: how its texts were read, and by what sign, in
    words. ``notes``: what a person should know before he trusts the texts.
    """

    source: str
    sha256: str
    declared: str
    rows: tuple[Row, ...] = field(repr=False)
    name: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()

    def fields(self) -> list[FieldSample]:
        """The properties to choose from, as they first appear."""
        return [_sample(name, [text_of(row.properties.get(name)) for row in self.rows]) for name in self._names()]

    def candidates(self, fields: Fields) -> tuple[Candidate, ...]:
        """The features as grids to be checked.

        Raises Refused("file_unreadable") for a field the file does not have, and for a text in one that is not whole.
        """
        asked = [self._parts(name) for name in (fields.code, fields.area, fields.name, fields.area_name)]
        names = [name for parts in asked for name in parts]
        if missing := [name for name in names if name not in self._names()]:
            there = "、".join(map(_shown, self._names())) or "（一个也没有）"
            raise unreadable(f"文件里没有字段 {'、'.join(missing)}；有的是 {there}")
        for number, row in enumerate(self.rows, 1):
            _expect_whole(number, row, names)
        return tuple(_candidate(number, row, asked) for number, row in enumerate(self.rows, 1))

    def _names(self) -> Sequence[str]:
        return tuple(dict.fromkeys(name for row in self.rows for name in row.properties))

    def _parts(self, name: str | None) -> list[str]:
        if name is None:
            return []
        return [name] if name in self._names() else name.split(JOINED)


def unreadable(why: str) -> Refused:
    """The refusal of a whole file."""
    return Refused("file_unreadable", why=f"{why}。")


def text_of(value: Any) -> str:
    """A property as people would write it: 5 and 5.0 are ``5``; lists, objects and truth values are nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool) and value == value
    return " ".join(str(value).split()) if plain else ""


def _candidate(number: int, row: Row, asked: Sequence[Sequence[str]]) -> Candidate:
    code, area, name, area_name = (_joined(row, parts) for parts in asked)
    area = area if asked[1] else WHOLE
    return Candidate(number, code, name or code, area, area_name or area, row.shape, row.flaw)


def _joined(row: Row, names: Sequence[str]) -> str:
    """Nothing when one of the parts is missing: half a code is none."""
    texts = [text_of(row.properties.get(name)) for name in names]
    return "-".join(texts) if all(texts) else ""


def _expect_whole(number: int, row: Row, names: Sequence[str]) -> None:
    for name in names:
        value = row.properties.get(name)
        if not text_of(value).isprintable():
            raise unreadable(f"第 {number} 个要素的字段 {name} 里有看不见的控制字符")
        if "\ufffd" in text_of(value):
            raise unreadable(f"第 {number} 个要素的字段 {name} 里有读不出的字，请核对文字编码")
        if isinstance(value, float) and abs(value) >= EXACT:
            raise unreadable(f"第 {number} 个要素的字段 {name} 存成了小数，末几位已经丢失；请在制图软件里改成文本字段")


def _sample(name: str, texts: Sequence[str]) -> FieldSample:
    counted = Counter(text for text in texts if text)
    return FieldSample(
        _shown(name), counted.total(), len(counted), tuple(_shown(text) for text in list(counted)[:SAMPLES])
    )


def _shown(text: str) -> str:
    return text[:40] if text.isprintable() else ascii(text)[:40]
