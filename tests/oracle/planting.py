"""How a breach is planted into a sound file: on a copy, and only where the life has what the breach needs."""

import copy
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.life import CaseFile, moment

Act = dict[str, Any]
Sow = Callable[[CaseFile], None]


class Unfit(Exception):
    """This life has nothing that the breach could be planted into."""


@dataclass(frozen=True, slots=True)
class Planted:
    """违法: its name, the code the checker must answer with, and how it is planted."""

    name: str
    code: str
    sow: Sow

    def plant(self, case: CaseFile) -> CaseFile | None:
        """The file with the breach; None where it does not fit into this life."""
        spoilt = copy.deepcopy(case)
        try:
            self.sow(spoilt)
        except Unfit:
            return None
        return spoilt


def planter(bed: list[Planted]) -> Callable[[str, str], Callable[[Sow], Sow]]:
    """A decorator that puts a breach into this bed."""

    def plants(name: str, code: str) -> Callable[[Sow], Sow]:
        def put(sow: Sow) -> Sow:
            bed.append(Planted(name, code, sow))
            return sow

        return put

    return plants


def need(told: object) -> None:
    """Raises Unfit where it is not so."""
    if not told:
        raise Unfit


def acts(case: CaseFile, *actions: str) -> list[Act]:
    """Every act of these kinds."""
    return [one for one in case["acts"] if one["action"] in actions]


def first(case: CaseFile, *actions: str) -> Act:
    """The first of them. Raises Unfit."""
    return _one(acts(case, *actions))


def last(case: CaseFile, *actions: str) -> Act:
    """The last of them. Raises Unfit."""
    return _one(acts(case, *actions)[::-1])


def _one(found: list[Act]) -> Act:
    need(found)
    return found[0]


def penal(case: CaseFile, *, fined: bool = False) -> Act:
    """The act that decided the penalty that stands. Raises Unfit."""
    ruling = last(case, "decide", "decide_on_spot")
    told = wish(case)["given"]
    need(ruling["action"] == "decide_on_spot" or told.get("outcome") == "penalty")
    need(not fined or told.get("fine_fen"))
    need(not [one for one in acts(case, "revoke") if one["sequence"] > ruling["sequence"]])
    return ruling


def ordinary(case: CaseFile) -> Act:
    """The same, decided after a notice."""
    ruling = penal(case)
    need(ruling["action"] == "decide")
    return ruling


def wish(case: CaseFile) -> Act:
    """The act that says what was decided."""
    return last(case, "submit_decision", "decide_on_spot")


def weighing(case: CaseFile) -> list[Act]:
    """Every act whose knowledge a decision is judged by."""
    return acts(case, "conclude", "propose_fast", "submit_decision", "decide", "decide_on_spot")


def learn(case: CaseFile, **known: Any) -> None:
    """Something else was known whenever the decision was weighed."""
    for act in weighing(case):
        act["known"] |= copy.deepcopy(known)


def factors(case: CaseFile, **told: Any) -> None:
    """Other facts were recorded."""
    for act in acts(case, "conclude", "propose_fast", "decide_on_spot"):
        act["given"]["factors"] = {**act["given"].get("factors", {}), **told}


def drop(case: CaseFile, *actions: str) -> None:
    """These acts were never done: the others are numbered anew, and their papers with them. Raises Unfit."""
    need(acts(case, *actions))
    gone = {one["sequence"] for one in acts(case, *actions)}
    case["documents"] = [one for one in case["documents"] if one["sequence"] not in gone]
    case["acts"] = [one for one in case["acts"] if one["sequence"] not in gone]
    _number(case)


def insert(case: CaseFile, before: Act, *new: tuple[str, str, dict[str, Any]]) -> None:
    """Acts (action, login, given) just before another one, which leave the case where it is."""
    place = case["acts"].index(before)
    made = [_act(case["acts"][max(place - 1, 0)], *one) for one in new]
    case["acts"][place:place] = made
    _number(case)


def append(case: CaseFile, action: str, given: dict[str, Any]) -> None:
    """One more act at the end."""
    case["acts"].append(_act(case["acts"][-1], action, "", given))
    _number(case)


def _act(before: Act, action: str, login: str, given: dict[str, Any]) -> Act:
    known = {"actor": login, "officers": {}, "conflicts": [], "dates": {}, "local": {}}
    told = {"action": action, "name": action, "given": given, "known": known, "from": before["to"]}
    return before | told


def _number(case: CaseFile) -> None:
    """Acts that were put in carry the number of the one before them, so papers follow the first of that number."""
    moved: dict[int, int] = {}
    for place, act in enumerate(case["acts"], 1):
        moved.setdefault(act["sequence"], place)
        act["sequence"] = place
    for paper in case["documents"]:
        paper["sequence"] = moved.get(paper["sequence"], paper["sequence"])


def local_day(case: CaseFile, act: Act) -> dt.date:
    """The local day of an act."""
    return moment(act["at"]).astimezone(ZoneInfo(case["calendar"]["zone"])).date()


def later(day: str | dt.date, days: int) -> str:
    """So many days after a day, or before."""
    start = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    return (start + dt.timedelta(days=days)).isoformat()


def shift(told: str, days: int) -> str:
    """A moment so many days later, or before."""
    return (moment(told) + dt.timedelta(days=days)).isoformat()


def clocks(case: CaseFile, *kinds: str) -> list[Act]:
    """Clocks of these kinds."""
    return [one for one in case["clocks"] if one["kind"] in kinds]


def papers(case: CaseFile, kinds: Iterable[str]) -> list[Act]:
    """Documents of these kinds. Raises Unfit where there is none."""
    found = [one for one in case["documents"] if one["kind"] in set(kinds)]
    need(found)
    return found
