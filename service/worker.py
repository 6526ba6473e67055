"""The worker (后台进程): numbers the journal, rings and hears the tablets, answers reporters, follows cases, watches the clocks.

Any number of workers may run, on any number of machines: each piece of work is done by the one that leads it. A duty
that breaks ends the process; its supervisor starts it again. A database that is away is waited for.
"""

import signal
import threading
from collections.abc import Callable
from functools import partial

import psycopg
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from service import answers, cases, doorbell, mqtt, positions, readers, wakes
from service.mqtt import Publisher
from service.positions import Inbox
from service.readers import Act, Stopped
from town import clock, journal, leadership, profile
from town.database import Database
from town.settings import Settings

PAUSE_SECONDS = 1.0
FAREWELL_SECONDS = 3.0
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError)

LOG = structlog.get_logger()

Duty = Callable[[Stopped], None]


class Duties:
    """Threads that end together: when one breaks, or when the process is told to stop."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._broken = False
        self._threads: list[threading.Thread] = []

    def start(self, name: str, duty: Duty) -> None:
        """Do this on a thread of its own until the end."""
        thread = threading.Thread(target=self._perform, args=(name, duty), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def end(self, *_signal: object) -> None:
        """Ask everybody to come to an end."""
        self._ending.set()

    def wait(self) -> bool:
        """Wait for the end, and a little for everybody to get there. True when nothing broke."""
        self._ending.wait()
        until = clock.elapsed() + FAREWELL_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - clock.elapsed()))
        return not self._broken

    def _perform(self, name: str, duty: Duty) -> None:
        try:
            while not self._ending.is_set():
                self._once(name, duty)
        except Exception:
            LOG.exception("worker.broke", duty=name)
            self._broken = True
            self._ending.set()

    def _once(self, name: str, duty: Duty) -> None:
        try:
            duty(self._ending.is_set)
        except AWAY as away:
            LOG.warning("worker.waits", duty=name, error=type(away).__name__)
            self._ending.wait(PAUSE_SECONDS)


def run(settings: Settings, database: Database) -> bool:
    """Work until SIGTERM or SIGINT. False when a duty broke. Raises Refused("town_missing")."""
    with database.read() as session:
        town = profile.current(session).code
    duties = Duties()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, duties.end)
    if not database.sqlite:
        duties.start("numbering", partial(journal.lead, settings.numberer_url))
    inbox = Inbox()
    duties.start("doorbell", partial(_ring, settings, database, town, inbox))
    duties.start("positions", partial(positions.keep, database, inbox))
    duties.start("answers", partial(_read, settings, database, answers.READER, answers.answering(database)))
    duties.start("cases", partial(_read, settings, database, cases.READER, cases.returning(database)))
    scheduler = wakes.start(settings, database)
    try:
        return duties.wait()
    finally:
        scheduler.shutdown(wait=False)


def _ring(settings: Settings, database: Database, town: str, inbox: Inbox, stopped: Stopped) -> None:
    """Who rings the tablets also hears them: the broker lets the service in once."""

    def ring(lost: Stopped) -> None:
        publisher = Publisher(settings, {mqtt.position(town, "+"): inbox.hear})
        try:
            readers.follow(database, doorbell.READER, doorbell.ringing(database, town, publisher, lost), lost)
        finally:
            publisher.close()

    _lead(settings, doorbell.READER, ring, stopped)


def _read(settings: Settings, database: Database, reader: str, act: Act, stopped: Stopped) -> None:
    """A reader of the journal at work, wherever this process leads it."""

    def read(lost: Stopped) -> None:
        readers.follow(database, reader, act, lost)

    _lead(settings, reader, read, stopped)


def _lead(settings: Settings, name: str, work: Duty, stopped: Stopped) -> None:
    """Do the work whenever this process leads it, until the lead is lost or the end comes."""
    with leadership.candidate(settings.numberer_url, name, settings.data) as lead:
        LOG.info("worker.stands_by", duty=name)
        while not stopped():
            if lead.try_acquire():
                LOG.info("worker.leads", duty=name)
                work(lambda: stopped() or not lead.try_acquire())
            else:
                threading.Event().wait(PAUSE_SECONDS)
