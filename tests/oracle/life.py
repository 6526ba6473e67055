"""A case as it is told by its file (卷宗): its acts in order, what each says, and what was known when it was done."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.oracle.days import Days

LAW, FORCE, CIVIL, REVIEW = "行政处罚法", "行政强制法", "民事诉讼法", "行政复议法"
CaseFile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Breach:
    """违法之处: what was done against the law. ``article``: which; ``sentence``: for people."""

    code: str
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One act. ``place``: its place in the file, from 0. ``day``: the local day of ``at``."""

    place: int
    sequence: int
    action: str
    name: str
    at: dt.datetime
    day: dt.date
    actor: str
    given: dict[str, Any]
    known: dict[str, Any]

    def says(self, name: str) -> Any:
        """A fact, or None; an empty word is none."""
        told = self.given.get(name)
        return told.strip() or None if isinstance(told, str) else told

    def date(self, name: str) -> dt.date | None:
        """A fact that is a day."""
        told = self.says(name)
        return dt.date.fromisoformat(told) if told else None

    def moment(self, name: str) -> dt.datetime | None:
        """A fact that is a moment."""
        told = self.says(name)
        return moment(told) if told else None

    def sum(self, name: str) -> int:
        """A fact that is a sum in fen, 0 without one."""
        return int(self.says(name) or 0)

    def many(self, name: str) -> list[Any]:
        """A fact that is a list."""
        return list(self.given.get(name) or ())

    @property
    def done_on(self) -> dt.date:
        """The day the act names, or else the day of the act."""
        return self.date("day") or self.day

    @property
    def officers(self) -> list[str]:
        """Logins of those who did it."""
        return [str(one) for one in self.many("officers")]

    @property
    def login(self) -> str:
        """Who entered it; empty for the system."""
        return str(self.known.get("actor") or "")

    def breach(self, code: str, article: str, sentence: str) -> Breach:
        """A breach in this act."""
        return Breach(code, article, f"第{self.sequence}步“{self.name}”：{sentence}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision: ``wish`` says what was decided, ``found`` on which facts; on the spot the act says both itself.

    ``party``: whom it is about, as was known when the party was named.
    """

    deed: Deed
    wish: Deed
    found: Deed | None
    party: dict[str, Any]

    @property
    def on_spot(self) -> bool:
        return self.deed.action == "decide_on_spot"

    @property
    def outcome(self) -> str:
        return "penalty" if self.on_spot else str(self.wish.says("outcome"))

    @property
    def penal(self) -> bool:
        return self.outcome == "penalty"

    @property
    def kinds(self) -> set[str]:
        return {str(one) for one in self.wish.many("kinds")}

    @property
    def fine(self) -> int:
        return self.wish.sum("fine_fen") if self.penal else 0

    @property
    def confiscated(self) -> int:
        return self.wish.sum("confiscate_fen") if self.penal else 0

    @property
    def factors(self) -> dict[str, Any]:
        """Facts the decision was weighed by."""
        return dict((self.found or self.wish).given.get("factors") or {})

    @property
    def lighter(self) -> str | None:
        """The ground on which it is lighter, said when deciding or when concluding."""
        return self.wish.says("lighter") or (self.found.says("lighter") if self.found else None)

    def learned(self, name: str) -> Any:
        """What was known at the decision, at its submission, or at the conclusion, the newest first."""
        for deed in (self.deed, self.wish, self.found):
            if deed is not None and deed.known.get(name) is not None:
                return deed.known[name]
        return None


class Life:
    """The whole file, ready to be asked. Raises KeyError, TypeError or ValueError where it cannot be read."""

    def __init__(self, told: CaseFile) -> None:
        self.told = told
        self.days = Days(told["calendar"])
        self.opening: dict[str, Any] = told["case"]
        self.exported = moment(told["exported_at"])
        self.deeds = [self._deed(place, one) for place, one in enumerate(told["acts"])]

    def _deed(self, place: int, one: dict[str, Any]) -> Deed:
        at = moment(one["at"])
        given, known = one.get("given") or {}, one.get("known") or {}
        name = str(one.get("name") or one["action"])
        return Deed(
            place,
            int(one["sequence"]),
            str(one["action"]),
            name,
            at,
            self.days.local(at),
            str(one["actor"]),
            given,
            known,
        )

    def all(self, *actions: str) -> list[Deed]:
        """Every act of these kinds."""
        return [one for one in self.deeds if one.action in actions]

    def before(self, deed: Deed, *actions: str) -> list[Deed]:
        """Every act of these kinds before that one."""
        return [one for one in self.deeds[: deed.place] if one.action in actions]

    def after(self, deed: Deed, *actions: str) -> list[Deed]:
        """Every act of these kinds after that one."""
        return [one for one in self.deeds[deed.place + 1 :] if one.action in actions]

    def last(self, deed: Deed, *actions: str) -> Deed | None:
        """The newest act of these kinds before that one."""
        return next(reversed(self.before(deed, *actions)), None)

    def next(self, deed: Deed, *actions: str) -> Deed | None:
        """The first act of these kinds after that one."""
        return next(iter(self.after(deed, *actions)), None)

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Every decision, oldest first."""
        return [ruling for deed in self.all("decide", "decide_on_spot") if (ruling := self._ruling(deed))]

    def _ruling(self, deed: Deed) -> Ruling | None:
        named = self.last(deed, "name_party")
        party = dict(named.known.get("party") or {}) if named else {}
        if deed.action == "decide_on_spot":
            return Ruling(deed, deed, None, party)
        wish = self.last(deed, "submit_decision")
        return Ruling(deed, wish, self.last(deed, "conclude", "propose_fast"), party) if wish else None

    def ruling_before(self, deed: Deed) -> Ruling | None:
        """The decision that stood at an act: the newest one before it that was not revoked in between."""
        made = [one for one in self.rulings if one.deed.place < deed.place]
        if not made or any(one.place > made[-1].deed.place for one in self.before(deed, "revoke")):
            return None
        return made[-1]

    @property
    def standing(self) -> Ruling | None:
        """The decision that stands when the file was written."""
        made = self.rulings[-1:]
        return made[0] if made and not self.after(made[0].deed, "revoke") else None

    def received(self, ruling: Ruling) -> dt.date | None:
        """The day a decision counts as received."""
        if ruling.on_spot:
            return ruling.deed.day
        served = self.served(ruling)
        return served.done_on if served else None

    def served(self, ruling: Ruling) -> Deed | None:
        """The act by which a decision was handed over, if it was before anything took its place."""
        told = self.next(ruling.deed, "serve_decision", "decide", "decide_on_spot", "redecide")
        return told if told and told.action == "serve_decision" else None

    @cached_property
    def handlers(self) -> list[set[str]]:
        """Who was in charge (承办人) after each act."""
        told: list[set[str]] = []
        now: set[str] = set()
        for deed in self.deeds:
            now = set(deed.officers) if deed.action in ("open", "assign") else now
            told.append(now)
        return told


Rule = Callable[[Life], Iterable[Breach]]


def moment(told: Any) -> dt.datetime:
    """An aware moment. Raises ValueError for one without a zone."""
    read = dt.datetime.fromisoformat(str(told))
    if read.tzinfo is None:
        raise ValueError(f"a moment without a zone: {told}")
    return read


def acts(names: str) -> frozenset[str]:
    """Several kinds of acts, written with blanks between."""
    return frozenset(names.split())
