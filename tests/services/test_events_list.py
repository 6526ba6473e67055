"""The list of kinds of matter: imported, in force by local day, held ready for routing; and the starter."""

import datetime as dt
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from dispatch.rules.categories import CATEGORIES, OTHER
from enforcement import starter
from enforcement.models import EventType
from enforcement.rules.events import Nature
from enforcement.services import editions
from enforcement.services import events as kinds
from town import ids, journal, reference, sheets
from town.errors import Refused
from town.partners import Partner
from town.reference import Kind

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
ONE = dt.timedelta(days=1)
ACTOR = "account:陈静"
HEADER = "代码,名称,大类,性质,领域,小事,主管部门,责任单位"
STALL = "09006,占道经营,街面秩序类,执法,市容环卫,,urban,"
MANHOLE = "01001,供水井盖异常,市政公用设施类,设施,水务,,,water"

pytestmark = pytest.mark.usefixtures("town")


def table(*lines):
    return sheets.read("\n".join([HEADER, *lines]).encode(), "事项.csv")


def imported(database, *lines, name="一版", now=NOW):
    with database.write() as session:
        previewed = kinds.preview(session, table(*lines), TODAY)
        return kinds.import_edition(session, previewed, name, actor=ACTOR, now=now).id


def activated(database, edition_id, day=TODAY, now=NOW):
    with database.write() as session:
        edition = editions.find(session, Kind.EVENTS, str(edition_id))
        editions.activate(session, edition, day, actor=ACTOR, now=now)


def in_force(database, *lines, name="一版", day=TODAY, now=NOW):
    edition_id = imported(database, *lines, name=name, now=now)
    activated(database, edition_id, day, now)
    return edition_id


def on(database, day=TODAY):
    with database.read() as session:
        return kinds.on(session, day)


def statements(database):
    """A list that grows with every statement sent."""
    sent = []
    event.listen(database.engine, "before_cursor_execute", lambda *asked: sent.append(asked[2]))
    return sent


def test_an_imported_list_is_not_in_force_yet(database):
    imported(database, STALL)
    assert on(database) is None


def test_a_list_is_in_force_from_its_day_and_holds_what_was_typed(database):
    edition_id = in_force(database, STALL, MANHOLE)
    catalogue = on(database)
    assert catalogue.edition_id == edition_id
    stall, manhole = catalogue.by_code["09006"], catalogue.by_code["01001"]
    assert (stall.name, stall.nature, stall.field, stall.holder) == (
        "占道经营",
        Nature.ENFORCEMENT,
        "市容环卫",
        "urban",
    )
    assert (manhole.nature, manhole.unit, manhole.near_m, manhole.near_days) == (Nature.FACILITY, "water", 30, 7)
    assert on(database, TODAY - ONE) is None


def test_leading_zeros_that_excel_ate_are_put_back(database):
    in_force(database, STALL.removeprefix("0"))
    assert set(on(database).by_code) == {"09006"}


def test_on_the_day_of_the_next_edition_the_former_one_ends(database):
    first = in_force(database, STALL)
    second = in_force(database, STALL, MANHOLE, name="二版", day=TODAY + 3 * ONE)
    held = [on(database, TODAY + n * ONE).edition_id for n in (0, 2, 3, 400)]
    assert held == [first, first, second, second]


def test_an_edition_put_before_a_planned_one_ends_where_that_begins(database):
    first = in_force(database, STALL)
    planned = in_force(database, STALL, name="二版", day=TODAY + 9 * ONE)
    between = in_force(database, STALL, name="三版", day=TODAY + 5 * ONE)
    held = [on(database, TODAY + n * ONE).edition_id for n in (0, 5, 8, 9)]
    assert held == [first, between, between, planned]


def test_the_past_of_a_town_that_has_decided_is_not_rewritten(database):
    in_force(database, STALL)
    second = imported(database, STALL, name="二版")
    with pytest.raises(Refused, match="已经过去"):
        activated(database, second, TODAY - ONE)


def test_the_very_first_edition_may_begin_in_the_past(database):
    first = in_force(database, STALL, day=TODAY - 300 * ONE)
    assert on(database, TODAY - 200 * ONE).edition_id == first


def test_two_editions_activated_at_once_leave_one_in_force_on_every_day(database):
    in_force(database, STALL)
    rivals = [imported(database, STALL, name=name) for name in ("二版", "三版", "四版")]
    start = threading.Barrier(len(rivals))

    def activate(edition_id):
        with database.write() as session:
            edition = editions.find(session, Kind.EVENTS, str(edition_id))
            editions.on(session, Kind.EVENTS, TODAY)
            if not database.sqlite:
                start.wait()
            editions.activate(session, edition, TODAY, actor=ACTOR, now=NOW)

    with ThreadPoolExecutor(len(rivals)) as pool:
        list(pool.map(activate, rivals))
    with database.read() as session:
        spans = [(one.valid_from, one.valid_to) for one in editions.editions(session, Kind.EVENTS)]
    assert Counter(spans) == {(TODAY, TODAY): 3, (TODAY, None): 1}


