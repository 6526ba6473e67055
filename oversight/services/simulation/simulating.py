"""Simulating (推演): a past month's orders out of journal and clocks, and the world they are replayed in. Writes nothing."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order, Service
from dispatch.rules import times_table
from dispatch.rules.times_table import TimeLine
from dispatch.services import serving
from grids import services as grids
from oversight.rules import duty_waits, replaying, simulation
from oversight.rules.duty_waits import Duty, Watch
from oversight.rules.life import Told
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Period, span
from oversight.rules.replaying import ACCEPTED, GIVEN, Ran, Story, World, stage_of
from oversight.rules.simulation import Simulated
from oversight.services.figures import order_facts
from town import calendars, geometry, roster, watch
from town.duty import ShiftFact
from town.journal.models import Event
from town.people import Account, Squad
from town.profile import Town
from town.qualification import may_answer
from town.staff import ShiftEntry
from town.terms import Span, Term, Unit
from town.watch import Deadline, Pause

PAGE = 500
BESIDE = dt.timedelta(days=31)
"""Shifts this long before and after the month may matter to it."""


@dataclass(frozen=True)
class Asked:
    """What is tried; None for what stays. ``edition``: of the map."""

    times: Sequence[TimeLine] | None = None
    shifts: Sequence[ShiftEntry] | None = None
    edition: uuid.UUID | None = None


def simulate(
    session: Session, town: Town, period: Period, asked: Asked, each: Callable[[], None] = lambda: None
) -> Simulated:
    """The month's on-time rates as they were and as they would have been."""
    told = stories(session, town, period)
    world = _world(session, town, period, asked, told)
    return simulation.simulate(told, world, span(period, town.zone), each)


def stories(session: Session, town: Town, period: Period) -> list[Story]:
    """Every order that the month's indicators ask about, with all that happened to it."""
    facts = list(order_facts.of_period(session, town, period))
    squads = {str(identifier): code for identifier, code in session.execute(select(Squad.id, Squad.code))}
    pages = (facts[start : start + PAGE] for start in range(0, len(facts), PAGE))
    return [story for page in pages for story in _read(session, page, squads)]


def _read(session: Session, facts: Sequence[OrderFact], squads: Mapping[str, str]) -> Iterable[Story]:
    subjects = [f"order:{fact.id}" for fact in facts]
    categories = _categories(session, facts)
    events, clocks = _events(session, subjects, squads), watch.of_subjects(session, subjects)
    pauses = watch.pauses_of(session, [clock.id for some in clocks.values() for clock in some])
    for fact, subject in zip(facts, subjects, strict=True):
        ran = sorted((one for one in clocks[subject] if one.state != watch.State.DROPPED), key=_turn)
        yield Story(
            fact, categories[fact.id], tuple(events[subject]), tuple(_ran(one, pauses.get(one.id, ())) for one in ran)
        )


def _categories(session: Session, facts: Sequence[OrderFact]) -> dict[str, str]:
    wanted = [uuid.UUID(fact.id) for fact in facts]
    found = session.execute(select(Order.id, Order.category).where(Order.id.in_(wanted)))
    return {str(identifier): category for identifier, category in found}


def _events(session: Session, subjects: Sequence[str], squads: Mapping[str, str]) -> dict[str, list[Told]]:
    told: dict[str, list[Told]] = defaultdict(list)
    asked = select(Event.subject, Event.kind, Event.at, Event.data).where(Event.subject.in_(subjects))
    for subject, kind, at, data in session.execute(asked.order_by(Event.subject, Event.version)):
        told[subject].append(Told(kind, at, squads.get(data.get("squad") or ""), data.get("lane"), data.get("to")))
    return told


def _turn(clock: Deadline) -> tuple[dt.datetime, int]:
    return clock.started_at, clock.round


def _ran(clock: Deadline, pauses: Iterable[Pause]) -> Ran:
    return Ran(
        kind=clock.kind,
        stage=stage_of(clock.kind, clock.unit),
        term=Term(clock.amount, Unit(clock.unit)),
        extended=clock.extended,
        pauses=tuple(Span(one.since, one.until) for one in pauses),
        started_at=clock.started_at,
        due_at=clock.due_at,
        met_at=clock.met_at,
    )


