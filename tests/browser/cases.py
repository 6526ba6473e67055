"""Penalty cases on the desk, and what hands do there."""

import datetime as dt
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from town import clock

ZONE = ZoneInfo("Asia/Shanghai")


def rows(page: Page) -> Locator:
    """The cases of the list that is open."""
    return page.get_by_role("main").get_by_role("listitem")


def open_first(page: Page) -> Locator:
    """The case on top of the list, opened; gives back its page."""
    rows(page).first.get_by_role("button").click()
    opened = page.get_by_role("main")
    expect(opened.get_by_role("region", name="现在可以做")).to_be_visible()
    return opened


def begin(opened: Locator, act: str) -> Locator:
    """The form of an act."""
    opened.get_by_role("button", name=act).first.click()
    form = opened.get_by_role("form")
    expect(form.get_by_role("heading", name=act)).to_be_focused()
    return form


def send(opened: Locator, act: str) -> None:
    """Send a form; it is done when the page says so."""
    opened.get_by_role("button", name=f"提交：{act}").click()
    expect(opened.get_by_text(f"已提交：{act}")).to_be_visible()


def choose(form: Locator, field: str, *answers: str) -> None:
    """Tick answers in a group."""
    for answer in answers:
        form.get_by_role("group", name=field).get_by_label(answer).check()


def set_moment(form: Locator, field: str, hours_ago: float) -> None:
    """A moment, as it is typed in the town's clock."""
    at = clock.now().astimezone(ZONE) - dt.timedelta(hours=hours_ago)
    box = form.get_by_label(field)
    box.fill(f"{at:%Y-%m-%d %H:%M}")
    box.press("Enter")


def inspect(opened: Locator, findings: str) -> None:
    """现场检查, filled in and not yet sent."""
    form = begin(opened, "现场检查")
    set_moment(form, "开始时间", 0.5)
    set_moment(form, "结束时间", 0.2)
    form.get_by_label("地点").fill("人民路 88 号门前")
    choose(form, "已出示执法证件", "是")
    choose(form, "已告知申请回避的权利", "是")
    form.get_by_label("检查情况").fill(findings)
    choose(form, "签字情况", "已签字")


def tab(opened: Locator, name: str) -> None:
    """Another part of what the case holds."""
    opened.get_by_role("navigation", name="案件内容").get_by_role("button", name=name).click()
