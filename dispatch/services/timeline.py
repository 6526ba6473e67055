"""What happened to a matter (办理经过): the journal's events and the clocks that ran out, as lines people read."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.rules import joint
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Ground, Lane, State
from dispatch.schemas import LineOut
from town import journal, watch
from town.partners import Partner
from town.people import Squad

START_STATES = {
    "report.received": State.RECEIVED,
    "order.waiting": State.RECEIVED,
    "order.dispatched": State.DISPATCHED,
    "order.transferred": State.TRANSFERRED,
}
"""Where an order stands after the first event of its life; every later one says it itself."""


def of(session: Session, subjects: Sequence[str], *, to_the_reporter: bool = False) -> list[LineOut]:
    """What happened, oldest first; a clock that ran out is a line of its own.

    The reporter is told neither names nor what colleagues wrote to each other.
    """
    lines = [
        line
        for subject in subjects
        for line in (*_happened(session, subject, to_the_reporter), *_missed(session, subject))
    ]
    return sorted(lines, key=lambda line: line.at)


def _happened(session: Session, subject: str, to_the_reporter: bool) -> Iterator[LineOut]:
    for event in journal.events_of(session, subject):
        if event.kind not in labels.TIMELINE or (to_the_reporter and event.kind in labels.INSIDE):
            continue
        text = labels.happened(event.kind, to_the_reporter=to_the_reporter)
        text = text.format(**_filling(session, event.data))
        yield LineOut(
            at=event.at,
            kind=event.kind,
            text=text + ("" if to_the_reporter else _ground(event.kind, event.data)),
            state=event.data.get("to") or START_STATES.get(event.kind),
            late=False,
            actor=None if to_the_reporter else event.actor,
            words=_words(session, event.data) if _may_read(event.kind, to_the_reporter) else None,
        )


def _missed(session: Session, subject: str) -> Iterator[LineOut]:
    for clock in watch.of(session, subject):
        if clock.state == watch.State.MISSED:
            yield LineOut(
                at=clock.due_at, kind="clock.missed", text=labels.missed(clock.kind, subject), state=None, late=True
            )


def _ground(kind: str, data: dict[str, str]) -> str:
    """Why an order was given back, or help refused, with the line of the power list it was said about."""
    if "ground" not in data or kind in labels.GROUND_IN_THE_LINE:
        return ""
    line = f"（{data['power']}）" if data.get("power") else ""
    ground = data["ground"]
    helping = kind.startswith("joint.")
    said = labels.JOINT_GROUNDS[joint.Ground(ground)] if helping else labels.GROUNDS[Ground(ground)]
    return f"：{said}{line}"


def _filling(session: Session, data: Mapping[str, Any]) -> dict[str, str]:
    """What the lines leave to be filled in."""
    until = dt.date.fromisoformat(data["until"]) if "until" in data else None
    return {
        "squad": _whose(session, data),
        "told": labels.TOLD.get(data.get("told", ""), ""),
        "ground": labels.GROUND_NAMES.get(data.get("ground", ""), ""),
        "until": f"{until.month}月{until.day}日" if until else "",
        "severity": labels.SEVERITIES[Severity(data["severity"])] if "severity" in data else "",
        "clock": labels.STAGES.get(data.get("clock", ""), ""),
        "amount": labels.amount(data["amount"], data["unit"]) if "unit" in data else "",
    }


def _may_read(kind: str, to_the_reporter: bool) -> bool:
    return not to_the_reporter or kind in labels.READ_BY_REPORTERS


def _words(session: Session, data: Mapping[str, str]) -> str | None:
    return journal.words_by_cite(session, data["words"]) if "words" in data else None


def _whose(session: Session, data: Mapping[str, Any]) -> str:
    """Whom the event names, by his name; otherwise what holds orders in that lane."""
    if data.get("squad") and (squad := session.get(Squad, uuid.UUID(data["squad"]))):
        return squad.name
    if data.get("partner") and (partner := session.get(Partner, uuid.UUID(data["partner"]))):
        return partner.name
    return labels.LANES[Lane(data["lane"])] if data.get("lane") else "中队"