def _world(session: Session, town: Town, period: Period, asked: Asked, told: Sequence[Story]) -> World:
    return World(
        calendar=calendars.current(session),
        until=span(period, town.zone).until,
        times=times_table.by_stage(asked.times) if asked.times is not None else None,
        duty=_duty(session, town, period, asked.shifts, told) if asked.shifts is not None else None,
        places=_places(session, town, asked.edition, told) if asked.edition else None,
    )


def _duty(session: Session, town: Town, period: Period, shifts: Sequence[ShiftEntry], told: Sequence[Story]) -> Duty:
    """Leave stays leave, whatever the roster."""
    asked = span(period, town.zone)
    known = roster.read(session, asked.since - BESIDE, asked.until + BESIDE)
    was = duty_waits.watch(known.shifts, known.leaves)
    return Duty(was, duty_waits.watch(_as_facts(session, shifts), known.leaves), _typical(was, told))


def _as_facts(session: Session, shifts: Sequence[ShiftEntry]) -> list[ShiftFact]:
    roles = dict(session.execute(select(Account.login, Account.roles)).all())
    return [
        ShiftFact(one.squad, one.login, one.starts_at, one.ends_at, one.leads, may_answer(roles.get(one.login, [])))
        for one in shifts
    ]


def _typical(was: Watch, told: Sequence[Story]) -> dict[str, dt.timedelta]:
    """How long each squad takes to sign while it is on duty: the middle of the month's."""
    taken: dict[str, list[dt.timedelta]] = defaultdict(list)
    for given, signed in (pair for story in told for pair in pairwise(replaying.worked(story.events))):
        if given.kind in GIVEN and given.squad and signed.kind == ACCEPTED:
            took = duty_waits.reaction(was, given.squad, given.at, signed.at)
            if took is not None:
                taken[given.squad].append(took)
    return {squad: middle for squad, some in taken.items() if (middle := duty_waits.median(some)) is not None}


def _places(
    session: Session, town: Town, edition: uuid.UUID, told: Sequence[Story]
) -> dict[str, tuple[str | None, str]]:
    """Area and squad of each order on another map: the squad that has it, if it serves there, else the area's own."""
    locator = grids.locator_of(session, town, edition)
    areas = {grid.code: grid.area_code for grid in locator.grids}
    best = {area: squad.code for area, squad in serving.squads_by_area(session).items()}
    serves = _serves(session)
    places = _coordinates(session, told)
    codes = locator.locate_many([one[0] for one in places.values()], [one[1] for one in places.values()])
    by_order = {order: areas.get(code or "") for order, code in zip(places, codes, strict=True)}
    return {
        story.fact.id: (area, _squad(story.fact.holder, area, best, serves))
        for story in told
        for area in (by_order[story.fact.id],)
    }


def _squad(holder: str, area: str | None, best: Mapping[str, str], serves: Mapping[str, frozenset[str]]) -> str:
    if area is None or holder in serves.get(area, frozenset()):
        return holder
    return best.get(area, holder)


def _serves(session: Session) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    asked = select(Service.area_code, Squad.code).join(Squad, Squad.id == Service.squad_id).where(Squad.active)
    for area, squad in session.execute(asked):
        found[area].add(squad)
    return {area: frozenset(some) for area, some in found.items()}


def _coordinates(session: Session, told: Sequence[Story]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for start in range(0, len(told), PAGE):
        wanted = [uuid.UUID(story.fact.id) for story in told[start : start + PAGE]]
        for identifier, place in session.execute(select(Order.id, Order.place).where(Order.id.in_(wanted))):
            found[str(identifier)] = geometry.lonlat(place)
    return found


def with_ends(month: Period, days: int = 1) -> Period:
    """The month and so many days on either side, for shifts that reach into it."""
    return replace(month, first=month.first - dt.timedelta(days=days), last=month.last + dt.timedelta(days=days))
