"""What the indicators of a month cost, and what freezing it costs, by how many orders the month has, on both engines.

Run with ``python -m bench.figures``, or with everything else by ``make bench``. The orders are written straight into the
tables, as intake, steps and ratings would have left them. CPU seconds of this process and of the database together, medians.
"""

import datetime as dt
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from sqlalchemy import text

from bench.intake import DURABLE, RESULTS, commit, cpu_seconds, say
from oversight.rules import periods
from oversight.rules.counting import By
from oversight.services.appraisal import appraisal
from oversight.services.figures import figures
from service import migrate
from tests.ground import cast, lists, web
from tests.ground.postgresql import Cluster
from tests.ground.processes import Processes
from tests.services import many_orders
from town import clock, profile
from town.database import Database

SIZES = tuple(map(int, os.environ.get("BENCH_ORDERS", "1000,10000").split(",")))
TIMES = 3
GOAL_SECONDS = 5
NOVEMBER, DECEMBER = periods.parse("2026-11"), dt.datetime(2026, 12, 7, tzinfo=dt.UTC)

Work = Callable[[Database], None]


class Undone(Exception):
    """Only tried."""


def main() -> None:
    """Measure, print, and keep the figures under ``bench/results``."""
    processes = Processes()
    try:
        cluster = Cluster(processes, DURABLE)
        folder = processes.folder()
        spent = {
            "postgresql": {size: _of(cluster.url(cluster.create()), size, cluster.server.pid) for size in SIZES},
            "sqlite": {size: _of(f"sqlite:///{folder}/town_{size}.sqlite3", size) for size in SIZES},
        }
        keep(spent)
    finally:
        processes.close()


def keep(spent: Mapping[str, Mapping[int, Mapping[str, float]]]) -> None:
    """The figures, and whether the largest month is within the goal on both engines."""
    largest = [by_size[max(SIZES)]["table"] for by_size in spent.values()]
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "cpu_seconds_by_orders": spent,
        "goal_seconds": GOAL_SECONDS,
        "within_goal": max(largest) <= GOAL_SECONDS,
    }
    RESULTS.mkdir(exist_ok=True)
    written = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / "figures.json").write_text(written + "\n")
    say(written)


def _of(url: str, orders: int, server: int | None = None) -> dict[str, float]:
    """What a month of so many orders costs."""
    database = _town(url, orders)
    try:
        return {name: _median(database, work, server) for name, work in (("table", _count), ("freeze", _freeze))}
    finally:
        database.close()


def _town(url: str, orders: int) -> Database:
    database = Database(url)
    for step in (migrate.upgrade, cast.settle, web.draw, cast.take_up_posts, lists.put_in_force):
        step(database)
    many_orders.write(database, orders)
    if not database.sqlite:  # what the server's own housekeeping does at night
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return database


def _median(database: Database, work: Work, server: int | None) -> float:
    spent = []
    for _ in range(TIMES):
        begun = _cpu(server)
        work(database)
        spent.append(_cpu(server) - begun)
    return round(statistics.median(spent), 2)


def _count(database: Database) -> None:
    """Every indicator by squad."""
    with database.read() as session:
        assert len(figures.table(session, profile.current(session), NOVEMBER, By.SQUAD)) == 2


def _freeze(database: Database) -> None:
    """The whole month with facts, results and digest; taken back."""
    with suppress(Undone), database.write() as session:
        appraisal.freeze(session, profile.current(session), periods.month_of(NOVEMBER.first), "system:bench", DECEMBER)
        raise Undone


def _cpu(server: int | None) -> float:
    return time.process_time() + (cpu_seconds(server) if server else 0.0)


if __name__ == "__main__":
    main()
