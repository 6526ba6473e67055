"""The desk: what the town cannot route waits there, is decided by hand, and nothing that was typed is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import day, desk
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.lists import GAS_LEAK, STALLS
from tests.ground.processes import until
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, ON_THE_BORDER
from town.database import Database

pytestmark = on_sqlite
WHY = "现场在桥东，归城东"
AT_1366 = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    """The pages of 云溪镇 with its lists in force."""
    return start_web()


@pytest.fixture
def hers(web, visit) -> Page:
    """The desk before 陈静, who has just sat down."""
    page = desk.sit_down(visit(**AT_1366), web, CHEN_JING)
    desk.is_live(page)
    return page


def on_the_border(anybody: Caller) -> None:
    """A report that may be either squad's."""
    day.report(anybody, place=ON_THE_BORDER, category=STALLS)


def order_of(anybody: Caller, person, state: str) -> Any:
    """The first order in that state that this person sees, as soon as there is one."""
    colleague = anybody.signed_in(person)
    until(lambda: bool(orders_in(colleague, state)), f"{person.name} to have an order that is {state}")
    return orders_in(colleague, state)[0]


def orders_in(colleague: Caller, state: str) -> list[Any]:
    return colleague.insist("GET", f"/api/v1/orders?state={state}")["orders"]


def send_back(anybody: Caller, person, ground: str, words: str) -> None:
    order = order_of(anybody, person, "dispatched")
    day.step(anybody.signed_in(person), order, "return", ground=ground, words=words)


def test_a_doubtful_place_arrives_by_itself_and_is_dispatched_by_a_click_on_the_map(hers, anybody):
    expect(hers.get_by_text("没有待研判的工单")).to_be_visible()
    on_the_border(anybody)
    expect(desk.queue(hers, "待研判")).to_contain_text("1")
    expect(desk.queue(hers, "位置不清")).to_contain_text("1")

    opened = desk.open_first(hers, "位置不清")
    expect(
        opened.get_by_text(re.compile("定位误差 10 米，可能属于不同中队的网格.*城中片区一号网格")).first
    ).to_be_visible()
    opened.get_by_role("button", name=re.compile("^城东片区一号网格")).click()
    expect(opened.get_by_role("radio", name=re.compile("城东片区中队"))).to_be_checked()
    opened.get_by_role("button", name="确定派单").click()
    expect(opened.get_by_role("alert")).to_have_text("还差：情况说明")
    opened.get_by_label("为什么派给它").fill(WHY)
    opened.get_by_role("button", name="确定派单").click()

    expect(opened.get_by_text("已派给城东片区中队")).to_be_visible()
    expect(opened.get_by_text(WHY).first).to_be_visible()
    expect(desk.queue(hers, "待研判")).to_contain_text("0")
    assert order_of(anybody, ZHAO_HAI, "dispatched")["squad"]["name"] == "城东片区中队"


def test_what_somebody_else_did_meanwhile_is_shown_and_the_words_stay(hers, anybody):
    on_the_border(anybody)
    opened = desk.open_first(hers, "待研判")
    opened.get_by_role("button", name="派单", exact=True).click()
    opened.get_by_role("radio", name=re.compile("城东片区中队")).check()
    opened.get_by_label("为什么派给它").fill(WHY)
    colleague = anybody.signed_in(CHEN_JING)
    day.step(colleague, day.newest_order(colleague), "dispatch", squad="CZ", words="先派城中")

    expect(opened.get_by_role("alert")).to_contain_text("您填写的时候，这件工单变了")
    expect(opened.get_by_role("alert")).to_contain_text("中队：无 → 城中片区中队")
    expect(opened.get_by_role("button", name="确定派单")).to_be_disabled()
    expect(opened.get_by_label("为什么派给它")).to_have_value(WHY)
    opened.get_by_role("button", name="看过了，继续").click()
    opened.get_by_role("button", name="确定派单").click()
    expect(opened.get_by_text("已派给城东片区中队")).to_be_visible()


def test_words_outlive_a_reload_and_a_session_that_has_ended(hers, anybody):
    on_the_border(anybody)
    opened = desk.open_first(hers, "待研判")
    opened.get_by_role("button", name="派单", exact=True).click()
    opened.get_by_label("为什么派给它").fill(WHY)
    hers.reload()
    expect(hers.get_by_label("为什么派给它")).to_have_value(WHY)
    token = hers.evaluate("JSON.parse(sessionStorage.getItem('wangge.desk.session')).token")
    Caller(anybody.port, f"Bearer {token}").insist("DELETE", "/api/v1/sessions/current")
    expect(hers.get_by_text("登录已到期，请重新登录。")).to_be_visible()
    desk.sign_in(hers, CHEN_JING)
    expect(hers.get_by_label("为什么派给它")).to_have_value(WHY)


