"""What a past case of the demo is told by (案件剧本): its acts, on working days before today, so that terms run out on any day.

Pure.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcement.rules.cases.actions import Action
from service.demo.offences import Offence
from service.demo.offenders import Offender
from service.demo.people import MAYOR

A = Action
FIRST, LEADER = "first", "leader"
"""Who acts: the first officer in charge, or his squad leader; otherwise a login."""


@dataclass(frozen=True)
class Step:
    """An act: how many working days ago and at what local time, who does what, and what he says otherwise than usual."""

    day: int
    time: dt.time
    action: Action
    by: str = FIRST
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dossier:
    """案件: ``name`` for tests; ``area`` where it is; ``reported``: whether it comes from an order; the first step is of its first day."""

    name: str
    area: str
    squad: str
    officers: tuple[str, str]
    offence: Offence
    offender: Offender
    place: str
    steps: tuple[Step, ...]
    reported: bool = False


def steps(day: int, begins: str, *acts: Action | tuple[Any, ...], apart: int = 20) -> Iterator[Step]:
    """Acts of one day one after the other, so many minutes apart: an action, or (action, who, changes)."""
    at = dt.datetime.strptime(begins, "%H:%M")  # noqa: DTZ007 - a time of day
    for number, act in enumerate(acts):
        yield Step(
            day, (at + dt.timedelta(minutes=apart * number)).time(), *(act if isinstance(act, tuple) else (act,))
        )


def inquiry(day: int, correction: Action = A.NO_CORRECTION, begins: str = "09:40") -> Iterator[Step]:
    """Everything from the party to the verified evidence, in a morning."""
    yield from steps(day, begins, A.NAME_PARTY, A.INSPECT, A.QUESTION, A.ADD_EVIDENCE, A.VERIFY_EVIDENCE, correction)


def filed(day: int) -> Iterator[Step]:
    """立案, in an afternoon."""
    yield from steps(day, "13:40", A.ASK_FILING, (A.FILE, MAYOR.login), apart=60)


def told(day: int, **concluded: Any) -> Iterator[Step]:
    """调查终结, and the notice approved and served. ``concluded``: what is concluded otherwise than usual."""
    yield from steps(
        day, "09:30", (A.CONCLUDE, FIRST, concluded), (A.APPROVE_NOTICE, MAYOR.login), A.SERVE_NOTICE, apart=90
    )


def decided(day: int, **wish: Any) -> Iterator[Step]:
    """The decision, made and served. ``wish``: what is asked for otherwise than was concluded."""
    yield from steps(
        day, "09:30", (A.SUBMIT_DECISION, FIRST, wish), (A.DECIDE, MAYOR.login), A.SERVE_DECISION, apart=90
    )


def ended(day: int, *, archived: bool = True) -> Iterator[Step]:
    """结案, and 归档."""
    acts = (A.ASK_CLOSING, (A.CLOSE, MAYOR.login), *((A.ARCHIVE,) if archived else ()))
    yield from steps(day, "14:00", *acts, apart=60)
