"""What the desk chooses from (可选项), as it is today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Service
from dispatch.rules.categories import CATEGORIES, OTHER
from dispatch.rules.sources import DESK_SOURCES, WAYS
from dispatch.rules.workflow import BY_A_CASE
from dispatch.schemas import CategoryOption, Coded, OptionsOut, PartnerOption, PowerOption, SourceOut, SquadOption
from enforcement.rules.powers import standing
from enforcement.services import events, powers
from town import profile
from town.clock import Instant
from town.partners import Partner
from town.people import Squad

Code = TypeVar("Code", bound=str)


def options(session: Session, now: Instant) -> OptionsOut:
    """Everything that may be chosen on the town's day of ``now``."""
    day = now.astimezone(profile.current(session).zone).date()
    return OptionsOut(
        sources=[
            SourceOut(code=source, name=way.name, numbered=way.numbered, timed=way.timed)
            for source, way in WAYS.items()
            if source in DESK_SOURCES
        ],
        squads=list(_squads(session)),
        partners=list(_partners(session)),
        categories=list(_categories(session, day)),
        powers=list(_powers(session, day)),
        grounds=_coded(labels.GROUNDS),
        outcomes=[
            Coded(code=outcome, name=name) for outcome, name in labels.OUTCOMES.items() if outcome not in BY_A_CASE
        ],
        severities=_coded(labels.SEVERITIES),
        suspension_grounds=_coded(labels.SUSPENSION_GROUNDS),
        extension_grounds=_coded(labels.EXTENSION_GROUNDS),
    )


def _coded(names: Mapping[Code, str]) -> list[Coded]:
    return [Coded(code=code, name=name) for code, name in names.items()]


def _squads(session: Session) -> Iterator[SquadOption]:
    areas = defaultdict(list)
    for squad_id, area in session.execute(select(Service.squad_id, Service.area_code).order_by(Service.area_code)):
        areas[squad_id].append(area)
    for squad in session.scalars(select(Squad).where(Squad.active).order_by(Squad.code)):
        yield SquadOption(code=squad.code, name=squad.name, areas=areas[squad.id], fields=squad.fields)


def _partners(session: Session) -> Iterator[PartnerOption]:
    for partner in session.scalars(select(Partner).where(Partner.active).order_by(Partner.code)):
        yield PartnerOption(code=partner.code, name=partner.name, kind=partner.kind)


def _categories(session: Session, day: dt.date) -> Iterator[CategoryOption]:
    """The list of the day, or the house's few while there is no list; what nobody can name comes last."""
    listed = events.on(session, day)
    for event in listed.by_code.values() if listed else ():
        yield CategoryOption(
            code=event.code,
            name=event.name,
            class_name=event.class_name,
            nature=event.nature,
            nature_name=labels.NATURES[event.nature],
            field=event.field,
            emergency=event.emergency,
            small=event.small,
        )
    for code, name in CATEGORIES.items():
        if listed is None or code == OTHER:
            yield CategoryOption(
                code=code, name=name, class_name="", nature="", nature_name="", field="", emergency=False, small=False
            )


def _powers(session: Session, day: dt.date) -> Iterator[PowerOption]:
    listed = powers.on(session, day)
    for power in listed.by_code.values() if listed else ():
        how = standing(power, day)
        yield PowerOption(code=power.code, name=power.name, standing=how.code, why=how.why)
