"""督办, 指标 and the card of a clock on every screen they stand on: they fit, they can be read, on empty days and on bad ones."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from enforcement.models import EventType
from grids.models import Area, Grid
from tests.browser import crowd, day, desk, looks
from tests.browser.late import Late
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, ZHENG_YAN, Cast
from tests.ground.databases import on_sqlite
from tests.ground.lists import STALLS
from town import clock
from town.database import Database
from town.partners import Partner
from town.people import Squad

pytestmark = on_sqlite
SIZES = ((390, 844), (1366, 768), (1920, 1080))
WATCHED = ("我的通知", "预警", "督办单", "协办", "核对")
COUNTED = ("指标", "考核", "剔除")


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    return start_web()


@pytest.fixture
def late(listed: Database, cast: Cast) -> Late:
    return Late(listed, cast)


def lengthen(database: Database) -> None:
    """Give everything names that no screen was drawn for."""
    with database.write() as session:
        for named in (Squad, Partner, Area, Grid, EventType):
            session.execute(update(named).values(name=crowd.LONG + named.name))


def faults(page: Page, name: str) -> list[str]:
    found = looks.faults(page, on_phones=False)
    file = looks.photograph(page, name)
    return [f"{file}: {fault}" for fault in found]


def faults_of_dialog(page: Page, name: str) -> list[str]:
    """The same for what lies over the page on purpose."""
    return [fault for fault in faults(page, name) if "one over the other" not in fault]


def tour(page: Page, name: str) -> list[str]:
    """Every part of what is watched and counted, as it stands."""
    found = []
    for view, parts in (("督办", WATCHED), ("指标考核", COUNTED)):
        desk.go_to(page, view)
        for part in parts:
            page.get_by_role("navigation", name=view, exact=True).get_by_role("button", name=part).click()
            expect(page.get_by_role("main").get_by_text("正在取…")).to_have_count(0)
            found += faults(page, f"{name}-{part}")
    return found


def a_bad_day(late: Late, anybody: Caller) -> None:
    """Three orders nobody signed for, one put aside, one for which more time is asked and another squad called."""
    for hours in (3, 5, 9):
        late.forgotten(dt.timedelta(hours=hours))
    for _ in range(2):
        day.report(anybody, category=STALLS, words=crowd.LONG * 2)
        his = anybody.signed_in(LIN_XIAOFENG)
        order = day.newest_order(his)
        for action in ("accept", "arrive"):
            order = day.step(his, order, action)
    his.insist("POST", f"/api/v1/orders/{order['id']}/joint", {"squads": ["CD"], "words": crowd.LONG * 3})
    order = his.insist("GET", f"/api/v1/orders/{order['id']}")
    day.step(his, order, "ask_extension", clock="handle", amount=2, ground="complex", words=crowd.LONG * 3)
    first = anybody.signed_in(CHEN_JING).insist("GET", "/api/v1/orders?state=on_site")["orders"][-1]
    until = f"{clock.now() + dt.timedelta(days=30):%Y-%m-%d}"
    facts = {"ground": "weather", "until": until, "words": crowd.LONG * 3}
    day.step(anybody.signed_in(CHEN_JING), first, "suspend", **facts)


def test_an_empty_day(web, visit):
    found = []
    for size in SIZES:
        page = visit(**looks.device(size))
        heard = looks.listen(page.context, day.at(web, "/"))
        desk.sit_down(page, web, ZHENG_YAN)
        found += tour(page, "watching-empty")
        assert heard == []
    assert not found, "\n".join(found)


def test_a_bad_day_with_the_longest_names(listed, late, web, anybody, visit):
    a_bad_day(late, anybody)
    lengthen(listed)
    found = []
    for size in SIZES:
        page = desk.sit_down(visit(**looks.device(size)), web, ZHENG_YAN)
        found += tour(page, "watching-bad-day")
        desk.go_to(page, "督办")
        page.get_by_role("navigation", name="督办", exact=True).get_by_role("button", name="督办单").click()
        page.get_by_role("region", name="督办单").get_by_role("listitem").first.get_by_role("button").click()
        page.get_by_role("button", name="办结", exact=True).click()
        found += faults(page, "watching-bad-day-paper")
    assert not found, "\n".join(found)


def test_an_order_that_much_happens_to_and_its_clock(listed, late, web, anybody, visit):
    a_bad_day(late, anybody)
    lengthen(listed)
    found = []
    for size in SIZES:
        page = desk.sit_down(visit(**looks.device(size)), web, CHEN_JING)
        for queue in ("延期待批", "挂账"):
            opened = desk.open_first(page, queue)
            found += faults(page, f"watching-order-{queue}")
            opened.get_by_role("region", name="时限", exact=True).scroll_into_view_if_needed()
            found += faults(page, f"watching-clocks-{queue}")
            opened.get_by_role("button", name="看处置时限怎么算").click()
            card = page.get_by_role("dialog", name="处置时限")
            expect(card.get_by_role("meter")).to_be_visible()
            found += faults_of_dialog(page, f"watching-card-{queue}")
            card.get_by_role("button", name="关上").click()
            if size[0] < SIZES[1][0]:
                page.get_by_role("button", name="返回列表").click()
    assert not found, "\n".join(found)


def test_figures_and_what_lies_behind_them(listed, late, web, anybody, visit):
    a_bad_day(late, anybody)
    lengthen(listed)
    found = []
    for size in SIZES:
        page = desk.sit_down(visit(**looks.device(size)), web, ZHENG_YAN)
        desk.go_to(page, "指标考核")
        page.get_by_role("button", name="近六个月走势").click()
        expect(page.get_by_role("figure")).to_have_count(2)
        page.get_by_role("figure").last.scroll_into_view_if_needed()
        found += faults(page, "figures-charts")
        page.get_by_role("table").get_by_role("button", name=re.compile("响应率 ")).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += faults_of_dialog(page, "figures-behind")
    assert not found, "\n".join(found)
