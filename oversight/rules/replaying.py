"""Replaying an order (重演): what it did, moved along under another roster, and its clocks reckoned anew. Pure.

The work's own durations stay: what took an hour of office time takes an hour of office time, whenever it begins.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dispatch.rules import handling_times, times_table
from dispatch.rules.handling_times import Clock
from dispatch.rules.times_table import TimeLine
from dispatch.rules.workflow import STEPS, Lane
from oversight.rules import life as lives
from oversight.rules.duty_waits import Duty
from oversight.rules.life import Told
from oversight.rules.order_facts import OrderFact
from town import terms
from town.days import Calendar
from town.terms import Span, Term, Unit
from town.terms.counting import office_hours, walk

ACCEPTED = "order.accepted"
GIVEN = ("order.dispatched", "order.arbitrated", "order.corrected")
CHAIN = frozenset({*(f"order.{step.event}" for step in STEPS), "order.disputed", "order.resumed"})
"""Events that somebody worked towards; everything else stays where it was."""
DEFAULTS = {row.named: row.term for row in (*handling_times.TABLE, handling_times.AT_ONCE)}
WORKING = (Clock.HANDLE, Clock.SETTLE)
PROMISES = (Clock.ANSWER, Clock.RESULT)


@dataclass(frozen=True, slots=True)
class Ran:
    """时限: one clock as it ran. ``stage``: what the table of handling times calls it; empty for one it never names."""

    kind: str
    stage: str
    term: Term
    extended: int
    pauses: tuple[Span, ...]
    started_at: dt.datetime
    due_at: dt.datetime
    met_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Story:
    """One order of the month: its facts as the indicators have them, every event, every clock that was not dropped."""

    fact: OrderFact
    category: str
    events: tuple[Told, ...]
    clocks: tuple[Ran, ...]


@dataclass(frozen=True)
class World:
    """What is different. ``times``: rows by stage; ``places``: area and squad by order; None for what stays as it was."""

    calendar: Calendar
    until: dt.datetime
    times: Mapping[str, tuple[TimeLine, ...]] | None = None
    duty: Duty | None = None
    places: Mapping[str, tuple[str | None, str]] | None = None


Moved = Mapping[dt.datetime, dt.datetime]
"""Where each moment went."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The order as it would have been."""

    fact: OrderFact
    clocks: tuple[Ran, ...]


def replay(story: Story, world: World) -> Replayed:
    """One order in another world; in an unchanged one it is what it was."""
    moved = _moved(story, world)
    clocks = tuple(_again(one, story, moved, world) for one in story.clocks)
    return Replayed(_fact(story, moved, clocks, world), clocks)


def _moved(story: Story, world: World) -> Moved:
    if world.duty is None:
        return {}
    moved: dict[dt.datetime, dt.datetime] = {}
    was = now = None
    squad: str | None = None
    for event in worked(story.events):
        if event.kind in GIVEN:
            squad = event.squad if event.lane in (None, Lane.SQUAD) else None
        at = event.at if was is None or now is None else _next(event, squad, (was, now), story, world)
        moved[event.at] = at
        was, now = event.at, at
    return moved


def worked(events: Iterable[Told]) -> list[Told]:
    """The events that somebody worked towards, and those that gave the order to somebody."""
    return [event for event in events if event.kind in CHAIN or event.kind in GIVEN]


def _next(
    event: Told, squad: str | None, before: tuple[dt.datetime, dt.datetime], story: Story, world: World
) -> dt.datetime:
    """``before``: when the event before it was, and when it is now."""
    was, now = before
    if event.kind not in CHAIN:
        return max(now, event.at)  # the desk corrected it when it did
    if event.kind == ACCEPTED and squad and world.duty:
        return world.duty.signed(squad, _squad(squad, story, world), was, event.at, now)
    return now if event.at == was else after(was, event.at, now, world.calendar)


