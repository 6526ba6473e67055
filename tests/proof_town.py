"""云溪镇 with one of everything that the proof looks at, all of it as it should be, and ways to make it ill."""

import datetime as dt
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select, update

from dispatch.models import JointTask, Order
from dispatch.services import NewReport, receive
from enforcement.models import PenaltyCase
from grids.models import Grid
from oversight.models import Alarm, Supervision
from service import kept_files
from tests.bare_cases import open_bare
from tests.ground.cast import (
    CHEN_JING,
    EAST,
    GAS,
    INNER,
    LIN_XIAOFENG,
    SU_MIN,
    WATER,
    XIAO_WU,
    ZHAO_HAI,
    ZHENG_YAN,
    Cast,
    Person,
)
from tests.ground.databases import number
from tests.ground.lists import STALLS
from tests.ground.web import HALF, LAT, LON, MASTER_KEY
from tests.photographs import jpeg, keep
from town import calendars, ids, journal, ladders, profile, watch
from town.database import Base, Database
from town.media import files
from town.partners import Partner
from town.people import Account
from town.profile import Town
from town.settings import Settings
from town.terms import Term, Unit
from town.watch import Beat, Deadline

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
"""Monday, 10:00 in Shanghai."""
NIGHT = NOW + dt.timedelta(minutes=1)


@dataclass
class ProofTown:
    """The town, and what of it the tests break. Ids by what they are."""

    database: Database
    settings: Settings
    cast: Cast
    order: uuid.UUID
    report: uuid.UUID
    case: uuid.UUID
    joint: uuid.UUID
    supervision: uuid.UUID
    kept: dict[str, bytes] = field(default_factory=dict)

    @property
    def stores(self):
        return kept_files.stores(self.settings)

    @property
    def heads(self) -> Path:
        return self.settings.data / journal.HEADS_FILE

    def set(self, table: type[Base], identifier: uuid.UUID | int, **values: object) -> None:
        """Change a row behind everybody's back."""
        with self.database.write() as session:
            session.execute(update(table).where(table.id == identifier).values(values))  # type: ignore[attr-defined]

    def clock(self, subject: str, *kinds: str, **values: object) -> None:
        """Change the clocks of a subject, all or those of some kinds."""
        with self.database.write() as session:
            mine = update(Deadline).where(Deadline.subject == subject)
            session.execute((mine.where(Deadline.kind.in_(kinds)) if kinds else mine).values(values))

    def active(self, active: bool, *people: Person) -> None:
        """Close or open accounts."""
        with self.database.write() as session:
            logins = [one.login for one in people]
            session.execute(update(Account).where(Account.login.in_(logins)).values(active=active))

    def grid(self, code: str) -> uuid.UUID:
        with self.database.read() as session:
            return session.scalars(select(Grid.id).where(Grid.code == code)).one()

    def partner(self, code: str) -> uuid.UUID:
        with self.database.read() as session:
            return session.scalars(select(Partner.id).where(Partner.code == code)).one()


APART, IN_A_ROW = 0.001, 30
"""Degrees, about a hundred metres: too far to be one matter."""


