"""The people of a bad evening: citizens who report, squads at their tablets, a checker, and a screen on the wall.

Each remembers what he has seen with his own eyes, so that it can be compared with what really happened.
"""

import itertools
import json
import queue
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.faults.clients import HOST, Caller, Gone, Refusal, Stream
from tests.ground.cast import AUNT_ZHOU
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, OUT_OF_TOWN
from town import clock

PLACES = (*[IN_THE_MIDDLE_OF_INNER] * 6, *[IN_THE_MIDDLE_OF_EAST] * 3, OUT_OF_TOWN)
LOOK_SECONDS = 2.0
"""How often a tablet looks although nothing rang."""
COME_BACK_SECONDS = 0.5
"""How long a screen waits before it opens its stream again."""
WALKED_ONE_IN = 8
PAGE = 100

Order = Mapping[str, Any]
Facts = dict[str, Any]
Plan = Callable[[Order], Facts | None]


class Citizens:
    """Many who report, together so many a second. Each sends the same under the same key until it is acknowledged."""

    def __init__(self, port: int, rate: float) -> None:
        self.receipts: dict[str, str] = {}
        self.repeats = 0
        self.replays = 0
        self._port = port
        self._rate = rate
        self._begun = clock.elapsed()
        self._numbers = itertools.count()

    def report(self, over: threading.Event) -> None:
        """What one of them does until it is over; he never gives up a report that he has begun."""
        caller = Caller(self._port)
        for number in self._numbers:
            turn = self._begun + number / self._rate
            if over.wait(max(0.0, turn - clock.elapsed())) or over.is_set():
                break
            sent = _report(number)
            told = caller.insist("POST", "/api/v1/reports", sent, f"report-{number:010}")
            self.receipts[sent["words"]] = told["receipt"]
        self.repeats += caller.repeats
        self.replays += caller.replays


def _report(number: int) -> Facts:
    named = {"reporter": {"name": AUNT_ZHOU.name, "phone": AUNT_ZHOU.phone}} if number % 4 == 0 else {}
    return {"place": PLACES[number % len(PLACES)], "words": f"第 {number} 件：占道经营", **named}


class Eyes:
    """What somebody has been shown: each event once, whatever the wire repeats."""

    def __init__(self) -> None:
        self.shown: list[Any] = []
        self.repeated = 0
        self.since: dict[str, float] = {}
        self._known: set[str] = set()

    def show(self, change: Any) -> bool:
        """False for what was shown before."""
        if change["event"] in self._known:
            self.repeated += 1
            return False
        self._known.add(change["event"])
        self.shown.append(change)
        self.since.setdefault(change["order"]["id"], clock.elapsed())
        return True

    def orders(self) -> set[str]:
        """The orders he knows of."""
        return set(self.since)

    def told_twice(self) -> list[tuple[str, str]]:
        """What he was told of an order more than once; in these tests nothing happens to an order twice."""
        told = Counter((change["order"]["id"], change["kind"]) for change in self.shown)
        return [fact for fact, times in told.items() if times > 1]


class Colleague:
    """Somebody at a tablet or a desk: pulls what changed with a cursor, and does what is his to do."""

    def __init__(self, caller: Caller, plan: Plan) -> None:
        self.eyes = Eyes()
        self.rung = threading.Event()
        self._caller = caller
        self._plan = plan
        self._position = 0
        self._waiting: queue.Queue[Order] = queue.Queue()
        self._done: set[str] = set()

    def look(self, over: threading.Event) -> None:
        """Look whenever it rings, and every two seconds."""
        while not over.is_set():
            with suppress(Gone):
                while self._pull():
                    pass
            self.rung.wait(LOOK_SECONDS)
            self.rung.clear()

    def work(self, over: threading.Event) -> None:
        """Take the step that is his on every order he has seen; insist until it is acknowledged."""
        while not over.is_set():
            with suppress(queue.Empty):
                self._step(self._waiting.get(timeout=0.2))

    def _pull(self) -> bool:
        status, pulled = self._caller.ask("GET", f"/api/v1/orders/changes?after={self._position}&limit={PAGE}")
        if status == 503:
            raise Gone("busy")
        assert status == 200, pulled
        for change in pulled["changes"]:
            if self.eyes.show(change):
                self._waiting.put(change["order"])
        self._position = pulled["position"]
        return bool(pulled["more"])

    def _step(self, order: Order) -> None:
        facts = self._plan(order)
        key = f"{order['id']}-{order['version']}-{facts and facts['action']}"
        if facts and key not in self._done:
            wish = {"version": order["version"], **facts}
            self._caller.insist("POST", f"/api/v1/orders/{order['id']}/steps", wish, key)
            self._done.add(key)


def walked(order: Order) -> bool:
    """Whether this order is one of those that are walked to the end."""
    return int(order["id"][-2:], 16) % WALKED_ONE_IN == 0


def squad_plan(order: Order) -> Facts | None:
    """中队: sign for every order, and go to some."""
    match order["state"]:
        case "dispatched":
            return {"action": "accept"}
        case "accepted" if walked(order):
            return {"action": "arrive"}
        case "on_site":
            return {"action": "handle", "outcome": "fixed", "words": "店家收回了全部桌椅"}
    return None


def checker_plan(order: Order) -> Facts | None:
    """核查员: see for oneself, and close."""
    match order["state"]:
        case "handled":
            return {"action": "check"}
        case "checked":
            return {"action": "close", "words": "人行道已恢复通行。"}
    return None


class Doorbell:
    """A tablet's ear on the broker. ``heard`` counts how often each position was delivered."""

    def __init__(self, port: int, code: str, secret: str, rung: threading.Event) -> None:
        self.heard: Counter[int] = Counter()
        self._rung = rung
        self._topic = f"wangge/yunxi/devices/{code}/doorbell"
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=code, clean_session=False)
        self._client.username_pw_set(code, secret)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda client, *_: client.subscribe(self._topic, 1)
        self._client.on_message = lambda _client, _data, message: self._ring(json.loads(message.payload))
        self._client.connect_async(HOST, port, 10)
        self._client.loop_start()

    def close(self) -> None:
        """Switch off."""
        self._client.disconnect()
        self._client.loop_stop()

    def _ring(self, said: Facts) -> None:
        assert set(said) == {"position", "event", "order"}
        self.heard[said["position"]] += 1
        self._rung.set()


class Wall:
    """A screen that follows the live picture, and comes back by position whenever its line is cut."""

    def __init__(self, caller: Caller) -> None:
        self.eyes = Eyes()
        self.lines = 0
        self._caller = caller
        self._position = 0
        self._stream: Stream | None = None

    def watch(self, over: threading.Event) -> None:
        """Until it is over."""
        while not over.is_set():
            with suppress(Gone):
                self._follow(over)
            over.wait(COME_BACK_SECONDS)

    def switch_off(self) -> None:
        """End the line that is open."""
        if self._stream:
            self._stream.hang_up()

    def _follow(self, over: threading.Event) -> None:
        try:
            self._stream = Stream(self._caller, after=self._position)
        except Refusal as refusal:
            if refusal.status != 503:
                raise
            return
        self.lines += 1
        with self._stream as stream:
            for message in stream.messages():
                if over.is_set():
                    return
                if message.event == "change":
                    self.eyes.show(message.data)
                    self._position = message.data["position"]
