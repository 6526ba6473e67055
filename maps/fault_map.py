"""检查图 (fault map): what the coverage gate found, on one page that opens from a disk with no network at all.

Folium draws the frame; Leaflet stands inside the page instead of being fetched, and a content policy in the page keeps
anything else from being asked for.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import folium
import numpy as np
import shapely
from branca.element import Element, Figure, MacroElement
from jinja2 import Environment, Template
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from grids.rules.candidates import Candidate
from grids.rules.faults import NAMES, Fault, Severity
from grids.services import Survey
from town.errors import Refused

HERE = Path(__file__).parent / "pages"
LEAFLET = Path(__file__).parent.parent / "web" / "dist" / "vendor"

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
DECIMALS = 6
MANY_VERTICES = 300_000
SIMPLER_BY = 3e-5
"""Degrees; about three metres, less than a line's width on a screen that shows a whole town."""

WORDS = Environment(autoescape=True)


def page(survey: Survey, town: str, checked: str) -> str:
    """The whole page as HTML. ``town``: its name. ``checked``: when, as people write it.

    Raises Refused("pages_missing") before the web build has put Leaflet in its place.
    """
    figure = Figure()
    title = f"{town}网格检查图"
    drawing = _Offline(location=(0, 0), tiles=None, zoom_control=False, attribution_control=False, zoom_snap=0.25)
    drawing.add_to(figure)
    figure.html.add_child(_Text(_panel(survey, title, checked)))
    for text in (
        f"<title>{WORDS.from_string('{{ t }}').render(t=f'{title} {survey.source}')}</title>",
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<style>{_vendor('leaflet.css')}</style><script>{_vendor('leaflet.js')}</script>",
        f"<style>{_own('fault_map.css')}</style><script>{_own('fault_map.js')}</script>",
        f"<script>const FOUND = {_for_script(_data(survey))}</script>",
    ):
        figure.header.add_child(_Text(text))
    drawing.add_child(_Faults())  # type: ignore[no-untyped-call]
    html: str = figure.render()
    return html.replace("<html>", '<html lang="zh-CN">', 1)


class _Offline(folium.Map):
    """A folium map that fetches nothing."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []


class _Text(Element):
    """Text that stands in the page as it is. Folium's own elements take what they are given for a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Faults(MacroElement):
    """Hands the page's data to its script once the map is there. The data is not part of what folium renders."""

    _template = Template(
        "{% macro script(this, kwargs) %}showFaults({{ this._parent.get_name() }}, FOUND){% endmacro %}"
    )


def _panel(survey: Survey, title: str, checked: str) -> str:
    counted = Counter(fault.severity for fault in survey.faults)
    areas = f"{len(survey.candidates)} 个要素，{len(survey.areas)} 个片区"
    said = [f"坐标系 {survey.declared or '未声明（按经纬度）'}"]
    said += [f"文字 {survey.encoding}"] if survey.encoding else []
    summary = "、".join(f"{NAMES[kind]} {count} 处" for kind, count in Counter(f.kind for f in survey.faults).items())
    return WORDS.from_string(_own("fault_map.html")).render(
        title=title,
        about=[f"{survey.source}：{areas}", " · ".join(said), *survey.notes, f"检查于 {checked}"],
        refused=survey.refused,
        summary=summary or "没有发现问题",
        refusing=counted[Severity.REFUSE],
        warning=counted[Severity.WARN],
    )


def _data(survey: Survey) -> dict[str, Any]:
    drawable = [candidate for candidate in survey.candidates if _in_degrees(candidate.shape)]
    return {
        "grids": {"type": "FeatureCollection", "features": list(_features(drawable))},
        "areas": list(survey.areas),
        "area_names": list(_area_names(drawable)),
        "faults": [_fault(fault) for fault in survey.faults],
    }


def _features(candidates: Sequence[Candidate]) -> Iterator[dict[str, Any]]:
    shapes = np.array([candidate.shape for candidate in candidates], dtype=object)
    if shapely.get_num_coordinates(shapes).sum() > MANY_VERTICES:
        shapes = shapely.simplify(shapes, SIMPLER_BY)
    for candidate, shape in zip(candidates, shapes, strict=True):
        middle = _middle(shape)
        properties = {
            "code": candidate.code,
            "name": candidate.name,
            "area": candidate.area_code,
            "area_name": candidate.area_name,
            "middle": [round(middle.x, DECIMALS), round(middle.y, DECIMALS)],
        }
        yield {"type": "Feature", "properties": properties, "geometry": _drawn(shape)}


def _area_names(candidates: Sequence[Candidate]) -> Iterator[dict[str, Any]]:
    """Where each area's name stands on a map too small for the codes of grids; broken shapes are left out."""
    areas: dict[str, list[BaseGeometry]] = defaultdict(list)
    names = {candidate.area_code: candidate.area_name for candidate in reversed(candidates)}
    for candidate in candidates:
        if candidate.shape is not None and candidate.is_polygon and candidate.shape.is_valid:
            areas[candidate.area_code].append(candidate.shape)
    for code, shapes in areas.items():
        largest = max(shapely.get_parts(shapely.union_all(shapes)), key=lambda part: part.area)
        spot = shapely.maximum_inscribed_circle(largest, tolerance=1e-3).coords[0]
        yield {"name": names[code], "middle": [round(number, DECIMALS) for number in spot]}


def _middle(shape: BaseGeometry) -> shapely.Point:
    """A place to write the code at, for a broken ring too."""
    return shapely.centroid(shapely.envelope(shape)) if not shape.is_valid else shapely.point_on_surface(shape)


def _fault(fault: Fault) -> dict[str, Any]:
    where = fault.where if fault.where is None or _in_degrees(shapely.Point(fault.where)) else None
    shape = _drawn(fault.shape) if fault.shape is not None and _in_degrees(fault.shape) else None
    return {**fault.facts(), "name": NAMES[fault.kind], "where": where, "shape": shape}


def _drawn(shape: BaseGeometry) -> dict[str, Any]:
    drawn: dict[str, Any] = mapping(shapely.set_precision(shape, 10**-DECIMALS, mode="pointwise"))
    return drawn


def _in_degrees(shape: BaseGeometry | None) -> bool:
    if shape is None or shape.is_empty:
        return False
    west, south, east, north = shape.bounds
    return -180.0 <= west <= east <= 180.0 and -85.0 <= south <= north <= 85.0


def _for_script(value: Any) -> str:
    """JSON that cannot end the script it stands in, nor start a comment there."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _vendor(name: str) -> str:
    try:
        return (LEAFLET / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Refused("pages_missing") from None
