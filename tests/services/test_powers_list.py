"""The power list: imported with every fault named, confirmed by the legal officer, and in force by local day."""

import datetime as dt
import io
import threading
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from enforcement import starter
from enforcement.files import power_rows
from enforcement.models import ListEdition, Power
from enforcement.rules.powers import Code, Mode
from enforcement.services import changes, editions
from enforcement.services import events as kinds
from enforcement.services import powers as law
from tests.ground.databases import on_sqlite
from town import journal, reference, sheets
from town.errors import Refused
from town.reference import Kind

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
ONE = dt.timedelta(days=1)
ACTOR = "account:陈静"
HEADERS = [field.header for field in power_rows.FIELDS]
COLUMN = {field.name: sheets.letter(index) for index, field in enumerate(power_rows.FIELDS)}
GOOD = {
    "名称": "擅自占用人行道设摊经营",
    "领域": "市容环卫",
    "法律依据": "《某省市容和环境卫生管理条例》第16条",
    "处罚": "责令改正；拒不改正可处50元以下罚款",
    "罚款下限": 0,
    "罚款上限": 50,
    "先责令改正": "是",
    "事项代码": "09006",
    "行使方式": "赋权",
    "文号": "云政发〔2025〕118号",
    "县清单条目": "第 6 项",
    "来源机关": "urban",
    "公布日期": dt.date(2026, 1, 5),
    "生效日期": dt.date(2026, 1, 10),
    "已核对": "是",
}

pytestmark = pytest.mark.usefixtures("town")


def line(code, **given):
    return {"代码": code, **GOOD, **given}


def book(*lines):
    """A workbook with a line of the power list per argument."""
    made = Workbook()
    [sheet] = made.worksheets
    sheet.title = "权力清单"
    sheet.append(HEADERS)
    for one in lines:
        sheet.append([one.get(header) for header in HEADERS])
    written = io.BytesIO()
    made.save(written)
    return sheets.read(written.getvalue(), "权力清单.xlsx")


@pytest.fixture
def events(database):
    with database.write() as session:
        kinds.import_edition(session, kinds.preview(session, starter.events(), TODAY), "事项", actor=ACTOR, now=NOW)


def previewed(database, *lines):
    with database.read() as session:
        return law.preview(session, book(*lines), TODAY)


def imported(database, *lines, name="一版"):
    with database.write() as session:
        return law.import_edition(session, law.preview(session, book(*lines), TODAY), name, actor=ACTOR, now=NOW).id


def confirmed(database, edition_id, by="周正"):
    with database.write() as session:
        editions.confirm(session, editions.find(session, Kind.POWERS, str(edition_id)), by, actor=ACTOR, now=NOW)


def activated(database, edition_id, day=TODAY):
    with database.write() as session:
        law.activate(session, editions.find(session, Kind.POWERS, str(edition_id)), day, actor=ACTOR, now=NOW)


def in_force(database, *lines, name="一版", day=TODAY):
    edition_id = imported(database, *lines, name=name)
    confirmed(database, edition_id)
    activated(database, edition_id, day)
    return edition_id


def on(database, day=TODAY):
    with database.read() as session:
        return law.on(session, day)


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "duplicate_code": ("code", {"代码": "P0001"}),
    "unknown_event": ("events", {"事项代码": "88888"}),
    "cell_choice": ("mode", {"行使方式": "借用"}),
    "delegated_without_decision": ("document", {"文号": None}),
    "delegated_without_list_entry": ("list_entry", {"县清单条目": None}),
    "entrusted_without_term": ("effective_to", {"行使方式": "委托"}),
    "fine_range": ("fine_min", {"罚款下限": 5000, "罚款上限": 50}),
    "cell_day": ("effective_from", {"生效日期": "2026-02-30"}),
    "repealed_basis": ("basis", {"法律依据": "《大气污染防治法》第118条"}),
    "police_only": ("penalty", {"处罚": "行政拘留五日"}),
    "greater_than_equal": ("fine_max", {"罚款上限": -1}),
    "missing": ("basis", {"法律依据": None}),
}
"""Kinds of fault: the code of the complaint, the field it names, and what is typed."""


