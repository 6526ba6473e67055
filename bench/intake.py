"""What one report costs over HTTP on PostgreSQL, in CPU per request, beside the bare floor in the same run.

Run with ``make bench``. Rounds alternate between floor and product, so that a noisy minute hits both. CPU is taken from
the process trees of the web server, the numbering leader and the database server, not from the clock on the wall.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy import text

from dispatch.services import serving
from grids import files
from grids import services as grids
from grids.files import Fields
from service import migrate
from service.demo import land
from service.founding import NewTown, found
from tests.ground.postgresql import LEADER, WEB, Cluster
from tests.ground.processes import Processes, free_port
from town import clock
from town.database import Database

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
DURABLE = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
}
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
CONNECTIONS = 8
LEADER_CODE = "import sys; from town import journal, logs; logs.configure(); journal.lead(sys.argv[1], lambda: False)"


@dataclass(frozen=True)
class Side:
    """One of the two servers under the same load: its port, and the processes whose CPU counts."""

    name: str
    port: int
    trees: dict[str, int]


@dataclass(frozen=True)
class Round:
    """One round: reports taken, refused, latencies in milliseconds, CPU milliseconds a report by part."""

    taken: int
    refused: int
    p50_ms: float
    p99_ms: float
    rate: float
    cpu_ms: dict[str, float]

    @property
    def total_ms(self) -> float:
        """CPU of all parts together, a report."""
        return sum(self.cpu_ms.values())


def main() -> None:
    """Measure, print, and keep the figures under ``bench/results``."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing; `make system-packages` installs it")
    with stage() as (floor, product, box):
        rounds: dict[str, list[Round]] = {"floor": [], "product": []}
        for number in range(ROUNDS + 1):
            for side in (floor, product):
                measured = load(side, box)
                if number:  # the first round warms both up
                    rounds[side.name].append(measured)
                    say(
                        f"{side.name:8} {measured.rate:7.0f}/s  {measured.total_ms:.2f} ms CPU  p99 {measured.p99_ms:.1f} ms"
                    )
    keep(rounds)


@contextmanager
def stage() -> Iterator[tuple[Side, Side, str]]:
    """A durable PostgreSQL with the demo town on it, and both servers running."""
    processes = Processes()
    try:
        cluster = Cluster(processes, DURABLE)
        name = cluster.create()
        owner = Database(cluster.url(name))
        migrate.upgrade(owner)
        cluster.create_logins()
        box = settle(owner)
        with owner.engine.begin() as connection:
            connection.execute(text(FLOOR_SCHEMA))
        owner.close()
        folder = processes.folder()
        database = cluster.server.pid
        floor = start_floor(processes, folder, cluster.url(name).replace("+psycopg", ""), database)
        product = start_product(processes, folder, cluster, name, database)
        yield floor, product, box
    finally:
        processes.close()


FLOOR_SCHEMA = (Path(__file__).parent / "floor.sql").read_text()


def settle(owner: Database) -> str:
    """The demo town with its map and squads. Gives back the box that lies inside it, as the load script reads it."""
    layer = files.read_geojson(json.dumps(land.feature_collection()).encode(), "demo", declare="EPSG:4490")
    survey = grids.check(layer, Fields(code="code", area="area_code", name="name", area_name="area_name"), 4549)
    now = clock.now()
    with owner.write() as session:
        found(session, NewTown(code="yunxi", name="云溪镇"), now)
        edition = grids.activate(
            session,
            grids.import_edition(session, survey, "bench", actor="system:bench", now=now),
            actor="system:bench",
            now=now,
        )
        serving.one_squad_each(session, grids.areas(session), "system:bench", now)
        west, south, east, north = grids.bounds(session, edition.id)
    middle, half = ((west + east) / 2, (south + north) / 2), ((east - west) / 4, (north - south) / 4)
    return f"{middle[0] - half[0]},{middle[1] - half[1]},{middle[0] + half[0]},{middle[1] + half[1]}"