def test_what_one_left_unfinished_is_not_for_who_sits_down_next(hers, anybody):
    on_the_border(anybody)
    opened = desk.open_first(hers, "待研判")
    opened.get_by_role("button", name="派单", exact=True).click()
    opened.get_by_label("为什么派给它").fill(WHY)
    token = hers.evaluate("JSON.parse(sessionStorage.getItem('wangge.desk.session')).token")
    Caller(anybody.port, f"Bearer {token}").insist("DELETE", "/api/v1/sessions/current")
    expect(hers.get_by_text("登录已到期，请重新登录。")).to_be_visible()
    desk.sign_in(hers, ZHENG_YAN)
    expect(hers.get_by_text("为什么在这里")).to_be_visible()
    assert WHY not in hers.evaluate("JSON.stringify(sessionStorage)")


def test_a_call_is_taken_down_and_joined_to_the_order_that_is_about_the_same(hers, anybody):
    day.report(anybody, category=STALLS)
    desk.go_to(hers, "登记来件")
    hers.get_by_text("12345 热线").click()
    hers.get_by_label("坐标", exact=True).fill("121.0501，31.5701")
    hers.get_by_label("坐标", exact=True).press("Tab")
    expect(hers.get_by_text("在城中片区 · 城中片区一号网格")).to_be_visible()
    desk.choose(hers, "什么事", "占道经营")
    hers.get_by_label("怎么说的").fill("摊子又出来了")
    hers.get_by_role("button", name="登记", exact=True).click()
    expect(hers.get_by_role("alert")).to_have_text("还差：对方的编号")

    hers.reload()
    expect(hers.get_by_label("怎么说的")).to_have_value("摊子又出来了")
    hers.get_by_label("对方的编号").fill("YC20261122001")
    hers.get_by_role("button", name="并到这一件").click()
    hers.get_by_role("button", name="登记并入").click()
    expect(hers.get_by_text("登记好了")).to_be_visible()
    hers.get_by_role("button", name="打开工单").click()
    expect(hers.get_by_text("2 件来件说的是同一件事")).to_be_visible()
    expect(hers.get_by_text("对方编号 YC20261122001")).to_be_visible()
    assert len(anybody.signed_in(CHEN_JING).insist("GET", "/api/v1/orders")["orders"]) == 1


def test_who_called_is_not_left_in_the_browser(hers):
    desk.go_to(hers, "登记来件")
    hers.get_by_text("来电").click()
    hers.get_by_label("怎么说的").fill("煤气味")
    hers.get_by_label("姓名").fill("周阿姨")
    hers.get_by_label("电话").fill("13800000001")
    kept = hers.evaluate("JSON.stringify([sessionStorage, localStorage, location.href])")
    assert "煤气味" in kept
    assert "周阿姨" not in kept
    assert "13800000001" not in kept
    hers.reload()
    expect(hers.get_by_label("怎么说的")).to_have_value("煤气味")
    expect(hers.get_by_label("姓名")).to_have_value("")


def test_likely_duplicates_lie_side_by_side_and_are_told_apart(hers, anybody):
    day.report(anybody, category=STALLS)
    day.report(anybody, category=STALLS)
    opened = desk.open_first(hers, "疑似重复")
    expect(opened.get_by_text("是不是同一件事")).to_be_visible()
    expect(opened.get_by_text(day.WORDS)).to_have_count(4)
    opened.get_by_role("button", name="不是一件事").click()
    expect(desk.queue(hers, "疑似重复")).to_contain_text("0")
    assert len(anybody.signed_in(CHEN_JING).insist("GET", "/api/v1/orders")["orders"]) == 2