@pytest.mark.usefixtures("events")
def test_of_a_thousand_rows_thirty_faults_of_ten_kinds_are_all_named_and_nothing_is_imported(database):
    rows = [line(f"P{number:04}") for number in range(1, 1001)]
    planted = set()
    for number in range(30):
        kind = list(FAULTS)[number % 10]
        field, typed = FAULTS[kind]
        at = 17 + 31 * number
        rows[at] = {**rows[at], **typed}
        planted.add((at + 2, COLUMN[field], kind))
    found = previewed(database, *rows)
    assert len({kind for _, _, kind in planted}) == 10
    assert {(one.row, one.column, one.code) for one in found.refusing} == planted
    assert len(found.refusing) == 30
    with pytest.raises(Refused, match="有 30 处必须改") as refused, database.write() as session:
        law.import_edition(session, found, "一版", actor=ACTOR, now=NOW)
    assert len(refused.value.facts["complaints"]) == 30
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Power)) == 0


@on_sqlite
@pytest.mark.usefixtures("events")
@pytest.mark.parametrize("kind", FAULTS)
def test_every_kind_of_fault_is_named_by_row_column_and_sentence(database, kind):
    field, typed = FAULTS[kind]
    [fault] = previewed(database, line("P0001"), {**line("P0002"), **typed}).refusing
    assert (fault.sheet, fault.row, fault.column, fault.code) == ("权力清单", 3, COLUMN[field], kind)
    assert fault.sentence.endswith("。")


@pytest.mark.usefixtures("events")
def test_a_thousand_good_rows_are_imported_whole(database):
    edition_id = imported(database, *(line(f"P{number:04}") for number in range(1000)))
    with database.read() as session:
        rows = session.scalars(select(Power).where(Power.edition_id == edition_id).order_by(Power.code)).all()
    assert [row.code for row in rows] == [f"P{number:04}" for number in range(1000)]
    first = rows[0]
    assert (first.mode, first.fine_max, first.events, first.warn_first) == (Mode.DELEGATED, 50, ["09006"], True)
    assert (first.published_on, first.verified) == (dt.date(2026, 1, 5), True)


def test_nothing_comes_into_force_without_the_legal_officer(database):
    edition_id = imported(database, line("P0001"), line("P0002", 已核对="否"))
    with pytest.raises(Refused, match="有 1 项没有核对过法条") as refused:
        activated(database, edition_id)
    assert refused.value.problem.code == "confirmation_missing"
    assert on(database) is None


def test_a_confirmed_list_comes_into_force_and_remembers_who_confirmed_it(database):
    edition_id = in_force(database, line("P0001", 已核对="否"))
    assert on(database).edition_id == edition_id
    with database.read() as session:
        edition = session.get(ListEdition, edition_id)
        told = journal.events_of(session, f"list_edition:{edition_id}")
    assert (edition.confirmed_by, edition.confirmed_at) == ("周正", NOW)
    assert [one.kind for one in told] == ["powers.imported", "powers.confirmed", "powers.activated"]
    assert not any("周正" in str(one.data) for one in told)


def test_a_list_is_confirmed_once_and_by_a_name(database):
    edition_id = imported(database, line("P0001"))
    with pytest.raises(Refused, match="姓名"):
        confirmed(database, edition_id, "  ")
    confirmed(database, edition_id)
    with pytest.raises(Refused, match="周正"):
        confirmed(database, edition_id, "别人")


def test_for_an_event_the_catalogue_lists_every_power_with_its_standing(database):
    in_force(
        database,
        line("B", 罚款上限=500),
        line("A", 罚款上限=5000),
        line("C", 公布日期=None),
        line("D", 事项代码="06001、09006", 罚款上限=600),
    )
    found = on(database).for_event("09006", TODAY)
    assert [(power.code, how.code) for power, how in found] == [
        ("A", Code.IN_FORCE),
        ("D", Code.IN_FORCE),
        ("B", Code.IN_FORCE),
        ("C", Code.NOT_PUBLISHED),
    ]
    assert [power.code for power, _ in on(database).for_event("06001", TODAY)] == ["D"]
    assert on(database).for_event("99999", TODAY) == ()


