"""What a worker does first that was away for a day: 10,000 clocks that came due meanwhile, each acted on once.

Run with ``python -m bench.absence``, or with everything else by ``make bench``. A durable PostgreSQL, the demo's map, one
real order copied 10,000 times. Nineteen in twenty waited for the work of three days, due at some moment of the last day: an
alarm each. One in twenty waited to be signed for since a day: an alarm and a 督办单. The floor, in the same run: the same
clocks with no ladder and nothing to do but to notice.
"""

import datetime as dt
import json
import os
import platform
import random
from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bench.intake import DURABLE, RESULTS, commit, say, settle
from dispatch.services import NewReport, receive
from oversight.models import Alarm, Notice, Supervision
from service import migrate, wakes
from service.demo import land
from tests.ground.postgresql import Cluster
from tests.ground.processes import Processes
from town import clock, ladders, profile, watch
from town.clock import Instant
from town.database import Database
from town.watch import Deadline

CLOCKS = int(os.environ.get("BENCH_CLOCKS", "10000"))
AWAY = dt.timedelta(hours=24)
GOAL_SECONDS = 60
KEY = b"k" * 32

COPY_ORDERS = """
INSERT INTO work_order SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
FROM work_order one, generate_series(2, :number) WHERE one.id = :first
"""
COPY_CLOCKS = """
INSERT INTO deadline SELECT (jsonb_populate_record(one, jsonb_build_object(
    'id', gen_random_uuid(), 'subject', 'order:' || mine.id) || CASE WHEN mine.nr % 20 = 0 THEN '{}' ELSE jsonb_build_object(
    'kind', 'handle', 'amount', 4320, 'ladder', CAST(:ladder AS jsonb), 'started_at', mine.due - interval '3 days',
    'due_at', mine.due, 'wakes_at', mine.due) END)).*
FROM (SELECT id, row_number() OVER () AS nr, CAST(:now AS timestamptz) - random() * interval '24 hours' AS due
      FROM work_order WHERE id <> :first) mine, deadline one WHERE one.subject = 'order:' || CAST(:first AS text)
"""


def main() -> None:
    """Measure, print, and keep the figures under ``bench/results``."""
    processes = Processes()
    try:
        cluster = Cluster(processes, DURABLE)
        now = clock.now()
        floor = _measured(_town(cluster, now, laddered=False), now, lambda database: _plain(database, now))
        product = _measured(_town(cluster, now, laddered=True), now, lambda database: wakes.take_up(database, now))
    finally:
        processes.close()
    keep(floor, product)


def _town(cluster: Cluster, now: Instant, laddered: bool) -> Database:
    """A town whose orders all wait since a day to be signed for."""
    database = Database(cluster.url(cluster.create()))
    migrate.upgrade(database)
    settle(database)
    with database.write() as session:
        first = _order(session, now - AWAY)
        session.execute(text("DELETE FROM deadline WHERE kind <> 'accept'"))
        session.execute(text(COPY_ORDERS), {"number": CLOCKS, "first": first})
        ladder = json.dumps(ladders.of(session, "order.handle"))
        session.execute(text(COPY_CLOCKS), {"first": first, "now": now, "ladder": ladder})
        if not laddered:
            session.execute(text("UPDATE deadline SET ladder = '[]', wakes_at = due_at"))
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    return database


def _order(session: Session, at: Instant) -> str:
    """A real order of a squad's, dispatched a day ago."""
    spot = next(land.places(random.Random(1)))
    new = NewReport(*spot, "wgs84", 5.0, "占道经营", at, "app", None, "other", actor="reporter")
    return str(receive(session, profile.current(session), KEY, new, at).order.id)


def _plain(database: Database, now: Instant) -> None:
    while watch.tick(database, now, {}) == watch.BATCH:
        pass


def _measured(database: Database, now: Instant, work: Callable[[Database], None]) -> dict[str, float]:
    """Seconds until nothing waits any more, and that everything was acted on once."""
    begun = clock.elapsed()
    work(database)
    seconds = clock.elapsed() - begun
    with database.read() as session:
        missed = session.scalar(select(func.count()).select_from(Deadline).where(Deadline.state == watch.State.MISSED))
        told = session.scalar(text("SELECT count(DISTINCT subject) FROM journal WHERE kind = 'clock.missed'"))
        written = session.scalar(text("SELECT count(*) FROM journal WHERE kind = 'clock.missed'"))
        alarms = session.scalar(select(func.count()).select_from(Alarm))
        notices = session.scalar(select(func.count()).select_from(Notice))
        papers = session.scalar(select(func.count()).select_from(Supervision))
    database.close()
    assert missed == told == written == CLOCKS, (missed, told, written)
    return {"seconds": round(seconds, 2), "alarms": alarms or 0, "notices": notices or 0, "supervisions": papers or 0}


def keep(floor: dict[str, float], product: dict[str, float]) -> None:
    """The figures, and whether the goal holds."""
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "clocks": CLOCKS,
        "floor": floor,
        "product": product,
        "ratio": round(floor["seconds"] / product["seconds"], 3),
        "within_goal": product["seconds"] <= GOAL_SECONDS,
    }
    RESULTS.mkdir(exist_ok=True)
    written = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / "absence.json").write_text(written + "\n")
    say(written)


if __name__ == "__main__":
    main()
