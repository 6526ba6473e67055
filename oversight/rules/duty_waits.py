"""Waiting for somebody on duty (等人当班): when an order that was given to a squad would be signed for by another roster. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from town import duty
from town.duty import LeaveFact, ShiftFact


@dataclass(frozen=True)
class Watch:
    """值班表: one roster, asked when a squad is next on duty."""

    shifts: Mapping[str, tuple[ShiftFact, ...]]
    leaves: tuple[LeaveFact, ...]

    def first(self, squad: str, since: dt.datetime) -> dt.datetime | None:
        """The first moment from ``since`` on at which somebody may answer for the squad."""
        shifts = self.shifts.get(squad, ())
        ahead = (*(one.starts_at for one in shifts), *(one.ends_at for one in self.leaves))
        asked = (since, *sorted(moment for moment in ahead if moment > since))
        return next((at for at in asked if duty.duty_leader(shifts, self.leaves, squad, at)), None)


def watch(shifts: Iterable[ShiftFact], leaves: Iterable[LeaveFact]) -> Watch:
    """A roster by squad."""
    by_squad: dict[str, list[ShiftFact]] = {}
    for shift in shifts:
        by_squad.setdefault(shift.squad, []).append(shift)
    return Watch({squad: tuple(some) for squad, some in by_squad.items()}, tuple(leaves))


@dataclass(frozen=True)
class Duty:
    """The roster as it was, and the one that is tried. ``typical``: how long each squad takes to sign while on duty."""

    was: Watch
    then: Watch
    typical: Mapping[str, dt.timedelta] = field(default_factory=dict)

    def signed(
        self, squad: str, new_squad: str, given: dt.datetime, signed: dt.datetime, new_given: dt.datetime
    ) -> dt.datetime:
        """When it is signed for that was given at ``given`` and signed for at ``signed``, when given at ``new_given``.

        Who was on duty takes as long as he took. What was signed for while nobody was on duty is signed for as fast as
        this squad usually does, if somebody is on duty sooner; otherwise it stays.
        """
        begun, begins = self.was.first(squad, given), self.then.first(new_squad, new_given)
        moved = signed + (new_given - given)
        if begins is None:
            return moved
        if begun is not None and begun <= signed:
            return begins + (signed - begun)
        return min(moved, begins + self.typical.get(squad, signed - given))


def reaction(roster: Watch, squad: str, given: dt.datetime, signed: dt.datetime) -> dt.timedelta | None:
    """How long somebody on duty took to sign; None when nobody was."""
    begun = roster.first(squad, given)
    return signed - begun if begun is not None and begun <= signed else None


def median(values: Iterable[dt.timedelta]) -> dt.timedelta | None:
    """The one in the middle."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None