def test_the_preview_compares_with_the_list_in_force(database):
    in_force(database, line("A"), line("B"), line("C"))
    found = previewed(database, line("A"), line("B", 罚款上限=60), line("D"))
    assert (found.against, found.difference.facts()) == (
        "一版",
        {"added": ["D"], "removed": ["C"], "changed": {"B": ["fine_max"]}},
    )


def test_a_list_read_again_does_not_differ_from_itself(database):
    in_force(database, line("A"), line("B", 行使方式="委托", 失效日期=dt.date(2027, 1, 1), 县清单条目=None))
    found = previewed(database, line("A"), line("B", 行使方式="委托", 失效日期=dt.date(2027, 1, 1), 县清单条目=None))
    assert found.difference.facts() == {"added": [], "removed": [], "changed": {}}


def test_every_sheet_of_a_workbook_is_read(database):
    made = Workbook()
    for title, code in (("市容", "A"), ("环保", "B")):
        sheet = made.create_sheet(title)
        sheet.append(HEADERS)
        sheet.append([line(code).get(header) for header in HEADERS])
    made.remove(made.worksheets[0])
    written = io.BytesIO()
    made.save(written)
    with database.read() as session:
        found = law.preview(session, sheets.read(written.getvalue()), TODAY)
    assert [(record.sheet, record.row, record.value.code) for record in found.records] == [
        ("市容", 2, "A"),
        ("环保", 2, "B"),
    ]


def test_the_catalogue_is_one_object_until_something_changes(database):
    in_force(database, line("A"))
    before = on(database)
    assert on(database) is before
    with database.write() as session:
        changes.suspend(session, ["A"], TODAY, "云政函〔2026〕7号", actor=ACTOR, now=NOW)
    assert on(database) is not before
    assert on(database).for_event("09006", TODAY)[0][1].code is Code.SUSPENDED


def test_many_threads_share_one_catalogue(database):
    in_force(database, line("A"))
    seen, start = [], threading.Barrier(6)

    def ask():
        start.wait()
        seen.append(on(database))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in seen}) == 1


def test_every_change_of_the_list_counts_as_a_change_of_reference_data(database):
    def version():
        with database.write() as session:
            return reference.hold(session)[Kind.POWERS]

    versions = [version()]
    edition_id = imported(database, line("A"))
    versions.append(version())
    confirmed(database, edition_id)
    versions.append(version())
    activated(database, edition_id)
    versions.append(version())
    assert len(set(versions)) == 4


def test_the_starter_can_be_imported_and_holds_no_power_in_force_but_the_towns_own(database, events):
    with database.write() as session:
        found = law.preview(session, starter.powers(), TODAY)
        assert found.refusing == ()
        edition = law.import_edition(session, found, "起步", actor=ACTOR, now=NOW)
        assert (len(found.rows), law.unverified(session, edition.id)) == (101, 37)
        assert len(law.unusable(session, edition.id, TODAY)) == 101
    assert {one.code for one in found.warnings} >= {"not_conferred", "unpublished", "unverified"}
    with pytest.raises(Refused, match="有 37 项没有核对过法条"):
        activated(database, edition.id)


def test_in_the_demo_town_every_power_is_in_force_under_invented_documents(database, events):
    with database.write() as session:
        found = law.preview(session, starter.demo_powers(), TODAY)
        assert found.refusing == ()
        edition = law.import_edition(session, found, "演示", actor=ACTOR, now=NOW)
        assert law.unusable(session, edition.id, TODAY) == {}
        catalogue = law.of_edition(session, edition.id)
        before_the_code = law.unusable(session, edition.id, dt.date(2026, 8, 14))
    assert {power.mode for power in catalogue.by_code.values()} == {Mode.OWN, Mode.DELEGATED, Mode.ENTRUSTED}
    assert all("虚构" in power.document for power in catalogue.by_code.values() if power.document)
    assert {how.code for how in before_the_code.values()} == {Code.NOT_YET}
    assert "HJ001" in before_the_code
    for event in ("09006", "06011", "06027", "06028", "06001"):
        assert catalogue.for_event(event, TODAY)[0][1].in_force
