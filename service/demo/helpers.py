"""Who helps in the demo town (协办演员): leaders call others to some matters, who come, help, or say first that they cannot.

Whoever was called finds it in his list; the leader and the supervisor answer those who refuse. Each step has its own
idempotency key, and what somebody else has changed meanwhile is looked at again.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import structlog

from service.demo.client import Api, LockedOut, Problem
from service.demo.day import Day
from service.demo.joint_script import JointTask, answer
from service.demo.people import LEADERS, SUPERVISOR, UNITS, Colleague
from service.demo.players import NEVER, REST_SECONDS
from service.demo.script import Facts
from town import clock

LOOK_SECONDS = 6.0
TAKES = 2.0, 9.0
"""Minutes until somebody answers, or is done."""

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Due:
    """An answer that is due: when, in the demo's minutes, and to which task as it was seen."""

    at: float
    task: JointTask
    facts: Facts


class Helper:
    """One colleague who is called, or who answers those who refuse."""

    def __init__(self, who: Colleague, api: Api, day: Day) -> None:
        self.who = who
        self._api = api
        self._day = day
        self._due: dict[str, Due] = {}
        self._looked_at = -NEVER
        self._rests_until = 0.0

    @property
    def next_at(self) -> float:
        """When the next answer is due, in the demo's minutes."""
        return min((due.at for due in self._due.values()), default=NEVER)

    def ring(self) -> None:
        """His tablet rings: he will look at once."""
        self._looked_at = -NEVER

    def play(self) -> None:
        """Look and answer; who is locked out tries again a little later."""
        if clock.elapsed() < self._rests_until:
            return
        try:
            self._look()
            self._answer()
        except LockedOut as locked:
            LOG.info("crew.locked_out", who=self.who.login, why=str(locked))
            self._rests_until = clock.elapsed() + REST_SECONDS

    def _look(self) -> None:
        if clock.elapsed() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = clock.elapsed()
        for task in self._api.get("/api/v1/joint?limit=200")["tasks"]:
            self._heed(task)

    def _heed(self, task: JointTask) -> None:
        """Plan an answer, once for each version."""
        known = self._due.get(task["id"])
        chance = random.Random(f"{task['id']}-{task['version']}")
        facts = answer(task, chance)
        if facts and (known is None or known.task["version"] != task["version"]):
            self._due[task["id"]] = Due(self._day.minutes + chance.uniform(*TAKES), task, facts)

    def _answer(self) -> None:
        for identifier in [one for one, due in self._due.items() if due.at <= self._day.minutes]:
            due = self._due.pop(identifier)
            self._post(due.task, due.facts)

    def _post(self, task: JointTask, facts: Facts) -> None:
        path, key = f"/api/v1/joint/{task['id']}/steps", f"{task['id']}-{task['version']}-{facts['action']}"
        try:
            self._heed(self._api.post(path, {"version": task["version"], **facts}, key))
        except Problem as problem:
            LOG.info("crew.refused", who=self.who.login, path=path, code=problem.code, action=facts["action"])


def helpers(apis: Mapping[str, Api], day: Day) -> Iterator[Helper]:
    """Everybody who may be called, and the supervisor. ``apis``: by login."""
    everybody: Iterable[Colleague] = (*LEADERS, *UNITS, SUPERVISOR)
    for who in everybody:
        yield Helper(who, apis[who.login], day)
