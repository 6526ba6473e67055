"""督办单 as people see them (督办一览): who asked whom for what, by when, what was answered, and what may be done now."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dispatch.schemas import ClockOut, Coded, StepOut
from dispatch.services import pictures
from oversight import labels_supervision as labels
from oversight.models import Supervision
from oversight.rules.supervision import Outcome, State
from oversight.schemas.supervision import ReplyOut, SupervisionEvent, SupervisionOut, SupervisionQuery
from oversight.services.supervision import (
    alarms_shown,
    subjects_shown,
    supervision_sight,
    supervision_steps,
    supervisions,
)
from oversight.services.supervision.subjects_shown import Shown
from town import journal, watch
from town.access import Actor
from town.clock import Instant
from town.journal import Recorded
from town.partners import Partner
from town.people import Account, Squad

REPLIED, ISSUED = "supervision.replied", "supervision.issued"


def page(session: Session, who: Actor, query: SupervisionQuery, now: Instant) -> list[SupervisionOut]:
    """Newest first, before an id; everybody what he may see."""
    which = [supervision_sight.addressed_to(who) if query.mine else supervision_sight.theirs(who)]
    if query.state is not None:
        which.append(Supervision.state == query.state)
    if query.subject is not None:
        which.append(Supervision.subject == query.subject)
    if query.before is not None:
        which.append(Supervision.id < query.before)
    asked = select(Supervision).where(*which).order_by(Supervision.id.desc()).limit(query.limit)
    return draw(session, who, session.scalars(asked).all(), now)


def counts(session: Session, who: Actor) -> dict[str, int]:
    """How many somebody sees in each state."""
    return _counts(session, supervision_sight.theirs(who))


def draw(session: Session, who: Actor, papers: Sequence[Supervision], now: Instant) -> list[SupervisionOut]:
    """Papers with today's names."""
    about = subjects_shown.many(session, {paper.subject for paper in papers})
    clocks = _clocks(session, papers, now)
    names = _names(session)
    return [_out(session, who, paper, about[paper.subject], clocks.get(paper.id), names) for paper in papers]


@dataclass(frozen=True)
class _Names:
    people: Mapping[str, str]
    squads: Mapping[uuid.UUID, Coded]
    partners: Mapping[uuid.UUID, Coded]

    def actor(self, actor: str) -> str:
        return self.people.get(actor, "系统")


def _out(
    session: Session, who: Actor, paper: Supervision, about: Shown, clock: ClockOut | None, names: _Names
) -> SupervisionOut:
    lines = _timeline(session, paper, names)
    return SupervisionOut(
        id=paper.id,
        number=paper.number,
        version=paper.version,
        state=paper.state,
        state_name=labels.STATES[State(paper.state)],
        subject=alarms_shown.about(about),
        squad=names.squads.get(paper.squad_id) if paper.squad_id else None,
        partner=names.partners.get(paper.partner_id) if paper.partner_id else None,
        person_name=names.people.get(f"account:{paper.account_id}"),
        issued_at=paper.issued_at,
        issued_by_name=names.actor(paper.issued_by),
        by_itself=paper.alarm_id is not None,
        words=next((line.words for line in lines if line.kind == ISSUED), None),
        reply=_reply(lines),
        returned=paper.returned,
        clock=clock,
        timeline=lines,
        accountable_at=paper.accountable_at,
        closed_at=paper.closed_at,
        outcome=paper.outcome,
        outcome_name=labels.OUTCOMES[Outcome(paper.outcome)] if paper.outcome else None,
        allowed=[
            StepOut(action=step.action, name=labels.ACTIONS[step.action], requires=list(step.requires))
            for step in supervision_steps.allowed(session, who, paper)
        ],
    )


def _timeline(session: Session, paper: Supervision, names: _Names) -> list[SupervisionEvent]:
    events = journal.events_of(session, f"{supervisions.KIND}:{paper.id}")
    return [
        SupervisionEvent(
            at=event.at,
            kind=event.kind,
            text=_text(event),
            actor=names.actor(event.actor),
            words=journal.words_by_cite(session, event.data["words"]) if "words" in event.data else None,
        )
        for event in events
    ]


def _text(event: Recorded) -> str:
    outcome = event.data.get("outcome")
    return labels.HAPPENED[event.kind] + (f"：{labels.OUTCOMES[Outcome(outcome)]}" if outcome else "")


def _reply(lines: Sequence[SupervisionEvent]) -> ReplyOut | None:
    newest = next((line for line in reversed(lines) if line.kind == REPLIED), None)
    return ReplyOut(words=newest.words, at=newest.at, by_name=newest.actor) if newest else None


def _clocks(session: Session, papers: Sequence[Supervision], now: Instant) -> dict[uuid.UUID, ClockOut]:
    """The clock of each that is still waited for."""
    nearest = watch.nearest(session, [f"{supervisions.KIND}:{paper.id}" for paper in papers])
    shown = pictures.clocks_out(session, list(nearest.values()), now, labels.OWN_CLOCKS)
    return {subjects_shown.parsed(subject)[1]: clock for subject, clock in zip(nearest.keys(), shown, strict=True)}


def _counts(session: Session, seen: ColumnElement[bool]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    found.update(session.execute(select(Supervision.state, func.count()).where(seen).group_by(Supervision.state)).all())
    return {state.value: found[state.value] for state in State}


def _names(session: Session) -> _Names:
    people = session.execute(select(Account.id, Account.name))
    squads = session.execute(select(Squad.id, Squad.code, Squad.name))
    partners = session.execute(select(Partner.id, Partner.code, Partner.name))
    return _Names(
        {f"account:{identifier}": name for identifier, name in people},
        {identifier: Coded(code=code, name=name) for identifier, code, name in squads},
        {identifier: Coded(code=code, name=name) for identifier, code, name in partners},
    )
