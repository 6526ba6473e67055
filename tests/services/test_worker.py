"""The worker: whatever must happen by itself happens once, whoever of several workers is still alive."""

import datetime as dt
import signal
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from enforcement.rules.cases.actions import Action
from service.worker import Duties
from tests import own_processes
from tests.case_acts import enter
from tests.ground.broker import Broker
from tests.ground.cast import ACTOR, LIN_XIAOFENG, SU_MIN
from tests.ground.lists import STALLS
from tests.ground.processes import Processes, until, until_up
from tests.ground.web import Door
from town import clock, devices, journal, profile, watch, workdays
from town.database import Database
from town.terms import Term, Unit
from town.watch import Deadline, State

Worker = subprocess.Popen[bytes]


@pytest.fixture
def start_worker(
    processes: Processes, mapped: Database, mosquitto: Broker, tmp_path: Path
) -> Iterator[Callable[[], Worker]]:
    there = {"WANGGE_MQTT_HOST": mosquitto.host, "WANGGE_MQTT_PORT": str(mosquitto.port)}
    environment = own_processes.environment(mapped, tmp_path / "data", **there)
    started: list[Worker] = []

    def start() -> Worker:
        log = tmp_path / f"worker-{len(started)}.log"
        there = b"worker.stands_by" if started else b"worker.leads"
        started.append(own_processes.fork(processes, ["worker"], environment, log))
        until_up(started[-1], lambda: there in log.read_bytes(), log)
        return started[-1]

    yield start
    for worker in started:
        if worker.poll() is None:
            assert processes.stop(worker) == 0


def is_answered(hers: Door) -> bool:
    return hers.get("/api/v1/report").json["answer"] is not None


def count(database: Database, kind: str) -> int:
    with database.read() as session:
        return sum(event.kind == kind for event in journal.read_after(session, 0, 10_000))


def test_what_is_closed_is_answered_by_itself(door, start_worker):
    start_worker()
    hers = door.settle()[0]
    until(lambda: is_answered(hers), "the answer")


def test_what_was_closed_while_no_worker_ran_is_answered_when_one_does(door, start_worker):
    hers = door.settle()[0]
    start_worker()
    until(lambda: is_answered(hers), "the answer")


def test_when_the_leading_worker_is_killed_another_goes_on(door, mapped, processes, start_worker, record_property):
    first = start_worker()
    start_worker()
    hers = door.settle()[0]
    until(lambda: is_answered(hers), "the first answer")
    processes.stop(first, signal.SIGKILL)
    killed = clock.elapsed()
    hers = door.settle()[0]
    until(lambda: is_answered(hers), "the second answer")
    record_property("seconds_until_another_led", round(clock.elapsed() - killed, 2))
    assert count(mapped, "order.answered") == count(mapped, "order.closed")


def test_what_came_of_a_case_returns_to_its_order_by_itself(door, listed, start_worker):
    start_worker()
    door.report(category=STALLS)
    leader = door.signed_in(LIN_XIAOFENG)
    order = leader.step(leader.newest_order(), "accept").json
    wish = {"version": order["version"], "officers": [LIN_XIAOFENG.login, SU_MIN.login], "words": "占道"}
    case_id = uuid.UUID(leader.post(f"/api/v1/orders/{order['id']}/case", wish).json["id"])
    enter(listed, case_id, (Action.DECLINE,), ACTOR, clock.now())
    until(lambda: leader.newest_order()["state"] == "handled", "the order to be handled")
    assert leader.newest_order()["outcome_name"] == "不构成违法"


def test_a_clock_that_runs_out_is_noticed_once_although_two_watch(mapped, start_worker):
    start_worker(), start_worker()
    with mapped.write() as session:
        calendar = workdays.calendar(session, profile.current(session))
        begun = clock.now() - dt.timedelta(seconds=58)
        late = watch.start(
            session,
            subject="order:1",
            kind="accept",
            term=Term(1, Unit.MINUTES),
            calendar=calendar,
            at=begun,
            recorded_at=begun,
        )

    def state() -> str:
        with mapped.read() as session:
            found = session.get(Deadline, late.id)
            assert found
            return found.state

    until(lambda: state() == State.MISSED, "the clock to be missed")
    threading.Event().wait(1.5)
    assert count(mapped, watch.MISSED_KIND) == 1


def test_a_dispatched_order_rings_through_the_worker(door, mapped, mosquitto, start_worker):
    with mapped.write() as session:
        devices.add(session, "CZ", "cz-1", clock.now())
    start_worker()
    door.report()

    def all_rung() -> bool:
        with mapped.read() as session:
            return (
                count(mapped, "order.dispatched") == 1
                and journal.cursor(session, "doorbell") == journal.head(session)[0]
            )

    until(all_rung, "the ring")


def test_a_duty_that_breaks_ends_the_process_and_says_so():
    duties = Duties()
    stayed = threading.Event()

    def stay(stopped: Callable[[], bool]) -> None:
        until(stopped, "the end")
        stayed.set()

    def broken(_stopped: Callable[[], bool]) -> None:
        raise RuntimeError("broken on purpose")

    duties.start("stays", stay)
    duties.start("breaks", broken)
    assert duties.wait() is False
    assert stayed.is_set()


def test_a_process_told_to_stop_has_not_failed():
    duties = Duties()
    duties.start("stays", lambda stopped: until(stopped, "the end"))
    duties.end()
    assert duties.wait() is True
