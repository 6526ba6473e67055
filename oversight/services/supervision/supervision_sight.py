"""Who sees a 督办单, and in which post towards it (可见范围和岗位)."""

import uuid

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from oversight.models import Supervision
from oversight.rules.supervision import Post
from town.access import SQUAD_ROLES, Actor
from town.errors import Refused
from town.people import Account, Role


def visible(session: Session, who: Actor, supervision_id: uuid.UUID) -> Supervision:
    """The paper, if ``who`` may see it. Absent and forbidden look alike: Refused("not_found")."""
    paper = session.get(Supervision, supervision_id)
    if paper is None or not sees(who, paper):
        raise Refused("not_found")
    return paper


def sees(who: Actor, paper: Supervision) -> bool:
    """The posts of the town see all; whom it is addressed to sees his own."""
    return (
        who.in_town
        or (who.account_id is not None and paper.account_id == who.account_id)
        or (bool(who.roles & SQUAD_ROLES) and who.of(paper.squad_id))
        or (Role.PARTNER in who.roles and who.partner_id is not None and paper.partner_id == who.partner_id)
    )


def theirs(who: Actor) -> ColumnElement[bool]:
    """The same as a condition on papers."""
    return true() if who.in_town else addressed_to(who)


def addressed_to(who: Actor) -> ColumnElement[bool]:
    """Those that somebody's squad, unit or he himself must answer."""
    mine = [Supervision.account_id == who.account_id] if who.account_id else []
    if who.roles & SQUAD_ROLES and who.squad_id is not None:
        mine.append(Supervision.squad_id == who.squad_id)
    if Role.PARTNER in who.roles and who.partner_id is not None:
        mine.append(Supervision.partner_id == who.partner_id)
    return or_(*mine) if mine else false()


def posts_of(session: Session, who: Actor, paper: Supervision) -> frozenset[Post]:
    """The posts somebody holds towards one paper; nobody judges what his own squad must answer."""
    if _answers(who, paper):
        return frozenset({Post.ADDRESSEE})
    if who.of(paper.squad_id):
        return frozenset()
    judges = Role.SUPERVISOR in who.roles or (Role.APPROVER in who.roles and _to_a_supervisor(session, paper))
    return frozenset({Post.SUPERVISOR}) if judges else frozenset()


def _answers(who: Actor, paper: Supervision) -> bool:
    if who.account_id is not None and paper.account_id == who.account_id:
        return True
    if paper.squad_id is not None:
        return Role.SQUAD_LEADER in who.roles and who.of(paper.squad_id)
    if paper.partner_id is not None:
        return Role.PARTNER in who.roles and paper.partner_id == who.partner_id
    return Role.DISPATCHER in who.roles


def _to_a_supervisor(session: Session, paper: Supervision) -> bool:
    """Where the supervisor himself is late, the approver judges."""
    addressed = session.get(Account, paper.account_id) if paper.account_id else None
    return addressed is not None and Role.SUPERVISOR in addressed.roles
