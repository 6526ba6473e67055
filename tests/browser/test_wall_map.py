"""What the wall's map tells: how loaded the grids are, where the squads are, what alarms, on every screen."""

import datetime as dt
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser import bad_day, day, looks, walls
from tests.browser.walls import FULL_HD, PHONE, panel, squads
from tests.faults.clients import Caller
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, PASSWORD
from tests.ground.databases import on_sqlite
from tests.ground.lists import GAS_LEAK
from tests.ground.processes import until
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, ON_THE_BORDER
from town import clock, devices, positions
from town.database import Database
from town.people import Device

pytestmark = on_sqlite
ON_A_BAD_DAY = 160


def open_wall(page: Page, address: str) -> Page:
    """The wall before 陈静, live and with its map drawn."""
    page.goto(address)
    walls.sign_in(page, PASSWORD)
    expect(walls.line(page)).to_have_text("实时")
    page.locator(".map-name").first.wait_for(state="attached")
    return page


@pytest.fixture
def wall(web, visit) -> Page:
    return open_wall(visit(**FULL_HD), day.at(web, "/wall"))


def move(database: Database, code: str, place: Mapping[str, float], minutes_ago: float = 0) -> None:
    """A tablet told where it is."""
    with database.write() as session:
        device = session.query(Device).filter_by(code=code).one()
        at = clock.now() - dt.timedelta(minutes=minutes_ago)
        positions.report(session, device.id, at, place["lon"], place["lat"], 8.0)


def from_the_left(page: Page, shield: int = 0) -> float:
    box = squads(page).nth(shield).locator("svg").bounding_box()
    assert box
    return float(box["x"])


def test_a_squad_that_moves_is_seen_where_it_is(mapped, wall):
    with mapped.write() as session:
        devices.add(session, "CZ", "cz-1", clock.now())
    expect(squads(wall)).to_have_count(0)
    move(mapped, "cz-1", IN_THE_MIDDLE_OF_INNER)
    expect(squads(wall)).to_have_attribute("title", "城中片区中队 cz-1，刚刚在这里")
    before = from_the_left(wall)
    move(mapped, "cz-1", IN_THE_MIDDLE_OF_EAST)
    until(lambda: from_the_left(wall) > before + 100, "the shield to stand in the other area")
    expect(panel(wall, "网格与工单")).to_contain_text("只留最后位置，不记轨迹")


def test_a_squad_that_is_silent_fades_after_five_minutes_and_is_gone_after_thirty(mapped, web, visit):
    with mapped.write() as session:
        for code in ("cz-1", "cz-2", "cz-3"):
            devices.add(session, "CZ", code, clock.now())
    move(mapped, "cz-1", IN_THE_MIDDLE_OF_INNER, minutes_ago=1)
    move(mapped, "cz-2", IN_THE_MIDDLE_OF_EAST, minutes_ago=6)
    move(mapped, "cz-3", ON_THE_BORDER, minutes_ago=31)
    page = open_wall(visit(**FULL_HD), day.at(web, "/wall"))
    expect(squads(page)).to_have_count(2)
    expect(squads(page).first).to_have_class("squad-mark")
    expect(squads(page).last).to_have_class("squad-mark faded")
    expect(squads(page).last).to_have_text(re.compile("^[67] 分$"))


def test_an_emergency_stands_on_top_until_somebody_has_taken_it_up(listed, wall, anybody):
    expect(panel(wall, "告警")).to_have_count(0)
    day.report(anybody, category=GAS_LEAK)
    band = panel(wall, "告警")
    expect(band).to_contain_text("1 件要马上处理")
    expect(band).to_contain_text("燃气泄漏")
    band.get_by_role("button").click()
    expect(wall.locator(".order-card")).to_contain_text("指挥中心要马上看")
    desk, leader = anybody.signed_in(CHEN_JING), anybody.signed_in(LIN_XIAOFENG)
    order = day.step(desk, day.newest_order(desk), "dispatch", squad="CZ", words="先去现场疏散")
    day.step(leader, order, "accept")
    expect(panel(wall, "告警")).to_have_count(0)


