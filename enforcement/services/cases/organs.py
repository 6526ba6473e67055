"""In whose name (署名机关): the town, or the organ that entrusted the power (行政处罚法 20, 24). Never a squad."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.local_rules import Absent, LocalRules, Organ
from enforcement.rules.powers import Mode
from enforcement.services import local_rules, powers
from town.errors import Refused

TOWN = "town"


@dataclass(frozen=True, slots=True)
class Author:
    """The organ: its code in number series, and what papers tell about it. ``entrusted``: whether it entrusted the power."""

    code: str
    facts: Organ
    entrusted: bool


def of(session: Session, row: PenaltyCase, today: dt.date) -> Author:
    """Who signs this case's papers on a local day. Raises Refused("local_rule_missing")."""
    power = powers.of_edition(session, row.power_edition_id).by_code[row.power_code]
    entrusted = power.mode == Mode.ENTRUSTED
    grantor = power.grantor or "" if entrusted else ""
    rules = local_rules.on(session, today) or LocalRules()
    try:
        return Author(grantor or TOWN, rules.organ(grantor), entrusted)
    except Absent as absent:
        raise Refused("local_rule_missing", why=str(absent)) from None
