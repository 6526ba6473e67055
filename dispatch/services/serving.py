"""Which squads serve which area (片区管辖)."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch.models import Service
from grids.models import Area
from town import ids, journal, reference
from town.clock import Instant
from town.people import Squad
from town.reference import Kind


def squads_by_area(session: Session) -> dict[str, Squad]:
    """The squad an area is known by: of its active squads the one for all fields, of several the lowest code."""
    rows = session.execute(
        select(Service.area_code, Squad).join(Squad, Squad.id == Service.squad_id).where(Squad.active)
    ).all()
    ranked = sorted(rows, key=lambda row: (bool(row[1].fields), row[1].code), reverse=True)
    return {area: squad for area, squad in ranked}  # noqa: C416  (the last, which is the best, stays)


def areas_without_squad(session: Session, areas: Sequence[Area]) -> list[Area]:
    """The areas nobody serves, in code order."""
    served = squads_by_area(session)
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
    """From now on this squad alone serves the area."""
    reference.change(session, Kind.SERVING, now)
    session.execute(delete(Service).where(Service.area_code == area_code))
    session.add(Service(area_code=area_code, squad_id=squad.id))
    subject = f"service_area:{area_code}"
    journal.note(session, subject=subject, kind="area.served", actor=actor, at=now, data={"squad": squad.code})
