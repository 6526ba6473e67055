"""Subjects as people call them (对象名称): kind, code and title of orders, cases, joint tasks and 督办单, many at once."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules.categories import CATEGORIES
from dispatch.services import sight as order_sight
from enforcement.models import DocumentNumber, EventType, PenaltyCase, Power
from enforcement.services.cases import sight as case_sight
from oversight import labels_supervision as labels
from oversight.models import Supervision
from town import ids
from town.access import Actor

FILING_MARKS = ("立", "当罚")


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject as people call it."""

    kind: str
    id: uuid.UUID
    code: str
    title: str

    @property
    def spoken(self) -> str:
        """In a sentence: 工单 7K4M-Q2XD（占道经营）."""
        return f"{labels.KINDS.get(self.kind, self.kind)} {self.code}" + (f"（{self.title}）" if self.title else "")


def one(session: Session, subject: str) -> Shown:
    """One subject."""
    return many(session, [subject])[subject]


def many(session: Session, subjects: Collection[str]) -> dict[str, Shown]:
    """Every one of them; what is gone or unknown by the last digits of its id. One query for each kind, two at most."""
    by_kind: dict[str, set[uuid.UUID]] = defaultdict(set)
    for subject in subjects:
        kind, identifier = parsed(subject)
        by_kind[kind].add(identifier)
    known = {
        f"{kind}:{identifier}": Shown(kind, identifier, *said)
        for kind, wanted in by_kind.items()
        for identifier, said in (READERS[kind](session, wanted).items() if kind in READERS else ())
    }
    return {subject: known.get(subject) or _unknown(subject) for subject in subjects}


def parsed(subject: str) -> tuple[str, uuid.UUID]:
    """Kind and id."""
    kind, _, identifier = subject.partition(":")
    return kind, uuid.UUID(identifier)


def sees(session: Session, who: Actor, subject: str) -> bool:
    """Whether somebody may open it: an order, a case, or what hangs on one."""
    kind, identifier = parsed(subject)
    match kind:
        case "order":
            order = session.get(Order, identifier)
            return order is not None and order_sight.sees(who, order)
        case "case":
            case = session.get(PenaltyCase, identifier)
            return case is not None and case_sight.sees(who, case)
        case "joint":
            task = session.get(JointTask, identifier)
            return task is not None and sees(session, who, f"order:{task.order_id}")
    return False


Said = dict[uuid.UUID, tuple[str, str]]
"""Code and title by id."""


def _orders(session: Session, wanted: Collection[uuid.UUID]) -> Said:
    listed = and_(EventType.edition_id == Order.event_edition_id, EventType.code == Order.category)
    asked = select(Order.id, Order.category, EventType.name).outerjoin(EventType, listed).where(Order.id.in_(wanted))
    return {
        order_id: (ids.short(order_id), name or CATEGORIES.get(category, category))
        for order_id, category, name in session.execute(asked)
    }


def _cases(session: Session, wanted: Collection[uuid.UUID]) -> Said:
    asked = select(DocumentNumber.case_id, DocumentNumber.text).where(
        DocumentNumber.case_id.in_(wanted), DocumentNumber.kind.in_(FILING_MARKS)
    )
    numbers = dict(session.execute(asked.order_by(DocumentNumber.allocated_at.desc())).all())
    listed = and_(Power.edition_id == PenaltyCase.power_edition_id, Power.code == PenaltyCase.power_code)
    named = select(PenaltyCase.id, Power.name).outerjoin(Power, listed).where(PenaltyCase.id.in_(wanted))
    return {
        case_id: (numbers.get(case_id) or ids.short(case_id), name or "") for case_id, name in session.execute(named)
    }


def _tasks(session: Session, wanted: Collection[uuid.UUID]) -> Said:
    found = session.execute(select(JointTask.id, JointTask.order_id).where(JointTask.id.in_(wanted))).all()
    orders = _orders(session, {order_id for _, order_id in found})
    return {task_id: orders.get(order_id, (ids.short(task_id), "")) for task_id, order_id in found}


def _papers(session: Session, wanted: Collection[uuid.UUID]) -> Said:
    asked = select(Supervision.id, Supervision.number, Supervision.subject).where(Supervision.id.in_(wanted))
    found = session.execute(asked).all()
    about = many(session, {subject for _, _, subject in found})
    return {paper_id: (number, about[subject].spoken) for paper_id, number, subject in found}


READERS: Mapping[str, Callable[[Session, Collection[uuid.UUID]], Said]] = {
    "order": _orders,
    "case": _cases,
    "joint": _tasks,
    "supervision": _papers,
}


def _unknown(subject: str) -> Shown:
    kind, identifier = parsed(subject)
    return Shown(kind, identifier, ids.short(identifier), "")
