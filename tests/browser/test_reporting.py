"""周阿姨 reports from her phone, without an account, and reads what became of it."""

import re

from playwright.sync_api import expect

from tests.browser import day, phone
from tests.browser.phone import PHONE
from tests.ground.cast import INNER, SQUADS
from tests.ground.databases import on_sqlite

pytestmark = on_sqlite


def test_a_citizen_without_an_account_reports_reads_the_answer_and_rates_it_once(web, worker, anybody, visit):
    hers = visit(**PHONE)
    phone.open_form(hers, web)
    phone.fill_in(hers)
    hers.get_by_label("从相册选").set_input_files(phone.photo())
    phone.send_button(hers).tap()

    code = phone.read_receipt(hers)
    expect(hers.get_by_text("已收到，已派出")).to_be_visible()
    expect(hers.get_by_text(SQUADS[INNER])).to_be_visible()
    expect(hers.get_by_text("文字和 1 张照片都已送达")).to_be_visible()
    expect(hers.get_by_text("最晚什么时候答复您")).to_be_visible()
    expect(hers.get_by_text(re.compile("^5 个工作日"))).to_be_visible()
    kept = anybody.with_receipt(code).insist("GET", "/api/v1/report")
    assert kept["words"] == day.WORDS
    assert kept["category_name"] == "占道经营"
    assert len(kept["photos"]) == 1

    at_home = visit(**PHONE)
    at_home.goto(day.at(web, "/citizen"))
    at_home.get_by_role("button", name="查进度").tap()
    phone.look_up(at_home, code.lower().replace("-", " "))
    expect(at_home.get_by_text(day.WORDS)).to_be_visible()
    expect(at_home.get_by_role("img", name="照片 1")).to_be_visible()

    day.go_the_whole_way(anybody, code)
    at_home.get_by_role("button", name="刷新").tap()
    expect(at_home.get_by_text(day.ANSWER)).to_be_visible()
    expect(at_home.get_by_text("已整改")).to_be_visible()
    at_home.get_by_role("button", name="提交评价").tap()
    expect(at_home.get_by_role("alert")).to_have_text("请先选：问题解决了吗？")
    at_home.get_by_text("解决了", exact=True).tap()
    at_home.get_by_text("满意", exact=True).tap()
    at_home.get_by_role("button", name="提交评价").tap()
    expect(at_home.get_by_text("谢谢，评价已经记录。")).to_be_visible()
    expect(at_home.get_by_role("button", name="提交评价")).to_have_count(0)

    hers.get_by_role("button", name="查看进度").tap()
    expect(hers.get_by_text(re.compile("您的评价.*解决了.*满意"))).to_be_visible()
    expect(hers.get_by_role("button", name="提交评价")).to_have_count(0)


def test_a_slip_of_the_finger_in_the_code_is_told_at_once(web, anybody, visit):
    code = day.report(anybody)["receipt"]
    slipped = ("8" if code[0] != "8" else "9") + code[1:]
    page = visit(**PHONE)
    page.goto(day.at(web, "/citizen#progress"))
    for typed, said in (
        (code[:-1], "现在是 27 位"),
        ("U" + code[1:], "没有字母 U"),
        (slipped, "没有这个查询码"),
    ):
        phone.look_up(page, typed)
        expect(page.get_by_role("alert")).to_contain_text(said)
    misread = code.replace("0", "O").replace("1", "l")
    phone.look_up(page, misread)
    expect(page.get_by_text(day.WORDS)).to_be_visible()
    assert code not in page.url, "the code is never part of an address"


def test_what_is_missing_is_said_before_anything_is_sent(web, visit):
    page = visit(**PHONE)
    phone.open_form(page, web)
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text("请先选定地点")
    phone.choose_place(page)
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text("请选一个类别，或写一句是什么问题")
    page.get_by_role("button", name="噪声扰民").tap()
    page.get_by_role("switch").tap()
    page.get_by_label("手机号").fill("138")
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text("手机号看起来不对")


def test_leaving_the_form_while_its_map_still_moves_breaks_nothing(web, visit):
    page = visit(**PHONE)
    phone.open_form(page, web)
    phone.choose_place(page)
    page.get_by_role("button", name="查进度").tap()
    expect(page.get_by_label("查询码", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("已选定的位置")).to_be_visible()
    page.wait_for_timeout(500)


HERE = {"latitude": 31.57, "longitude": 121.05}


def test_where_the_phone_says_it_is_goes_out_with_how_sure_it_is(web, visit):
    page = visit(**PHONE, geolocation={**HERE, "accuracy": 18}, permissions=["geolocation"])
    phone.open_form(page, web)
    page.get_by_role("button", name="用手机定位").tap()
    expect(page.get_by_text("误差约 18 米")).to_be_visible()
    expect(page.get_by_text(re.compile("城中片区.*网格 CZ-01"))).to_be_visible()
    page.get_by_role("button", name="垃圾渣土").tap()
    with page.expect_request("**/api/v1/reports") as sent:
        phone.send_button(page).tap()
    place = sent.value.post_data_json["place"]
    assert place == {"lon": HERE["longitude"], "lat": HERE["latitude"], "crs": "wgs84", "accuracy_m": 18}
    phone.read_receipt(page)


def test_a_phone_that_is_not_sure_where_it_is_asks_for_the_pin(web, visit):
    page = visit(**PHONE, geolocation={**HERE, "accuracy": 1500}, permissions=["geolocation"])
    phone.open_form(page, web)
    page.get_by_role("button", name="用手机定位").tap()
    expect(page.get_by_text("误差约 1.5 公里")).to_be_visible()
    expect(page.get_by_text("请把图钉拖到准确的位置")).to_be_visible()


def test_who_does_not_let_the_phone_say_where_it_is_can_go_on(web, visit):
    page = visit(**PHONE)
    phone.open_form(page, web)
    page.get_by_role("button", name="用手机定位").tap()
    expect(page.get_by_role("alert")).to_contain_text("请在地图上点出地点，不影响举报")
    phone.fill_in(page)
    phone.send_button(page).tap()
    phone.read_receipt(page)
