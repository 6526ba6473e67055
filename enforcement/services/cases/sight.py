"""Who sees which cases, and in which posts (可见范围和岗位)."""

import uuid

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.cases.facts import Case
from enforcement.rules.cases.states import Post
from town.access import SQUAD_ROLES, Actor
from town.errors import Refused
from town.people import Account, Role

POSTS = {Role.APPROVER: Post.APPROVER, Role.LEGAL_REVIEWER: Post.REVIEWER}
"""Posts of the town towards every case."""
WHOLE_TOWN = frozenset(
    {Role.APPROVER, Role.LEGAL_REVIEWER, Role.SUPERVISOR, Role.DISPATCHER, Role.CHECKER, Role.AUDIT_ADMIN}
)
ON_EVERY_CASE = frozenset(POSTS)
"""Who works on the papers of the whole town; a squad works on its own."""


def visible(session: Session, who: Actor, case_id: uuid.UUID) -> PenaltyCase:
    """The case's row, if ``who`` may see it. Absent and forbidden look alike: Refused("not_found")."""
    row = session.get(PenaltyCase, case_id)
    if row is None or not sees(who, row):
        raise Refused("not_found")
    return row


def sees(who: Actor, row: PenaltyCase) -> bool:
    """People of a squad see its cases; the posts that approve, review, supervise and dispatch see all."""
    return bool(who.roles & WHOLE_TOWN) or (bool(who.roles & SQUAD_ROLES) and who.of(row.squad_id))


def theirs(who: Actor) -> ColumnElement[bool]:
    """The same as a condition on cases."""
    if who.roles & WHOLE_TOWN:
        return true()
    if who.roles & SQUAD_ROLES and who.squad_id is not None:
        return PenaltyCase.squad_id == who.squad_id
    return false()


def knows_the_party(who: Actor, row: PenaltyCase) -> bool:
    """Who works on the papers sees whom they are about; everybody else sees a masked name."""
    return bool(who.roles & ON_EVERY_CASE) or (bool(who.roles & SQUAD_ROLES) and who.of(row.squad_id))


def worked_on(session: Session, who: Actor, case_id: uuid.UUID) -> PenaltyCase:
    """The case's row, if ``who`` works on its papers: who only watches it may not open them. Refused("not_found")."""
    row = visible(session, who, case_id)
    if not knows_the_party(who, row):
        raise Refused("not_found")
    return row


def posts_of(session: Session, who: Actor, row: PenaltyCase, case: Case) -> frozenset[Post]:
    """The posts somebody holds towards one case: by role, by squad, or because he was named to chair its hearing."""
    posts = {post for role, post in POSTS.items() if role in who.roles}
    if who.roles & SQUAD_ROLES and who.of(row.squad_id):
        posts.add(Post.OFFICER)
        if Role.SQUAD_LEADER in who.roles:
            posts.add(Post.LEADER)
    if case.notice and case.notice.chair and case.notice.chair == login_of(session, who):
        posts.add(Post.CHAIR)
    return frozenset(posts)


def login_of(session: Session, who: Actor) -> str | None:
    """The login of who is asking; None for the system."""
    account = session.get(Account, who.account_id) if who.account_id else None
    return account.login if account else None
