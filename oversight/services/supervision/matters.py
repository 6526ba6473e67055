"""What a clock hangs on (督办对象): an order, a case, a joint task or a 督办单, and whose move it is in it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules.workflow import State
from enforcement.models import PenaltyCase
from enforcement.rules.cases.states import State as CaseState
from enforcement.services.cases.pictures import MOVES
from oversight.models import Supervision
from oversight.rules import moves
from oversight.rules.moves import Move
from oversight.services.supervision.crew import Crew
from town.people import Role

ORDINARY = "ordinary"
POSTS: Mapping[Move, Role] = {
    Move.DESK: Role.DISPATCHER,
    Move.CHECKER: Role.CHECKER,
    Move.SUPERVISOR: Role.SUPERVISOR,
    Move.APPROVER: Role.APPROVER,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One subject of clocks. ``squad_id``, ``partner_id``: of whoever's move it is, empty for a post of the town.

    ``holders``: logins of those who are waited for, in the order they are asked.
    """

    subject: str
    severity: str
    move: Move
    squad_id: uuid.UUID | None
    partner_id: uuid.UUID | None
    holders: tuple[str, ...]


def of(session: Session, subject: str, crew: Crew) -> Matter:
    """The matter behind a subject. One that is unknown or gone lies with the desk, so that somebody looks at it."""
    kind, _, identifier = subject.partition(":")
    read = READERS.get(kind)
    found = read(session, subject, uuid.UUID(identifier), crew) if read else None
    return found or Matter(subject, ORDINARY, Move.DESK, None, None, crew.holding(Role.DISPATCHER))


def _order(session: Session, subject: str, order_id: uuid.UUID, crew: Crew) -> Matter | None:
    order = session.execute(ASKED.where(Order.id == order_id)).first()
    if order is None:
        return None
    return _of_order(order, subject, moves.of_order(order.state, order.lane), crew)


ASKED = select(
    Order.state,
    Order.lane,
    Order.severity,
    Order.squad_id,
    Order.leader_id,
    Order.worker_id,
    Order.partner_id,
    Order.handler,
)


def _of_order(order: Row[*tuple[Any, ...]], subject: str, move: Move, crew: Crew) -> Matter:
    match move:
        case Move.SQUAD:
            return Matter(subject, order.severity, move, order.squad_id, None, _in_the_squad(order, crew))
        case Move.UNIT:
            return Matter(subject, order.severity, move, None, order.partner_id, crew.of_unit(order.partner_id))
        case Move.WORKER:
            return Matter(subject, order.severity, move, None, None, crew.login(order.worker_id))
    checkers = move is Move.CHECKER
    posted = (one for one in crew.holding(POSTS[move]) if not (checkers and _handled(order, one, crew)))
    return Matter(subject, order.severity, move, None, None, tuple(posted))


def _in_the_squad(order: Row[*tuple[Any, ...]], crew: Crew) -> tuple[str, ...]:
    """Who was on duty when it came; unless he went home before it was signed for, and somebody took over."""
    sent_to = crew.login(order.leader_id)
    on_shift = crew.on_shift(order.squad_id) if order.state == State.DISPATCHED and order.squad_id else ()
    return () if on_shift and not set(sent_to) & set(on_shift) else sent_to


def _handled(order: Row[*tuple[Any, ...]], login: str, crew: Crew) -> bool:
    """Who handled it is not waited for to check it."""
    return bool(order.handler == f"account:{crew.people[login].id}")


def _case(session: Session, subject: str, case_id: uuid.UUID, crew: Crew) -> Matter | None:
    case = session.get(PenaltyCase, case_id)
    if case is None:
        return None
    move = moves.of_case(MOVES.get(CaseState(case.state)))
    if move is Move.SQUAD:
        known = tuple(login for login in case.handlers if login in crew.people)
        return Matter(subject, ORDINARY, move, case.squad_id, None, known)
    return Matter(subject, ORDINARY, move, None, None, crew.holding(POSTS[move]))


def _task(session: Session, subject: str, task_id: uuid.UUID, crew: Crew) -> Matter | None:
    task = session.get(JointTask, task_id)
    order = session.execute(ASKED.where(Order.id == task.order_id)).first() if task else None
    if task is None or order is None:
        return None
    move = moves.of_task(task.state, task.squad_id is not None)
    match move:
        case None:
            return _of_order(order, subject, moves.of_order(order.state, order.lane), crew)
        case Move.SQUAD | Move.UNIT:
            return _of_body(subject, order.severity, task.squad_id, task.partner_id, crew)
    return Matter(subject, order.severity, move, None, None, crew.holding(POSTS[move]))


def _supervision(session: Session, subject: str, supervision_id: uuid.UUID, crew: Crew) -> Matter | None:
    paper = session.get(Supervision, supervision_id)
    if paper is None:
        return None
    severity = of(session, paper.subject, crew).severity
    move = moves.of_supervision(paper.state, paper.squad_id is not None, paper.partner_id is not None)
    if move in {Move.SQUAD, Move.UNIT}:
        return _of_body(subject, severity, paper.squad_id, paper.partner_id, crew)
    if move is Move.DESK and paper.account_id:
        return Matter(subject, severity, move, None, None, crew.login(paper.account_id))
    return Matter(subject, severity, move, None, None, crew.holding(POSTS[move]))


def _of_body(
    subject: str, severity: str, squad_id: uuid.UUID | None, partner_id: uuid.UUID | None, crew: Crew
) -> Matter:
    """A squad is answered for by its leaders, a unit by its people."""
    if squad_id is not None:
        return Matter(subject, severity, Move.SQUAD, squad_id, None, crew.leading(squad_id))
    return Matter(subject, severity, Move.UNIT, None, partner_id, crew.of_unit(partner_id))


READERS: Mapping[str, Callable[[Session, str, uuid.UUID, Crew], Matter | None]] = {
    "order": _order,
    "case": _case,
    "joint": _task,
    "supervision": _supervision,
}
