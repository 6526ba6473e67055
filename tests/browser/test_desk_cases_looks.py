"""Cases on every screen they are worked on: phone, tablet, desk and wall; on an empty day, and with the longest names."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from enforcement.models import Power
from enforcement.rules.parties import Identity, Paper, PartyKind
from tests.browser import cases, crowd, day, desk, looks
from tests.faults.stage import Web
from tests.ground.bureau import ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import SU_MIN
from tests.ground.databases import on_sqlite
from town import clock
from town.database import Database
from town.people import Squad

pytestmark = on_sqlite
SIZES = ((390, 844), (1024, 768), (1180, 820), (1366, 768), (1920, 1080))
TABS = ("证据", "文书", "时限", "裁量", "预警", "卷宗")
LONG_LIVED = dt.timedelta(days=100)
GIANT = Identity(
    f"{crowd.LONG}喆堃餐饮管理有限公司云溪分公司（个人独资）",
    Paper.CREDIT_CODE,
    "91350200776049653A",
    address=f"{crowd.LONG}88 号",
    head="陈喆",
)


@pytest.fixture
def web(bureau: Bureau, start_web) -> Web:
    bureau.now = clock.now()
    return start_web()


def late_case(bureau: Bureau) -> Life:
    """A case that has taken too long, under names that no screen was drawn for."""
    bureau.now = clock.now() - LONG_LIVED
    life = bureau.open()
    party = bureau.party(GIANT, PartyKind.ORGANISATION)
    life.do("name_party", party=party)
    for act in ("inspect", "question", "add_evidence", "verify_evidence", "ask_filing"):
        life.do(act)
    bureau.now = clock.now() - LONG_LIVED + dt.timedelta(hours=1)
    return life.do("file", ZHOU_ZHENG)


def lengthen(database: Database) -> None:
    with database.write() as session:
        for named in (Squad, Power):
            session.execute(update(named).values(name=crowd.LONG + named.name))


def faults(page: Page, name: str, *at_once: str) -> list[str]:
    found = looks.faults(page, on_phones=False, at_once=at_once)
    file = looks.photograph(page, name)
    return [f"{file}: {fault}" for fault in found]


def sit(visit, web: Web, size: tuple[int, int]) -> Page:
    return desk.sit_down(visit(**looks.device(size)), web, SU_MIN)


def test_an_empty_day(web, visit):
    found = []
    for size in SIZES:
        page = sit(visit, web, size)
        heard = looks.listen(page.context, day.at(web, "/"))
        expect(page.get_by_text("现在没有等您的案件")).to_be_visible()
        found += faults(page, "cases-empty", "案件", "退出")
        assert heard == []
    assert not found, "\n".join(found)


def test_a_case_at_its_longest_and_latest(bureau, web, visit):
    late_case(bureau)
    lengthen(bureau.database)
    found = []
    for size in SIZES:
        page = sit(visit, web, size)
        expect(cases.rows(page)).to_have_count(1)
        found += faults(page, "cases-list", "案件", "退出")
        opened = cases.open_first(page)
        found += faults(page, "cases-case", "案件列表", "调查终结")
        for tab in TABS:
            cases.tab(opened, tab)
            found += faults(page, f"cases-{tab}")
        cases.begin(opened, "调查终结")
        opened.get_by_role("button", name="提交：调查终结").click()
        expect(opened.get_by_role("alert").filter(has_text="还差")).to_be_visible()
        found += faults(page, "cases-form")
    assert not found, "\n".join(found)


def test_the_dialog_for_a_party_fits_every_screen(bureau, web, visit):
    bureau.open()
    for size in SIZES:
        page = sit(visit, web, size)
        form = cases.begin(cases.open_first(page), "确认当事人")
        form.get_by_role("button", name="填写当事人").click()
        expect(page.get_by_role("dialog").get_by_label("姓名或名称")).to_be_visible()
        expect(page.get_by_role("dialog").get_by_role("button", name="用这个当事人")).to_be_in_viewport(ratio=1)
        looks.photograph(page, "cases-party")
        assert page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_case_stays_before_ones_eyes_while_its_service_is_away(bureau, web, visit):
    late_case(bureau)
    page = sit(visit, web, (1366, 768))
    opened = cases.open_first(page)
    form = cases.begin(opened, "请求协助")
    form.get_by_label("机关名称").fill("云川县公安局")
    form.get_by_label("说明").fill("请协助核实身份")
    web.kill()
    opened.get_by_role("button", name="提交：请求协助").click()
    expect(form.get_by_role("alert")).to_contain_text("连不上服务器")
    expect(form.get_by_label("说明")).to_have_value("请协助核实身份")
    web.start()
    cases.send(opened, "请求协助")
