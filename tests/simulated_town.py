"""A past October of 云溪镇, order by order, for what is simulated on it: who is on duty, and how fast each squad was."""

import datetime as dt
import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dispatch.rules.workflow import Action, Outcome
from dispatch.services import NewReport, Wish, receive, take_step
from tests.ground.cast import EAST, INNER, LIN_XIAOFENG, WU_YUE, ZHAO_HAI, Cast, Person
from tests.ground.lists import STALLS
from tests.ground.web import HALF, LAT, LON, MASTER_KEY
from town import ids, profile
from town.access import Actor
from town.database import Database
from town.people import Role
from town.roster import Shift
from town.staff import ShiftEntry

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
LEADERS = {INNER: LIN_XIAOFENG, EAST: ZHAO_HAI}
SEEN = (20 * MINUTE, 60 * MINUTE, 25 * HOUR, 30 * HOUR, 31 * HOUR)
"""How long after the report it is signed for, arrived at, handled, checked and closed, if nothing else is said."""


def local(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of October 2026 in the town."""
    return dt.datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI).astimezone(dt.UTC)


def actor(cast: Cast, person: Person) -> Actor:
    account = cast.account(person)
    return Actor(f"account:{account.id}", account.id, None, frozenset(map(Role, account.roles)), account.squad_id)


def live(
    session: Session, cast: Cast, at: dt.datetime, *, east: bool = False, lon: float | None = None, after=SEEN
) -> uuid.UUID:
    """One order from its report to its closing, each step so long after the report; ``after`` may be cut short."""
    place = lon if lon is not None else LON + (HALF if east else -HALF)
    new = NewReport(place, LAT, "wgs84", 5.0, "占道", at, "app", None, STALLS)
    order = receive(session, profile.current(session), MASTER_KEY, new, at).order
    leader, checker = actor(cast, LEADERS[EAST if east else INNER]), actor(cast, WU_YUE)
    fixed = {"outcome": Outcome.FIXED, "words": "已整改"}
    steps = (
        (leader, Action.ACCEPT, {}),
        (leader, Action.ARRIVE, {}),
        (leader, Action.HANDLE, fixed),
        (checker, Action.CHECK, {}),
        (checker, Action.CLOSE, {"words": "已整改，谢谢您"}),
    )
    for (who, action, given), wait in zip(steps, after, strict=False):
        order = take_step(session, who, order.id, Wish(action, order.version, given), at + wait)
    return order.id


def october(database: Database, cast: Cast) -> dict[str, uuid.UUID]:
    """By day on duty from 8 to 20; 城中 signs after 20 minutes, 城东 after 40; one order comes at night."""
    with database.write() as session:
        session.add_all(_shifts(cast))
        session.flush()
        lived = {f"inner{day}": live(session, cast, local(day, 9), lon=LON - 0.03 + day / 2000) for day in (12, 13, 14)}
        slow = (40 * MINUTE, *SEEN[1:])
        lived |= {
            f"east{day}": live(session, cast, local(day, 10), east=True, lon=LON + 0.01 + day / 2000, after=slow)
            for day in (12, 13)
        }
        night = tuple(7 * HOUR + wait for wait in SEEN)
        lived["night"] = live(session, cast, local(20, 1), lon=LON - 0.015, after=night)
        lived["open"] = live(session, cast, local(30, 9), lon=LON - 0.012, after=SEEN[:2])
    return lived


def _shifts(cast: Cast) -> Iterator[Shift]:
    for day in range(1, 32):
        for squad, leader in LEADERS.items():
            yield Shift(
                id=ids.new_id(),
                squad_id=cast.squad_id(squad),
                account_id=cast.account(leader).id,
                starts_at=local(day, 8),
                ends_at=local(day, 20),
                leads=True,
            )


def by_day() -> list[ShiftEntry]:
    """The roster as it was."""
    return [
        ShiftEntry(squad, leader.login, local(day, 8), local(day, 20), True)
        for day in range(1, 32)
        for squad, leader in LEADERS.items()
    ]


def day_and_night() -> list[ShiftEntry]:
    """Somebody always is on duty."""
    return [
        ShiftEntry(squad, leader.login, local(day, 0), local(day, 0) + DAY, True)
        for day in range(1, 32)
        for squad, leader in LEADERS.items()
    ]
