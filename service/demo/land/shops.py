"""Shops (店铺): small parcels in rows along the streets, densest in the old town, with names and house numbers."""

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely import LineString, Polygon

from service.demo.land.drawn import Street, land
from service.demo.land.shapes import SEED, degrees, remoteness

HALF_WIDTH = {"main": 13.0, "street": 8.0, "lane": 5.0, "river": 26.0, "canal": 10.0}
"""Of a street with its pavement, or of a water, in metres."""
FRONT, DEPTH = (7.0, 13.0), (10.0, 17.0)
ROW = (3, 8)
"""How many shops stand in a row."""
SHOPPED = 0.4
"""Beyond this remoteness rows become rare."""
APART_M = 0.3
"""Between two shops at least, so that they stay apart when their corners are rounded to degrees."""
MOST = 280

KINDS = {
    "早点": ("早餐店", "包子铺", "豆浆店"),
    "餐饮": ("面馆", "小吃", "饭店", "烧烤", "羊肉馆"),
    "果蔬": ("水果店", "蔬果行", "鲜果"),
    "超市": ("超市", "便利店", "食品店"),
    "五金": ("五金店", "建材店", "水暖店"),
    "修理": ("汽修", "电动车行", "修理部"),
    "服饰": ("服装店", "鞋店", "布庄"),
    "药店": ("大药房", "药店"),
    "美容": ("理发店", "美发", "美容店"),
    "茶饮": ("茶庄", "奶茶店", "茶馆"),
    "文具": ("文具店", "图文店", "书店"),
    "花鸟": ("花店", "渔具店"),
}
# fmt: off
SIGNS = (
    "阿芳", "老陈", "金凤", "云溪", "宏达", "顺发", "福满", "小红", "百味", "鑫源", "好邻居", "同福", "新新", "永兴",
    "江南", "水乡", "老街", "一品", "家和", "万隆", "阿根", "吉祥", "桥头", "河埠", "联华", "东方", "春来", "四季",
    "恒昌", "徐记", "沈记", "顾家", "陆氏", "天天", "德润", "聚源", "美佳", "三和", "海棠", "银杏",
)
# fmt: on


@dataclass(frozen=True)
class Shop:
    """店铺: its name, what it sells, its address, the code of its grid, and its parcel in degrees."""

    name: str
    kind: str
    address: str
    grid: str
    shape: Polygon


@dataclass(frozen=True)
class _Parcel:
    street: str
    house: int
    shape: Polygon


def shops(seed: int = SEED) -> dict[str, Any]:
    """The shops as GeoJSON polygons with name, kind, address and grid. Degrees, CGCS2000."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": shop.name, "kind": shop.kind, "address": shop.address, "grid": shop.grid},
            "geometry": shapely.geometry.mapping(shop.shape),
        }
        for shop in shop_list(seed)
    ]
    return {"type": "FeatureCollection", "name": "shops", "features": features}


@lru_cache(maxsize=4)
def shop_list(seed: int = SEED) -> tuple[Shop, ...]:
    """Every shop of the town."""
    chance = random.Random(f"shops {seed}")
    names = _names(chance)
    grids = land(seed).grids
    around = shapely.STRtree([grid.shape for grid in grids])
    found = []
    for parcel in _standing_free(seed, chance):
        shape = Polygon([degrees((x, y)) for x, y in parcel.shape.exterior.coords])
        for place in around.query(shape.centroid, predicate="intersects")[:1]:
            name, kind = next(names)
            found.append(Shop(name, kind, f"{parcel.street} {parcel.house} 号", grids[place].code, shape))
    return tuple(found)


def _names(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A name and a kind, no name twice; when all are taken, with a branch's number."""
    every = [(sign + what, kind) for sign in SIGNS for kind, whats in KINDS.items() for what in whats]
    chance.shuffle(every)
    for branch in itertools.count(1):
        yield from ((name if branch == 1 else f"{name}{branch} 店", kind) for name, kind in every)


def _standing_free(seed: int, chance: random.Random) -> list[_Parcel]:
    """Parcels that stand neither on each other nor on a street or in a water."""
    lines = (*land(seed).streets, *land(seed).waters)
    roads = shapely.STRtree([LineString(one.line).buffer(HALF_WIDTH[one.rank] - 1.0) for one in lines])
    planned = [parcel for street in land(seed).streets for parcel in _rows(street, chance)]
    dry = [parcel for parcel in planned if not len(roads.query(parcel.shape, predicate="intersects"))]
    chance.shuffle(dry)
    free: dict[int, _Parcel] = {}
    taken = shapely.STRtree([parcel.shape for parcel in dry])
    for place, parcel in enumerate(dry):
        if not any(other in free for other in taken.query(parcel.shape, predicate="dwithin", distance=APART_M)):
            free[place] = parcel
    return sorted(itertools.islice(free.values(), MOST), key=lambda parcel: (parcel.street, parcel.house))


def _rows(street: Street, chance: random.Random) -> Iterator[_Parcel]:
    """Rows of shops on both sides; odd numbers on the left, even ones on the right."""
    line = LineString(street.line)
    for side, first in ((1.0, 1), (-1.0, 2)):
        at, house = chance.uniform(0, 60), first
        while at < line.length:
            spot = line.interpolate(at)
            wanted = chance.random() < math.exp(-((remoteness((spot.x, spot.y)) / SHOPPED) ** 2)) * 0.13
            for _ in range(chance.randint(*ROW) if wanted else 1):
                front = chance.uniform(*FRONT)
                if wanted and at + front < line.length:
                    yield _Parcel(street.name, house, _parcel(line, at, front, side * HALF_WIDTH[street.rank], chance))
                at, house = at + front + 0.5, house + 2
            at += chance.uniform(5, 45)


def _parcel(line: LineString, at: float, front: float, off: float, chance: random.Random) -> Polygon:
    """A parcel whose front lies along the line from ``at`` on, so far off it, to the left where ``off`` is positive."""
    start, end = line.interpolate(at), line.interpolate(at + front)
    length = math.dist((start.x, start.y), (end.x, end.y))
    right, up = (end.x - start.x) / length, (end.y - start.y) / length
    back = off + math.copysign(chance.uniform(*DEPTH), off)
    return Polygon(
        [
            (start.x - up * off, start.y + right * off),
            (end.x - up * off, end.y + right * off),
            (end.x - up * back, end.y + right * back),
            (start.x - up * back, start.y + right * back),
        ]
    )
