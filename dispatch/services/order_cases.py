"""Cases that came of an order (工单转成的案件): the one that counts, how it ended, and who had a hand in them."""

import uuid
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch.rules.workflow import Outcome
from dispatch.schemas import CaseOfOrder
from enforcement import labels
from enforcement.models import CaseAct, DocumentNumber, PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.states import ENDED
from enforcement.rules.cases.states import Outcome as CaseOutcome
from enforcement.rules.cases.states import State as CaseState
from enforcement.rules.numbers import NumberKind, NumberState
from enforcement.services.cases import sight
from town.access import Actor
from town.people import Account

DECIDED = {
    CaseOutcome.PENALTY: Outcome.PENALISED,
    CaseOutcome.NO_PENALTY: Outcome.NO_PENALTY,
    CaseOutcome.NOT_PROVEN: Outcome.NOT_PROVEN,
    CaseOutcome.TRANSFER: Outcome.TRANSFERRED,
}
ENDINGS = {
    Action.TRANSFER: Outcome.TRANSFERRED,
    Action.DECLINE: Outcome.NO_VIOLATION,
    Action.WITHDRAW: Outcome.NO_VIOLATION,
    Action.CLOSE: Outcome.NO_PENALTY,
}
"""What a case that ended so says of the matter. One that was closed with a decision says what was decided; one whose
decision was revoked, and which was closed without another, has punished nobody."""


def last(session: Session, order_id: uuid.UUID) -> PenaltyCase | None:
    """The newest case that came of an order: an order that was to be done again may have had another before."""
    return session.scalars(_of(order_id).limit(1), execution_options={"populate_existing": True}).first()


def ending(session: Session, case: PenaltyCase) -> Outcome | None:
    """What a case that has ended says of the matter; None while it is under way."""
    if case.state not in ENDED:
        return None
    ways = select(CaseAct.action).where(CaseAct.case_id == case.id, CaseAct.action.in_(ENDINGS))
    way = session.scalars(ways.order_by(CaseAct.sequence.desc()).limit(1)).one()
    decided = DECIDED.get(CaseOutcome(case.outcome)) if case.outcome in set(CaseOutcome) else None
    return decided if way == Action.CLOSE and decided else ENDINGS[Action(way)]


def had_a_hand(session: Session, order_id: uuid.UUID, actor: str) -> bool:
    """Whether somebody did anything in a case of this order, or is or was named as one of its officers."""
    kind, _, identifier = actor.partition(":")
    account = session.get(Account, uuid.UUID(identifier)) if kind == "account" else None
    acts = select(CaseAct.actor, CaseAct.facts).join(PenaltyCase, PenaltyCase.id == CaseAct.case_id)
    done = session.execute(acts.where(PenaltyCase.order_id == order_id))
    return any(actor == by or (account is not None and account.login in _officers(facts)) for by, facts in done)


def shown(session: Session, who: Actor, order_id: uuid.UUID) -> CaseOfOrder | None:
    """The order's case, for those who may see it."""
    case = last(session, order_id)
    if case is None or not sight.sees(who, case):
        return None
    state = CaseState(case.state)
    return CaseOfOrder(id=case.id, code=_filed_as(session, case), state=state, state_name=labels.STATES[state])


def _filed_as(session: Session, case: PenaltyCase) -> str | None:
    """立案文号, or the number of the decision on the spot, which needs no filing."""
    numbers = select(DocumentNumber.text).where(
        DocumentNumber.case_id == case.id,
        DocumentNumber.kind.in_((NumberKind.FILING, NumberKind.ON_SPOT_DECISION)),
        DocumentNumber.state != NumberState.VOID,
    )
    return session.scalars(numbers.order_by(DocumentNumber.allocated_at.desc()).limit(1)).first()


def _of(order_id: uuid.UUID) -> Select[PenaltyCase]:
    mine = select(PenaltyCase).where(PenaltyCase.order_id == order_id)
    return mine.order_by(PenaltyCase.opened_at.desc(), PenaltyCase.id.desc())


def _officers(facts: dict[str, Any]) -> list[str]:
    named: list[str] = facts.get("given", {}).get("officers") or []
    return named
