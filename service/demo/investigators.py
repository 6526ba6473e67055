"""The crew's members who work on cases (办案演员): officers, the approver and the legal reviewer, over the public API."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from enforcement.rules.cases.actions import Action
from service.demo import case_plans, case_words, pictures
from service.demo.case_plans import Case
from service.demo.case_words import Scene
from service.demo.client import Api, LockedOut, Problem
from service.demo.day import Day
from service.demo.people import LEGAL, MAYOR, PASSWORD, Colleague
from service.demo.players import NEVER, REST_SECONDS
from service.demo.settling import TOWN
from town import clock
from town.clock import Instant

LOOK_SECONDS = 5.0
PAGE = 100
ZONE = ZoneInfo(TOWN.timezone)
CHANGES: Mapping[Action, Mapping[str, Any]] = {Action.DECIDE_ON_SPOT: {"pay_manner": "bank", "cash_ground": None}}
"""What the crew says otherwise than usual: its parties pay at the bank."""

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Task:
    """An act that is due: when, in the demo's minutes, in which case, and when that was seen: sent twice, it says the same."""

    at: float
    case: Case
    seen_at: Instant


class Investigator:
    """One colleague who works on the crew's cases."""

    def __init__(self, who: Colleague, api: Api, day: Day) -> None:
        self.who = who
        self._api = api
        self._day = day
        self._tasks: dict[str, Task] = {}
        self._seen: dict[str, int] = {}
        self._looked_at = -NEVER
        self._rests_until = 0.0

    @property
    def next_at(self) -> float:
        """When the next act is due, in the demo's minutes."""
        return min((task.at for task in self._tasks.values()), default=NEVER)

    def ring(self) -> None:
        """A bell rings for orders; a case waits until he looks."""

    def play(self) -> None:
        """Look and act; who is locked out tries again a little later."""
        if clock.elapsed() < self._rests_until:
            return
        try:
            self._look()
            self._act()
        except LockedOut as locked:
            LOG.info("crew.locked_out", who=self.who.login, why=str(locked))
            self._rests_until = clock.elapsed() + REST_SECONDS

    def _look(self) -> None:
        if clock.elapsed() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = clock.elapsed()
        for listed in self._api.get(f"/api/v1/cases?limit={PAGE}")["cases"]:
            known = self._seen.get(listed["id"])
            if known != listed["version"] and case_plans.waits_for(listed, self.who.role):
                self._heed(self._api.get(f"/api/v1/cases/{listed['id']}"))

    def _heed(self, case: Case) -> None:
        """Plan what comes next, if it is his and nothing stands against it. Each version is looked at once."""
        self._seen[case["id"]] = case["version"]
        self._tasks.pop(case["id"], None)
        coming = case_plans.next_act(case)
        if coming and coming.role is self.who.role and case_plans.open_to(case, coming.action):
            wait = case_plans.minutes(self.who.role, _luck(case))
            self._tasks[case["id"]] = Task(self._day.minutes + wait, case, clock.now())

    def _act(self) -> None:
        for identifier, task in [(one, task) for one, task in self._tasks.items() if task.at <= self._day.minutes]:
            coming = case_plans.next_act(task.case)
            if coming:
                self._take(task, coming.action)
            if self._tasks.get(identifier) is task:
                del self._tasks[identifier]

    def _take(self, task: Task, action: Action) -> None:
        """A refusal is noted: whoever changed the case meanwhile has given it a new version, and it is looked at again."""
        case = task.case
        path, key = f"/api/v1/cases/{case['id']}", f"{case['id']}-{case['version']}-{action}"
        try:
            facts = case_words.facts(action, self._scene(task, action, path, key), CHANGES.get(action))
            sent = {"action": action, "version": case["version"], "facts": facts}
            self._heed(self._api.post(f"{path}/acts", sent, key))
        except Problem as problem:
            LOG.info("crew.refused", who=self.who.login, path=path, code=problem.code, action=action)

    def _scene(self, task: Task, action: Action, path: str, key: str) -> Scene:
        case = task.case
        return Scene(
            case_plans.offence_of(case),
            case_plans.offender_of(case),
            tuple(one.login for one in case_plans.officers_of(case["squad"]["code"])),
            f"云溪镇 {case['grid'] or ''} 网格内，被举报的地点",
            task.seen_at,
            task.seen_at.astimezone(ZONE).date(),
            party=self._party(case, path, key) if action is Action.NAME_PARTY else None,
            file=self._photo(case, path, key) if action is Action.ADD_EVIDENCE else None,
            number=int(case["id"][-4:], 16),
        )

    def _party(self, case: Case, path: str, key: str) -> str:
        offender = case_plans.offender_of(case)
        told = {name: value for name, value in asdict(offender.identity).items() if value is not None}
        return str(self._api.post(f"{path}/parties", {"kind": offender.kind, **told}, f"{key}-party")["party"])

    def _photo(self, case: Case, path: str, key: str) -> str:
        photo = pictures.jpeg(int(case["id"][-6:], 16))
        return str(self._api.post_photo(f"{path}/evidence", photo, f"{key}-file", field="file")["file"])


def investigators(api: Api, day: Day) -> Iterator[Investigator]:
    """One officer of every squad that has cases, the approver, and the legal reviewer."""
    officers = (case_plans.officers_of(squad)[0] for squad in case_plans.CASE_SQUADS)
    for who in (*officers, MAYOR, LEGAL):
        yield Investigator(who, api.as_person(who.login, PASSWORD), day)


def _luck(case: Case) -> random.Random:
    """The same for the same version of a case."""
    return random.Random(f"{case['id']}-{case['version']}")
