"""Tablets on their way (平板在路上): each hears its bell, walks along the streets to its orders, and tells where it is.

Between two orders it goes its rounds. Half of them speak GCJ-02, as a map from the shop does, half WGS 84.
"""

import json
import random
from collections.abc import Callable, Mapping

from paho.mqtt.client import Client

from grids.rules import coordinates
from service import mqtt
from service.demo import land
from service.demo.day import Day
from service.demo.land import Spot
from service.demo.people import Colleague
from service.demo.script import Order
from town import clock
from town.settings import Settings

TELLS_SECONDS = 2.0
SPEED = 180.0
"""Metres a minute, by electric bicycle."""
METRES_PER_DEGREE = 111_000.0
ROUNDS = 12.0, 40.0
"""Minutes between two rounds."""


class Tablet:
    """One tablet: where it is, and where it goes."""

    def __init__(self, code: str, area: str, day: Day) -> None:
        self.code = code
        self._day = day
        self._area = area
        self._chance = random.Random(code)
        self._way: list[Spot] = [land.inside(area, self._chance)]
        self._leaves = self._arrives = day.minutes
        self._chinese = int(code.rpartition("-")[2]) % 2 == 1

    def go(self, place: Spot, arrives: float) -> None:
        """Set out for a place and be there when it is expected."""
        self._way = land.walk(self.place, place)
        self._leaves, self._arrives = self._day.minutes, max(arrives, self._day.minutes + 0.5)

    @property
    def place(self) -> Spot:
        """Where it is now: degrees, WGS 84."""
        past, whole = self._day.minutes - self._leaves, max(0.01, self._arrives - self._leaves)
        return self._way[min(len(self._way) - 1, int(past / whole * len(self._way)))]

    def stroll(self) -> None:
        """Go its rounds again, when it has stood about for a while."""
        if self._day.minutes > self._arrives + self._chance.uniform(*ROUNDS):
            there = land.inside(self._area, self._chance)
            self.go(there, self._day.minutes + _metres(self.place, there) * 1.3 / SPEED)

    def told(self) -> bytes:
        """What it publishes: when it was where, to a few metres."""
        lon, lat = self.place
        here = coordinates.wgs84_to_gcj02(lon, lat) if self._chinese else (lon, lat)
        at = clock.now().isoformat(timespec="milliseconds")
        crs = "gcj02" if self._chinese else "wgs84"
        accuracy = round(self._chance.uniform(4, 12), 1)
        return json.dumps({"at": at, "lon": here[0], "lat": here[1], "crs": crs, "accuracy_m": accuracy}).encode()


class Fleet:
    """All tablets, on the broker. ``rung``: is told the squad's code when one of its tablets rings."""

    def __init__(
        self,
        settings: Settings,
        secrets: Mapping[str, str],
        carried: Mapping[str, Tablet],
        squads: Mapping[str, str],
        rung: Callable[[str], None],
    ) -> None:
        self._tablets = carried
        self._squads = squads
        self._clients = {code: _listening(settings, code, secrets[code], squads[code], rung) for code in carried}
        self._told_at = 0.0

    def planned(self, who: Colleague, order: Order, at: float) -> None:
        """A squad has signed for an order: one of its tablets sets out for it."""
        mine = [code for code, squad in self._squads.items() if squad == who.squad]
        if mine and order["state"] == "accepted":
            code = mine[int(order["id"][-1], 16) % len(mine)]
            self._tablets[code].go((order["place"]["lon"], order["place"]["lat"]), at)

    def tell(self) -> None:
        """Every tablet that is on the line says where it is, every few seconds."""
        if clock.elapsed() - self._told_at < TELLS_SECONDS:
            return
        self._told_at = clock.elapsed()
        for code, client in self._clients.items():
            self._tablets[code].stroll()
            if client.is_connected():
                client.publish(mqtt.position(land.CODE, code), self._tablets[code].told(), qos=0)

    def close(self) -> None:
        """Say goodbye."""
        for client in self._clients.values():
            client.disconnect()
            client.loop_stop()


def _listening(settings: Settings, code: str, secret: str, squad: str, rung: Callable[[str], None]) -> Client:
    """A tablet that waits for its bell; after every return of the broker it subscribes anew."""
    topic = mqtt.doorbell(land.CODE, code)
    tablet = mqtt.client(code, secret)
    tablet.on_connect = lambda client, *_: client.subscribe(topic, mqtt.QOS)
    tablet.on_message = lambda *_: rung(squad)
    tablet.connect_async(settings.mqtt_host, settings.mqtt_port, mqtt.KEEPALIVE)
    tablet.loop_start()
    return tablet


def _metres(a: Spot, b: Spot) -> float:
    return (abs(a[0] - b[0]) + abs(a[1] - b[1])) * METRES_PER_DEGREE
