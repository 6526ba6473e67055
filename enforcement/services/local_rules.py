"""Local rules (本地程序规定): previewed, imported, confirmed, activated, and held ready for penalty cases."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from enforcement.files import procedure_rows
from enforcement.files.procedure_rows import ProcedureRow
from enforcement.models import ListEdition, ProcedureRule
from enforcement.rules import local_rule_checks
from enforcement.rules.local_rules import LocalRules, RuleFact
from enforcement.services import confirmed, editions, powers, previews
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.reference import Kind
from town.sheets import Sheets


def on(session: Session, day: dt.date, version: uuid.UUID | None = None) -> LocalRules | None:
    """The rules in force on a local day; None when no list is. ``version``: as ``reference.hold`` gave it."""
    return HELD.on(session, day, version)


def of_edition(session: Session, edition_id: uuid.UUID) -> LocalRules:
    """The rules of an edition, in force or not."""
    rows = session.scalars(select(ProcedureRule).where(ProcedureRule.edition_id == edition_id))
    return LocalRules.of((RuleFact(row.name, row.power_code, row.value, row.basis) for row in rows), edition_id)


def preview(
    session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None
) -> Preview[ProcedureRow]:
    """What importing this file would do, compared with the list in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, ProcedureRow, procedure_rows.NAMES, progress)
    facts = [record.value.fact() for record in records]
    found = local_rule_checks.inspect(facts, powers.known_codes(session, day))
    former = editions.on(session, Kind.PROCEDURE, day)
    old = of_edition(session, former.id).by_key.values() if former else ()
    told = previews.in_order(sheets, [*complaints, *previews.told(records, found)])
    difference = previews.compare(_by_code(facts), _by_code(old))
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[ProcedureRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed list as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    facts = [row.fact() for row in previewed.rows]
    edition = editions.keep(session, Kind.PROCEDURE, name, previewed.sheets, len(facts), actor, now)
    rows = [
        {"edition_id": edition.id, "name": one.name, "power_code": one.key, "value": one.value, "basis": one.basis}
        for one in facts
    ]
    session.execute(insert(ProcedureRule), [{"id": ids.new_id(), **row} for row in rows])
    return edition


activate = confirmed.activate


def codes(session: Session, edition: ListEdition) -> set[str]:
    """Name and key of every row of an edition."""
    return set(_by_code(of_edition(session, edition.id).by_key.values()))


def _by_code(facts: Iterable[RuleFact]) -> dict[str, dict[str, object]]:
    return {" ".join(filter(None, (one.name, one.key))): {"value": one.value, "basis": one.basis} for one in facts}


HELD = Held(Kind.PROCEDURE, of_edition)
