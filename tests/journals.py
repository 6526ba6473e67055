"""Journals for the tests: rows as the rooms would write them, and writers that get in each other's way."""

import datetime as dt
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from tests.ground.databases import url_as
from tests.ground.postgresql import LEADER
from tests.ground.processes import until
from town import journal
from town.database import Database
from town.errors import Refused
from town.journal.models import Event

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
SUBJECTS = 7
ROWS = 40


def entry(number: int, at: dt.datetime = NOW) -> journal.Entry:
    """The ``number``-th event of a day on which a few orders take turns."""
    subject = f"order:{number % SUBJECTS}"
    data = {"squad": "城中片区中队", "number": number}
    return journal.Entry(subject, number // SUBJECTS + 1, "order.dispatched", "account:陈静", at, data)


def fill(database: Database, count: int = ROWS) -> list[uuid.UUID]:
    """Write ``count`` events, with words beside them; gives back the ids in the order they were written."""
    with database.write() as session:
        written = journal.append_many(session, [entry(number) for number in range(count)])
        for number in range(SUBJECTS):
            journal.keep_words(session, subject=f"order:{number}", field="words", body=f"占道经营 {number}", at=NOW)
    return written


def write_one(database: Database, luck: random.Random, slowest: float = 0.0) -> uuid.UUID | None:
    """One more version of some order, in a transaction that dawdles and is now and then given up: then None."""
    subject = f"order:{luck.randrange(SUBJECTS)}"
    try:
        with database.write() as session:
            newest = session.scalar(select(func.max(Event.version)).where(Event.subject == subject)) or 0
            identifier = journal.append(
                session,
                subject=subject,
                version=newest + 1,
                kind="order.accepted",
                actor="account:苏敏",
                at=NOW,
                data={"place": luck.random()},
            )
            time.sleep(luck.random() * slowest)
            if luck.random() < 0.1:
                raise GivenUp
        return identifier
    except (GivenUp, Refused):
        return None


class GivenUp(Exception):
    """The writer changed his mind."""


def read_all(database: Database, position: int = 0) -> list[journal.Numbered]:
    """Every numbered row after ``position``, page by page."""
    pages = []
    while page := _page(database, position):
        pages += page
        position = page[-1].position
    return pages


def _page(database: Database, position: int) -> list[journal.Numbered]:
    with database.read() as session:
        return journal.read_after(session, position, limit=100)


def verdict(database: Database) -> journal.Verdict:
    """What a verification says."""
    with database.read() as session:
        return journal.verify(session)


@contextmanager
def running(*tasks: Callable[[], object]) -> Iterator[None]:
    """Run the tasks beside what is done inside, and wait for their end."""
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()


@contextmanager
def leading(database: Database) -> Iterator[None]:
    """A numbering leader beside what is done inside; SQLite needs none."""
    over = threading.Event()
    tasks = [] if database.sqlite else [lambda: journal.lead(url_as(database, LEADER), over.is_set)]
    with running(*tasks):
        try:
            yield
        finally:
            over.set()


class Follower:
    """Reads whenever the bell rings, and keeps the ids in the order he met them."""

    def __init__(self, database: Database) -> None:
        self.over = threading.Event()
        self.ids: list[uuid.UUID] = []
        self._database = database

    def follow(self) -> None:
        """Until he is told that it is over."""
        bell, position = journal.Bell(self._database), 0
        while not self.over.is_set():
            for row in read_all(self._database, position):
                self.ids.append(row.id)
                position = row.position
            bell.wait(0.5)
        bell.close()

    def wait_for(self, count: int) -> None:
        """Until he has read so many."""
        until(lambda: len(self.ids) >= count, f"{count} rows to be read")


@contextmanager
def following(database: Database) -> Iterator[Follower]:
    """A reader who knows only his position."""
    reader = Follower(database)
    with running(reader.follow):
        try:
            yield reader
        finally:
            reader.over.set()
