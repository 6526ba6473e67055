"""`make run`, as somebody sees it who has just cloned the repository: the demo town comes up, lives, stays and ends."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.demo import land
from tests.ground.processes import Processes, answers, until
from tests.own_demo import Demo, gone
from town import clock


@pytest.fixture
def demo(processes: Processes) -> Iterator[Demo]:
    made = Demo(processes, processes.folder())
    yield made
    made.end_if_running()


@pytest.mark.timeout(400)
def test_the_demo_town_comes_up_answers_a_report_and_keeps_it(demo: Demo, record_property):
    record_property("first_start_seconds", round(demo.start(), 1))
    lon, lat = land.CENTRE
    place = {"lon": lon, "lat": lat, "crs": "wgs84", "accuracy_m": 10}
    sent = {"place": place, "words": "夜市摊位占了半条路"}
    receipt = demo.ask("/api/v1/reports", sent, Idempotency_Key="a report of the test")["receipt"]
    begun = clock.elapsed()
    until(lambda: demo.mine(receipt)["answer"] is not None, "the crew's answer", seconds=100, pause=0.2)
    record_property("answered_after_seconds", round(clock.elapsed() - begun, 1))
    assert demo.mine(receipt)["answer"]["words"]

    token = demo.sign_in("chenjing")
    yesterday = demo.ask("/api/v1/orders?state=answered", Authorization=f"Bearer {token}")["orders"]
    assert len(yesterday) > 20, "the town has a past"

    town = demo.ask("/api/v1/town")
    assert town["demo"]
    assert all(
        f"{login['login']} " in demo.said() and login["password"] in demo.said() for login in town["demo_logins"]
    )
    assert "WANGGE_PORT" in demo.start_again_beside()

    children = demo.children()
    begun = clock.elapsed()
    assert demo.end(signal.SIGINT) == 0
    record_property("stopped_after_seconds", round(clock.elapsed() - begun, 1))
    assert gone(children)
    assert not answers(demo.port)

    record_property("second_start_seconds", round(demo.start(), 1))
    assert demo.mine(receipt)["answer"]["words"]


@pytest.mark.timeout(400)
def test_parent_and_children_end_together(demo: Demo, record_property):
    demo.found(days=0)
    demo.start()
    children = demo.children()
    assert len(children) == 4, "broker, worker, web and crew"
    begun = clock.elapsed()
    demo.end(signal.SIGKILL)
    until(lambda: gone(children), "the orphans to end")
    until(lambda: not answers(demo.port), "the port to be free")
    record_property("orphans_gone_after_seconds", round(clock.elapsed() - begun, 1))

    demo.start()
    children = demo.children()
    assert demo.parent
    worker = next(pid for pid in children if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    assert demo.parent.wait(30) == 1
    assert "worker" in demo.said()
    assert gone(children)
