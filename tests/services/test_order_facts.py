"""Facts of orders for indicators: read from journal and clocks as an order stood at the end of a period."""

import datetime as dt

import pytest
from sqlalchemy import select

from dispatch.models import Report
from oversight.rules import counting, periods
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import Ground
from oversight.services.figures import exclusions, order_facts
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, WU_YUE, ZHENG_YAN
from tests.services.order_lives import Lives, at
from town import ids, journal

NOVEMBER = periods.parse("2026-11")


@pytest.fixture
def lives(listed, town, cast) -> Lives:
    return Lives(listed, town, cast)


def facts(lives: Lives, period=NOVEMBER):
    with lives.database.read() as session:
        return {fact.id: fact for fact in order_facts.of_period(session, lives.town, period)}


def test_an_order_that_lived_all_the_way_tells_its_moments(lives):
    order = lives.report("11-04 09:00")
    lives.handle(order, "11-04 09:10", "11-04 09:40", "11-04 10:30")
    lives.close(order, "11-05 09:00", "11-05 10:00")
    lives.rate(order, "11-06 20:00")
    fact = facts(lives)[str(order)]
    assert (fact.holder, fact.area, fact.kind, fact.filed) == (INNER, INNER, "09", True)
    assert (fact.response_due_at, fact.responded_at) == (at("11-04 09:30"), at("11-04 09:10"))
    assert (fact.handled_at, fact.closed_at) == (at("11-04 10:30"), at("11-05 10:00"))
    assert fact.handling_due_at == at("11-10 00:00")
    assert fact.closing_due_at == at("11-12 00:00")
    assert (fact.solved, fact.satisfied, fact.reworked, fact.excluded) == (True, True, False, None)


def test_the_last_minute_of_a_day_and_the_first_of_the_next_are_two_days(lives):
    """23:59 and 00:01 in the town; by UTC both are the same afternoon."""
    evening, night = lives.report("11-04 23:59"), lives.report("11-05 00:01")
    days = [periods.parse(day) for day in ("2026-11-04", "2026-11-05")]
    told = []
    for day in days:
        asked = periods.span(day, lives.town.zone)
        told.append({one for one, fact in facts(lives, day).items() if asked.holds(fact.received_at)})
    assert told == [{str(evening)}, {str(night)}]
    month = counting.tally(facts(lives).values(), periods.span(NOVEMBER, lives.town.zone))
    assert month.counts[Indicator.FILING].denominator == 2


def test_what_happens_after_the_last_minute_of_a_period_does_not_exist_for_it(lives):
    order = lives.report("11-04 23:40")
    lives.handle(order, "11-04 23:58", "11-05 00:01")
    fourth, fifth = (facts(lives, periods.parse(day))[str(order)] for day in ("2026-11-04", "2026-11-05"))
    assert fourth.responded_at == fifth.responded_at == at("11-04 23:58")
    assert fourth.handling_due_at == at("11-12 00:00"), "the work had not begun: what was promised counts"
    assert fifth.handling_due_at == at("11-11 00:00")


def test_an_order_counts_for_whoever_held_it_when_the_period_ended(lives):
    order = lives.report("11-04 09:00")
    lives.step(order, "11-04 09:10", "return", ground="not_our_area")
    lives.dispatch(order, "11-05 09:00", EAST)
    lives.transfer(order, "11-06 09:00")
    held = [facts(lives, periods.parse(f"2026-11-0{day}"))[str(order)] for day in (4, 5, 6)]
    assert [(fact.holder, fact.filed) for fact in held] == [("@desk", True), (EAST, True), ("@transfer", False)]


def test_a_response_is_asked_of_whoever_got_the_order_last(lives):
    order = lives.report("11-04 09:00")
    lives.step(order, "11-04 09:10", "return", ground="not_our_area")
    lives.dispatch(order, "11-05 09:00", EAST)
    fact = facts(lives)[str(order)]
    assert (fact.response_due_at, fact.responded_at) == (at("11-05 09:30"), None)


