"""The nightly proof (夜间核对): when it is to be run, and who has an open order. Pure."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dispatch.rules.workflow import Lane, State

RUNS_AT = dt.time(2, 30)
"""Local time: after the day's work, before the next one's."""
QUIET_DAYS = 15
"""A case that no clock watches may lie untouched so long (十五日, as 立案 may take)."""


def is_due(now: dt.datetime, last: dt.datetime | None) -> bool:
    """Whether a run is to begin: once for each local night, and after an absence at once. Both in the town's zone."""
    tonight = dt.datetime.combine(now.date(), RUNS_AT, now.tzinfo)
    mark = tonight if now >= tonight else tonight - dt.timedelta(days=1)
    return last is None or last < mark


class Nobody(StrEnum):
    """没有人管: why nobody has what is open."""

    NO_DISPATCHER = "no_dispatcher"
    NO_SUPERVISOR = "no_supervisor"
    NO_CHECKER = "no_checker"
    NO_APPROVER = "no_approver"
    NO_SQUAD = "no_squad"
    SQUAD_EMPTY = "squad_empty"
    NO_WORKER = "no_worker"
    UNIT_EMPTY = "unit_empty"
    NO_CASE = "no_case"
    HANDLERS_GONE = "handlers_gone"


@dataclass(frozen=True, slots=True)
class Staff:
    """Who may act today: squads, units and 网格员 that have somebody, people by post, all with accounts that work.

    ``dispatchers``, ``supervisors``, ``checkers``, ``approvers``: as the journal names them. ``officers``: logins.
    """

    squads: frozenset[uuid.UUID]
    units: frozenset[uuid.UUID]
    workers: frozenset[uuid.UUID]
    dispatchers: frozenset[str]
    supervisors: frozenset[str]
    checkers: frozenset[str]
    approvers: frozenset[str]
    officers: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An open order as far as it matters who has it. ``with_case``: a case under way came of it."""

    state: str
    lane: str
    squad: uuid.UUID | None
    worker: uuid.UUID | None
    partner: uuid.UUID | None
    handler: str | None
    with_case: bool


def ownerless(order: OpenOrder, staff: Staff) -> Nobody | None:
    """Why nobody could take the order's next step; None when somebody can."""
    match order.state:
        case State.RECEIVED | State.RETURNED | State.TRANSFERRED:
            return None if staff.dispatchers else Nobody.NO_DISPATCHER
        case State.SUSPENDED if staff.dispatchers | staff.supervisors:
            return None
        case State.ARBITRATION:
            return None if staff.supervisors else Nobody.NO_SUPERVISOR
        case State.HANDLED:
            return None if staff.checkers - {order.handler} else Nobody.NO_CHECKER
        case State.CHECKED:
            return None if staff.checkers | staff.dispatchers else Nobody.NO_CHECKER
        case State.IN_CASE:
            return None if order.with_case else Nobody.NO_CASE
    return _holderless(order, staff)


def _holderless(order: OpenOrder, staff: Staff) -> Nobody | None:
    """Of an order in the field, or put aside: nobody in its lane."""
    match order.lane:
        case Lane.SQUAD:
            return squadless(order.squad, staff)
        case Lane.GRID:
            return None if order.worker in staff.workers else Nobody.NO_WORKER
        case Lane.UNIT:
            return unitless(order.partner, staff)
    return None if staff.dispatchers else Nobody.NO_DISPATCHER


def squadless(squad: uuid.UUID | None, staff: Staff) -> Nobody | None:
    """Why nobody of a squad could act."""
    if squad is None:
        return Nobody.NO_SQUAD
    return None if squad in staff.squads else Nobody.SQUAD_EMPTY


def unitless(unit: uuid.UUID | None, staff: Staff) -> Nobody | None:
    """Why nobody of a unit could act."""
    return None if unit in staff.units else Nobody.UNIT_EMPTY


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes about the findings, by check and subject."""

    new: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    settled: tuple[tuple[str, str], ...]


def compare(
    standing: frozenset[tuple[str, str]], found: Mapping[tuple[str, str], object], looked: frozenset[str]
) -> Changes:
    """What is new, what still stands, and what is settled. A check that could not look settles nothing.

    ``standing``: findings that nobody settled, by check and subject; ``looked``: the checks that came to an end.
    """
    gone = {one for one in standing - found.keys() if one[0] in looked}
    return Changes(
        tuple(sorted(found.keys() - standing)),
        tuple(sorted(standing - gone)),
        tuple(sorted(gone)),
    )
