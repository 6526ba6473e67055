"""The demo crew (演示班子): plays citizens, squads, desk and checker over the public API and MQTT, as real tablets do.

A doorbell makes it look at once; without one it looks every two seconds. It remembers how far each of its people has
read, and every step has its own idempotency key, so it goes on after a restart where it was.
"""

import json
import os
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from paho.mqtt.client import Client

from grids.rules import coordinates
from service import demo_town, mqtt, serve
from service.demo_client import Api, Gone, Problem
from service.demo_people import CHECKER, DESK, LEADERS, PASSWORD
from service.demo_script import PLAYS, REPORTS, Facts, Order
from town import clock
from town.settings import Settings

LOOK_SECONDS = 2.0
SHORTEST_REST = 0.05
BETWEEN_REPORTS = 5.0
PAGE = 200
NEVER = float("inf")

LOG = structlog.get_logger()


@dataclass
class Memory:
    """What the crew must know after a restart: how far each has read, and how many reports were sent."""

    path: Path
    positions: dict[str, int] = field(default_factory=dict)
    reports: int = 0

    @classmethod
    def recalled(cls, path: Path) -> "Memory":
        """What was kept, or nothing yet."""
        kept = json.loads(path.read_text()) if path.is_file() else {}
        return cls(path, **kept)

    def keep(self, positions: dict[str, int], reports: int) -> None:
        """Write it down when it is news; the file is whole at every moment."""
        if (positions, reports) == (self.positions, self.reports):
            return
        self.positions, self.reports = positions, reports
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps({"positions": positions, "reports": reports}))
        os.replace(beside, self.path)


@dataclass(frozen=True)
class Task:
    """The next step of one order: when, on which picture of it, and at which position that was learned."""

    at: float
    order: Order
    position: int


class Player:
    """One colleague at his tablet or desk."""

    def __init__(self, login: str, api: Api, position: int, pace: float) -> None:
        self.login = login
        self._api = api
        self._read = position
        self._pace = pace
        self._tasks: dict[str, Task] = {}

    @property
    def position(self) -> int:
        """Whoever reads on from here sees everything again that is not done yet."""
        return min((task.position - 1 for task in self._tasks.values()), default=self._read)

    @property
    def next_at(self) -> float:
        """When the next step is due."""
        return min((task.at for task in self._tasks.values()), default=NEVER)

    def look(self) -> None:
        """Pull what changed, and plan a step for every order that now waits for this player."""
        more = True
        while more:
            pulled = self._api.get(f"/api/v1/orders/changes?after={self._read}&limit={PAGE}")
            for change in pulled["changes"]:
                if change["order"]:
                    self._plan(change["order"], change["position"])
            self._read, more = pulled["position"], pulled["more"]

    def act(self) -> None:
        """Do what is due. What somebody else has changed meanwhile is dropped; the change will be pulled."""
        now = clock.elapsed()
        for identifier in [identifier for identifier, task in self._tasks.items() if task.at <= now]:
            self._step(self._tasks[identifier].order)
            del self._tasks[identifier]

    def _plan(self, order: Order, position: int) -> None:
        play = PLAYS.get(order["state"])
        if play is None or self.login not in play.players:
            self._tasks.pop(order["id"], None)
        elif not self._planned(order):
            wait = _chance(order).uniform(*play.seconds) / self._pace
            self._tasks[order["id"]] = Task(clock.elapsed() + wait, order, position)

    def _planned(self, order: Order) -> bool:
        known = self._tasks.get(order["id"])
        return known is not None and known.order["version"] == order["version"]

    def _step(self, order: Order) -> None:
        facts: Facts = PLAYS[order["state"]].act(order, _chance(order))
        try:
            key = f"{order['id']}-{order['version']}-{facts['action']}"
            self._api.post(f"/api/v1/orders/{order['id']}/steps", {"version": order["version"], **facts}, key)
        except Problem as problem:
            LOG.info("crew.refused", who=self.login, order=order["code"], action=facts["action"], code=problem.code)


