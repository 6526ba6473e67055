"""kill -9 wherever it hurts: what was acknowledged stands in the journal, numbered once, without a gap."""

import random
import signal
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.ground.databases import on_postgresql, on_sqlite, url_as
from tests.ground.postgresql import LEADER
from tests.ground.processes import until
from tests.journals import Follower, following, read_all, running, verdict, write_one
from town import journal
from town.journal.models import Event

ROOT = Path(__file__).parents[2]
LEAD = "import sys; from town import journal; journal.lead(sys.argv[1], lambda: False)"
WRITERS = 3
LULL = 0.3
SOAK = pytest.mark.timeout(1800)


@pytest.fixture
def candidates(database, processes, tmp_path):
    standing = Candidates(database, processes, tmp_path)
    yield standing
    standing.dismiss()


class Candidates:
    """Processes that want to lead the numbering."""

    def __init__(self, database, processes, folder):
        self._database, self._processes, self._folder = database, processes, folder
        self._running = {}
        self._made = 0

    def stand(self):
        """One more."""
        self._made += 1
        log = self._folder / f"candidate-{self._made}"
        command = [sys.executable, "-c", LEAD, url_as(self._database, LEADER)]
        self._running[log] = self._processes.start(command, log, environment={"PYTHONPATH": str(ROOT)})

    def kill_the_leader(self, after):
        """kill -9 whoever leads, some time after he began to."""
        until(lambda: self._leader() is not None, "somebody to lead")
        time.sleep(after)
        self._processes.stop(self._running.pop(self._leader()), signal.SIGKILL)

    def dismiss(self):
        """kill -9 them all."""
        for process in self._running.values():
            self._processes.stop(process, signal.SIGKILL)

    def _leader(self):
        return next((log for log in self._running if "journal.leading" in log.read_text()), None)


@on_postgresql
@SOAK
def test_a_leader_killed_again_and_again_loses_nothing(database, candidates, scale, record_property):
    luck, written, over = random.Random(20261122), [], threading.Event()
    candidates.stand()
    kills = scale(10, 200)
    with following(database) as seen:
        with running(*(lambda seed=seed: _write_until(database, seed, over, written) for seed in range(WRITERS))):
            for _ in range(kills):
                candidates.stand()
                candidates.kill_the_leader(after=luck.uniform(0, LULL))
            candidates.stand()
            over.set()
        seen.wait_for(len(written))
    _assert_whole(database, written, seen)
    record_property("kills", kills)
    record_property("events", len(written))


@on_postgresql
@SOAK
def test_a_leader_whose_session_is_ended_begins_again(database, owner, candidates, scale):
    luck, written, over = random.Random(1), [], threading.Event()
    candidates.stand()
    with following(database) as seen:
        with running(lambda: _write_until(database, 1, over, written)):
            for _ in range(scale(10, 200)):
                time.sleep(luck.uniform(0, LULL))
                _end_sessions(owner(database))
            over.set()
        seen.wait_for(len(written))
    _assert_whole(database, written, seen)


@on_postgresql
def test_a_server_that_falls_over_loses_nothing_that_was_acknowledged(database, cluster, candidates):
    written, over = [], threading.Event()
    candidates.stand()
    with running(lambda: _write_until(database, 1, over, written)):
        until(lambda: len(written) > 30, "some rows to be written")
        cluster.stop(signal.SIGQUIT)
        cluster.start()
        before = len(written)
        until(lambda: len(written) > before + 30, "writing to go on")
        over.set()
    until(lambda: len(read_all(database)) >= len(written), "numbering to go on")
    assert set(written) <= {row.id for row in read_all(database)}
    assert verdict(database).sound


@on_sqlite
def test_two_processes_write_one_chain(database, processes, tmp_path):
    count, logs = 60, [tmp_path / f"writer-{number}" for number in range(2)]
    writers = [_writer(database, processes, log, count) for log in logs]
    with following(database) as seen:
        for writer in writers:
            assert writer.wait(timeout=60) == 0
        seen.wait_for(2 * count)
    _assert_whole(database, _told(logs), seen)


@on_sqlite
@SOAK
def test_a_writer_killed_in_the_middle_leaves_the_chain_whole(database, processes, tmp_path, scale):
    luck, logs = random.Random(1), []
    for number in range(scale(4, 100)):
        logs.append(tmp_path / f"writer-{number}")
        writer = _writer(database, processes, logs[-1], 10_000)
        until(lambda: bool(_told(logs[-1:])), "a row to be written")
        time.sleep(luck.uniform(0, 0.1))
        processes.stop(writer, signal.SIGKILL)
    rows = read_all(database)
    assert set(_told(logs)) <= {row.id for row in rows}
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert verdict(database).sound


def _writer(database, processes, log, count):
    command = [sys.executable, "-m", "tests.faults.journal_writer", str(database.url), log.name, str(count)]
    return processes.start(command, log, environment={"PYTHONPATH": str(ROOT)})


def _told(logs):
    lines = (line for log in logs for line in log.read_text().splitlines(keepends=True))
    return [uuid.UUID(line.strip()) for line in lines if line.endswith("\n")]


def _end_sessions(owned):
    with owned.write() as session:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wangge-numbering'"
        session.connection().exec_driver_sql(ended)


def _write_until(database, seed, over, written):
    luck = random.Random(seed)
    while not over.is_set():
        try:
            written.extend(filter(None, [write_one(database, luck, slowest=0.01)]))
        except OperationalError:
            time.sleep(0.1)  # nobody acknowledged anything


def _assert_whole(database, written, seen: Follower):
    rows = read_all(database)
    assert sorted(row.id for row in rows) == sorted(written)
    assert seen.ids == [row.id for row in rows]
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert verdict(database).sound
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == len(written)
        assert journal.lag(session) == 0
