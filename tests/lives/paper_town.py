"""云溪镇 on paper: cases lived through by the rules alone, thousands in a minute, told as the same ``case.json``.

What the services do with rows is done here with lists: the table, the stops, the folding, the clocks and the weighing
are the product's own. ``tests/services/test_lives_of_cases.py`` walks the same way through the real services.
"""

import datetime as dt
import hashlib
import itertools
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from enforcement.documents import form
from enforcement.rules import numbers
from enforcement.rules.cases import clock_starts, clocks, folding, papers, procedure
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import BY_KIND, Change
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.outside import LOCAL, STANDING, dates, local, sums
from enforcement.rules.cases.procedure import Refusal
from enforcement.rules.cases.states import Post
from enforcement.rules.cases.weighing import WEIGHED, Lists, Past, weigh
from enforcement.rules.stops import stops
from tests import starter_lists
from town import holidays, terms
from town.days import Calendar, works_by_weekday

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = ((dt.time(8, 30), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
"""The office hours of 云溪镇."""
SQUAD = "CZ"


@dataclass(frozen=True)
class Somebody:
    """One of the bureau's people. ``number``: of a valid certificate; ``lawyer``: qualified to review."""

    login: str
    name: str
    posts: frozenset[Post]
    roles: tuple[str, ...]
    number: str | None = None
    lawyer: bool = False
    why: str = ""
    code: str = "certified"


def _one(login: str, name: str, *posts: Post, **more: Any) -> Somebody:
    return Somebody(login, name, frozenset(posts), **more)


PEOPLE = {
    one.login: one
    for one in (
        _one("sumin", "苏敏", Post.OFFICER, roles=("officer",), number="云执 0002"),
        _one("linxiaofeng", "林晓峰", Post.OFFICER, Post.LEADER, roles=("squad_leader",), number="云执 0001"),
        _one("liwei", "李卫", Post.OFFICER, roles=("officer",), number="云执 0005"),
        _one("xiaowu", "小吴", roles=("auxiliary",), code="auxiliary", why="辅助人员不得执法"),
        _one("wangqi", "王期", Post.OFFICER, roles=("officer",), code="expired", why="执法证已于 2025-12-31 到期"),
        _one("zhouzheng", "周正", Post.APPROVER, roles=("approver",), code="no_post", why="不是执法队员或中队长"),
        _one(
            "xufei", "许斐", Post.REVIEWER, roles=("legal_reviewer",), lawyer=True, code="no_post", why="不是执法队员"
        ),
        _one(
            "fangning",
            "方宁",
            Post.REVIEWER,
            roles=("legal_reviewer",),
            lawyer=True,
            code="no_post",
            why="不是执法队员",
        ),
    )
}


IDENTITY = {
    "name": "周国英",
    "number_kind": "id_card",
    "number": "11010519491231002X",
    "birth": "1949-12-31",
    "gender": "female",
    "address": "云溪镇河东村 12 号",
    "phone": "13800000077",
    "head": None,
    "job": None,
}


class Stopped(Exception):
    """The product says no: ``code`` of the refusal, and the stops if the law forbids it."""

    def __init__(self, code: str, told: Sequence[Any] = (), known: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, [one.code for one in told])
        self.code, self.told, self.known = code, told, known or {}


@cache
def calendar() -> Calendar:
    """云溪镇's days, as far as they are known."""
    years = (2025, 2026)
    special = {day: one for year in years for day, one in (holidays.special_days("CN", year) or {}).items()}
    return Calendar(SHANGHAI, OFFICE, special, set(years))


@dataclass
class PaperCase:
    """One case on paper."""

    town: "PaperTown"
    id: str
    power: Mapping[str, Any]
    acts: list[Act]
    case: Case
    party: dict[str, Any] | None = None
    documents: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def bureau(self) -> "PaperTown":
        """Where the usual facts look for the hour."""
        return self.town

    def do(self, action: Action, by: str, **facts: Any) -> "PaperCase":
        """One act by somebody, by login; raises Stopped."""
        given = {name: value for name, value in facts.items() if value is not None}
        posts = self.town.posts(by, self.case)
        told = procedure.edge(self.case.state, self.case.lane, action, posts, frozenset(given))
        if isinstance(told, Refusal):
            raise Stopped(told.code)
        self._take(action, by, given)
        return self

    def lapse(self, action: Action) -> bool:
        """The system's own act; False when there is nothing to do."""
        edge = procedure.edge(self.case.state, self.case.lane, action, frozenset({Post.SYSTEM}), frozenset())
        if isinstance(edge, Refusal):
            return False
        try:
            self._take(action, "", {})
        except Stopped:
            return False
        return True

    def _take(self, action: Action, by: str, given: dict[str, Any]) -> None:
        now = self.town.now
        actor = f"account:{uuid.uuid5(uuid.NAMESPACE_OID, by)}" if by else "system:cases"
        act = Act(len(self.acts) + 1, action, now, now, actor, given)
        world = self.town.world(self, act, by)
        act = replace(act, known=world.known)
        if found := stops(self.case, act, world):
            raise Stopped("case_stopped", found, world.known)
        act = self._numbered(act)
        after = folding.after(self.case, act)
        self._keep_clocks(after, act)
        self.acts.append(act)
        self.case = after
        self._print(act)

    def _numbered(self, act: Act) -> Act:
        forms = papers.due(folding.after(self.case, act), act)
        wanted = {code: kind for code in forms if (kind := form(code).number_kind)}
        if not wanted:
            return act
        given = {code: self.town.number(kind) for code, kind in wanted.items()}
        self.numbers += [
            {
                "text": text,
                "kind": wanted[code],
                "year": self.town.today.year,
                "sequence": sequence,
                "state": "issued",
                "reason": None,
            }
            for code, (text, sequence) in given.items()
        ]
        return replace(act, known={**act.known, "numbers": {code: text for code, (text, _) in given.items()}})

    def _print(self, act: Act) -> None:
        for code in papers.due(self.case, act):
            said = f"{self.id} {act.sequence} {code}"
            self.documents.append(
                {
                    "id": str(uuid.uuid5(uuid.NAMESPACE_OID, said)),
                    "sequence": act.sequence,
                    "kind": code,
                    "edition": form(code).edition,
                    "title": form(code).title,
                    "number": act.known.get("numbers", {}).get(code),
                    "made_at": act.recorded_at.isoformat(),
                    "sha256": hashlib.sha256(said.encode()).hexdigest(),
                    "size": 1,
                    "pages": 1,
                }
            )

    def _keep_clocks(self, after: Case, act: Act) -> None:
        for change in clocks.changes(after, act, calendar()):
            if change.begun:
                self._begin(change, act)
                continue
            for one in self.clocks:
                if one["kind"] == change.clock and one["met_at"] is None and one["state"] != "dropped":
                    _stop(one, change.what, act.at)

    def _begin(self, change: Change, act: Act) -> None:
        assert change.begun
        since = clock_starts.moment_of(change.begun.since, calendar())
        due = terms.due(since, change.begun.term, calendar()).at
        self.clocks.append(
            {
                "kind": change.clock.value,
                "article": BY_KIND[change.clock].article,
                "started_at": since.isoformat(),
                "due_at": due.isoformat(),
                "state": "past" if due <= act.recorded_at else "running",
                "met_at": None,
            }
        )

    def ring(self) -> None:
        """What the watch does at this hour."""
        for one in self.clocks:
            if one["state"] == "running" and dt.datetime.fromisoformat(one["due_at"]) <= self.town.now:
                one["state"] = "missed"
                lapse = {"hold": Action.LAPSE_HOLD, "seizure": Action.LAPSE_SEIZURE}.get(one["kind"])
                if lapse:
                    self.lapse(lapse)

    def json(self) -> dict[str, Any]:
        """The case as it is exported."""
        return self.town.told(self)


def _stop(one: dict[str, Any], what: str, at: dt.datetime) -> None:
    late = at >= dt.datetime.fromisoformat(one["due_at"])
    if what == "met":
        one["met_at"] = at.isoformat()
        one["state"] = "missed" if late else one["state"] if one["state"] in ("missed", "past") else "met"
    elif one["state"] == "missed":
        one["met_at"] = at.isoformat()
    elif one["state"] == "running":
        one["state"] = "dropped"


class PaperTown:
    """The town on paper: lists, people, numbers and what was decided so far. ``now`` moves only when somebody says so."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.cases: list[PaperCase] = []
        self._sequence: dict[str, itertools.count[int]] = {}

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(SHANGHAI).date()

    def later(self, **span: float) -> None:
        """Time passes, and the watch looks at every case."""
        self.now += dt.timedelta(**span)

    def party(self) -> str:
        """The party of the newest case."""
        party = self.cases[-1].party
        assert party
        return str(party["id"])

    def open(self, power: Mapping[str, Any], **opened: Any) -> PaperCase:
        """A new case."""
        today = self.today.isoformat()
        given = {
            "power": power["code"],
            "event": None,
            "order": None,
            "officers": ["sumin", "linxiaofeng"],
            "summary": "巡查发现倾倒垃圾。",
            "source": "巡查发现",
            "grid": "CZ-01",
            "in_town": True,
            "acted_from": today,
            "acted_on": today,
            "discovered_on": today,
            "lon": 121.05,
            "lat": 31.57,
        } | opened
        act = Act(1, Action.OPEN, self.now, self.now, _actor("sumin"), given)
        identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"case {len(self.cases)} {self.now}"))
        case = PaperCase(self, identifier, power, [act], folding.opened(act))
        self.cases.append(case)
        return case

    def posts(self, login: str, case: Case) -> frozenset[Post]:
        """The posts of somebody towards a case."""
        chairs = {Post.CHAIR} if case.notice and case.notice.chair == login else set()
        return PEOPLE[login].posts | chairs

    def number(self, kind: str) -> tuple[str, int]:
        """The next number of a kind this year."""
        key = f"{kind}{self.today.year}"
        sequence = next(self._sequence.setdefault(key, itertools.count(1)))
        return numbers.text("云综执", kind, self.today.year, sequence), sequence

    def world(self, paper: PaperCase, act: Act, login: str) -> World:
        """What stands outside the case, as the services would gather it."""
        rules = starter_lists.demo_rules()
        known: dict[str, Any] = {"dates": {"today": self.today.isoformat()}, "local": local(rules)}
        named = {*paper.case.handlers, *act.given.get("officers", ()), *([login] if login else [])}
        named |= {str(act.given[name]) for name in ("chair", "challenged") if act.given.get(name)}
        known |= {"actor": login or None, "officers": {one: _officer(one) for one in sorted(named)}, "conflicts": []}
        known["squad"] = SQUAD
        if act.action is Action.PAY:
            known["receipt_used_by"] = None
        if act.action is Action.NAME_PARTY:
            known["party"] = paper.party
        if act.action in STANDING:
            known |= {"power": dict(paper.power), "higher": None, "same_party": []}
        if act.action in WEIGHED:
            known |= weigh(lists_of(paper.power["code"]), Past(), paper.case, act, self.today)
        known |= _paper(paper, act)
        known |= sums(paper.case, act, self.today, calendar())
        known["dates"] |= dates(paper.case, replace(act, known=known), calendar())
        return World(self.today, calendar(), known)

    def told(self, paper: PaperCase) -> dict[str, Any]:
        """``case.json``."""
        opened, case = paper.acts[0].given, paper.case
        decision = case.decision if case.decision and not case.decision.revoked else None
        filed = [one["text"] for one in paper.numbers if one["kind"] == "立"]
        return {
            "format": "wangge-case/1",
            "town": {"code": "yunxi", "name": "云溪镇", "timezone": "Asia/Shanghai"},
            "exported_at": self.now.isoformat(),
            "case": {
                "id": paper.id,
                "code": filed[0] if filed else None,
                "state": case.state.value,
                "lane": case.lane.value,
                "power": {name: paper.power[name] for name in ("code", "name", "basis", "mode", "grantor")},
                "squad": {"code": SQUAD, "name": "城中片区中队"},
                "order_id": None,
                "opened_at": paper.acts[0].at.isoformat(),
                "place": {"lon": opened["lon"], "lat": opened["lat"]},
                "grid": opened["grid"],
                **{name: opened[name] for name in ("in_town", "acted_from", "acted_on", "discovered_on")},
                "outcome": decision.proposal.outcome if decision else None,
                "fine_fen": decision.proposal.fine_fen if decision else None,
            },
            "party": paper.party and {**paper.party, **IDENTITY},
            "acts": list(_acts(paper.acts)),
            "documents": paper.documents,
            "numbers": paper.numbers,
            "evidence_files": [],
            "clocks": paper.clocks,
            "calendar": _calendar_data(),
        }


def _acts(acts: Sequence[Act]) -> Any:
    case, before = folding.opened(acts[0]), None
    for act in acts:
        if act.sequence > 1:
            before, case = case.state.value, folding.after(case, act)
        yield {
            "sequence": act.sequence,
            "action": act.action.value,
            "name": DEEDS[act.action].name,
            "article": DEEDS[act.action].article,
            "at": act.at.isoformat(),
            "recorded_at": act.recorded_at.isoformat(),
            "actor": act.actor,
            "from": before,
            "to": case.state.value,
            "lane": case.lane.value,
            "given": dict(act.given),
            "known": dict(act.known),
        }


def _actor(login: str) -> str:
    return f"account:{uuid.uuid5(uuid.NAMESPACE_OID, login)}"


def _officer(login: str) -> dict[str, Any]:
    one = PEOPLE[login]
    return {
        "name": one.name,
        "roles": list(one.roles),
        "ok": one.number is not None,
        "code": one.code,
        "why": one.why,
        "article": "行政处罚法第四十二条",
        "number": one.number,
        "qualified": one.lawyer,
        "squad": SQUAD if one.posts & {Post.OFFICER, Post.LEADER} else None,
    }


def _paper(paper: PaperCase, act: Act) -> dict[str, Any]:
    wanted = act.given.get("paper")
    found = next((one for one in paper.documents if one["id"] == wanted), None)
    if found is None:
        return {}
    made = dt.datetime.fromisoformat(found["made_at"]).astimezone(SHANGHAI).date()
    newest = max(one["sequence"] for one in paper.documents if one["kind"] == found["kind"])
    return {
        "paper_kind": found["kind"],
        "paper_made": made.isoformat(),
        "paper_of": found["sequence"],
        "paper_newest": found["sequence"] == newest,
    }


@cache
def lists_of(power: str) -> Lists:
    """The lists that come with the product, as far as they are about a power."""
    return Lists(
        power, "市容环卫", starter_lists.provisions_of(power), starter_lists.tiers_of(power), starter_lists.demo_rules()
    )


@cache
def _calendar_data() -> dict[str, Any]:
    special = {day: one.working for day, one in calendar().special.items() if one.working != works_by_weekday(day)}
    return {
        "zone": "Asia/Shanghai",
        "working": sorted(day.isoformat() for day, works in special.items() if works),
        "off": sorted(day.isoformat() for day, works in special.items() if not works),
        "covered": [2025, 2026],
    }


__all__ = ["LOCAL", "PEOPLE", "PaperCase", "PaperTown", "Stopped", "calendar"]