def test_a_return_shows_its_ground_and_the_second_one_goes_to_the_supervisor(hers, anybody, web, visit):
    day.report(anybody, category=STALLS)
    send_back(anybody, LIN_XIAOFENG, "not_our_area", "在桥东")
    opened = desk.open_first(hers, "退回")
    expect(opened.get_by_text("中队退回：不在本中队片区")).to_have_count(2)
    expect(opened.get_by_text("在桥东").first).to_be_visible()
    opened.get_by_role("button", name="派单", exact=True).click()
    opened.get_by_role("radio", name=re.compile("城中片区中队")).check()
    opened.get_by_label("为什么派给它").fill("在桥西，请看照片")
    opened.get_by_role("button", name="确定派单").click()
    expect(desk.queue(hers, "退回")).to_contain_text("0")

    send_back(anybody, LIN_XIAOFENG, "wrong_kind", "真的不是")
    expect(desk.queue(hers, "裁定")).to_contain_text("1")
    expect(desk.open_first(hers, "裁定").get_by_role("button", name="裁定", exact=True)).to_have_count(0)

    his = desk.sit_down(visit(**AT_1366), web, ZHENG_YAN)
    last_word = desk.open_first(his, "裁定")
    last_word.get_by_role("button", name="裁定", exact=True).click()
    last_word.get_by_role("radio", name=re.compile("城东片区中队")).check()
    last_word.get_by_label("裁定的理由").fill("以河为界，归城东")
    last_word.get_by_role("button", name="确定裁定").click()
    desk.confirm(his, "确定裁定")
    expect(desk.queue(his, "裁定")).to_contain_text("0")
    assert order_of(anybody, ZHAO_HAI, "dispatched")["squad"]["name"] == "城东片区中队"


def test_a_place_is_put_right_and_the_order_decided_anew(hers, anybody):
    on_the_border(anybody)
    opened = desk.open_first(hers, "待研判")
    opened.get_by_role("button", name="更正地点或事项").click()
    the_map = opened.get_by_role("application")
    box = the_map.bounding_box()
    assert box
    the_map.click(position={"x": 24, "y": box["height"] / 2})
    expect(opened.get_by_text(re.compile(r"移动了 \d+ 米"))).to_be_visible()
    opened.get_by_label("为什么更正").fill("来电说在桥西")
    opened.get_by_role("button", name="确定更正地点或事项").click()
    expect(opened.get_by_text("派单经过")).to_be_visible()
    assert order_of(anybody, LIN_XIAOFENG, "dispatched")["squad"]["name"] == "城中片区中队"


def test_an_emergency_stands_out_and_is_handed_to_who_holds_it(hers, anybody):
    day.report(anybody, category=GAS_LEAK)
    expect(desk.queue(hers, "要马上看的")).to_contain_text("1")
    opened = desk.open_first(hers, "要马上看的")
    opened.get_by_role("button", name="移送", exact=True).click()
    desk.choose(hers, "移送给谁", "云川燃气")
    opened.get_by_label("移送的理由").fill("请立即到场")
    opened.get_by_role("button", name="确定移送").click()
    desk.confirm(hers, "确定移送")
    expect(opened.get_by_text("还没有回复")).to_be_visible()
    expect(desk.queue(hers, "移送待回复")).to_contain_text("1")
    opened.get_by_role("button", name="对方已接收").click()
    opened.get_by_label("对方怎么说的").fill("已派抢修车")
    opened.get_by_role("button", name="确定对方已接收").click()
    desk.confirm(hers, "确定对方已接收")
    expect(desk.queue(hers, "移送待回复")).to_contain_text("0")


def test_the_checker_finds_what_is_to_be_checked_and_closes_it_with_the_answer(anybody, web, visit):
    day.report(anybody, place=IN_THE_MIDDLE_OF_INNER, category=STALLS)
    order = order_of(anybody, LIN_XIAOFENG, "dispatched")
    for person, action, facts, _state in day.WHOLE_WAY[:3]:
        order = day.step(anybody.signed_in(person), order, action, **facts)
    his = desk.sit_down(visit(**AT_1366), web, WU_YUE)
    opened = desk.open_first(his, "待核查")
    opened.get_by_role("button", name="核查通过").click()
    opened.get_by_role("button", name="确定核查通过").click()
    expect(desk.queue(his, "待办结")).to_contain_text("1")
    opened.get_by_role("button", name="办结", exact=True).click()
    opened.get_by_label("给举报人的答复").fill(day.ANSWER)
    opened.get_by_role("button", name="确定办结").click()
    desk.confirm(his, "确定办结")
    expect(desk.queue(his, "待办结")).to_contain_text("0")


def test_the_list_is_walked_with_the_keyboard(hers, anybody):
    for _ in range(3):
        on_the_border(anybody)
    expect(desk.items(hers)).to_have_count(3)
    desk.items(hers).first.get_by_role("button").focus()
    hers.keyboard.press("ArrowDown")
    hers.keyboard.press("Enter")
    expect(desk.items(hers).nth(1).get_by_role("button")).to_have_attribute("aria-current", "true")
    expect(hers.get_by_role("article").get_by_text("为什么在这里")).to_be_visible()
