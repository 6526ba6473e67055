"""Handling times (办理时限): the table in editions: previewed, imported, activated, and held ready for every clock.

An order keeps the edition it was decided under; a clock keeps the term it was started with.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dispatch.files import time_rows
from dispatch.files.time_rows import TimeRow
from dispatch.models import HandlingTimeRow
from dispatch.rules import time_checks, times_table
from dispatch.rules.handling_times import Limits
from dispatch.rules.times_table import TimeLine
from enforcement.models import ListEdition
from enforcement.services import editions, events, previews
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.reference import Kind, Versions
from town.sheets import Sheets
from town.terms import Term

COLUMNS = tuple(TimeLine.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class TimesTable:
    """办理时限表 of one edition: the rows of each stage, the most specific first."""

    edition_id: uuid.UUID
    by_stage: Mapping[str, tuple[TimeLine, ...]] = field(repr=False)

    def row(self, stage: str, event_code: str, severity: str) -> TimeLine | None:
        """The row that counts, if any does."""
        return times_table.pick(self.by_stage.get(stage, ()), event_code, severity)

    def lines(self) -> list[TimeLine]:
        """Every row, by kind, stage and severity."""
        rows = (line for lines in self.by_stage.values() for line in lines)
        return sorted(rows, key=lambda line: (line.event_code, times_table.STAGES.index(line.stage), line.severity))


def term_for(
    session: Session, stage: str, event_code: str, severity: str, default: Term, edition_id: uuid.UUID | None
) -> Term:
    """How long a stage may take under an order's edition (``Order.times_edition_id``); ``default`` where no row says so."""
    table = of_order(session, edition_id)
    row = table.row(stage, event_code, severity) if table else None
    return row.term if row else default


def limits_for(
    session: Session,
    stage: str,
    event_code: str,
    severity: str,
    unit: str,
    default: Limits,
    edition_id: uuid.UUID | None,
) -> Limits:
    """How far a clock that counts in ``unit`` may be extended; what a row says in another unit is not about it."""
    table = of_order(session, edition_id)
    rows = table.by_stage.get(stage, ()) if table else ()
    row = times_table.pick((line for line in rows if line.unit == unit), event_code, severity)
    return row.limits if row else default


def in_force(session: Session, day: dt.date, versions: Versions) -> TimesTable | None:
    """The table in force on a local day, by the versions that the caller holds; None when there is none."""
    version = versions[Kind.TIMES]
    return HELD.on(session, day, version) if version else None


def of_order(session: Session, edition_id: uuid.UUID | None) -> TimesTable | None:
    """The table an order was decided under; None where the house's defaults count."""
    return HELD.of(session, edition_id) if edition_id else None


def of_edition(session: Session, edition_id: uuid.UUID) -> TimesTable:
    """The rows of an edition, in force or not."""
    columns = [getattr(HandlingTimeRow, name) for name in COLUMNS]
    rows = session.execute(select(*columns).where(HandlingTimeRow.edition_id == edition_id))
    return TimesTable(edition_id, times_table.by_stage([TimeLine(*row) for row in rows]))


def preview(session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None) -> Preview[TimeRow]:
    """What importing this file would do, compared with the table in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, TimeRow, time_rows.NAMES, progress)
    lines = [record.value.line() for record in records]
    found = previews.told(records, time_checks.inspect(lines, events.known_codes(session, day)))
    former = editions.on(session, Kind.TIMES, day)
    old = of_edition(session, former.id).lines() if former else []
    difference = previews.compare(
        {_code(line): asdict(line) for line in lines}, {_code(line): asdict(line) for line in old}
    )
    told = previews.in_order(sheets, [*complaints, *found])
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[TimeRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed table as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    lines = [row.line() for row in previewed.rows]
    edition = editions.keep(session, Kind.TIMES, name, previewed.sheets, len(lines), actor, now)
    rows = [{"id": ids.new_id(), "edition_id": edition.id, **asdict(line)} for line in lines]
    session.execute(insert(HandlingTimeRow), rows)
    return edition


def codes(session: Session, edition: ListEdition) -> set[str]:
    """Kind, severity and stage of every row of an edition."""
    return {_code(line) for line in of_edition(session, edition.id).lines()}


def _code(line: TimeLine) -> str:
    return " ".join(line.key)


HELD = Held(Kind.TIMES, of_edition)
