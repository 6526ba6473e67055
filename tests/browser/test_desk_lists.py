"""底册、人员与值班 at the desk: a sheet is looked at before it counts, and a day's roster is drawn."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import desk
from tests.faults.stage import Web
from tests.ground.cast import CHEN_JING, PASSWORD, SETTLED, Person
from tests.ground.databases import on_sqlite
from tests.ground.lists import POWERS
from town import accounts
from town.database import Database
from town.people import Role

pytestmark = on_sqlite
XU_FEI = Person("xufei", "许斐", Role.LEGAL_REVIEWER)
HE_PING = Person("heping", "何平", Role.SYSTEM_ADMIN)
AT_1366 = {"viewport": {"width": 1366, "height": 768}}
ADDED = "YX009,擅自张贴,市容环卫,《某县市容条例》第十五条,警告,09006,自有,2026-01-01,2026-01-01,是\n"
WRONG = ADDED.replace("《某县市容条例》第十五条", "").replace("2026-01-01,是", "2026-13-01,是")


@pytest.fixture
def web(listed: Database, start_web) -> Web:
    """The pages of 云溪镇, whose lists 许斐 reviews and whose accounts 何平 keeps."""
    with listed.write() as session:
        for person in (XU_FEI, HE_PING):
            accounts.create(session, person.login, person.name, [person.role], None, PASSWORD, SETTLED)
    return start_web()


def upload(page: Page, rows: str) -> None:
    """Choose a sheet, as it is saved from a spreadsheet."""
    file: FilePayload = {"name": "权力清单 2027.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("input[type=file]").set_input_files(file)


def open_powers(page: Page) -> None:
    desk.go_to(page, "底册")
    page.get_by_role("button", name="权力清单", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("权力 2026"))).to_contain_text("使用中")


def test_a_sheet_with_faults_names_each_by_row_and_column_and_changes_nothing(web, visit):
    his = desk.sit_down(visit(**AT_1366), web, XU_FEI)
    open_powers(his)
    upload(his, POWERS + WRONG)
    expect(his.get_by_role("alert")).to_contain_text("2 处要改")
    expect(his.get_by_role("row", name=re.compile("D 法律依据"))).to_contain_text("5")
    expect(his.get_by_role("row", name=re.compile("I 生效日期"))).to_contain_text("2026-13-01")
    expect(his.get_by_role("button", name="导入")).to_have_count(0)


def test_a_good_sheet_is_compared_imported_confirmed_and_put_in_force_from_a_day(web, visit):
    his = desk.sit_down(visit(**AT_1366), web, XU_FEI)
    open_powers(his)
    upload(his, POWERS + ADDED)
    expect(his.get_by_text("没有问题，可以导入")).to_be_visible()
    expect(his.get_by_text("新增 1").first).to_be_visible()
    his.get_by_role("button", name="导入", exact=True).click()
    desk.confirm(his, "导入")
    expect(his.get_by_text("已导入，还没有启用")).to_be_visible()
    imported = his.get_by_role("row", name=re.compile("权力清单 2027"))
    imported.get_by_role("button", name="法制确认").click()
    desk.confirm(his, "法制确认")
    expect(imported).to_contain_text("许斐")
    imported.get_by_role("button", name="启用").click()
    desk.confirm(his, "启用")
    expect(imported).to_contain_text("待启用")
    his.get_by_role("button", name="权力清单 2027").click()
    rows = his.get_by_role("dialog")
    rows.get_by_placeholder("查找编号、名称、依据").fill("张贴")
    expect(rows.get_by_text("4 条中的 1 条")).to_be_visible()


def test_the_dispatcher_reads_the_lists_and_may_not_change_them(web, visit):
    hers = desk.sit_down(visit(**AT_1366), web, CHEN_JING)
    open_powers(hers)
    expect(hers.get_by_text("只有系统管理员和法制审核能改，您可以查看。")).to_be_visible()
    expect(hers.locator("input[type=file]")).to_have_count(0)


def test_a_shift_becomes_a_band_of_the_day_and_leave_tears_it_open(web, visit):
    hers = desk.sit_down(visit(**AT_1366), web, CHEN_JING)
    desk.go_to(hers, "人员与值班")
    expect(hers.get_by_text("这一天还没有排班")).to_be_visible()
    hers.get_by_role("button", name="后一天").click()
    hers.get_by_role("button", name="加一班").click()
    hers.get_by_role("button", name="保存").click()
    expect(hers.get_by_role("alert")).to_have_text("还差：中队、谁")
    desk.choose(hers, "中队", "城中片区中队")
    desk.choose(hers, "谁", "林晓峰")
    hers.get_by_label("这一班由他带班").check()
    hers.get_by_role("button", name="保存").click()
    expect(hers.get_by_text("08:30–17:30 带班")).to_be_visible()
    expect(hers.get_by_text("00:00 到 08:30 没人，17:30 到 24:00 没人")).to_be_visible()
    hers.get_by_role("button", name="记请假").click()
    desk.choose(hers, "谁", "林晓峰")
    hers.get_by_label("请假理由").fill("年休假")
    hers.get_by_role("button", name="保存").click()
    expect(hers.get_by_text("00:00 到 24:00 没人")).to_be_visible()


def test_certificates_stand_beside_their_officers(web, visit):
    his = desk.sit_down(visit(**AT_1366), web, HE_PING)
    desk.go_to(his, "人员与值班")
    his.get_by_role("button", name="中队和人员").click()
    expect(his.get_by_role("row", name=re.compile("林晓峰"))).to_contain_text("云执 0001 2029-12-31 到期")
    expect(his.get_by_role("row", name=re.compile("小吴"))).to_contain_text("没有执法证")


def test_new_people_come_by_a_sheet_and_their_first_passwords_are_shown_once(web, visit):
    his = desk.sit_down(visit(**AT_1366), web, HE_PING)
    desk.go_to(his, "人员与值班")
    his.get_by_role("button", name="导入名册").click()
    rows = "账号,姓名,岗位,中队\nsunyi,孙毅,执法队员,CZ\n"
    his.locator("input[type=file]").set_input_files(
        {"name": "人员.csv", "mimeType": "text/csv", "buffer": rows.encode("gb18030")}
    )
    expect(his.get_by_text("新增 1").first).to_be_visible()
    his.get_by_role("button", name="导入", exact=True).click()
    desk.confirm(his, "导入")
    expect(his.get_by_text("新账号的初始密码，只显示这一次")).to_be_visible()
    expect(his.get_by_role("row", name=re.compile("孙毅 sunyi"))).to_be_visible()
    his.get_by_role("button", name="中队和人员").click()
    expect(his.get_by_role("row", name=re.compile("孙毅 执法队员"))).to_be_visible()


def test_the_administrator_sees_the_maps_and_that_they_come_by_command(web, visit):
    his = desk.sit_down(visit(**AT_1366), web, HE_PING)
    desk.go_to(his, "底册")
    his.get_by_role("button", name="网格", exact=True).click()
    expect(his.get_by_role("row", name=re.compile("2026"))).to_contain_text("使用中")
    expect(his.get_by_text("wangge grids import")).to_be_visible()
