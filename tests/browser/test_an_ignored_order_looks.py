"""An order that everybody ignores, as the desk shows it along the way: reminder, yellow, red, 督办单, 问责."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import desk, looks
from tests.browser.late import CLIMB, Late
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, ZHENG_YAN, Cast, Person
from tests.ground.databases import on_sqlite
from town import clock
from town.database import Database

pytestmark = on_sqlite
AGO = dt.timedelta(days=9)
"""Long enough for the working day of the 督办单's own clock to be over, whatever day it is."""
AT_1366 = {"viewport": {"width": 1366, "height": 768}}
REMINDED, YELLOW, RED, SUPERVISED = (dt.timedelta(minutes=minutes) for minutes in CLIMB)
ACCOUNTABLE = dt.timedelta(days=6)


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    return start_web()


@pytest.fixture
def late(listed: Database, cast: Cast) -> Late:
    return Late(listed, cast)


def watching(page: Page, part: str) -> None:
    """The part of 督办 of that name, as it stands now."""
    page.reload()
    desk.go_to(page, "督办")
    page.get_by_role("navigation", name="督办", exact=True).get_by_role("button", name=part).click()
    expect(page.get_by_role("main").get_by_text("正在取…")).to_have_count(0)


def visible(page: Page, words: str) -> Locator:
    """The first place where the page shows these words; what a closed list offers does not count."""
    return page.get_by_role("main").get_by_text(re.compile(words)).locator("visible=true").first


def test_an_order_that_everybody_ignores_along_the_way(late, web, visit):
    def sits(person: Person) -> Page:
        return desk.sit_down(visit(**AT_1366), web, person)

    def shown(page: Page, part: str, words: str, name: str) -> None:
        watching(page, part)
        expect(visible(page, words)).to_be_visible()
        found.extend(looks.faults(page, on_phones=False))
        looks.photograph(page, f"ignored-{name}")

    found: list[str] = []
    leader, dispatcher, supervisor = sits(LIN_XIAOFENG), sits(CHEN_JING), sits(ZHENG_YAN)
    morning = clock.now() - AGO
    late.report(AGO)
    late.look(morning + REMINDED)
    shown(leader, "我的通知", "提醒", "1-reminded")
    late.look(morning + YELLOW)
    shown(leader, "预警", "黄色预警", "2-yellow")
    late.look(morning + RED)
    shown(dispatcher, "预警", "红色预警", "3-red")
    late.look(morning + SUPERVISED)
    shown(leader, "督办单", "督办〔", "4-paper")
    late.look(morning + ACCOUNTABLE)
    shown(supervisor, "督办单", "问责", "5-accountable")
    visible(supervisor, "督办〔").click()
    expect(visible(supervisor, "问责")).to_be_visible()
    looks.photograph(supervisor, "ignored-6-the-paper")
    assert found == []
