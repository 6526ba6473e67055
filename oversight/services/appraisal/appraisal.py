"""考核: a month is frozen with its facts and results under a digest; a later revision follows an appeal, the old one stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from oversight.models import Formula, Snapshot
from oversight.rules import appraisal, canonical, counting, order_facts, periods
from oversight.rules.appraisal import Names
from oversight.rules.order_facts import OrderFact
from oversight.services.appraisal import formulas
from oversight.services.figures.order_facts import of_period
from town import ids, journal, profile, workdays
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.people import Squad
from town.profile import Town

SYSTEM = "system:appraisal"
SUBJECT = "appraisal:"
"""Before the month: what the journal calls a frozen month."""


@dataclass(frozen=True)
class Draft:
    """A month as it is to be frozen. ``because``: what a later revision follows from."""

    month: str
    revision: int
    formula: Formula
    facts: Sequence[OrderFact]
    names: Names
    because: str | None = None


def draft(session: Session, town: Town, month: str, actor: str, now: Instant) -> Draft:
    """The month by what is known now. Raises Refused("month_not_over" | "month_frozen")."""
    if now < periods.span(periods.month(month), town.zone).until:
        raise Refused("month_not_over", month=month)
    if latest(session, month):
        raise Refused("month_frozen", month=month)
    facts = facts_of(session, town, month)
    return Draft(month, 1, formulas.for_month(session, month, actor, now), facts, _names(session, town))


def freeze(session: Session, town: Town, month: str, actor: str, now: Instant) -> Snapshot:
    """冻结: keep the month's facts and results for good. Raises Refused("month_not_over" | "month_frozen")."""
    one_at_a_time(session)
    return keep(session, town, draft(session, town, month, actor, now), actor, now)


def freeze_when_due(database: Database, now: Instant) -> list[str]:
    """Freeze what is due: a month from the fifth working day of the next one on. Says which; asking again does nothing.

    The first month ever frozen by itself is the last one; afterwards none is passed over, however long nobody asked.
    """
    frozen: list[str] = []
    while _is_due(database, now):
        with database.write() as session:
            one_at_a_time(session)
            if month := _next_due(session, now):  # another worker may have been first
                freeze(session, profile.current(session), month, SYSTEM, now)
                frozen.append(month)
    return frozen


def keep(session: Session, town: Town, told: Draft, actor: str, now: Instant) -> Snapshot:
    """Write a month or a later revision of it down, chained to what was frozen before it."""
    asked = periods.span(periods.month(told.month), town.zone)
    results = appraisal.appraise(formulas.rule_of(told.formula), told.facts, asked, told.names)
    snapshot = Snapshot(
        id=ids.new_id(),
        month=told.month,
        revision=told.revision,
        formula_id=told.formula.id,
        frozen_at=now,
        frozen_by=actor,
        because=told.because,
        facts=[order_facts.as_data(fact) for fact in told.facts],
        results=results,
        follows=_last_digest(session),
    )
    snapshot.digest = canonical.digest(content(snapshot, told.formula))
    _add(session, snapshot)
    _write_down(session, snapshot, actor, now)
    return snapshot


def content(snapshot: Snapshot, formula: Formula) -> dict[str, Any]:
    """Everything that the digest is taken of."""
    return {
        "month": snapshot.month,
        "revision": snapshot.revision,
        "formula": formula.content,
        "frozen_at": snapshot.frozen_at.isoformat(),
        "frozen_by": snapshot.frozen_by,
        "because": snapshot.because,
        "facts": snapshot.facts,
        "results": snapshot.results,
        "follows": snapshot.follows,
    }


def facts_of(session: Session, town: Town, month: str) -> list[OrderFact]:
    """The facts of a month that any indicator asks for, by what is known now."""
    period = periods.month(month)
    asked = periods.span(period, town.zone)
    return [fact for fact in of_period(session, town, period) if counting.relevant(fact, asked)]


def kept_facts(snapshot: Snapshot) -> list[OrderFact]:
    """The facts a month was frozen with."""
    return [order_facts.from_data(data) for data in snapshot.facts]


def latest(session: Session, month: str) -> Snapshot | None:
    """The revision of a month that counts."""
    return session.scalar(_of(month).order_by(Snapshot.revision.desc()).limit(1))


def find(session: Session, month: str, revision: int | None = None) -> Snapshot:
    """A revision of a month, the last one if not said. Raises Refused("not_found")."""
    found = (
        latest(session, month) if revision is None else session.scalar(_of(month).where(Snapshot.revision == revision))
    )
    if found is None:
        raise Refused("not_found")
    return found


def one_at_a_time(session: Session) -> None:
    """Two months frozen at once would both follow the same one."""
    session.execute(select(Town.id).with_for_update())


def formula_of(session: Session, snapshot: Snapshot) -> Formula:
    """The formula a month was weighed by."""
    return session.get_one(Formula, snapshot.formula_id)


def _of(month: str) -> Select[Snapshot]:
    return select(Snapshot).where(Snapshot.month == month)


def _names(session: Session, town: Town) -> Names:
    return Names(town.name, dict(session.execute(select(Squad.code, Squad.name).where(Squad.active)).all()))


def _last_digest(session: Session) -> str | None:
    return session.scalar(select(Snapshot.digest).order_by(Snapshot.id.desc()).limit(1))


def _add(session: Session, snapshot: Snapshot) -> None:
    try:
        with session.begin_nested():
            session.add(snapshot)
    except IntegrityError as taken:
        raise Refused("month_frozen", month=snapshot.month) from taken


def _write_down(session: Session, snapshot: Snapshot, actor: str, now: Instant) -> None:
    data = {"digest": snapshot.digest, "follows": snapshot.follows, "orders": len(snapshot.facts)}
    journal.append(
        session,
        subject=f"{SUBJECT}{snapshot.month}",
        version=snapshot.revision,
        kind="appraisal.frozen",
        actor=actor,
        at=now,
        data=data | {"because": snapshot.because, "formula": str(snapshot.formula_id)},
    )


def _is_due(database: Database, now: Instant) -> bool:
    with database.read() as session:
        return _next_due(session, now) is not None


def _next_due(session: Session, now: Instant) -> str | None:
    town = profile.current(session)
    founded, this_month = (periods.month_of(one.astimezone(town.zone).date()) for one in (town.created_at, now))
    frozen = frozenset(session.scalars(select(Snapshot.month)))
    month = max(founded, min(frozen)) if frozen else periods.month_before(this_month)
    while month in frozen:
        month = periods.month_after(month)
    if not founded <= month < this_month:
        return None
    return month if now >= periods.freezing_moment(month, workdays.calendar(session, town)) else None
