"""What a look at the clocks costs beside a million that are over, against the same look at a table with none of them.

Run with ``python -m bench.tick``, or with everything else by ``make bench``. One durable PostgreSQL, two towns that take
turns: one with a million finished clocks, one without. Two figures: a look that finds nothing, and a due clock with a
ladder of five rungs, noticed and journalled. CPU milliseconds of the watch and of the database together, medians.
"""

import datetime as dt
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping

from sqlalchemy import text

from bench.intake import DURABLE, RESULTS, commit, cpu_seconds, say
from service import migrate
from service.founding import NewTown, found
from tests.ground.postgresql import Cluster
from tests.ground.processes import Processes
from town import clock, ladders, profile, watch, workdays
from town.clock import Instant
from town.database import Database
from town.terms import Term, Unit

FINISHED = int(os.environ.get("BENCH_FINISHED", "1000000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
LOOKS, CLOCKS = 1000, 500
GOAL = 1.2
LATE = dt.timedelta(days=30)
FILL = """
INSERT INTO deadline (id, subject, kind, round, amount, unit, started_at, due_at, wakes_at, ladder, rung, provisional,
                      edition, version, state, met_at, noticed_at)
SELECT gen_random_uuid(), 'old:' || n, 'accept', 1, 30, 'minutes', :at, :at, NULL, '[["red",100]]', 1, false, 1, 1,
       CASE n % 3 WHEN 0 THEN 'missed' ELSE 'met' END, :at, :at
FROM generate_series(1, :finished) n
"""


def main() -> None:
    """Measure, print, and keep the figures under ``bench/results``."""
    processes = Processes()
    try:
        cluster = Cluster(processes, DURABLE | {"autovacuum": "off"})  # nobody else's work is counted
        towns = {"empty": _town(cluster, 0), "full": _town(cluster, FINISHED)}
        works = {"nothing due": _look, "a due clock": _act}
        keep({name: _medians(towns, work, cluster.server.pid) for name, work in works.items()})
        for database in towns.values():
            database.close()
    finally:
        processes.close()


def keep(spent: Mapping[str, Mapping[str, float]]) -> None:
    """The figures, how much more a full table costs, and whether the goal holds."""
    ratios = {name: round(figures["full"] / figures["empty"], 3) for name, figures in spent.items()}
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "finished_clocks": FINISHED,
        "cpu_ms": spent,
        "full_to_empty": ratios,
        "within_goal": max(ratios.values()) <= GOAL,
    }
    RESULTS.mkdir(exist_ok=True)
    written = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / "tick.json").write_text(written + "\n")
    say(written)


def _town(cluster: Cluster, finished: int) -> Database:
    """A town with so many clocks that are over."""
    database = Database(cluster.url(cluster.create()))
    migrate.upgrade(database)
    now = clock.now()
    with database.write() as session:
        found(session, NewTown(code="yunxi", name="云溪镇"), now)
        session.execute(text(FILL), {"at": now - LATE, "finished": finished})
    _tidy(database)
    return database


def _tidy(database: Database) -> None:
    """What the server's own housekeeping does at night."""
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE deadline"))
        connection.execute(text("CHECKPOINT"))


Work = Callable[[Database, Instant, int], float]


def _medians(towns: Mapping[str, Database], work: Work, server: int) -> dict[str, float]:
    """CPU milliseconds of one piece of work in each town; the towns take turns."""
    spent: dict[str, list[float]] = {name: [] for name in towns}
    for number in range(ROUNDS + 1):
        for name, database in towns.items():
            figure = work(database, clock.now(), server)
            if number:  # the first round warms up
                spent[name].append(figure)
    return {name: round(statistics.median(figures), 3) for name, figures in spent.items()}


def _look(database: Database, now: Instant, server: int) -> float:
    """A look that finds nothing."""
    begun = _cpu(server)
    for _ in range(LOOKS):
        assert watch.tick(database, now, {}) == 0
    return (_cpu(server) - begun) * 1000 / LOOKS


def _act(database: Database, now: Instant, server: int) -> float:
    """Clocks that all came due: each noticed, journalled, and its highest rung rung."""
    _start(database, now)
    begun, taken = _cpu(server), 0
    while more := watch.tick(database, now, {}):
        taken += more
    spent = _cpu(server) - begun
    assert taken == CLOCKS
    with database.write() as session:
        session.execute(text("DELETE FROM deadline WHERE subject LIKE 'order:%'"))
    _tidy(database)
    return spent * 1000 / CLOCKS


def _start(database: Database, now: Instant) -> None:
    with database.write() as session:
        calendar, ladder = workdays.calendar(session, profile.current(session)), ladders.of(session, "order.handle")
        for number in range(CLOCKS):
            at = now - LATE + dt.timedelta(seconds=number)
            watch.start(
                session,
                subject=f"order:{number}",
                kind="handle",
                term=Term(1, Unit.WORKING_DAYS),
                calendar=calendar,
                at=at,
                recorded_at=at,
                ladder=ladder,
            )


def _cpu(server: int) -> float:
    return time.process_time() + cpu_seconds(server)


if __name__ == "__main__":
    main()
