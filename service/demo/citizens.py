"""Citizens (市民): people who report, one after the other, from Chinese maps (GCJ-02) and from receivers (WGS 84).

Some send a photo, some rate the answer. What the n-th report is, is the same every time, so that one sent twice is one.
"""

import random
from collections.abc import Callable
from typing import Any

import structlog

from grids.rules import coordinates
from service.demo import land, matters, pictures
from service.demo.client import Api, Problem
from service.demo.day import Day
from service.demo.land import Spot
from service.demo.matters import Matter
from service.demo.settling import looked_after

BETWEEN = 6.0
"""Minutes between two reports at the busiest hour."""
QUIET = 0.25
RHYTHM = (1, 1, 0, 0, 0, 1, 4, 7, 9, 9, 8, 7, 6, 6, 7, 8, 9, 9, 8, 7, 6, 5, 3, 2)
EVERY = 40
"""After so many reports the special ones come again."""
ACCURACIES = (5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 45.0, 60.0)
PHOTO_ONE_IN, RATES_ONE_IN, NAMED_ONE_IN = 3, 2, 4
MOST_RECEIPTS = 40
MINUTES_TO_ASK = 6.0

LOG = structlog.get_logger()
Telling = tuple[Spot, Matter, float]
"""Where, what, and how exactly the phone knows its place, in metres."""


class Citizens:
    """Everybody who has a phone. ``sent``: how many have reported; ``receipts``: those who still wait for an answer."""

    def __init__(self, api: Api, day: Day, sent: int, receipts: list[str]) -> None:
        self._api = api
        self._day = day
        self.sent = sent
        self.receipts = receipts
        self._next_at = day.minutes + 0.5
        self._ask_at = day.minutes + MINUTES_TO_ASK

    @property
    def next_at(self) -> float:
        """When the next of them does something, in the demo's minutes."""
        return min(self._next_at, self._ask_at)

    def act(self) -> None:
        """Send the next report, or look what became of one, when it is time."""
        if self._day.minutes >= self._next_at:
            self._report()
            busy = max(QUIET, RHYTHM[self._day.hour] / max(RHYTHM))
            self._next_at = self._day.minutes + BETWEEN / busy * random.Random(self.sent).uniform(0.4, 1.6)
        if self._day.minutes >= self._ask_at:
            self._ask()
            self._ask_at = self._day.minutes + MINUTES_TO_ASK

    def _report(self) -> None:
        key = f"demo-report-{self.sent:08}"
        try:
            taken = self._api.post("/api/v1/reports", report(self.sent), key)
            if self.sent % PHOTO_ONE_IN == 0:
                holder = self._api.with_receipt(taken["receipt"])
                holder.post_photo("/api/v1/report/photos", pictures.jpeg(self.sent), f"{key}-photo")
            self.receipts = [*self.receipts, taken["receipt"]][-MOST_RECEIPTS:]
        except Problem as problem:
            LOG.info("crew.refused", who="citizen", number=self.sent, code=problem.code)
        self.sent += 1

    def _ask(self) -> None:
        """The one who has waited longest looks; who has his answer may rate it, and asks no more."""
        if not self.receipts:
            return
        receipt, *others = self.receipts
        holder = self._api.with_receipt(receipt)
        try:
            if not holder.get("/api/v1/report")["can_rate"]:
                self.receipts = [*others, receipt]
                return
            chance = random.Random(receipt)
            if chance.randrange(RATES_ONE_IN) == 0:
                holder.post("/api/v1/report/rating", _rating(chance), f"demo-rating-{receipt}")
        except Problem as problem:
            LOG.info("crew.refused", who="citizen", code=problem.code)
        self.receipts = others


def report(number: int) -> dict[str, Any]:
    """What the n-th citizen sends."""
    chance = random.Random(f"report {number}")
    spot, matter, accuracy = _special(number % EVERY, chance) or _ordinary(chance)
    words = chance.choice(matter.words)
    sent = {"place": _place(spot, accuracy, number, chance), "category": matter.category, "words": words}
    if number % NAMED_ONE_IN == 0:
        sent["reporter"] = {"name": chance.choice("张王李赵陈杨吴") + "女士", "phone": f"1380000{number % 10000:04}"}
    return sent


def _place(spot: Spot, accuracy: float, number: int, chance: random.Random) -> dict[str, Any]:
    """A place as phones give it: mostly from a Chinese map, sometimes from the receiver, seldom in BD-09."""
    if number % EVERY == 9:
        x, y = coordinates.gcj02_to_bd09(*coordinates.wgs84_to_gcj02(*spot))
        crs = "bd09"
    elif chance.random() < 0.65:
        (x, y), crs = coordinates.wgs84_to_gcj02(*spot), "gcj02"
    else:
        (x, y), crs = spot, "wgs84"
    return {"lon": x, "lat": y, "crs": crs, "accuracy_m": accuracy}


def _ordinary(chance: random.Random) -> Telling:
    return next(land.places(chance)), matters.pick(chance), chance.choice(ACCURACIES)


def _special(number: int, chance: random.Random) -> Telling | None:
    """What must happen in every demo, among the first reports of a round."""
    special = SPECIALS.get(number)
    return special(chance) if special else None


def _rating(chance: random.Random) -> dict[str, str]:
    solved = chance.choices(("solved", "partly", "not_solved"), (7, 2, 1))[0]
    return {"solved": solved, "attitude": chance.choices(("satisfied", "fair", "dissatisfied"), (7, 2, 1))[0]}


def _matter(category: str) -> Matter:
    return next(matter for matter in matters.MATTERS if matter.category == category)


def _twice(step: float) -> Telling:
    """A stall in the old town, which two people report from a few steps apart."""
    lon, lat = land.inside("CZ", random.Random("twice"))
    return (lon + step, lat), _matter(matters.STREET), 6.0


SPECIALS: dict[int, Callable[[random.Random], Telling]] = {
    0: lambda chance: _twice(0.0),
    1: lambda chance: (land.inside(chance.choice(sorted(looked_after())), chance), _matter("07001"), 8.0),
    2: lambda chance: (land.inside("CD", chance), matters.SITE_FENCE, 6.0),
    3: lambda chance: (land.between_areas(chance), _matter("06011"), 60.0),
    4: lambda chance: (land.inside("BJ", chance), _matter("06042"), 10.0),
    5: lambda chance: _twice(0.00008),
    6: lambda chance: (land.inside("NW", chance), matters.DUMP, 8.0),
    7: lambda chance: (land.inside("HX", chance), _matter(matters.STREET), 8.0),
    8: lambda chance: (land.inside("CZ", chance), matters.EMERGENCY, 15.0),
    9: lambda chance: (land.inside("BJ", chance), _matter(matters.UNNAMED), 10.0),
    10: lambda chance: (land.beyond(chance), _matter("06011"), 12.0),
    11: lambda chance: (land.inside("HX", chance), _matter("09009"), 8.0),
    12: lambda chance: (land.inside("CD", chance), _matter("09010"), 8.0),
}
