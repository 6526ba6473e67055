"""Facts for indicators (指标取数): every order that a period asks about, as it stood at its end, read in one pass.

Five streams, each ordered by the order's id, are read side by side: so many statements whatever the number of orders, and
no more of them in memory than a page. What happened after the period does not exist for it, so its figures stay.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.rules.handling_times import Clock
from grids.models import Area, Grid
from oversight.models import Exclusion
from oversight.rules import life as lives
from oversight.rules.life import Life, Told, promise_that_counts
from oversight.rules.order_facts import Ground, OrderFact, kind_of
from oversight.rules.periods import Period, Span, span
from oversight.services.figures.subjects import subject_of
from town.journal.models import Event
from town.people import Squad
from town.profile import Town
from town.watch import Deadline, State

REACH = dt.timedelta(days=120)
"""No promise runs longer after an order's last change: what changed before that is nothing to a period."""
PAGE = 1000
APPROVED = "approved"
CLOCKS = (Clock.ACCEPT, Clock.HANDLE, Clock.SETTLE, Clock.ANSWER, Clock.RESULT)
WORKING = (Clock.HANDLE, Clock.SETTLE)
PROMISES = (Clock.ANSWER, Clock.RESULT)
SOLVED, SATISFIED = "solved", "satisfied"

Rows = Iterator[Row[Any]]


def of_period(session: Session, town: Town, period: Period) -> Iterator[OrderFact]:
    """Every order that may answer for the period, by id; what is left out of the figures says so itself."""
    return of_span(session, span(period, town.zone))


def of_span(session: Session, asked: Span, only: Sequence[uuid.UUID] | None = None) -> Iterator[OrderFact]:
    """The same for any span of moments; ``only``: of these orders."""
    which = _asked_about(asked) if only is None else Order.id.in_(only)
    squads = {str(identifier): code for identifier, code in session.execute(select(Squad.id, Squad.code))}
    with ExitStack() as opened:
        orders, events, clocks, ratings, excluded = (
            _stream(session, query.where(which), opened)
            for query in (_orders(), _events(asked), _clocks(asked), _ratings(asked), _exclusions())
        )
        told, timed, rated, left_out = map(_Beside, (events, clocks, ratings, excluded))
        for order in orders:
            life = lives.lived(_told(event, squads) for event in told.of(order.id))
            kept = _Clocks(timed.of(order.id), asked.until)
            yield _fact(order, life, kept, rated.of(order.id), left_out.of(order.id))


def _asked_about(asked: Span) -> ColumnElement[bool]:
    """Came before the end; and is open, or changed lately enough, or was rated in the period."""
    rated = select(Report.order_id).where(Report.rated_at >= asked.since, Report.rated_at < asked.until)
    lately = Order.changed_at >= asked.since - REACH
    alive = or_(Order.state.not_in(workflow.ENDED), lately, Order.id.in_(rated))
    return (Order.received_at < asked.until) & alive


def _orders() -> Select[*tuple[Any, ...]]:
    found = select(Order.id, Order.category, Order.severity, Order.received_at, Area.code.label("area"))
    placed = found.outerjoin(Grid, Grid.id == Order.grid_id).outerjoin(Area, Area.id == Grid.area_id)
    return placed.order_by(Order.id)


def _events(asked: Span) -> Select[*tuple[Any, ...]]:
    found = select(Order.id, Event.kind, Event.at, Event.data).join(Event, Event.subject == subject_of(Order.id))
    told = found.where(Event.kind.in_(lives.MEANINGS), Event.at < asked.until)
    return told.order_by(Order.id, Event.version)


def _clocks(asked: Span) -> Select[*tuple[Any, ...]]:
    columns = Deadline.kind, Deadline.due_at, Deadline.met_at, Deadline.extended
    found = select(Order.id, *columns).join(Deadline, Deadline.subject == subject_of(Order.id))
    started = found.where(Deadline.kind.in_(CLOCKS), Deadline.started_at < asked.until, Deadline.state != State.DROPPED)
    return started.order_by(Order.id, Deadline.started_at, Deadline.round)


