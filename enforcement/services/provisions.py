"""Provisions (罚则): previewed, imported, confirmed, activated, and held ready for penalty cases."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from enforcement.files import provision_rows
from enforcement.files.provision_rows import ProvisionRow
from enforcement.models import ListEdition, Provision
from enforcement.rules import provision_checks
from enforcement.rules.law_choice import Choice, ProvisionFact, asked, choose
from enforcement.services import confirmed, editions, powers, previews
from enforcement.services.held import Held
from enforcement.services.previews import Preview, Progress
from town import ids
from town.clock import Instant
from town.reference import Kind
from town.sheets import Sheets

COLUMNS = tuple(ProvisionFact.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class ProvisionCatalogue:
    """罚则目录 of one edition: the old law's rows beside the new."""

    edition_id: uuid.UUID
    by_power: Mapping[str, tuple[ProvisionFact, ...]] = field(repr=False)

    def of(self, power_code: str) -> tuple[ProvisionFact, ...]:
        """Every provision of a power, of whatever day."""
        return self.by_power.get(power_code, ())

    def asked(self, power_code: str) -> frozenset[str]:
        """The elements that provisions of a power ask for."""
        return asked(self.of(power_code))

    def choose(
        self,
        power_code: str,
        *,
        acted_from: dt.date,
        acted_on: dt.date,
        decided_on: dt.date,
        subject: str,
        stage: str,
        elements: Iterable[str] = (),
    ) -> Choice:
        """The provision for an act under a power; as ``law_choice.choose``."""
        return choose(
            self.of(power_code),
            acted_from=acted_from,
            acted_on=acted_on,
            decided_on=decided_on,
            subject=subject,
            stage=stage,
            elements=elements,
        )


def on(session: Session, day: dt.date, version: uuid.UUID | None = None) -> ProvisionCatalogue | None:
    """The provisions in force on a local day; None when no list is. ``version``: as ``reference.hold`` gave it."""
    return HELD.on(session, day, version)


def of_edition(session: Session, edition_id: uuid.UUID) -> ProvisionCatalogue:
    """The provisions of an edition, in force or not."""
    by_power: dict[str, tuple[ProvisionFact, ...]] = {}
    chosen = select(Provision).where(Provision.edition_id == edition_id)
    for row in session.scalars(chosen.order_by(Provision.power_code, Provision.effective_from, Provision.code)):
        by_power[row.power_code] = (*by_power.get(row.power_code, ()), _fact(row))
    return ProvisionCatalogue(edition_id, by_power)


def of_power(
    session: Session, power_code: str, day: dt.date, version: uuid.UUID | None = None
) -> tuple[ProvisionFact, ...]:
    """Every provision of a power, of whatever day, in the list in force on ``day``; none without a list."""
    catalogue = on(session, day, version)
    return catalogue.of(power_code) if catalogue else ()


def newest(session: Session) -> ProvisionCatalogue | None:
    """The provisions imported last, in force or not: what tiers are checked against before any are in force."""
    found = next(iter(editions.editions(session, Kind.PROVISIONS)), None)
    return of_edition(session, found.id) if found else None


def preview(
    session: Session, sheets: Sheets, day: dt.date, progress: Progress = lambda _row: None
) -> Preview[ProvisionRow]:
    """What importing this file would do, compared with the list in force on ``day``; changes nothing."""
    records, complaints = previews.gather(sheets, ProvisionRow, provision_rows.NAMES, progress)
    facts = [record.value.fact() for record in records]
    found = provision_checks.inspect(facts, powers.known_codes(session, day))
    told = previews.told(records, (replace(one, field=provision_rows.CELLS.get(one.field, one.field)) for one in found))
    former = editions.on(session, Kind.PROVISIONS, day)
    old = of_edition(session, former.id).by_power if former else {}
    difference = previews.compare(_by_code(facts), _by_code(one for rows in old.values() for one in rows))
    told = previews.in_order(sheets, [*complaints, *told])
    return Preview(sheets, records, told, difference, former.name if former else None)


def import_edition(
    session: Session, previewed: Preview[ProvisionRow], name: str, *, actor: str, now: Instant
) -> ListEdition:
    """Keep a previewed list as a new edition, not in force. Raises Refused("list_refused" | "edition_state")."""
    previewed.must_pass()
    facts = [row.fact() for row in previewed.rows]
    edition = editions.keep(session, Kind.PROVISIONS, name, previewed.sheets, len(facts), actor, now)
    session.execute(
        insert(Provision), [{"id": ids.new_id(), "edition_id": edition.id, **_columns(one)} for one in facts]
    )
    return edition


activate = confirmed.activate


def codes(session: Session, edition: ListEdition) -> set[str]:
    """Power and code of every row of an edition."""
    rows = of_edition(session, edition.id).by_power.values()
    return set(_by_code(one for some in rows for one in some))


def _columns(fact: ProvisionFact) -> dict[str, object]:
    return {**asdict(fact), "kinds": list(fact.kinds), "elements": list(fact.elements)}


def _by_code(facts: Iterable[ProvisionFact]) -> dict[str, dict[str, object]]:
    return {f"{one.power_code} {one.code}": _columns(one) for one in facts}


def _fact(row: Provision) -> ProvisionFact:
    plain = {name: getattr(row, name) for name in COLUMNS}
    return ProvisionFact(**plain | {"kinds": tuple(row.kinds), "elements": tuple(row.elements)})


HELD = Held(Kind.PROVISIONS, of_edition)
