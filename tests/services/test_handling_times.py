"""Handling times (办理时限): the town's own table, by kind and severity, for orders that come after it."""

import datetime as dt

import pytest
from sqlalchemy import select

from dispatch import starter
from dispatch.models import HandlingTimeRow
from dispatch.rules.handling_times import Clock
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Action
from dispatch.services import correcting, handling_times, time_lists
from dispatch.services.correcting import Correction
from enforcement.services import editions
from tests.ground.cast import ACTOR, CHEN_JING, LIN_XIAOFENG, WU_YUE
from tests.ground.databases import on_sqlite
from tests.ground.hands import HEAD
from tests.ground.lists import GAS_BOX, GAS_LEAK, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER
from tests.services.test_what_is_held import reads
from town import ladders, reference, sheets
from town.errors import Refused
from town.reference import Kind
from town.terms import Term, Unit

TODAY = dt.date(2026, 11, 4)
OWN = "09,,处置,4,工作时,2,1,本镇规定\n09006,重大,处置,2,工作时,,,本镇规定\n,,答复,10,日,,,本镇规定\n"


def read(rows):
    return sheets.read((HEAD + rows).encode(), "办理时限.csv")


def length(clock):
    return Term(clock.amount, Unit(clock.unit))


def test_without_a_table_the_defaults_count_and_with_one_the_towns_own_do(hands):
    before = hands.on_site()
    edition = hands.put_in_force(OWN)
    after = hands.on_site()
    assert (hands.order(before).times_edition_id, hands.order(after).times_edition_id) == (None, edition)
    assert length(hands.clocks(before)[Clock.HANDLE]) == Term(3, Unit.WORKING_DAYS)
    assert length(hands.clocks(after)[Clock.HANDLE]) == Term(4, Unit.WORKING_HOURS)
    assert length(hands.clocks(after)[Clock.ANSWER]) == Term(10, Unit.DAYS)
    assert length(hands.clocks(after)[Clock.ACCEPT]) == Term(30, Unit.MINUTES)


def test_an_order_keeps_the_table_it_was_decided_under(hands):
    hands.put_in_force(OWN)
    order = hands.report()
    hands.later(days=1).put_in_force(",,处置,9,工作日,,,\n", "办理时限 2027")
    hands.step(LIN_XIAOFENG, order, Action.ACCEPT)
    hands.step(LIN_XIAOFENG, order, Action.ARRIVE)
    assert length(hands.clocks(order)[Clock.HANDLE]) == Term(4, Unit.WORKING_HOURS)
    assert length(hands.clocks(hands.on_site())[Clock.HANDLE]) == Term(9, Unit.WORKING_DAYS)


def test_decided_anew_it_goes_by_the_table_of_that_day(hands):
    order = hands.report()
    edition = hands.put_in_force(OWN)
    with hands.database.write() as session:
        fix = Correction(hands.order(order).version, "写错了", category=GAS_BOX)
        correcting.correct(session, hands.town, hands.actor(CHEN_JING), order, fix, hands.now)
    assert hands.order(order).times_edition_id == edition


def test_an_emergency_is_urgent_and_everything_else_ordinary_until_the_desk_grades_it(hands):
    leak, stalls = hands.report(GAS_LEAK), hands.report()
    assert (hands.order(leak).severity, hands.order(stalls).severity) == (Severity.URGENT, Severity.ORDINARY)
    assert length(hands.clocks(leak)[Clock.DECIDE]) == Term(10, Unit.MINUTES)
    hands.step(CHEN_JING, stalls, Action.GRADE, severity=Severity.MAJOR)
    shown = hands.detail(LIN_XIAOFENG, stalls)
    assert (shown.severity, shown.severity_name, shown.state) == ("major", "重大", "dispatched")
    assert [line.text for line in shown.timeline if line.kind == "order.graded"] == ["定为重大"]
    with pytest.raises(Refused, match="forbidden"):
        hands.step(LIN_XIAOFENG, stalls, Action.GRADE, severity=Severity.URGENT)


def test_a_clock_keeps_its_term_when_the_order_is_graded_and_the_next_one_follows(hands):
    hands.put_in_force(f"{OWN},重大,核查,1,工作日,,,\n")
    order = hands.on_site()
    hands.step(CHEN_JING, order, Action.GRADE, severity=Severity.MAJOR)
    assert length(hands.clocks(order)[Clock.HANDLE]) == Term(4, Unit.WORKING_HOURS)
    hands.step(LIN_XIAOFENG, order, Action.HANDLE, outcome="fixed")
    assert length(hands.clocks(order)[Clock.CHECK]) == Term(1, Unit.WORKING_DAYS)
    hands.step(WU_YUE, order, Action.REWORK)
    hands.step(LIN_XIAOFENG, order, Action.ARRIVE)
    assert length(hands.clocks(order)[Clock.HANDLE]) == Term(2, Unit.WORKING_HOURS)


