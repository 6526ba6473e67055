"""What is open tonight (未结事项): orders, cases, joint tasks and 督办单, each by the subject its clocks hang on."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import JointTask, Order
from dispatch.rules import joint
from dispatch.rules.workflow import ENDED
from enforcement.models import PenaltyCase
from enforcement.rules.cases.states import ENDED as CASE_ENDED
from oversight.models import Supervision
from oversight.rules.supervision import State


def orders(session: Session) -> Sequence[Order]:
    """Every order that has not ended."""
    return session.scalars(select(Order).where(Order.state.not_in(ENDED)).order_by(Order.id)).all()


def cases(session: Session) -> Sequence[PenaltyCase]:
    """Every penalty case that has not ended."""
    return session.scalars(
        select(PenaltyCase).where(PenaltyCase.state.not_in(CASE_ENDED)).order_by(PenaltyCase.id)
    ).all()


def tasks(session: Session) -> Sequence[JointTask]:
    """Every joint task that somebody is waited for in."""
    return session.scalars(select(JointTask).where(JointTask.state.in_(joint.OPEN)).order_by(JointTask.id)).all()


def papers(session: Session) -> Sequence[Supervision]:
    """Every 督办单 that is not closed."""
    return session.scalars(select(Supervision).where(Supervision.state != State.CLOSED).order_by(Supervision.id)).all()


Matter = Order | PenaltyCase | JointTask | Supervision
KINDS = {Order: "order", PenaltyCase: "case", JointTask: "joint", Supervision: "supervision"}


def subject(matter: Matter) -> str:
    """As the clocks spell it."""
    return f"{KINDS[type(matter)]}:{matter.id}"


def every(session: Session) -> Iterator[str]:
    """Everything that is open, by its subject."""
    kinds: tuple[Sequence[Matter], ...] = (orders(session), cases(session), tasks(session), papers(session))
    return (subject(one) for kind in kinds for one in kind)
