"""延期: who holds an order asks for more time for its work, and somebody else decides. Meanwhile the clock runs on."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import ExtensionRequest, Order
from dispatch.rules import handling_times
from dispatch.rules.handling_times import HandlingTime, Limits
from dispatch.rules.workflow import Action, Plea
from dispatch.services import handling_times as tables
from town import ids, journal, watch
from town.clock import Instant
from town.errors import Refused
from town.watch import Deadline, State

SYSTEM = "system:extensions"
EXTENDABLE = {row.clock.value: row for row in handling_times.EXTENDABLE}
DECIDED = {Action.GRANT_EXTENSION: "granted", Action.DENY_EXTENSION: "denied"}


@dataclass(frozen=True)
class Pending:
    """延期申请 that waits for a decision, and the clock it is about."""

    request: ExtensionRequest
    clock: Deadline


def pending(session: Session, order_id: uuid.UUID) -> Pending | None:
    """What was asked and is not decided yet; there is one at most."""
    asked = select(ExtensionRequest, Deadline).join(Deadline, Deadline.id == ExtensionRequest.deadline_id)
    found = session.execute(
        asked.where(ExtensionRequest.order_id == order_id, ExtensionRequest.state == "asked")
    ).first()
    return Pending(*found) if found else None


def plea(session: Session, order: Order, actor: str, now: Instant) -> Plea:
    """How an order stands with regard to more time, for somebody who would act now."""
    waiting = pending(session, order.id)
    if waiting:
        return Plea(open=True, mine=waiting.request.asked_by == actor, possible=alive(waiting.clock, now))
    clock = _clock(session, order)
    return Plea(possible=clock is not None and alive(clock, now) and _left(session, order, clock) > 0)


def ask(session: Session, order: Order, given: dict[str, Any], actor: str, now: Instant) -> dict[str, Any]:
    """Write the request down; gives back what the journal tells of it.

    Raises Refused("invalid" | "clock_over" | "extension_spent").
    """
    clock = _clock(session, order)
    if clock is None or clock.kind != given["clock"]:
        raise Refused("invalid", errors={"clock": ["只能申请延长正在计时的处置时限"]})
    if not alive(clock, now):
        raise Refused("clock_over")
    if given["amount"] > _left(session, order, clock):
        limits = _limits(session, order, clock)
        raise Refused("extension_spent", longest=limits.longest, times=limits.times, unit=labels.unit(clock.unit))
    request = ExtensionRequest(
        id=ids.new_id(),
        order_id=order.id,
        deadline_id=clock.id,
        amount=given["amount"],
        reason=given["ground"],
        state="asked",
        asked_by=actor,
        asked_at=now,
    )
    session.add(request)
    return _told(request, clock)


def decide(session: Session, order: Order, action: Action, actor: str, now: Instant) -> dict[str, Any]:
    """Grant or deny what was asked; gives back what the journal tells of it.

    Raises Refused("nothing_asked"), and "clock_over" or "extension_spent" for what can no longer be granted.
    """
    waiting = pending(session, order.id)
    if waiting is None:
        raise Refused("nothing_asked")
    request, clock = waiting.request, waiting.clock
    if action is Action.GRANT_EXTENSION:
        limits = _limits(session, order, clock)
        watch.extend(
            session,
            clock,
            request.amount,
            reason=request.reason,
            actor=actor,
            now=now,
            longest=limits.longest,
            times=limits.times,
        )
    request.state, request.decided_by, request.decided_at = DECIDED[action], actor, now
    return _told(request, clock)


def let_lapse(session: Session, order_id: uuid.UUID, stopped: Collection[str], now: Instant) -> None:
    """作废: nobody has to decide about more time for a clock that nobody waits for any more."""
    waiting = pending(session, order_id) if EXTENDABLE.keys() & set(stopped) else None
    if waiting is None or waiting.clock.kind not in stopped:
        return
    request = waiting.request
    request.state, request.decided_by, request.decided_at = "lapsed", SYSTEM, now
    data = {"order": str(order_id), "clock": waiting.clock.kind}
    journal.note(session, subject=f"extension:{request.id}", kind="extension.lapsed", actor=SYSTEM, at=now, data=data)


def _clock(session: Session, order: Order) -> Deadline | None:
    """The clock of the work itself, while it is waited for."""
    unmet = Deadline.met_at.is_(None), Deadline.state.in_(watch.WAITED_FOR)
    mine = select(Deadline).where(Deadline.subject == f"order:{order.id}", Deadline.kind.in_(EXTENDABLE), *unmet)
    return session.scalars(mine.order_by(Deadline.started_at.desc()).limit(1)).first()


def alive(clock: Deadline, now: Instant) -> bool:
    """Whether it may still be given more time: what is late stays late."""
    return clock.state == State.PAUSED or (clock.state == State.RUNNING and now < clock.due_at)


def _left(session: Session, order: Order, clock: Deadline) -> int:
    """By how much it may still be extended."""
    limits = _limits(session, order, clock)
    granted = watch.extensions_of(session, [clock.id]).get(clock.id, [])
    return limits.longest - clock.extended if len(granted) < limits.times else 0


def _limits(session: Session, order: Order, clock: Deadline) -> Limits:
    row: HandlingTime = EXTENDABLE[clock.kind]
    default = row.limits if row.term.unit == clock.unit else handling_times.NO_LIMITS
    return tables.limits_for(
        session, row.named, order.category, order.severity, clock.unit, default, order.times_edition_id
    )


def _told(request: ExtensionRequest, clock: Deadline) -> dict[str, Any]:
    about = {"extension": str(request.id), "deadline": str(clock.id), "clock": clock.kind}
    return {**about, "amount": request.amount, "unit": clock.unit, "ground": request.reason}
