"""What a ladder must be (梯级检查): known levels, each once, and none reached before a milder one. Pure."""

from collections.abc import Sequence
from itertools import pairwise

LONGEST = 10_000
"""Percent: a hundred times the time a clock has."""


def fault(ladder: Sequence[tuple[str, int]], levels: Sequence[str]) -> str | None:
    """Why a ladder cannot be kept, in words; None when it can. ``levels``: those there are, in the order they are climbed."""
    named = [level for level, _ in ladder]
    if unknown := [level for level in named if level not in levels]:
        return f"没有「{'、'.join(unknown)}」这样的级别，只有 {'、'.join(levels)}"
    if len(set(named)) < len(named):
        return "每个级别只能写一次"
    if any(not 1 <= percent <= LONGEST for _, percent in ladder):
        return f"百分数要在 1 到 {LONGEST} 之间"
    climbed = sorted(ladder, key=lambda rung: levels.index(rung[0]))
    if any(later[1] <= earlier[1] for earlier, later in pairwise(climbed)):
        return "级别越重，百分数要越大"
    return None
