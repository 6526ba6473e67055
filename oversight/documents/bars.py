"""Bars side by side as SVG (条形图): two shares for each line. Plain XML, so that it opens anywhere and needs no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

WIDTH, LEFT, RIGHT, TOP = 760, 210, 90, 70
"""Pixels: of the picture, of the names, of the figures, and above the first line."""
LINE, BAR, GAP = 38, 12, 3
COLOURS = ("#8a94a6", "#1f6feb")
"""As it was, and as it would have been; the words beside the bars say which is which, too."""
FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Pair:
    """One line: its name, both shares from 0 to 1 (None where nothing was counted), and what is written beside them."""

    name: str
    shares: tuple[float | None, float | None]
    texts: tuple[str, str]


def svg(title: str, sides: tuple[str, str], pairs: Sequence[Pair]) -> bytes:
    """A picture of these pairs, one below the other."""
    height = TOP + LINE * len(pairs) + 20
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "font-family": FONT,
            "role": "img",
        },
    )
    Xml.SubElement(root, "title").text = title
    Xml.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    _write(root, 20, 30, title, size=18)
    for place, side in enumerate(sides):
        _bar(root, LEFT + place * 130, 44, 14, COLOURS[place])
        _write(root, LEFT + 20 + place * 130, 55, side, size=13)
    for place, pair in enumerate(pairs):
        _pair(root, TOP + place * LINE, pair)
    drawn: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _pair(root: Xml.Element, top: int, pair: Pair) -> None:
    _write(root, LEFT - 10, top + BAR + GAP + 2, pair.name, size=13, anchor="end")
    for place, (share, text) in enumerate(zip(pair.shares, pair.texts, strict=True)):
        y = top + place * (BAR + GAP)
        length = round((WIDTH - LEFT - RIGHT) * (share or 0))
        _bar(root, LEFT, y, length, COLOURS[place])
        _write(root, LEFT + length + 6, y + BAR - 2, text, size=11)


def _bar(root: Xml.Element, x: int, y: int, width: int, colour: str) -> None:
    place = {"x": str(x), "y": str(y), "width": str(width), "height": str(BAR), "fill": colour}
    Xml.SubElement(root, "rect", place)


def _write(root: Xml.Element, x: int, y: int, words: str, *, size: int, anchor: str = "start") -> None:
    place = {"x": str(x), "y": str(y), "font-size": str(size), "text-anchor": anchor, "fill": "#1c2430"}
    Xml.SubElement(root, "text", place).text = words
