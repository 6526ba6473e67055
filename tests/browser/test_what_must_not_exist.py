"""No check-in, no points, no ranking, no online time (防止「指尖上的形式主义」): not as a page, not as an address."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from service.pages import DIST
from tests.browser import day, looks, phone
from tests.browser.phone import PHONE
from tests.ground.databases import on_sqlite

WORDS = re.compile("打卡|签到|积分|得分|排名|排行|在线时长")
DISOWNED = re.compile("不(?:打卡|积分|排名|计在线时长)")
"""The front page says that they are not there."""
NAMES = re.compile(r"check_?in|punch|attendance|score|points|rank|leader_?board|online|heartbeat", re.IGNORECASE)


def names(described: Any) -> Iterator[str]:
    """Every address, parameter, field and choice that an OpenAPI description offers."""
    match described:
        case dict():
            for key, value in described.items():
                yield from (key, *names(value))
        case list():
            for value in described:
                yield from names(value)
        case str() if " " not in described:
            yield described


def offered(page: Page) -> list[str]:
    """The name of everything that can be pressed, filled in or followed."""
    return [target["name"] for target in page.evaluate(looks.MEASURE)["targets"]]


@on_sqlite
def test_no_address_and_no_field_counts_people(anybody):
    described = anybody.insist("GET", "/openapi.json")
    found = list(names({"paths": described["paths"], "components": described["components"]}))
    assert "/api/v1/reports" in found
    assert [name for name in found if NAMES.search(name)] == []


@on_sqlite
def test_nothing_on_any_page_can_be_pressed_to_be_counted(demo_web, visit):
    page = visit(**PHONE)
    seen = []
    page.goto(day.at(demo_web, "/"))
    expect(page.get_by_text("不打卡，不积分，不排名，不计在线时长")).to_be_visible()
    seen += offered(page)
    phone.open_form(page, demo_web)
    seen += offered(page)
    phone.fill_in(page)
    phone.send_button(page).tap()
    phone.read_receipt(page)
    seen += offered(page)
    page.get_by_role("button", name="查看进度").tap()
    expect(page.get_by_text("经过")).to_be_visible()
    seen += offered(page)
    wall = visit()
    wall.goto(day.at(demo_web, "/wall"))
    seen += offered(wall)
    wall.get_by_role("button", name="演示进入").click()
    wall.get_by_role("region", name="最新变化", exact=True).get_by_role("button").first.click()
    seen += offered(wall)
    assert len(seen) > 30
    assert [name for name in seen if WORDS.search(name)] == []


def test_the_built_pages_name_them_only_to_disown_them():
    built = [path for path in DIST.rglob("*") if path.suffix in {".html", ".js", ".css"}]
    said = "".join(path.read_text() for path in built)
    assert DISOWNED.search(said)
    assert WORDS.findall(DISOWNED.sub("", said)) == []
