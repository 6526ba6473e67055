"""Orders and cases (工单转立案): an order becomes a penalty case, a squad opens one of its own, and what came of it returns.

The order waits while the case runs. When the case is filed the reporter is told so; when it has ended the order is handled.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Order, Report
from dispatch.rules.categories import OTHER
from dispatch.rules.sources import WAYS, Source
from dispatch.rules.workflow import Action, State
from dispatch.services import deciding, matters, order_cases, rulebook, steps
from dispatch.services.correcting import Point
from dispatch.services.deciding import Located
from dispatch.services.steps import Wish
from enforcement.models import PenaltyCase
from enforcement.rules.cases.opening import Opening
from enforcement.services.cases import open_case
from grids.models import Grid
from town import geometry, journal, profile
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Account, Squad
from town.profile import Town

SYSTEM = "system:cases"
FOUND = "检查发现"
REPORTED = "投诉举报"
"""案件来源. A case never says by which way a citizen reported."""


@dataclass(frozen=True)
class CaseWish:
    """线索: who acts, under which power, when it was done, and what was seen. Days are local."""

    officers: tuple[str, ...]
    words: str
    power: str | None = None
    acted_from: dt.date | None = None
    acted_on: dt.date | None = None


@dataclass(frozen=True)
class Found:
    """Where a squad found something, and of which kind it is."""

    place: Point
    category: str | None = None


def open_from_order(
    session: Session, who: Actor, order_id: uuid.UUID, version: int, wish: CaseWish, now: Instant
) -> PenaltyCase:
    """转立案: the case is opened and the order goes into it, both or neither.

    Raises Refused like a step of the order, "missing_fact" without a power, "person_unknown", and what opening does.
    """
    order, _ = steps.weigh(session, who, order_id, Wish(Action.TO_CASE, version, {"case": None}), now)
    assert order.squad_id
    _know(session, wish.officers)
    known_on = profile.local_day(session, order.received_at)
    acted_on = wish.acted_on or profile.local_day(session, order.acted_at or order.received_at)
    grid = session.get(Grid, order.grid_id) if order.grid_id else None
    lon, lat = geometry.lonlat(order.place)
    opening = Opening(
        order_id=order.id,
        squad_id=order.squad_id,
        officers=wish.officers,
        event_code=_kind(order.category),
        power_code=_power(wish.power or order.power_code),
        lon=lon,
        lat=lat,
        grid_code=grid.code if grid else None,
        in_town=grid is not None,
        acted_from=wish.acted_from or acted_on,
        acted_on=acted_on,
        discovered_on=max(known_on, acted_on),  # what went on after the report was seen to go on
        source=_source(session, order),
        words=wish.words,
    )
    case = open_case(session, who, opening, now)
    steps.take_step(session, who, order_id, Wish(Action.TO_CASE, version, {"case": str(case.id)}), now)
    return case


def open_found(session: Session, town: Town, who: Actor, wish: CaseWish, found: Found, now: Instant) -> PenaltyCase:
    """检查发现: what a squad found itself, where it serves. Nobody reported it, so no order waits for it.

    Raises Refused("invalid" | "other_area" | "missing_fact" | "person_unknown"), and what locating and opening do.
    """
    if who.squad_id is None:
        raise Refused("invalid", errors={"squad": ["您不属于任何中队，请由中队人员登记"]})
    if found.category:
        matters.require(session, found.category, now)
    _know(session, wish.officers)
    place = deciding.locate(session, town, found.place.x, found.place.y, found.place.crs, found.place.accuracy_m)
    _serve(session, town, who.squad_id, place, now)
    today = profile.local_day(session, now)
    acted_on = wish.acted_on or today
    grid = place.location.grid
    opening = Opening(
        order_id=None,
        squad_id=who.squad_id,
        officers=wish.officers,
        event_code=_kind(found.category),
        power_code=_power(wish.power),
        lon=place.lon,
        lat=place.lat,
        grid_code=grid.code if grid else None,
        in_town=grid is not None,
        acted_from=wish.acted_from or acted_on,
        acted_on=acted_on,
        discovered_on=today,
        source=FOUND,
        words=wish.words,
    )
    return open_case(session, who, opening, now)


def told(session: Session, case_id: uuid.UUID, what: str, now: Instant) -> bool:
    """中间答复: everybody who reported it is told that it is under way; ``what``: of ``labels.TOLD``. Asking twice does it once."""
    order, case = _waiting(session, case_id)
    if order is None or case is None or _said(session, order.id, case.id):
        return False
    steps.take_by_itself(session, order, Action.TELL, {"case": str(case.id), "told": what}, SYSTEM, now)
    for report in session.scalars(select(Report).where(Report.order_id == order.id).order_by(Report.received_at)):
        data = {"order": str(order.id), "source": report.source, "told": what}
        journal.note(session, subject=f"report:{report.id}", kind="report.told", actor=SYSTEM, at=now, data=data)
    return True


def ended(session: Session, case_id: uuid.UUID, now: Instant) -> bool:
    """The order of a case that has ended is handled, with what came of the case. Asking twice does it once."""
    order, case = _waiting(session, case_id)
    outcome = order_cases.ending(session, case) if case else None
    if order is None or case is None or outcome is None:
        return False
    given = {"case": str(case.id), "outcome": outcome}
    steps.take_by_itself(session, order, Action.CASE_ENDED, given, SYSTEM, now)
    return True


def _waiting(session: Session, case_id: uuid.UUID) -> tuple[Order | None, PenaltyCase | None]:
    """The order that waits for this case, locked; none when it waits for a newer one, or not any more."""
    case = session.get(PenaltyCase, case_id)
    order = steps.held(session, case.order_id, State.IN_CASE) if case and case.order_id else None
    newest = order_cases.last(session, order.id) if order else None
    return (order, newest) if newest and newest.id == case_id else (None, None)


def _said(session: Session, order_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    lines = journal.events_of(session, f"order:{order_id}")
    return any(line.kind == "order.told" and line.data["case"] == str(case_id) for line in lines)


def _power(code: str | None) -> str:
    if code is None:
        raise Refused("missing_fact", action=labels.ACTIONS[Action.TO_CASE], missing=labels.FACTS["power"])
    return code


def _kind(category: str | None) -> str | None:
    return None if category == OTHER else category


def _know(session: Session, logins: Iterable[str]) -> None:
    for login in logins:
        if session.scalar(select(Account.id).where(Account.login == login, Account.active)) is None:
            raise Refused("person_unknown", login=login)


def _source(session: Session, order: Order) -> str:
    """How it became known, by the first report of it; who and by which way stays out of the case."""
    first = select(Report.source).where(Report.order_id == order.id).order_by(Report.received_at, Report.id)
    source = session.scalars(first.limit(1)).first()
    way = WAYS[Source(source)] if source in set(Source) else None
    return REPORTED if way is None or way.citizen else way.name


def _serve(session: Session, town: Town, squad_id: uuid.UUID, place: Located, now: Instant) -> None:
    """Where other squads serve and the own does not, it is theirs to act; where nobody serves, it is anybody's."""
    staffing = rulebook.staffing(session, town, place.versions, now)
    location = place.location
    areas = {near.grid.area_code for near in location.nearby} | ({location.grid.area_code} if location.grid else set())
    serving = {staffing.squad_ids[squad.code] for squad in staffing.squads if areas & set(squad.areas)}
    if serving and squad_id not in serving:
        names = session.scalars(select(Squad.name).where(Squad.id.in_(serving)).order_by(Squad.code))
        raise Refused("other_area", squads="、".join(names))
