"""Who is told (找谁): for each level a chain of seats, and the first of them where somebody really sits. Never nobody.

Below every chain lies the named fallback (兜底人), and below him whoever of the town's posts is left. Only a town without
a single account that works has nobody; then the alarm stands at the desk, and the nightly proof finds it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Seat(StrEnum):
    """席位: a post towards one matter. ``desk`` is where an alarm stands that nobody could be found for."""

    HOLDER = "holder"
    DUTY_LEADER = "duty_leader"
    STAND_IN = "stand_in"
    SQUAD_LEADER = "squad_leader"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    APPROVER = "approver"
    FALLBACK = "fallback"
    DESK = "desk"


class Why(StrEnum):
    """Why a seat, or who sits there, was passed over."""

    NO_SUCH_POST = "no_such_post"
    NOBODY_ON_DUTY = "nobody_on_duty"
    ON_LEAVE = "on_leave"
    BLOCKED = "blocked"
    LATE_HIMSELF = "is_the_one_who_is_late"


S = Seat
SQUAD = (S.DUTY_LEADER, S.STAND_IN, S.SQUAD_LEADER)
AT_ONCE = (S.HOLDER, *SQUAD, S.DISPATCHER, S.SUPERVISOR, S.APPROVER)
CHAINS: Mapping[str, tuple[Seat, ...]] = {
    "remind": AT_ONCE,
    "urge": AT_ONCE,
    "yellow": (S.SQUAD_LEADER, S.DUTY_LEADER, S.STAND_IN, S.DISPATCHER, S.SUPERVISOR, S.APPROVER),
    "red": (S.DISPATCHER, S.SUPERVISOR, S.APPROVER),
    "supervise": (S.SUPERVISOR, S.APPROVER, S.DISPATCHER),
    "account": (S.SUPERVISOR, S.APPROVER),
}
"""Who is told of a level, the first one first."""
TOLD_TOO: Mapping[str, tuple[Seat, ...]] = {
    "yellow": (S.HOLDER,),
    "red": (S.HOLDER,),
    "account": (S.FALLBACK,),
}
"""Who hears of it beside the one it was brought to: a level adds, it does not take away."""
OVER_HIS_HEAD = frozenset({"yellow", "red", "supervise", "account"})
"""Levels that somebody who is late himself does not answer for."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits where towards one matter, by login, in the order they are asked.

    ``active``: who may sign in. ``away``: who is on leave. ``late``: whose move is waited for. ``fallback``: who was
    named. ``successors``: who comes after him: supervisors, dispatchers, approvers, administrators of the system.
    """

    seats: Mapping[Seat, tuple[str, ...]]
    active: Collection[str]
    away: Collection[str] = frozenset()
    late: Collection[str] = frozenset()
    fallback: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A seat that was passed over, who sat there if anybody did, and why."""

    seat: Seat
    why: Why
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Whom it is brought to. ``login`` is empty only in a town where nobody can sign in."""

    seat: Seat
    login: str | None
    passed: tuple[Passed, ...] = field(default=())

    @property
    def fallback(self) -> bool:
        """Whether nobody of the chain was there."""
        return self.seat in {Seat.FALLBACK, Seat.DESK}


def find(level: str, sitting: Sitting) -> Found:
    """Whom an alarm of this level is brought to, and whom it was not and why."""
    passed: list[Passed] = []
    late = sitting.late if level in OVER_HIS_HEAD else ()
    for seat in CHAINS.get(level, CHAINS["red"]):
        for login, why in _asked(seat, sitting, late):
            if login is not None and why is None:
                return Found(seat, login, tuple(passed))
            passed.append(Passed(seat, why or Why.NO_SUCH_POST, login))
    return _below(sitting, passed)


def told_too(level: str, sitting: Sitting, found: Found) -> tuple[str, ...]:
    """Logins of those who hear of it beside the one it was brought to."""
    present = (_present(seat, sitting) for seat in TOLD_TOO.get(level, ()))
    return tuple(dict.fromkeys(login for login in present if login is not None and login != found.login))


def _asked(seat: Seat, sitting: Sitting, late: Collection[str]) -> Iterator[tuple[str | None, Why | None]]:
    """Everybody who sits there, and why he is passed over if he is; one line for an empty seat."""
    logins = sitting.seats.get(seat, ())
    if not logins:
        yield None, Why.NOBODY_ON_DUTY if seat is Seat.DUTY_LEADER else Why.NO_SUCH_POST
    for login in logins:
        yield login, Why.LATE_HIMSELF if login in late else _absent(login, sitting)


def _absent(login: str, sitting: Sitting) -> Why | None:
    if login not in sitting.active:
        return Why.BLOCKED
    return Why.ON_LEAVE if login in sitting.away else None


def _present(seat: Seat, sitting: Sitting) -> str | None:
    if seat is Seat.FALLBACK:
        return _below(sitting, []).login
    return next((one for one in sitting.seats.get(seat, ()) if _absent(one, sitting) is None), None)


def _below(sitting: Sitting, passed: list[Passed]) -> Found:
    """The fallback, or who comes after him; somebody on leave before nobody at all."""
    named = (sitting.fallback,) if sitting.fallback else ()
    order = dict.fromkeys((*named, *sitting.successors))
    absent = {login: _absent(login, sitting) for login in order}
    passed += [Passed(Seat.FALLBACK, why, one) for one in named if (why := absent[one])]
    if not named:
        passed.append(Passed(Seat.FALLBACK, Why.NO_SUCH_POST))
    for bearable in (None, Why.ON_LEAVE):
        for login in order:
            if absent[login] is bearable:
                return Found(Seat.FALLBACK, login, tuple(passed))
    return Found(Seat.DESK, None, tuple(passed))
