"""What the checks of the proof look at, and what they give back (核对项)."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight.rules.proof import Nobody, Staff
from town import watch
from town.clock import Instant
from town.media.stores import Store
from town.settings import Settings
from town.watch import Deadline

ASKED_AT_ONCE = 10_000
"""Values in one statement: PostgreSQL takes 65,535, SQLite as few as 32,766."""

Facts = Mapping[str, Any]
"""Codes, ids and numbers; what a check says is made of them."""


@dataclass(frozen=True)
class Ground:
    """What a check looks at: the town as one snapshot, its folders of files, and its staff of now."""

    session: Session
    settings: Settings
    stores: tuple[Store, ...]
    staffing: Staff
    now: Instant


@dataclass(frozen=True, slots=True)
class Found:
    """发现: something that would have been forgotten. ``subject``: ``order:<id>``, ``file:<folder>/<name>`` …"""

    subject: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """How many a check looked at, and which of them it names."""

    looked: int
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Check:
    """核对项: what is proved, in a sentence that holds when all is well; what to say when it does not, and what to do."""

    code: str
    name: str
    look: Callable[[Ground], Seen]
    says: Callable[[Facts], str]
    then: str


def always(sentence: str) -> Callable[[Facts], str]:
    """A check that says the same of whatever it finds, filled with its facts."""
    return lambda facts: sentence.format(**facts)


WHY = {
    Nobody.NO_DISPATCHER: "指挥中心没有能登录的人",
    Nobody.NO_SUPERVISOR: "没有能登录的督办人员",
    Nobody.NO_CHECKER: "没有能核查它的人（办的人不能核查自己）",
    Nobody.NO_APPROVER: "没有能登录的审批人",
    Nobody.NO_SQUAD: "没有派给任何中队",
    Nobody.SQUAD_EMPTY: "所在中队停用了，或者没有能登录的人",
    Nobody.NO_WORKER: "网格员的账号停用了，或者不再是网格员",
    Nobody.UNIT_EMPTY: "责任单位没有能登录的人",
    Nobody.NO_CASE: "写着转了立案，却没有在办的案件",
    Nobody.HANDLERS_GONE: "承办人都停用了或离开了中队，中队里也没有别人",
}


def nobody(facts: Facts) -> str:
    """Why nobody has it."""
    return f"没有人能办下一步：{WHY[Nobody(facts['why'])]}。"


def judged(rows: Iterable[tuple[str, Nobody | None]]) -> Seen:
    """What an owner's rule said of each subject."""
    told = list(rows)
    return Seen(len(told), [Found(subject, {"why": why.value}) for subject, why in told if why])


def unwatched(subjects: Iterable[str], watched: Mapping[str, Sequence[Deadline]]) -> Seen:
    """Those that no clock waits for."""
    asked = list(subjects)
    return Seen(len(asked), [Found(subject) for subject in asked if not watched.get(subject)])


def clocks(session: Session, subjects: Iterable[str]) -> dict[str, list[Deadline]]:
    """The unmet clocks of these subjects: running, missed, paused, or over before they were written down."""
    found: dict[str, list[Deadline]] = {}
    for page in pages(list(subjects)):
        unmet = Deadline.met_at.is_(None), Deadline.state != watch.State.DROPPED
        for clock in session.scalars(select(Deadline).where(Deadline.subject.in_(page), *unmet)):
            found.setdefault(clock.subject, []).append(clock)
    return found


def pages(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Many values, as few at once as one statement takes."""
    return (values[start : start + ASKED_AT_ONCE] for start in range(0, len(values), ASKED_AT_ONCE))


def identifier(subject: str) -> uuid.UUID:
    """The id in ``order:<id>``."""
    return uuid.UUID(subject.partition(":")[2])


def ago(ground: Ground, **span: float) -> Instant:
    """The moment so long before the proof."""
    return ground.now - dt.timedelta(**span)
