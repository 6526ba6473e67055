"""How a case begins (登记线索)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.cases import folding
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act
from enforcement.rules.cases.opening import Opening
from enforcement.rules.cases.states import Lane, State
from enforcement.rules.stops.people import strangers
from enforcement.services import powers
from enforcement.services.cases import clocking, records, sight
from enforcement.services.cases.refusing import refused
from town import geometry, ids, journal, profile, reference
from town.access import SQUAD_ROLES, Actor
from town.clock import Instant
from town.errors import Refused
from town.people import ROLE_NAMES, Account


def open_case(session: Session, who: Actor, opening: Opening, now: Instant) -> PenaltyCase:
    """A new case at its source, under the power list of today.

    Raises Refused("forbidden" for another squad's people, "case_stopped" where they are named as its officers,
    "power_unknown", "act_days" for days out of order).
    """
    if not (who.roles & SQUAD_ROLES and who.of(opening.squad_id)):
        raise Refused("forbidden", roles="、".join(ROLE_NAMES[role] for role in sorted(SQUAD_ROLES)))
    _own_people(session, opening)
    today = profile.local_day(session, now)
    if not opening.acted_from <= opening.acted_on <= opening.discovered_on <= today:
        raise Refused("act_days")
    versions = reference.hold(session)
    catalogue = powers.on(session, today, versions[reference.Kind.POWERS])
    if catalogue is None or opening.power_code not in catalogue.by_code:
        raise Refused("power_unknown", codes=opening.power_code)
    act = Act(1, Action.OPEN, now, now, who.name, _given(opening), {"actor": sight.login_of(session, who)})
    row = PenaltyCase(
        id=ids.new_id(),
        version=1,
        state=State.SOURCE,
        lane=Lane.ORDINARY,
        order_id=opening.order_id,
        squad_id=opening.squad_id,
        handlers=list(opening.officers),
        event_code=opening.event_code,
        power_code=opening.power_code,
        power_edition_id=catalogue.edition_id,
        place=geometry.point(opening.lon, opening.lat),
        grid_code=opening.grid_code,
        acted_on=opening.acted_on,
        opened_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    folding.opened(act)
    records.write(session, row, act)
    data = {"power": opening.power_code, "order": str(opening.order_id) if opening.order_id else None}
    journal.append(
        session, subject=clocking.subject(row.id), version=1, kind="case.open", actor=who.name, at=now, data=data
    )
    return row


def _own_people(session: Session, opening: Opening) -> None:
    """A case begins with the squad's own people; who is lent to it is assigned later, with the reason on record."""
    own = select(Account.login).where(Account.login.in_(opening.officers), Account.squad_id == opening.squad_id)
    if strange := set(opening.officers) - set(session.scalars(own)):
        told = dict(session.execute(select(Account.login, Account.name).where(Account.login.in_(strange))).all())
        raise refused(Action.OPEN, [strangers("、".join(told.get(login, login) for login in sorted(strange)))])


def _given(opening: Opening) -> dict[str, Any]:
    return {
        "power": opening.power_code,
        "event": opening.event_code,
        "order": str(opening.order_id) if opening.order_id else None,
        "officers": list(opening.officers),
        "summary": opening.words,
        "source": opening.source,
        "grid": opening.grid_code,
        "in_town": opening.in_town,
        "acted_from": opening.acted_from.isoformat(),
        "acted_on": opening.acted_on.isoformat(),
        "discovered_on": opening.discovered_on.isoformat(),
        "lon": opening.lon,
        "lat": opening.lat,
    }
