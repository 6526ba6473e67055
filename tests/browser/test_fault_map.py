"""The fault map: one file that opens from a disk with no network, and shows where a map must be mended."""

import json
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from grids import services as grids
from grids.files import Fields, read_geojson
from grids.rules.projection import Projection
from maps import fault_map
from tests.tilings import feature, feature_collection, tiling

FIELDS = Fields(code="code", area="area", name="name", area_name="area_name")
CELLS = tiling(6, 6, seed=4)
HOSTILE = "</script><img src=x onerror='document.title=\"0wned\"'>{{7*7}}{% endraw %}"


@pytest.fixture
def opened(visit, tmp_path):
    """``opened(survey)``: the survey's map in a browser without a network, opened from the disk; and what it asked for."""

    def open_map(survey, **device):
        path = tmp_path / "检查图.html"
        path.write_text(fault_map.page(survey, "云溪镇", "2026-11-22 18:40"), encoding="utf-8")
        page = visit(offline=True, **device)
        asked = []
        page.on("request", lambda request: asked.append(unquote(request.url)))
        page.goto(path.as_uri())
        expect(page.locator("body")).to_have_attribute("data-ready", "yes")
        return page, asked, path

    return open_map


def survey_of(data, source="网格.geojson"):
    return grids.check(read_geojson(data, source), FIELDS, 4549)


