"""The month's penalty cases as they happened (办案经过): opened, with their evidence and papers, through the services.

What the law forbids, or a missing font, leaves a case where it stands; the town's past goes on without it.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules.sources import Source
from dispatch.rules.workflow import Action as Move
from dispatch.rules.workflow import State
from dispatch.services import NewReport, Wish, cases, receive, take_step
from dispatch.services.cases import CaseWish, Found
from dispatch.services.correcting import Point
from enforcement.models import PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.services import parties
from enforcement.services.cases import Wish as Deed
from enforcement.services.cases import evidence, take_act
from service.cases import ENDED, TOLD
from service.demo import case_words, land, pictures
from service.demo.case_steps import FIRST, LEADER, Dossier, Step
from service.demo.case_words import Scene
from service.demo.dossiers import DOSSIERS
from service.demo.names import Names
from service.demo.people import team_of
from town.access import Actor
from town.clock import Instant
from town.days import Calendar
from town.errors import Refused
from town.profile import Town
from town.settings import Settings

MINUTE = dt.timedelta(minutes=1)
REPORTED, SIGNED, ARRIVED, OPENED = 150 * MINUTE, 140 * MINUTE, 60 * MINUTE, 8 * MINUTE
"""How long before its first act a case's matter is reported, signed for, seen, and opened."""
TO_A_HEARING = 9
"""Working days to a hearing that is called today: seven must lie between."""
MEETS = dt.time(9, 30)
LONGEST = 60

Made = TypeVar("Made")
LOG = structlog.get_logger()
At = Callable[[Instant, Callable[[Instant], None]], None]
Freed = Callable[[Order, Instant, str], None]


@dataclass(frozen=True)
class Ground:
    """What every case of the past needs: the open transaction, the town, and who is who in it."""

    session: Session
    town: Town
    settings: Settings
    names: Names
    calendar: Calendar

    def working_day(self, from_day: dt.date, number: int) -> dt.date:
        """The local day so many working days after, or before, another."""
        step = dt.timedelta(days=1 if number > 0 else -1)
        days = (from_day + step * count for count in range(1, LONGEST))
        return [day for day in days if self.calendar.is_working(day)][abs(number) - 1]

    def at(self, day: dt.date, time: dt.time) -> Instant:
        """A local moment."""
        return dt.datetime.combine(day, time, self.town.zone).astimezone(dt.UTC)


def plan(ground: Ground, days: int, now: Instant, at: At, freed: Freed) -> None:
    """Let every case of the last ``days`` days happen. ``freed``: goes on with an order whose case has ended."""
    today = now.astimezone(ground.town.zone).date()
    since = today - dt.timedelta(days=days)
    for number, dossier in enumerate(DOSSIERS, 1):
        when = [ground.at(ground.working_day(today, -step.day), step.time) for step in dossier.steps]
        begins = when[0]
        if begins.astimezone(ground.town.zone).date() <= since:
            continue
        life = Life(ground, number, dossier, freed)
        if dossier.reported:
            at(begins - REPORTED, life.report)
            at(begins - SIGNED, partial(life.move, Move.ACCEPT))
            at(begins - ARRIVED, partial(life.move, Move.ARRIVE))
        at(begins - OPENED, life.open)
        for step, moment in zip(dossier.steps, when, strict=True):
            at(moment, partial(life.act, step))


