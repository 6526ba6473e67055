"""Durable readers of the journal: each knows a position, acts on what comes after it, and only then moves on."""

from collections.abc import Callable, Sequence

from town import clock, journal
from town.database import Database
from town.journal import Numbered

BATCH = 200
PATIENCE = 1.0
"""The bell wakes a reader; this is how long it waits for it before it looks by itself, and before it sees a stop."""

Act = Callable[[Sequence[Numbered]], bool]
"""Does what a batch asks for. False: not done, ask again. May be given the same events twice."""
Stopped = Callable[[], bool]


def follow(database: Database, reader: str, act: Act, stopped: Stopped) -> None:
    """1. Read after the cursor. 2. Act. 3. Move the cursor, only when all is done. 4. Nothing new: wait for the bell."""
    bell = journal.Bell(database)
    try:
        while not stopped():
            if not read_on(database, reader, act):
                bell.wait(PATIENCE)
    finally:
        bell.close()


def read_on(database: Database, reader: str, act: Act) -> bool:
    """One batch. Gives back whether there was anything to read and all of it is done."""
    with database.read() as session:
        events = journal.read_after(session, journal.cursor(session, reader), BATCH)
    if not events or not act(events):
        return False
    with database.write() as session:
        journal.advance(session, reader, events[-1].position, clock.now())
    return True
