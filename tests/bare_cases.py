"""A penalty case as a row and nothing more, for what hangs on cases without asking what is in them."""

import datetime as dt
import uuid

from sqlalchemy import select

from enforcement.models import ListEdition, PenaltyCase
from tests.ground.cast import CENTRE, INNER, SU_MIN, Cast
from tests.ground.lists import POWER_OVER_STALLS
from town import geometry, ids
from town.database import Database

OPENED = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)


def open_bare(
    listed: Database, cast: Cast, *, squad: str = INNER, party: uuid.UUID | None = None, at: dt.datetime = OPENED
) -> uuid.UUID:
    """A case of this squad against this party."""
    case_id = ids.new_id()
    with listed.write() as session:
        edition = session.scalars(select(ListEdition.id).where(ListEdition.kind == "powers")).one()
        session.add(
            PenaltyCase(
                id=case_id,
                version=1,
                state="filed",
                lane="ordinary",
                squad_id=cast.squad_id(squad),
                handlers=[SU_MIN.login],
                power_code=POWER_OVER_STALLS,
                power_edition_id=edition,
                place=geometry.point(*CENTRE),
                acted_on=at.date(),
                party_id=party,
                opened_at=at,
                changed_at=at,
            )
        )
    return case_id