def test_an_edition_is_activated_once(database):
    first = in_force(database, STALL)
    with pytest.raises(Refused, match="启用过"):
        activated(database, first, TODAY + ONE)


def test_two_editions_cannot_have_one_name(database):
    imported(database, STALL)
    with pytest.raises(Refused, match="换个名称"):
        imported(database, STALL)


def test_a_list_with_a_fault_is_not_kept(database):
    with database.write() as session:
        previewed = kinds.preview(session, table(STALL, STALL, "01001,x,y,设备,z,,,"), TODAY)
        assert [(one.row, one.column, one.code) for one in previewed.refusing] == [
            (3, "A", "duplicate_code"),
            (4, "D", "cell_choice"),
        ]
        with pytest.raises(Refused, match="第 3 行 A 列"):
            kinds.import_edition(session, previewed, "一版", actor=ACTOR, now=NOW)
    with database.read() as session:
        assert session.scalars(select(EventType)).all() == []


def test_the_preview_says_what_would_come_go_and_change(database):
    in_force(database, STALL, MANHOLE)
    with database.read() as session:
        previewed = kinds.preview(
            session, table(STALL.replace("urban", "market"), "99001,养犬,本地,执法,养犬,,police,"), TODAY
        )
    assert previewed.against == "一版"
    assert previewed.difference.facts() == {"added": ["99001"], "removed": ["01001"], "changed": {"09006": ["holder"]}}


def test_a_partner_nobody_registered_is_told_once_some_are(database):
    with database.write() as session:
        assert kinds.preview(session, table(STALL), TODAY).complaints == ()
        session.add(Partner(id=ids.new_id(), code="water", name="供水公司", kind="utility"))
        session.flush()
        [doubt] = kinds.preview(session, table(STALL), TODAY).complaints
    assert (doubt.code, doubt.column, doubt.refuses) == ("unknown_partner", "G", False)


def test_the_journal_tells_the_life_of_an_edition(database):
    first = in_force(database, STALL)
    in_force(database, STALL, name="二版")
    with database.read() as session:
        told = [(one.version, one.kind) for one in journal.events_of(session, f"list_edition:{first}")]
    assert told == [(1, "events.imported"), (2, "events.activated"), (3, "events.closed")]


def test_asking_again_costs_one_statement_and_none_for_who_holds_the_version(database):
    in_force(database, STALL)
    first = on(database)
    sent = statements(database)
    with database.read() as session:
        assert kinds.on(session, TODAY) is first
        asked = [one for one in sent if one.startswith("SELECT")]
        version = reference.seen(session)[Kind.EVENTS]
        assert kinds.on(session, TODAY, version) is first
    assert len(asked) == 1
    assert "reference" in asked[0]
    assert len([one for one in sent if one.startswith("SELECT")]) == 2


def test_what_was_planned_and_taken_back_is_not_remembered(database):
    in_force(database, STALL)
    second = imported(database, STALL, MANHOLE, name="二版")
    with database.write() as session:
        editions.activate(session, editions.find(session, Kind.EVENTS, str(second)), TODAY, actor=ACTOR, now=NOW)
        planned = kinds.on(session, TODAY)
        assert planned is not None
        assert set(planned.by_code) == {"09006", "01001"}
        session.rollback()
    assert set(on(database).by_code) == {"09006"}


def test_the_starter_passes_its_own_check_and_offers_what_citizens_choose_from(database):
    with database.write() as session:
        previewed = kinds.preview(session, starter.events(), TODAY)
        assert previewed.complaints == ()
        edition = kinds.import_edition(session, previewed, "起步", actor=ACTOR, now=NOW)
        catalogue = kinds.of_edition(session, edition.id)
    assert len(catalogue.by_code) == 264
    assert {code: catalogue.offered[code] for code in CATEGORIES if code != OTHER}.keys() == CATEGORIES.keys() - {OTHER}
    assert {line.code for line in catalogue.by_code.values() if line.emergency} >= {"99101", "99102", "99103"}
    assert {"06007", "06036", "06009", "09010", "06041"} <= {c for c, line in catalogue.by_code.items() if line.small}
    assert catalogue.by_code["06021"].nature == Nature.SERVICE


def test_every_partner_the_starter_names_comes_with_it():
    named = {partner.code for partner in starter.partners()}
    [sheet] = starter.events().sheets
    header = sheet.lines[0].cells
    cells = {row.cells[header.index(column)] for row in sheet.lines[1:] for column in ("责任单位", "主管部门")}
    assert cells - {""} <= named