def _chance(order: Order) -> random.Random:
    """The same luck for the same version of an order, so that a step sent twice is the same step."""
    return random.Random(f"{order['id']}-{order['version']}")


class Citizens:
    """People who report, one after the other: some from a Chinese map (GCJ-02), some from a receiver (WGS 84)."""

    def __init__(self, api: Api, reported: int, pace: float) -> None:
        self._api = api
        self._between = BETWEEN_REPORTS / pace
        self.reported = reported
        self.next_at = self._next()

    def act(self) -> None:
        """Send the next report when it is time."""
        if clock.elapsed() >= self.next_at:
            self._api.post("/api/v1/reports", report(self.reported), f"demo-report-{self.reported:08}")
            self.reported += 1
            self.next_at = self._next()

    def _next(self) -> float:
        return clock.elapsed() + self._between if self.reported < len(REPORTS) else NEVER


def report(number: int) -> dict[str, Any]:
    """One of the reports of a first minute, the same every time."""
    category, words = REPORTS[number]
    lon, lat = next(demo_town.places(random.Random(number)))
    if number % 2:
        return {"place": {"lon": lon, "lat": lat, "crs": "wgs84"}, "category": category, "words": words}
    x, y = coordinates.wgs84_to_gcj02(lon, lat)
    return {"place": {"lon": x, "lat": y, "crs": "gcj02", "accuracy_m": 15}, "category": category, "words": words}


class Crew:
    """Everybody together, on one thread. ``pace`` 2 is twice as fast; ``rung`` wakes them."""

    def __init__(self, api: Api, memory: Memory, pace: float, rung: threading.Event) -> None:
        self._memory = memory
        self._players = [
            Player(one.login, api.as_person(one.login, PASSWORD), memory.positions.get(one.login, 0), pace)
            for one in (*LEADERS, CHECKER, DESK)
        ]
        self._citizens = Citizens(api, memory.reports, pace)
        self._rung = rung

    def run(self, stopped: Callable[[], bool]) -> None:
        """1. Look and act. 2. Wait for a ring, the next step or two seconds, whichever comes first."""
        while not stopped():
            try:
                self.once()
            except Gone as gone:
                LOG.info("crew.waits", why=str(gone))
            self._rung.wait(self._rest())
            self._rung.clear()

    def once(self) -> None:
        """One look round, remembered. Raises Gone when the service does not answer."""
        for player in self._players:
            player.look()
            player.act()
        self._citizens.act()
        self._memory.keep({player.login: player.position for player in self._players}, self._citizens.reported)

    def _rest(self) -> float:
        nearest = min(self._citizens.next_at, *(player.next_at for player in self._players)) - clock.elapsed()
        return max(SHORTEST_REST, min(LOOK_SECONDS, nearest))


def listening(settings: Settings, code: str, secret: str, rung: threading.Event) -> Client:
    """A squad's tablet that waits for its bell; after every return of the broker it subscribes anew."""
    topic = mqtt.doorbell(demo_town.CODE, code)
    tablet = mqtt.client(code, secret)
    tablet.on_connect = lambda client, *_: client.subscribe(topic, mqtt.QOS)
    tablet.on_message = lambda *_: rung.set()
    tablet.connect_async(settings.mqtt_host, settings.mqtt_port, mqtt.KEEPALIVE)
    tablet.loop_start()
    return tablet


def play(
    settings: Settings, secrets: Mapping[str, str], pace: float, rung: threading.Event, stopped: Callable[[], bool]
) -> None:
    """Play until told to stop; waits for the service to come up. ``secrets``: tablet code to secret."""
    api = Api(serve.address(settings))
    crew = Crew(api, Memory.recalled(settings.data / "demo_crew.json"), pace, rung)
    tablets = [listening(settings, code, secret, rung) for code, secret in secrets.items()]
    try:
        crew.run(stopped)
    finally:
        for tablet in tablets:
            tablet.disconnect()
