"""Who may see a clock (可见范围): whoever may see what it hangs on."""

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from dispatch.services import joint, steps
from enforcement.services.cases import sight as cases
from oversight import labels_supervision as labels
from oversight.schemas.clock_cards import ClockSubject
from oversight.services.supervision import supervision_sight
from town import ids
from town.access import Actor
from town.errors import Refused


def subject(session: Session, who: Actor, name: str) -> ClockSubject:
    """What a clock hangs on, if ``who`` may see it. Absent and forbidden look alike: Refused("not_found")."""
    kind, _, identifier = name.partition(":")
    look = LOOKS.get(kind)
    if look is None:
        raise Refused("not_found")
    known = uuid.UUID(identifier)
    return ClockSubject(kind=kind, kind_name=labels.KINDS[kind], id=known, code=look(session, who, known))


def _order(session: Session, who: Actor, order_id: uuid.UUID) -> str:
    return ids.short(steps.visible(session, who, order_id).id)


def _case(session: Session, who: Actor, case_id: uuid.UUID) -> str:
    return ids.short(cases.visible(session, who, case_id).id)


def _task(session: Session, who: Actor, task_id: uuid.UUID) -> str:
    """A task is called by its order."""
    _, order = joint.visible(session, who, task_id)
    return ids.short(order.id)


def _supervision(session: Session, who: Actor, supervision_id: uuid.UUID) -> str:
    return supervision_sight.visible(session, who, supervision_id).number


LOOKS: Mapping[str, Callable[[Session, Actor, uuid.UUID], str]] = {
    "order": _order,
    "case": _case,
    "joint": _task,
    "supervision": _supervision,
}
