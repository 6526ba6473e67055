"""Several processes watch the same clocks and are killed at their work: each due clock acts once."""

import datetime as dt
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tests.ground.databases import on_postgresql, on_sqlite
from tests.ground.processes import Processes, until
from town import clock, watch
from town.database import Database
from town.terms import Calendar, Term, Unit

WORKER = Path(__file__).with_name("watch_worker.py")
ROOT = WORKER.parents[2]
CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), ((dt.time(8), dt.time(18)),), {}, frozenset())
CLOCKS, MANY = 300, 1000
SPREAD, LONG_SPREAD = dt.timedelta(seconds=1), dt.timedelta(seconds=25)
LADDER = (("red", 100), ("supervise", 105))
"""Of a minute: at its end, and 3 seconds later."""
KILLED_EVERY = 2
LATEST = dt.timedelta(seconds=15)


@dataclass
class Crew:
    """The processes that watch, and the database they watch."""

    database: Database
    processes: Processes
    folder: Path
    alone: bool

    def __post_init__(self):
        self.running, self.hired = {}, 0

    def hire(self, number):
        """Start processes and wait until they watch."""
        logs = [self.folder / f"worker-{self.hired + one}" for one in range(number)]
        self.hired += number
        url = self.database.url.render_as_string(hide_password=False)
        words = [sys.executable, str(WORKER), url, str(self.folder), *(["alone"] if self.alone else [])]
        for log in logs:
            process = self.processes.start(words, log, environment={"PYTHONPATH": str(ROOT)})
            self.running[process.pid] = process
        until(lambda: all("ready" in log.read_text() for log in logs), "the watching processes to be ready")

    def kill_who_acted_last(self):
        """kill -9 the process that is at work, most likely in the middle of an act."""
        until(lambda: self.acts()[-1][1] in self.running, "another process to act")
        self.processes.stop(self.running.pop(self.acts()[-1][1]), signal.SIGKILL)

    def replace_who_leads(self):
        """kill -9 the process that acted last, if it still lives, and hire another."""
        leader = self.running.pop(self.acts()[-1][1], None)
        if leader:
            self.processes.stop(leader, signal.SIGKILL)
            self.hire(1)
        return bool(leader)

    def wait_for(self, number):
        """Wait until so many acts are committed."""
        until(lambda: len(self.acts()) >= number, f"{number} acts")

    def acts(self):
        """(deadline, pid, act) of every committed act, oldest first."""
        with self.database.read() as session:
            return [tuple(row) for row in session.execute(text("SELECT deadline, pid, act FROM rung ORDER BY nr"))]

    def dismiss(self):
        """Kill whoever is left."""
        for process in self.running.values():
            self.processes.stop(process, signal.SIGKILL)


@pytest.fixture
def crew(request, database, owner, processes, tmp_path):
    key = "INTEGER PRIMARY KEY" if database.sqlite else "bigint GENERATED ALWAYS AS IDENTITY"
    with owner(database).write() as session:
        session.execute(text(f"CREATE TABLE rung (nr {key}, deadline varchar(40), pid integer, act varchar(20))"))
        if not database.sqlite:
            session.execute(text("GRANT ALL ON rung TO PUBLIC"))
    hired = Crew(database, processes, tmp_path, alone=request.param)
    yield hired
    hired.dismiss()


def start_clocks(database, number=CLOCKS, spread=SPREAD, ladder=()):
    """Clocks that come due one after the other during the next seconds."""
    now, term = clock.now(), Term(1, Unit.MINUTES)
    with database.write() as session:
        for one in range(number):
            at = now - dt.timedelta(minutes=1) + one * spread / number
            facts = {"kind": "accept", "term": term, "calendar": CALENDAR, "at": at, "recorded_at": at}
            watch.start(session, subject=f"order:{one}", ladder=ladder, **facts)


def work_and_die(crew, workers):
    """All but one of the workers are killed on the way; return how many had acted."""
    crew.hire(workers)
    start_clocks(crew.database)
    for share in range(1, workers):
        crew.wait_for(CLOCKS * share // workers)
        crew.kill_who_acted_last()
    until(lambda: not running(crew.database), "no clock to run any more")
    return len({pid for _, pid, _ in crew.acts()})


def running(database):
    with database.read() as session:
        return session.scalar(text("SELECT count(*) FROM deadline WHERE state <> 'missed'"))


def missed(database):
    """How often the journal says of each clock that it was missed."""
    with database.read() as session:
        told = session.execute(text("SELECT subject FROM journal WHERE kind = 'clock.missed'"))
        return Counter(subject for (subject,) in told)


def each_acted_once(crew):
    acts = Counter(deadline for deadline, _, _ in crew.acts())
    return len(acts) == CLOCKS and set(acts.values()) == {1} and Counter(missed(crew.database).values()) == {1: CLOCKS}


@on_postgresql
@pytest.mark.parametrize("crew", [False], indirect=True)
def test_five_workers_whose_leader_is_killed_again_and_again_act_on_each_due_clock_once(crew):
    assert work_and_die(crew, 5) == 5
    assert each_acted_once(crew)


@on_postgresql
@pytest.mark.parametrize("crew", [True], indirect=True)
def test_five_workers_that_nobody_leads_act_on_each_due_clock_once_whoever_is_killed(crew):
    work_and_die(crew, 5)
    assert each_acted_once(crew)


def climbing(database):
    with database.read() as session:
        return session.scalar(text("SELECT count(*) FROM deadline WHERE wakes_at IS NOT NULL"))


def latest(database):
    """By how much the latest clock was noticed after it was due, by the service's own stamps."""
    with database.read() as session:
        return session.scalar(text("SELECT max(noticed_at - due_at) FROM deadline"))


@on_postgresql
@pytest.mark.parametrize("crew", [False], indirect=True)
def test_a_thousand_clocks_and_their_rungs_act_once_and_in_time_though_who_leads_is_killed_all_the_time(
    crew, town, record_property
):
    crew.hire(5)
    start_clocks(crew.database, MANY, LONG_SPREAD, LADDER)
    crew.wait_for(1)
    killed = 0
    while climbing(crew.database):
        time.sleep(KILLED_EVERY)
        killed += crew.replace_who_leads()
    acts = Counter((deadline, act) for deadline, _, act in crew.acts())
    record_property("killed", killed)
    record_property("latest_seconds", latest(crew.database).total_seconds())
    assert killed >= 3
    assert set(acts.values()) == {1}
    assert Counter(act for _, act in acts).items() >= {"due": MANY, "supervise": MANY}.items()
    assert Counter(missed(crew.database).values()) == {1: MANY}
    assert latest(crew.database) <= LATEST


@on_sqlite
@pytest.mark.parametrize("crew", [False, True], indirect=True)
def test_three_workers_on_sqlite_act_on_each_due_clock_once_whoever_is_killed(crew):
    work_and_die(crew, 3)
    assert each_acted_once(crew)
