"""Positions over MQTT (位置上报): hears where the tablets are, keeps the last place of each, drops what cannot be one.

Whoever leads the doorbell hears them on the same line: a broker knows the service by one login, and lets it in once. A
message that is lost or dropped is made good by the next, so nothing here is waited for and nothing is tried again.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Mapping

import structlog
from pydantic import AwareDatetime, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from grids.rules import coordinates
from grids.rules.coordinates import BadPlace, UnknownCrs
from service import mqtt
from town import clock, positions
from town.bodies import Body
from town.clock import Instant
from town.database import Database
from town.people import Device

WRITE_SECONDS = 2.0
"""However often a tablet tells, its place is written no more often than this."""
REPORT_SECONDS = 60.0
NAP_SECONDS = 0.2
AHEAD = dt.timedelta(minutes=5)
"""A clock that is wrong by more says nothing about when somebody was there."""
MOST_DEVICES = 5000
WIDEST = 50_000.0
"""Metres. A circle as wide as a county is no position."""

LOG = structlog.get_logger()

Stopped = Callable[[], bool]


class Told(Body):
    """What a tablet tells: when it was where, in which coordinate system; nothing else is taken."""

    at: AwareDatetime
    lon: float
    lat: float
    crs: str = Field(max_length=20)
    accuracy_m: float | None = Field(default=None, ge=0, le=WIDEST)


class Inbox:
    """The last message of each tablet since somebody looked: however fast they come, each is read once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, bytes] = {}

    def hear(self, topic: str, payload: bytes) -> None:
        """Put a message there; called on the line's own thread, so it does nothing else."""
        device = topic.split("/")[3]
        with self._lock:
            if device in self._last or len(self._last) < MOST_DEVICES:
                self._last[device] = payload

    def take(self) -> dict[str, bytes]:
        """What has come since, by device code."""
        with self._lock:
            taken, self._last = self._last, {}
        return taken


def keep(database: Database, inbox: Inbox, stopped: Stopped) -> None:
    """Write down what comes, until told to stop."""
    keeper = Keeper(database)
    while not stopped():
        keeper.turn(inbox.take(), clock.now())
        _rest(stopped)


class Keeper:
    """Writes places down, counts what it drops, and forgets what is too old."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dropped: Counter[str] = Counter()
        self._tidied_at = clock.elapsed()

    def turn(self, messages: Mapping[str, bytes], now: Instant) -> None:
        """Keep what these messages tell; once a minute say what was dropped, and forget what is older than a shift."""
        judged = {device: judge(payload, now) for device, payload in messages.items()}
        self._dropped.update(why for why in judged.values() if isinstance(why, str))
        if told := {device: place for device, place in judged.items() if isinstance(place, Told)}:
            with self._database.write() as session:
                self._dropped["unknown_device"] += len(told) - _write(session, told)
        if clock.elapsed() - self._tidied_at >= REPORT_SECONDS:
            self._tidy(now)

    def _tidy(self, now: Instant) -> None:
        self._tidied_at = clock.elapsed()
        if dropped := {why: count for why, count in self._dropped.items() if count}:
            LOG.warning("positions.dropped", **dropped)
        self._dropped.clear()
        with self._database.write() as session:
            positions.sweep(session, now)


def judge(payload: bytes, now: Instant) -> Told | str:
    """The place a message tells, in CGCS2000, or why it is dropped: unreadable, place, ahead, old."""
    if len(payload) > mqtt.LARGEST_MESSAGE:
        return "unreadable"
    try:
        told = Told.model_validate_json(payload)
        lon, lat = coordinates.to_cgcs2000(told.lon, told.lat, told.crs)
    except ValidationError:
        return "unreadable"
    except (BadPlace, UnknownCrs):
        return "place"
    if told.at > now + AHEAD:
        return "ahead"
    if told.at < now - positions.KEPT:
        return "old"
    return told.model_copy(update={"lon": lon, "lat": lat, "crs": "cgcs2000", "at": told.at.astimezone(dt.UTC)})


def _write(session: Session, told: Mapping[str, Told]) -> int:
    """Keep the places of tablets that are in use; gives back how many those are."""
    known = session.execute(select(Device.code, Device.id).where(Device.active, Device.code.in_(told))).all()
    for code, device in known:
        place = told[code]
        positions.report(session, device, place.at, place.lon, place.lat, place.accuracy_m)
    return len(known)


def _rest(stopped: Stopped) -> None:
    until = clock.elapsed() + WRITE_SECONDS
    while not stopped() and (left := until - clock.elapsed()) > 0:
        threading.Event().wait(min(left, NAP_SECONDS))
