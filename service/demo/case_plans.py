"""How the crew's cases go (演示办案计划): which matters become cases, and what is done next in one, by whom. Pure.

A case is the crew's own when the last two officers of its squad are in charge of it; all others are for visitors.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.rules.cases.actions import Action
from service.demo import offences, offenders
from service.demo.offences import Offence
from service.demo.offenders import Offender
from service.demo.people import PLANNING, TEAMS, Colleague
from town.people import Role

A = Action
Case = Mapping[str, Any]
"""案件, as the public API shows it."""
CASE_ONE_IN = 4
"""So many orders of a kind that can become a case are settled on the way to one that does."""
LEFT_ONE_IN, LEFT_MINUTES = 3, 720.0
"""Some decisions lie for half a day, for whoever tries the desk."""
OFFICE_MINUTES, FIELD_MINUTES = (8.0, 30.0), (3.0, 12.0)
OFFICER, APPROVER, REVIEWER = Role.OFFICER, Role.APPROVER, Role.LEGAL_REVIEWER
OFFENCES = {one.category: one for one in (offences.LEASH, offences.RUBBLE, offences.FUMES)}
CASE_SQUADS = {team.code: team.officers[-2:] for team in TEAMS if team.code != PLANNING}


@dataclass(frozen=True)
class Next:
    """What comes next: the act, and who does it."""

    action: Action
    role: Role


def _by(role: Role, *actions: Action) -> tuple[Next, ...]:
    return tuple(Next(action, role) for action in actions)


_INQUIRY = _by(OFFICER, A.NAME_PARTY, A.INSPECT, A.QUESTION, A.ADD_EVIDENCE, A.VERIFY_EVIDENCE, A.ORDER_CORRECTION)
_DECIDED = (*_by(APPROVER, A.DECIDE), *_by(OFFICER, A.SERVE_DECISION, A.PAY))
_CLOSED = (*_by(OFFICER, A.ASK_CLOSING), *_by(APPROVER, A.CLOSE), *_by(OFFICER, A.ARCHIVE))
PLANS: Mapping[str, tuple[Next, ...]] = {
    offences.LEASH.power: (
        *_by(OFFICER, A.NAME_PARTY, A.ADD_EVIDENCE, A.DECIDE_ON_SPOT, A.REPORT_ON_SPOT, A.PAY),
        *_CLOSED,
    ),
    offences.RUBBLE.power: (
        *_INQUIRY,
        *_by(OFFICER, A.RECHECK_CORRECTION, A.PROPOSE_FAST),
        *_by(APPROVER, A.APPROVE_FAST),
        *_by(OFFICER, A.SERVE_NOTICE, A.WAIVE_DEFENCE, A.SUBMIT_DECISION),
        *_DECIDED,
        *_CLOSED,
    ),
    offences.FUMES.power: (
        *_INQUIRY,
        *_by(OFFICER, A.ASK_FILING),
        *_by(APPROVER, A.FILE),
        *_by(OFFICER, A.CONCLUDE),
        *_by(APPROVER, A.APPROVE_NOTICE),
        *_by(OFFICER, A.SERVE_NOTICE, A.WAIVE_DEFENCE, A.WAIVE_HEARING, A.SUBMIT_DECISION),
        *_by(REVIEWER, A.REVIEW),
        *_DECIDED,
        *_CLOSED,
    ),
}
WAITS_FOR: Mapping[Role, frozenset[str] | None] = {
    OFFICER: None,
    APPROVER: frozenset({"filing", "fast_filing", "concluded", "deciding", "closing"}),
    REVIEWER: frozenset({"deciding"}),
}
"""The states in which somebody may be waited for; None for all."""


def becomes_a_case(order: Mapping[str, Any], chance: random.Random) -> Offence | None:
    """What the squad before this order finds, when it finds more than it can settle by talking."""
    offence = OFFENCES.get(order["category"])
    if offence is None or order["squad"]["code"] not in CASE_SQUADS:
        return None
    return offence if chance.randrange(CASE_ONE_IN) == 0 else None


def officers_of(squad: str) -> tuple[Colleague, ...]:
    """Who of a squad is in charge of the crew's cases."""
    return CASE_SQUADS.get(squad, ())


def is_ours(case: Case) -> bool:
    """Whether the crew goes on with a case."""
    names = {one.name for one in officers_of(case["squad"]["code"])}
    return bool(names) and set(case["handlers"]) == names and case["power"]["code"] in PLANS


def waits_for(case: Case, role: Role) -> bool:
    """Whether a case as it is listed may wait for somebody in this role."""
    states = WAITS_FOR[role]
    return is_ours(case) and case["state"] != "archived" and (states is None or case["state"] in states)


def next_act(case: Case) -> Next | None:
    """The first act of its plan that nobody has done yet."""
    done = {act["action"] for act in case["acts"]}
    return next((one for one in PLANS[case["power"]["code"]] if one.action not in done), None)


def open_to(case: Case, action: Action) -> bool:
    """Whether the law and the procedure let who has opened the case do this now."""
    return any(one["action"] == action and one["open"] for one in case["allowed"])


def minutes(role: Role, chance: random.Random) -> float:
    """How long somebody takes for his next act."""
    if role is not OFFICER and chance.randrange(LEFT_ONE_IN) == 0:
        return LEFT_MINUTES
    return chance.uniform(*(FIELD_MINUTES if role is OFFICER else OFFICE_MINUTES))


def offence_of(case: Case) -> Offence:
    """What the party did."""
    return next(one for one in OFFENCES.values() if one.power == case["power"]["code"])


def offender_of(case: Case) -> Offender:
    """Who did it: always the same for the same case."""
    chance = random.Random(f"party {case['id']}")
    return offenders.any_restaurant(chance) if offence_of(case).heavy else offenders.anybody(chance)
