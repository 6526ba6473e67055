"""An order's life as its journal tells it (轨迹归并): events go in, in their order; where it stood afterwards comes out."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dispatch.rules.workflow import Lane, State
from oversight.rules.order_facts import Holder, outside

LANES = {Lane.DESK: Holder.DESK, Lane.GRID: Holder.GRID, Lane.UNIT: Holder.UNIT, Lane.TRANSFER: Holder.TRANSFER}
DESK, TRANSFER = outside(Holder.DESK), outside(Holder.TRANSFER)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of an order. ``squad``: code of the squad that it names; ``lane``, ``to``: if it tells them."""

    kind: str
    at: dt.datetime
    squad: str | None = None
    lane: str | None = None
    to: str | None = None


@dataclass(slots=True)
class Life:
    """Where an order stands after some of its events."""

    holder: str = DESK
    filed: bool = False
    rejected: bool = False
    suspended_at: dt.datetime | None = None
    in_case: bool = False
    reworked: bool = False
    handled_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None

    @property
    def ours(self) -> bool:
        """立案: it was given to somebody of the town, and neither rejected nor handed to another body since."""
        return self.filed and not self.rejected and self.holder != TRANSFER


Promise = tuple[dt.datetime, dt.datetime | None]
"""答复期限: when the reporter was to be told, and when he was."""


def promise_that_counts(promises: Sequence[Promise]) -> dt.datetime | None:
    """When the order was to be closed: by the first promise that was broken, for which no later one makes up, else the last."""
    broken = (due for due, met in promises if met is None or met >= due)
    return next(broken, promises[-1][0] if promises else None)


def lived(events: Iterable[Told]) -> Life:
    """The life that these events tell, oldest first."""
    life = Life()
    for event in events:
        if meant := MEANINGS.get(event.kind):
            meant(life, event)
    return life


def _given(life: Life, event: Told) -> None:
    """To a squad by its code, or into the lane that the event names."""
    lane = Lane(event.lane) if event.lane else Lane.SQUAD
    if lane is Lane.SQUAD:
        life.holder = event.squad or DESK
    else:
        life.holder = outside(LANES[lane])
    life.filed = life.filed or life.holder not in (DESK, TRANSFER)


def _desk(life: Life, _event: Told) -> None:
    life.holder = DESK


def _elsewhere(life: Life, _event: Told) -> None:
    life.holder = TRANSFER


def _moved(life: Life, event: Told) -> None:
    """A power was handed back; the order went to the body that has it now, or stayed where it was."""
    if event.to == State.TRANSFERRED:
        life.holder = TRANSFER


def _handled(life: Life, event: Told) -> None:
    """处置 is the first: that it had to be done again is what the rework rate tells."""
    life.handled_at = life.handled_at or event.at


def _into_a_case(life: Life, event: Told) -> None:
    _handled(life, event)
    life.in_case = True


def _out_of_a_case(life: Life, event: Told) -> None:
    _handled(life, event)
    life.in_case = False


def _reworked(life: Life, _event: Told) -> None:
    life.reworked = True


def _suspended(life: Life, event: Told) -> None:
    life.suspended_at = event.at


def _resumed(life: Life, _event: Told) -> None:
    life.suspended_at = None


def _closed(life: Life, event: Told) -> None:
    life.closed_at = life.closed_at or event.at


def _rejected(life: Life, event: Told) -> None:
    life.rejected = True
    _closed(life, event)


MEANINGS: dict[str, Callable[[Life, Told], None]] = {
    "order.waiting": _desk,
    "order.dispatched": _given,
    "order.arbitrated": _given,
    "order.corrected": _given,
    "order.transferred": _elsewhere,
    "order.moved": _moved,
    "order.returned": _desk,
    "order.disputed": _desk,
    "order.escalated": _desk,
    "order.sent_back": _desk,
    "order.handled": _handled,
    "order.settled": _handled,
    "order.case_opened": _into_a_case,
    "order.case_ended": _out_of_a_case,
    "order.reworked": _reworked,
    "order.suspended": _suspended,
    "order.resumed": _resumed,
    "order.rejected": _rejected,
    "order.taken_over": _closed,
    "order.closed": _closed,
}
"""What each event means; every other changes nothing that an indicator asks for."""
