"""The lists a case is weighed by, and how its power stands (法律依据): gathered here, judged in ``rules.cases.weighing``."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.weighing import Lists, weigh
from enforcement.rules.local_rules import LocalRules
from enforcement.rules.powers import PowerFact, standing
from enforcement.services import powers, provisions, tiers
from enforcement.services.cases import world_past


def power(session: Session, row: PenaltyCase, today: dt.date) -> dict[str, Any]:
    """The power of the case on the last day of the act and today, and another one with a higher fine if there is one."""
    catalogue = powers.on(session, today)
    mine = line_of(session, row, today)
    then = powers.on(session, row.acted_on)
    before = then.by_code.get(row.power_code, mine) if then else mine
    others = catalogue.for_event(row.event_code, today) if catalogue and row.event_code else ()
    above = [one for one, how in others if how.in_force and (one.fine_max or 0) > (mine.fine_max or 0)]
    higher = (
        {"code": above[0].code, "name": above[0].name, "high_fen": (above[0].fine_max or 0) * 100} if above else None
    )
    return {"power": told(mine, before, row.acted_on, today), "higher": higher}


def line_of(session: Session, row: PenaltyCase, today: dt.date) -> PowerFact:
    """The power's line in today's list; where it is gone, in the list the case was opened under."""
    catalogue = powers.on(session, today)
    mine = catalogue.by_code.get(row.power_code) if catalogue else None
    return mine or powers.of_edition(session, row.power_edition_id).by_code[row.power_code]


def told(mine: PowerFact, before: PowerFact, acted_on: dt.date, today: dt.date) -> dict[str, Any]:
    """A power as plain data. ``before``: its line in the list that was in force on the last day of the act."""
    return {
        "code": mine.code,
        "name": mine.name,
        "basis": mine.basis,
        "field": mine.field,
        "mode": mine.mode,
        "grantor": mine.grantor,
        "published_on": mine.published_on.isoformat() if mine.published_on else None,
        "verified": mine.verified,
        "on_act": _how(before, acted_on),
        "today": _how(mine, today),
    }


def _how(line: PowerFact, day: dt.date) -> dict[str, Any]:
    found = standing(line, day)
    return {"in_force": found.in_force, "code": found.code.value, "why": found.why}


def weighed(
    session: Session,
    row: PenaltyCase,
    case: Case,
    act: Act,
    today: dt.date,
    rules: LocalRules,
    of_party: Sequence[PenaltyCase],
) -> dict[str, Any]:
    """What law and benchmarks say to what this act proposes. ``of_party``: the party's other cases."""
    lists = Lists(
        power=row.power_code,
        field=line_of(session, row, today).field,
        provisions=provisions.of_power(session, row.power_code, today),
        tiers=tiers.of_power(session, row.power_code, today),
        rules=rules,
    )
    return weigh(lists, world_past.past(session, row, of_party), case, act, today)
