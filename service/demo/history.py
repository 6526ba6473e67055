"""A month of history (历史): reports and every step on them, through the services, each at the moment it is told to have been.

Everything happens in the order of time. What would come after ``now`` has not happened yet: those orders are open.
"""

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules.sources import Source
from dispatch.rules.workflow import State
from dispatch.services import NewReport, Wish, answer, receive, take_step
from grids.rules import coordinates
from service import answers, cases, doorbell
from service.demo import casework, habits, land, matters
from service.demo.casework import Ground
from service.demo.habits import Moment, Planned
from service.demo.names import Names
from service.demo.people import DESK
from town import journal, workdays
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.journal.connection import connect
from town.profile import Town
from town.settings import Settings

SEED = 1126
EACH_DAY = 11
WEEKEND = 0.7
RHYTHM = (1, 1, 0, 0, 0, 1, 3, 6, 9, 9, 8, 6, 5, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2)
"""How many of a day's reports come in each of its hours, in parts."""
WAYS = {
    Source.APP: 62,
    Source.HOTLINE: 15,
    Source.CALL: 8,
    Source.PATROL: 8,
    Source.GRID_WORKER: 4,
    Source.LETTER: 1,
    Source.MEDIA: 1,
    Source.LEADER: 1,
}
AGAIN = 0.05
"""How often somebody reports what was just reported."""
MINUTE = dt.timedelta(minutes=1)
Happening = Callable[[Instant], None]


def live_through(session: Session, town: Town, settings: Settings, days: int, now: Instant) -> None:
    """The last ``days`` days of the town."""
    Past(session, town, settings, now).live(days)


def hush(database: Database, settings: Settings, now: Instant) -> None:
    """What is past rings no tablet and is answered already: its readers begin after it."""
    if not database.sqlite:
        with connect(settings.numberer_url, name="wangge-demo") as connection:
            while journal.number_once(connection):
                pass
    with database.write() as session:
        position, _ = journal.head(session)
        for reader in (doorbell.READER, answers.READER, cases.READER):
            journal.advance(session, reader, position, now)


class Past:
    """What has happened and what comes next, the earliest first."""

    def __init__(self, session: Session, town: Town, settings: Settings, now: Instant) -> None:
        self._session = session
        self._town = town
        self._settings = settings
        self._now = now
        self._chance = random.Random(SEED)
        self._places = land.places(self._chance)
        self._ahead: list[tuple[Instant, int, Happening]] = []
        self._turn = itertools.count()
        self._names = Names(session)
        self._last: tuple[land.Spot, str] | None = None

    def live(self, days: int) -> None:
        """Let it all happen."""
        for at in self._moments(days):
            self._at(at, self._report)
        ground = Ground(
            self._session, self._town, self._settings, self._names, workdays.calendar(self._session, self._town)
        )
        casework.plan(ground, days, self._now, self._at, self._go_on)
        while self._ahead:
            at, _, happens = heapq.heappop(self._ahead)
            happens(at)

    def _at(self, at: Instant, happens: Happening) -> None:
        if at < self._now:
            heapq.heappush(self._ahead, (at, next(self._turn), happens))

    def _moments(self, days: int) -> Iterator[Instant]:
        """When somebody reports something."""
        today = self._now.astimezone(self._town.zone).date()
        for day in (today - dt.timedelta(days=back) for back in range(days, -1 if days else 0, -1)):
            share = WEEKEND if day.weekday() >= 5 else 1.0
            for _ in range(round(EACH_DAY * share * self._chance.uniform(0.8, 1.2))):
                hour = self._chance.choices(range(24), RHYTHM)[0]
                at = dt.datetime.combine(day, dt.time(hour), self._town.zone)
                yield (at + self._chance.uniform(0, 60) * MINUTE).astimezone(dt.UTC)

    def _report(self, at: Instant) -> None:
        spot, category, words = self._what()
        new = self._told(at, spot, category, words)
        order = receive(self._session, self._town, self._settings.master_key, new, at).order
        self._go_on(order, at, land.area_at(*spot))

    def _told(self, at: Instant, spot: land.Spot, category: str, words: str) -> NewReport:
        chance = self._chance
        source = chance.choices(list(WAYS), list(WAYS.values()))[0]
        x, y, crs = _given(*spot, source is Source.APP and chance.random() < 0.7)
        hotline = source is Source.HOTLINE
        return NewReport(
            x,
            y,
            crs,
            chance.choice((5.0, 8.0, 10.0, 15.0, 25.0, 40.0)) if source is Source.APP else 10.0,
            words,
            at,
            source,
            f"DH{at:%y%m%d%H%M}{chance.randrange(10_000):04}" if hotline else None,
            category,
            their_due_at=at + dt.timedelta(days=5) if hotline else None,
            actor="reporter" if source is Source.APP else self._names.actor(DESK.login).name,
        )

    def _what(self) -> tuple[land.Spot, str, str]:
        """Where, what kind, which words; now and then the same as before, a few steps away."""
        if self._last and self._chance.random() < AGAIN:
            (lon, lat), category = self._last
            return (lon + 0.00008, lat + 0.00005), category, "就是刚才那个路口，还没人来。"
        matter, spot = matters.pick(self._chance), next(self._places)
        self._last = spot, matter.category
        return spot, matter.category, self._chance.choice(matter.words)

    def _go_on(self, order: Order, at: Instant, area: str) -> None:
        """Plan what comes next for an order as it now stands; ``area``: where its place lies."""
        if order.state == State.CLOSED:
            answer(self._session, order.id, at)
        elif planned := habits.next_step(self._names.seen(order, area), Moment(at, self._town.zone, self._chance)):
            self._plan(order, planned, area)

    def _plan(self, order: Order, planned: Planned, area: str) -> None:
        wish = Wish(planned.action, order.version, dict(planned.given))

        def happens(at: Instant) -> None:
            """The order is held until then, so that the session knows it without asking."""
            try:
                done = take_step(self._session, self._names.actor(planned.who), order.id, wish, at)
            except Refused:
                return  # his duty has ended, or the matter is not his any more; the order waits for the present
            self._go_on(done, at, area)

        self._at(planned.at, happens)


def _given(lon: float, lat: float, on_a_chinese_map: bool) -> tuple[float, float, str]:
    return (*coordinates.wgs84_to_gcj02(lon, lat), "gcj02") if on_a_chinese_map else (lon, lat, "wgs84")
