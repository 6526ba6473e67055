"""The load of every grid (网格负荷): how many orders are open there, how many are late, how many soon will be."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.models import Order
from grids.models import Grid
from maps.schemas import LoadOut
from maps.subjects import OPEN, WAITED_FOR, of_order
from town.clock import Instant
from town.watch import Deadline

SOON = dt.timedelta(hours=2)


def by_grid(session: Session, now: Instant) -> list[LoadOut]:
    """Every grid that has open orders, by code. An order counts by the clock that is due first; one query."""
    first_due = (
        select(func.min(Deadline.due_at)).where(Deadline.subject == of_order(session), *WAITED_FOR).correlate(Order)
    )
    pressing = select(Grid.code, first_due.scalar_subquery().label("due"))
    orders = pressing.select_from(Order).outerjoin(Grid, Grid.id == Order.grid_id).where(OPEN).subquery()
    is_late = func.count().filter(orders.c.due < now)
    is_soon = func.count().filter(orders.c.due.between(now, now + SOON))
    found = session.execute(select(orders.c.code, func.count(), is_late, is_soon).group_by(orders.c.code))
    loads = [LoadOut(grid=grid, open=open, late=late, due_soon=soon) for grid, open, late, soon in found]
    return sorted(loads, key=lambda load: load.grid or "")
