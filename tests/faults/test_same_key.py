"""A phone that is not sure asks again: as many reports as keys, however often and however much at once each is sent."""

import json
import time
from http.client import HTTPConnection
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from dispatch.models import Order, Report
from tests.faults.clients import HOST, PAUSE, Caller
from tests.faults.stage import Web
from tests.ground.web import IN_THE_MIDDLE_OF_INNER
from tests.own_processes import environment
from town.database import Database

PATIENCE = 60.0
BUSY = 503


class Answer(NamedTuple):
    """What one of many got. ``replayed``: it is somebody else's answer, given again."""

    status: int
    body: bytes
    replayed: bool

    @property
    def receipt(self) -> str:
        """查询码."""
        return str(json.loads(self.body)["receipt"])


@pytest.fixture
def port(processes, mapped, tmp_path):
    web = Web(processes, environment(mapped, tmp_path / "data", WANGGE_WEB_PROCESSES="2"), tmp_path)
    yield web.port
    web.end()


def report(words: str) -> dict[str, object]:
    """举报."""
    return {"place": IN_THE_MIDDLE_OF_INNER, "words": words}


def send_at_once(port: int, key: str, body: dict[str, object], count: int) -> list[Answer]:
    """The same request on so many open lines; all are sent before the first answer is read."""
    lines = [HTTPConnection(HOST, port, timeout=PATIENCE) for _ in range(count)]
    for line in lines:
        line.connect()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Connection": "close"}
    for line in lines:
        line.request("POST", "/api/v1/reports", json.dumps(body), headers)
    return [_answer(line) for line in lines]


def _answer(line: HTTPConnection) -> Answer:
    answer = line.getresponse()
    got = Answer(answer.status, answer.read(), answer.getheader("Idempotency-Replayed") == "true")
    line.close()
    return got


def send_until_answered(port: int, key: str, body: dict[str, object], count: int) -> tuple[list[Answer], int]:
    """Whoever is told that the service is busy asks again; gives back the answers, and how often that was said."""
    answers, busy = [], 0
    while len(answers) < count:
        got = send_at_once(port, key, body, count - len(answers))
        answers += [one for one in got if one.status != BUSY]
        busy += count - len(answers)
        if len(answers) < count:
            time.sleep(PAUSE)
    return answers, busy


def stored(database: Database) -> tuple[int, int]:
    """How many reports and orders there are."""
    with database.read() as session:
        reports, orders = (session.scalar(select(func.count()).select_from(table)) for table in (Report, Order))
        return reports or 0, orders or 0


@pytest.mark.parametrize(
    ("database", "keys", "posts"), [("postgresql", 100, 50), ("sqlite", 20, 20)], indirect=["database"]
)
def test_a_report_sent_many_times_at_once_is_one_report(port, mapped, keys, posts, record_property):
    winners: dict[str, Answer] = {}
    busy = 0
    for number in range(keys):
        key = f"sent-many-times-{number}"
        answers, refused = send_until_answered(port, key, report(f"第 {number} 件"), posts)
        busy += refused
        assert {one.status for one in answers} == {201}
        assert len({one.body for one in answers}) == 1, "everybody gets the winner's answer, to the last byte"
        assert sum(one.replayed for one in answers) == posts - 1
        winners[key] = answers[0]
    assert len({winner.receipt for winner in winners.values()}) == keys
    assert stored(mapped) == (keys, keys)
    record_property("answers", keys * posts)
    record_property("told_busy", busy)

    for number, (key, winner) in enumerate(winners.items()):
        [other] = send_at_once(port, key, report("另一件事"), 1)
        assert (other.status, json.loads(other.body)["code"]) == (409, "key_reused")
        [again] = send_at_once(port, key, report(f"第 {number} 件"), 1)
        assert again == winner._replace(replayed=True)
        hers = Caller(port).with_receipt(winner.receipt)
        assert hers.ask("GET", "/api/v1/report")[1]["words"] == f"第 {number} 件"
    assert stored(mapped) == (keys, keys)
