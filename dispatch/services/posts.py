"""Who serves which area besides others (片区管辖), and who looks after which grid (网格员岗位)."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch.models import GridPost, Service
from town import journal, reference
from town.clock import Instant
from town.errors import Refused
from town.journal import Note
from town.people import Account, Role, Squad
from town.reference import Kind


def served(session: Session) -> set[tuple[str, str]]:
    """Area and squad, by their codes, of every service of an active squad."""
    asked = select(Service.area_code, Squad.code).join(Squad, Squad.id == Service.squad_id).where(Squad.active)
    return {(area, squad) for area, squad in session.execute(asked)}


def serve_also(session: Session, area_code: str, squad_code: str, actor: str, now: Instant) -> None:
    """From now on this squad serves the area too, beside those that do. Raises Refused("squad_unknown")."""
    reference.change(session, Kind.SERVING, now)
    session.merge(Service(area_code=area_code, squad_id=_squad(session, squad_code).id))
    session.flush()
    _note(session, f"service_area:{area_code}", "area.served", actor, now, {"squad": squad_code})


def stop_serving(session: Session, area_code: str, squad_code: str, actor: str, now: Instant) -> None:
    """From now on this squad serves the area no more. Raises Refused("squad_unknown")."""
    reference.change(session, Kind.SERVING, now)
    squad = _squad(session, squad_code)
    session.execute(delete(Service).where(Service.area_code == area_code, Service.squad_id == squad.id))
    _note(session, f"service_area:{area_code}", "area.left", actor, now, {"squad": squad_code})


def by_grid(session: Session) -> dict[str, str]:
    """Login of the 网格员 of every grid that has one, by the grid's code; people who may not sign in are absent."""
    asked = select(GridPost.grid_code, Account.login).join(Account, Account.id == GridPost.account_id)
    return dict(session.execute(asked.where(Account.active)).all())


def post_worker(session: Session, grid_code: str, login: str, actor: str, now: Instant) -> None:
    """From now on this 网格员 looks after the grid, in place of whoever did.

    Raises Refused("person_unknown"), and "not_a_grid_worker" for somebody who is none.
    """
    post_workers(session, {grid_code: login}, actor, now)


def post_workers(session: Session, posts: Mapping[str, str], actor: str, now: Instant) -> None:
    """``post_worker`` for many: logins by the codes of their grids."""
    if not posts:
        return
    reference.change(session, Kind.SERVING, now)
    known = session.scalars(select(Account).where(Account.login.in_(set(posts.values())), Account.active))
    people = {account.login: account for account in known}
    held = {post.grid_code: post for post in session.scalars(select(GridPost).where(GridPost.grid_code.in_(posts)))}
    notes = []
    for grid, login in posts.items():
        account = _grid_worker(people, login)
        post = held.get(grid) or GridPost(grid_code=grid)
        post.account_id = account.id
        session.add(post)
        notes.append(Note(f"grid_post:{grid}", "post.taken", actor, now, {"account": str(account.id)}))
    session.flush()
    journal.note_many(session, notes)


def vacate(session: Session, grid_code: str, actor: str, now: Instant) -> None:
    """Nobody looks after the grid from now on."""
    reference.change(session, Kind.SERVING, now)
    session.execute(delete(GridPost).where(GridPost.grid_code == grid_code))
    _note(session, f"grid_post:{grid_code}", "post.left", actor, now, {})


def _grid_worker(people: Mapping[str, Account], login: str) -> Account:
    account = people.get(login)
    if account is None:
        raise Refused("person_unknown", login=login)
    if Role.GRID_WORKER not in account.roles:
        raise Refused("not_a_grid_worker", name=account.name)
    return account


def _squad(session: Session, code: str) -> Squad:
    """Closed squads too: what they serve can still be taken from them."""
    squad = session.scalar(select(Squad).where(Squad.code == code))
    if squad is None:
        raise Refused("squad_unknown", squad=code)
    return squad


def _note(session: Session, subject: str, kind: str, actor: str, now: Instant, data: dict[str, str]) -> None:
    journal.note(session, subject=subject, kind=kind, actor=actor, at=now, data=data)
