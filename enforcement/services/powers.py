"""The power list (权力清单): previewed, imported, confirmed, activated, and held ready for routing."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from enforcement.files import power_rows
from enforcement.files.power_rows import PowerRow
from enforcement.models import ListEdition, Power, PowerChange
from enforcement.rules import checks
from enforcement.rules.powers import Applicable, ChangeFact, PowerFact, Standing, applicable, standing
from enforcement.services import editions, events, previews
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.errors import Refused
from town.partners import Partner
from town.reference import Kind
from town.sheets import Sheets

COLUMNS = tuple(name for name in PowerRow.model_fields if name != "origin")


@dataclass(frozen=True, slots=True)
class PowerCatalogue:
    """权力目录 of one edition, with everything that happened to its powers since."""

    edition_id: uuid.UUID
    by_code: Mapping[str, PowerFact] = field(repr=False)
    by_event: Mapping[str, tuple[PowerFact, ...]] = field(repr=False)

    def for_event(self, event_code: str, day: dt.date) -> Applicable:
        """Every power over a kind of matter with its standing that day: in force first, then the higher fine."""
        return applicable(self.by_event.get(event_code, ()), event_code, day)


def on(session: Session, day: dt.date, version: uuid.UUID | None = None) -> PowerCatalogue | None:
    """The powers of the list in force on a local day; None when no list is. ``version``: as ``reference.hold`` gave it."""
    return HELD.on(session, day, version)


def of_edition(session: Session, edition_id: uuid.UUID) -> PowerCatalogue:
    """The powers of an edition, in force or not, with their changes; held like those in force."""
    return HELD.of(session, edition_id)


def _read(session: Session, edition_id: uuid.UUID) -> PowerCatalogue:
    changes = _changes(session)
    rows = session.scalars(select(Power).where(Power.edition_id == edition_id).order_by(Power.code))
    by_code = {row.code: _fact(row, changes.get(row.code, ())) for row in rows}
    by_event: dict[str, tuple[PowerFact, ...]] = {}
    for power in by_code.values():
        for event in power.events:
            by_event[event] = (*by_event.get(event, ()), power)
    return PowerCatalogue(edition_id, by_code, by_event)


def preview(
    session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None
) -> Preview[PowerRow]:
    """What importing this file would do, compared with the list in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, PowerRow, power_rows.NAMES, progress)
    known = checks.Known(
        today=day,
        events=events.known_codes(session, day),
        partners=frozenset(session.scalars(select(Partner.code))),
    )
    found = previews.told(records, checks.inspect([_line(record.value) for record in records], known))
    former = editions.on(session, Kind.POWERS, day)
    new = {record.value.code: _columns(record.value) for record in records}
    difference = previews.compare(new, _typed(session, former.id) if former else {})
    told = previews.in_order(sheets, [*complaints, *found])
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[PowerRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed list as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    edition = editions.keep(session, Kind.POWERS, name, previewed.sheets, len(previewed.rows), actor, now)
    rows = [{"id": ids.new_id(), "edition_id": edition.id, **_columns(row)} for row in previewed.rows]
    session.execute(insert(Power), rows)
    return edition


def activate(session: Session, edition: ListEdition, from_day: dt.date, *, actor: str, now: Instant) -> ListEdition:
    """In force from a local day on. Raises Refused("confirmation_missing" | "edition_state")."""
    if not edition.confirmed_by:
        open_rows = unverified(session, edition.id)
        why = f"「{edition.name}」有 {open_rows} 项没有核对过法条，" if open_rows else f"「{edition.name}」"
        raise Refused("confirmation_missing", why=why, edition=str(edition.id))
    return editions.activate(session, edition, from_day, actor=actor, now=now)


def known_codes(session: Session, day: dt.date) -> frozenset[str]:
    """Codes other lists may name: of the list in force on ``day``, else of the newest imported; empty without any."""
    catalogue = on(session, day)
    if catalogue is None:
        newest = next(iter(editions.editions(session, Kind.POWERS)), None)
        catalogue = of_edition(session, newest.id) if newest else None
    return frozenset(catalogue.by_code) if catalogue else frozenset()


def unverified(session: Session, edition_id: uuid.UUID) -> int:
    """How many rows nobody has read against the statute."""
    asked = select(func.count()).where(Power.edition_id == edition_id, Power.verified.is_(False))
    return session.scalar(asked) or 0


def unusable(session: Session, edition_id: uuid.UUID, day: dt.date) -> dict[str, Standing]:
    """The powers of an edition that are not in force on a day, with why, by code."""
    found = {code: standing(power, day) for code, power in of_edition(session, edition_id).by_code.items()}
    return {code: how for code, how in found.items() if not how.in_force}


def _line(row: PowerRow) -> checks.Line:
    return checks.Line(**{name: getattr(row, name) for name in checks.Line.__dataclass_fields__})


def _columns(row: PowerRow) -> dict[str, Any]:
    return row.model_dump(exclude={"origin"}) | {"events": list(row.events)}


def _typed(session: Session, edition_id: uuid.UUID) -> dict[str, dict[str, Any]]:
    """The rows of an edition as they were imported, by code."""
    rows = session.execute(select(*(getattr(Power, name) for name in COLUMNS)).where(Power.edition_id == edition_id))
    return {row.code: dict(row._mapping) for row in rows}


def _fact(row: Power, changes: tuple[ChangeFact, ...]) -> PowerFact:
    names = PowerFact.__dataclass_fields__.keys() - {"changes", "events"}
    return PowerFact(events=tuple(row.events), changes=changes, **{name: getattr(row, name) for name in names})


def _changes(session: Session) -> dict[str, tuple[ChangeFact, ...]]:
    found: dict[str, tuple[ChangeFact, ...]] = {}
    asked = select(PowerChange).order_by(PowerChange.code, PowerChange.from_day, PowerChange.id)
    for row in session.scalars(asked):
        fact = ChangeFact(row.kind, row.from_day, row.to, row.document)
        found[row.code] = (*found.get(row.code, ()), fact)
    return found


HELD = Held(Kind.POWERS, _read)
