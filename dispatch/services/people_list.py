"""A file of people taken in (人员导入): the town's own lists, and with them who serves which area and which grid."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules import workflow
from dispatch.services import posts
from grids import services as grids
from grids.models import Grid
from town import accounts, ids, people_file, reference
from town.clock import Instant
from town.errors import Refused
from town.people import Squad
from town.people_file import Filed, Hand, Outside, Plan, PostEntry, ServiceEntry, Standing
from town.staff import PersonEntry


@dataclass(frozen=True)
class FirstPassword:
    """初始密码 of a new account, in clear for its holder alone, and hashed for the database."""

    person: PersonEntry
    clear: str
    hashed: str


def draw(session: Session, filed: Filed, now: Instant, *, closing: bool) -> Plan:
    """What the file would change in the town as it stands in this transaction."""
    return people_file.draw(filed, _standing(session, filed, now), closing=closing)


def first_passwords(plan: Plan, progress: Callable[[], None] = lambda: None) -> tuple[FirstPassword, ...]:
    """One for each new account. Slow on purpose, so it is done while no transaction is open."""
    made = []
    for person in plan.newcomers:
        clear = ids.new_password()
        made.append(FirstPassword(person, clear, accounts.HASHER.hash(clear)))
        progress()
    return tuple(made)


def take_in(session: Session, filed: Filed, plan: Plan, hand: Hand) -> None:
    """Do what the plan says, all of it or nothing; ``hand.now``: the moment the plan was drawn for.

    Raises Refused("people_changed") when the town is no more as it was then, and "people_refused" for a plan with faults
    or a squad that still holds open orders.
    """
    reference.alone(session)
    if plan.refused:
        count = sum(one.refuses for one in plan.complaints)
        raise Refused("people_refused", why=f"有 {count} 处要改正，什么都没有写入。")
    standing = _standing(session, filed, hand.now)
    if people_file.draw(filed, standing, closing=plan.closing) != plan:
        raise Refused("people_changed")
    _change(session, plan, standing, hand)


def _standing(session: Session, filed: Filed, now: Instant) -> Standing:
    return people_file.read_standing(session, filed, _outside(session), now)


def _outside(session: Session) -> Outside:
    services = tuple(ServiceEntry(area, squad) for area, squad in sorted(posts.served(session)))
    held = tuple(PostEntry(grid, login) for grid, login in sorted(posts.by_grid(session).items()))
    edition = grids.active(session)
    if edition is None:
        return Outside(None, None, services, held)
    areas = frozenset(area.code for area in grids.areas(session))
    codes = frozenset(session.scalars(select(Grid.code).where(Grid.edition_id == edition.id)))
    return Outside(areas, codes, services, held)


def _change(session: Session, plan: Plan, standing: Standing, hand: Hand) -> None:
    people_file.take_in(session, plan, hand)
    for service in plan.services.added:
        posts.serve_also(session, service.area, service.squad, hand.actor, hand.now)
    for service in plan.services.missing:
        posts.stop_serving(session, service.area, service.squad, hand.actor, hand.now)
    posts.post_workers(session, {post.grid: post.login for post in plan.posts.kept}, hand.actor, hand.now)
    if plan.closing:
        _refuse_orphans(session, plan)
        for post in plan.posts.missing:
            posts.vacate(session, post.grid, hand.actor, hand.now)
        people_file.close_missing(session, plan, standing, hand)


def _refuse_orphans(session: Session, plan: Plan) -> None:
    """Every open order keeps an owner: a squad is closed when it has handed them on."""
    held = _open_orders(session)
    told = [f"{squad.name} 还有 {held[squad.code]} 件工单没有办结" for squad in plan.squads.missing if held[squad.code]]
    if told:
        raise Refused("people_refused", why=f"{'；'.join(told)}，请先改派，再停用中队。")


def _open_orders(session: Session) -> Mapping[str, int]:
    asked = select(Squad.code).join(Order, Order.squad_id == Squad.id).where(Order.state.not_in(workflow.ENDED))
    return Counter(session.scalars(asked))
