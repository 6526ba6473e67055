"""考核办法: the editions of how indicators are weighed. Kept whole with their digest, and only ever followed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from oversight.models import Formula as Row
from oversight.models import Snapshot
from oversight.rules import formula, periods
from oversight.rules.formula import STARTER, Formula
from town import ids, journal
from town.clock import Instant
from town.errors import Refused


def keep(session: Session, data: Mapping[str, Any], actor: str, now: Instant) -> Row:
    """Keep a new edition. Raises Refused("formula_refused") for what it may not hold, or a month that is frozen already."""
    try:
        rule = formula.read(data)
    except ValueError as wrong:
        raise Refused("formula_refused", why=str(wrong)) from None
    known = session.scalar(select(Row).where(or_(Row.name == rule.name, Row.valid_from == rule.valid_from)))
    if known:
        raise Refused("formula_refused", why=f"已有同名或同日生效的办法「{known.name}」（{known.valid_from}）")
    frozen = session.scalar(select(Snapshot.month).where(Snapshot.month >= periods.month_of(rule.valid_from)))
    if frozen:
        raise Refused("formula_refused", why=f"{frozen} 已经冻结，办法只能从以后的月份起用")
    return _add(session, rule, actor, now)


def for_month(session: Session, month: str, actor: str, now: Instant) -> Row:
    """What is in force on the first day of a month; before a town keeps its own, the house's proposal."""
    day = periods.month(month).first
    found = session.scalar(select(Row).where(Row.valid_from <= day).order_by(Row.valid_from.desc()).limit(1))
    return found or _add(session, STARTER, actor, now)


def listed(session: Session) -> Sequence[Row]:
    """Every edition, newest first."""
    return session.scalars(select(Row).order_by(Row.valid_from.desc())).all()


def rule_of(row: Row) -> Formula:
    """The edition as a rule."""
    return formula.read(row.content)


def _add(session: Session, rule: Formula, actor: str, now: Instant) -> Row:
    row = Row(
        id=ids.new_id(),
        name=rule.name,
        content=rule.as_data(),
        digest=rule.digest,
        valid_from=rule.valid_from,
        kept_at=now,
        kept_by=actor,
    )
    session.add(row)
    session.flush()
    data = {"digest": row.digest, "valid_from": row.valid_from.isoformat()}
    journal.append(session, subject=f"formula:{row.id}", version=1, kind="formula.kept", actor=actor, at=now, data=data)
    return row