def start_floor(processes: Processes, folder: Path, dsn: str, database: int) -> Side:
    """The bare handler under the same web server."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-w",
        "2",
        "-k",
        "gthread",
        "--threads",
        "16",
        "-b",
        f"127.0.0.1:{port}",
    ]
    environment = {"FLOOR_DSN": dsn, "PYTHONPATH": str(ROOT)}
    web = processes.start(
        [*command, "--no-control-socket", "bench.floor:app"], folder / "floor.log", environment=environment
    )
    wait_until_listening(port)
    return Side("floor", port, {"web": web.pid, "database": database})


def start_product(processes: Processes, folder: Path, cluster: Cluster, name: str, database: int) -> Side:
    """The product's own web process and the numbering leader."""
    port = free_port()
    environment = {
        "WANGGE_DATA": str(folder / "data"),
        "WANGGE_DATABASE_URL": cluster.url(name, WEB),
        "WANGGE_NUMBERER_URL": cluster.url(name, LEADER),
        "WANGGE_MASTER_KEY": "only-for-the-bench-only-for-the-bench-only",
        "WANGGE_MQTT_PASSWORD": "only-for-the-bench",
        "WANGGE_PORT": str(port),
    }
    web = processes.start([sys.executable, "-m", "service", "web"], folder / "web.log", environment=environment)
    leader = [sys.executable, "-c", LEADER_CODE, cluster.url(name, LEADER)]
    numbering = processes.start(leader, folder / "leader.log", environment=environment | {"PYTHONPATH": str(ROOT)})
    wait_until_listening(port)
    return Side("product", port, {"web": web.pid, "leader": numbering.pid, "database": database})


def wait_until_listening(port: int) -> None:
    """Until somebody accepts connections."""
    began = clock.elapsed()
    while not any(found.laddr.port == port and found.status == "LISTEN" for found in psutil.net_connections("tcp")):
        if clock.elapsed() - began > 30:
            sys.exit(f"nothing listens on port {port}")


def load(side: Side, box: str) -> Round:
    """One round of load from a closed loop of eight connections."""
    before = {name: cpu_seconds(pid) for name, pid in side.trees.items()}
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(Path(__file__).with_name("load.lua"))]
    environment = {**os.environ, "BENCH_BOX": box}
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{side.port}/"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    figures = next(line.split()[1:] for line in said.splitlines() if line.startswith("FIGURES"))
    taken, refused, p50, p99 = int(figures[0]), int(figures[1]), float(figures[2]), float(figures[3])
    if not taken or refused:
        sys.exit(f"{side.name}: {taken} taken, {refused} refused")
    cpu = {name: (cpu_seconds(pid) - before[name]) * 1e3 / taken for name, pid in side.trees.items()}
    return Round(taken, refused, p50, p99, taken / SECONDS, cpu)


def cpu_seconds(pid: int) -> float:
    """CPU of a process and all its children, those that have ended included."""
    root = psutil.Process(pid)
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def keep(rounds: dict[str, list[Round]]) -> None:
    """Medians, their ratio, and a file that the next change is compared with."""
    medians = {
        side: {"cpu_ms": median(of, lambda one: one.total_ms), "rate": median(of, lambda one: one.rate)}
        for side, of in rounds.items()
    }
    parts = {
        side: {part: median(of, lambda one, part=part: one.cpu_ms[part]) for part in of[0].cpu_ms}
        for side, of in rounds.items()
    }
    ratio = round(medians["floor"]["cpu_ms"] / medians["product"]["cpu_ms"], 3)
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "rounds": ROUNDS,
        "medians": medians,
        "parts_cpu_ms": parts,
        "floor_to_product": ratio,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "intake.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    say(json.dumps(result, ensure_ascii=False, indent=1))


def median(rounds: list[Round], figure: Callable[[Round], float]) -> float:
    """The median of one figure, rounded."""
    return round(statistics.median(figure(one) for one in rounds), 3)


def commit() -> str:
    """What was measured."""
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def say(line: str) -> None:
    """Progress, a line at a time."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
