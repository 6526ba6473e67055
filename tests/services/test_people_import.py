"""A file of people: every fault named by row and column, a preview that changes nothing, and then whole or not at all."""

import csv
import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from dispatch.services import posts
from service import staffing
from service.staffing import FirstPassword
from tests.ground.cast import (
    CERTIFICATES,
    CHEN_JING,
    EAST,
    INNER,
    POST_OF_XIAO_LIN,
    SU_MIN,
    XIAO_LIN,
    ZHAO_HAI,
)
from town import accounts, journal, people_file, roster, staff
from town.errors import Refused
from town.journal.models import Event
from town.people import Account, Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
ACTOR = "system:cli"
NOW = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
"""Monday, 09:00 in Shanghai."""

Rows = list[list[Any]]
BOOK: dict[str, Rows] = {
    "协同单位": [
        ["代码", "名称", "类别", "电话"],
        ["county", "云川县", "县", ""],
        ["gas", "云川燃气", "公用事业", "0512-5550001"],
    ],
    "中队": [
        ["代码", "名称", "领域", "备班账号", "片区"],
        [INNER, "城中片区中队", "市容环卫、规划建设", "linxiaofeng", "CZ"],
        ["HB", "环保中队", "生态环境", "anan", "CZ、CD"],
    ],
    "人员": [
        ["账号", "姓名", "岗位", "中队", "协同单位"],
        ["anan", "安安", "中队长", "HB", ""],
        ["xiaowu", "小吴", "辅助人员", INNER, ""],
        ["qiangong", "钱工", "协同单位", "", "gas"],
        ["sumin", "苏敏", "执法队员、核查员", INNER, ""],
    ],
    "执法证": [
        ["账号", "证号", "发证机关", "有效期起", "有效期止"],
        ["anan", "云执 0101", "云川县人民政府", dt.date(2025, 1, 1), dt.date(2029, 12, 31)],
        ["sumin", "云执 0002", "云川县人民政府", "2025-01-01", "2029年12月31日"],
    ],
    "值班": [
        ["中队", "账号", "开始", "结束", "带班"],
        [INNER, "linxiaofeng", "2026-11-24 08:00", "2026-11-24 20:00", "是"],
        [INNER, "sumin", dt.datetime.combine(dt.date(2026, 11, 24), dt.time(20)), "08:00", "是"],
        [INNER, "xiaowu", "2026/11/24 8:00", "20:00", ""],
    ],
    "请假": [["账号", "开始", "结束", "事由"], ["linxiaofeng", "2026-11-25", "2026-11-26", "事假"]],
    "回避": [
        ["账号", "回避对象", "事由", "开始", "结束"],
        ["sumin", "网格 CZ-01", "亲属在此开店", "2026-11-01", ""],
    ],
    "网格员岗位": [["网格", "账号"], ["CZ-01", "xiaolin"]],
}


