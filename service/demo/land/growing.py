"""Dividing land (划分): pieces grow from their seats, cell by adjoining cell, the smallest first, so none falls in two."""

import heapq
import itertools
import math
import random
from collections.abc import Callable, Collection, Mapping, Sequence

from service.demo.land.mosaic import Mosaic
from service.demo.land.shapes import Side, Spot

ROUNDS = 4
UNLIKE = (0.75, 1.35)
"""How unlike the pieces' shares are."""

Fences = Mapping[Side, float]
"""How many times longer the way seems across a side."""


def grow(
    mosaic: Mosaic, cells: Collection[int], seats: Sequence[int], shares: Sequence[float], fences: Fences
) -> list[set[int]]:
    """The cells, divided among the seats in these shares. What no seat can reach is in no piece."""
    growth = _Growth(mosaic, cells, seats, fences)
    while growth.step(lambda turn: len(growth.pieces[turn]) / shares[turn]):
        pass
    return growth.pieces


def spread(
    mosaic: Mosaic, cells: Collection[int], seats: Sequence[int], pulls: Sequence[float], fences: Fences
) -> list[set[int]]:
    """The cells, each to the seat with the shortest way to it; a seat's ways count for less, the more it pulls."""
    growth = _Growth(mosaic, cells, seats, fences)
    while growth.step(lambda turn: growth.nearest(turn) / pulls[turn]):
        pass
    return growth.pieces


class _Growth:
    """Pieces as they grow, each with the cells it could take next, cheapest first."""

    def __init__(self, mosaic: Mosaic, cells: Collection[int], seats: Sequence[int], fences: Fences) -> None:
        self._mosaic = mosaic
        self._free = set(cells)
        self._fences = fences
        self._fronts: list[list[tuple[float, int]]] = [[] for _ in seats]
        self.pieces: list[set[int]] = [set() for _ in seats]
        for turn, seat in enumerate(seats):
            self._take(turn, 0.0, seat)

    def nearest(self, turn: int) -> float:
        """How far it is from a seat to the next cell it could take."""
        return self._fronts[turn][0][0]

    def step(self, patience: Callable[[int], float]) -> bool:
        """One more cell for the piece with the least patience; False when nobody can grow."""
        able = [turn for turn in range(len(self.pieces)) if self._can_grow(turn)]
        if not able:
            return False
        turn = min(able, key=patience)
        self._take(turn, *heapq.heappop(self._fronts[turn]))
        return True

    def _can_grow(self, turn: int) -> bool:
        front = self._fronts[turn]
        while front and front[0][1] not in self._free:
            heapq.heappop(front)
        return bool(front)

    def _take(self, turn: int, cost: float, cell: int) -> None:
        self._free.discard(cell)
        self.pieces[turn].add(cell)
        for beside, side in self._mosaic.beside[cell]:
            if beside in self._free:
                step = math.dist(self._mosaic.spots[cell], self._mosaic.spots[beside])
                heapq.heappush(self._fronts[turn], (cost + step * self._fences.get(side, 1.0), beside))


def divide(
    mosaic: Mosaic, cells: Collection[int], shares: Sequence[float], fences: Fences, chance: random.Random
) -> list[set[int]]:
    """The cells in as many compact pieces as there are shares, each in one piece; seats move to their pieces' middles."""
    uneven = [share * chance.uniform(*UNLIKE) for share in shares]
    seats = _scattered(mosaic, cells, len(shares), chance)
    for _ in range(ROUNDS):
        pieces = grow(mosaic, cells, seats, uneven, fences)
        seats = [middle(mosaic, piece) for piece in pieces]
    return grow(mosaic, cells, seats, uneven, fences)


def _scattered(mosaic: Mosaic, cells: Collection[int], number: int, chance: random.Random) -> list[int]:
    """Seats as far from each other as can be."""
    ordered = sorted(cells)
    seats = [chance.choice(ordered)]
    far = dict.fromkeys(ordered, math.inf)
    for _ in range(number):
        for cell in ordered:
            far[cell] = min(far[cell], math.dist(mosaic.spots[cell], mosaic.spots[seats[-1]]))
        seats.append(max(ordered, key=lambda cell: far[cell]))
    return seats[:number]


def middle(mosaic: Mosaic, cells: Collection[int]) -> int:
    """The cell closest to the middle of them all."""
    centre = centroid(mosaic, cells)
    return min(sorted(cells), key=lambda cell: math.dist(mosaic.spots[cell], centre))


def centroid(mosaic: Mosaic, cells: Collection[int]) -> Spot:
    """The middle of their spots."""
    spots = [mosaic.spots[cell] for cell in cells]
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def outline(mosaic: Mosaic, cells: Collection[int]) -> set[tuple[int, int]]:
    """The directed sides round the cells, land on the left."""
    mine = set(cells)
    walked = itertools.chain.from_iterable(
        zip(ring, (*ring[1:], ring[0]), strict=True) for ring in (mosaic.rings[cell] for cell in mine)
    )
    there = set(walked)
    return {(a, b) for a, b in there if (b, a) not in there}
