"""Discretion tiers (裁量基准): previewed, imported, confirmed, activated, and held ready for penalty cases."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from enforcement.files import tier_rows
from enforcement.files.tier_rows import TierRow
from enforcement.models import ListEdition, Tier
from enforcement.rules import conditions, tier_checks
from enforcement.rules.discretion.tiers import Found, TierFact, tier_for
from enforcement.rules.factors import Factors
from enforcement.rules.law_choice import ProvisionFact
from enforcement.services import confirmed, editions, powers, previews, provisions
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.reference import Kind
from town.sheets import Sheets

COLUMNS = tuple(TierFact.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class TierCatalogue:
    """裁量基准目录 of one edition."""

    edition_id: uuid.UUID
    by_power: Mapping[str, tuple[TierFact, ...]] = field(repr=False)

    def of(self, power_code: str) -> tuple[TierFact, ...]:
        """Every tier of a power."""
        return self.by_power.get(power_code, ())

    def asked(self, power_code: str) -> frozenset[str]:
        """The facts that tiers of a power ask for."""
        return frozenset(
            code for tier in self.of(power_code) for one in tier.conditions for code in conditions.facts_of(one)
        )

    def for_(self, power_code: str, provision: ProvisionFact, factors: Factors, subject: str) -> Found:
        """The tier the recorded facts lie in, under the provision that applies."""
        return tier_for(self.of(power_code), factors, subject, provision.stage, provision.code)


def on(session: Session, day: dt.date, version: uuid.UUID | None = None) -> TierCatalogue | None:
    """The tiers in force on a local day; None when no list is. ``version``: as ``reference.hold`` gave it."""
    return HELD.on(session, day, version)


def of_edition(session: Session, edition_id: uuid.UUID) -> TierCatalogue:
    """The tiers of an edition, in force or not."""
    by_power: dict[str, tuple[TierFact, ...]] = {}
    chosen = select(Tier).where(Tier.edition_id == edition_id)
    for row in session.scalars(chosen.order_by(Tier.power_code, Tier.subject, Tier.stage, Tier.seq, Tier.code)):
        by_power[row.power_code] = (*by_power.get(row.power_code, ()), _fact(row))
    return TierCatalogue(edition_id, by_power)


def of_power(session: Session, power_code: str, day: dt.date, version: uuid.UUID | None = None) -> tuple[TierFact, ...]:
    """Every tier of a power in the list in force on ``day``; none without a list."""
    catalogue = on(session, day, version)
    return catalogue.of(power_code) if catalogue else ()


def preview(session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None) -> Preview[TierRow]:
    """What importing this file would do, compared with the list in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, TierRow, tier_rows.NAMES, progress)
    facts = [record.value.fact() for record in records]
    law = provisions.on(session, day) or provisions.newest(session)
    found = tier_checks.inspect(facts, powers.known_codes(session, day), law.by_power if law else None)
    told = previews.told(records, (replace(one, field=tier_rows.CELLS.get(one.field, one.field)) for one in found))
    former = editions.on(session, Kind.TIERS, day)
    old = of_edition(session, former.id).by_power if former else {}
    difference = previews.compare(_by_code(facts), _by_code(one for rows in old.values() for one in rows))
    told = previews.in_order(sheets, [*complaints, *told])
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[TierRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed list as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    facts = [row.fact() for row in previewed.rows]
    edition = editions.keep(session, Kind.TIERS, name, previewed.sheets, len(facts), actor, now)
    session.execute(insert(Tier), [{"id": ids.new_id(), "edition_id": edition.id, **_columns(one)} for one in facts])
    return edition


activate = confirmed.activate


def codes(session: Session, edition: ListEdition) -> set[str]:
    """Power and code of every row of an edition."""
    rows = of_edition(session, edition.id).by_power.values()
    return set(_by_code(one for some in rows for one in some))


def _columns(fact: TierFact) -> dict[str, object]:
    return {**asdict(fact), "conditions": [list(one) for one in fact.conditions]}


def _by_code(facts: Iterable[TierFact]) -> dict[str, dict[str, object]]:
    return {f"{one.power_code} {one.code}": _columns(one) for one in facts}


def _fact(row: Tier) -> TierFact:
    plain = {name: getattr(row, name) for name in COLUMNS}
    return TierFact(**plain | {"conditions": tuple(tuple(one) for one in row.conditions)})


HELD = Held(Kind.TIERS, of_edition)