def test_another_kind_of_matter_may_make_it_urgent_and_never_milder(hands):
    order = hands.report()
    for category, severity in ((GAS_LEAK, "urgent"), (STALLS, "urgent")):
        with hands.database.write() as session:
            fix = Correction(hands.order(order).version, "写错了", category=category)
            correcting.correct(session, hands.town, hands.actor(CHEN_JING), order, fix, hands.now)
        assert hands.order(order).severity == severity


def test_every_clock_keeps_the_ladder_of_its_kind_and_severity(hands):
    order = hands.on_site()
    accept, handle = (hands.clocks(order)[kind] for kind in (Clock.ACCEPT, Clock.HANDLE))
    assert tuple(map(tuple, accept.ladder)) == ladders.pick(ladders.STARTER, "order.accept", "ordinary")
    assert tuple(map(tuple, handle.ladder)) == ladders.pick(ladders.STARTER, "order.handle", "ordinary")


def test_a_table_is_looked_at_kept_and_put_in_force(hands, listed):
    with listed.write() as session:
        shown = handling_times.preview(session, read("07099,,处置,3,工作日,,,\n"), TODAY)
    assert [(one.code, one.refuses) for one in shown.complaints] == [("unknown_event", False)]
    first = hands.put_in_force(OWN)
    with listed.read() as session:
        again = handling_times.preview(session, read("09,,处置,6,工作时,2,1,\n"), TODAY)
        assert again.against == "办理时限 2026"
        assert dict(again.difference.changed) == {"09 * handle": ("amount", "source")}
        assert again.difference.removed == ("* * answer", "09006 major handle")
        rows = session.scalars(select(HandlingTimeRow).where(HandlingTimeRow.edition_id == first)).all()
        told = time_lists.in_force(session, hands.now)
    assert len(rows) == 3
    assert told.edition is not None
    assert told.edition.name == "办理时限 2026"
    names = [(row.event_name, row.severity_name, row.stage_name, row.amount, row.unit_name) for row in told.rows]
    assert ("占道经营", "重大", "处置", 2, "工作时") in names
    assert ("街面秩序类（09 开头）", "不分轻重", "处置", 4, "工作时") in names
    assert "answer" not in {row.stage for row in told.defaults}
    assert "handle" in {row.stage for row in told.defaults}


def test_a_table_with_faults_is_not_kept(hands, listed):
    faulty = "09,,处置,4,工作时,2,,\n09,,到场,4,星期,,,\n"
    with listed.read() as session:
        previewed = handling_times.preview(session, read(faulty), TODAY)
    with pytest.raises(Refused, match="list_refused") as refused:
        previewed.must_pass()
    told = {(one["row"], one["header"]) for one in refused.value.facts["complaints"]}
    assert told == {(2, "可延次数"), (3, "单位")}


def test_the_starter_table_is_taken_in_whole(hands, listed):
    with listed.write() as session:
        previewed = handling_times.preview(session, starter.times(), TODAY)
        assert previewed.refusing == ()
        made = handling_times.import_edition(session, previewed, "起步", actor=ACTOR, now=hands.now)
        editions.activate(session, made, TODAY, actor=ACTOR, now=hands.now)
    leak = hands.report(GAS_LEAK)
    assert length(hands.clocks(leak)[Clock.DECIDE]) == Term(10, Unit.MINUTES)


@on_sqlite
def test_a_report_asks_nothing_more_because_there_is_a_table(hands, door):
    hands.put_in_force(OWN)
    door.report(IN_THE_MIDDLE_OF_INNER, category=STALLS)
    with reads() as tables:
        door.report(IN_THE_MIDDLE_OF_EAST, category=STALLS)
    assert tables == ["town", "reference", "work_order", "workday_edition", "journal_position"]


def test_whoever_reckons_with_a_table_has_its_newest_version(hands, listed):
    hands.put_in_force(OWN)
    with listed.read() as session:
        first = reference.seen(session)
        assert first[Kind.TIMES]
        assert handling_times.in_force(session, TODAY, first) is handling_times.in_force(session, TODAY, first)
    hands.put_in_force(",,处置,9,工作日,,,\n", "办理时限 2027")
    with listed.read() as session:
        table = handling_times.in_force(session, TODAY, reference.seen(session))
        assert table is not None
        assert [line.amount for line in table.lines()] == [9]
