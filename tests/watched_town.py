"""云溪镇 with somebody who watches its clocks: orders come in, time passes, rungs are reached, notices ring."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update

from dispatch.models import Order
from dispatch.services import NewReport, Wish, receive, take_step
from oversight.models import Alarm, Notice, NoticeLine, Supervision
from oversight.rules.supervision import Action
from oversight.services.supervision import alarms, notices, supervision_steps
from oversight.services.supervision import supervision_steps as papers
from tests.ground.cast import LIN_XIAOFENG, Cast, Person
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import journal, ladders, profile, watch
from town.access import Actor
from town.database import Database
from town.people import Account, Role
from town.profile import Town
from town.watch import Deadline, Rung

SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def at(text: str) -> dt.datetime:
    """A local moment of 2026, ``11-23 09:00``."""
    return dt.datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}").replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


MORNING = "11-23 09:00"
"""A Monday."""


@dataclass
class Watched:
    """The town, and its time, which moves only when a test says so."""

    database: Database
    cast: Cast

    def actor(self, person: Person) -> Actor:
        with self.database.read() as session:
            account = session.scalars(select(Account).where(Account.login == person.login)).one()
        roles = frozenset(map(Role, account.roles))
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id, account.partner_id)

    def report(self, when: str = MORNING, place: Mapping[str, Any] = IN_THE_MIDDLE_OF_INNER) -> uuid.UUID:
        """A report; gives back its order."""
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", at(when), category=STALLS)
        with self.database.write() as session:
            return receive(session, profile.current(session), MASTER_KEY, new, at(when)).order.id

    def orders(self, count: int, when: str = MORNING) -> list[uuid.UUID]:
        """So many orders of 城中 that came at once, with one clock each: 签收 within half an hour."""
        model = self.report(when)
        columns = [column.name for column in Order.__table__.columns if column.name != "id"]
        with self.database.write() as session:
            row = session.get_one(Order, model)
            values = {name: getattr(row, name) for name in columns}
            clock = self._accept(session, model)
            kept = {name: getattr(clock, name) for name in _columns(Deadline) if name not in ("id", "subject")}
            made = [uuid.uuid4() for _ in range(count)]
            session.add_all(Order(id=one, **values) for one in made)
            session.add_all(Deadline(id=uuid.uuid4(), subject=f"order:{one}", **kept) for one in made)
        return made

    def step(self, order_id: uuid.UUID, when: str, action: str, by: Person = LIN_XIAOFENG, **given: Any) -> None:
        with self.database.write() as session:
            version = session.get_one(Order, order_id).version
            wish = Wish(action, version, {"words": "按规定办理", **given})  # type: ignore[arg-type]
            take_step(session, self.actor(by), order_id, wish, at(when))

    def look(self, when: str) -> None:
        """What the worker does at that moment: clocks first, then notices, then what is settled."""
        now = at(when)
        while watch.tick(self.database, now, {}, alarms.on_rung) == watch.BATCH:
            pass
        for work in (notices.ring_due, alarms.close_settled):
            with self.database.write() as session:
                while work(session, now):
                    pass

    def reach(self, deadline_id: uuid.UUID, level: str, percent: int, when: str) -> None:
        """A rung is reached, as the watch would tell."""
        with self.database.write() as session:
            deadline = session.get_one(Deadline, deadline_id)
            alarms.on_rung(session, deadline, Rung(level, percent, at(when)), at(when))

    def answer(
        self, paper: Supervision, when: str, action: str, by: Person, words: str = "见附件", **given: Any
    ) -> Supervision:
        """A step of a 督办单, on the version that was seen."""
        wish = papers.Wish(Action(action), paper.version, {"words": words, **given})
        with self.database.write() as session:
            return supervision_steps.take_step(session, self.actor(by), paper.id, wish, at(when))

    def change(self, person: Person, **values: Any) -> None:
        """Somebody's account, changed."""
        with self.database.write() as session:
            session.execute(update(Account).where(Account.login == person.login).values(values))

    def set_town(self, **values: Any) -> None:
        with self.database.write() as session:
            session.execute(update(Town).values(values))

    def clock(self, subject: str, kind: str) -> Deadline:
        """The newest clock of a kind."""
        with self.database.read() as session:
            return [one for one in watch.of(session, subject) if one.kind == kind][-1]

    def alarms(self, **which: Any) -> Sequence[Alarm]:
        with self.database.read() as session:
            return session.scalars(select(Alarm).filter_by(**which).order_by(Alarm.raised_at, Alarm.id)).all()

    def notices(self, person: Person | None = None) -> Sequence[Notice]:
        with self.database.read() as session:
            asked = select(Notice).order_by(Notice.opened_at, Notice.id)
            if person:
                asked = asked.where(Notice.account_id == self.cast.account(person).id)
            return session.scalars(asked).all()

    def lines(self, notice: Notice) -> Sequence[NoticeLine]:
        with self.database.read() as session:
            return session.scalars(select(NoticeLine).where(NoticeLine.notice_id == notice.id)).all()

    def papers(self) -> Sequence[Supervision]:
        with self.database.read() as session:
            return session.scalars(select(Supervision).order_by(Supervision.number)).all()

    def written(self, prefix: str) -> list[journal.Recorded]:
        """What the journal says of subjects of a kind, in the order it was written."""
        with self.database.read() as session:
            event = journal.models.Event
            asked = select(event).where(event.subject.startswith(prefix)).order_by(event.seq)
            return list(session.scalars(asked).all())  # type: ignore[arg-type]

    def name(self, account_id: uuid.UUID | None) -> str | None:
        """Somebody's name."""
        return next((one.name for one in self.cast.accounts.values() if one.id == account_id), None)

    def _accept(self, session: Any, order_id: uuid.UUID) -> Deadline:
        return next(one for one in watch.of(session, f"order:{order_id}") if one.kind == "accept")


def _columns(model: type[Deadline]) -> list[str]:
    return [column.name for column in model.__table__.columns]


@pytest.fixture
def watched(listed: Database, cast: Cast) -> Watched:
    """The town with its lists in force, watched."""
    return Watched(listed, cast)


def starter(clock: str) -> ladders.Ladder:
    """What a clock climbs before anybody changes the table."""
    return ladders.pick(ladders.STARTER, clock, "ordinary")
