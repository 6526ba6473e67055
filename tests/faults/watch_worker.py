"""A process that watches until it is killed: ``watch_worker.py URL FOLDER [alone]``.

It acts on a due clock, and on each rung of its ladder, by writing a row into ``rung``, a table that forgives a second one,
so that it would be seen.
``alone``: it does not ask who leads, so that only the claims keep several apart.
"""

import os
import sys
import time
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from town import clock, leadership, watch
from town.clock import Instant
from town.database import Database
from town.watch import Deadline, Rung

PAUSE = 0.02
ACT = 0.003
"""Seconds an act takes, so that kills fall into the middle of one."""


def main(url: str, folder: str, *alone: str) -> None:
    """Watch for ever."""
    database = Database(url, pool_size=2)
    lead = leadership.leadership(url, "watch", Path(folder))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        leads = alone or lead.try_acquire()
        if not leads or not watch.tick(database, clock.now(), {"accept": ring}, climb, limit=5):
            time.sleep(PAUSE)


def ring(session: Session, deadline: Deadline, _now: Instant) -> None:
    """Act, and take one's time."""
    _write(session, deadline, "due")


def climb(session: Session, deadline: Deadline, rung: Rung, _now: Instant) -> None:
    """Raise the alarm of a rung, which takes as long."""
    _write(session, deadline, rung.level)


def _write(session: Session, deadline: Deadline, act: str) -> None:
    row = {"deadline": deadline.id.hex, "pid": os.getpid(), "act": act}
    session.execute(text("INSERT INTO rung (deadline, pid, act) VALUES (:deadline, :pid, :act)"), row)
    time.sleep(ACT)


if __name__ == "__main__":
    main(*sys.argv[1:])
