"""Which squad serves which area (片区管辖)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Service
from grids.models import Area
from town import ids, journal
from town.clock import Instant
from town.people import Squad


def squads_by_area(session: Session) -> dict[str, Squad]:
    """The active squad of every served area, by the area's code."""
    rows = session.execute(
        select(Service.area_code, Squad).join(Squad, Squad.id == Service.squad_id).where(Squad.active)
    )
    return dict(rows.all())


def areas_without_squad(session: Session, areas: Sequence[Area]) -> list[Area]:
    """The areas nobody serves, in code order."""
    served = set(session.scalars(select(Service.area_code)))
    return sorted((area for area in areas if area.code not in served), key=lambda area: area.code)


def one_squad_each(session: Session, areas: Sequence[Area], actor: str, now: Instant) -> list[Squad]:
    """A new squad for every area that has none, named after it (一片区一中队)."""
    made = []
    for area in areas_without_squad(session, areas):
        squad = Squad(id=ids.new_id(), code=area.code, name=f"{area.name}中队")
        session.add(squad)
        session.flush()
        serve(session, area.code, squad, actor, now)
        made.append(squad)
    return made


def serve(session: Session, area_code: str, squad: Squad, actor: str, now: Instant) -> None:
    """From now on this squad serves the area."""
    session.merge(Service(area_code=area_code, squad_id=squad.id))
    subject = f"service_area:{area_code}"
    version = len(journal.events_of(session, subject)) + 1
    data = {"squad": squad.code}
    journal.append(session, subject=subject, version=version, kind="area.served", actor=actor, at=now, data=data)
