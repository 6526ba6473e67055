"""The list of kinds of matter (事项清单): previewed, imported, activated, and held ready for routing."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from enforcement.files import event_rows
from enforcement.files.event_rows import EventRow
from enforcement.models import EventType, ListEdition
from enforcement.rules import event_checks
from enforcement.rules.events import EventLine
from enforcement.services import editions, previews
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.partners import Partner
from town.reference import Kind
from town.sheets import Sheets

COLUMNS = tuple(EventLine.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class EventCatalogue:
    """事项目录 of one edition."""

    edition_id: uuid.UUID
    by_code: Mapping[str, EventLine] = field(repr=False)

    @property
    def offered(self) -> dict[str, str]:
        """What citizens may choose from: words by code, in code order."""
        return {code: line.offered for code, line in sorted(self.by_code.items()) if line.offered}


def on(session: Session, day: dt.date, version: uuid.UUID | None = None) -> EventCatalogue | None:
    """The kinds of matter in force on a local day; None when no list is. ``version``: as ``reference.hold`` gave it."""
    return HELD.on(session, day, version)


def of_edition(session: Session, edition_id: uuid.UUID) -> EventCatalogue:
    """The kinds of matter of an edition, in force or not."""
    columns = [getattr(EventType, name) for name in COLUMNS]
    rows = session.execute(select(*columns).where(EventType.edition_id == edition_id))
    return EventCatalogue(edition_id, {row[0]: EventLine(*row) for row in rows})


def preview(
    session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None
) -> Preview[EventRow]:
    """What importing this file would do, compared with the list in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, EventRow, event_rows.NAMES, progress)
    lines = [record.value.line() for record in records]
    partners = session.scalars(select(Partner.code)).all()
    found = previews.told(records, event_checks.inspect(lines, partners))
    former, catalogue = editions.on(session, Kind.EVENTS, day), on(session, day)
    old = {code: asdict(line) for code, line in catalogue.by_code.items()} if catalogue else {}
    difference = previews.compare({line.code: asdict(line) for line in lines}, old)
    told = previews.in_order(sheets, [*complaints, *found])
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[EventRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed list as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    lines = [row.line() for row in previewed.rows]
    edition = editions.keep(session, Kind.EVENTS, name, previewed.sheets, len(lines), actor, now)
    session.execute(
        insert(EventType), [{"id": ids.new_id(), "edition_id": edition.id, **asdict(line)} for line in lines]
    )
    return edition


def known_codes(session: Session, day: dt.date) -> frozenset[str]:
    """Codes a power list may name: of the list in force on ``day``, else of the newest imported; empty without any."""
    catalogue = on(session, day)
    if catalogue is None:
        newest = next(iter(editions.editions(session, Kind.EVENTS)), None)
        catalogue = of_edition(session, newest.id) if newest else None
    return frozenset(catalogue.by_code) if catalogue else frozenset()


HELD = Held(Kind.EVENTS, of_edition)
