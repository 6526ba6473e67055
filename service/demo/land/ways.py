"""River and streets (河与街): lines along the mosaic's sides that keep close to where somebody wanted them."""

import heapq
import itertools
import math
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.demo.land.mosaic import Mosaic, same
from service.demo.land.shapes import Side, Spot, along

SHARED = 3.0
"""How much a street shuns what another one uses already."""
WET = 6.0
"""How much it shuns the bank; crossing the river costs a short way along it."""
STRAYING = 130.0
"""Metres off the wanted line that double a stretch's cost."""
UNEVEN = (0.8, 1.3)
JOINS = 240.0
"""A line whose end lies so close to another one, in metres, begins on it."""


@dataclass(frozen=True)
class Plan:
    """A line as somebody wanted it: its name, its rank, and the spots it goes by, in metres."""

    name: str
    rank: str
    by: tuple[Spot, ...]


@dataclass(frozen=True)
class Way:
    """A line as it came to lie: the corners it goes by."""

    name: str
    rank: str
    corners: tuple[int, ...]

    @property
    def sides(self) -> list[Side]:
        """The sides it runs along."""
        return [same(side) for side in zip(self.corners, self.corners[1:], strict=False)]


WATERS = (
    Plan(
        "云溪",
        "river",
        (
            (-1500, 4300),
            (-1300, 2600),
            (-900, 1500),
            (-1000, 600),
            (-560, -100),
            (-760, -800),
            (-100, -1500),
            (700, -2300),
            (900, -4300),
        ),
    ),
    Plan("菱塘河", "canal", ((-640, -330), (0, -640), (800, -420), (1700, -800), (2600, -600), (4400, -1100))),
)
STREETS = (
    Plan(
        "云溪大道",
        "main",
        ((-4300, 700), (-2600, 500), (-1000, 900), (300, 900), (1500, 1000), (2700, 700), (4300, 900)),
    ),
    Plan("人民路", "main", ((500, 3900), (350, 2000), (420, 900), (330, 0), (420, -900), (200, -2000), (500, -3900))),
    Plan("环城东路", "main", ((420, 900), (1100, 700), (1150, 0), (1000, -700), (420, -900))),
    Plan(
        "南圩路", "main", ((-3900, -1400), (-2300, -1100), (-1000, -1150), (420, -1200), (1700, -1500), (3700, -1700))
    ),
    Plan("县前街", "street", ((-700, 60), (-200, 100), (330, 40), (1150, 60))),
    Plan("东盛路", "main", ((1150, 60), (2000, 200), (3000, -50), (4200, 100))),
    Plan("渡口路", "main", ((-700, 60), (-1500, -100), (-2500, 0), (-4200, -300))),
    Plan("文昌街", "street", ((-760, 420), (-200, 430), (420, 450), (1100, 420))),
    Plan("府学路", "street", ((-650, -300), (-100, -250), (330, -300), (1100, -320))),
    Plan("西门街", "street", ((-420, 900), (-350, 300), (-330, -200), (-500, -700))),
    Plan("新桥巷", "street", ((20, 880), (0, 300), (60, -200), (0, -620))),
    Plan("水关巷", "lane", ((700, 760), (740, 200), (700, -400))),
    Plan("米行街", "street", ((-520, -560), (0, -470), (380, -560), (900, -640))),
    Plan("北街", "street", ((-150, 900), (-100, 1500), (-300, 2200))),
    Plan("牌楼路", "street", ((-700, 1450), (-100, 1450), (370, 1500), (1100, 1650))),
    Plan("双塔路", "street", ((1100, 1000), (1150, 1650), (1500, 2300))),
    Plan("朝阳路", "street", ((1600, 950), (1650, 150), (1500, -500))),
    Plan("花园路", "street", ((1120, 420), (1650, 520), (2400, 640))),
    Plan("塘桥路", "street", ((300, -1500), (900, -1800), (1600, -1900))),
    Plan("荷塘路", "street", ((-350, -1250), (-500, -1800), (-300, -2400))),
    Plan("柳湾路", "street", ((-1600, 620), (-1550, -50), (-1750, -1000))),
    Plan("桑园路", "lane", ((-2400, 520), (-2450, 0), (-2600, -1000))),
)


def run(mosaic: Mosaic, plans: Collection[Plan], waters: Collection[Way], chance: random.Random) -> list[Way]:
    """Lay the lines one after the other; each shuns what lies there already, and begins and ends on one that is near."""
    shunned = {side: WET for water in waters for side in water.sides}
    laid: list[Way] = []
    for plan in plans:
        start, end = (_end(mosaic, spot, laid) for spot in (plan.by[0], plan.by[-1]))
        way = Way(plan.name, plan.rank, _cheapest(mosaic, start, end, plan.by, shunned, chance))
        shunned.update({side: max(SHARED, shunned.get(side, 1.0)) for side in way.sides})
        laid.append(way)
    return laid


def _end(mosaic: Mosaic, spot: Spot, laid: Collection[Way]) -> int:
    """Where a line begins: on one that lies there already, if it is near."""
    corners = itertools.chain.from_iterable(way.corners for way in laid)
    near = min(corners, key=lambda corner: math.dist(mosaic.corners[corner], spot), default=None)
    if near is not None and math.dist(mosaic.corners[near], spot) < JOINS:
        return near
    return mosaic.nearest_corner(spot)


def _cheapest(
    mosaic: Mosaic,
    start: int,
    end: int,
    by: tuple[Spot, ...],
    shunned: Mapping[Side, float],
    chance: random.Random,
) -> tuple[int, ...]:
    """Dijkstra's way along the wanted line."""
    best, came, queue = {start: 0.0}, {start: start}, [(0.0, start)]
    while queue:
        cost, here = heapq.heappop(queue)
        if here == end:
            break
        if cost > best[here]:
            continue
        for there in mosaic.ways[here]:
            reached = cost + _cost(mosaic, same((here, there)), by, shunned) * chance.uniform(*UNEVEN)
            if reached < best.get(there, math.inf):
                best[there], came[there] = reached, here
                heapq.heappush(queue, (reached, there))
    return _back(came, end)


def _cost(mosaic: Mosaic, side: Side, by: tuple[Spot, ...], shunned: Mapping[Side, float]) -> float:
    (ax, ay), (bx, by_) = mosaic.corners[side[0]], mosaic.corners[side[1]]
    off = along(((ax + bx) / 2, (ay + by_) / 2), by) / STRAYING
    return mosaic.length(side) * (1 + off * off) * shunned.get(side, 1.0)


def _back(came: Mapping[int, int], end: int) -> tuple[int, ...]:
    walked = [end]
    while came[walked[-1]] != walked[-1]:
        walked.append(came[walked[-1]])
    return tuple(reversed(walked))
