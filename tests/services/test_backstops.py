"""Backstops (兜底): who is fallen back on is named, real, and cannot be lost by the way."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from sqlalchemy import select

from service import staffing
from service.cli import main
from service.founding import NewTown, draft, found
from tests.ground.cast import ACTOR, CHEN_JING, COUNTY, GAS, INNER, LIN_XIAOFENG, WATER, ZHENG_YAN
from tests.ground.databases import on_postgresql, on_sqlite
from town import accounts, backstops, journal, people_file, profile, staff
from town.backstops import Backstops
from town.errors import Refused
from town.people import Account
from town.staff import PersonEntry

NOW = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)


@pytest.fixture
def backed(staffed):
    """The staffed town: 郑严 is its fallback, the gas company its last resort."""
    with staffed.write() as session:
        backstops.change(session, Backstops(ZHENG_YAN.login, GAS), ACTOR, NOW)
    return staffed


def account_of(session, person):
    return session.scalars(select(Account).where(Account.login == person.login)).one()


def names(database):
    with database.read() as session:
        town = profile.current(session)
        return town.fallback, town.last_resort, f"{town.quiet_from}-{town.quiet_until}"


def test_what_is_named_is_kept_and_what_is_not_stays(staffed):
    assert names(staffed) == (None, None, "21:00-07:00")
    with staffed.write() as session:
        backstops.change(session, Backstops(fallback=CHEN_JING.login), ACTOR, NOW)
        backstops.change(session, Backstops(last_resort=WATER, quiet="22:30-06:00"), ACTOR, NOW)
        backstops.change(session, Backstops(quiet="22:30-06:00"), ACTOR, NOW)
    assert names(staffed) == (CHEN_JING.login, WATER, "22:30-06:00")
    with staffed.read() as session:
        told = [event.data for event in journal.events_of(session, "town") if event.kind == "town.changed"]
    assert told == [
        {"fallback": [None, CHEN_JING.login]},
        {"last_resort": [None, WATER], "quiet_from": ["21:00", "22:30"], "quiet_until": ["07:00", "06:00"]},
    ]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Backstops(fallback="nobody"), "person_unknown"),
        (Backstops(fallback=""), "person_unknown"),
        (Backstops(fallback=LIN_XIAOFENG.login), "fallback_unfit"),
        (Backstops(last_resort="nobody"), "partner_unknown"),
        (Backstops(last_resort=""), "partner_unknown"),
        (Backstops(quiet="21-7"), "invalid"),
        (Backstops(quiet="24:00-07:00"), "invalid"),
        (Backstops(fallback=CHEN_JING.login, quiet=""), "invalid"),
    ],
)
def test_nobody_is_named_who_is_not_there_or_cannot_do_it(backed, wanted, code):
    before = names(backed)
    with pytest.raises(Refused, match=code), backed.write() as session:
        backstops.change(session, wanted, ACTOR, NOW)
    assert names(backed) == before


def test_who_is_blocked_cannot_be_named(staffed):
    with staffed.write() as session:
        accounts.block(session, account_of(session, CHEN_JING), NOW)
    with pytest.raises(Refused, match="person_unknown"), staffed.write() as session:
        backstops.change(session, Backstops(fallback=CHEN_JING.login), ACTOR, NOW)


def test_the_fallback_is_not_blocked_nor_closed_nor_robbed_of_his_post(backed):
    for losing in (
        lambda session: accounts.block(session, account_of(session, ZHENG_YAN), NOW),
        lambda session: staff.close_person(session, ZHENG_YAN.login, ACTOR, NOW),
        lambda session: staff.keep_person(
            session, PersonEntry(ZHENG_YAN.login, "郑严", ("officer",), INNER), None, ACTOR, NOW
        ),
    ):
        with pytest.raises(Refused, match="fallback_needed"), backed.write() as session:
            losing(session)
    with backed.write() as session:
        approver = PersonEntry(ZHENG_YAN.login, "郑严", ("approver", "checker"))
        staff.keep_person(session, approver, None, ACTOR, NOW)
        backstops.change(session, Backstops(fallback=CHEN_JING.login), ACTOR, NOW)
        staff.close_person(session, ZHENG_YAN.login, ACTOR, NOW)


def test_the_last_resort_is_not_closed(backed):
    with pytest.raises(Refused, match="last_resort_needed"), backed.write() as session:
        staff.close_partner(session, GAS, ACTOR, NOW)
    with backed.write() as session:
        staff.close_partner(session, WATER, ACTOR, NOW)


def plan_of(database, tmp_path, closing=True, **sheets):
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(tmp_path / "people.xlsx")
    with database.read() as session:
        return staffing.draw(session, people_file.read(tmp_path / "people.xlsx"), NOW, closing=closing)


PEOPLE_HEAD = ["账号", "姓名", "岗位", "中队", "协同单位"]
PARTNERS_HEAD = ["代码", "名称", "类别", "电话"]


def test_a_file_that_would_end_them_is_refused_before_anything_is_written(backed, tmp_path):
    without = {
        "人员": [PEOPLE_HEAD, [CHEN_JING.login, "陈静", "指挥中心", "", ""]],
        "协同单位": [PARTNERS_HEAD, [COUNTY, "云川县", "县", ""]],
    }
    plan = plan_of(backed, tmp_path, **without)
    found = {(one.sheet, one.code) for one in plan.complaints if one.refuses}
    assert found == {("人员", "fallback_needed"), ("协同单位", "last_resort_needed")}
    assert not plan_of(backed, tmp_path, closing=False, **without).refused
    robbed = {"人员": [PEOPLE_HEAD, [ZHENG_YAN.login, "郑严", "核查员", "", ""]]}
    assert [one.code for one in plan_of(backed, tmp_path, closing=False, **robbed).complaints] == ["fallback_needed"]


@on_postgresql
def test_who_names_somebody_waits_for_who_blocks_him(staffed):
    """On SQLite one writer is alone anyway."""
    begun = threading.Event()

    def name():
        begun.wait()
        with staffed.write() as session:
            backstops.change(session, Backstops(fallback=CHEN_JING.login), ACTOR, NOW)

    with ThreadPoolExecutor(1) as pool:
        naming = pool.submit(name)
        with staffed.write() as session:
            accounts.block(session, account_of(session, CHEN_JING), NOW)
            begun.set()
            with pytest.raises(TimeoutError):
                naming.result(0.3)
        with pytest.raises(Refused, match="person_unknown"):
            naming.result(20)


def test_a_town_is_founded_with_them_before_there_are_people(database):
    new = NewTown("yunxi", "云溪镇", fallback="zhengyan", last_resort="gas", quiet="20:00-08:00")
    with database.write() as session:
        found(session, new, NOW)
    assert names(database) == ("zhengyan", "gas", "20:00-08:00")
    with pytest.raises(Refused, match="invalid"):
        draft(NewTown("yunxi", "云溪镇", quiet="evenings"), NOW)


@pytest.fixture
def wangge(database, tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }
    return lambda *words: CliRunner().invoke(main, words, env=environment)


@on_sqlite
def test_from_the_command_line_they_are_shown_set_and_shown_again(wangge, staffed):
    assert "兜底人\t没有指定" in wangge("town", "show").output
    words = ("town", "set", "--fallback", ZHENG_YAN.login, "--last-resort", GAS, "--quiet", "00:00-00:00")
    tried = wangge(*words)
    assert tried.exit_code == 0, tried.output
    assert "以上只是预览" in tried.output
    assert names(staffed) == (None, None, "21:00-07:00")
    assert wangge(*words, "--commit").exit_code == 0
    said = wangge("town", "show").output
    assert f"兜底人\t{ZHENG_YAN.login}" in said
    assert f"兜底单位\t{GAS}" in said
    assert "免打扰\t无" in said
    blocked = wangge("accounts", "block", ZHENG_YAN.login)
    assert (blocked.exit_code, "fallback_needed" in blocked.output) == (1, True)
    assert wangge("town", "set", "--commit").exit_code == 2


@on_sqlite
def test_who_founds_a_town_is_told_about_the_fallback(wangge, database):
    created = wangge("town", "create", "--code", "yunxi", "--name", "云溪镇", "--fallback", "zhengyan", "--commit")
    assert created.exit_code == 0, created.output
    assert "兜底人是 zhengyan" in created.output
    assert names(database)[0] == "zhengyan"
