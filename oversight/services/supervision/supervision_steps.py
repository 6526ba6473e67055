"""Steps of a 督办单 (督办流转): answered, returned or closed, by compare and set: of two at once one is told to look again."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oversight import labels_supervision as labels
from oversight.models import Supervision
from oversight.rules import supervision as rules
from oversight.rules.supervision import MET_BY, Action, Clock, Refusal, State, Step
from oversight.services.supervision import crew as crews
from oversight.services.supervision import matters, notices, recipients, supervision_sight, supervisions
from oversight.services.supervision.notices import Told
from town import journal, watch
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.ladders import Level


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do to a 督办单, seen at which version."""

    action: Action
    version: int
    given: dict[str, Any] = field(default_factory=dict)


def take_step(session: Session, who: Actor, supervision_id: uuid.UUID, wish: Wish, now: Instant) -> Supervision:
    """Do it. Raises Refused("not_found" | "stale" | "illegal_supervision" | "forbidden" | "own_reply" | "missing_fact")."""
    paper = supervision_sight.visible(session, who, supervision_id)
    if paper.version != wish.version:
        raise Refused("stale", current=paper.version)
    posts, own = supervision_sight.posts_of(session, who, paper), paper.replied_by == who.name
    decided = rules.decide(State(paper.state), wish.action, posts, own, frozenset(wish.given))
    if isinstance(decided, Refusal):
        raise _refused(decided)
    _apply(session, who, paper, decided, wish, now)
    return paper


def allowed(session: Session, who: Actor, paper: Supervision) -> list[Step]:
    """What ``who`` may do to it now."""
    posts = supervision_sight.posts_of(session, who, paper)
    return rules.allowed(State(paper.state), posts, paper.replied_by == who.name)


def _apply(session: Session, who: Actor, paper: Supervision, step: Step, wish: Wish, now: Instant) -> None:
    _set(session, paper, {"state": step.target, **_changes(who, paper, step, wish, now)})
    data: dict[str, Any] = {"from": step.source, "to": step.target}
    data |= {"outcome": wish.given["outcome"]} if step.action is Action.CLOSE else {}
    data |= supervisions.keep_words(session, paper, step.action, wish.given["words"], now)
    journal.append(
        session,
        subject=f"{supervisions.KIND}:{paper.id}",
        version=paper.version,
        kind=f"supervision.{step.event}",
        actor=who.name,
        at=now,
        data=data,
    )
    _tell(session, paper, step, _turn_clocks(session, paper, step, now), now)


def _changes(who: Actor, paper: Supervision, step: Step, wish: Wish, now: Instant) -> dict[str, Any]:
    match step.action:
        case Action.REPLY:
            return {"replied_at": now, "replied_by": who.name}
        case Action.RETURN:
            return {"returned": paper.returned + 1}
        case Action.CLOSE:
            return {"closed_at": now, "closed_by": who.name, "outcome": wish.given["outcome"]}


def _turn_clocks(session: Session, paper: Supervision, step: Step, now: Instant) -> str:
    """Stop and start its clocks; the severity they went by."""
    subject = f"{supervisions.KIND}:{paper.id}"
    severity = matters.of(session, paper.subject, crews.at(session, now)).severity
    watch.meet(session, subject, MET_BY[step.action], now)
    if step.action is Action.CLOSE:
        watch.drop(session, subject, [Clock.REPLY], now)
    if step.starts:
        supervisions.begin(session, paper, step.starts, severity, now)
    return severity


def _tell(session: Session, paper: Supervision, step: Step, severity: str, now: Instant) -> None:
    """An answer is told to who judges it, a judgement to whom it is addressed to."""
    told = Told(Level.SUPERVISE, severity, supervision_id=paper.id)
    if step.action is not Action.REPLY:
        return notices.tell(session, paper.account_id, told, now)
    judge = recipients.of(session, f"{supervisions.KIND}:{paper.id}", Level.REMIND, now)
    notices.tell(session, judge.account_id, told, now)


def _set(session: Session, paper: Supervision, changes: dict[str, Any]) -> None:
    """Compare and set at the next version. Raises Refused("stale") for who comes second."""
    mine = Supervision.id == paper.id, Supervision.version == paper.version
    values = {**changes, "version": paper.version + 1}
    if session.scalar(update(Supervision).where(*mine).values(values).returning(Supervision.id)) is None:
        raise Refused("stale", current=session.scalar(select(Supervision.version).where(Supervision.id == paper.id)))
    session.refresh(paper)


def _refused(refusal: Refusal) -> Refused:
    facts = refusal.facts
    match refusal.code:
        case "illegal_step":
            state, action = labels.STATES[facts["state"]], labels.ACTIONS[facts["action"]]
            return Refused("illegal_supervision", state=state, action=action)
        case "forbidden":
            return Refused("forbidden", roles=labels.POSTS[facts["post"]])
        case "missing_fact":
            missing = "、".join(labels.FACTS[name] for name in facts["missing"])
            return Refused("missing_fact", action=labels.ACTIONS[facts["action"]], missing=missing)
    return Refused(refusal.code)
