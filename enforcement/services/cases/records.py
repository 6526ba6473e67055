"""Acts as they are kept (办案记录): rows in, the case out."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import CaseAct, PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.folding import fold
from town import ids


def acts_of(session: Session, case_id: uuid.UUID) -> Sequence[CaseAct]:
    """Every act of a case in its order."""
    return session.scalars(select(CaseAct).where(CaseAct.case_id == case_id).order_by(CaseAct.sequence)).all()


def act_of(row: CaseAct) -> Act:
    """A row as rules want it."""
    facts = row.facts
    return Act(row.sequence, Action(row.action), row.at, row.recorded_at, row.actor, facts["given"], facts["known"])


def case_of(rows: Iterable[CaseAct]) -> Case:
    """The case these acts make."""
    return fold([act_of(row) for row in rows])


def load(session: Session, case_id: uuid.UUID) -> Case:
    """The case as it stands."""
    return case_of(acts_of(session, case_id))


def write(session: Session, row: PenaltyCase, act: Act) -> None:
    """Keep an act. Two who write the same one are told apart by the row's version, which the caller compared."""
    facts = {"given": dict(act.given), "known": dict(act.known)}
    session.add(
        CaseAct(
            id=ids.new_id(),
            case_id=row.id,
            sequence=act.sequence,
            action=act.action,
            at=act.at,
            recorded_at=act.recorded_at,
            actor=act.actor,
            facts=facts,
        )
    )
