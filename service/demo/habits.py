"""How the demo town's people work (习惯): who does what next with an order, and when. Pure: facts and chance in, a step out.

Used for the town's past. In the present they are played over the public API, see ``script``.
"""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dispatch.rules.workflow import Action, Lane, State
from service.demo import matters
from service.demo.people import CHECKER, DESK, LATE, LEADERS, SUPERVISOR, UNITS
from town.clock import Instant

FIELD_HOURS = dt.time(6, 30), dt.time(22, 0)
OFFICE_HOURS = dt.time(8, 30), dt.time(17, 30)
RETURNED, REWORKED, FORGOTTEN, ESCALATED = 0.03, 0.08, 0.03, 0.12
"""How often of all cases."""
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)

Hours = tuple[dt.time, dt.time]


@dataclass(frozen=True)
class Seen:
    """What somebody sees of an order. ``leader``, ``worker``: logins; ``here``: the squad whose ground it is; ``round``: turns so far."""

    state: State
    lane: Lane
    leader: str | None
    squad: str | None
    partner: str | None
    worker: str | None
    here: str
    returns: int
    outcome: str | None
    round: int


@dataclass(frozen=True)
class Planned:
    """A step: when, by whom (a login), what, and what comes with it."""

    at: Instant
    who: str
    action: Action
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """Now, as somebody plans from it."""

    at: Instant
    zone: ZoneInfo
    chance: random.Random

    def after(self, least: float, most: float, hours: Hours, *, weekends: bool = True) -> Instant:
        """So many minutes of these hours later; what falls outside waits for the next opening."""
        local = self.at.astimezone(self.zone) + self.chance.uniform(least, most) * MINUTE
        opens, closes = hours
        if local.time() >= closes:
            local = dt.datetime.combine(local.date() + DAY, opens, self.zone) + self.chance.uniform(1, 50) * MINUTE
        elif local.time() < opens:
            local = dt.datetime.combine(local.date(), opens, self.zone) + self.chance.uniform(1, 50) * MINUTE
        while local.weekday() >= 5 and not weekends:
            local += DAY
        return local.astimezone(dt.UTC)

    def field(self, least: float, most: float) -> Instant:
        """In the hours in which squads are out."""
        return self.after(least, most, FIELD_HOURS)

    def office(self, least: float, most: float) -> Instant:
        """In office hours, from Monday to Friday."""
        return self.after(least, most, OFFICE_HOURS, weekends=False)


Habit = Callable[[Seen, Moment], Planned | None]


def next_step(seen: Seen, moment: Moment) -> Planned | None:
    """What comes next; None when nobody here does anything more."""
    habit = HABITS.get((seen.state, seen.lane)) or HABITS.get((seen.state, None))
    return habit(seen, moment) if habit else None


def _dispatch(seen: Seen, moment: Moment) -> Planned:
    given = {"squad": seen.here, "words": "已电话核实，由你中队处理。"}
    return Planned(moment.field(4, 70), DESK.login, Action.DISPATCH, given)


def _reply(seen: Seen, moment: Moment) -> Planned:
    """What the other body said, as the desk writes it down."""
    if moment.chance.random() < 0.1:
        return Planned(
            moment.office(600, 3000), DESK.login, Action.SENT_BACK, {"words": "对方答复：不属其管辖，退回。"}
        )
    return Planned(moment.office(300, 2800), DESK.login, Action.TAKEN_OVER, {"words": matters.ANSWERS["transferred"]})


def _accept(seen: Seen, moment: Moment) -> Planned:
    who = _of_squad(seen)
    if seen.returns == 0 and moment.chance.random() < RETURNED:
        given = {"ground": "not_our_area", "words": matters.NOT_OUR_STREET}
        return Planned(moment.field(5, 40), who, Action.RETURN, given)
    slow = _leader_of(seen.squad) == LATE or moment.chance.random() < FORGOTTEN
    return Planned(moment.field(24, 95) if slow else moment.field(1, 20), who, Action.ACCEPT)


def _arrive(seen: Seen, moment: Moment) -> Planned:
    return Planned(moment.field(12, 95), _of_squad(seen), Action.ARRIVE)


def _handle(seen: Seen, moment: Moment) -> Planned:
    outcome, words = moment.chance.choice(matters.HANDLED)
    when = moment.field(15, 150) if moment.chance.random() < 0.8 else moment.field(900, 3000)
    return Planned(when, _of_squad(seen), Action.HANDLE, {"outcome": outcome, "words": words})


def _unit(action: Action, least: float, most: float) -> Habit:
    def habit(seen: Seen, moment: Moment) -> Planned | None:
        who = next((one.login for one in UNITS if one.partner == seen.partner), None)
        outcome, words = moment.chance.choice(matters.REPAIRED)
        given = {"outcome": outcome, "words": words} if action is Action.HANDLE else {}
        return Planned(moment.field(least, most), who, action, given) if who else None

    return habit


def _worker_accepts(seen: Seen, moment: Moment) -> Planned | None:
    return Planned(moment.field(2, 45), seen.worker, Action.ACCEPT) if seen.worker else None


def _settle(seen: Seen, moment: Moment) -> Planned | None:
    if seen.worker is None:
        return None
    if moment.chance.random() < ESCALATED:
        return Planned(moment.field(20, 90), seen.worker, Action.ESCALATE, {"words": "说了两次不听，请中队来。"})
    outcome, words = moment.chance.choice(matters.SETTLED)
    return Planned(moment.field(15, 240), seen.worker, Action.SETTLE, {"outcome": outcome, "words": words})


def _check(seen: Seen, moment: Moment) -> Planned:
    again = seen.round < 7 and seen.outcome not in matters.OF_A_CASE
    if again and moment.chance.random() < REWORKED:
        words = moment.chance.choice(matters.SENT_BACK)
        return Planned(moment.office(60, 500), CHECKER.login, Action.REWORK, {"words": words})
    return Planned(moment.office(30, 500), CHECKER.login, Action.CHECK)


def _close(seen: Seen, moment: Moment) -> Planned:
    words = matters.ANSWERS[seen.outcome or "fixed"]
    return Planned(moment.office(5, 60), CHECKER.login, Action.CLOSE, {"words": words})


def _arbitrate(seen: Seen, moment: Moment) -> Planned:
    given = {"squad": seen.here, "words": matters.ARBITRATED}
    return Planned(moment.office(60, 300), SUPERVISOR.login, Action.ARBITRATE, given)


def _of_squad(seen: Seen) -> str:
    return seen.leader or _leader_of(seen.squad)


def _leader_of(squad: str | None) -> str:
    return next(leader.login for leader in LEADERS if leader.squad == squad)


HABITS: Mapping[tuple[State, Lane | None], Habit] = {
    (State.RECEIVED, None): _dispatch,
    (State.RETURNED, None): _dispatch,
    (State.ARBITRATION, None): _arbitrate,
    (State.TRANSFERRED, None): _reply,
    (State.DISPATCHED, Lane.SQUAD): _accept,
    (State.ACCEPTED, Lane.SQUAD): _arrive,
    (State.ON_SITE, Lane.SQUAD): _handle,
    (State.DISPATCHED, Lane.UNIT): _unit(Action.ACCEPT, 5, 90),
    (State.ACCEPTED, Lane.UNIT): _unit(Action.ARRIVE, 20, 110),
    (State.ON_SITE, Lane.UNIT): _unit(Action.HANDLE, 30, 400),
    (State.DISPATCHED, Lane.GRID): _worker_accepts,
    (State.ACCEPTED, Lane.GRID): _settle,
    (State.HANDLED, None): _check,
    (State.CHECKED, None): _close,
}
