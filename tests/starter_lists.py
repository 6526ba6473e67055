"""The lists that come with the product, as the rules know them: read as a town would import them."""

from functools import cache
from typing import TypeVar

from enforcement import starter
from enforcement.files import procedure_rows, provision_rows, tier_rows
from enforcement.files.procedure_rows import ProcedureRow
from enforcement.files.provision_rows import ProvisionRow
from enforcement.files.tier_rows import TierRow
from enforcement.rules.discretion import TierFact
from enforcement.rules.law_choice import ProvisionFact
from enforcement.rules.local_rules import LocalRules
from town.sheets import Sheets, collect

Thing = TypeVar("Thing")


def there(one: Thing | None) -> Thing:
    """What must be there."""
    assert one is not None
    return one


@cache
def provisions() -> tuple[ProvisionFact, ...]:
    return tuple(row.fact() for row in _rows(starter.provisions(), ProvisionRow, provision_rows.NAMES))


@cache
def tiers() -> tuple[TierFact, ...]:
    return tuple(row.fact() for row in _rows(starter.tiers(), TierRow, tier_rows.NAMES))


@cache
def proposed() -> LocalRules:
    return LocalRules.of(row.fact() for row in _rows(starter.procedure(), ProcedureRow, procedure_rows.NAMES))


@cache
def demo_rules() -> LocalRules:
    return LocalRules.of(row.fact() for row in _rows(starter.demo_procedure(), ProcedureRow, procedure_rows.NAMES))


def provisions_of(power: str) -> tuple[ProvisionFact, ...]:
    return tuple(one for one in provisions() if one.power_code == power)


def tiers_of(power: str) -> tuple[TierFact, ...]:
    return tuple(one for one in tiers() if one.power_code == power)


def _rows(sheets: Sheets, model, names):
    [sheet] = sheets.sheets
    records, complaints = collect(sheet, model, names)
    assert complaints == ()
    return [record.value for record in records]
