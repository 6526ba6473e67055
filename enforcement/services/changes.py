"""What happens to powers (权力变动): suspended, resumed, handed back, from a day on and under a document's number.

Only recorded here; what becomes of the open orders under a power is for who holds the orders. Journal: subject
``power:<code>``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enforcement.models import Power, PowerChange
from enforcement.rules.powers import Change, ChangeFact, suspended_on
from town import ids, journal, reference
from town.clock import Instant
from town.errors import Refused
from town.partners import Partner
from town.reference import Kind

NAMES = {Change.SUSPENDED: "暂停", Change.RESUMED: "恢复", Change.HANDED_BACK: "退回"}
SHOWN = 10


def suspend(
    session: Session,
    codes: Sequence[str],
    from_day: dt.date,
    document: str,
    *,
    to: str | None = None,
    actor: str,
    now: Instant,
) -> list[PowerChange]:
    """暂停: not used from this day until resumed. Raises Refused("power_unknown" | "power_change" | …)."""
    return _record(session, Change.SUSPENDED, codes, from_day, to, document, actor, now)


def resume(
    session: Session, codes: Sequence[str], from_day: dt.date, document: str, *, actor: str, now: Instant
) -> list[PowerChange]:
    """恢复: used again from this day. Raises Refused("power_unknown" | "power_change" | …)."""
    return _record(session, Change.RESUMED, codes, from_day, None, document, actor, now)


def hand_back(
    session: Session, codes: Sequence[str], from_day: dt.date, to_partner: str, document: str, actor: str, now: Instant
) -> list[PowerChange]:
    """退回: never used again from this day on; ``to_partner`` acts from then.

    Raises Refused("power_unknown" | "power_change" | "partner_unknown" | "missing_fact").
    """
    return _record(session, Change.HANDED_BACK, codes, from_day, to_partner, document, actor, now)


def hand_back_missing(
    session: Session, codes: Sequence[str], from_day: dt.date, to_partner: str, document: str, actor: str, now: Instant
) -> list[PowerChange]:
    """Hand back those of the powers that were not yet handed back in this very way; so it may be said again."""
    same = (PowerChange.kind == Change.HANDED_BACK, PowerChange.from_day == from_day, PowerChange.to == to_partner)
    said = set(session.scalars(select(PowerChange.code).where(PowerChange.code.in_(codes), *same)))
    rest = [code for code in codes if code not in said]
    return hand_back(session, rest, from_day, to_partner, document, actor, now) if rest or not codes else []


def of(session: Session, code: str) -> list[PowerChange]:
    """Everything that happened to a power, oldest first."""
    asked = select(PowerChange).where(PowerChange.code == code)
    return list(session.scalars(asked.order_by(PowerChange.from_day, PowerChange.recorded_at, PowerChange.id)))


def _record(
    session: Session,
    kind: Change,
    codes: Sequence[str],
    from_day: dt.date,
    to: str | None,
    document: str,
    actor: str,
    now: Instant,
) -> list[PowerChange]:
    """All or nothing."""
    reference.change(session, Kind.POWERS, now)
    wanted = list(dict.fromkeys(codes))
    _refuse_incomplete(session, wanted, kind, to, document)
    earlier = _earlier(session, wanted)
    _refuse_impossible(kind, wanted, from_day, earlier)
    rows = [
        PowerChange(
            id=ids.new_id(),
            code=code,
            kind=kind,
            from_day=from_day,
            to=to,
            document=document.strip(),
            recorded_at=now,
            actor=actor,
        )
        for code in wanted
    ]
    session.add_all(rows)
    session.flush()
    journal.append_many(session, [_entry(row, len(earlier[row.code]) + 1) for row in rows])
    return rows


def _entry(row: PowerChange, version: int) -> journal.Entry:
    data = {"from_day": row.from_day.isoformat(), "to": row.to, "document": row.document}
    return journal.Entry(f"power:{row.code}", version, f"power.{row.kind}", row.actor, row.recorded_at, data)


def _refuse_incomplete(session: Session, codes: list[str], kind: Change, to: str | None, document: str) -> None:
    missing = [name for name, given in (("权力代码", codes), ("文号", document.strip())) if not given]
    if missing:
        raise Refused("missing_fact", action=f"{NAMES[kind]}权力", missing="、".join(missing))
    known = set(session.scalars(select(Power.code).where(Power.code.in_(codes))))
    if unknown := [code for code in codes if code not in known]:
        raise Refused("power_unknown", codes=_listed(unknown))
    if to is not None and not session.scalar(select(func.count()).where(Partner.code == to, Partner.active)):
        raise Refused("partner_unknown", partner=to)


def _earlier(session: Session, codes: list[str]) -> dict[str, list[ChangeFact]]:
    found: dict[str, list[ChangeFact]] = {code: [] for code in codes}
    for row in session.scalars(select(PowerChange).where(PowerChange.code.in_(codes))):
        found[row.code].append(ChangeFact(row.kind, row.from_day, row.to, row.document))
    return found


def _refuse_impossible(kind: Change, codes: list[str], from_day: dt.date, earlier: dict[str, list[ChangeFact]]) -> None:
    """Handed back once for good; nothing twice on one day, or nobody could tell which came last."""
    why = {code: _impossible(kind, from_day, earlier[code]) for code in codes}
    if not any(why.values()):
        return
    [(commonest, _)] = Counter(filter(None, why.values())).most_common(1)
    touched = [code for code in codes if why[code] == commonest]
    raise Refused("power_change", action=NAMES[kind], codes=_listed(touched), why=commonest)


def _impossible(kind: Change, day: dt.date, earlier: list[ChangeFact]) -> str:
    if any(one.kind == Change.HANDED_BACK for one in earlier):
        return "已经退回"
    if kind is Change.HANDED_BACK:
        return ""
    if any(one.from_day == day for one in earlier):
        return f"{day} 已经有一次变动，请换一天"
    suspended = suspended_on(earlier, day)
    if kind is Change.SUSPENDED and suspended:
        return f"{day} 已经是暂停"
    if kind is Change.RESUMED and not suspended:
        return f"{day} 没有暂停"
    return ""


def _listed(codes: list[str]) -> str:
    return "、".join(codes[:SHOWN]) + (f" 等 {len(codes)} 项" if len(codes) > SHOWN else "")
