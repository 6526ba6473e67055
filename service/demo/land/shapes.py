"""What the land is made of: spots in metres from the town's middle, degrees as they are handed out, and the five areas."""

import itertools
import math
from dataclasses import dataclass

Spot = tuple[float, float]
Side = tuple[int, int]
"""A stretch of border between two corners of the mosaic, by their numbers, the lower one first."""

CODE = "yunxi"
SEED = 193
CENTRE = (121.07, 31.57)
COUNTY_TOWN = "320598113"
"""县 320598 and 镇 113: no county has this code."""

METRES_PER_DEGREE = 110_900.0
DECIMALS = 7
"""Of a degree: about a centimetre, and one spelling for both sides of a border."""
REACH = (3150.0, 2650.0)
"""Half the town's width and height."""


@dataclass(frozen=True)
class Village:
    """社区 or 村, before it is drawn: its name, and how many grids it has."""

    name: str
    grids: int

    @property
    def urban(self) -> bool:
        """Whether it is a neighbourhood (社区) rather than a village (村)."""
        return self.name.endswith("社区")


@dataclass(frozen=True)
class Area:
    """片区 before it is drawn: where its middle lies, in metres, how far it reaches beside others, its villages."""

    code: str
    name: str
    at: Spot
    pull: float
    villages: tuple[Village, ...]


def _villages(*rows: tuple[str, int]) -> tuple[Village, ...]:
    return tuple(Village(*row) for row in rows)


AREAS = (
    Area(
        "CZ",
        "城中片区",
        (100.0, 50.0),
        1.0,
        _villages(
            ("县前社区", 5),
            ("文昌社区", 4),
            ("府学社区", 4),
            ("新桥社区", 5),
            ("西门社区", 4),
            ("水关社区", 4),
            ("米行社区", 4),
        ),
    ),
    Area(
        "CD",
        "城东片区",
        (1900.0, 200.0),
        1.0,
        _villages(("朝阳社区", 5), ("花园社区", 5), ("东盛村", 4), ("陈渡村", 4), ("杨浜村", 3), ("沈巷村", 4)),
    ),
    Area(
        "HX",
        "河西片区",
        (-1900.0, -50.0),
        1.0,
        _villages(("渡口社区", 4), ("柳湾村", 4), ("桑园村", 3), ("芦浦村", 4), ("西郊村", 3), ("唐家浜村", 3)),
    ),
    Area(
        "BJ",
        "北街片区",
        (150.0, 1750.0),
        1.0,
        _villages(("北街社区", 5), ("牌楼社区", 4), ("双塔社区", 4), ("杨林村", 4), ("窑头村", 3), ("仓前村", 3)),
    ),
    Area(
        "NW",
        "南圩片区",
        (150.0, -1750.0),
        1.0,
        _villages(("塘桥社区", 5), ("南圩村", 4), ("荷塘村", 4), ("永丰村", 3), ("大圩村", 4), ("菱湖村", 3)),
    ),
)


def degrees(spot: Spot) -> Spot:
    """Metres from the middle as longitude and latitude."""
    across = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return round(CENTRE[0] + spot[0] / across, DECIMALS), round(CENTRE[1] + spot[1] / METRES_PER_DEGREE, DECIMALS)


def metres(lon: float, lat: float) -> Spot:
    """Longitude and latitude as metres from the middle."""
    across = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return (lon - CENTRE[0]) * across, (lat - CENTRE[1]) * METRES_PER_DEGREE


def remoteness(spot: Spot) -> float:
    """0 in the middle, 1 where the town ends on average."""
    return math.hypot(spot[0] / REACH[0], spot[1] / REACH[1])


def along(spot: Spot, line: tuple[Spot, ...]) -> float:
    """How far a spot is from a line, in metres."""
    return min(_from_piece(spot, start, end) for start, end in itertools.pairwise(line))


def _from_piece(spot: Spot, start: Spot, end: Spot) -> float:
    across, up = end[0] - start[0], end[1] - start[1]
    part = ((spot[0] - start[0]) * across + (spot[1] - start[1]) * up) / (across * across + up * up)
    part = min(1.0, max(0.0, part))
    return math.hypot(spot[0] - start[0] - part * across, spot[1] - start[1] - part * up)
