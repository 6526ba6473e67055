"""Every page on every screen: it fits, it can be read, it can be hit with a thumb, and it asks nobody else.

The pictures lie in ``build/pictures``, to be looked at.
"""

import pytest
from playwright.sync_api import Page, expect

from service import demo
from service.demo import people
from tests.browser import crowd, day, looks, phone
from tests.browser.looks import PHONES, SCREENS, SIZES
from tests.ground.databases import on_sqlite
from town import clock

pytestmark = on_sqlite
EMERGENCY = tuple(f"拨打 {number}" for number in (119, 110, 120))


class Tour:
    """Goes from page to page and from screen to screen, and writes down what is not as it should be."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def look(self, page: Page, name: str, *at_once: str, on_phones: bool = True) -> None:
        """Measure the page, and keep a picture of it."""
        found = looks.faults(page, on_phones=on_phones, at_once=at_once)
        file = looks.photograph(page, name)
        self.faults += [f"{file}: {fault}" for fault in found]

    def end(self) -> None:
        """It must have found nothing."""
        assert not self.faults, "\n".join(self.faults)


@pytest.fixture
def tour() -> Tour:
    return Tour()


def who_runs_it(page: Page) -> None:
    """运营者、备案号、投诉与建议, as the filing rules want them on every page."""
    foot = page.get_by_role("contentinfo")
    expect(foot).to_contain_text("云川县数据局 运营")
    expect(foot).to_contain_text("备案号 云政移备 26-0137")
    expect(foot.get_by_role("link", name="投诉与建议")).to_have_attribute("href", demo.TOWN.complaints_url)


def test_the_front_page(demo_web, visit, tour):
    for size in SIZES:
        page = visit(**looks.device(size))
        heard = looks.listen(page.context, day.at(demo_web, "/"))
        page.goto(day.at(demo_web, "/"))
        who_runs_it(page)
        expect(page.get_by_text(people.PASSWORD).first).to_be_attached()
        tour.look(page, "home", "我要举报")
        assert heard == []
    tour.end()


def test_the_pages_of_a_citizen(demo_web, visit, tour):
    for size in SIZES:
        page = visit(**looks.device(size))
        heard = looks.listen(page.context, day.at(demo_web, "/"))
        phone.open_form(page, demo_web)
        who_runs_it(page)
        tour.look(page, "citizen", "发出举报", "查进度", "用手机定位", *EMERGENCY)
        page.get_by_role("application").click()
        page.get_by_role("button", name="占道经营").click()
        page.get_by_label("说说情况").fill(day.WORDS)
        page.locator("input[type=file]").last.set_input_files(phone.photo())
        page.get_by_role("switch").click()
        tour.look(page, "citizen-filled", "发出举报")
        phone.send_button(page).click()
        phone.read_receipt(page)
        expect(page.get_by_text("都已送达")).to_be_visible()
        tour.look(page, "receipt", "复制", "存成图片")
        page.get_by_role("button", name="查看进度").click()
        expect(page.get_by_role("img", name="照片 1")).to_be_attached()
        who_runs_it(page)
        tour.look(page, "progress", "刷新")
        lookup = page.context.new_page()
        lookup.goto(day.at(demo_web, "/citizen#progress"))
        expect(lookup.get_by_role("button", name="查看进度")).to_be_visible()
        who_runs_it(lookup)
        tour.look(lookup, "lookup", "查看进度")
        assert heard == []
    tour.end()


def test_the_answer_and_its_rating(web, anybody, worker, visit, tour):
    code = day.report(anybody)["receipt"]
    day.go_the_whole_way(anybody, code)
    for size in PHONES:
        page = visit(**looks.device(size))
        page.goto(day.at(web, "/citizen#progress"))
        phone.look_up(page, code)
        expect(page.get_by_text(day.ANSWER)).to_be_visible()
        tour.look(page, "answer", "刷新")
        page.get_by_role("button", name="提交评价").scroll_into_view_if_needed()
        tour.look(page, "rating", "提交评价")
    tour.end()


def test_a_phone_when_things_go_wrong(demo_web, visit, tour):
    for size in PHONES:
        page = visit(**looks.device(size))
        phone.open_form(page, demo_web)
        phone.send_button(page).click()
        expect(page.get_by_role("alert")).to_be_in_viewport()
        tour.look(page, "missing", "发出举报")
        page.get_by_role("application").click()
        page.get_by_role("button", name="占道经营").click()
        page.locator("input[type=file]").last.set_input_files(phone.broken_photo())
        page.context.set_offline(True)
        phone.send_button(page).click()
        expect(page.get_by_role("alert")).to_contain_text(phone.UNDELIVERED)
        tour.look(page, "undelivered", "再试一次")
        page.context.set_offline(False)
        phone.send_button(page).click()
        expect(page.get_by_text("没送到")).to_be_visible()
        tour.look(page, "photo-stopped", "重试")
        page.go_back()
        page.get_by_role("button", name="查进度").click()
        phone.look_up(page, "0000")
        expect(page.get_by_role("alert")).to_be_visible()
        tour.look(page, "slip", "查看进度")
    tour.end()


def open_wall(page: Page) -> None:
    """Through the demo's door, until the map and the lists stand."""
    page.get_by_role("button", name="演示进入").click()
    expect(page.locator("header").get_by_role("status")).to_have_text("实时")
    page.locator(".map-name").first.wait_for(state="attached")


