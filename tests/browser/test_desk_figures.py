"""Indicators and appraisal on the desk: every number leads to its orders, and a frozen month can be objected to."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import day, desk
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, WU_YUE, ZHENG_YAN, Person
from tests.ground.databases import on_sqlite
from tests.ground.lists import STALLS
from town.database import Database

pytestmark = on_sqlite
AT_1366 = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    """The pages of 云溪镇 with its lists in force."""
    return start_web()


@pytest.fixture
def sits(web: Web, visit):
    """Somebody before the desk: ``sits(CHEN_JING)``."""

    def sit(person: Person, **device) -> Page:
        return desk.sit_down(visit(**{**AT_1366, **device}), web, person)

    return sit


def signed_for(anybody: Caller) -> str:
    """An order of 城中片区 that was signed for at once; gives back its code."""
    day.report(anybody, category=STALLS)
    his = anybody.signed_in(LIN_XIAOFENG)
    return str(day.step(his, day.newest_order(his), "accept")["code"])


def tab(page: Page, name: str) -> None:
    """Another part of the figures."""
    desk.go_to(page, "指标考核")
    page.get_by_role("navigation", name="指标考核").get_by_role("button", name=name).click()


def row(page: Page, name: str) -> Locator:
    """A row of the table of indicators."""
    return page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def test_an_indicator_is_opened_down_to_its_orders(sits, anybody):
    code = signed_for(anybody)
    hers = sits(CHEN_JING)
    desk.go_to(hers, "指标考核")
    inner = row(hers, "城中片区中队")
    response = inner.get_by_role("button", name=re.compile("响应率"))
    expect(response).to_contain_text("100.00%")
    expect(response).to_contain_text("1 / 1")
    expect(inner.get_by_role("button", name=re.compile("满意率"))).to_contain_text("n/a")
    response.click()
    behind = hers.get_by_role("dialog", name="城中片区中队：响应率")
    expect(behind.get_by_text("没有这样的工单")).to_be_visible()
    behind.get_by_role("button", name="算在分子里 1").click()
    behind.get_by_role("button", name=f"打开工单 {code}").click()
    expect(hers.get_by_role("article").get_by_role("heading", level=1)).to_contain_text(code)


def test_the_same_figures_stand_by_town_and_area_and_for_a_day(sits, anybody):
    signed_for(anybody)
    hers = sits(CHEN_JING)
    desk.go_to(hers, "指标考核")
    by = hers.get_by_role("group", name="按什么看")
    by.get_by_role("button", name="全镇").click()
    expect(row(hers, "云溪镇").get_by_role("button", name=re.compile("立案率"))).to_contain_text("1 / 1")
    hers.get_by_role("button", name="今天", exact=True).click()
    by.get_by_role("button", name="片区").click()
    expect(row(hers, "城中片区")).to_be_visible()
    hers.get_by_role("button", name="上月", exact=True).click()
    by.get_by_role("button", name="全镇").click()
    expect(row(hers, "云溪镇").get_by_role("button", name=re.compile("立案率"))).to_contain_text("n/a")
    hers.get_by_text("口径：每个指标数的是什么").click()
    expect(hers.get_by_text(re.compile("^分子立案数：")).first).to_be_visible()


def test_a_chart_compares_and_shows_how_it_went(sits, anybody):
    signed_for(anybody)
    hers = sits(CHEN_JING)
    desk.go_to(hers, "指标考核")
    figures = hers.get_by_role("figure")
    expect(figures.get_by_text("没有应办的，不计算").first).to_be_visible()
    hers.get_by_role("columnheader").get_by_role("button", name="响应率").click()
    expect(figures.locator("canvas")).to_be_visible()
    hers.get_by_role("button", name="近六个月走势").click()
    expect(figures.locator("canvas")).to_have_count(2)
    expect(hers.get_by_role("heading", name="全镇响应率近六个月走势")).to_be_visible()


def test_the_table_is_taken_away_as_a_sheet(sits, anybody):
    signed_for(anybody)
    hers = sits(CHEN_JING)
    desk.go_to(hers, "指标考核")
    for kind, begins in (("CSV", b"\xef\xbb\xbf"), ("Excel", b"PK")):
        with hers.expect_download() as got:
            hers.get_by_role("button", name=f"导出 {kind}").click()
        assert got.value.path().read_bytes().startswith(begins)


def test_what_is_left_out_is_asked_by_one_and_approved_by_another(sits, anybody):
    code = signed_for(anybody)
    his = sits(LIN_XIAOFENG)
    desk.go_to(his, "工单")
    opened = desk.open_first(his, "我们手里的")
    opened.get_by_role("button", name="申请剔除").click()
    form = opened.get_by_role("form", name="申请剔除")
    desk.choose(his, "剔除的理由", "重复来件")
    form.get_by_label("为什么这件不该算进指标").fill("与上周同一件事，没有新情况")
    form.get_by_role("button", name="确定申请剔除").click()
    expect(opened.get_by_text("已申请，等另一个人审核。")).to_be_visible()
    tab(his, "剔除")
    expect(his.get_by_role("article")).to_contain_text("要由申请人以外的人审核")

    theirs = sits(ZHENG_YAN)
    tab(theirs, "剔除")
    asked = theirs.get_by_role("article").filter(has_text=code)
    asked.get_by_role("button", name="同意剔除").click()
    asked.get_by_label("审核意见").fill("核对过，确是重复")
    asked.get_by_role("button", name="确定同意剔除").click()
    expect(theirs.get_by_text("没有等审核的剔除申请")).to_be_visible()
    tab(theirs, "指标")
    expect(row(theirs, "城中片区中队").get_by_role("cell").last).to_have_text("1")


def test_a_month_is_frozen_and_appealed(sits):
    theirs = sits(ZHENG_YAN)
    tab(theirs, "考核")
    theirs.get_by_text("冻结一个月").click()
    desk.choose(theirs, "冻结哪个月", "年")
    theirs.get_by_role("button", name="冻结", exact=True).click()
    desk.confirm(theirs, "冻结")
    month = theirs.get_by_role("article").first
    expect(month.get_by_text(re.compile("^[0-9a-f]{64}$")).first).to_be_visible()
    expect(month.get_by_role("region", name="考核办法")).to_contain_text("%")

    his = sits(LIN_XIAOFENG)
    tab(his, "考核")
    his.get_by_role("region", name="考核月份").get_by_role("listitem").get_by_role("button").click()
    mine = his.get_by_role("article").first
    mine.get_by_role("button", name="申诉", exact=True).click()
    form = mine.get_by_role("form", name="申诉")
    form.get_by_role("button", name="提出申诉").click()
    expect(form.get_by_role("alert")).to_contain_text("还差：哪个指标、哪一件工单")
    form.get_by_role("button", name="某个指标的数字").click()
    desk.choose(his, "哪个指标", "按期结案率")
    desk.choose(his, "申诉的理由", "数据有误")
    form.get_by_label("哪里不对").fill("有两件是平板没有网络，签收记录晚到")
    form.get_by_role("button", name="提出申诉").click()
    expect(mine.get_by_text("已提出，等督办人员决定。")).to_be_visible()

    theirs.reload()
    appeal = theirs.get_by_role("region", name="申诉").get_by_role("article")
    expect(appeal).to_contain_text("按期结案率")
    appeal.get_by_role("button", name="同意，出新的一版").click()
    appeal.get_by_label("决定的理由").fill("平板记录已补到，重新计算")
    appeal.get_by_role("button", name="确定同意，出新的一版").click()
    revisions = theirs.get_by_role("group", name="各版")
    expect(revisions.get_by_role("button", name="第 2 版")).to_have_attribute("aria-pressed", "true")
    expect(theirs.get_by_text(re.compile("^为什么出这一版城中片区中队申诉"))).to_be_visible()
    revisions.get_by_role("button", name="第 1 版").click()
    expect(revisions.get_by_role("button", name="第 1 版")).to_have_attribute("aria-pressed", "true")
    expect(theirs.get_by_text("为什么出这一版")).to_have_count(0)


def test_nobody_is_ranked_and_nothing_is_counted_that_may_not_be(sits, anybody):
    signed_for(anybody)
    for person in (WU_YUE, ZHENG_YAN):
        page = sits(person)
        for part in ("指标", "考核"):
            tab(page, part)
            shown = page.get_by_role("main").inner_text()
            assert not re.search("罚款总额|排名|第一名|林晓峰|苏敏", shown)
