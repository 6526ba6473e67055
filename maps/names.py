"""Chinese names of the codes in the wall's rows, each said once."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, TextClause, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch import labels
from dispatch.models import Order
from dispatch.rules.categories import CATEGORIES
from dispatch.rules.workflow import State
from enforcement.models import EventType
from grids.models import Area, Edition, Grid
from maps.schemas import GridName, Names
from town.partners import Partner
from town.people import Squad

Which = Sequence[TextClause | ColumnElement[bool]]


def of(session: Session, shown: Sequence[Which]) -> Names:
    """Names for the orders that the conditions choose, each set of conditions for itself."""
    return Names(
        states={state: labels.STATES.get(state, state) for state in State},
        outcomes={str(outcome): name for outcome, name in labels.OUTCOMES.items()},
        clocks={str(clock): name for clock, name in labels.CLOCKS.items()},
        categories=CATEGORIES | _matters(session, _met(Order.event_edition_id, shown)),
        grids=_grids(session, _met(Order.grid_id, shown)),
        squads=dict(session.execute(select(Squad.code, Squad.name)).all()),
        partners=dict(session.execute(select(Partner.code, Partner.name)).all()),
    )


def _met(column: InstrumentedAttribute[uuid.UUID | None], shown: Sequence[Which]) -> CompoundSelect[Any]:
    """What the orders have in this column, each once."""
    return union(*(select(column).where(*which) for which in shown))


def _matters(session: Session, lists: CompoundSelect[Any]) -> dict[str, str]:
    asked = select(EventType.code, EventType.name).where(EventType.edition_id.in_(lists))
    return dict(session.execute(asked.order_by(EventType.edition_id)).all())


def _grids(session: Session, grids: CompoundSelect[Any]) -> dict[str, GridName]:
    """Where a map was redrawn, a code goes by its newest name."""
    asked = (
        select(Grid.code, Grid.name, Area.code, Area.name)
        .join(Area, Area.id == Grid.area_id)
        .join(Edition, Edition.id == Grid.edition_id)
        .where(Grid.id.in_(grids))
        .order_by(Edition.imported_at)
    )
    return {
        code: GridName(name=name, area=area, area_name=area_name)
        for code, name, area, area_name in session.execute(asked)
    }
