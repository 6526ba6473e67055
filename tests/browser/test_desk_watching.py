"""What must not be forgotten, on the desk: clocks that explain themselves, time asked and given, who was called, 督办单."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import day, desk
from tests.browser.late import Late
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, SU_MIN, ZHAO_HAI, ZHENG_YAN, Cast, Person
from tests.ground.databases import on_sqlite
from tests.ground.lists import STALLS
from town import clock
from town.database import Database

pytestmark = on_sqlite
AT_1366 = {"viewport": {"width": 1366, "height": 768}}
LATER = "等县里批下经费，二十天后再办"


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


@pytest.fixture
def late(listed: Database, cast: Cast) -> Late:
    return Late(listed, cast)


def on_the_street(anybody: Caller) -> None:
    """An order of 城中片区 whose leader stands before it."""
    day.report(anybody, category=STALLS)
    his = anybody.signed_in(LIN_XIAOFENG)
    for action in ("accept", "arrive"):
        day.step(his, day.newest_order(his), action)


def open_own(page: Page) -> Locator:
    """The order on top of what one's squad has in hand."""
    desk.go_to(page, "工单")
    return desk.open_first(page, "我们手里的")


def in_days(days: int) -> str:
    """A day from today, as it is typed."""
    return f"{clock.now().astimezone() + dt.timedelta(days=days):%Y-%m-%d}"


def test_a_leader_opens_the_card_of_a_clock(sits, anybody):
    on_the_street(anybody)
    opened = open_own(sits(LIN_XIAOFENG))
    opened.get_by_role("button", name="看处置时限怎么算").click()
    card = opened.page.get_by_role("dialog", name="处置时限")
    expect(card.get_by_text(re.compile("^3 个工作日；.*截止。$"))).to_be_visible()
    expect(card.get_by_role("meter")).to_be_visible()
    expect(card.get_by_role("table")).not_to_have_count(0)
    expect(card.get_by_text("起算日，不计", exact=True).last).to_be_visible()
    ladder = card.get_by_role("listitem").filter(has_text="用到 100%")
    expect(ladder).to_contain_text("红色预警")
    expect(ladder).to_contain_text("还没到")
    card.get_by_role("button", name="关上").click()
    expect(card).to_have_count(0)


def test_the_desk_puts_an_order_aside_and_takes_it_up_again(sits, anybody):
    on_the_street(anybody)
    hers = sits(CHEN_JING)
    opened = desk.open_first(hers, "全部工单")
    opened.get_by_role("button", name="挂账", exact=True).click()
    desk.choose(hers, "理由", "经费")
    opened.get_by_role("button", name="确定挂账").click()
    expect(opened.get_by_role("alert")).to_contain_text("还差：")
    opened.get_by_label("为什么先挂起").fill(LATER)
    opened.get_by_label("到哪天复查").fill(in_days(20))
    opened.get_by_label("到哪天复查").press("Enter")
    opened.get_by_role("button", name="确定挂账").click()
    desk.confirm(hers, "确定挂账")
    aside = opened.get_by_role("region", name="挂账")
    expect(aside).to_contain_text(LATER)
    expect(aside).to_contain_text("复查")
    expect(desk.queue(hers, "挂账")).to_contain_text("1")
    clocks = opened.get_by_role("region", name="时限", exact=True)
    expect(clocks.get_by_role("button", name="看处置时限怎么算")).to_contain_text("暂停中")
    expect(clocks.get_by_role("button", name="看挂账复查时限怎么算")).to_contain_text("还剩")

    opened.get_by_role("button", name="恢复办理", exact=True).click()
    opened.get_by_label("为什么现在恢复办理").fill("经费已经批下")
    opened.get_by_role("button", name="确定恢复办理").click()
    expect(aside).to_have_count(0)
    expect(desk.queue(hers, "挂账")).to_contain_text("0")
    clocks.get_by_role("button", name="看处置时限怎么算").click()
    expect(hers.get_by_role("dialog").get_by_text("暂停过")).to_be_visible()


def test_more_time_is_asked_for_in_the_squad_and_given_at_the_desk(sits, anybody):
    on_the_street(anybody)
    his = sits(LIN_XIAOFENG)
    mine = open_own(his)
    mine.get_by_role("button", name="申请延期", exact=True).click()
    desk.choose(his, "哪一个时限", "处置")
    desk.choose(his, "理由", "复杂")
    mine.get_by_label("为什么来不及").fill("涉及三家店面，要分别谈")
    mine.get_by_label("延长多少").fill("两天")
    mine.get_by_role("button", name="确定申请延期").click()
    expect(mine.get_by_role("alert")).to_contain_text("还差：延长多少")
    mine.get_by_label("延长多少").fill("2")
    mine.get_by_role("button", name="确定申请延期").click()
    expect(mine.get_by_role("region", name="延期申请")).to_contain_text("处置时限延长 2 个工作日")

    hers = sits(CHEN_JING)
    expect(desk.queue(hers, "延期待批")).to_contain_text("1")
    opened = desk.open_first(hers, "延期待批")
    expect(opened.get_by_role("region", name="延期申请")).to_contain_text("涉及三家店面")
    opened.get_by_role("button", name="批准延期", exact=True).click()
    opened.get_by_role("button", name="确定批准延期").click()
    expect(opened.get_by_role("region", name="延期申请")).to_have_count(0)
    handling = opened.get_by_role("button", name="看处置时限怎么算")
    expect(handling).to_contain_text("延长过 2")
    handling.click()
    expect(hers.get_by_role("dialog").get_by_text("延长 2 个工作日", exact=True)).to_be_visible()


