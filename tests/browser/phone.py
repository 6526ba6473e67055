"""A citizen's phone, and what a thumb does on the page for reporting."""

import re
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.day import WORDS, at
from tests.faults.stage import Web
from tests.photographs import jpeg

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
RECEIPT = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-\s?){6}[0-9A-HJKMNP-TV-Z]{4}")
"""Seven groups of four on two lines, in letters and digits that nobody takes for one another."""

UNDELIVERED = "还没送达，没有查询码，不算已举报"


def photo(name: str = "现场.jpg", content: bytes | None = None) -> dict[str, Any]:
    """A file as the phone's camera hands it to the page."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or jpeg(1200, 900)}


def broken_photo() -> dict[str, Any]:
    """A file that calls itself a photo and is none."""
    return photo("坏的.jpg", b"\xff\xd8\xff\xe0 not a photo after all")


def open_form(page: Page, web: Web) -> None:
    """The form, with its map drawn."""
    page.goto(at(web, "/citizen"))
    page.locator(".map-name").first.wait_for(state="attached")


def choose_place(page: Page) -> None:
    """A tap on the left half of the map, which is 城中片区 in the tests' own town."""
    the_map = page.get_by_role("application")
    box = the_map.bounding_box()
    assert box
    the_map.tap(position={"x": box["width"] * 0.3, "y": box["height"] * 0.5})


def fill_in(page: Page, words: str = WORDS) -> None:
    """A place, a category and the words."""
    choose_place(page)
    page.get_by_role("button", name="占道经营").tap()
    page.get_by_label("说说情况").fill(words)


def send_button(page: Page) -> Locator:
    """The one large button, whatever it says just now."""
    return page.get_by_role("button", name=re.compile("发出举报|再试一次"))


def read_receipt(page: Page) -> str:
    """查询码 as it stands on the page."""
    code = page.get_by_text(RECEIPT).first
    code.wait_for()
    return "".join(code.inner_text().split())


def look_up(page: Page, typed: str) -> None:
    """查进度 with what somebody typed."""
    page.get_by_label("查询码", exact=True).fill(typed)
    page.get_by_role("button", name="查看进度").click()