def after(began: dt.datetime, ended: dt.datetime, now: dt.datetime, calendar: Calendar) -> dt.datetime:
    """When work that went from ``began`` to ``ended`` ends if it begins ``now``: the same office time, then the same rest."""
    if now == began:
        return ended
    spans = list(takewhile(lambda span: span[0] < ended, office_hours(began, calendar)))
    worked = sum((min(closes, ended) - opens for opens, closes in spans), dt.timedelta())
    if not worked:
        return now + (ended - began)
    rest = max(dt.timedelta(), ended - spans[-1][1])
    return walk(office_hours(now, calendar), worked) + rest


def _squad(squad: str, story: Story, world: World) -> str:
    place = world.places.get(story.fact.id) if world.places else None
    return place[1] if place and squad == story.fact.holder else squad


def _again(clock: Ran, story: Story, moved: Moved, world: World) -> Ran:
    """The clock with its moments moved and its term as the table has it; untouched, it stays to the microsecond."""
    term = _term(clock, story, world)
    met_at = moved.get(clock.met_at, clock.met_at) if clock.met_at else None
    started_at = moved.get(clock.started_at, clock.started_at)
    if (term, started_at) == (clock.term, clock.started_at):
        return replace(clock, met_at=met_at)
    pauses = tuple(Span(moved.get(one.since, one.since), _until(one, moved)) for one in clock.pauses)
    extended = clock.extended if term.unit == clock.term.unit else 0
    due = terms.due(started_at, term, world.calendar, pauses, extended)
    return replace(clock, term=term, started_at=started_at, due_at=due.at, met_at=met_at, pauses=pauses)


def _until(pause: Span, moved: Moved) -> dt.datetime | None:
    return moved.get(pause.until, pause.until) if pause.until else None


def _term(clock: Ran, story: Story, world: World) -> Term:
    if world.times is None or not clock.stage:
        return clock.term
    line = times_table.pick(world.times.get(clock.stage, ()), story.category, story.fact.severity)
    return line.term if line else DEFAULTS.get(clock.stage, clock.term)


def stage_of(kind: str, unit: str) -> str:
    """What the table calls a clock: 研判 in minutes is that of an emergency; a day that somebody named is nobody's row."""
    if kind == Clock.REVIEW:
        return ""
    return handling_times.AT_ONCE.named if kind == Clock.DECIDE and unit == Unit.MINUTES else kind


def _fact(story: Story, moved: Moved, clocks: Sequence[Ran], world: World) -> OrderFact:
    """As the indicators ask for it: nothing that comes after the month, and of each promise the one that counts."""
    events = [replace(event, at=moved.get(event.at, event.at)) for event in story.events]
    told = sorted((event for event in events if event.at < world.until), key=lambda event: event.at)
    lived = lives.lived(told)
    begun = [one for one in clocks if one.started_at < world.until]
    response = _last(begun, Clock.ACCEPT)
    promise, result = _first(begun, Clock.ANSWER), _last(begun, Clock.RESULT)
    promises = [(one.due_at, one.met_at) for one in begun if one.kind in PROMISES]
    working = _first(begun, *WORKING) or promise
    waits = lived.in_case and lived.closed_at is None
    closing = None if waits and not result else lives.promise_that_counts(promises)
    area, holder = _place(story, lived.holder, world)
    return replace(
        story.fact,
        holder=holder,
        area=area,
        filed=lived.ours,
        suspended_at=lived.suspended_at,
        in_case=lived.in_case,
        reworked=lived.reworked,
        response_due_at=response.due_at if response else None,
        responded_at=response.met_at if response else None,
        handling_due_at=working.due_at if working else None,
        handled_at=lived.handled_at,
        closing_due_at=closing,
        closed_at=lived.closed_at,
    )


def _place(story: Story, holder: str, world: World) -> tuple[str | None, str]:
    """Only a squad's order goes to another squad."""
    place = world.places.get(story.fact.id) if world.places else None
    if place is None:
        return story.fact.area, holder
    return place[0], holder if holder.startswith("@") else place[1]


def _first(clocks: Sequence[Ran], *kinds: Clock) -> Ran | None:
    return next((one for one in clocks if one.kind in kinds), None)


def _last(clocks: Sequence[Ran], *kinds: Clock) -> Ran | None:
    return _first(clocks[::-1], *kinds)
