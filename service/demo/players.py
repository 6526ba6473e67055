"""The crew's members (演员): each pulls what changed, plans his next steps, and takes them over the public API.

A player begins with the open orders that are his, and goes on with the changes. Every step has its own idempotency key,
and what somebody else has changed meanwhile is dropped: the change will be pulled.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from service.demo import joint_script
from service.demo.atlas import Atlas
from service.demo.client import Api, LockedOut, Problem
from service.demo.day import Day
from service.demo.people import Colleague
from service.demo.script import FORGOTTEN_MINUTES, PLAYS, TO_CASE, Facts, Order, minutes, play_for
from town import clock

PAGE = 200
NEVER = float("inf")
LOOKS = {"dispatcher": 1.0, "checker": 1.5, "supervisor": 2.0, "squad_leader": 4.0}
"""How many seconds pass between two looks, by role; squads are also rung."""
SELDOM = 3.0
LOOKS_AGAIN = 4.0
"""Minutes, while others whom he called are at it."""
REST_SECONDS = 20.0

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Task:
    """Something to be done with an order: when, in the demo's minutes, and on which version of it that was planned."""

    at: float
    order: Order


@dataclass(frozen=True)
class Stage:
    """What all players share: the day, the map, where the journal stood when they began, and who is told of each plan."""

    day: Day
    atlas: Atlas
    began_at: Callable[[], int]
    planned: Callable[[Colleague, Order, float], None]


class Player:
    """One colleague at his tablet or desk."""

    def __init__(self, who: Colleague, api: Api, stage: Stage) -> None:
        self.who = who
        self._api = api
        self._stage = stage
        self._read: int | None = None
        self._tasks: dict[str, Task] = {}
        self._looked_at = -NEVER
        self._rung = False
        self._rests_until = 0.0

    @property
    def next_at(self) -> float:
        """When the next step is due, in the demo's minutes."""
        return min((task.at for task in self._tasks.values()), default=NEVER)

    def ring(self) -> None:
        """His tablet rings: he will look at once."""
        self._rung = True

    def play(self) -> None:
        """Look and act. Who is locked out, by a visitor who tried his password perhaps, tries again a little later."""
        if clock.elapsed() < self._rests_until:
            return
        try:
            self.look()
            self.act()
        except LockedOut as locked:
            LOG.info("crew.locked_out", who=self.who.login, why=str(locked))
            self._rests_until = clock.elapsed() + REST_SECONDS

    def look(self) -> None:
        """When it is time: pull what changed, and plan a step for every order that now waits for him."""
        if not self._rung and clock.elapsed() - self._looked_at < LOOKS.get(self.who.role, SELDOM):
            return
        self._rung, self._looked_at = False, clock.elapsed()
        if self._read is None:
            self._begin()
        for change in self._changes():
            if change["order"]:
                self.heed(change["order"], change["kind"])

    def heed(self, order: Order, _kind: str) -> None:
        """An order is as told: plan his step, or forget what he had planned."""
        play = play_for(order, self.who.role) if joint_script.is_his(order, self.who) else None
        if play is None:
            self._tasks.pop(order["id"], None)
        elif not self._planned(order):
            day = self._stage.day
            wait = minutes(order, play, self.who.login, luck(order), day.really(FORGOTTEN_MINUTES))
            self._tasks[order["id"]] = Task(day.minutes + wait, order)
            self._stage.planned(self.who, order, day.minutes + wait)

    def act(self) -> None:
        """Do what is due."""
        now = self._stage.day.minutes
        for identifier, task in [(identifier, task) for identifier, task in self._tasks.items() if task.at <= now]:
            self._step(task.order)
            if self._tasks.get(identifier) is task:
                del self._tasks[identifier]

    def post(self, path: str, sent: dict[str, Any], key: str, **about: str) -> Any:
        """Send something; a refusal is noted, and None."""
        try:
            return self._api.post(path, sent, key)
        except Problem as problem:
            LOG.info("crew.refused", who=self.who.login, path=path, code=problem.code, **about)
            return None

    def open(self, order: Order) -> Order | None:
        """The order with everything about it; None when it is not his to see any more."""
        try:
            opened: Order = self._api.get(f"/api/v1/orders/{order['id']}")
        except Problem:
            return None
        return opened

    def _begin(self) -> None:
        """The orders that wait for him now; whatever changes from here on will be pulled."""
        position = self._stage.began_at()
        for state in sorted({state for (state, _), play in PLAYS.items() if self.who.role in play.roles}):
            for order in self._listed(state):
                self.heed(order, "listed")
        self._read = position

    def _listed(self, state: str) -> Iterator[Order]:
        before = ""
        while True:
            page = self._api.get(f"/api/v1/orders?state={state}&limit={PAGE}{before}")
            yield from page["orders"]
            if page["next"] is None:
                return
            before = f"&before={page['next']}"

    def _changes(self) -> Iterator[dict[str, Any]]:
        more = True
        while more:
            try:
                pulled = self._api.get(f"/api/v1/orders/changes?after={self._read}&limit={PAGE}")
            except Problem as problem:  # the journal was restored from before this position
                LOG.info("crew.begins_anew", who=self.who.login, code=problem.code)
                self._read = None
                return
            yield from pulled["changes"]
            self._read, more = pulled["position"], pulled["more"]

    def _planned(self, order: Order) -> bool:
        known = self._tasks.get(order["id"])
        return known is not None and known.order["version"] == order["version"]

    def _step(self, order: Order) -> None:
        opened = self.open(order)
        if opened is None or opened["version"] != order["version"]:
            return
        play = play_for(opened, self.who.role)
        if play and not self._waits(opened):
            self._take(opened, play.act(opened, self._stage.atlas, luck(opened)))

    def _waits(self, order: Order) -> bool:
        """On site he may call others, and then waits until they have done their part."""
        if order["state"] != "on_site":
            return False
        waits = self._whistle(order) or joint_script.waits_for_others(order)
        if waits:
            self._tasks[order["id"]] = Task(self._stage.day.minutes + LOOKS_AGAIN, order)
        return waits

    def _whistle(self, order: Order) -> bool:
        called = joint_script.whistle(order, luck(order))
        path, key = f"/api/v1/orders/{order['id']}/joint", f"{order['id']}-{order['version']}-whistle"
        return called is not None and self.post(path, called, key, action="whistle") is not None

    def _take(self, order: Order, facts: Facts) -> None:
        key = f"{order['id']}-{order['version']}-{facts['action']}"
        if facts["action"] == TO_CASE:
            told = {name: value for name, value in facts.items() if name != "action"}
            self.post(f"/api/v1/orders/{order['id']}/case", {"version": order["version"], **told}, key, action=TO_CASE)
            return
        path = f"/api/v1/orders/{order['id']}/steps"
        taken = self.post(path, {"version": order["version"], **facts}, key, action=facts["action"])
        if taken:
            self.heed(taken, "taken")


def luck(order: Order) -> random.Random:
    """The same for the same version of an order, so that a step sent twice is the same step."""
    return random.Random(f"{order['id']}-{order['version']}")