def book(tmp_path, name="people.xlsx", **changed):
    """A workbook; ``changed`` replaces sheets, None leaves one out."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in {**BOOK, **changed}.items():
        if rows is not None:
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
    made.save(tmp_path / name)
    return tmp_path / name


def plan_of(database, path, *, closing=False, now=NOW):
    filed = people_file.read(path)
    with database.read() as session:
        return filed, staffing.draw(session, filed, now, closing=closing)


def take_in(database, path, *, closing=False, keep=None, passwords=(), now=NOW):
    filed, plan = plan_of(database, path, closing=closing, now=now)
    assert [one.where + one.sentence for one in plan.complaints if one.refuses] == []
    staffing.take_in(database, filed, plan, passwords or known_passwords(plan), ACTOR, keep, now)
    return plan


def known_passwords(plan):
    """The same for everybody, hashed before: hashing is slow on purpose."""
    return tuple(FirstPassword(person, "only-for-tests", accounts.NOBODY) for person in plan.newcomers)


def counts(plan):
    return {
        title: (len(section.added), len(section.changed), section.unchanged, len(section.missing))
        for title, section in plan.sections.items()
    }


def written(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Event))


@pytest.fixture
def new_town(mapped, tmp_path):
    """The mapped town with the whole book taken in."""
    take_in(mapped, book(tmp_path))
    return mapped


def test_the_preview_counts_what_is_new_what_changes_and_what_is_missing(mapped, tmp_path):
    before = written(mapped)
    _, plan = plan_of(mapped, book(tmp_path))
    assert plan.complaints == ()
    assert counts(plan) == {
        "协同单位": (2, 0, 0, 0),
        "中队": (1, 1, 0, 1),
        "片区管辖": (2, 0, 1, 0),
        "人员": (3, 1, 0, 6),
        "执法证": (2, 0, 0, 0),
        "值班": (3, 0, 0, 0),
        "请假": (1, 0, 0, 0),
        "回避": (1, 0, 0, 0),
        "网格员岗位": (1, 0, 0, 0),
    }
    assert {one.login for one in plan.newcomers} == {"anan", "xiaowu", "qiangong"}
    assert written(mapped) == before


def test_a_workbook_makes_a_town_that_can_dispatch(new_town, cast):
    with new_town.read() as session:
        squads = {card.entry.code: card.entry for card in staff.squads(session)}
        people = {card.entry.login: card.entry for card in staff.people(session)}
        night = dt.datetime(2026, 11, 25, 3, tzinfo=SHANGHAI)
        on = roster.read(session, night, night)
        assert set(squads[INNER].fields) == {"市容环卫", "规划建设"}
        assert (squads["HB"].stand_in, people["anan"].squad) == ("anan", "HB")
        assert people["qiangong"].partner == "gas"
        assert people["sumin"].roles == ("checker", "officer")
        assert on.answering(INNER, night) == ("sumin",)
        assert posts.served(session) == {("CZ", INNER), ("CZ", "HB"), ("CD", "HB"), ("CD", EAST)}
        assert posts.by_grid(session) == {"CZ-01": "xiaolin"}
        (conflict,) = staff.conflicts(session, NOW.date())
        assert conflict.entry.about == "grid:CZ-01"
        (leave,) = staff.leaves(session, NOW)
        assert leave.entry.ends_at == dt.datetime(2026, 11, 27, tzinfo=SHANGHAI)


def test_taken_in_again_the_same_file_changes_nothing(new_town, tmp_path):
    before = written(new_town)
    _, plan = plan_of(new_town, tmp_path / "people.xlsx")
    assert plan.idle
    assert {(added, changed) for added, changed, *_ in counts(plan).values()} == {(0, 0)}
    take_in(new_town, tmp_path / "people.xlsx")
    assert written(new_town) == before


def test_a_folder_of_tables_says_the_same_as_a_workbook(mapped, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for title, rows in BOOK.items():
        encoding = "gb18030" if title in ("人员", "中队") else "utf-8-sig"
        with (folder / f"{title}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    _, from_folder = plan_of(mapped, folder)
    _, from_book = plan_of(mapped, book(tmp_path))
    assert from_folder == from_book


def test_a_new_person_signs_in_with_the_password_from_the_file_that_only_its_owner_reads(mapped, tmp_path):
    path = tmp_path / "passwords.csv"
    _, plan = plan_of(mapped, book(tmp_path))
    take_in(mapped, tmp_path / "people.xlsx", keep=path, passwords=staffing.first_passwords(plan))
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        given = {row["账号"]: row["初始密码"] for row in csv.DictReader(file)}
    assert given.keys() == {"anan", "xiaowu", "qiangong"}
    assert len(set(given.values())) == 3
    with mapped.read() as session:
        anan = session.scalars(select(Account).where(Account.login == "anan")).one()
        told = [str(event) for event in session.scalars(select(Event.data))]
    assert accounts.fits(anan.password, given["anan"])
    assert not any(given["anan"] in event for event in told)


def test_a_file_of_passwords_is_never_overwritten_and_not_left_behind(mapped, tmp_path):
    (tmp_path / "kept.csv").write_text("还要用")
    filed, plan = plan_of(mapped, book(tmp_path))
    passwords = known_passwords(plan)
    before = written(mapped)
    with pytest.raises(Refused, match="people_refused"):
        staffing.take_in(mapped, filed, plan, passwords, ACTOR, tmp_path / "kept.csv", NOW)
    assert (tmp_path / "kept.csv").read_text() == "还要用"
    with pytest.raises(Refused, match="people_changed"):
        staffing.take_in(mapped, filed, plan, passwords[:1], ACTOR, tmp_path / "new.csv", NOW)
    assert not (tmp_path / "new.csv").exists()
    assert written(mapped) == before


def test_what_changed_after_the_preview_is_not_overwritten_unseen(mapped, tmp_path):
    filed, plan = plan_of(mapped, book(tmp_path))
    with mapped.write() as session:
        moved = staff.PersonEntry("sumin", "苏敏", ("checker",))
        staff.keep_person(session, moved, None, "account:desk", NOW)
    with pytest.raises(Refused, match="people_changed"):
        staffing.take_in(mapped, filed, plan, known_passwords(plan), ACTOR, None, NOW)
    with mapped.read() as session:
        assert next(card.entry for card in staff.people(session) if card.entry.login == "sumin") == moved


def test_an_order_of_leaders_swaps_although_half_way_two_would_lead(new_town, tmp_path):
    rows = [row[:] for row in BOOK["值班"]]
    rows[1][4], rows[3] = "否", [INNER, "sumin", "2026-11-24 08:00", "2026-11-24 20:00", "是"]
    plan = take_in(new_town, book(tmp_path, "swapped.xlsx", 值班=rows))
    assert counts(plan)["值班"] == (1, 1, 1, 1)
    morning = dt.datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
    with new_town.read() as session:
        assert roster.read(session, morning, morning).answering(INNER, morning) == ("sumin", "linxiaofeng")


def only(**sheets):
    return {title: sheets.get(title) for title in BOOK}


def test_what_a_file_does_not_speak_of_stays_as_it_is(new_town, tmp_path):
    alone = only(人员=[BOOK["人员"][0], ["anan", "安安", "执法队员", "HB", ""]])
    plan = take_in(new_town, book(tmp_path, "one.xlsx", **alone))
    assert {title for title, section in plan.sections.items() if not section.idle} == {"人员"}
    with new_town.read() as session:
        active = {card.entry.login for card in staff.people(session) if card.active}
    assert {SU_MIN.login, ZHAO_HAI.login, "xiaowu"} <= active


def test_a_squad_without_a_column_of_areas_keeps_the_areas_it_serves(new_town, tmp_path):
    alone = only(中队=[["代码", "名称", "领域"], ["HB", "环保中队", "生态环境"]])
    plan = take_in(new_town, book(tmp_path, "one.xlsx", **alone))
    assert [change.after.stand_in for change in plan.squads.changed] == [None]
    with new_town.read() as session:
        assert ("CD", "HB") in posts.served(session)


def test_a_squad_serves_what_its_line_says_and_an_area_left_alone_is_pointed_out(new_town, tmp_path):
    alone = only(中队=[["代码", "名称", "片区"], ["HB", "环保中队", "CD"], [INNER, "城中片区中队", ""]])
    plan = take_in(new_town, book(tmp_path, "one.xlsx", **alone))
    assert [(one.code, one.refuses) for one in plan.complaints] == [("unserved", False)]
    assert "CZ" in plan.complaints[0].sentence
    with new_town.read() as session:
        assert posts.served(session) == {("CD", "HB"), ("CD", EAST)}


def test_a_sheet_with_its_header_only_closes_nobody(new_town, tmp_path):
    empty = only(人员=[BOOK["人员"][0]], 中队=[BOOK["中队"][0]])
    _, plan = plan_of(new_town, book(tmp_path, "empty.xlsx", **empty), closing=True)
    assert (plan.complaints, plan.idle) == ((), True)


def test_asked_to_what_is_missing_is_ended_but_nobody_who_runs_the_system(new_town, cast, tmp_path):
    with new_town.write() as session:
        accounts.create(session, "root", "管理员", [Role.SYSTEM_ADMIN], None, "only-for-tests", NOW)
    shorter = {
        "人员": [BOOK["人员"][0], ["anan", "安安", "中队长", "HB", ""], ["linxiaofeng", "林晓峰", "中队长", INNER, ""]],
        "值班": BOOK["值班"][:2],
        "执法证": BOOK["执法证"][:2],
        "中队": BOOK["中队"],
        "协同单位": BOOK["协同单位"][:2],
    }
    shifts = [row[:] for row in shorter["值班"]] + [[INNER, "linxiaofeng", "2026-11-26 08:00", "20:00", "是"]]
    plan = take_in(new_town, book(tmp_path, "shorter.xlsx", **only(**{**shorter, "值班": shifts})), closing=True)
    with new_town.read() as session:
        active = {card.entry.login for card in staff.people(session) if card.active}
        cards = {card.entry.number: card.state for card in staff.certificates(session, NOW.date())}
        assert active == {"anan", "linxiaofeng", "root"}
        assert {card.entry.code: card.active for card in staff.squads(session)}[EAST] is False
        assert cards == {"云执 0101": "certified", "云执 0002": "revoked"}
        assert [card.entry.login for card in staff.shifts(session, NOW, NOW + dt.timedelta(days=9))] == [
            "linxiaofeng"
        ] * 2
        assert {card.entry.code: card.active for card in staff.partners(session)} == {"county": True, "gas": False}
    assert len(plan.shifts.missing) == 2
    again = take_in(new_town, tmp_path / "shorter.xlsx", closing=True)
    assert again.idle


def test_a_squad_that_still_holds_open_orders_is_not_closed(door, cast, tmp_path):
    door.report()
    database = door.app.extensions["wangge"].database
    one = only(中队=[BOOK["中队"][0][:2], [EAST, "城东片区中队"]])
    filed, plan = plan_of(database, book(tmp_path, "one.xlsx", **one), closing=True)
    with pytest.raises(Refused, match="城中片区中队 还有 1 件工单没有办结"):
        staffing.take_in(database, filed, plan, (), ACTOR, None, NOW)
    with database.read() as session:
        assert all(card.active for card in staff.squads(session))


def test_somebody_who_comes_back_keeps_his_account_and_gets_no_new_password(new_town, tmp_path):
    with new_town.write() as session:
        staff.close_person(session, "anan", ACTOR, NOW)
    _, plan = plan_of(new_town, tmp_path / "people.xlsx")
    assert (len(plan.people.added), plan.newcomers) == (1, ())
    take_in(new_town, tmp_path / "people.xlsx")
    with new_town.read() as session:
        assert next(card.active for card in staff.people(session) if card.entry.login == "anan")


def test_a_revoked_certificate_is_not_made_good_by_an_old_file(new_town, tmp_path):
    with new_town.write() as session:
        staff.revoke_certificate(session, CERTIFICATES[SU_MIN.login], NOW.date(), "account:desk", NOW)
    assert plan_of(new_town, tmp_path / "people.xlsx")[1].idle


def test_what_was_on_duty_is_not_rewritten_afterwards(new_town, tmp_path):
    later = NOW + dt.timedelta(days=30)
    rows = [row[:] for row in BOOK["值班"]]
    rows[1][3] = "2026-11-24 18:00"
    _, plan = plan_of(new_town, book(tmp_path, "late.xlsx", 值班=rows), now=later)
    assert [(one.row, one.code) for one in plan.complaints] == [(2, "shift_over")]


FAULTS: dict[str, Rows] = {
    "协同单位": [
        ["代码", "名称", "类别"],
        ["county", "云川县", "国家"],
        ["gas", "云川燃气", "公用事业"],
        ["gas", "云川燃气", "公用事业"],
    ],
    "中队": [["代码", "名称", "备班账号", "片区"], [INNER, "城中片区中队", "nobody", "ZZ"]],
    "人员": [
        ["账号", "姓名", "岗位", "中队", "协同单位"],
        ["anan", "安安", "局长", INNER, ""],
        ["a b", "空格", "核查员", "", ""],
        ["helper", "小帮", "辅助人员、执法队员", INNER, ""],
        ["officer", "小员", "执法队员", "", ""],
        ["gasman", "小气", "协同单位", "", ""],
        ["admin", "小管", "系统管理员、审计管理员", "", ""],
        ["lost", "小迷", "执法队员", "QQ", ""],
        ["xiaowu", "小吴", "辅助人员", INNER, ""],
    ],
    "执法证": [
        ["账号", "证号", "发证机关", "有效期起", "有效期止"],
        ["xiaowu", "云执 0009", "云川县人民政府", "2025-01-01", "2029-12-31"],
        ["sumin", "云执 0010", "云川县人民政府", "2025-01-01", "2024-12-31"],
        ["sumin", "云执 0011", "", "2025-02-30", "2029-12-31"],
        ["chenjing", "云执 0012", "云川县人民政府", "2025-01-01", "2029-12-31"],
    ],
    "值班": [
        ["中队", "账号", "开始", "结束", "带班"],
        [INNER, "linxiaofeng", "2026-11-24 08:00", "20:00", "是"],
        [INNER, "sumin", "2026-11-24 19:00", "23:00", "是"],
        [INNER, "linxiaofeng", "2026-11-24 10:00", "12:00", "否"],
        [INNER, "zhaohai", "2026-11-24 20:00", "23:00", ""],
        [INNER, "xiaowu", "2026-11-24 23:00", "23:30", "是"],
        [INNER, "sumin", "昨天", "23:00", "也许"],
        [INNER, "sumin", "2026-11-26 10:00", "2026-11-26 09:00", ""],
        [INNER, "sumin", "08:00", "2026-11-26 25:00", ""],
    ],
    "请假": [["账号", "开始", "结束", "事由"], ["nobody", "2026-11-24", "2026-11-23", "事假"]],
    "回避": [
        ["账号", "回避对象", "事由", "开始"],
        ["sumin", "隔壁老王", "邻居", "2026-11-01"],
        ["sumin", "网格 XX-99", "邻居", "2026-11-01"],
    ],
    "网格员岗位": [["网格", "账号"], ["XX-98", "xiaolin"], ["CZ-01", "sumin"]],
    "考勤": [["账号"], ["sumin"]],
}
FOUND = [
    ("协同单位", 2, "C", "cell_choice"),
    ("协同单位", 4, "", "doubled"),
    ("中队", 0, "", "unserved"),
    ("中队", 2, "C", "unknown_code"),
    ("中队", 2, "D", "unknown_code"),
    ("人员", 2, "C", "cell_role"),
    ("人员", 3, "A", "string_pattern_mismatch"),
    ("人员", 4, "C", "wrong_post"),
    ("人员", 5, "D", "wrong_post"),
    ("人员", 6, "E", "wrong_post"),
    ("人员", 7, "C", "wrong_post"),
    ("人员", 8, "D", "unknown_code"),
    ("执法证", 2, "A", "may_not_enforce"),
    ("执法证", 3, "E", "backwards"),
    ("执法证", 4, "C", "missing"),
    ("执法证", 4, "D", "cell_day"),
    ("执法证", 5, "A", "no_post"),
    ("值班", 3, "C", "two_leaders"),
    ("值班", 4, "C", "twice"),
    ("值班", 5, "B", "unfit"),
    ("值班", 6, "B", "unfit"),
    ("值班", 7, "C", "cell_moment"),
    ("值班", 7, "E", "cell_yes_no"),
    ("值班", 8, "D", "backwards"),
    ("值班", 9, "C", "cell_moment"),
    ("值班", 9, "D", "cell_moment"),
    ("请假", 2, "A", "unknown_code"),
    ("请假", 2, "C", "backwards"),
    ("回避", 2, "B", "cell_about"),
    ("回避", 3, "B", "unknown_code"),
    ("网格员岗位", 2, "A", "unknown_code"),
    ("网格员岗位", 3, "B", "wrong_post"),
    ("考勤", 0, "", "unknown_sheet"),
]


def test_every_fault_is_named_by_sheet_row_and_column(mapped, tmp_path):
    _, plan = plan_of(mapped, book(tmp_path, "faults.xlsx", **FAULTS))
    assert [(one.sheet, one.row, one.column, one.code) for one in plan.complaints] == FOUND
    assert [one.code for one in plan.complaints if not one.refuses] == ["unserved", "no_post"]
    assert all(one.sentence.endswith("。") for one in plan.complaints)
    assert plan.refused


def test_a_shift_that_clashes_with_one_that_stands_is_told_on_its_line(new_town, tmp_path):
    rows = [BOOK["值班"][0], [INNER, "linxiaofeng", "2026-11-25 07:00", "2026-11-25 09:00", "是"]]
    _, plan = plan_of(new_town, book(tmp_path, "clash.xlsx", **only(值班=rows)))
    assert [(one.row, one.code) for one in plan.complaints] == [(2, "two_leaders")]
    assert "sumin 2026-11-24 20:00 至 2026-11-25 08:00" in plan.complaints[0].sentence


def test_two_who_were_closed_are_no_stand_ins_and_on_no_roster(new_town, tmp_path):
    without = only(人员=BOOK["人员"][:2], 中队=[["代码", "名称", "备班账号"], [INNER, "城中片区中队", "linxiaofeng"]])
    _, plan = plan_of(new_town, book(tmp_path, "without.xlsx", **without), closing=True)
    assert {(one.sheet, one.code) for one in plan.complaints if one.refuses} == {
        ("中队", "unknown_code"),
        ("人员", "unknown_code"),
    }


def test_a_workbook_that_is_none_is_refused(tmp_path):
    (tmp_path / "people.xlsx").write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(Refused, match="file_unreadable"):
        people_file.read(tmp_path / "people.xlsx")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match=r"没有 \.csv 或 \.xlsx"):
        people_file.read(tmp_path / "empty")


def test_before_there_is_a_map_areas_and_grids_are_taken_on_trust(database, cast, tmp_path):
    take_in(database, book(tmp_path))
    with database.read() as session:
        assert ("CD", "HB") in posts.served(session)


def test_the_whole_import_stands_in_the_journal_under_its_actor(new_town, cast):
    with new_town.read() as session:
        rows = session.execute(select(Event.kind, Event.actor).where(Event.at == NOW)).all()
    kinds = {kind for kind, _ in rows}
    assert {"squad.added", "account.created", "certificate.added", "shift.added", "area.served", "post.taken"} <= kinds
    assert {actor for _, actor in rows} == {ACTOR}


def test_a_line_that_changes_keeps_what_it_was_beside_what_it_becomes(new_town, tmp_path):
    rows = [row[:] for row in BOOK["中队"]]
    rows[2][2] = "生态环境、水务"
    _, plan = plan_of(new_town, book(tmp_path, "more.xlsx", 中队=rows))
    (change,) = plan.squads.changed
    assert change.after == replace(change.before, fields=("水务", "生态环境"))


def test_the_post_of_a_grid_passes_to_another(staffed, cast, tmp_path):
    with staffed.write() as session:
        accounts.create(session, "xiaohe", "小何", [Role.GRID_WORKER], None, "only-for-tests", NOW)
    rows = [["网格", "账号"], [POST_OF_XIAO_LIN, "xiaohe"]]
    plan = take_in(staffed, book(tmp_path, "post.xlsx", **only(网格员岗位=rows)))
    assert [(change.before.login, change.after.login) for change in plan.posts.changed] == [(XIAO_LIN.login, "xiaohe")]
    with staffed.read() as session:
        assert posts.by_grid(session) == {POST_OF_XIAO_LIN: "xiaohe"}
        assert [event.kind for event in journal.events_of(session, f"grid_post:{POST_OF_XIAO_LIN}")] == [
            "post.taken"
        ] * 2


def test_only_a_grid_worker_takes_a_post_and_a_vacated_one_is_empty(staffed):
    with staffed.write() as session:
        with pytest.raises(Refused, match="not_a_grid_worker"):
            posts.post_worker(session, POST_OF_XIAO_LIN, CHEN_JING.login, ACTOR, NOW)
        posts.vacate(session, POST_OF_XIAO_LIN, ACTOR, NOW)
        assert posts.by_grid(session) == {}


def test_a_squad_may_serve_beside_another_and_stop(staffed):
    with staffed.write() as session:
        posts.serve_also(session, INNER, EAST, ACTOR, NOW)
        assert {(INNER, INNER), (INNER, EAST)} <= posts.served(session)
        posts.stop_serving(session, INNER, EAST, ACTOR, NOW)
        assert (INNER, EAST) not in posts.served(session)
