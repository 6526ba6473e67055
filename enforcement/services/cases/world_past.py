"""What was decided before (既往案件): the party's other cases, and decided cases under the same power."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import CaseAct, Party, PenaltyCase
from enforcement.rules.cases.facts import Case
from enforcement.rules.cases.weighing import Past
from enforcement.rules.discretion import DecidedFact, PastCase
from enforcement.services import parties, powers
from town import geometry

NEAREST_OF = 200
"""Decided cases that are compared with; the newest."""
SAME_PLACE_DEGREES = 0.0005
"""About fifty metres."""


def others(session: Session, row: PenaltyCase, case: Case) -> list[PenaltyCase]:
    """The party's other cases, of every squad, oldest first."""
    if case.party is None or row.party_id is None:
        return []
    return [one for one in parties.cases_of(session, row.party_id) if one.id != row.id]


def same_party(session: Session, row: PenaltyCase, of_party: Sequence[PenaltyCase]) -> list[dict[str, Any]]:
    """The party's other cases, for 一事不二罚 (行政处罚法 29)."""
    first = CaseAct.case_id.in_([one.id for one in of_party]), CaseAct.sequence == 1
    rows = session.execute(select(CaseAct.case_id, CaseAct.facts).where(*first)) if of_party else ()
    opened = {case_id: facts["given"] for case_id, facts in rows}
    return [_told(row, one, opened.get(one.id, {})) for one in of_party]


def _told(row: PenaltyCase, other: PenaltyCase, opened: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "case": str(other.id),
        "power": other.power_code,
        "event": other.event_code,
        "acted_from": opened.get("acted_from"),
        "acted_on": other.acted_on.isoformat(),
        "fine_fen": other.fine_fen,
        "outcome": other.outcome,
        "state": other.state,
        "same_place": _same_place(row, other),
    }


def _same_place(row: PenaltyCase, other: PenaltyCase) -> bool:
    here, there = geometry.lonlat(row.place), geometry.lonlat(other.place)
    return max(abs(here[0] - there[0]), abs(here[1] - there[1])) <= SAME_PLACE_DEGREES


def past(session: Session, row: PenaltyCase, of_party: Sequence[PenaltyCase]) -> Past:
    """What was decided about this party, and under this power."""
    return Past(_past_cases(session, row, of_party), _decided(session, row))


def _past_cases(session: Session, row: PenaltyCase, of_party: Sequence[PenaltyCase]) -> list[PastCase]:
    """Decided cases of the same party, of every squad and power."""
    decided = [one for one in of_party if one.decided_on]
    fields = _fields(session, row) if decided else {}
    return [
        PastCase(
            case=str(one.id),
            power_code=one.power_code,
            field=fields.get(one.power_code, ""),
            decided_on=one.decided_on or one.acted_on,
            first_offence=one.outcome == "no_penalty",
        )
        for one in decided
    ]


def _fields(session: Session, row: PenaltyCase) -> dict[str, str]:
    return {code: one.field for code, one in powers.of_edition(session, row.power_edition_id).by_code.items()}


def _decided(session: Session, row: PenaltyCase) -> list[DecidedFact]:
    asked = (
        select(PenaltyCase, Party.kind)
        .outerjoin(Party, Party.id == PenaltyCase.party_id)
        .where(PenaltyCase.power_code == row.power_code, PenaltyCase.decided_on.is_not(None))
        .where(PenaltyCase.id != row.id, PenaltyCase.fine_fen > 0)
        .order_by(PenaltyCase.decided_on.desc(), PenaltyCase.id)
        .limit(NEAREST_OF)
    )
    return [
        DecidedFact(str(one.id), one.fine_fen or 0, one.tier, one.decided_on or dt.date.min, _subject(kind))
        for one, kind in session.execute(asked)
    ]


def _subject(kind: str | None) -> str:
    return "organisation" if kind == "organisation" else "person"
