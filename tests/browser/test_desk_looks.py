"""The desk on every screen it stands on: it fits, it can be read, and it asks nobody else."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from enforcement.models import EventType
from grids.models import Area, Grid
from tests.browser import crowd, day, desk, looks
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING
from tests.ground.databases import on_sqlite
from tests.ground.lists import GAS_LEAK, STALLS
from tests.ground.web import ON_THE_BORDER
from town.database import Database
from town.partners import Partner
from town.people import Squad

pytestmark = on_sqlite
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
PARTS = ("登记来件", "底册", "人员与值班")


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    return start_web()


def lengthen(database: Database) -> None:
    """Give everything names that no screen was drawn for."""
    with database.write() as session:
        for named in (Squad, Partner, Area, Grid, EventType):
            session.execute(update(named).values(name=crowd.LONG + named.name))


def faults(page: Page, name: str, *at_once: str) -> list[str]:
    found = looks.faults(page, on_phones=False, at_once=at_once)
    file = looks.photograph(page, name)
    return [f"{file}: {fault}" for fault in found]


def tour(page: Page, name: str) -> list[str]:
    """Every part of the desk, as it stands."""
    found = []
    for part in PARTS:
        desk.go_to(page, part)
        found += faults(page, f"{name}-{part}", "退出")
    return found


def test_an_empty_desk(web, visit):
    found = []
    for size in SIZES:
        page = visit(**looks.device(size))
        heard = looks.listen(page.context, day.at(web, "/"))
        page.goto(day.at(web, "/desk"))
        expect(page.get_by_role("contentinfo")).to_contain_text("备案号 云政移备 26-0137")
        expect(page.get_by_role("contentinfo").get_by_role("link", name="投诉与建议")).to_be_visible()
        found += faults(page, "desk-door", "登录")
        desk.sit_down(page, web, CHEN_JING)
        desk.is_live(page)
        found += faults(page, "desk-empty", "待研判", "退出")
        found += tour(page, "desk-empty")
        assert heard == []
    assert not found, "\n".join(found)


def test_a_bad_day_with_the_longest_names(listed, web, anybody, visit):
    day.report(anybody, place=ON_THE_BORDER, category=GAS_LEAK)
    for _ in range(4):
        day.report(anybody, place=ON_THE_BORDER, category=STALLS, words=crowd.LONG * 4)
        day.report(anybody, category=STALLS, words=crowd.LONG * 4)
    lengthen(listed)
    found = []
    for size in SIZES:
        page = desk.sit_down(visit(**looks.device(size)), web, CHEN_JING)
        desk.is_live(page)
        opened = desk.open_first(page, "位置不清")
        opened.get_by_role("button", name="派单", exact=True).click()
        opened.get_by_role("button", name="确定派单").click()
        found += faults(page, "desk-crowded", "待研判", "退出")
        desk.open_first(page, "疑似重复")
        found += faults(page, "desk-crowded-duplicates", "退出")
        found += tour(page, "desk-crowded")
    assert not found, "\n".join(found)


def test_the_desk_without_its_service(web, visit, anybody):
    day.report(anybody, place=ON_THE_BORDER, category=STALLS)
    page = desk.sit_down(visit(**looks.device((1366, 768))), web, CHEN_JING)
    desk.is_live(page)
    desk.open_first(page, "待研判")
    web.kill()
    expect(page.get_by_role("banner").get_by_role("status")).to_have_text(re.compile("连接中断"))
    expect(page.get_by_text("为什么在这里")).to_be_visible()
    assert faults(page, "desk-cut-off", "退出") == []
    web.start()
    desk.is_live(page)
