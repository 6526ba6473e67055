"""Every report is answered, or its answer clock runs (举报答复)."""

from sqlalchemy import select

from dispatch.models import Order, Report
from dispatch.rules.handling_times import PROMISES
from dispatch.rules.workflow import State
from oversight.services.proof.checks.looking import Check, Found, Ground, Seen, always, clocks

KINDS = frozenset(row.clock.value for row in PROMISES)


def answered(ground: Ground) -> Seen:
    """Told, or promised by a clock, or told that it waits: for a case, or put aside; those have proofs of their own."""
    asked = select(Report.id, Order.id, Order.state, Order.suspended_from).join(Order, Order.id == Report.order_id)
    rows = ground.session.execute(asked.where(Report.answered_at.is_(None)).order_by(Report.id)).all()
    told = {order for _, order, state, aside in rows if state == State.IN_CASE or aside is not None}
    waiting = sorted({f"order:{order}" for _, order, _, _ in rows if order not in told})
    watched = clocks(ground.session, waiting)
    promised = {subject for subject, unmet in watched.items() if any(one.kind in KINDS for one in unmet)}
    forgotten = ((report, order) for report, order, _, _ in rows if f"order:{order}" in {*waiting} - promised)
    return Seen(len(rows), [Found(f"report:{report}", {"order": str(order)}) for report, order in forgotten])


CHECKS = (
    Check(
        "report_answered",
        "举报都有答复",
        answered,
        always("还没有答复，答复的时限也不走了。"),
        "请打开它的工单，办结后系统会自动答复。",
    ),
)
