"""Cases on the desk: what may be done and why not, forms that lose nothing, and who sees whom."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import cases, day, desk
from tests.faults.clients import Caller
from tests.faults.stage import Web
from tests.ground.bureau import STALL_HOLDER, XU_FEI, ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, SU_MIN, ZHAO_HAI, Person
from tests.ground.databases import on_sqlite
from town import clock

pytestmark = on_sqlite
AT_1366 = {"viewport": {"width": 1366, "height": 768}}
FINDINGS = "人行道上有厨余垃圾约一桶，污水流向雨水口。"
LITTERING = "06030"
WRONG_DIGIT = "110105194912310021"
INQUIRED = ("name_party", "inspect", "question", "add_evidence", "verify_evidence")


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    """The bureau, at this hour."""
    bureau.now = clock.now()
    return bureau


@pytest.fixture
def web(office: Bureau, start_web) -> Web:
    return start_web()


@pytest.fixture
def sits(web: Web, visit):
    """Somebody before the desk: ``sits(SU_MIN)``."""

    def sit(person: Person, **device) -> Page:
        return desk.sit_down(visit(**{**AT_1366, **device}), web, person)

    return sit


def inquired(office: Bureau) -> Life:
    """A case with all its evidence, not yet filed."""
    life = office.open()
    for act in INQUIRED:
        life.do(act)
    return life


def test_what_a_squad_found_itself_becomes_a_case(office, sits):
    hers = sits(SU_MIN)
    hers.get_by_role("button", name="登记线索").click()
    form = hers.get_by_role("form", name="登记线索")
    expect(form.get_by_role("group", name="从哪里来的").get_by_label("检查发现")).to_be_checked()
    expect(form.get_by_label(SU_MIN.name)).to_be_checked()
    form.get_by_label(LIN_XIAOFENG.name).check()
    form.get_by_label("案情").fill(FINDINGS)
    form.get_by_role("button", name="提交：登记线索").click()
    expect(form.get_by_role("alert")).to_have_text("还差：地点、案由（权力清单条目）")
    form.get_by_label("坐标", exact=True).fill("121.0501，31.5701")
    form.get_by_label("坐标", exact=True).press("Tab")
    expect(form.get_by_text("在城中片区 · 城中片区一号网格")).to_be_visible()
    desk.choose(hers, "案由（权力清单条目）", "随地吐痰、便溺")
    form.get_by_role("button", name="提交：登记线索").click()
    expect(hers.get_by_role("region", name="现在可以做")).to_be_visible()
    expect(hers.get_by_text(FINDINGS).last).to_be_visible()
    hers.get_by_role("button", name="案件列表").click()
    expect(cases.rows(hers)).to_have_count(1)


def test_an_order_on_the_street_becomes_a_case(office, sits, anybody):
    day.report(anybody, category=LITTERING)
    his = anybody.signed_in(LIN_XIAOFENG)
    for action in ("accept", "arrive"):
        day.step(his, day.newest_order(his), action)
    leader = sits(LIN_XIAOFENG)
    leader.get_by_role("button", name="登记线索").click()
    form = leader.get_by_role("form", name="登记线索")
    form.get_by_role("group", name="哪一件工单").get_by_role("radio").check()
    form.get_by_label(SU_MIN.name).check()
    form.get_by_label("案情").fill(FINDINGS)
    form.get_by_role("button", name="提交：登记线索").click()
    expect(leader.get_by_role("region", name="现在可以做")).to_be_visible()
    assert day.newest_order(his)["state"] == "in_case"


def test_an_officer_begins_with_the_party_whose_doubtful_number_is_shown_and_stops_nothing(office, sits):
    office.open()
    hers = sits(SU_MIN)
    expect(cases.rows(hers)).to_have_count(1)
    opened = cases.open_first(hers)
    form = cases.begin(opened, "确认当事人")
    form.get_by_role("button", name="填写当事人").click()
    asked = hers.get_by_role("dialog")
    asked.get_by_role("button", name="用这个当事人").click()
    expect(asked.get_by_role("alert")).to_have_text("还差：姓名或名称、证件号码")
    asked.get_by_label("姓名或名称").fill(STALL_HOLDER.name)
    asked.get_by_label("证件号码").fill(WRONG_DIGIT)
    asked.get_by_role("button", name="用这个当事人").click()
    expect(asked.get_by_text("请再核对一遍")).to_be_visible()
    asked.get_by_role("button", name="核对过了，就用这个").click()
    expect(form.get_by_text("当事人：周*英")).to_be_visible()
    cases.send(opened, "确认当事人")
    expect(opened.get_by_role("heading", level=1)).to_have_text(STALL_HOLDER.name)
    kept = hers.evaluate("JSON.stringify([sessionStorage, localStorage, location.href])")
    assert STALL_HOLDER.name not in kept
    assert WRONG_DIGIT not in kept


def test_one_officer_alone_is_stopped_with_the_article_and_nothing_typed_is_lost(office, sits):
    office.open().do("name_party")
    opened = cases.open_first(sits(SU_MIN))
    cases.inspect(opened, FINDINGS)
    officers = opened.get_by_role("group", name="执法人员")
    expect(officers.get_by_label(SU_MIN.name)).to_be_checked()
    expect(officers.get_by_text("执法证 云执 0001")).to_be_visible()
    officers.get_by_label(LIN_XIAOFENG.name).uncheck()
    opened.get_by_role("button", name="提交：现场检查").click()
    alert = opened.get_by_role("alert").filter(has_text="法律不允许")
    expect(alert).to_contain_text("第四十二条")
    expect(opened.get_by_label("检查情况")).to_have_value(FINDINGS)
    officers.get_by_label(LIN_XIAOFENG.name).check()
    cases.send(opened, "现场检查")
    expect(opened.get_by_text(FINDINGS)).to_be_visible()


def test_evidence_is_sent_with_its_file_and_can_be_chosen_afterwards(office, sits, tmp_path):
    office.open().do("name_party")
    photo = tmp_path / "现场.txt"
    photo.write_text("一桶垃圾")
    hers = sits(SU_MIN)
    opened = cases.open_first(hers)
    form = cases.begin(opened, "登记证据")
    cases.choose(form, "来源", "执法人员采集")
    form.get_by_label("名称").fill("现场记录")
    form.get_by_label("证明内容").fill("当事人倾倒垃圾")
    cases.set_moment(form, "取得时间", 0.3)
    desk.choose(hers, "证据种类", "书证")
    form.locator("input[type=file]").set_input_files(photo)
    expect(form.get_by_text("已存好：现场.txt")).to_be_visible()
    cases.send(opened, "登记证据")
    form = cases.begin(opened, "核实证据")
    cases.choose(form, "证据", "证据 1")
    cases.send(opened, "核实证据")
    cases.tab(opened, "证据")
    expect(opened.get_by_text("苏敏、林晓峰 已核实")).to_be_visible()
    with hers.expect_download() as got:
        opened.get_by_role("button", name="看原件").click()
    assert got.value.path().read_text() == "一桶垃圾"


def test_the_approver_finds_what_waits_and_files_it(office, sits):
    inquired(office).do("ask_filing")
    office.open()
    his = sits(ZHOU_ZHENG)
    expect(his.get_by_role("button", name="待我审批")).to_have_attribute("aria-current", "true")
    expect(cases.rows(his)).to_have_count(1)
    expect(cases.rows(his).get_by_text("轮到您")).to_be_visible()
    opened = cases.open_first(his)
    form = cases.begin(opened, "批准立案")
    opened.get_by_role("button", name="提交：批准立案").click()
    expect(form.get_by_role("alert")).to_have_text("还差：意见")
    form.get_by_label("意见").fill("同意立案。")
    cases.send(opened, "批准立案")
    expect(opened.get_by_text(re.compile("云综执立字〔.*〕第"))).to_be_visible()
    cases.tab(opened, "文书")
    expect(opened.get_by_text("立案审批表").first).to_be_visible()
    cases.tab(opened, "时限")
    expect(opened.get_by_text("作出决定").first).to_be_visible()
    opened.get_by_role("button", name="案件列表").click()
    expect(his.get_by_text("现在没有等您的案件")).to_be_visible()
    his.get_by_role("button", name="全部案件").click()
    expect(cases.rows(his)).to_have_count(2)


def test_a_paper_is_read_and_worked_on(office, sits):
    inquired(office)
    hers = sits(SU_MIN)
    opened = cases.open_first(hers)
    cases.tab(opened, "文书")
    with hers.expect_popup() as tab:
        opened.get_by_role("button", name="打开 PDF").first.click()
    tab.value.wait_for_url(re.compile("^blob:"))
    with hers.expect_download() as got:
        opened.get_by_role("button", name="下载 Word").first.click()
    assert got.value.suggested_filename.endswith(".docx")


def test_the_whole_file_is_taken_away_in_three_ways(office, sits):
    inquired(office).do("ask_filing").do("file", ZHOU_ZHENG)
    his = sits(ZHOU_ZHENG)
    his.get_by_role("button", name="全部案件").click()
    opened = cases.open_first(his)
    cases.tab(opened, "卷宗")
    for name, begins in (("卷宗 PDF", b"%PDF"), ("全部原件", b"PK"), ("案件数据", b"{")):
        with his.expect_download() as got:
            opened.get_by_role("button", name=name).click()
        assert got.value.path().read_bytes().startswith(begins)


def test_what_may_not_be_done_yet_says_why_and_under_which_article(office, sits):
    office.open()
    opened = cases.open_first(sits(SU_MIN))
    opened.get_by_text("现在还不能做").click()
    closed = opened.get_by_role("listitem").filter(has_text="处理登记保存物品")
    expect(closed).to_contain_text("本案没有正在登记保存的物品。《行政处罚法》第五十六条")
    expect(closed.get_by_role("button")).to_have_count(0)


def test_what_a_colleague_did_meanwhile_is_shown_and_the_words_stay(office, sits):
    life = office.open().do("name_party")
    opened = cases.open_first(sits(SU_MIN))
    cases.inspect(opened, FINDINGS)
    life.do("no_correction", LIN_XIAOFENG)
    opened.get_by_role("button", name="提交：现场检查").click()
    notice = opened.get_by_role("alert").filter(has_text="您填的时候，这件案件变了")
    expect(notice).to_contain_text("记录不需责令改正　林晓峰")
    expect(opened.get_by_role("button", name="提交：现场检查")).to_be_disabled()
    expect(opened.get_by_label("检查情况")).to_have_value(FINDINGS)
    notice.get_by_role("button", name="看过了，继续").click()
    cases.send(opened, "现场检查")


def test_words_outlive_a_reload_but_where_somebody_lives_does_not_lie_in_the_browser(office, sits):
    office.open().do("name_party")
    hers = sits(SU_MIN)
    opened = cases.open_first(hers)
    form = cases.begin(opened, "送达地址确认")
    form.get_by_role("textbox", name="送达地址").fill("云溪镇河东村 12 号")
    form.get_by_label("说明").fill("本人当面写的")
    assert "河东村" not in hers.evaluate("JSON.stringify(sessionStorage)")
    hers.reload()
    expect(hers.get_by_label("说明")).to_have_value("本人当面写的")
    expect(hers.get_by_role("textbox", name="送达地址")).to_have_value("")
    hers.get_by_role("button", name="退出").click()
    expect(hers.get_by_label("账号")).to_be_visible()
    assert "本人当面写的" not in hers.evaluate("JSON.stringify(sessionStorage)")


def test_whose_post_does_not_need_the_party_reads_a_masked_name_and_no_buttons(office, sits):
    inquired(office)
    hers = sits(CHEN_JING)
    desk.go_to(hers, "案件")
    expect(cases.rows(hers)).to_contain_text("周*英")
    opened = cases.open_first(hers)
    expect(opened.get_by_text("这件案件现在没有轮到您做的")).to_be_visible()
    opened.get_by_text("当事人和案情").click()
    expect(opened.get_by_text("您的岗位不需要当事人的完整信息")).to_be_visible()
    expect(opened.get_by_role("button", name="卷宗")).to_have_count(0)
    cases.tab(opened, "文书")
    expect(opened.get_by_text("询问笔录")).to_be_visible()
    expect(opened.get_by_role("button", name="打开 PDF")).to_have_count(0)
    assert STALL_HOLDER.number not in hers.content()


def test_another_squad_sees_nothing_and_the_reviewer_reads_all(office, sits):
    inquired(office)
    expect(sits(ZHAO_HAI).get_by_text("现在没有等您的案件")).to_be_visible()
    reads = sits(XU_FEI)
    expect(reads.get_by_role("button", name="待我审核")).to_be_visible()
    reads.get_by_role("button", name="全部案件").click()
    expect(cases.rows(reads)).to_have_count(1)


def test_cases_are_found_by_state_and_by_number(office, sits):
    inquired(office).do("ask_filing").do("file", ZHOU_ZHENG)
    office.open()
    hers = sits(SU_MIN)
    expect(cases.rows(hers)).to_have_count(2)
    hers.get_by_label("状态").select_option("待立案")
    expect(cases.rows(hers)).to_have_count(1)
    hers.get_by_role("button", name="清除筛选").click()
    expect(cases.rows(hers)).to_have_count(2)
    hers.get_by_label("案号或编号").fill("云综执立字")
    hers.get_by_role("button", name="查找").click()
    expect(cases.rows(hers)).to_have_count(1)
    hers.get_by_label("案号或编号").fill("没有这个号")
    hers.get_by_label("案号或编号").press("Enter")
    expect(hers.get_by_text("没有符合筛选的案件")).to_be_visible()


def test_the_list_and_the_forms_are_walked_with_the_keyboard(office, sits):
    office.open()
    office.open()
    hers = sits(SU_MIN)
    cases.rows(hers).first.get_by_role("button").focus()
    hers.keyboard.press("ArrowDown")
    expect(cases.rows(hers).nth(1).get_by_role("button")).to_be_focused()
    hers.keyboard.press("Enter")
    opened = hers.get_by_role("main")
    act = opened.get_by_role("button", name="送达地址确认")
    act.focus()
    hers.keyboard.press("Enter")
    expect(opened.get_by_role("heading", name="送达地址确认")).to_be_focused()
    opened.get_by_role("button", name="先不填").press("Enter")
    expect(act).to_be_focused()


def test_a_session_that_has_ended_leads_to_the_door_and_back(office, sits, anybody):
    office.open().do("name_party")
    hers = sits(SU_MIN)
    form = cases.begin(cases.open_first(hers), "请求协助")
    form.get_by_label("机关名称").fill("云川县公安局")
    form.get_by_label("说明").fill("请协助核实身份")
    token = hers.evaluate("JSON.parse(sessionStorage.getItem('wangge.desk.session')).token")
    Caller(anybody.port, f"Bearer {token}").insist("DELETE", "/api/v1/sessions/current")
    hers.get_by_role("button", name="提交：请求协助").click()
    expect(hers.get_by_text("登录已到期，请重新登录。")).to_be_visible()
    desk.sign_in(hers, SU_MIN)
    expect(hers.get_by_label("说明")).to_have_value("请协助核实身份")
