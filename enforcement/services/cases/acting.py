"""办案: the one door through which a case changes. An act is checked, kept, printed and journalled in one transaction."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from enforcement import labels
from enforcement.models import PenaltyCase
from enforcement.rules.cases import folding, procedure
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.outside import STANDING
from enforcement.rules.cases.procedure import Refusal
from enforcement.rules.cases.states import ENDED, Post, State
from enforcement.rules.stops import stops
from enforcement.schemas.facts import model_of
from enforcement.services import held, parties
from enforcement.services.cases import clocking, papers, receipts, records, sight, world
from enforcement.services.cases.refusing import refused
from town import bodies, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.settings import Settings

SYSTEM = Actor(name="system:cases")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to record, seen at which version. ``at``: when it was done; now, if it is not said."""

    action: Action
    version: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: dt.datetime | None = None


def take_act(
    session: Session, settings: Settings, who: Actor, case_id: uuid.UUID, wish: Wish, now: Instant
) -> PenaltyCase:
    """Do it, or raise Refused: not_found, stale, illegal_act, forbidden, missing_fact, invalid, case_stopped …"""
    row = sight.visible(session, who, case_id)
    if row.version != wish.version:
        raise Refused("stale", current=row.version)
    acts = records.acts_of(session, case_id)
    now = max(now, acts[-1].recorded_at)  # two machines' clocks differ a little, a case's acts stand in a row
    case = records.case_of(acts)
    given = _given(wish)
    _follow(case, wish.action, sight.posts_of(session, who, row, case), given)
    act = Act(row.version + 1, wish.action, _when(wish, acts[-1].at, now), now, who.name, given)
    if wish.action in STANDING and row.party_id:
        parties.take_turns(session, row.party_id)
    receipts.take(session, row, act)
    with held.steady(session, world.hold(session, act.action)):
        outside = world.gather(session, settings, row, case, act, sight.login_of(session, who))
        act = replace(act, known=outside.known)
        _obey(case, act, outside)
        return _keep(session, settings, row, case, act, outside)


def take_of_itself(session: Session, case_id: uuid.UUID, action: Action, now: Instant) -> bool:
    """The system's own act when a clock is due. False when the case has moved on and there is nothing to do."""
    row = session.get(PenaltyCase, case_id, with_for_update=True)
    if row is None:
        return False
    case = records.load(session, case_id)
    if isinstance(procedure.edge(case.state, case.lane, action, frozenset({Post.SYSTEM}), frozenset()), Refusal):
        return False
    act = Act(row.version + 1, action, now, now, SYSTEM.name, {})
    with held.steady(session, world.hold(session, act.action)):
        outside = world.gather(session, None, row, case, act, None)
        act = replace(act, known=outside.known)
        if stops(case, act, outside):
            return False
        _keep(session, None, row, case, act, outside)
    return True


def checked(action: Action, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept: JSON, without what was left out. Raises Refused("invalid")."""
    try:
        told = model_of(action).model_validate(dict(facts))
    except ValidationError as error:
        raise bodies.refusal(error) from None
    return told.model_dump(mode="json", exclude_none=True)


def _given(wish: Wish) -> dict[str, Any]:
    return checked(wish.action, wish.facts)


def _when(wish: Wish, last: dt.datetime, now: Instant) -> dt.datetime:
    """Acts stand in the order they were done; nothing is recorded before it happens."""
    at = wish.at or now
    if at > now or at < last:
        raise Refused("act_time")
    return at


def _follow(case: Case, action: Action, posts: frozenset[Post], given: Mapping[str, Any]) -> None:
    told = procedure.edge(case.state, case.lane, action, posts, frozenset(given))
    if not isinstance(told, Refusal):
        return
    match told.code:
        case "illegal_step":
            raise Refused("illegal_act", state=labels.STATES[case.state], action=labels.action(action))
        case "forbidden":
            raise Refused("forbidden", roles="、".join(labels.POSTS[Post(post)] for post in told.facts["posts"]))
    missing = "、".join(labels.field(name) for name in told.facts["missing"])
    raise Refused("missing_fact", action=labels.action(action), missing=missing)


def _obey(case: Case, act: Act, outside: World) -> None:
    """硬约束: everything the law forbids here, told at once."""
    if found := stops(case, act, outside):
        raise refused(act.action, found)


def _keep(
    session: Session, settings: Settings | None, row: PenaltyCase, case: Case, act: Act, outside: World
) -> PenaltyCase:
    act = papers.numbered(session, row, folding.after(case, act), act, outside)
    after = folding.after(case, act)
    set_on(session, row, after, act)
    records.write(session, row, act)
    _write_down(session, row, case, act)
    clocking.keep(session, row.id, after, act, outside.calendar)
    if settings:
        papers.make(session, settings, row, after, act, outside)
    return row


def set_on(session: Session, row: PenaltyCase, after: Case, act: Act) -> None:
    """Compare and set what lists and look-ups ask for. Who lost the race is told so: Refused("stale")."""
    values = {**_repeated(after, row), "version": act.sequence, "changed_at": act.recorded_at}
    mine = update(PenaltyCase).where(PenaltyCase.id == row.id, PenaltyCase.version == act.sequence - 1)
    done: CursorResult[Any] = session.connection().execute(mine.values(**values))
    session.refresh(row)
    if done.rowcount != 1:
        raise Refused("stale", current=row.version)


def _repeated(case: Case, row: PenaltyCase) -> dict[str, Any]:
    decision = case.decision if case.decision and not case.decision.revoked else None
    wish = decision.proposal if decision else None
    return {
        "state": case.state,
        "lane": case.lane,
        "handlers": list(case.handlers),
        "party_id": uuid.UUID(case.party.id) if case.party else None,
        "outcome": wish.outcome if wish else ENDED_AS.get(case.state, row.outcome if case.state in ENDED else None),
        "tier": wish.tier if wish else None,
        "fine_fen": wish.fine_fen if wish else None,
        "decided_on": decision.day if decision else None,
    }


ENDED_AS = {
    State.DECLINED: "declined",
    State.WITHDRAWN: "withdrawn",
    State.TRANSFERRED: "transfer",
    State.REVOKED: "revoked",
}


def _write_down(session: Session, row: PenaltyCase, before: Case, act: Act) -> None:
    """Codes and numbers only; what was said stands in the act."""
    data = {"from": before.state, "to": row.state, "lane": row.lane, "at": act.at.isoformat()}
    if numbers := act.known.get("numbers"):
        data["numbers"] = numbers
    journal.append(
        session,
        subject=clocking.subject(row.id),
        version=act.sequence,
        kind=f"case.{act.action}",
        actor=act.actor,
        at=act.recorded_at,
        data=data,
    )