def test_the_areas_say_what_the_service_counts_in_their_grids(demo_town, demo_web, visit):
    bad_day.come(demo_town, ON_A_BAD_DAY, clock.now())
    page = open_demo(visit(**FULL_HD), day.at(demo_web, "/wall"))
    counted: dict[str, list[int]] = {}
    desk = as_the_wall(page, demo_web.port)
    areas = {one["properties"]["code"]: one["properties"]["area_name"] for one in grids(desk)}
    for load in desk.insist("GET", "/api/v1/map/load")["grids"]:
        so_far = counted.get(areas[load["grid"]], [0, 0])
        counted[areas[load["grid"]]] = [so_far[0] + load["open"], so_far[1] + load["late"]]
    for area, numbers in counted.items():
        row = page.locator(".area-list .row").filter(has=page.get_by_text(area, exact=True))
        assert row.locator(":scope > b").all_inner_texts() == [str(number) for number in numbers]


def grids(desk: Caller) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = desk.insist("GET", "/api/v1/map/grids")["features"]
    return found


def as_the_wall(page: Page, port: int) -> Caller:
    """Somebody who asks with the wall's own session."""
    token = page.evaluate("() => JSON.parse(sessionStorage.getItem('wangge.wall.session')).token")
    return Caller(port, f"Bearer {token}")


def open_demo(page: Page, address: str) -> Page:
    """The demo town's wall, through the demo's own door."""
    page.goto(address)
    page.get_by_role("button", name="演示进入").click()
    expect(walls.line(page)).to_have_text("实时")
    page.locator(".map-name").first.wait_for(state="attached")
    return page


def test_a_bad_day_can_be_read_on_every_screen(demo_town, demo_web, visit):
    bad_day.come(demo_town, ON_A_BAD_DAY, clock.now())
    found: list[str] = []
    for size in (*looks.SCREENS, PHONE):
        page = open_demo(visit(**looks.device(size)), day.at(demo_web, "/wall"))
        expect(panel(page, "告警")).to_contain_text("4 件要马上处理")
        expect(squads(page).first).to_be_attached()
        found += looks.faults(page, on_phones=size == PHONE)
        assert walls.names_over_each_other(page) == 0
        looks.photograph(page, "wall-bad-day")
        page.get_by_role("radio", name="按片区").click()
        looks.photograph(page, "wall-bad-day-by-area")
    assert found == []


def test_an_open_card_covers_the_lists_and_leaves_the_map_as_it_was(demo_town, demo_web, visit):
    bad_day.come(demo_town, 40, clock.now())
    page = open_demo(visit(viewport={"width": 1366, "height": 768}), day.at(demo_web, "/wall"))
    canvas = page.get_by_role("application")
    before = canvas.bounding_box(), page.locator(".map-name").first.bounding_box()
    panel(page, "时限").get_by_role("button").first.click()
    expect(page.get_by_text("为什么这样派")).to_be_visible()
    assert (canvas.bounding_box(), page.locator(".map-name").first.bounding_box()) == before
    card, lists = page.locator(".order-card").bounding_box(), panel(page, "时限").bounding_box()
    assert card
    assert lists
    assert abs(card["x"] - lists["x"]) < 2
    assert looks.faults(page, on_phones=False) == []
    looks.photograph(page, "wall-card")


def test_whoever_comes_closer_reads_more_names_and_none_lies_over_another(demo_web, visit):
    page = open_demo(visit(**FULL_HD), day.at(demo_web, "/wall"))
    seen = {len(walls.names(page))}
    for _ in range(3):
        assert walls.names_over_each_other(page) == 0
        page.get_by_role("button", name="放大").click()
        page.wait_for_timeout(600)
        seen.add(len(walls.names(page)))
    assert len(seen) > 1
    page.get_by_role("button", name="看全镇").click()
    expect(page.get_by_role("button", name="看全镇")).to_have_count(0)


def test_lists_show_whole_rows_only(demo_town, demo_web, visit):
    bad_day.come(demo_town, ON_A_BAD_DAY, clock.now())
    for size in looks.SCREENS:
        page = open_demo(visit(**looks.device(size)), day.at(demo_web, "/wall"))
        for name in ("时限", "最新变化"):
            body = panel(page, name).locator(".body").bounding_box()
            last = panel(page, name).get_by_role("listitem").last.bounding_box()
            assert body
            assert last
            assert last["y"] + last["height"] <= body["y"] + body["height"] + 1
        panel(page, "时限").get_by_role("button", name="点开看").click()
        expect(panel(page, "时限").get_by_role("button", name="收起")).to_be_attached()
