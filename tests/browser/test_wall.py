"""The wall: live, honest about its age, and well again by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import day, looks
from tests.browser.walls import FULL_HD, PHONE, count, line, panel, sign_in
from tests.faults.clients import Caller
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, PASSWORD
from tests.ground.databases import on_postgresql, on_sqlite
from tests.ground.web import ON_THE_BORDER
from town import clock

COUNTED_AS = {"已签收": "已派出"}
"""Signing for an order is no stage of its own across a room."""


@pytest.fixture
def wall(web, visit) -> Page:
    """The wall before 陈静, who has just signed in."""
    page = visit(**FULL_HD)
    page.goto(day.at(web, "/wall"))
    sign_in(page, PASSWORD)
    expect(line(page)).to_have_text("实时")
    return page


def changes(page: Page):
    return panel(page, "最新变化").get_by_role("listitem")


def codes(page: Page) -> list[str]:
    """The code of every order in 最新变化, read from the card that a click opens."""
    return sorted(_code(page, row) for row in range(changes(page).count()))


def _code(page: Page, row: int) -> str:
    changes(page).nth(row).get_by_role("button").click()
    code = page.locator(".order-card").get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text()
    page.keyboard.press("Escape")
    return code


def is_the_same_page(page: Page) -> bool:
    """True while it has not been loaded anew since ``mark``."""
    return bool(page.evaluate("() => window.marked === true"))


def mark(page: Page) -> None:
    page.evaluate("() => { window.marked = true }")


@on_sqlite
def test_a_wrong_password_says_so_and_opens_nothing(web, visit):
    page = visit(**FULL_HD)
    page.goto(day.at(web, "/wall"))
    sign_in(page, "not-this-one")
    expect(page.get_by_role("alert")).to_contain_text("请核对后再试")
    expect(panel(page, "工单")).to_have_count(0)
    sign_in(page, PASSWORD)
    expect(panel(page, "工单")).to_be_visible()


@on_postgresql
def test_a_report_is_on_the_wall_at_once_and_moves_there_as_the_squad_moves(wall, worker, anybody, record_property):
    mark(wall)
    expect(count(wall, "已派出")).to_have_text("0")
    begun = clock.elapsed()
    day.report(anybody, category="09006")
    expect(count(wall, "已派出")).to_have_text("1")
    record_property("seconds_from_report_to_wall", round(clock.elapsed() - begun, 2))
    day.report(anybody, place=ON_THE_BORDER)
    expect(count(wall, "待研判")).to_have_text("1")
    expect(panel(wall, "工单")).to_contain_text("办理中 2 件")

    order = day.newest_order(anybody.signed_in(LIN_XIAOFENG))
    mine = changes(wall).filter(has_text="占道经营")
    for person, action, facts, state in day.WHOLE_WAY:
        order = day.step(anybody.signed_in(person), order, action, **facts)
        expect(mine).to_contain_text("已整改" if state == "已办结" else state)
        expect(count(wall, COUNTED_AS.get(state, state))).to_have_text("1")
    expect(panel(wall, "工单")).to_contain_text("办理中 1 件")

    mine.get_by_role("button").click()
    expect(wall.locator(".order-card")).to_contain_text("已答复")
    expect(wall.locator(".order-card")).to_contain_text("城中片区一号网格")
    assert is_the_same_page(wall)


@on_sqlite
def test_a_wall_whose_service_was_killed_says_how_old_it_is_and_is_well_again_by_itself(web, visit, anybody):
    for _ in range(3):
        day.report(anybody)
    page = visit(**FULL_HD)
    page.clock.install()
    page.goto(day.at(web, "/wall"))
    sign_in(page, PASSWORD)
    expect(count(page, "已派出")).to_have_text("3")
    mark(page)

    web.kill()
    expect(line(page)).to_have_text("连接中断，正在自动重连")
    page.clock.fast_forward(20_000)
    expect(page.locator("section.panel.grey")).to_have_count(4)
    expect(panel(page, "工单")).to_contain_text(re.compile("数据截至 .* 秒前"))
    looks.photograph(page, "wall-grey")
    page.clock.fast_forward(60_000)
    expect(page.get_by_text(re.compile("已过时 · 截至 .*前"))).to_have_count(4)
    looks.photograph(page, "wall-red")
    expect(count(page, "已派出")).to_have_text("3")

    web.start()
    for _ in range(2):
        day.report(anybody)
    leader = anybody.signed_in(LIN_XIAOFENG)
    day.step(leader, day.newest_order(leader), "accept")
    expect(line(page)).to_have_text("实时")
    expect(page.locator("section.panel.fresh")).to_have_count(4)
    expect(count(page, "已派出")).to_have_text("5")
    expect(panel(page, "工单")).to_contain_text("签收 1")
    expect(changes(page)).to_have_count(5)
    known = anybody.signed_in(CHEN_JING).insist("GET", "/api/v1/map/orders")
    assert codes(page) == sorted(order[known["columns"].index("code")] for order in known["orders"])
    assert is_the_same_page(page)


@on_sqlite
def test_a_session_that_was_ended_leads_back_to_the_door(wall, web):
    token = wall.evaluate("() => JSON.parse(sessionStorage.getItem('wangge.wall.session')).token")
    Caller(web.port, f"Bearer {token}").insist("DELETE", "/api/v1/sessions/current")
    expect(wall.get_by_role("alert")).to_have_text("登录已到期，请重新登录。")
    expect(panel(wall, "工单")).to_have_count(0)
    wall.reload()
    expect(wall.get_by_label("密码")).to_be_visible()


@on_sqlite
def test_on_an_empty_day_the_wall_says_that_nothing_is_there(wall):
    expect(panel(wall, "最新变化")).to_contain_text("今天还没有工单")
    expect(panel(wall, "时限")).to_contain_text("没有超时或快到时限的工单")
    for number in panel(wall, "工单").get_by_role("listitem").locator("b").all():
        expect(number).to_have_text("0")
    for size in (*looks.SCREENS, PHONE):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        assert looks.faults(wall, on_phones=size == PHONE) == []
        looks.photograph(wall, "wall-empty")
