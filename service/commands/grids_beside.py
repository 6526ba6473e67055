"""What the rooms above the map know of it: who serves its areas, and what is open in its grids."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import Order, Service
from grids.models import Edition, Grid
from grids.rules.faults import Fault, Kind, listed, warn
from grids.services import Survey
from town.people import Squad

ENDED = ("closed", "answered")


def areas_without_squad(session: Session, survey: Survey) -> list[Fault]:
    """One warning for all areas of a map that no squad serves."""
    served = set(
        session.scalars(select(Service.area_code).join(Squad, Squad.id == Service.squad_id).where(Squad.active))
    )
    alone = [code for code in survey.areas if code not in served]
    if not alone:
        return []
    grids = [candidate.code for candidate in survey.candidates if candidate.area_code in alone]
    sentence = f"片区 {listed(alone)}还没有中队，其中 {len(grids)} 个网格的事会没有人接。请在启用前配好中队。"
    return [warn(Kind.NO_SQUAD, sentence, codes=grids, amount=len(alone))]


def open_orders(session: Session, edition: Edition, codes: Collection[str]) -> dict[str, int]:
    """How many orders are open in these grids of an edition, by the grid's code."""
    per_grid = (
        select(Grid.code, func.count())
        .join(Order, Order.grid_id == Grid.id)
        .where(Grid.edition_id == edition.id, Order.state.not_in(ENDED))
        .group_by(Grid.code)
        .order_by(Grid.code)
    )
    return {code: count for code, count in session.execute(per_grid).all() if code in codes}