def with_faults():
    """One grid missing, one grown over its neighbours, a code used twice, a sliver of an overlap."""
    cells = {cell.code: cell for cell in CELLS if cell.code != "0101"}
    cells["0303"] = replace(cells["0303"], shape=cells["0303"].shape.buffer(0.0003, join_style="mitre"))
    told = [feature(cell) for cell in cells.values()]
    told.append(feature(cells["0500"]))
    ring = [[121.0601, 31.5400], [121.0605, 31.5400], [121.0605, 31.540004], [121.0601, 31.540004], [121.0601, 31.5400]]
    told.append(
        {
            "type": "Feature",
            "properties": {"code": "缝", "area": "P0"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
    )
    return json.dumps({"type": "FeatureCollection", "features": told}).encode()


def test_the_page_asks_for_nothing_but_itself(opened):
    page, asked, path = opened(survey_of(with_faults()))
    page.mouse.wheel(0, -400)
    page.locator("#faults button").nth(2).click()
    page.get_by_role("button", name="放大").click()
    assert asked == [unquote(path.as_uri())]
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy.startswith("default-src 'none'")


def test_faults_are_listed_beside_the_map_and_a_click_goes_there(opened):
    page, _, _ = opened(survey_of(with_faults()))
    expect(page.get_by_role("heading", name="云溪镇网格检查图")).to_be_visible()
    expect(page.get_by_text("没有通过检查，不能导入")).to_be_visible()
    rows = page.locator("#faults button")
    gap = rows.filter(has_text="之间有缺口")
    before = page.locator(".leaflet-control-scale-line").inner_text()
    gap.click()
    expect(gap).to_have_attribute("aria-current", "true")
    expect(page.locator(".pin.chosen")).to_have_count(1)
    expect(page.locator("path.ground.chosen")).to_have_count(1)
    assert page.locator(".leaflet-control-scale-line").inner_text() != before
    rows.first.click()
    expect(page.locator(".pin.chosen")).to_have_count(0)


def test_a_pin_on_the_map_shows_its_line_in_the_list(opened):
    page, _, _ = opened(survey_of(with_faults()))
    number = page.locator(".pin").last.inner_text()
    page.locator(".pin").last.dispatch_event("click")
    expect(page.locator("#faults button[aria-current=true] .mark")).to_have_text(number)


def test_what_must_be_mended_differs_from_what_is_worth_a_look_by_shape_too(opened):
    page, _, _ = opened(survey_of(with_faults()))
    corners = [
        page.locator(f".pin .mark.{severity}").first.evaluate("mark => getComputedStyle(mark).borderRadius")
        for severity in ("refuse", "warn")
    ]
    assert corners == ["3px", "50%"]
    dashes = [
        page.locator(f"path.ground.{severity}").first.evaluate("path => getComputedStyle(path).strokeDasharray")
        for severity in ("refuse", "warn")
    ]
    assert dashes[0] == "none"
    assert dashes[1] != "none"
    for words in ("必须改：改好才能导入", "请留意：可以导入", "必须改的地面", "请留意的地面", "网格，同色同片区", "北"):
        expect(page.locator(".board").get_by_text(words)).to_be_visible()


def test_either_kind_can_be_hidden(opened):
    page, _, _ = opened(survey_of(with_faults()))
    page.get_by_label("必须改").uncheck()
    expect(page.locator(".pin .mark.refuse")).to_have_count(0)
    expect(page.locator("#faults li:visible .mark.refuse")).to_have_count(0)
    expect(page.locator("#faults li:visible .mark.warn").first).to_be_visible()
    page.get_by_label("必须改").check()
    expect(page.locator(".pin .mark.refuse").first).to_be_visible()


def test_names_from_a_file_stay_words(opened):
    told = [feature(cell) for cell in CELLS]
    told[0]["properties"]["name"] = told[0]["properties"]["area_name"] = HOSTILE
    told.append({**told[1], "properties": {**told[1]["properties"], "code": HOSTILE[:38]}})
    data = json.dumps({"type": "FeatureCollection", "features": told}).encode()
    page, _, _ = opened(survey_of(data, source="{{ 7*7 }}{% endraw %}<b>.geojson"))
    assert "{{ 7*7 }}{% endraw %}<b>.geojson" in page.locator(".about").first.inner_text()
    assert page.locator("#panel img").count() == page.locator("#panel .about b").count() == 0
    assert "</script><img" in page.locator("#faults").inner_text()
    assert page.title() == "云溪镇网格检查图 {{ 7*7 }}{% endraw %}<b>.geojson"


def test_a_map_that_is_not_in_degrees_says_why_nothing_is_drawn(opened):
    flat = Projection(4549).flatten(np.array([cell.shape for cell in CELLS]))
    page, _, _ = opened(survey_of(feature_collection([replace(c, shape=s) for c, s in zip(CELLS, flat, strict=True)])))
    expect(page.get_by_text("坐标不是经纬度，画不出图")).to_be_visible()
    expect(page.locator("#faults button")).to_contain_text("以米为单位的投影坐标")


def test_a_sound_map_is_said_to_be_sound(opened):
    page, _, _ = opened(survey_of(feature_collection(CELLS)))
    expect(page.get_by_text("通过检查，可以导入")).to_be_visible()
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator(".code span").first).to_be_visible()


def test_lines_and_points_are_drawn_where_they_lie(opened):
    told = [feature(cell) for cell in CELLS]
    told[3]["geometry"] = shapely.geometry.mapping(shapely.LineString(CELLS[3].shape.exterior))
    told[4]["geometry"] = shapely.geometry.mapping(CELLS[4].shape.centroid)
    page, _, _ = opened(survey_of(json.dumps({"type": "FeatureCollection", "features": told}).encode()))
    expect(page.locator("path.ground.line")).to_have_count(1)
    expect(page.locator("#faults button").filter(has_text="不是面")).to_have_count(2)


def test_paper_shows_the_whole_map_and_then_the_list(opened):
    page, _, _ = opened(survey_of(with_faults()))
    page.locator("#faults button").last.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    drawn, listed = page.locator(".folium-map").bounding_box(), page.locator("#faults").bounding_box()
    assert (drawn["width"], drawn["height"]) == (1000, 520)
    assert listed["y"] >= drawn["y"] + drawn["height"]
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_nothing_is_wider_than_the_screen(opened, width):
    page, _, _ = opened(survey_of(with_faults()), viewport={"width": width, "height": 768})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boards = [page.locator(place).bounding_box() for place in (".legend", ".leaflet-control-scale")]
    assert boards[0]["x"] + boards[0]["width"] <= boards[1]["x"]
