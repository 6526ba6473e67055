"""Pausing (暂停): a clock stands still for a reason, goes on, or gets a stretch taken out that is known afterwards."""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import pairwise

from sqlalchemy.orm import Session

from town import calendars, ids, journal
from town.clock import Instant
from town.errors import Refused
from town.watch.models import Deadline, Pause, State
from town.watch.reading import locked, open_pause, pauses_of
from town.watch.revising import reckon_anew
from town.watch.telling import PAUSED_KIND, RESUMED_KIND, REVISED_KIND, entry, moved

FOREVER = Instant.max.replace(tzinfo=dt.UTC)


def pause(
    session: Session, subject: str, kinds: Collection[str], *, reason: str, at: Instant, actor: str, now: Instant
) -> list[Deadline]:
    """Let a subject's running clocks stand still from ``at`` on, and say which. A late one stays late.

    ``reason``: a code of the room's. Raises Refused("pause_open") when one stands still already, "pause_predates" when one
    began later, "pause_overlaps" with an earlier pause, "pause_too_late" for a moment to come.
    """
    clocks = _alive(session, subject, kinds)
    if any(deadline.state == State.PAUSED for deadline in clocks):
        raise Refused("pause_open")
    stopping = [deadline for deadline in clocks if deadline.state == State.RUNNING and at < deadline.due_at]
    before = pauses_of(session, [deadline.id for deadline in stopping])
    for deadline in stopping:
        one = Pause(id=ids.new_id(), deadline_id=deadline.id, reason=reason, since=at, until=None, actor=actor)
        _check(deadline, [*before.get(deadline.id, []), one], one, now)
        session.add(one)
        deadline.state, deadline.wakes_at = State.PAUSED, None
    facts = {"reason": reason, "since": at.isoformat()}
    _journal(session, [entry(deadline, PAUSED_KIND, now, facts, actor) for deadline in stopping])
    return stopping


def resume(
    session: Session, subject: str, kinds: Collection[str], *, at: Instant, actor: str, now: Instant
) -> list[Deadline]:
    """Let a subject's clocks that stand still go on from ``at`` on, each due that much later, and say which.

    Raises Refused("not_paused") when none stands still, "pause_predates" before the pause began, "pause_too_late" for a
    moment to come.
    """
    waiting = [deadline for deadline in _alive(session, subject, kinds) if deadline.state == State.PAUSED]
    if not waiting:
        raise Refused("not_paused")
    entries = []
    for deadline in waiting:
        one, was = open_pause(session, deadline), deadline.due_at
        if at < one.since:
            raise Refused("pause_predates")
        if at > now:
            raise Refused("pause_too_late")
        one.until, deadline.state = at, State.RUNNING
        _reckon(session, deadline, now)
        facts = {"reason": one.reason, "since": one.since.isoformat(), "until": at.isoformat()}
        entries.append(entry(deadline, RESUMED_KIND, now, moved(was, deadline) | facts, actor))
    _journal(session, entries)
    return waiting


def exclude(
    session: Session, deadline: Deadline, *, since: Instant, until: Instant, reason: str, actor: str, now: Instant
) -> None:
    """Take a stretch that is over out of a clock (鉴定、检测、听证不计入期限): it is due later, or was never missed.

    Raises Refused("clock_over") when it was met in time, dropped or past, and as ``pause`` does.
    """
    (clock,) = locked(session, Deadline.id == deadline.id)
    if clock.state not in (State.RUNNING, State.PAUSED, State.MISSED):
        raise Refused("clock_over")
    one = Pause(id=ids.new_id(), deadline_id=clock.id, reason=reason, since=since, until=until, actor=actor)
    _check(clock, [*pauses_of(session, [clock.id]).get(clock.id, []), one], one, now)
    session.add(one)
    was = clock.due_at
    _reckon(session, clock, now)
    facts = {"reason": reason, "since": since.isoformat(), "until": until.isoformat(), "state": clock.state}
    _journal(session, [entry(clock, REVISED_KIND, now, moved(was, clock) | facts, actor)])


def _alive(session: Session, subject: str, kinds: Collection[str]) -> Sequence[Deadline]:
    unmet = (Deadline.subject == subject, Deadline.kind.in_(kinds), Deadline.met_at.is_(None))
    return locked(session, *unmet, Deadline.state.in_((State.RUNNING, State.PAUSED)))


def _check(deadline: Deadline, pauses: Sequence[Pause], one: Pause, now: Instant) -> None:
    """Whether a pause may stand beside a clock's others. Raises Refused."""
    end = one.until or one.since
    if end < one.since:
        raise Refused("span_backwards")
    if one.since < deadline.started_at:
        raise Refused("pause_predates")
    if one.since >= deadline.due_at:
        raise Refused("pause_too_late")
    if end > now:
        raise Refused("pause_too_late")
    spans = sorted((pause.since, pause.until or FOREVER) for pause in pauses)
    if any(until > since for (_, until), (since, _) in pairwise(spans)):
        raise Refused("pause_overlaps")


def _reckon(session: Session, deadline: Deadline, now: Instant) -> None:
    session.flush()
    reckon_anew(deadline, calendars.current(session), pauses_of(session, [deadline.id]).get(deadline.id, []), now)


def _journal(session: Session, entries: Sequence[journal.Entry]) -> None:
    if entries:
        journal.append_many(session, entries)
