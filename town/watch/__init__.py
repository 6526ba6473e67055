"""Clocks that are watched (时限): a deadline is a row; the watch claims what is due and acts on it exactly once.

Each room starts and meets its own clocks and registers what a due one does; the watch knows no meaning.
Why it is built this way: docs/adr/0003-one-clock.md.
"""

from town.watch.extending import extend
from town.watch.models import WAITED_FOR, WAITING, Beat, Deadline, Extension, Pause, State
from town.watch.pausing import exclude, pause, resume
from town.watch.reading import extensions_of, nearest, of, of_subjects, pauses_of
from town.watch.reckoning import Rung, percent, reckon, rungs
from town.watch.revising import Revised, revise
from town.watch.starting import drop, meet, start
from town.watch.telling import ACTOR, EXTENDED_KIND, MISSED_KIND, PAUSED_KIND, RESUMED_KIND, REVISED_KIND
from town.watch.ticking import BATCH, LONGEST_PAUSE, SHORTEST_PAUSE, Handler, RungHandler, tick

__all__ = [
    "ACTOR",
    "BATCH",
    "EXTENDED_KIND",
    "LONGEST_PAUSE",
    "MISSED_KIND",
    "PAUSED_KIND",
    "RESUMED_KIND",
    "REVISED_KIND",
    "SHORTEST_PAUSE",
    "WAITED_FOR",
    "WAITING",
    "Beat",
    "Deadline",
    "Extension",
    "Handler",
    "Pause",
    "Revised",
    "Rung",
    "RungHandler",
    "State",
    "drop",
    "exclude",
    "extend",
    "extensions_of",
    "meet",
    "nearest",
    "of",
    "of_subjects",
    "pause",
    "pauses_of",
    "percent",
    "reckon",
    "resume",
    "revise",
    "rungs",
    "start",
    "tick",
]
