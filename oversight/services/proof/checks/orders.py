"""Every open order has an owner, a due time and, while it is put aside, a date to look at it again (未结工单)."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.models import Order
from dispatch.rules.workflow import State
from enforcement.models import PenaltyCase
from enforcement.rules.cases.states import ENDED as CASE_ENDED
from oversight.rules.proof import OpenOrder, ownerless
from oversight.services.proof.checks import open_matters
from oversight.services.proof.checks.looking import (
    Check,
    Found,
    Ground,
    Seen,
    always,
    clocks,
    judged,
    nobody,
    unwatched,
)
from oversight.services.proof.checks.open_matters import subject
from town.watch import Deadline

REVIEW = "review"
"""挂账复查: the clock of an order that was put aside."""


def owner(ground: Ground) -> Seen:
    """Everybody whose turn it is exists and may act."""
    cases = _with_case(ground.session)
    rows = (
        (subject(one), ownerless(_fact(one, cases), ground.staffing)) for one in open_matters.orders(ground.session)
    )
    return judged(rows)


def due(ground: Ground) -> Seen:
    """A clock waits for it, or the case that came of it has clocks of its own."""
    cases = _with_case(ground.session)
    waiting = [
        one for one in open_matters.orders(ground.session) if not (one.state == State.IN_CASE and one.id in cases)
    ]
    subjects = [subject(one) for one in waiting]
    return unwatched(subjects, clocks(ground.session, subjects))


def review(ground: Ground) -> Seen:
    """What was put aside is looked at again on a day that was named."""
    aside = [one for one in open_matters.orders(ground.session) if one.suspended_from is not None]
    watched = clocks(ground.session, map(subject, aside))
    forgotten = [one for one in aside if not _has(watched.get(subject(one), ()), REVIEW)]
    return Seen(len(aside), [Found(subject(one)) for one in forgotten])


def _fact(one: Order, cases: frozenset[uuid.UUID]) -> OpenOrder:
    return OpenOrder(one.state, one.lane, one.squad_id, one.worker_id, one.partner_id, one.handler, one.id in cases)


def _with_case(session: Session) -> frozenset[uuid.UUID]:
    under_way = PenaltyCase.order_id.is_not(None), PenaltyCase.state.not_in(CASE_ENDED)
    return frozenset(filter(None, session.scalars(select(PenaltyCase.order_id).where(*under_way))))


def _has(clocks_of_one: Sequence[Deadline], kind: str) -> bool:
    return any(clock.kind == kind for clock in clocks_of_one)


CHECKS = (
    Check("order_owner", "未结工单有人管", owner, nobody, "请指挥中心改派，或请管理员恢复账号。"),
    Check(
        "order_due",
        "未结工单有时限",
        due,
        always("没有在走的时限，晚了也不会有人知道。"),
        "请指挥中心推进到下一步（会重新计时）；推不动的请报告管理员。",
    ),
    Check(
        "order_review",
        "挂账工单有复查日",
        review,
        always("挂着账，却没有复查的日子。"),
        "请恢复办理；需要再挂账的写明复查日。",
    ),
)
