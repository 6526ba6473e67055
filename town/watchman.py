"""The watchman (值守): keeps the trusted time between looks, leaves a beat in the database, and reads it after a restart."""

import datetime as dt
import ipaddress
import threading
from collections.abc import Callable

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from town import clock, journal, trusted_time
from town.clock import Instant, Look
from town.database import Database
from town.trusted_time import Believed
from town.watch import Beat

SUBJECT = "watch"
ACTOR = "system:watch"
BEAT_EVERY = dt.timedelta(seconds=10)
ELSEWHERE = text("SELECT inet_server_addr()::text, clock_timestamp()")

LOG = structlog.get_logger()


class Watchman:
    """What time it is, for everything that happens of itself. One for a process; threads may share it."""

    def __init__(self, database: Database, look: Callable[[], Look] = clock.look) -> None:
        self._database, self._look = database, look
        self._lock = threading.Lock()
        with database.read() as session:
            self._believed = trusted_time.first(look(), last(session))
        self._written: Beat | None = None

    def now(self) -> Instant:
        """The trusted time. Says in the log when the wall's clock begins to differ, and when it agrees again."""
        with self._lock:
            before, self._believed = self._believed, self._next()
            _tell(before, self._believed)
            return self._believed.at

    def beat(self) -> None:
        """Leave word that somebody watches, every few seconds; whoever leads calls it all the time."""
        now = self.now()
        if self._written and abs(now - self._written.at) < BEAT_EVERY:
            return
        with self._database.write() as session:
            self._heed(last(session))
            believed = self._believed
            told = session.get(Beat, 1)
            if believed.jumped and not (told and told.wall != told.at):
                data = {"skew_seconds": believed.skew.total_seconds()}
                journal.note(session, subject=SUBJECT, kind="watch.jumped", actor=ACTOR, at=believed.at, data=data)
            self._written = session.merge(_row(believed))
            session.flush()
            session.expunge(self._written)

    def _heed(self, beat: Believed | None) -> None:
        """What others wrote since: a beat taken away says that the wall is right, another's beat what it believed."""
        with self._lock:
            if beat is None and self._written:
                self._believed = trusted_time.first(self._look(), None)
            elif beat and self._is_anothers(beat):
                self._believed = trusted_time.then(self._look(), beat, self._witness)

    def _is_anothers(self, beat: Believed) -> bool:
        """Of another process of this machine; clocks of another machine cannot be compared."""
        mine = self._written and beat.look.steady == self._written.steady
        return not mine and beat.look.boot == self._believed.look.boot

    def _next(self) -> Believed:
        return trusted_time.then(self._look(), self._believed, self._witness)

    def _witness(self) -> Instant | None:
        """The database server's clock, when it stands on another machine."""
        if self._database.sqlite:
            return None
        with self._database.read() as session:
            address, there = session.execute(ELSEWHERE).one()
        return there if address and not ipaddress.ip_interface(address).ip.is_loopback else None


def last(session: Session) -> Believed | None:
    """What was believed at the last beat; None before the first one."""
    row = session.get(Beat, 1)
    return Believed(row.at, Look(row.wall, row.steady, row.boot), row.wall - row.at) if row else None


def trust(session: Session, actor: str, now: Instant) -> bool:
    """An administrator says that the machine's clock is right. False when nobody doubted it."""
    row = session.get(Beat, 1)
    if row is None or row.wall == row.at:
        return False
    data = {"skew_seconds": (row.wall - row.at).total_seconds()}
    journal.note(session, subject=SUBJECT, kind="watch.trusted", actor=actor, at=now, data=data)
    session.delete(row)
    return True


def _row(believed: Believed) -> Beat:
    look = believed.look
    return Beat(id=1, at=believed.at, wall=look.wall, steady=look.steady, boot=look.boot)


def _tell(before: Believed, after: Believed) -> None:
    if after.jumped and not before.jumped:
        LOG.error("watch.clock_jumped", skew_seconds=round(after.skew.total_seconds(), 1))
    if before.jumped and not after.jumped:
        LOG.warning("watch.clock_agrees_again")
