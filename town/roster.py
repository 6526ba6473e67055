"""The roster (值班表): who is on duty when, and who is on leave. What follows from it is in ``town.duty``."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from town.clock import Instant
from town.database import Base, Moment
from town.duty import Clash, LeaveFact, ShiftFact, Trouble, answering, clashes, duty_leader, on_duty
from town.people import Account, Squad
from town.qualification import may_answer

__all__ = [
    "Clash",
    "Leave",
    "LeaveFact",
    "Roster",
    "Shift",
    "ShiftFact",
    "Trouble",
    "answering",
    "clashes",
    "duty_leader",
    "on_duty",
    "read",
    "rostered",
]


class Shift(Base):
    """班次: somebody on duty for a squad from a moment up to another. ``leads``: the duty leader (带班)."""

    __tablename__ = "shift"
    __table_args__ = (Index("ix_shift_span", "ends_at", "starts_at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(Moment)
    ends_at: Mapped[dt.datetime] = mapped_column(Moment)
    leads: Mapped[bool] = mapped_column(default=False)


class Leave(Base):
    """请假: somebody away from a moment up to another, whatever the shifts say."""

    __tablename__ = "leave"
    __table_args__ = (Index("ix_leave_span", "ends_at", "starts_at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(Moment)
    ends_at: Mapped[dt.datetime] = mapped_column(Moment)
    ground: Mapped[str] = mapped_column(String(40))


@dataclass(frozen=True)
class Roster:
    """值班表: the shifts and leaves of some stretch of time, of people who may still sign in."""

    shifts: tuple[ShiftFact, ...]
    leaves: tuple[LeaveFact, ...]

    def answering(self, squad: str, at: Instant) -> tuple[str, ...]:
        """Logins of those who may answer for the squad at that moment, the duty leader first."""
        return answering(self.shifts, self.leaves, squad, at)

    def on_duty(self, at: Instant) -> tuple[ShiftFact, ...]:
        """The shifts that run at that moment, without those on leave."""
        return on_duty(self.shifts, self.leaves, at)


def read(session: Session, since: Instant, until: Instant) -> Roster:
    """Every shift and leave that touches the time from ``since`` up to ``until``; both the same: that moment."""
    last = max(until, since + dt.timedelta(microseconds=1))
    return Roster(_shifts(session, since, last), _leaves(session, since, last))


def rostered(session: Session) -> frozenset[str]:
    """Codes of the squads that a roster was ever kept for."""
    return frozenset(session.scalars(select(Squad.code).where(Squad.id.in_(select(Shift.squad_id)))))


def _shifts(session: Session, since: Instant, until: Instant) -> tuple[ShiftFact, ...]:
    asked = (
        select(Squad.code, Account.login, Shift.starts_at, Shift.ends_at, Shift.leads, Account.roles)
        .join(Squad, Squad.id == Shift.squad_id)
        .join(Account, Account.id == Shift.account_id)
        .where(Shift.ends_at > since, Shift.starts_at < until, Account.active)
    )
    rows = session.execute(asked)
    return tuple(
        ShiftFact(squad, login, starts_at, ends_at, leads, may_answer(roles))
        for squad, login, starts_at, ends_at, leads, roles in rows
    )


def _leaves(session: Session, since: Instant, until: Instant) -> tuple[LeaveFact, ...]:
    asked = (
        select(Account.login, Leave.starts_at, Leave.ends_at)
        .join(Account, Account.id == Leave.account_id)
        .where(Leave.ends_at > since, Leave.starts_at < until)
    )
    return tuple(LeaveFact(*facts) for facts in session.execute(asked))
