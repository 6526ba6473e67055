"""Drawing lines (画线): sides become smooth lines, cut once at every meeting point and used by all who run along them."""

import itertools
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from service.demo.land.mosaic import Mosaic, same
from service.demo.land.shapes import Side, Spot

ROUNDINGS = 2
UNSTEADY = 0.09
"""How far the middle of a side lies off its straight line, as a part of its length."""


class Pinched(Exception):
    """Some piece of land touches itself in a corner, or lies like an island in another one."""


@dataclass(frozen=True)
class Drawing:
    """Every line between two meeting points, smooth, by the corners it goes by."""

    lines: dict[tuple[int, ...], tuple[Spot, ...]]
    meetings: frozenset[int]

    def along(self, corners: Sequence[int]) -> list[Spot]:
        """The smooth line along corners that begin and end at meeting points."""
        drawn: list[Spot] = []
        for stretch in _stretches(corners, self.meetings):
            piece = self._line(stretch)
            drawn.extend(piece if not drawn else piece[1:])
        return drawn

    def ring(self, sides: Collection[Side]) -> list[Spot]:
        """The smooth ring round some land, from its directed sides. Raises Pinched."""
        corners = _walk(sides)
        start = next((place for place, corner in enumerate(corners) if corner in self.meetings), None)
        if start is None:
            raise Pinched
        turned = [*corners[start:], *corners[:start]]
        return self.along([*turned, turned[0]])

    def _line(self, stretch: tuple[int, ...]) -> tuple[Spot, ...]:
        if stretch in self.lines:
            return self.lines[stretch]
        return self.lines[stretch[::-1]][::-1]


def draw(mosaic: Mosaic, sides: Iterable[Side], ends: Iterable[int], chance: random.Random) -> Drawing:
    """Smooth, slightly unsteady lines along all of these sides together; what ends at one of ``ends`` may do so in the middle of a line."""
    ways: dict[int, list[int]] = defaultdict(list)
    for a, b in sides:
        ways[a].append(b)
        ways[b].append(a)
    meetings = frozenset((*ends, *(corner for corner, there in ways.items() if len(there) != 2)))
    lines = {}
    for start in sorted(meetings):
        for first in sorted(ways[start]):
            stretch = _follow(ways, meetings, start, first)
            if stretch[::-1] not in lines:
                lines[stretch] = _smooth(_unsteady([mosaic.corners[corner] for corner in stretch], chance))
    return Drawing(lines, meetings)


def _follow(ways: dict[int, list[int]], meetings: frozenset[int], start: int, first: int) -> tuple[int, ...]:
    walked = [start, first]
    while walked[-1] not in meetings:
        a, b = ways[walked[-1]]
        walked.append(b if a == walked[-2] else a)
    return tuple(walked)


def _unsteady(line: list[Spot], chance: random.Random) -> list[Spot]:
    drawn = [line[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        off = chance.uniform(-UNSTEADY, UNSTEADY)
        drawn += [((ax + bx) / 2 - (by - ay) * off, (ay + by) / 2 + (bx - ax) * off), (bx, by)]
    return drawn


def _smooth(line: list[Spot]) -> tuple[Spot, ...]:
    """Corners are cut off, the ends stay (Chaikin 1974)."""
    for _ in range(ROUNDINGS):
        cut = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25), (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
        line = [*cut, line[-1]] if len(line) > 2 else line
    return tuple(line)


def _stretches(corners: Sequence[int], meetings: frozenset[int]) -> Iterable[tuple[int, ...]]:
    begun = 0
    for place in range(1, len(corners)):
        if corners[place] in meetings:
            yield tuple(corners[begun : place + 1])
            begun = place


def _walk(sides: Collection[Side]) -> list[int]:
    """The corners of one ring in their order."""
    onward = dict(sides)
    if len(onward) != len(sides):
        raise Pinched
    walked = [next(iter(onward))]
    while (there := onward[walked[-1]]) != walked[0]:
        walked.append(there)
    if len(walked) != len(onward):
        raise Pinched
    return walked


def undirected(sides: Iterable[Side]) -> set[Side]:
    """The same sides, whichever way they are walked."""
    return {same(side) for side in sides}
