"""Bodies (单位) that can be called to an order: squads and units by their codes, and the one that must take what nobody took."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules.joint import OPEN
from dispatch.rules.workflow import Lane
from dispatch.schemas import Coded
from town import profile
from town.errors import Refused
from town.partners import Partner
from town.people import Squad


@dataclass(frozen=True)
class Body:
    """A squad or a unit, as the columns of a task name it."""

    squad_id: uuid.UUID | None
    partner_id: uuid.UUID | None
    name: str

    @property
    def columns(self) -> dict[str, uuid.UUID | None]:
        """Exactly one of them is not empty."""
        return {"squad_id": self.squad_id, "partner_id": self.partner_id}


def named(session: Session, order: Order, squad: str | None, partner: str | None) -> Body:
    """The one body that is named, if it can be called to this order. Raises Refused("invalid" | "joint_known")."""
    if bool(squad) == bool(partner):
        raise Refused("invalid", errors={"squad": ["中队和协同单位写一个，只写一个"]})
    [body] = chosen(session, order, [squad] if squad else [], [partner] if partner else [])
    return body


def chosen(session: Session, order: Order, squads: Iterable[str], partners: Iterable[str]) -> list[Body]:
    """Everybody who is named, if all can be called to this order. Raises Refused("invalid" | "joint_known")."""
    bodies = [
        *(_squad(session, order, code) for code in dict.fromkeys(squads)),
        *(_partner(session, order, code) for code in dict.fromkeys(partners)),
    ]
    busy = {(task.squad_id, task.partner_id) for task in open_tasks(session, order.id)}
    for body in bodies:
        if (body.squad_id, body.partner_id) in busy:
            raise Refused("joint_known", body=body.name)
    return bodies


def last_resort(session: Session) -> Body:
    """兜底单位. Raises Refused("last_resort_missing")."""
    code = profile.current(session).last_resort
    partner = session.scalar(select(Partner).where(Partner.code == code, Partner.active)) if code else None
    if partner is None:
        raise Refused("last_resort_missing")
    return Body(None, partner.id, partner.name)


def has_last_resort(session: Session) -> bool:
    """Whether there is a 兜底单位 that may be handed something."""
    code = profile.current(session).last_resort
    known = select(Partner.id).where(Partner.code == code, Partner.active)
    return bool(code) and session.scalar(known) is not None


def open_tasks(session: Session, order_id: uuid.UUID) -> list[JointTask]:
    """Tasks of an order that somebody is still waited for in, oldest first."""
    mine = select(JointTask).where(JointTask.order_id == order_id, JointTask.state.in_(OPEN))
    return list(session.scalars(mine.order_by(JointTask.called_at, JointTask.id)))


def coded(session: Session, tasks: Iterable[JointTask]) -> dict[uuid.UUID, Coded]:
    """Whose each task is, by the task's id."""
    wanted = list(tasks)
    found: dict[uuid.UUID | None, Coded] = {}
    for kind, ids in ((Squad, {one.squad_id for one in wanted}), (Partner, {one.partner_id for one in wanted})):
        rows = session.execute(select(kind.id, kind.code, kind.name).where(kind.id.in_(ids - {None})))
        found |= {identifier: Coded(code=code, name=name) for identifier, code, name in rows}
    return {one.id: found[one.squad_id or one.partner_id] for one in wanted}


def _squad(session: Session, order: Order, code: str) -> Body:
    squad = session.scalar(select(Squad).where(Squad.code == code, Squad.active))
    if squad is None:
        raise Refused("invalid", errors={"squads": [f"没有中队「{code}」"]})
    if order.lane == Lane.SQUAD and order.squad_id == squad.id:
        raise Refused("invalid", errors={"squads": [f"工单就在{squad.name}手里，不用再叫"]})
    return Body(squad.id, None, squad.name)


def _partner(session: Session, order: Order, code: str) -> Body:
    partner = session.scalar(select(Partner).where(Partner.code == code, Partner.active))
    if partner is None:
        raise Refused("invalid", errors={"partners": [f"没有协同单位「{code}」"]})
    if order.lane == Lane.UNIT and order.partner_id == partner.id:
        raise Refused("invalid", errors={"partners": [f"工单就在{partner.name}手里，不用再叫"]})
    return Body(None, partner.id, partner.name)
