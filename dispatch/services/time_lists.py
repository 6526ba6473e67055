"""Handling times as people read them (办理时限一览): a whole edition, or what counts today."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.rules import times_table
from dispatch.rules.severity import Severity
from dispatch.rules.times_table import ANY, TimeLine
from dispatch.schemas import HandlingTimesOut, TimeRowOut, TimeRowsOut
from dispatch.services import handling_times, references
from enforcement.rules.events import EventLine
from enforcement.services import editions, events
from town import profile
from town.clock import Instant
from town.reference import Kind

EVERY_KIND, EVERY_SEVERITY = "全部事项", "不分轻重"


def of_edition(session: Session, edition_id: uuid.UUID, now: Instant) -> TimeRowsOut:
    """A whole table. Raises Refused("not_found")."""
    edition = editions.find(session, Kind.TIMES, str(edition_id))
    rows = handling_times.of_edition(session, edition.id).lines()
    return TimeRowsOut(edition=references.edition_out(session, edition, now), rows=_rows(session, rows, now))


def in_force(session: Session, now: Instant) -> HandlingTimesOut:
    """What counts on the town's day of ``now``."""
    edition = editions.on(session, Kind.TIMES, profile.local_day(session, now))
    rows = handling_times.of_edition(session, edition.id).lines() if edition else []
    general = {line.stage for line in rows if (line.event_code, line.severity) == (ANY, ANY)}
    return HandlingTimesOut(
        edition=references.edition_out(session, edition, now) if edition else None,
        rows=_rows(session, rows, now),
        defaults=_rows(session, (line for line in times_table.DEFAULTS if line.stage not in general), now),
    )


def event_name(code: str, known: Mapping[str, EventLine]) -> str:
    """A kind by its name, a front of kinds by the class they are all of."""
    if code == ANY:
        return EVERY_KIND
    if code in known:
        return known[code].name
    classes = {line.class_name for line in known.values() if line.code.startswith(code)}
    return f"{'、'.join(sorted(classes)) or code}（{code} 开头）"


def severity_name(severity: str) -> str:
    """A severity by its word."""
    return EVERY_SEVERITY if severity == ANY else labels.SEVERITIES[Severity(severity)]


def _rows(session: Session, lines: Iterable[TimeLine], now: Instant) -> list[TimeRowOut]:
    listed = events.on(session, profile.local_day(session, now))
    known = listed.by_code if listed else {}
    return [
        TimeRowOut(
            event_code=line.event_code,
            event_name=event_name(line.event_code, known),
            severity=line.severity,
            severity_name=severity_name(line.severity),
            stage=line.stage,
            stage_name=labels.STAGES[line.stage],
            amount=line.amount,
            unit=line.unit,
            unit_name=labels.unit(line.unit),
            longest=line.longest,
            times=line.times,
            source=line.source,
        )
        for line in lines
    ]