def test_reworked_orders_keep_their_first_handling(lives):
    order = lives.report("11-04 09:00")
    lives.handle(order, "11-04 09:10", "11-04 09:40", "11-04 10:30")
    lives.step(order, "11-05 09:00", "rework", WU_YUE)
    lives.step(order, "11-05 10:00", "arrive")
    lives.step(order, "11-05 11:00", "handle", outcome="fixed")
    fact = facts(lives)[str(order)]
    assert (fact.reworked, fact.handled_at, fact.handling_due_at) == (True, at("11-04 10:30"), at("11-10 00:00"))
    assert not facts(lives, periods.parse("2026-11-04"))[str(order)].reworked


def test_of_several_reporters_all_must_be_content(lives):
    order = lives.report("11-04 09:00")
    with lives.database.write() as session:
        first = session.scalars(select(Report).where(Report.order_id == order)).one()
        told = {
            name: getattr(first, name)
            for name in ("order_id", "source", "place", "given_x", "given_y", "crs", "received_at", "recorded_at")
        }
        session.add(Report(id=ids.new_id(), solved="partly", attitude="satisfied", rated_at=at("11-10 09:00"), **told))
        first.solved, first.attitude, first.rated_at = "solved", "satisfied", at("11-09 09:00")
    fact = facts(lives)[str(order)]
    assert (fact.solved, fact.satisfied) == (False, True)
    assert facts(lives, periods.parse("2026-11-09"))[str(order)].solved


def test_an_exclusion_counts_once_somebody_else_has_approved_it(lives):
    order = lives.report("11-04 09:00")
    with lives.database.write() as session:
        asked = exclusions.ask(session, lives.actor(LIN_XIAOFENG), order, Ground.REPEAT, "同前", at("11-05 09:00"))
    assert facts(lives)[str(order)].excluded is None
    with lives.database.write() as session:
        exclusions.decide(session, lives.actor(ZHENG_YAN), asked.id, True, "同意", at("11-05 10:00"))
        [told, decided] = journal.events_of(session, f"exclusion:{asked.id}")
    assert facts(lives)[str(order)].excluded is Ground.REPEAT
    assert [one.kind for one in (told, decided)] == ["exclusion.asked", "exclusion.approved"]
    assert "words" in told.data
    assert "同前" not in str(told.data)


def test_a_suspended_order_is_not_due_until_it_is_taken_up_again(lives):
    order = lives.report("11-04 09:00")
    lives.handle(order, "11-04 09:10", "11-04 09:40")
    lives.step(order, "11-05 09:00", "suspend", CHEN_JING, ground="weather", until=dt.date(2026, 12, 1))
    put_aside = facts(lives)[str(order)]
    asked = periods.span(NOVEMBER, lives.town.zone)
    assert put_aside.suspended_at
    assert (
        counting.part(put_aside, Indicator.CLOSING, asked)
        is counting.part(put_aside, Indicator.HANDLING, asked)
        is None
    )
    lives.step(order, "11-16 09:00", "resume", CHEN_JING)
    going_on = facts(lives)[str(order)]
    assert (going_on.suspended_at, going_on.closing_due_at) == (None, at("11-24 00:00"))
    assert going_on.handling_due_at > at("11-16 09:00")
    assert facts(lives, periods.parse("2026-11-15"))[str(order)].suspended_at


def test_an_extension_moves_the_due_time_and_is_told(lives):
    order = lives.report("11-04 09:00")
    lives.handle(order, "11-04 09:10", "11-04 09:40")
    before = facts(lives)[str(order)]
    lives.step(order, "11-05 09:00", "ask_extension", clock="handle", amount=1, ground="complex")
    assert not facts(lives)[str(order)].extended
    lives.step(order, "11-05 10:00", "grant_extension", CHEN_JING)
    after = facts(lives)[str(order)]
    assert after.extended
    assert (before.handling_due_at, after.handling_due_at) == (at("11-10 00:00"), at("11-11 00:00"))
    assert counting.part(after, Indicator.EXTENSION, periods.span(NOVEMBER, lives.town.zone)) is counting.Part.NUMERATOR
