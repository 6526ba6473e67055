"""Marks (标记): what is told of an order beside its own columns, as expressions of the one query that draws many."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Text, case, false, func, or_, select, type_coerce

from dispatch.models import Decided, Link, Order, Report
from dispatch.rules import sources
from dispatch.rules.sources import WAYS
from dispatch.rules.workflow import State
from dispatch.services.links import LinkState

UNSIGNED = (State.RECEIVED, State.RETURNED, State.ARBITRATION, State.DISPATCHED)
"""Nobody has signed for it: whoever signs has heard the alarm."""
ALARM = '"alarm":true'
"""As the canonical spelling of an answer has it."""


def alarmed() -> ColumnElement[bool]:
    """Whether the last decision alarms the desk, and nobody has signed for the order yet."""
    last = select(type_coerce(Decided.answer, Text).contains(ALARM)).where(Decided.order_id == Order.id)
    newest = last.order_by(Decided.round.desc()).limit(1).correlate(Order).scalar_subquery()
    return case((Order.state.in_(UNSIGNED), func.coalesce(newest, false())), else_=false())


def doubled() -> ColumnElement[bool]:
    """Whether a suggestion about the order waits for the desk."""
    waiting = select(Link.id).where(Link.state == LinkState.SUGGESTED)
    return or_(*(waiting.where(end == Order.id).correlate(Order).exists() for end in (Link.order_id, Link.other_id)))


def suggestions() -> ColumnElement[int]:
    """How many suggestions about the order wait for the desk, from either end; each by its own index."""
    waiting = select(func.count()).select_from(Link).where(Link.state == LinkState.SUGGESTED)
    later, earlier = (
        waiting.where(end == Order.id).correlate(Order).scalar_subquery() for end in (Link.order_id, Link.other_id)
    )
    return later + earlier


def ways() -> ColumnElement[str]:
    """The codes of the sources it came by, with commas."""
    listed = select(func.aggregate_strings(Report.source, ",")).where(Report.order_id == Order.id)
    return listed.correlate(Order).scalar_subquery()


def source_names(listed: Iterable[str]) -> list[str]:
    """Names of sources, each once, in the order the desk lists them."""
    known = [str(source) for source in WAYS]
    ordered = sorted(set(listed), key=lambda code: (known.index(code) if code in known else len(known), code))
    return [sources.name(code) for code in ordered]
