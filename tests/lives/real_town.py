"""The same walk through the real services: rows, journal, watch and printed papers."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Case
from enforcement.rules.cases.states import Post
from enforcement.services.cases import on_due
from tests.ground.bureau import BUREAU, Bureau, Life
from tests.ground.cast import PEOPLE as CAST
from tests.lives.paper_town import PEOPLE, Stopped
from town import watch
from town.errors import Refused

BY_LOGIN = {one.login: one for one in (*CAST, *BUREAU)}


@dataclass
class RealTown:
    """The bureau as the walker sees it."""

    bureau: Bureau
    cases: list["RealCase"] = field(default_factory=list)

    @property
    def now(self) -> dt.datetime:
        return self.bureau.now

    @property
    def today(self) -> dt.date:
        return self.bureau.today

    def posts(self, login: str, case: Case) -> frozenset[Post]:
        chairs = {Post.CHAIR} if case.notice and case.notice.chair == login else set()
        return PEOPLE[login].posts | chairs

    def later(self, **span: float) -> None:
        self.bureau.later(**span)


@dataclass
class RealCase:
    """One case as the walker sees it; what the services know is read once after every act."""

    town: RealTown
    life: Life
    known: Any = None

    def __post_init__(self) -> None:
        self.known = self.life.json()

    @property
    def bureau(self) -> Bureau:
        return self.town.bureau

    @property
    def id(self) -> uuid.UUID:
        return self.life.id

    @property
    def case(self) -> Case:
        found: Case = self.life.case
        return found

    @property
    def acts(self) -> list["RealAct"]:
        return [RealAct(Action(one["action"])) for one in self.known["acts"]]

    @property
    def documents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.known["documents"]
        return found

    def do(self, action: Action, by: str, **facts: Any) -> "RealCase":
        said = {name: value for name, value in facts.items() if value is not None}
        try:
            self.life.take(action, BY_LOGIN[by], said)
        except Refused as refused:
            raise Stopped(refused.problem.code) from refused
        self.known = self.life.json()
        return self

    def ring(self) -> None:
        """The watch looks at everything that is due."""
        while watch.tick(self.bureau.database, self.bureau.now, on_due()) == watch.BATCH:
            pass

    def json(self) -> dict[str, Any]:
        """The case as it is exported."""
        return self.life.json()


@dataclass(frozen=True)
class RealAct:
    """An act by its action."""

    action: Action
