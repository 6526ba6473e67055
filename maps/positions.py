"""Where the squads are (队伍位置): the last place each tablet told, for half an hour; no track, no person."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.schemas import Coded
from maps.schemas import PositionOut, PositionsOut
from town import clock, positions
from town.clock import Instant
from town.database import Database
from town.people import Squad

SHOWN = dt.timedelta(minutes=30)
"""Older than that, it says nothing about where somebody is."""
PAUSE_SECONDS = 2.0
"""However often the tablets tell, screens are told no more often than this."""


def shown(session: Session, now: Instant) -> PositionsOut:
    """The tablets heard of in the last half hour, by code. Degrees, CGCS2000."""
    names = dict(session.execute(select(Squad.code, Squad.name)).all())
    return PositionsOut(
        at=now,
        positions=[
            PositionOut(
                device=seen.device,
                squad=Coded(code=seen.squad, name=names[seen.squad]),
                lon=seen.lon,
                lat=seen.lat,
                accuracy_m=seen.accuracy_m,
                at=seen.at,
                age_s=max(0, round((now - seen.at).total_seconds())),
            )
            for seen in positions.current(session, now - SHOWN)
        ],
    )


class Moves:
    """Asks where the squads are, every two seconds at most, and says so when it has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked_at = float("-inf")
        self._known: frozenset[tuple[str, Instant]] = frozenset()

    def news(self) -> PositionsOut | None:
        """All positions when one of them is new or gone; None when nothing moved, or when it was asked just now."""
        if clock.elapsed() - self._asked_at < PAUSE_SECONDS:
            return None
        with self._database.read() as session:
            seen = shown(session, clock.now())
        self._asked_at = clock.elapsed()
        before, self._known = self._known, frozenset((one.device, one.at) for one in seen.positions)
        return seen if self._known != before else None
