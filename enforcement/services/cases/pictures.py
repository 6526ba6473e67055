"""Cases in lists (案件列表): one query for many, with what runs out next and whose move it is."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from enforcement import labels
from enforcement.models import DocumentNumber, Party, PenaltyCase, Power
from enforcement.rules import parties as party_rules
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.states import Lane, Post, State
from enforcement.rules.parties import Identity, PartyKind
from enforcement.schemas import CaseOut, CaseQuery, ClockShown, CodedOut
from enforcement.services import parties
from enforcement.services.cases import clocking, sight
from town import watch
from town.access import SQUAD_ROLES, Actor
from town.clock import Instant
from town.people import Account, Squad
from town.settings import Settings
from town.watch import Deadline

FILING = "立"
MOVES = {
    State.FILING: Post.APPROVER,
    State.FAST_FILING: Post.APPROVER,
    State.CONCLUDED: Post.APPROVER,
    State.DECIDING: Post.APPROVER,
    State.CLOSING: Post.APPROVER,
    State.HEARING: Post.CHAIR,
}
"""Whose move it is; in every other state the officers in charge."""
FOR_APPROVERS = tuple(state for state, post in MOVES.items() if post is Post.APPROVER)
FOR_REVIEWERS = (State.CONCLUDED, State.NOTIFIED, State.HEARING, State.DECIDING)


def page(session: Session, settings: Settings, who: Actor, query: CaseQuery, now: Instant) -> list[CaseOut]:
    """Newest first, before an id; everybody what he may see."""
    which = [sight.theirs(who)]
    if query.state:
        which.append(PenaltyCase.state == query.state)
    if query.squad:
        which.append(Squad.code == query.squad)
    if query.mine:
        which.append(_mine(session, who))
    if query.q:
        which.append(PenaltyCase.id.in_(select(DocumentNumber.case_id).where(DocumentNumber.text.contains(query.q))))
    asked = DRAWN.where(and_(*which)).order_by(PenaltyCase.id.desc()).limit(query.limit)
    rows = session.execute(asked.where(PenaltyCase.id < query.before) if query.before else asked).all()
    return _draw(session, settings, who, rows, now)


def one(session: Session, settings: Settings, who: Actor, case_id: uuid.UUID, now: Instant) -> CaseOut:
    """The picture of one case."""
    rows = session.execute(DRAWN.where(PenaltyCase.id == case_id)).all()
    return _draw(session, settings, who, rows, now)[0]


def _mine(session: Session, who: Actor) -> ColumnElement[bool]:
    """Where the asker's post is waited for."""
    posts = sight.POSTS.keys() & who.roles
    if who.roles & SQUAD_ROLES and not posts:
        login = sight.login_of(session, who) or ""
        alive = select(PenaltyCase.id, PenaltyCase.handlers).where(sight.theirs(who), PenaltyCase.state.not_in(OVER))
        return PenaltyCase.id.in_([row.id for row in session.execute(alive) if login in row.handlers])
    states = {
        state for role in posts for state in (FOR_APPROVERS if sight.POSTS[role] is Post.APPROVER else FOR_REVIEWERS)
    }
    return PenaltyCase.state.in_(states)


DRAWN: Select[*tuple[Any, ...]] = (
    select(PenaltyCase, Squad.code, Squad.name, Power.name, Party.kind)
    .join(Squad, Squad.id == PenaltyCase.squad_id)
    .outerjoin(Power, and_(Power.edition_id == PenaltyCase.power_edition_id, Power.code == PenaltyCase.power_code))
    .outerjoin(Party, Party.id == PenaltyCase.party_id)
)


def _draw(
    session: Session, settings: Settings, who: Actor, rows: Sequence[Row[*tuple[Any, ...]]], now: Instant
) -> list[CaseOut]:
    cases = [row[0] for row in rows]
    numbers = _numbers(session, [one.id for one in cases])
    clocks = _clocks(session, [one.id for one in cases])
    people = names(session, {login for one in cases for login in one.handlers})
    told = parties.newest(session, settings.master_key, {one.party_id for one in cases if one.party_id})
    return [_picture(row, _party(told, who, row[0], row[4]), numbers, clocks, people, now) for row in rows]


def _picture(
    row: Row[*tuple[Any, ...]],
    party: str | None,
    numbers: Mapping[uuid.UUID, str],
    clocks: Mapping[str, Deadline],
    people: Mapping[str, str],
    now: Instant,
) -> CaseOut:
    case, squad_code, squad_name, power_name, _kind = row
    state, lane = State(case.state), Lane(case.lane)
    clock = clocks.get(clocking.subject(case.id))
    return CaseOut(
        id=case.id,
        code=numbers.get(case.id),
        version=case.version,
        state=state,
        state_name=labels.STATES[state],
        lane=lane,
        lane_name=labels.LANES[lane],
        power=CodedOut(code=case.power_code, name=power_name or case.power_code),
        party_name=party,
        squad=CodedOut(code=squad_code, name=squad_name),
        handlers=[people.get(login, login) for login in case.handlers],
        waits_for=waits_for(state),
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        outcome=case.outcome,
        outcome_name=labels.OUTCOMES.get(case.outcome) if case.outcome else None,
        fine_fen=case.fine_fen,
        clock=_shown(clock, now) if clock else None,
        order_id=case.order_id,
    )


def waits_for(state: State) -> list[str]:
    """Whose move it is, in words; nobody's when it is over."""
    if state in OVER:
        return []
    return [labels.POSTS[MOVES.get(state, Post.OFFICER)]]


OVER = frozenset({State.ARCHIVED, State.DECLINED, State.WITHDRAWN, State.TRANSFERRED})


def names(session: Session, logins: Iterable[str]) -> dict[str, str]:
    """Names of people by login."""
    asked = select(Account.login, Account.name).where(Account.login.in_(set(logins)))
    return dict(session.execute(asked).all())


def _party(told: Mapping[uuid.UUID, Identity], who: Actor, row: PenaltyCase, kind: str | None) -> str | None:
    if row.party_id is None or kind is None:
        return None
    one = told[row.party_id]
    return one.name if sight.knows_the_party(who, row) else party_rules.masked(one, PartyKind(kind)).name


def _numbers(session: Session, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The filing number, or the number of the decision on the spot, which has no filing."""
    asked = (
        select(DocumentNumber.case_id, DocumentNumber.text)
        .where(DocumentNumber.case_id.in_(case_ids), DocumentNumber.kind.in_((FILING, "当罚")))
        .order_by(DocumentNumber.allocated_at)
    )
    return dict(session.execute(asked).all())


def _clocks(session: Session, case_ids: list[uuid.UUID]) -> dict[str, Deadline]:
    """The organ's own clock that runs out first; the party's time is not ours to miss."""
    ours = [row.clock.value for row in BY_KIND.values() if not row.window]
    waited_for = Deadline.met_at.is_(None), Deadline.state.in_((watch.State.RUNNING, watch.State.MISSED))
    subjects = [clocking.subject(one) for one in case_ids]
    asked = select(Deadline).where(Deadline.subject.in_(subjects), Deadline.kind.in_(ours), *waited_for)
    found: dict[str, Deadline] = {}
    for clock in session.scalars(asked.order_by(Deadline.due_at.desc())):
        found[clock.subject] = clock
    return found


def _shown(clock: Deadline, now: Instant) -> ClockShown:
    return ClockShown(
        kind=clock.kind, name=BY_KIND[Clock(clock.kind)].name, due_at=clock.due_at, late=clock.due_at <= now
    )
