"""The desk (指挥中心) as the crew plays it: besides orders that wait, it answers telephones and settles likely duplicates.

One matter that comes by three ways stays one order: what the hotline and a leader say of it joins the citizen's report.
"""

import random
from typing import Any

from service.demo import land, matters
from service.demo.client import Api
from service.demo.matters import Matter
from service.demo.people import Colleague
from service.demo.players import NEVER, Player, Stage, luck
from service.demo.script import Order, about

BETWEEN_CALLS = 26.0
"""Minutes between two entries by hand."""
SETTLES = 4.0, 14.0
JOINS = (1.0, 3.0), (4.0, 9.0)
"""When the second and the third way bring the same matter."""
SAME_PLACE_M = 25.0
SOURCES = ("hotline_12345", "call", "patrol", "hotline_12345", "letter", "grid_worker", "police_110", "media")
CITIZENS = ("hotline_12345", "call", "letter")
GAS_EACH = 5
"""Every so many calls is of a gas cover, which the gas company works on."""


class Desk(Player):
    """陈静 at the desk. ``calls``: how many entries she has made by hand."""

    def __init__(self, who: Colleague, api: Api, stage: Stage, calls: int) -> None:
        super().__init__(who, api, stage)
        self.calls = calls
        self._call_at = stage.day.minutes + 2.0
        self._links: dict[str, tuple[float, Order]] = {}
        self._joins: dict[str, tuple[float, Order]] = {}

    @property
    def next_at(self) -> float:
        """When the next step, call or link is due, in the demo's minutes."""
        waiting = (at for at, _ in (*self._links.values(), *self._joins.values()))
        return min(super().next_at, self._call_at, min(waiting, default=NEVER))

    def heed(self, order: Order, kind: str) -> None:
        """Plan the step that waits, a look at what may be the same matter, and the calls about a dump."""
        super().heed(order, kind)
        self._look_for_links(order)
        now = self._stage.day.minutes
        if order["version"] == 1 and kind.startswith("order.") and order["category"] == matters.DUMP.category:
            for number, (least, most) in enumerate(JOINS, 2):
                self._joins[f"{order['id']}/{number}"] = now + luck(order).uniform(least, most), order

    def act(self) -> None:
        """Do what is due."""
        super().act()
        now = self._stage.day.minutes
        for identifier in [one for one, (at, _) in self._links.items() if at <= now]:
            self._settle(self._links.pop(identifier)[1])
        for key in [one for one, (at, _) in self._joins.items() if at <= now]:
            self._join(key, self._joins.pop(key)[1])
        if now >= self._call_at:
            self._call_at = now + BETWEEN_CALLS * random.Random(f"call {self.calls}").uniform(0.5, 1.5)
            self._take_down(entry(self.calls), f"demo-call-{self.calls:08}")
            self.calls += 1

    def _begin(self) -> None:
        """Likely duplicates wait too, whatever state they are in."""
        super()._begin()
        for order in self._api.get("/api/v1/desk/orders?queue=duplicates&limit=200")["orders"]:
            self._look_for_links(order)

    def _look_for_links(self, order: Order) -> None:
        if isinstance(order["links"], int) and order["links"] and order["id"] not in self._links:
            self._links[order["id"]] = self._stage.day.minutes + luck(order).uniform(*SETTLES), order

    def _take_down(self, sent: dict[str, Any], key: str) -> None:
        self.post("/api/v1/desk/reports", sent, key, action="take_down")

    def _settle(self, order: Order) -> None:
        """Close by is the same matter; a house further is not."""
        opened = self.open(order)
        for link in opened["links"] if opened else ():
            if link["state"] == "suggested":
                state = "linked" if link["distance_m"] < SAME_PLACE_M else "dismissed"
                self.post(f"/api/v1/orders/{order['id']}/links/{link['id']}", {"state": state}, f"{link['id']}-{state}")

    def _join(self, key: str, order: Order) -> None:
        opened = self.open(order)
        if opened is None or not about(opened, matters.DUMP.words[0]) or opened["state"] in ("closed", "answered"):
            return
        number = key.rpartition("/")[2]
        told = {"place": {**order["place"], "crs": "cgcs2000"}, "category": order["category"], "joins": order["id"]}
        if number == "2":
            told |= {
                "source": "hotline_12345",
                "their_number": f"DH-{order['code']}",
                "words": "12345 转：河边垃圾堆，同一处。",
            }
        else:
            told |= {"source": "leader", "words": "王镇长巡河看到，请一并办理。"}
        self._take_down(told, f"demo-join-{key}")


def entry(number: int) -> dict[str, Any]:
    """The n-th entry that is made by hand."""
    chance = random.Random(f"call {number}")
    source = SOURCES[number % len(SOURCES)]
    matter = _matter(number, chance)
    lon, lat = next(land.places(chance))
    sent: dict[str, Any] = {
        "source": source,
        "place": {"lon": lon, "lat": lat, "crs": "cgcs2000", "accuracy_m": 10.0},
        "words": chance.choice(matter.words),
        "category": matter.category,
    }
    if source in CITIZENS:
        sent["reporter"] = {"name": chance.choice("周吴郑王冯陈") + "先生", "phone": f"1380001{number % 10000:04}"}
    if source in ("hotline_12345", "police_110"):
        sent["their_number"] = f"{source[-5:].upper()}-{number:06}"
    return sent


def _matter(number: int, chance: random.Random) -> Matter:
    if number % GAS_EACH == 0:
        return next(matter for matter in matters.MATTERS if matter.category == "01011")
    return matters.pick(chance)
