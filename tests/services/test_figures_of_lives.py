"""Figures of random lives: what the journal tells of an order is where it stands, and the laws of counting hold."""

import datetime as dt

import pytest
from sqlalchemy import select

from dispatch.models import Order
from dispatch.rules import workflow
from dispatch.rules.workflow import Lane, State
from oversight.rules import counting, periods
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span
from oversight.services.figures import order_facts
from tests.services.test_lives_of_orders import Life
from town.database import Database
from town.people import Squad
from town.profile import Town

Counts = dict[Indicator, tuple[int, int]]

ELSEWHERE = {Lane.TRANSFER: "@transfer", Lane.DESK: "@desk", Lane.GRID: "@grid", Lane.UNIT: "@unit"}


class Plain(Life):
    """A life that only goes on; what must be so of an order is looked at elsewhere."""

    def look(self) -> None:
        self.let_time_pass()


class Counted(Plain):
    """A life of which every day is counted once it is over."""

    def __init__(self, database: Database, town: Town, seed: int) -> None:
        super().__init__(database, town, seed)
        self.told: dict[dt.date, Counts] = {}

    def look(self) -> None:
        super().look()
        over = self.now.astimezone(self.town.zone).date() - dt.timedelta(days=1)
        if over not in self.told:
            self.told[over] = counts(self, over)


@pytest.mark.parametrize("seed", [2, 5])
def test_the_journal_tells_where_every_order_stands_and_its_days_obey_the_laws_of_counting(listed, town, seed):
    life = Plain(listed, town, seed)
    life.live()
    every_order_stands_where_its_journal_tells(life)
    every_day_obeys_the_laws_of_counting(life)


def every_order_stands_where_its_journal_tells(life: Life) -> None:
    asked = Span(life.now - dt.timedelta(days=60), life.now + dt.timedelta(seconds=1))
    with life.database.read() as session:
        squads = dict(session.execute(select(Squad.id, Squad.code)).all())
        facts = {fact.id: fact for fact in order_facts.of_span(session, asked)}
        orders = session.scalars(select(Order)).all()
    assert set(facts) == {str(order.id) for order in orders}
    for order in orders:
        stands(order, facts[str(order.id)], squads.get(order.squad_id) if order.squad_id else None)


def stands(order: Order, fact: OrderFact, squad: str | None) -> None:
    state, lane = State(order.state), Lane(order.lane)
    expected = squad if lane is Lane.SQUAD else ELSEWHERE[lane]
    assert fact.holder == expected, (state, lane)
    assert (fact.closed_at is not None) == (state in workflow.ENDED), state
    assert (fact.suspended_at is not None) == (state is State.SUSPENDED), state
    assert fact.in_case == (state is State.IN_CASE), state
    assert (fact.handled_at is not None) >= (state in {State.HANDLED, State.CHECKED, State.IN_CASE}), state
    assert fact.filed <= (state is not State.TRANSFERRED), state
    assert fact.filed >= (state in {State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.SUSPENDED}), state
    assert fact.closing_due_at is not None or fact.in_case or fact.suspended_at, state
    assert fact.handling_due_at is not None, state


def every_day_obeys_the_laws_of_counting(life: Life) -> None:
    first, last = (moment.astimezone(life.town.zone).date() for moment in (life.now - dt.timedelta(days=12), life.now))
    for day in periods.Period(first, last).days():
        span = periods.span(day, life.town.zone)
        with life.database.read() as session:
            facts = list(order_facts.of_period(session, life.town, day))
        whole = counting.tally(facts, span)
        rows = [
            counting.tally([one for one in facts if one.holder == key], span) for key in {one.holder for one in facts}
        ]
        for code in Indicator:
            there = whole.counts[code]
            assert 0 <= there.numerator <= there.denominator
            assert sum(row.counts[code].denominator for row in rows) == there.denominator
            assert sum(row.counts[code].numerator for row in rows) == there.numerator


def test_a_day_that_is_over_says_the_same_whenever_it_is_asked(listed, town):
    """Its figures as they were when it was just over, and once everything else has happened."""
    life = Counted(listed, town, 7)
    life.live()
    assert len(life.told) > 3
    for day, counted in life.told.items():
        assert counts(life, day) == counted


def counts(life: Life, day: dt.date) -> Counts:
    period = periods.Period(day, day)
    with life.database.read() as session:
        row = counting.tally(order_facts.of_period(session, life.town, period), periods.span(period, life.town.zone))
    return {code: (count.numerator, count.denominator) for code, count in row.counts.items()}
