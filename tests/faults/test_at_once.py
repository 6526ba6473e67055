"""Two at the same moment: one does it, the other is told so, and nobody breaks."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dispatch.services import answer
from tests.ground.databases import on_postgresql
from tests.ground.web import Door
from town import clock
from town.database import Database

MANY = 6

pytestmark = on_postgresql


def at_once(act: Callable[[], Any]) -> Counter[Any]:
    """What becomes of it when many do the same at the same moment."""
    ready = threading.Barrier(MANY)

    def one() -> Any:
        ready.wait(10)
        return act()

    with ThreadPoolExecutor(MANY) as people:
        return Counter(asked.result() for asked in [people.submit(one) for _ in range(MANY)])


def test_workers_that_both_believe_to_lead_answer_a_reporter_once(door: Door, mapped: Database):
    _, order = door.settle()

    def tell() -> bool:
        with mapped.write() as session:
            return answer(session, order, clock.now())

    assert at_once(tell) == {True: 1, False: MANY - 1}


def test_a_rating_given_many_times_at_once_counts_once_and_the_others_are_told(door: Door, mapped: Database):
    hers, order = door.settle()
    with mapped.write() as session:
        assert answer(session, order, clock.now())

    def rate() -> str:
        said = hers.post("/api/v1/report/rating", {"solved": "solved", "attitude": "fair"})
        return str(said.json.get("code", said.status_code))

    assert at_once(rate) == {"200": 1, "already_rated": MANY - 1}
