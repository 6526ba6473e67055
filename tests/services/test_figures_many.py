"""Figures of many orders: as many statements as for few, no more in memory than a page, and the same as one by one."""

import datetime as dt

import pytest
from sqlalchemy import event, select

from dispatch.models import Order, Report
from oversight.rules import counting, periods
from oversight.rules.counting import By
from oversight.rules.indicators import Indicator
from oversight.services.figures import figures, order_facts
from tests.services import many_orders

NOVEMBER = periods.parse("2026-11")


@pytest.fixture
def count(listed):
    """How many statements something sends."""
    sent = []
    event.listen(listed.engine, "before_cursor_execute", lambda *asked: sent.append(asked[2]))

    def counted(work) -> int:
        sent.clear()
        work()
        return len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))])

    return counted


def table(database, town, by=By.SQUAD, period=NOVEMBER):
    with database.read() as session:
        return figures.table(session, town, period, by)


def test_a_period_costs_as_many_statements_whatever_its_orders(listed, town, count):
    many_orders.write(listed, 10)
    few = count(lambda: table(listed, town))
    many_orders.write(listed, 300, seed=2)
    assert count(lambda: table(listed, town)) == few <= 8


def test_facts_come_one_by_one(listed, town):
    many_orders.write(listed, 30)
    with listed.read() as session:
        coming = order_facts.of_period(session, town, NOVEMBER)
        first = next(coming)
        assert first.id < next(coming).id


def test_one_order_read_by_itself_is_the_one_read_among_all(listed, town):
    many_orders.write(listed, 40)
    asked = periods.span(NOVEMBER, town.zone)
    with listed.read() as session:
        every = list(order_facts.of_period(session, town, NOVEMBER))
        alone = [
            fact
            for order_id in session.scalars(select(Order.id))
            for fact in order_facts.of_span(session, asked, [order_id])
        ]
    assert sorted(alone, key=lambda fact: fact.id) == every
    assert len(every) == 40


def test_squads_and_areas_add_up_to_the_town(listed, town):
    many_orders.write(listed, 200)
    [whole] = table(listed, town, By.TOWN)
    for by in (By.SQUAD, By.AREA):
        rows = [line.tally for line in table(listed, town, by)]
        assert len(rows) == 2
        for code in Indicator:
            there = whole.tally.counts[code]
            assert sum(row.counts[code].numerator for row in rows) == there.numerator
            assert sum(row.counts[code].denominator for row in rows) == there.denominator > 0


def test_the_days_of_a_month_add_up_to_it(listed, town):
    many_orders.write(listed, 150)
    [month] = table(listed, town, By.TOWN)
    days = [table(listed, town, By.TOWN, day)[0].tally for day in NOVEMBER.days()]
    for code, numerator_too in ((Indicator.FILING, False), (Indicator.REWORK, True), (Indicator.RESPONSE, True)):
        there = month.tally.counts[code]
        assert sum(day.counts[code].denominator for day in days) == there.denominator > 0
        if numerator_too:
            assert sum(day.counts[code].numerator for day in days) == there.numerator


def test_what_came_before_the_reach_of_a_period_and_is_over_is_not_read(listed, town):
    many_orders.write(listed, 30)
    later = periods.parse("2027-08")
    with listed.read() as session:
        still_open = session.scalars(select(Order.id).where(Order.state.not_in(("closed", "answered")))).all()
        read = [fact.id for fact in order_facts.of_period(session, town, later)]
    assert read == sorted(map(str, still_open))
    assert 0 < len(read) < 30


def test_an_order_of_long_ago_that_is_rated_in_the_period_is_read(listed, town):
    many_orders.write(listed, 20)
    from_then = dt.datetime(2027, 8, 3, tzinfo=dt.UTC)
    with listed.write() as session:
        report = session.scalars(select(Report).join(Order).where(Order.state == "answered")).first()
        report.solved, report.attitude, report.rated_at = "solved", "fair", from_then
    with listed.read() as session:
        facts = list(order_facts.of_period(session, town, periods.parse("2027-08")))
    asked = periods.span(periods.parse("2027-08"), town.zone)
    assert counting.tally(facts, asked).counts[Indicator.SOLVED].denominator == 1