def test_another_squad_is_called_and_reports_in(sits, anybody):
    on_the_street(anybody)
    his = sits(LIN_XIAOFENG)
    mine = open_own(his)
    mine.get_by_role("button", name="吹哨叫人").click()
    form = mine.get_by_role("form", name="吹哨叫人")
    form.get_by_role("button", name="吹哨").click()
    expect(form.get_by_role("alert")).to_contain_text("还差：叫谁来")
    form.get_by_label("城东片区中队").check()
    form.get_by_label("要他们来做什么").fill("请来拦一下东侧路口")
    form.get_by_role("button", name="吹哨").click()
    panel = mine.get_by_role("region", name=re.compile("吹哨报到"))
    expect(panel.get_by_role("article")).to_contain_text("城东片区中队")

    theirs = sits(ZHAO_HAI)
    desk.go_to(theirs, "督办")
    theirs.get_by_role("navigation", name="督办").get_by_role("button", name="协办").click()
    task = theirs.get_by_role("region", name="协办任务").get_by_role("article")
    expect(task).to_contain_text("请来拦一下东侧路口")
    task.get_by_role("button", name="报到", exact=True).click()
    expect(task).to_contain_text("已报到")
    task.get_by_role("button", name="办完", exact=True).click()
    desk.choose(theirs, "结果", "已协助")
    task.get_by_label("做了什么").fill("守了一个小时")
    task.get_by_role("button", name="确定办完").click()
    expect(theirs.get_by_text("没有协办任务")).to_be_visible()


def test_who_cannot_come_says_why_and_the_caller_insists(sits, anybody):
    on_the_street(anybody)
    his = anybody.signed_in(LIN_XIAOFENG)
    order = day.newest_order(his)
    his.insist("POST", f"/api/v1/orders/{order['id']}/joint", {"squads": ["CD"], "words": "请来"})
    theirs = sits(ZHAO_HAI)
    desk.go_to(theirs, "督办")
    theirs.get_by_role("navigation", name="督办").get_by_role("button", name="协办").click()
    task = theirs.get_by_role("region", name="协办任务").get_by_role("article")
    task.get_by_role("button", name="推辞", exact=True).click()
    desk.choose(theirs, "推辞的理由", "不归我们管")
    expect(task.get_by_label("权力清单条目")).to_be_visible()
    desk.choose(theirs, "权力清单条目", "擅自占道经营")
    task.get_by_label("为什么来不了").fill("这条归城中")
    task.get_by_role("button", name="确定推辞").click()
    desk.confirm(theirs, "确定推辞")
    expect(task).to_contain_text("推辞过 1 次")

    mine = open_own(sits(LIN_XIAOFENG))
    called = mine.get_by_role("region", name=re.compile("吹哨报到")).get_by_role("article")
    expect(called).to_contain_text("理由：")
    called.get_by_role("button", name="坚持呼叫", exact=True).click()
    called.get_by_label("为什么必须来").fill("东侧是城东的路")
    called.get_by_role("button", name="确定坚持呼叫").click()
    expect(called.get_by_role("button", name="坚持呼叫", exact=True)).to_have_count(0)


def test_who_is_late_reads_it_among_his_notices_grouped_and_by_shape_and_word(sits, late):
    late.forgotten()
    his = sits(LIN_XIAOFENG)
    expect(his.get_by_role("navigation", name="指挥中心各部分").get_by_label(re.compile("件没看"))).to_be_visible()
    desk.go_to(his, "督办")
    notices = his.get_by_role("list", name="没看过的通知").get_by_role("article").filter(has_text="看过了")
    expect(notices.filter(has_text="占道经营")).not_to_have_count(0)
    expect(notices.first).to_contain_text("督办〔")
    before = notices.count()
    notices.first.get_by_role("button", name="看过了").click()
    expect(notices).to_have_count(before - 1)
    his.get_by_role("navigation", name="督办").get_by_role("button", name="预警").click()
    gravest = his.get_by_role("region", name=re.compile("^督办单 1$"))
    expect(gravest.get_by_role("article")).to_contain_text("城中片区中队")
    gravest.get_by_text("之前的 3 级").click()
    expect(gravest.get_by_text(re.compile("^红色预警　.*陈静$"))).to_be_visible()
    gravest.get_by_role("button", name="看签收时限怎么算").click()
    expect(his.get_by_role("dialog").get_by_text("已提醒").first).to_be_visible()