def report(session, town, number: int = 0):
    """One report on 占道 in 城中 or, for odd numbers, in 城东; each number at a place and a moment of its own."""
    at = NOW + number * dt.timedelta(milliseconds=1)
    row, column = divmod(number // 2, IN_A_ROW)
    lon = LON + (HALF / 4 if number % 2 else -7 * HALF / 4) + column * APART
    new = NewReport(lon, LAT - HALF / 2 + row * APART, "wgs84", 10.0, "占道", at, "app", None, STALLS)
    return receive(session, town, MASTER_KEY, new, at)


def healthy(database: Database, settings: Settings, cast: Cast) -> ProofTown:
    """One order, its report and photo, a case, a joint task, a 督办单, a beat and a head: nothing is forgotten."""
    case = open_bare(database, cast, squad=EAST, at=NOW)
    joint, supervision = ids.new_id(), ids.new_id()
    with database.write() as session:
        town = profile.current(session)
        received = report(session, town)
        gas = session.scalars(select(Partner.id).where(Partner.code == GAS)).one()
        order = received.order.id
        session.add(
            JointTask(
                id=joint, order_id=order, partner_id=gas, state="called", called_at=NOW, called_by="x", changed_at=NOW
            )
        )
        session.add(
            Supervision(
                id=supervision,
                number="督办〔2026〕0001号",
                subject=f"order:{order}",
                state="issued",
                partner_id=gas,
                issued_at=NOW,
                issued_by="x",
            )
        )
        session.execute(
            update(PenaltyCase).where(PenaltyCase.id == case).values(state="investigating", handlers=[ZHAO_HAI.login])
        )
        calendar = calendars.calendar(session, town)
        for subject, kind in (
            (f"case:{case}", "decide"),
            (f"joint:{joint}", "report_in"),
            (f"supervision:{supervision}", "reply"),
        ):
            watch.start(
                session,
                subject=subject,
                kind=kind,
                term=Term(5, Unit.WORKING_DAYS),
                calendar=calendar,
                at=NOW,
                recorded_at=NOW,
                ladder=ladders.of(session, "joint.report_in"),
            )
        town.fallback = ZHENG_YAN.login
        session.add(Beat(id=1, at=NOW, wall=NOW, steady=1.0, boot="x"))
        keep(session, settings, f"report:{received.report.id}", "report", jpeg(), "reporter", NOW)
    made = ProofTown(database, settings, cast, order, received.report.id, case, joint, supervision)
    write_head(made)
    return made


def write_head(town: ProofTown) -> None:
    """As the worker does every few minutes."""
    number(town.database)
    with town.database.read() as session:
        journal.write_head(session, town.heads, NOW)


Ill = Callable[[ProofTown], None]


@dataclass(frozen=True)
class Fault:
    """Something that would be forgotten: how it comes about, how it is mended, and what else then shows."""

    check: str
    plant: Ill
    mend: Ill
    also: frozenset[str] = frozenset()


def alarm(town: ProofTown) -> None:
    with town.database.write() as session:
        clock = session.scalars(select(Deadline).where(Deadline.subject == f"order:{town.order}").limit(1)).one()
        session.add(
            Alarm(
                id=uuid.UUID(int=7),
                deadline_id=clock.id,
                subject=clock.subject,
                clock=clock.kind,
                level="red",
                percent=100,
                due_at=NOW,
                reached_at=NOW,
                raised_at=NOW,
                seat="desk",
                fallback=True,
                passed=[],
            )
        )


def leave_behind(town: ProofTown) -> None:
    """A file nobody owns, as old as the hourly sweep never leaves one."""
    path = left_behind(town)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    old = (NOW - dt.timedelta(days=9)).timestamp()
    os.utime(path, (old, old))


def left_behind(town: ProofTown) -> Path:
    return files.place(town.settings.media / "originals", files.digest(b"left behind"))


def lose(town: ProofTown) -> None:
    path = next(town.settings.media.glob("views/??/*"))
    town.kept[str(path)] = path.read_bytes()
    path.unlink()


def find(town: ProofTown) -> None:
    for path, content in town.kept.items():
        Path(path).write_bytes(content)


RUNNING = {"state": "running", "met_at": None}
DROPPED = {"state": "dropped"}
FAULTS = (
    Fault(
        "escalation",
        lambda town: town.active(False, CHEN_JING, ZHENG_YAN),
        lambda town: town.active(True, CHEN_JING, ZHENG_YAN),
        frozenset({"town_fallback"}),
    ),
    Fault(
        "escalation_ladder",
        lambda town: town.clock(f"joint:{town.joint}", ladder=[]),
        lambda town: town.clock(f"joint:{town.joint}", ladder=[["red", 100]]),
    ),
    Fault(
        "town_fallback",
        lambda town: town.set(Town, 1, fallback=None),
        lambda town: town.set(Town, 1, fallback=ZHENG_YAN.login),
    ),
    Fault(
        "order_owner",
        lambda town: town.active(False, LIN_XIAOFENG, SU_MIN, XIAO_WU),
        lambda town: town.active(True, LIN_XIAOFENG, SU_MIN),
    ),
    Fault(
        "order_due",
        lambda town: town.clock(f"order:{town.order}", **DROPPED),
        lambda town: town.clock(f"order:{town.order}", **RUNNING),
        frozenset({"report_answered"}),
    ),
    Fault(
        "order_review",
        lambda town: town.set(Order, town.order, suspended_from="accepted"),
        lambda town: town.set(Order, town.order, suspended_from=None),
    ),
    Fault("case_owner", lambda town: town.active(False, ZHAO_HAI), lambda town: town.active(True, ZHAO_HAI)),
    Fault(
        "case_due",
        lambda town: town.clock(f"case:{town.case}", **DROPPED),
        lambda town: town.clock(f"case:{town.case}", **RUNNING),
    ),
    Fault(
        "joint_owner",
        lambda town: town.set(JointTask, town.joint, partner_id=None),
        lambda town: town.set(JointTask, town.joint, partner_id=town.partner(GAS)),
    ),
    Fault(
        "joint_due",
        lambda town: town.clock(f"joint:{town.joint}", **DROPPED),
        lambda town: town.clock(f"joint:{town.joint}", **RUNNING),
    ),
    Fault(
        "supervision_owner",
        lambda town: town.set(Supervision, town.supervision, partner_id=town.partner(WATER)),
        lambda town: town.set(Supervision, town.supervision, partner_id=town.partner(GAS)),
    ),
    Fault(
        "supervision_due",
        lambda town: town.clock(f"supervision:{town.supervision}", **DROPPED),
        lambda town: town.clock(f"supervision:{town.supervision}", **RUNNING),
    ),
    Fault(
        "report_answered",
        lambda town: town.clock(f"order:{town.order}", "answer", state="met", met_at=NOW),
        lambda town: town.clock(f"order:{town.order}", "answer", **RUNNING),
    ),
    Fault("alarm_nobody", alarm, lambda town: town.set(Alarm, uuid.UUID(int=7), closed_at=NOW)),
    Fault(
        "watch_beat",
        lambda town: town.set(Beat, 1, at=NOW - dt.timedelta(minutes=10), wall=NOW - dt.timedelta(minutes=10)),
        lambda town: town.set(Beat, 1, at=NOW, wall=NOW),
    ),
    Fault(
        "clock_unnoticed",
        lambda town: town.clock(f"case:{town.case}", due_at=NOW - dt.timedelta(hours=1)),
        lambda town: town.clock(f"case:{town.case}", due_at=NOW + dt.timedelta(days=1)),
    ),
    Fault(
        "clock_paused",
        lambda town: town.clock(f"joint:{town.joint}", state="paused"),
        lambda town: town.clock(f"joint:{town.joint}", state="running"),
    ),
    Fault(
        "order_position",
        lambda town: town.set(Order, town.order, grid_id=town.grid(f"{EAST}-01")),
        lambda town: town.set(Order, town.order, grid_id=town.grid(f"{INNER}-01")),
    ),
    Fault("file_lost", lose, find),
    Fault("file_unowned", leave_behind, lambda town: left_behind(town).unlink()),
    Fault("journal_head", lambda town: town.heads.unlink(), write_head),
)
