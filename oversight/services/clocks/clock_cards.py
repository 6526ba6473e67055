"""Clock cards (时限卡): one clock as it explains itself, in a sentence, a small calendar and what happened to it."""

import uuid
from collections.abc import Mapping, Sequence
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight import labels_clocks, labels_supervision
from oversight.models import Alarm
from oversight.schemas.clock_cards import (
    ClockCard,
    ClockDay,
    ClockExtension,
    ClockPause,
    ClockRung,
)
from oversight.services.clocks import clock_sight
from town import calendars, terms, watch
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.ladders import Level
from town.people import Account
from town.terms import UNIT_NAMES, Calendar, Due, Unit
from town.watch import Deadline, Extension, Pause, Rung

MOST_DAYS = 120
COUNTS_NOTHING = (watch.State.DROPPED, watch.State.PAST)
"""Whose share of the time used means nothing."""
Names = Mapping[str, str]


def card(session: Session, who: Actor, clock_id: uuid.UUID, now: Instant) -> ClockCard:
    """One clock, for whoever may see what it hangs on. Raises Refused("not_found")."""
    clock = session.get(Deadline, clock_id)
    if clock is None:
        raise Refused("not_found")
    subject = clock_sight.subject(session, who, clock.subject)
    pauses = watch.pauses_of(session, [clock.id]).get(clock.id, [])
    granted = watch.extensions_of(session, [clock.id]).get(clock.id, [])
    names = _names(session, [*(one.actor for one in pauses), *(one.granted_by for one in granted)])
    calendar = calendars.current(session)
    due = watch.reckon(clock, calendar, pauses)
    days = _days(due, calendar)
    return ClockCard(
        id=clock.id,
        kind=clock.kind,
        name=labels_supervision.clock(clock.subject, clock.kind),
        subject=subject,
        state=clock.state,
        state_name=labels_clocks.state(clock),
        term_text=f"{clock.amount} {UNIT_NAMES[Unit(clock.unit)]}",
        started_at=clock.started_at,
        due_at=clock.due_at,
        provisional=clock.provisional,
        met_at=clock.met_at,
        noticed_at=clock.noticed_at,
        sentence=terms.explain(due),
        percent=None if clock.state in COUNTS_NOTHING else watch.percent(clock, calendar, pauses, now),
        days=days[-MOST_DAYS:],
        left_out=max(0, len(days) - MOST_DAYS),
        pauses=[_pause(one, names) for one in pauses],
        extensions=[_extension(one, clock, names) for one in granted],
        rungs=list(_rungs(session, clock, watch.rungs(clock, calendar, pauses))),
    )


def _days(due: Due, calendar: Calendar) -> list[ClockDay]:
    return [
        ClockDay(date=day.date, kind=day.kind.value, name=day.name, number=day.number)
        for day in terms.calendar_of(due, calendar)
    ]


def _pause(pause: Pause, names: Names) -> ClockPause:
    return ClockPause(
        since=pause.since,
        until=pause.until,
        reason_name=labels_clocks.paused(pause.reason),
        by_name=names.get(pause.actor, "系统"),
    )


def _extension(granted: Extension, clock: Deadline, names: Names) -> ClockExtension:
    return ClockExtension(
        amount=granted.amount,
        unit_name=UNIT_NAMES[Unit(clock.unit)],
        reason_name=labels_clocks.extended(granted.reason),
        by_name=names.get(granted.granted_by, "系统"),
        at=granted.granted_at,
    )


def _rungs(session: Session, clock: Deadline, climbed: Sequence[Rung]) -> chain[ClockRung]:
    """Those that were reached or passed over; those ahead as long as the clock is waited for."""
    told = _told(session, clock)
    waited_for = clock.met_at is None and clock.state in watch.WAITED_FOR
    behind = (_rung(one, "reached" if one.level in told else "passed", told) for one in climbed[: clock.rung])
    ahead = (_rung(one, "ahead", told) for one in climbed[clock.rung :] if waited_for)
    return chain(behind, ahead)


def _rung(rung: Rung, state: str, told: Mapping[str, str | None]) -> ClockRung:
    return ClockRung(
        level=rung.level,
        level_name=labels_supervision.LEVELS[Level(rung.level)],
        percent=rung.percent,
        at=rung.reached_at,
        state=state,
        person_name=told.get(rung.level),
    )


def _told(session: Session, clock: Deadline) -> dict[str, str | None]:
    """Who was told of each level that raised an alarm; nobody where there was nobody."""
    told = select(Alarm.level, Account.name).outerjoin(Account, Account.id == Alarm.account_id)
    return dict(session.execute(told.where(Alarm.deadline_id == clock.id)).all())


def _names(session: Session, actors: Sequence[str]) -> Names:
    """People by name as the journal spells them."""
    accounts = {uuid.UUID(one.partition(":")[2]) for one in actors if one.startswith("account:")}
    found = session.execute(select(Account.id, Account.name).where(Account.id.in_(accounts)))
    return {f"account:{identifier}": name for identifier, name in found}
