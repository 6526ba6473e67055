"""可信时间: the time that the watch goes by when somebody or something sets the machine's clock wrong.

The wall's clock is believed as long as it moves as the steady clock does. When it jumps, the steady clock goes on telling
the time, so that nothing rings early and nothing is left out, until the wall comes back, another machine's clock says
the same, or an administrator says that the new time is right (``wangge watch trust``). What was believed last stands in
the database (``watch_beat``), so that a worker started again after a jump is not fooled. Why: docs/adr/0003-one-clock.md.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from town.clock import Instant, Look

TOLERANCE = dt.timedelta(seconds=30)
"""Corrections up to this are followed; a network's time service never makes larger ones while it runs."""

Witness = Callable[[], Instant | None]
"""The time by a clock of another machine; None when there is none."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What time it is, and by how much the wall's clock differs from it: nothing, unless it jumped."""

    at: Instant
    look: Look
    skew: dt.timedelta

    @property
    def jumped(self) -> bool:
        """Whether the wall's clock is not believed."""
        return bool(self.skew)


def first(look: Look, before: Believed | None) -> Believed:
    """The time when a process begins. ``before``: what was believed last by whoever watched before.

    After a restart of the machine nothing can be compared, and the wall's clock is all there is.
    """
    if before is None or before.look.boot != look.boot or look.steady < before.look.steady:
        return Believed(look.wall, look, dt.timedelta())
    return then(look, before)


def then(look: Look, before: Believed, witness: Witness = lambda: None) -> Believed:
    """The time at another look, by what was believed at the look before."""
    expected = before.at + dt.timedelta(seconds=look.steady - before.look.steady)
    skew = look.wall - expected
    if abs(skew) <= TOLERANCE or _agrees(witness(), look.wall):
        return Believed(look.wall, look, dt.timedelta())
    return Believed(expected, look, skew)


def _agrees(other: Instant | None, wall: Instant) -> bool:
    return other is not None and abs(other - wall) <= TOLERANCE