def test_the_wall_on_a_calm_day(demo_town, demo_web, visit, tour):
    crowd.report(demo_town, 12, clock.now())
    for size in SIZES:
        page = visit(**looks.device(size))
        heard = looks.listen(page.context, day.at(demo_web, "/"))
        page.goto(day.at(demo_web, "/wall"))
        who_runs_it(page)
        tour.look(page, "wall-door", "账号", "密码", "登录", "演示进入", on_phones=False)
        open_wall(page)
        who_runs_it(page)
        tour.look(page, "wall-calm", "退出", on_phones=False)
        assert heard == []
    tour.end()


def test_the_wall_with_200_open_orders_and_the_longest_names(demo_town, start_web, visit, tour):
    crowd.rename(demo_town, clock.now())
    crowd.report(demo_town, 200, clock.now())
    web = start_web(WANGGE_DEMO="1")
    for size in SCREENS:
        page = visit(**looks.device(size))
        page.goto(day.at(web, "/wall"))
        tour.look(page, "crowded-wall-door", "账号", "密码", "登录", on_phones=False)
        open_wall(page)
        expect(page.get_by_text("办理中 200 件")).to_be_visible()
        expect(page.get_by_text("今天还没有工单")).to_have_count(0)
        tour.look(page, "crowded-wall", "退出", on_phones=False)
        page.get_by_role("region", name="时限", exact=True).get_by_role("button").first.click()
        expect(page.get_by_text("为什么这样派")).to_be_visible()
        tour.look(page, "crowded-wall-card", "关上", on_phones=False)
    tour.end()


def test_a_phone_in_a_town_with_the_longest_names(demo_town, start_web, visit, tour):
    crowd.rename(demo_town, clock.now())
    web = start_web(WANGGE_DEMO="1")
    for size in PHONES:
        page = visit(**looks.device(size))
        page.goto(day.at(web, "/"))
        expect(page.get_by_role("contentinfo")).to_contain_text(crowd.LONG)
        tour.look(page, "long-home")
        phone.open_form(page, web)
        tour.look(page, "long-citizen", "发出举报", "查进度", *EMERGENCY)
        page.get_by_role("application").click()
        page.get_by_role("button", name="占道经营").click()
        tour.look(page, "long-citizen-filled", "发出举报")
        phone.send_button(page).click()
        phone.read_receipt(page)
        tour.look(page, "long-receipt")
        page.get_by_role("button", name="查看进度").click()
        expect(page.get_by_text("我报的情况")).to_be_attached()
        tour.look(page, "long-progress")
    tour.end()