def test_an_alarm_says_whom_it_passed_over_and_leads_to_its_order(sits, late):
    late.forgotten()
    his = sits(ZHENG_YAN)
    desk.go_to(his, "督办")
    his.get_by_role("navigation", name="督办").get_by_role("button", name="预警").click()
    his.get_by_label("级别").select_option("remind")
    first = his.get_by_role("region", name=re.compile("^提醒 1$")).get_by_role("article")
    first.get_by_text(re.compile("^前面 . 个岗位没人$")).click()
    expect(first.get_by_text("带班人员：没有人值班")).to_be_visible()
    first.get_by_role("button", name=re.compile("^打开：占道经营")).click()
    expect(his.get_by_text("为什么在这里")).to_be_visible()


def test_a_supervisor_closes_a_paper_that_a_squad_has_answered(sits, late):
    late.forgotten()
    his = sits(LIN_XIAOFENG)
    desk.go_to(his, "督办")
    his.get_by_role("navigation", name="督办").get_by_role("button", name="督办单").click()
    his.get_by_role("region", name="督办单").get_by_role("listitem").get_by_role("button").click()
    paper = his.get_by_role("article")
    expect(paper.get_by_role("heading", name=re.compile(r"^督办〔\d{4}〕0001号$"))).to_be_visible()
    paper.get_by_role("button", name="回复", exact=True).click()
    paper.get_by_label("怎么办的").fill("已派人到现场，今天下午办完")
    paper.get_by_role("button", name="确定回复").click()
    expect(paper.get_by_text("这张督办单现在没有需要您做的。")).to_be_visible()

    theirs = sits(ZHENG_YAN)
    desk.go_to(theirs, "督办")
    theirs.get_by_role("navigation", name="督办").get_by_role("button", name="督办单").click()
    theirs.get_by_role("region", name="督办单").get_by_role("listitem").get_by_role("button").click()
    judged = theirs.get_by_role("article")
    expect(judged.get_by_text("已派人到现场，今天下午办完").first).to_be_visible()
    judged.get_by_role("button", name="办结", exact=True).click()
    desk.choose(theirs, "结论", "没有正当理由")
    judged.get_by_label("办结意见").fill("没有安排值班，已责成补排")
    judged.get_by_role("button", name="确定办结").click()
    expect(judged.get_by_text(re.compile("^延误没有正当理由.*办结$"))).to_be_visible()
    expect(judged.get_by_text("没有安排值班，已责成补排")).to_be_visible()


def test_a_supervisor_issues_a_paper_by_hand_from_an_order(sits, anybody):
    on_the_street(anybody)
    his = sits(ZHENG_YAN)
    opened = desk.open_first(his, "全部工单")
    opened.get_by_role("button", name="发督办单").click()
    form = opened.get_by_role("form", name="发督办单")
    form.get_by_label("督办要求").fill("今天下班前办完，并书面说明")
    form.get_by_role("button", name="确定发督办单").click()
    desk.confirm(his, "确定发督办单")
    paper = his.get_by_role("article")
    expect(paper.get_by_text("今天下班前办完，并书面说明").first).to_be_visible()
    expect(paper.get_by_role("button", name="看回复督办时限怎么算")).to_contain_text("还剩")


def test_the_desk_grades_how_bad_a_matter_is(sits, anybody):
    on_the_street(anybody)
    hers = sits(CHEN_JING)
    opened = desk.open_first(hers, "全部工单")
    opened.get_by_role("button", name="定严重程度", exact=True).click()
    desk.choose(hers, "严重程度", "重大")
    opened.get_by_label("为什么这样定级").fill("堵了消防通道")
    opened.get_by_role("button", name="确定定严重程度").click()
    expect(opened.get_by_text("重大", exact=True)).to_be_visible()


def test_the_desk_asks_for_a_proof_and_sees_that_it_is_on_its_way(sits):
    hers = sits(CHEN_JING)
    desk.go_to(hers, "督办")
    hers.get_by_role("navigation", name="督办").get_by_role("button", name="核对").click()
    expect(hers.get_by_text("还没有核对过")).to_be_visible()
    hers.get_by_role("button", name="现在核对一次").click()
    expect(hers.get_by_text("已经排上")).to_be_visible()


def test_each_post_finds_only_its_own_parts(sits):
    for person, parts in (
        (SU_MIN, ["案件", "工单", "督办"]),
        (LIN_XIAOFENG, ["案件", "工单", "督办", "指标考核"]),
        (ZHENG_YAN, ["工单", "案件", "督办", "指标考核", "底册", "人员与值班"]),
    ):
        page = sits(person)
        shown = page.get_by_role("navigation", name="指挥中心各部分").get_by_role("button")
        expect(shown).to_have_text(parts)
