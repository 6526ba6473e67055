"""KML: XML, so its nesting and its declarations are looked at before anything builds it in memory."""

from collections.abc import Mapping
from xml.parsers import expat

from grids.files.caps import Caps, too_many_features, too_many_fields, too_many_vertices
from grids.layers import unreadable

BOOKKEEPING = {"tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon"}
"""How a viewer draws a feature; always there, and never what a grid is called."""

ALWAYS = {*BOOKKEEPING, "id", "Name", "description", "timestamp", "begin", "end"}
"""Fields that every KML has."""

NAMED = {"Data", "SimpleData", "SimpleField"}
"""Elements that make a field, each by its name."""


COMMAS = 3
"""A vertex is written with two commas at most; the third is for what descriptions hold."""


class _Watch:
    """Counts what an XML parser meets."""

    def __init__(self, caps: Caps) -> None:
        self.caps, self.depth, self.placemarks, self.root = caps, 0, 0, ""
        self.fields: set[str] = set()

    def begins(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.root = self.root or tag
        self.depth += 1
        self.placemarks += tag == "Placemark"
        if tag in NAMED:
            self.fields.add(attributes.get("name", ""))
        if self.depth > self.caps.depth:
            raise unreadable(f"嵌套超过 {self.caps.depth} 层")
        if self.placemarks > self.caps.features:
            raise too_many_features(self.caps)
        if len(self.fields) > self.caps.fields:
            raise too_many_fields(self.caps)

    def ends(self, _tag: str) -> None:
        self.depth -= 1

    def declares(self, *_declared: object) -> None:
        raise unreadable("KML 里不能有 DOCTYPE 或实体声明，请重新导出")


def expect_harmless(data: bytes, caps: Caps) -> None:
    """Raises Refused("file_unreadable") for XML that is broken, nested too deeply, declares entities, or is no KML."""
    if data.count(b",") > COMMAS * caps.vertices:
        raise too_many_vertices(caps)
    watch = _Watch(caps)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = watch.begins, watch.ends
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = watch.declares
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        hint = "，请另存为 UTF-8" if "encoding" in words or "token" in words else ""
        raise unreadable(f"文件不是完整的 KML：第 {error.lineno} 行第 {error.offset + 1} 列处写法不对{hint}") from None
    except (LookupError, ValueError):
        raise unreadable("KML 的文字编码不认识，请另存为 UTF-8") from None
    if watch.root.split(":")[-1] != "kml":
        raise unreadable(f"文件是 XML，但不是 KML（最外层是「{watch.root[:40]}」）")