def _ratings(asked: Span) -> Select[*tuple[Any, ...]]:
    found = select(Order.id, Report.solved, Report.attitude).join(Report, Report.order_id == Order.id)
    return found.where(Report.rated_at >= asked.since, Report.rated_at < asked.until).order_by(Order.id)


def _exclusions() -> Select[*tuple[Any, ...]]:
    found = select(Order.id, Exclusion.ground).join(Exclusion, Exclusion.order_id == Order.id)
    return found.where(Exclusion.state == APPROVED).order_by(Order.id)


def _stream(session: Session, query: Select[*tuple[Any, ...]], opened: ExitStack) -> Rows:
    """Its rows, a page at a time; closed with the others, read to the end or not."""
    return iter(opened.enter_context(session.execute(query, execution_options={"yield_per": PAGE})))


class _Beside:
    """A stream by order id, read alongside the orders: each call asks for a later id than the last one."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, order_id: uuid.UUID) -> list[Row[Any]]:
        """The rows of one order; those of orders nobody asked for are passed over."""
        found = []
        while self._next is not None and self._next.id <= order_id:
            if self._next.id == order_id:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


@dataclass(frozen=True)
class _Clocks:
    """The clocks of one order that somebody was waited for by, in the order they started."""

    listed: Sequence[Row[Any]]
    until: dt.datetime

    def all(self, *kinds: Clock) -> list[Row[Any]]:
        return [row for row in self.listed if row.kind in kinds]

    @property
    def response_due(self) -> dt.datetime | None:
        """Of whoever was asked last."""
        return next((row.due_at for row in reversed(self.all(Clock.ACCEPT))), None)

    @property
    def responded(self) -> dt.datetime | None:
        met = next((row.met_at for row in reversed(self.all(Clock.ACCEPT))), None)
        return met if met and met < self.until else None

    @property
    def promise_due(self) -> dt.datetime | None:
        return next((row.due_at for row in self.all(Clock.ANSWER)), None)

    @property
    def handling_due(self) -> dt.datetime | None:
        """Of the first work; whoever never began it still owes it by the day the answer is promised."""
        return next((row.due_at for row in self.all(*WORKING)), self.promise_due)

    def closing_due(self, waits: bool) -> dt.datetime | None:
        """Of the promise that counts; none while the order waits for a case and the reporter was told so."""
        if waits and not self.all(Clock.RESULT):
            return None
        return promise_that_counts([(row.due_at, row.met_at) for row in self.all(*PROMISES)])


def _told(event: Row[Any], squads: dict[str, str]) -> Told:
    data = event.data
    return Told(event.kind, event.at, squads.get(data.get("squad") or ""), data.get("lane"), data.get("to"))


def _fact(order: Row[Any], life: Life, clocks: _Clocks, ratings: list[Row[Any]], excluded: list[Row[Any]]) -> OrderFact:
    return OrderFact(
        id=str(order.id),
        holder=life.holder,
        area=order.area,
        kind=kind_of(order.category),
        severity=order.severity,
        received_at=order.received_at,
        filed=life.ours,
        suspended_at=life.suspended_at,
        in_case=life.in_case,
        reworked=life.reworked,
        extended=any(row.extended for row in clocks.all(*WORKING)),
        response_due_at=clocks.response_due,
        responded_at=clocks.responded,
        handling_due_at=clocks.handling_due,
        handled_at=life.handled_at,
        closing_due_at=clocks.closing_due(life.in_case and life.closed_at is None),
        closed_at=life.closed_at,
        solved=_everybody(ratings, "solved", SOLVED),
        satisfied=_everybody(ratings, "attitude", SATISFIED),
        excluded=Ground(excluded[0].ground) if excluded else None,
    )


def _everybody(ratings: Iterable[Row[Any]], what: str, good: str) -> bool | None:
    """Whether everybody said so; None when nobody said anything."""
    said = [getattr(rating, what) for rating in ratings]
    return all(one == good for one in said) if said else None