class Life:
    """One case: the order it comes from, if any, and what its people do."""

    def __init__(self, ground: Ground, number: int, dossier: Dossier, freed: Freed) -> None:
        self._ground, self._number, self._dossier, self._freed = ground, number, dossier, freed
        self._spot = land.inside(dossier.area, Random(dossier.name))
        self._order: Order | None = None
        self._case: PenaltyCase | None = None

    def report(self, at: Instant) -> None:
        """Somebody reports the matter."""
        what = self._dossier.offence
        new = NewReport(*self._spot, "wgs84", 8.0, what.reported, at, Source.APP, None, what.category, actor="reporter")
        ground = self._ground
        self._order = receive(ground.session, ground.town, ground.settings.master_key, new, at).order

    def move(self, move: Move, at: Instant) -> None:
        """The squad signs for the order, and is there."""
        if self._order and self._order.leader_id:
            leader = self._ground.names.actor(self._ground.names.login(self._order.leader_id))
            order = self._order
            self._try(lambda: take_step(self._ground.session, leader, order.id, Wish(move, order.version, {}), at))

    def open(self, at: Instant) -> None:
        """Out of the order, once the squad stands before it; otherwise as something the squad found itself."""
        wish = CaseWish(self._dossier.officers, self._dossier.offence.seen, self._dossier.offence.power)
        who, session = self._actor(FIRST), self._ground.session
        if self._order and self._order.state == State.ON_SITE:
            order = self._order
            self._case = self._try(lambda: cases.open_from_order(session, who, order.id, order.version, wish, at))
            return
        found = Found(Point(*self._spot, "wgs84", 8.0), self._dossier.offence.category)
        self._case = self._try(lambda: cases.open_found(session, self._ground.town, who, wish, found, at))

    def act(self, step: Step, at: Instant) -> None:
        """Somebody does the next thing; after a refusal nothing more happens in this case."""
        case = self._case
        if case is None:
            return
        self._case = self._try(lambda: self._take(case, step, at))
        if self._case:
            self._tell(step.action, self._case.id, at)

    def _take(self, case: PenaltyCase, step: Step, at: Instant) -> PenaltyCase:
        facts = case_words.facts(step.action, self._scene(step.action, case, at), step.changes)
        wish = Deed(step.action, case.version, facts)
        return take_act(self._ground.session, self._ground.settings, self._actor(step.by), case.id, wish, at)

    def _scene(self, action: Action, case: PenaltyCase, at: Instant) -> Scene:
        ground, dossier = self._ground, self._dossier
        today = at.astimezone(ground.town.zone).date()
        return Scene(
            dossier.offence,
            dossier.offender,
            dossier.officers,
            dossier.place,
            at,
            today,
            party=self._party(at) if action is Action.NAME_PARTY else None,
            file=self._photo(case, at) if action is Action.ADD_EVIDENCE else None,
            hearing_at=ground.at(ground.working_day(today, TO_A_HEARING), MEETS),
            number=self._number,
        )

    def _party(self, at: Instant) -> str:
        who, ground = self._dossier.offender, self._ground
        actor = self._actor(FIRST).name
        return str(parties.keep(ground.session, ground.settings.master_key, who.kind, who.identity, actor, at).id)

    def _photo(self, case: PenaltyCase, at: Instant) -> str:
        keep = evidence.admit(self._ground.settings, case, "现场照片.jpg", pictures.jpeg(self._number))
        return str(evidence.add(self._ground.session, case, keep(), self._actor(FIRST).name, at).id)

    def _tell(self, action: Action, case_id: uuid.UUID, at: Instant) -> None:
        """What the reader of cases would do at once."""
        kind = f"case.{action}"
        if kind in TOLD:
            cases.told(self._ground.session, case_id, TOLD[kind], at)
        elif kind in ENDED and cases.ended(self._ground.session, case_id, at) and self._order:
            self._freed(self._order, at, self._dossier.area)

    def _actor(self, by: str) -> Actor:
        named = {FIRST: self._dossier.officers[0], LEADER: team_of(self._dossier.squad).leader.login}
        return self._ground.names.actor(named.get(by, by))

    def _try(self, does: Callable[[], Made]) -> Made | None:
        """All of it or nothing."""
        try:
            with self._ground.session.begin_nested():
                return does()
        except Refused as refusal:
            LOG.warning("demo.case_stands_still", case=self._dossier.name, why=str(refusal))
            return None
